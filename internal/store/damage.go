package store

import (
	"context"
	"database/sql"
	"strings"
)

// CheckFiles looks whether the engine finds its own files whole: pages, and that every index says what its table says. It
// reads everything. PostgreSQL looks at a page when it reads it, and has no statement for it.
func (db *DB) CheckFiles(ctx context.Context, tx *Tx) error {
	if db.dialect.damage() == "" {
		return nil
	}
	var said []string
	err := each(ctx, tx, db.dialect.damage(), nil, func(r *sql.Rows) error {
		var s string
		err := r.Scan(&s)
		said = append(said, s)
		return err
	})
	if text := strings.Join(said, "; "); err == nil && text != "ok" {
		err = FaultCorrupt.New().Set("text", text)
	}
	return db.dialect.explain(err)
}
