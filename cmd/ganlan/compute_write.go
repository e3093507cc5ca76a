package main

import (
	"bufio"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"ganlan/internal/calc"
)

// write puts the results into their folder, whole or not at all.
func (c *computeCmd) write(g *globals, run *calc.TableRun, digests map[string]calc.Digest) error {
	sum, err := run.Summarise(g.lang())
	if err != nil {
		return exit(exitInput, err)
	}
	sum.Program, sum.Inputs = programName(), digests
	dir, err := newOutDir(c.Out)
	if err != nil {
		return exit(exitInput, err)
	}
	defer dir.drop()
	if sum.Check, err = writeChecked(dir, run); err != nil {
		return err
	}
	files := map[string]func(io.Writer) error{"results.xlsx": run.Sheet(g.lang()).Write}
	if len(run.Outcome.Counted) > 0 {
		files["counted.csv"] = run.WriteRecords
	}
	files["explain.json"] = func(list io.Writer) error {
		return writeFile(dir, "explain.txt", func(text io.Writer) error { return run.WriteExplanations(text, list, g.lang()) })
	}
	for name, write := range files {
		if err := writeFile(dir, name, write); err != nil {
			return err
		}
	}
	data, err := json.MarshalIndent(sum, "", "  ")
	if err == nil {
		err = os.WriteFile(dir.path("summary.json"), append(data, '\n'), 0o644)
	}
	if err == nil {
		err = dir.done()
	}
	if err != nil {
		return err
	}
	return g.printTable(run, sum, c.Out)
}

// writeChecked writes results.csv; the check code stands for the rules and every row.
func writeChecked(dir *outDir, run *calc.TableRun) (check string, err error) {
	err = writeFile(dir, "results.csv", func(w io.Writer) error {
		out := &resultsFile{buf: bufio.NewWriter(w), sum: sha256.New()}
		if err := run.WriteCSV(out); err != nil {
			return err
		}
		check = out.check(run.Rules.Top().Hash)
		return out.buf.Flush()
	})
	return check, err
}

func writeFile(dir *outDir, name string, write func(io.Writer) error) error {
	out, err := dir.create(name)
	if err != nil {
		return err
	}
	defer out.Close()
	if err := write(out); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return out.Close()
}
