package store

import (
	"context"
	"database/sql"
	"encoding/base64"
	"fmt"
	"time"

	"ganlan/internal/seal"
)

// KeyRow is a key of the database, without the key.
type KeyRow struct {
	ID      int64        `json:"id"`
	Kind    seal.KeyKind `json:"kind"`
	Master  string       `json:"master"`
	Made    int64        `json:"made"`    // milliseconds
	Retired int64        `json:"retired"` // milliseconds; 0 while it is in use
}

// KeyRows are all keys there ever were, oldest first.
func KeyRows(ctx context.Context, tx *Tx) (out []KeyRow, err error) {
	err = each(ctx, tx, "select id, kind, master, made, retired_at from seal_key order by id", nil, func(r *sql.Rows) error {
		var k KeyRow
		err := r.Scan(&k.ID, &k.Kind, &k.Master, &k.Made, &k.Retired)
		out = append(out, k)
		return err
	})
	return out, err
}

// SealKeys are the wrapped keys in use, oldest first.
func SealKeys(ctx context.Context, tx *Tx) (out []seal.WrappedKey, err error) {
	err = each(ctx, tx, "select id, kind, master, sealed from seal_key where retired_at = 0 order by id", nil, func(r *sql.Rows) error {
		var w seal.WrappedKey
		var sealed string
		if err := r.Scan(&w.ID, &w.Kind, &w.Master, &sealed); err != nil {
			return err
		}
		if w.Sealed, err = base64.StdEncoding.DecodeString(sealed); err != nil {
			return seal.FaultKeyMissing.New().Set("key", w.ID)
		}
		out = append(out, w)
		return nil
	})
	return out, err
}

// AddSealKey keeps a wrapped key.
func AddSealKey(ctx context.Context, tx *Tx, w seal.WrappedKey) error {
	_, err := exec(ctx, tx, "insert into seal_key (id, kind, master, sealed, made) values ($1, $2, $3, $4, $5)",
		w.ID, w.Kind, w.Master, base64.StdEncoding.EncodeToString(w.Sealed), tx.Now)
	return err
}

// RewrapSealKey keeps a key as another master key wraps it.
func RewrapSealKey(ctx context.Context, tx *Tx, w seal.WrappedKey) error {
	return changed(exec(ctx, tx, "update seal_key set master = $1, sealed = $2 where id = $3 and retired_at = 0",
		w.Master, base64.StdEncoding.EncodeToString(w.Sealed), w.ID))
}

// RetireSealKey forgets a key that nothing is sealed with.
func RetireSealKey(ctx context.Context, tx *Tx, id int64) error {
	return changed(exec(ctx, tx, "update seal_key set retired_at = $1, sealed = '' where id = $2 and retired_at = 0", tx.Now, id))
}

// keyMark is how the keys stand; it changes with every rotation.
func (db *DB) keyMark(ctx context.Context) (mark string, err error) {
	err = db.run(ctx, db.read, &sql.TxOptions{ReadOnly: true}, time.Time{}, func(tx *Tx) error {
		return each(ctx, tx, "select id, master from seal_key order by id", nil, func(r *sql.Rows) error {
			var id int64
			var master string
			err := r.Scan(&id, &master)
			mark += fmt.Sprintln(id, master)
			return err
		})
	})
	return mark, err
}
