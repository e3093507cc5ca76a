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
	out, err := newOutDir(d.dir)
	if err != nil {
		return "", err
	}
	defer out.drop()
	names := []string{"faults.csv"}
	all := append([]bankfile.Copy{{Name: "faults.csv", Write: func(w io.Writer) error { return writeFaults(w, list, g.lang()) }}}, copies...)
	for i, c := range all {
		if err := writeCopy(out, c); err != nil {
			return "", err
		}
		if i > 0 {
			names = append(names, c.Name)
		}
	}
	if err := out.done(); err != nil {
		return "", err
	}
	refused := len(list.Refusals())
	return fmt.Sprintf(g.say("错误 %d 处、提示 %d 处，写在 %s：%s", "%d errors and %d warnings, written to %s: %s"),
		refused, len(list)-refused, d.dir, strings.Join(names, g.say("、", ", "))), nil
}

// of writes the report of a run that ended with an error, or with warnings only.
func (d faultsDir) of(g *globals, r *calc.Run, err error) (string, error) {
	if err != nil && fault.From(err) == nil {
		return "", nil
	}
	list := r.Found(err)
	if n := len(list.Warnings()); d.dir == "" && err != nil && n > 0 {
		return fmt.Sprintf(g.say("另有提示 %d 处；用 --faults 写成清单和标注件。", "%d warnings besides; --faults writes a list and marked copies."), n), nil
	}
	if d.dir == "" {
		return "", nil
	}
	return d.write(g, list, r.Copies(list, g.lang()))
}

// looked writes the report of files that were only looked at.
func (d faultsDir) looked(g *globals, all []*bankfile.Report, seen []*bankfile.File) (string, error) {
	var list fault.List
	for _, r := range all {
		list = append(list, r.Faults.Refusals()...)
	}
	for _, r := range all {
		list = append(list, r.Faults.Warnings()...)
	}
	return d.write(g, list, bankfile.Marked(seen, list, g.lang()))
}

func writeCopy(out *outDir, c bankfile.Copy) error {
	file, err := os.OpenFile(out.path(c.Name), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("writing the fault report: %w", err)
	}
	defer file.Close()
	if err := c.Write(file); err != nil {
		return fmt.Errorf("writing %s: %w", c.Name, err)
	}
	return file.Close()
}
