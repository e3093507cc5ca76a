package store

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
)

// Postgres is the pool of a PostgreSQL; nil on SQLite. It is for the job engine, which brings its own SQL.
func (db *DB) Postgres() *pgxpool.Pool { return db.pool }

// Postgres is this very transaction as the driver has it, so that the job engine inserts into it. It is committed and rolled
// back by Do alone.
func (tx *Tx) Postgres() (pgx.Tx, error) {
	var c *pgx.Conn
	err := tx.conn.Raw(func(d any) error {
		s, ok := d.(*stdlib.Conn)
		if !ok {
			return errors.New("store: no PostgreSQL")
		}
		c = s.Conn() // ours until the transaction ends: Do holds the connection
		return nil
	})
	return &inner{c}, err
}

var errInner = errors.New("store: a transaction ends where it began")

// inner is a connection in the middle of a transaction of database/sql.
type inner struct{ *conn }

type conn = pgx.Conn

func (*inner) Begin(context.Context) (pgx.Tx, error) { return nil, errInner }
func (*inner) Commit(context.Context) error          { return errInner }
func (*inner) Rollback(context.Context) error        { return errInner }
func (*inner) LargeObjects() pgx.LargeObjects        { return pgx.LargeObjects{} }
func (t *inner) Conn() *pgx.Conn                     { return t.conn }
