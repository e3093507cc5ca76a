package store

import (
	"context"
	"database/sql"
)

// Node is a process that works jobs.
type Node struct {
	ID      int64  `json:"id"`
	Name    string `json:"name"`
	Beats   int64  `json:"beats"` // rises while it lives
	BeganAt int64  `json:"began_at"`
	SeenAt  int64  `json:"seen_at"`  // by its own clock
	EndedAt int64  `json:"ended_at"` // 0 while it works
}

const nodeColumns = "id, name, beats, began_at, seen_at, ended_at"

// AddNode keeps a process that begins to work.
func AddNode(ctx context.Context, tx *Tx, id int64, name string) error {
	_, err := exec(ctx, tx, "insert into node ("+nodeColumns+") values ($1, $2, $3, $4, $5, $6)", id, name, 0, tx.Now, tx.Now, 0)
	return err
}

// BeatNode says that a node lives. It is false when others have given it up.
func BeatNode(ctx context.Context, tx *Tx, id int64) (bool, error) {
	n, err := exec(ctx, tx, "update node set beats = beats + 1, seen_at = $1 where id = $2 and ended_at = 0", tx.Now, id)
	return n == 1, err
}

// EndNode ends a node that has not beaten since it was looked at. It is false when it has, or has ended.
func EndNode(ctx context.Context, tx *Tx, n Node) (bool, error) {
	rows, err := exec(ctx, tx, "update node set ended_at = $1 where id = $2 and beats = $3 and ended_at = 0", tx.Now, n.ID, n.Beats)
	return rows == 1, err
}

// LeaveNode ends a node that stops.
func LeaveNode(ctx context.Context, tx *Tx, id int64) error {
	_, err := exec(ctx, tx, "update node set ended_at = $1 where id = $2 and ended_at = 0", tx.Now, id)
	return err
}

// OpenNodes are the processes that work jobs, or died of it.
func OpenNodes(ctx context.Context, tx *Tx) (out []Node, err error) {
	err = each(ctx, tx, "select "+nodeColumns+" from node where ended_at = 0 order by id", nil, func(r *sql.Rows) error {
		var n Node
		err := r.Scan(&n.ID, &n.Name, &n.Beats, &n.BeganAt, &n.SeenAt, &n.EndedAt)
		out = append(out, n)
		return err
	})
	return out, err
}
