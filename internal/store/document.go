package store

import (
	"context"
	"database/sql"

	"ganlan/day"
	"ganlan/internal/seal"
)

// Document is a policy document (政策文件) that schemes rest upon.
type Document struct {
	Rev, ID            int64
	Area               string
	Org                int64
	Number             string // 文号
	Title, Issuer      string
	Issued             day.Date
	From, To           day.Date // days on which it holds, both included; None is open
	Maker              int64
	Login              string
	Recorded, Replaced int64 // ms; Replaced is Current while it holds
}

const documentColumns = "rev, id, area, org, number, title, issuer, issued, valid_from, valid_to, maker, login, recorded_at"

func (d *Document) values() []any {
	return []any{d.Rev, d.ID, d.Area, d.Org, d.Number, d.Title, d.Issuer, dayText(d.Issued), dayText(d.From), dayText(d.To), d.Maker, d.Login, d.Recorded}
}

// AddDocument keeps a document's state from now on. rev is the revision that it takes the place of, 0 for a new document; a
// second document of one area and number is refused.
func AddDocument(ctx context.Context, tx *Tx, ring *seal.Ring, d Document, rev int64) (Document, error) {
	if rev != 0 {
		if err := supersede(ctx, tx, "document", rev); err != nil {
			return d, err
		}
	}
	if d.Rev = tx.NewID(); d.ID == 0 {
		d.ID = d.Rev
	}
	d.Recorded, d.Replaced = tx.Now, Current
	_, err := exec(ctx, tx, "insert into document ("+documentColumns+", mac, superseded_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
		append(d.values(), rowMAC(ring, "document", d.values()...), Current)...)
	if isTwice(err) {
		return d, FaultTwice.New().Set("what", d.Number)
	}
	return d, err
}

// EachDocument gives the documents of a reach (a condition over area, org and id, with its parameters from $2 on) that held at
// a time, as known then, in the order of their areas and numbers; all states there ever were for AllTimes, the oldest first.
// One that was not written by the program is a fault.
func EachDocument(ctx context.Context, tx *Tx, ring *seal.Ring, at int64, reach string, args []any, see func(Document) error) error {
	when, order := whenKnown(at, "area, number")
	query := "select " + documentColumns + ", mac, superseded_at from document where " + when + " and " + reach + " order by " + order
	return each(ctx, tx, query, append([]any{at}, args...), func(r *sql.Rows) error {
		var d Document
		var mac string
		if err := r.Scan(&d.Rev, &d.ID, &d.Area, &d.Org, &d.Number, &d.Title, &d.Issuer, dayInto(&d.Issued), dayInto(&d.From), dayInto(&d.To),
			&d.Maker, &d.Login, &d.Recorded, &mac, &d.Replaced); err != nil {
			return err
		}
		if err := checkMAC(ring, mac, "document", d.Rev, d.values()...); err != nil {
			return err
		}
		return see(d)
	})
}
