package store

import (
	"context"
	"fmt"
	"os"
)

// gate lets processes in: side by side, or one alone. What it holds goes when the process ends, however it ends.
type gate interface {
	made() bool                                          // there is a database behind it
	enter(ctx context.Context, alone bool) (bool, error) // tries once; false when others stand against it
	leave(ctx context.Context) error                     // lets go what enter took
	number(ctx context.Context) (int64, error)           // takes the first free number of a node
	others(ctx context.Context) []string                 // who else is in, for a person
	note(ctx context.Context, db *DB) error              // once in
	still(ctx context.Context, db *DB) error             // takes again what a broken connection let go
	close() error
}

// mostNodes is how many processes may be in at once: their numbers are part of every id.
const mostNodes = 1 << nodeBits

// processName is what others are told of this process.
func processName() string {
	host, _ := os.Hostname()
	return fmt.Sprintf("ganlan %s:%d", host, os.Getpid())
}
