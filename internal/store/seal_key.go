package store

import (
	"context"
	"database/sql"
	"encoding/base64"

	"ganlan/internal/seal"
)

// SealKeys are the wrapped keys of the database, oldest first.
func SealKeys(ctx context.Context, tx *Tx) (out []seal.WrappedKey, err error) {
	err = each(ctx, tx, "select id, kind, master, sealed from seal_key order by id", nil, func(r *sql.Rows) error {
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
