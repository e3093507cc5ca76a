package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
	_ "modernc.org/sqlite" // the driver «sqlite»
)

//go:embed migrations/*.sql
var migrations embed.FS

// Options say where the database is. Without a URL it is the SQLite file in the data folder.
type Options struct {
	Dir  string // data folder
	URL  string // postgres://…
	Node int64  // number of this node, 0 … 255; ids of two nodes never meet
}

// Open opens the database and brings its schema up to date. It makes nothing that is not there but the SQLite file.
func Open(ctx context.Context, o Options) (db *DB, err error) {
	if o.URL != "" {
		db, err = openPostgres(ctx, o)
	} else {
		db, err = openSQLite(o)
	}
	if err != nil {
		return nil, err
	}
	db.ids = &ids{node: o.Node & (1<<nodeBits - 1)}
	if err := db.migrate(ctx); err != nil {
		return nil, errors.Join(db.dialect.explain(err), db.Close())
	}
	return db, nil
}

// fileName is the SQLite file in a data folder.
const fileName = "ganlan.db"

// File is the path of the SQLite file in a data folder.
func File(dir string) string { return filepath.Join(dir, fileName) }

// openSQLite opens the file with one connection that writes and some that read, and holds the folder's lock.
func openSQLite(o Options) (*DB, error) {
	held, err := lockFolder(o.Dir)
	if err != nil {
		return nil, err
	}
	pool := func(n int, mode string) (*sql.DB, error) {
		// The time to wait stands before the journal's mode, which needs it. A write transaction takes its lock at once.
		q := url.Values{"_pragma": {"busy_timeout(10000)", "journal_mode(wal)", "synchronous(full)", "foreign_keys(on)", "cache_size(-16000)"}, "_txlock": {mode}}
		p, err := sql.Open("sqlite", "file:"+(&url.URL{Path: File(o.Dir)}).EscapedPath()+"?"+q.Encode())
		if err != nil {
			return nil, err
		}
		p.SetMaxOpenConns(n)
		p.SetMaxIdleConns(n)
		return p, nil
	}
	db := &DB{dialect: sqliteDialect{}, close: held.Close}
	if db.write, err = pool(1, "immediate"); err != nil {
		return nil, errors.Join(err, held.Close())
	}
	if db.read, err = pool(max(4, runtime.GOMAXPROCS(0)), "deferred"); err != nil {
		return nil, errors.Join(err, held.Close())
	}
	return db, nil
}

// lockFolder takes the data folder for this process. The system lets the lock go when the process ends, however it ends.
func lockFolder(dir string) (*os.File, error) {
	f, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) {
		return nil, FaultReadOnly.New()
	}
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		pid := make([]byte, 20)
		n, _ := f.Read(pid)
		return nil, errors.Join(FaultLocked.New().Set("pid", strings.TrimSpace(string(pid[:n]))), f.Close())
	}
	if err := f.Truncate(0); err == nil {
		_, _ = f.WriteString(strconv.Itoa(os.Getpid()))
	}
	return f, nil
}

func openPostgres(ctx context.Context, o Options) (*DB, error) {
	if !strings.HasPrefix(o.URL, "postgres://") && !strings.HasPrefix(o.URL, "postgresql://") {
		return nil, FaultURL.New().Set("url", o.URL)
	}
	cfg, err := pgxpool.ParseConfig(o.URL)
	if err != nil {
		return nil, FaultURL.New().Set("url", hidePassword(o.URL))
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
	return &DB{dialect: postgresDialect{}, write: p, read: p, close: func() error { pool.Close(); return nil }}, nil
}

// hidePassword is a database's address without the password.
func hidePassword(s string) string {
	u, err := url.Parse(s)
	if err != nil {
		return "postgres://…"
	}
	return u.Redacted()
}

// migrate brings the schema up to date, one node at a time; a schema newer than the program's is refused untouched.
func (db *DB) migrate(ctx context.Context) error {
	dir, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	opts := []goose.ProviderOption{goose.WithDisableGlobalRegistry(true)}
	if db.dialect.name() == "postgres" {
		l, err := lock.NewPostgresSessionLocker()
		if err != nil {
			return err
		}
		opts = append(opts, goose.WithSessionLocker(l))
	}
	p, err := goose.NewProvider(db.dialect.goose(), db.write, dir, opts...)
	if err != nil {
		return err
	}
	got, err := p.GetDBVersion(ctx)
	if err != nil {
		return err
	}
	sources := p.ListSources()
	want := sources[len(sources)-1].Version
	if db.schema = want; got > want {
		return FaultNewer.New().Set("got", strconv.FormatInt(got, 10)).Set("want", strconv.FormatInt(want, 10))
	}
	_, err = p.Up(ctx)
	return err
}
