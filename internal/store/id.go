package store

import "sync"

// ids makes numbers that rise with time and that no two nodes make: milliseconds, the node's number, a counter.
type ids struct {
	mu   sync.Mutex
	node int64 // 0 … 255
	last int64
}

const (
	counterBits = 12
	nodeBits    = 8
)

// of gives the ids to a node from now on.
func (x *ids) of(node int64) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.node = node
}

// next is a new id for a time in milliseconds. More than 4,096 in one millisecond run ahead into the next ones; a clock set
// back changes nothing, for the last id is never gone behind.
func (x *ids) next(now int64) int64 {
	x.mu.Lock()
	defer x.mu.Unlock()
	ms, count := x.last>>(counterBits+nodeBits), x.last&(1<<counterBits-1)
	switch {
	case now > ms:
		ms, count = now, 0
	case count == 1<<counterBits-1:
		ms, count = ms+1, 0
	default:
		count++
	}
	x.last = ms<<(counterBits+nodeBits) | x.node<<counterBits | count
	return x.last
}
