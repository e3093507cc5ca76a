package main

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"ganlan/bankfile"
	"ganlan/fault"
	"ganlan/form"
	"ganlan/internal/calc"
)

// faultsTitles are the columns of faults.csv.
func faultsTitles(l fault.Lang) []string {
	if l == fault.En {
		return []string{"severity", "code", "file", "sheet", "row", "column", "value", "what is wrong", "what to do", "clause"}
	}
	return []string{"级别", "代码", "文件", "工作表", "行", "列", "内容", "问题", "怎么办", "依据"}
}

// writeFaults writes faults.csv: UTF-8 with its mark and line ends as spreadsheet programs want them. Identity numbers are
// masked in it.
func writeFaults(w io.Writer, list fault.List, l fault.Lang) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	_ = out.Write(faultsTitles(l))
	for _, f := range list {
		p := f.Place
		row := ""
		if n := max(p.Row, p.Line); n > 0 {
			row = strconv.Itoa(n)
		}
		line := []string{f.Severity(l), f.Code(), p.File, p.Sheet, row, p.Column, cmp.Or(f.With["value"], f.With["contract"], f.With["household"]), f.What(l), f.Do(l), f.Clause}
		for i := range line {
			line[i] = form.Harmless(line[i])
		}
		_ = out.Write(line)
	}
	out.Flush()
	return out.Error()
}

// faultsDir is the folder of a fault report. It must be new or empty: an older one may hold files that somebody has
// corrected by now.
type faultsDir struct{ dir string }

// newFaultsDir refuses a folder that holds anything; it makes nothing yet.
func newFaultsDir(dir string) (faultsDir, error) {
	if dir == "" {
		return faultsDir{}, nil
	}
	if names, err := os.ReadDir(dir); err == nil && len(names) > 0 || err != nil && !os.IsNotExist(err) {
		return faultsDir{}, exit(exitUsage, faultFaultsTaken.New().Set("dir", dir))
	}
	return faultsDir{filepath.Clean(dir)}, nil
}

// write writes the list and the marked copies; it says in words what stands where. Nothing is written without a fault.
func (d faultsDir) write(g *globals, list fault.List, copies []bankfile.Copy) (string, error) {
	if d.dir == "" || len(list) == 0 {
		return "", nil
	}
	if err := os.MkdirAll(d.dir, 0o755); err != nil {
		return "", fmt.Errorf("making %s: %w", d.dir, err)
	}
	names := []string{"faults.csv"}
	all := append([]bankfile.Copy{{Name: "faults.csv", Write: func(w io.Writer) error { return writeFaults(w, list, g.lang()) }}}, copies...)
	for i, c := range all {
		if err := d.file(c); err != nil {
			return "", err
		}
		if i > 0 {
			names = append(names, c.Name)
		}
	}
	refused := len(list.Refusals())
	return fmt.Sprintf(g.say("错误 %d 处、提示 %d 处，写在 %s：%s", "%d errors and %d warnings, written to %s: %s"),
		refused, len(list)-refused, d.dir, strings.Join(names, g.say("、", ", "))), nil
}

// of writes the report of a run that ended with an error, or with warnings only.
func (d faultsDir) of(g *globals, r *calc.Run, err error) (string, error) {
	if d.dir == "" || err != nil && fault.From(err) == nil {
		return "", nil
	}
	list := r.Found(err)
	return d.write(g, list, r.Copies(list, g.lang()))
}

func (d faultsDir) file(c bankfile.Copy) error {
	file, err := os.OpenFile(filepath.Join(d.dir, c.Name), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("writing the fault report: %w", err)
	}
	defer file.Close()
	if err := c.Write(file); err != nil {
		return fmt.Errorf("writing %s: %w", c.Name, err)
	}
	return file.Close()
}
