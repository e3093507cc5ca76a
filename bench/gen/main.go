// Command gen writes invented counties to measure and to try the program with.
//
//	gen -n 100000 -seed 1 -dir DIR                  contracts.csv ledger.csv list.csv, UTF-8, the program's own columns
//	gen -n 100000 -seed 1 -dir DIR -shuffle         the same rows in another order
//	gen -n 100000 -seed 1 -dir DIR -style bank      the same county as its bank exports it, GBK
//	gen -examples examples/dongyang-2025            the examples of the project, always the same bytes
package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"golang.org/x/text/encoding/simplifiedchinese"

	"ganlan/internal/sample"
)

func main() {
	var o options
	flag.IntVar(&o.contracts, "n", 0, "number of contracts")
	flag.IntVar(&o.families, "families", 0, "number of families, at least those that borrow")
	flag.Uint64Var(&o.seed, "seed", 1, "seed: the same seed gives the same bytes")
	flag.StringVar(&o.dir, "dir", ".", "folder to write to")
	flag.StringVar(&o.style, "style", "plain", "plain (UTF-8, English keys) or bank (GBK, Chinese titles, totals)")
	flag.BoolVar(&o.shuffle, "shuffle", false, "write the same rows in random order")
	examples := flag.String("examples", "", "write the examples of the project into this folder")
	flag.Parse()
	if err := run(o, *examples); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

type options struct {
	contracts, families int
	seed                uint64
	dir, style          string
	shuffle             bool
}

func run(o options, examples string) error {
	switch {
	case examples != "":
		return writeExamples(examples)
	case o.contracts <= 0:
		return fmt.Errorf("-n must be positive (or give -examples)")
	}
	county := sample.New(o.seed, o.contracts, o.families)
	f := folder{dir: o.dir, shuffle: o.shuffle, seed: o.seed}
	switch o.style {
	case "plain":
		return f.write(county.Plain())
	case "bank":
		f.gbk = true
		return f.write(county.BankStyle(nil))
	default:
		return fmt.Errorf("-style %q: want plain or bank", o.style)
	}
}

// folder is where tables go, and how.
type folder struct {
	dir          string
	gbk, shuffle bool
	seed         uint64
}

// write writes each table as a csv file named after it.
func (f folder) write(tables []sample.Table) error {
	for _, t := range tables {
		err := writeFile(filepath.Join(f.dir, t.Name+".csv"), func(w io.Writer) error { return f.encode(w, t) })
		if err != nil {
			return err
		}
	}
	return nil
}

func (f folder) encode(w io.Writer, t sample.Table) error {
	if f.gbk {
		w = simplifiedchinese.GBK.NewEncoder().Writer(w)
	}
	if f.shuffle {
		return sample.WriteShuffled(w, t, f.seed)
	}
	return sample.Write(w, t)
}

// writeFile makes the folder and writes one file through a buffer.
func writeFile(path string, body func(io.Writer) error) (err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() {
		if e := file.Close(); err == nil {
			err = e
		}
	}()
	w := bufio.NewWriterSize(file, 1<<20)
	if err := body(w); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return w.Flush()
}
