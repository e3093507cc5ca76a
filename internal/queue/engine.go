package queue

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"
	"github.com/riverqueue/river/rivertype"

	"ganlan/internal/store"
)

// What the engine is told, and where its usual ways would hurt:
//   - A row of its table only says «look at this step»; all else is in ours. A row that comes late, twice, or of a job that has
//     ended does no harm, and no id of it is kept anywhere (SQLite's driver uses them again).
//   - It would rescue the work of a dead process after an hour. That is left as a last resort: we give a dead node's steps to the
//     engine again ourselves (node.go).
//   - It would stop a step after a minute; limit is the time of ours.
//   - Its own cancelling does not stop a running job on SQLite; ours is a mark on the job that is looked at every second.
//   - Its usual unique states include «completed»: a tick of a day comes once, as is wanted. Steps are not unique, for one
//     that was taken from a dead node is inserted again. So no batch of unique rows is ever inserted, which SQLite's driver
//     gets wrong.
const (
	limit  = 10 * time.Minute // of one step
	rescue = time.Hour
	tries  = 1000 // of a row; how often a step is tried we count ourselves
)

// step is the row that delivers a step of a job.
type step struct {
	Job int64 `json:"job"`
	N   int64 `json:"n"`
}

func (step) Kind() string { return "step" }

// tick is the row that asks for a daily job.
type tick struct {
	What string `json:"what"`
	Day  string `json:"day"`
}

func (tick) Kind() string { return "tick" }

// engine is the library over one of its drivers.
type engine interface {
	insert(ctx context.Context, tx *store.Tx, list []store.Shard, priority int) error
	start(context.Context) error
	stopped() <-chan struct{}
}

type engineOf[T any] struct {
	client *river.Client[T]
	tx     func(*store.Tx) (T, error)
}

func newEngine(db *store.DB, c *river.Config) (engine, error) {
	if p := db.Postgres(); p != nil {
		return engineFrom(riverpgxv5.New(p), (*store.Tx).Postgres, c)
	}
	return engineFrom(riversqlite.New(db.Jobs()), plain, c)
}

func plain(tx *store.Tx) (*sql.Tx, error) { return tx.Tx, nil }

func engineFrom[T any](driver riverdriver.Driver[T], tx func(*store.Tx) (T, error), c *river.Config) (engine, error) {
	client, err := river.NewClient(driver, c)
	return &engineOf[T]{client, tx}, err
}

func (e *engineOf[T]) start(ctx context.Context) error { return e.client.Start(ctx) }
func (e *engineOf[T]) stopped() <-chan struct{}        { return e.client.Stopped() }

// Of the waiting steps those come first that another process has lost.
const (
	first   = 1
	inOrder = 2
)

// insert hands steps to the engine in the transaction that puts them down.
func (e *engineOf[T]) insert(ctx context.Context, tx *store.Tx, list []store.Shard, priority int) error {
	if len(list) == 0 {
		return nil
	}
	t, err := e.tx(tx)
	if err != nil {
		return err
	}
	rows := make([]river.InsertManyParams, len(list))
	for i, s := range list {
		rows[i] = river.InsertManyParams{Args: step{s.Job, s.N}, InsertOpts: &river.InsertOpts{Priority: priority}}
	}
	_, err = e.client.InsertManyFastTx(ctx, t, rows)
	return err
}

// What the engine is told of a step besides success: again at once, by whoever comes first; again in a while, in case who works
// it dies; again after the machine has had time. What failed stands in our tables and the log, not in the engine's.
var (
	errNow   = river.JobSnooze(0)
	errLater = river.JobSnooze(5 * time.Second)
	errTry   = errors.New("queue: a step failed; see the log")
)

func insertOnly() *river.Config {
	return &river.Config{MaxAttempts: tries, Logger: slog.New(slog.DiscardHandler)}
}

// backoff spaces the tries of a step that the machine failed: one, two, four … sixty times itself.
type backoff time.Duration

// NextRetry is when a row comes again.
func (b backoff) NextRetry(row *rivertype.JobRow) time.Time {
	return time.Now().Add(time.Duration(b) * time.Duration(min(60, 1<<min(6, len(row.Errors)))))
}

// Tables are the engine's, brought by its own migrations.
var Tables = &store.Also{
	Ready: func(ctx context.Context, db *store.DB, tx *store.Tx) (bool, error) {
		m, err := migrationsOf(db)
		if err != nil {
			return false, err
		}
		return m.ready(ctx, tx)
	},
	Bring: func(ctx context.Context, db *store.DB) error {
		m, err := migrationsOf(db)
		if err != nil {
			return err
		}
		return m.bring(ctx)
	},
}

// tables is the number of the library's last migration. A new version of the library that has new ones gets its number here.
const tables = 7

type migrations interface {
	ready(context.Context, *store.Tx) (bool, error)
	bring(context.Context) error
}

type migrationsOver[T any] struct {
	m  *rivermigrate.Migrator[T]
	tx func(*store.Tx) (T, error)
}

func migrationsOf(db *store.DB) (migrations, error) {
	if p := db.Postgres(); p != nil {
		return migrationsFrom(riverpgxv5.New(p), (*store.Tx).Postgres)
	}
	return migrationsFrom(riversqlite.New(db.Jobs()), plain)
}

func migrationsFrom[T any](driver riverdriver.Driver[T], tx func(*store.Tx) (T, error)) (migrations, error) {
	m, err := rivermigrate.New(driver, &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
	return migrationsOver[T]{m, tx}, err
}

func (x migrationsOver[T]) ready(ctx context.Context, tx *store.Tx) (bool, error) {
	t, err := x.tx(tx)
	if err != nil {
		return false, err
	}
	found, err := x.m.ValidateTx(ctx, t, &rivermigrate.ValidateOpts{TargetVersion: tables})
	return err == nil && found.OK, err
}

func (x migrationsOver[T]) bring(ctx context.Context) error {
	_, err := x.m.Migrate(ctx, rivermigrate.DirectionUp, &rivermigrate.MigrateOpts{TargetVersion: tables})
	return err
}
