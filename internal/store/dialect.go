package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// dialect is the little in which the two engines differ.
type dialect interface {
	name() string
	goose() goose.Dialect
	isolation() sql.IsolationLevel
	snapshot() sql.IsolationLevel
	readOnly() bool
	lockHead() string // added to the statement that reads a head, so that two writers follow each other
	lockActs() string // makes acts follow each other; empty where every writer does
	tables() string   // names all tables
	columns() string  // names the columns of a table in their order
	damage() string   // tells one by one what is wrong with the database's own files; empty where the engine has no such statement
	explain(error) error
}

type sqliteDialect struct{}

func (sqliteDialect) name() string                  { return "sqlite" }
func (sqliteDialect) goose() goose.Dialect          { return goose.DialectSQLite3 }
func (sqliteDialect) isolation() sql.IsolationLevel { return sql.LevelDefault }
func (sqliteDialect) snapshot() sql.IsolationLevel  { return sql.LevelDefault }
func (sqliteDialect) readOnly() bool                { return true }
func (sqliteDialect) lockHead() string              { return "" }
func (sqliteDialect) lockActs() string              { return "" }
func (sqliteDialect) tables() string {
	return "select name from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\'"
}
func (sqliteDialect) columns() string {
	return "select name from pragma_table_info($1) order by cid"
}

func (sqliteDialect) damage() string { return "pragma integrity_check(5)" }

// explain turns what the engine says into what a person can do about it.
func (sqliteDialect) explain(err error) error {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_FULL:
		return FaultDiskFull.New()
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		return FaultReadOnly.New()
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return FaultBusy.New()
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return FaultCorrupt.New().Set("text", e.Error())
	case sqlite3.SQLITE_IOERR:
		return FaultDisk.New().Set("text", e.Error())
	}
	return err
}

type postgresDialect struct{}

func (postgresDialect) name() string                  { return "postgres" }
func (postgresDialect) goose() goose.Dialect          { return goose.DialectPostgres }
func (postgresDialect) isolation() sql.IsolationLevel { return sql.LevelReadCommitted }
func (postgresDialect) snapshot() sql.IsolationLevel  { return sql.LevelRepeatableRead }
func (postgresDialect) readOnly() bool                { return true }
func (postgresDialect) lockHead() string              { return " for update" }
func (postgresDialect) lockActs() string {
	return fmt.Sprintf("select pg_advisory_xact_lock(%d, %d)", lockClass, lockOfActs)
}
func (postgresDialect) tables() string {
	return "select table_name::text from information_schema.tables where table_schema = current_schema() and table_type = 'BASE TABLE'"
}
func (postgresDialect) columns() string {
	return "select column_name::text from information_schema.columns where table_schema = current_schema() and table_name = $1 order by ordinal_position"
}

func (postgresDialect) damage() string { return "" }

func (postgresDialect) explain(err error) error {
	if err == nil {
		return nil
	}
	var e *pgconn.PgError
	if !errors.As(err, &e) {
		var c *pgconn.ConnectError
		if errors.As(err, &c) || isLost(err) {
			return FaultUnreachable.New().Set("text", firstLine(err.Error()))
		}
		return err
	}
	switch {
	case e.Code == "53100":
		return FaultDiskFull.New()
	case e.Code == "25006":
		return FaultReadOnly.New()
	case e.Code == "40001", e.Code == "40P01", e.Code == "55P03":
		return FaultBusy.New()
	case strings.HasPrefix(e.Code, "28"), strings.HasPrefix(e.Code, "08"), strings.HasPrefix(e.Code, "57P"), strings.HasPrefix(e.Code, "53"): // too many connections, too little memory
		return FaultUnreachable.New().Set("text", e.Message)
	}
	return err
}

// isLost reports whether the connection broke: nothing of what was under way on it is in the database, unless it was the commit
// itself that was not answered.
func isLost(err error) bool {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return false
	}
	var n net.Error
	return errors.As(err, &n) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) || errors.Is(err, driver.ErrBadConn) ||
		errors.Is(err, sql.ErrConnDone) || pgconn.SafeToRetry(err)
}

func firstLine(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	return s
}

// isTwice reports whether a statement failed because a unique value is there already.
func isTwice(err error) bool {
	var s *sqlite.Error
	if errors.As(err, &s) {
		return s.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE || s.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY
	}
	var p *pgconn.PgError
	return errors.As(err, &p) && p.Code == "23505"
}
