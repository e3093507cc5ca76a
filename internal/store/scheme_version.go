package store

import (
	"context"
	"database/sql"

	"ganlan/day"
	"ganlan/internal/seal"
)

// The states of a scheme version.
const (
	SchemeRecorded = "recorded"
	SchemeApproved = "approved"
)

// SchemeVersion is a scheme as it was recorded: its files never change; its state does.
type SchemeVersion struct {
	Rev, ID            int64
	Area               string
	Org                int64
	Scheme             string // 330783-gongfu-2024
	Kind, Title        string
	Document           int64  // id of the document; 0 when none is recorded
	Dir                string // folder of the scheme among its files
	Hash               string // SHA-256 of the scheme as a calculation names it
	Digest             string // SM3 over all files
	State              string
	From               day.Date // first day for which it holds
	Maker              int64
	Login              string
	Checker            string // login of who approved it
	Recorded, Replaced int64
}

// SchemeFile is one file of a version.
type SchemeFile struct{ Path, Digest, Content string }

const schemeColumns = "rev, id, area, org, scheme, kind, title, document, dir, hash, digest, state, valid_from, maker, login, checker, recorded_at"

func (v *SchemeVersion) values() []any {
	return []any{v.Rev, v.ID, v.Area, v.Org, v.Scheme, v.Kind, v.Title, v.Document, v.Dir, v.Hash, v.Digest, v.State, dayText(v.From), v.Maker, v.Login, v.Checker, v.Recorded}
}

// AddSchemeVersion keeps a version's state from now on; rev is the revision that it takes the place of, 0 for a new version.
// The same files of one scheme from the same day are refused.
func AddSchemeVersion(ctx context.Context, tx *Tx, ring *seal.Ring, v SchemeVersion, rev int64) (SchemeVersion, error) {
	if rev != 0 {
		if err := supersede(ctx, tx, "scheme_version", rev); err != nil {
			return v, err
		}
	}
	if v.Rev = tx.NewID(); v.ID == 0 {
		v.ID = v.Rev
	}
	v.Recorded, v.Replaced = tx.Now, Current
	_, err := exec(ctx, tx, "insert into scheme_version ("+schemeColumns+", mac, superseded_at) "+
		"values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)",
		append(v.values(), rowMAC(ring, "scheme_version", v.values()...), Current)...)
	if isTwice(err) {
		return v, FaultTwice.New().Set("what", v.Scheme)
	}
	return v, err
}

// AddSchemeFile keeps a file of a version.
func AddSchemeFile(ctx context.Context, tx *Tx, version int64, f SchemeFile) error {
	_, err := exec(ctx, tx, "insert into scheme_file (version, path, digest, content) values ($1, $2, $3, $4)", version, f.Path, f.Digest, f.Content)
	return err
}

// SchemeFiles are the files of a version in the order of their paths.
func SchemeFiles(ctx context.Context, tx *Tx, version int64) (out []SchemeFile, err error) {
	err = each(ctx, tx, "select path, digest, content from scheme_file where version = $1 order by path", []any{version}, func(r *sql.Rows) error {
		var f SchemeFile
		err := r.Scan(&f.Path, &f.Digest, &f.Content)
		out = append(out, f)
		return err
	})
	return out, err
}

// EachSchemeVersion gives the versions of a reach (a condition over area, org and id, its parameters from $2 on) as they were
// at a time, as known then: by scheme, first day and age; all states there ever were for AllTimes, the oldest first. One that
// was not written by the program is a fault, not a decision.
func EachSchemeVersion(ctx context.Context, tx *Tx, ring *seal.Ring, at int64, reach string, args []any, see func(SchemeVersion) error) error {
	when, order := whenKnown(at, "scheme, valid_from, recorded_at, id")
	query := "select " + schemeColumns + ", mac, superseded_at from scheme_version where " + when + " and " + reach + " order by " + order
	return each(ctx, tx, query, append([]any{at}, args...), func(r *sql.Rows) error {
		var v SchemeVersion
		var mac string
		if err := r.Scan(&v.Rev, &v.ID, &v.Area, &v.Org, &v.Scheme, &v.Kind, &v.Title, &v.Document, &v.Dir, &v.Hash, &v.Digest, &v.State, dayInto(&v.From),
			&v.Maker, &v.Login, &v.Checker, &v.Recorded, &mac, &v.Replaced); err != nil {
			return err
		}
		if err := checkMAC(ring, mac, "scheme_version", v.Rev, v.values()...); err != nil {
			return err
		}
		return see(v)
	})
}
