package store

import (
	"context"
	"database/sql"
	"encoding/base64"

	"ganlan/internal/seal"
)

// SealedColumn is a column of sealed values: the table's key, a second number by which values are bound where there is one,
// and the place to which a row's value is bound.
type SealedColumn struct {
	Table, Column, Key, With string
	Place                    func(key, with int64) string
}

// AccountSecrets are the sealed columns of accounts.
func AccountSecrets() []SealedColumn {
	column := func(table string) SealedColumn {
		return SealedColumn{table, "sealed", "id", "account", func(id, account int64) string { return placeOf(table, id, account) }}
	}
	return []SealedColumn{column("account_password"), column("account_factor")}
}

type sealedValue struct {
	key, with int64
	text      string
}

// batch reads sealed values behind a key, in the order of the keys.
func (c SealedColumn) batch(ctx context.Context, tx *Tx, after int64, most int) (out []sealedValue, err error) {
	with := c.With
	if with == "" {
		with = c.Key
	}
	query := "select " + c.Key + ", " + with + ", " + c.Column + " from " + c.Table + " where " + c.Key + " > $1 order by " + c.Key + " limit $2"
	err = each(ctx, tx, query, []any{after, most}, func(r *sql.Rows) error {
		var v sealedValue
		err := r.Scan(&v.key, &v.with, &v.text)
		out = append(out, v)
		return err
	})
	return out, err
}

// Reseal seals the next values behind a key with the newest key, where another sealed them. It gives how many it looked at and
// the last one's key; none when it is through. A value that was changed meanwhile is left to whoever changed it.
func (c SealedColumn) Reseal(ctx context.Context, tx *Tx, ring *seal.Ring, after int64, most int) (seen int, last int64, err error) {
	list, err := c.batch(ctx, tx, after, most)
	for _, v := range list {
		last = v.key
		if err == nil && v.text != "" {
			err = c.reseal(ctx, tx, ring, v)
		}
	}
	return len(list), last, err
}

func (c SealedColumn) reseal(ctx context.Context, tx *Tx, ring *seal.Ring, v sealedValue) error {
	if sealed, err := base64.StdEncoding.DecodeString(v.text); err == nil && seal.KeyOf(sealed) == ring.Newest() {
		return nil
	}
	place := c.Place(v.key, v.with)
	plain, err := openText(ring, v.text, place)
	if err != nil {
		return err
	}
	fresh, err := sealText(ring, plain, place)
	if err != nil {
		return err
	}
	_, err = exec(ctx, tx, "update "+c.Table+" set "+c.Column+" = $1 where "+c.Key+" = $2 and "+c.Column+" = $3", fresh, v.key, v.text)
	return err
}

// Uses counts the values that each key sealed, and adds them to what was counted.
func (c SealedColumn) Uses(ctx context.Context, tx *Tx, count map[int64]int64) error {
	return each(ctx, tx, "select "+c.Column+" from "+c.Table+" where "+c.Column+" <> ''", nil, func(r *sql.Rows) error {
		var text string
		if err := r.Scan(&text); err != nil {
			return err
		}
		sealed, _ := base64.StdEncoding.DecodeString(text)
		count[seal.KeyOf(sealed)]++
		return nil
	})
}
