package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite" // the driver «sqlite»
)

// Options say where the database is. Without a URL it is the SQLite file in the data folder.
type Options struct {
	Dir   string        // data folder
	URL   string        // postgres://…
	Alone bool          // nobody else may be in: to rotate keys, to restore
	Wait  time.Duration // longest wait for others, at opening and for each write; 0 is 30 seconds
	Also  *Also         // a library that keeps tables of its own in the database

	empty  bool  // it must hold nothing
	schema int64 // the migrations go so far; 0 is all of them
}

// usualWait is how long one who writes waits for another. A longer transaction of another process is told.
const usualWait = 30 * time.Second

// Open opens the database, beside other processes, and brings its schema up to date. It makes nothing that is not there but
// the SQLite file. A schema that must be brought up to date while others are in is refused.
func Open(ctx context.Context, o Options) (db *DB, err error) {
	if o.Wait == 0 {
		o.Wait = usualWait
	}
	if o.URL != "" {
		db, err = openPostgres(ctx, o)
	} else {
		db, err = openSQLite(o)
	}
	if err != nil {
		return nil, err
	}
	db.also = o.Also
	if err := db.comeIn(ctx, o); err != nil {
		return nil, errors.Join(db.dialect.explain(err), db.Close())
	}
	return db, nil
}

// OpenEmpty opens a database that holds nothing yet, or what a restore that was broken off left there, alone, and brings its
// schema to a number. A database that holds anything else is refused untouched.
func OpenEmpty(ctx context.Context, o Options, schema int64) (*DB, error) {
	o.Alone, o.empty, o.schema = true, true, schema
	return Open(ctx, o)
}

// fileName is the SQLite file in a data folder.
const fileName = "ganlan.db"

// File is the path of the SQLite file in a data folder.
func File(dir string) string { return filepath.Join(dir, fileName) }

// openSQLite opens the file with one connection that writes and some that read. Nothing is touched before the first use.
func openSQLite(o Options) (*DB, error) {
	pool := func(n int, mode string) (*sql.DB, error) {
		// The time to wait stands before the journal's mode, which needs it. A write transaction takes its lock at once.
		q := url.Values{"_pragma": {fmt.Sprintf("busy_timeout(%d)", o.Wait.Milliseconds()), "journal_mode(wal)", "synchronous(full)", "foreign_keys(on)",
			"cache_size(-16000)"}, "_txlock": {mode}}
		p, err := sql.Open("sqlite", "file:"+(&url.URL{Path: File(o.Dir)}).EscapedPath()+"?"+q.Encode())
		if err != nil {
			return nil, err
		}
		p.SetMaxOpenConns(n)
		p.SetMaxIdleConns(n)
		return p, nil
	}
	db := &DB{dialect: sqliteDialect{}, gate: &folderGate{dir: o.Dir}, ids: &ids{}}
	var err error
	if db.write, err = pool(1, "immediate"); err != nil {
		return nil, err
	}
	if db.read, err = pool(max(4, runtime.GOMAXPROCS(0)), "deferred"); err != nil {
		return nil, errors.Join(err, db.write.Close())
	}
	if db.jobs, err = pool(1, "immediate"); err != nil {
		return nil, errors.Join(err, db.write.Close(), db.read.Close())
	}
	return db, nil
}

// leastConns is how many connections a process may have: its workers' transactions must leave some to the job engine and to
// the sign that the process lives.
const leastConns = 16

func openPostgres(ctx context.Context, o Options) (*DB, error) {
	if !strings.HasPrefix(o.URL, "postgres://") && !strings.HasPrefix(o.URL, "postgresql://") {
		return nil, FaultURL.New().Set("url", o.URL)
	}
	cfg, err := pgxpool.ParseConfig(o.URL)
	if err != nil {
		return nil, FaultURL.New().Set("url", hidePassword(o.URL))
	}
	cfg.ConnConfig.RuntimeParams["application_name"] = processName()
	cfg.ConnConfig.RuntimeParams["lock_timeout"] = strconv.FormatInt(o.Wait.Milliseconds(), 10)
	if !strings.Contains(o.URL, "pool_max_conns") {
		cfg.MaxConns = max(cfg.MaxConns, leastConns)
	}
	pool, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return nil, FaultUnreachable.New().Set("text", "")
	}
	if err := pool.Ping(ctx); err != nil {
		pool.Close()
		return nil, FaultUnreachable.New().Set("text", firstLine(err.Error()))
	}
	p := stdlib.OpenDBFromPool(pool)
	db := &DB{dialect: postgresDialect{}, write: p, read: p, ids: &ids{}, pool: pool, gate: &serverGate{cfg: cfg.ConnConfig}}
	if db.collate, err = collation(ctx, p); err != nil {
		return nil, errors.Join(db.dialect.explain(err), p.Close())
	}
	return db, nil
}

// collation is what makes texts compare byte by byte in a PostgreSQL database: nothing where they do so by themselves. There
// indexes serve the order; elsewhere results are the same, more slowly.
func collation(ctx context.Context, p *sql.DB) (string, error) {
	var name, provider string
	err := p.QueryRowContext(ctx, "select datcollate, coalesce(to_jsonb(d) ->> 'datlocprovider', 'c') from pg_database d where datname = current_database()").
		Scan(&name, &provider)
	if provider == "b" || provider == "c" && slices.Contains([]string{"C", "POSIX", "C.UTF-8", "C.utf8"}, name) {
		return "", err
	}
	return ` collate "C"`, err
}

// hidePassword is a database's address without the password.
func hidePassword(s string) string {
	u, err := url.Parse(s)
	if err != nil {
		return "postgres://…"
	}
	return u.Redacted()
}
