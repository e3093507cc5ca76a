package store

import (
	"context"
	"fmt"
	"sync"

	"github.com/jackc/pgx/v5"
)

// The advisory locks of a PostgreSQL database. The numbers of nodes are the locks 0 … 255 of the class.
const (
	lockClass     = 0x67616e6c // «ganl»
	lockOfProgram = 1000       // held shared by every process, whole by one that must be alone
	lockOfActs    = 1001       // held by an act until it ends
)

// serverGate is the gate of a PostgreSQL database: advisory locks on a connection of its own that lasts as long as the
// process. Where the connection breaks, the locks are gone, and are taken anew before the next transaction; an id that another
// node made in between would be refused by its table, not kept twice.
type serverGate struct {
	cfg *pgx.ConnConfig

	mu    sync.Mutex
	conn  *pgx.Conn
	alone bool
	in    bool               // number was taken: the gate is watched
	end   context.CancelFunc // ends the watch
	gone  chan struct{}      // closed when the watched connection broke, or the watch ended
	keys  string             // how the keys stood when this process came in
	stale error              // they were rotated while the connection was broken
}

func (g *serverGate) made() bool { return true }

func (g *serverGate) enter(ctx context.Context, alone bool) (ok bool, err error) {
	if g.conn == nil {
		if g.conn, err = pgx.ConnectConfig(ctx, g.cfg.Copy()); err != nil {
			g.conn = nil
			return false, err
		}
	}
	g.alone = alone
	return g.try(ctx, lockOfProgram, !alone)
}

func (g *serverGate) try(ctx context.Context, key int64, shared bool) (ok bool, err error) {
	name := "pg_try_advisory_lock"
	if shared {
		name += "_shared"
	}
	err = g.conn.QueryRow(ctx, fmt.Sprintf("select %s(%d, %d)", name, lockClass, key)).Scan(&ok)
	return ok, err
}

func (g *serverGate) leave(ctx context.Context) error {
	_, err := g.conn.Exec(ctx, "select pg_advisory_unlock_all()")
	return err
}

func (g *serverGate) number(ctx context.Context) (int64, error) {
	for n := range int64(mostNodes) {
		ok, err := g.try(ctx, n, false)
		if err != nil {
			return 0, err
		}
		if ok {
			g.watch()
			return n, nil
		}
	}
	return 0, FaultNodes.New().Set("most", mostNodes)
}

// watch waits on the connection, which nobody else uses from now on, until it breaks.
func (g *serverGate) watch() {
	ctx, end := context.WithCancel(context.Background())
	conn, gone := g.conn, make(chan struct{})
	g.in, g.end, g.gone = true, end, gone
	go func() {
		defer close(gone)
		for {
			if _, err := conn.WaitForNotification(ctx); err != nil {
				return
			}
		}
	}()
}

// still takes the locks anew where the connection that held them broke.
func (g *serverGate) still(ctx context.Context, db *DB) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.in || g.stale != nil {
		return g.stale
	}
	select {
	case <-g.gone:
	default:
		return nil
	}
	if g.conn != nil {
		_ = g.conn.Close(ctx)
	}
	g.conn = nil
	again, err := db.tryIn(ctx, Options{Alone: g.alone})
	if err == nil && !again {
		err = FaultLocked.New().Set("who", "PostgreSQL")
	}
	if err != nil {
		return err
	}
	keys, err := db.keyMark(ctx)
	if err == nil && keys != g.keys {
		g.stale = FaultKeysChanged.New()
		err = g.stale
	}
	return err
}

// note remembers how the keys stand, once the process is in.
func (g *serverGate) note(ctx context.Context, db *DB) (err error) {
	g.keys, err = db.keyMark(ctx)
	return err
}

func (g *serverGate) others(ctx context.Context) (out []string) {
	rows, err := g.conn.Query(ctx, fmt.Sprintf("select distinct a.application_name from pg_locks l join pg_stat_activity a on a.pid = l.pid "+
		"where l.locktype = 'advisory' and l.classid = %d and l.objid = %d and l.granted and a.pid <> pg_backend_pid() order by 1", lockClass, lockOfProgram))
	if err != nil {
		return nil
	}
	out, _ = pgx.CollectRows(rows, pgx.RowTo[string])
	return out
}

func (g *serverGate) close() error {
	if g.conn == nil {
		return nil
	}
	if g.end != nil {
		g.end()
		<-g.gone
	}
	return g.conn.Close(context.Background())
}
