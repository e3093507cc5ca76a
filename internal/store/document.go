package store

import (
	"context"
	"database/sql"

	"ganlan/day"
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

const documentColumns = "rev, id, area, org, number, title, issuer, issued, valid_from, valid_to, maker, login, recorded_at, superseded_at"

// AddDocument keeps a document's state from now on. rev is the revision that it takes the place of, 0 for a new document; a
// second document of one area and number is refused.
func AddDocument(ctx context.Context, tx *Tx, d Document, rev int64) (Document, error) {
	if rev != 0 {
		if err := supersede(ctx, tx, "document", rev); err != nil {
			return d, err
		}
	}
	if d.Rev = tx.NewID(); d.ID == 0 {
		d.ID = d.Rev
	}
	d.Recorded, d.Replaced = tx.Now, Current
	_, err := exec(ctx, tx, "insert into document ("+documentColumns+") values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
		d.Rev, d.ID, d.Area, d.Org, d.Number, d.Title, d.Issuer, dayText(d.Issued), dayText(d.From), dayText(d.To), d.Maker, d.Login, d.Recorded, d.Replaced)
	if isTwice(err) {
		return d, FaultTwice.New().Set("what", d.Number)
	}
	return d, err
}

// EachDocument gives the documents of a reach (a condition over area and org, with its parameters from $2 on) that held at a
// time, as known then, in the order of their areas and numbers.
func EachDocument(ctx context.Context, tx *Tx, at int64, reach string, args []any, see func(Document) error) error {
	query := "select " + documentColumns + " from document where " + known(1) + " and " + reach + " order by area, number"
	return each(ctx, tx, query, append([]any{at}, args...), func(r *sql.Rows) error {
		var d Document
		if err := r.Scan(&d.Rev, &d.ID, &d.Area, &d.Org, &d.Number, &d.Title, &d.Issuer, dayInto(&d.Issued), dayInto(&d.From), dayInto(&d.To),
			&d.Maker, &d.Login, &d.Recorded, &d.Replaced); err != nil {
			return err
		}
		return see(d)
	})
}
