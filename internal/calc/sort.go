package calc

import (
	"context"

	"github.com/lanrat/extsort"
)

// sortChunk is how many lines are sorted in memory at once; lines are about 150 bytes, and the library holds up to four
// chunks, so that sorting a file of any size takes less than 200 MiB, with the rest on disk.
const sortChunk = 40_000

// SortLines sorts lines by their bytes.
func SortLines(in <-chan string) (<-chan string, <-chan error) {
	sorter, out, errs := extsort.Strings(in, &extsort.Config{ChunkSize: sortChunk, NumWorkers: 2, SortedChanBuffSize: 1024})
	go sorter.Sort(context.Background())
	return out, errs
}
