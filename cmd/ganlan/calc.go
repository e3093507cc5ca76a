package main

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"ganlan/bankfile"
	"ganlan/claim"
	"ganlan/fault"
	"ganlan/form"
	"ganlan/internal/calc"
	"ganlan/scheme"
)

// calcCmd computes a claim.
type calcCmd struct {
	inputs

	Out        string `required:"" help:"Folder for the results." placeholder:"DIR"`
	Digest     bool   `help:"Name each input file by its SHA-256 in summary.json, also for a scheme without forms."`
	Faults     string `help:"New folder for a report of faults: faults.csv, and copies of your own files with the faults marked." placeholder:"DIR"`
	AcceptGood bool   `help:"Go on with the good rows and hold back the others, with all that depends on them, in files that can be corrected and handed in again."`
	Strict     bool   `help:"Refuse when there is any warning."`
	At         string `help:"Time printed on the forms, such as 2026-03-01T09:30:00+08:00; now when not given." placeholder:"TIME"`
	Bank       string `help:"Handling bank, for the forms."`
	Head       string `help:"Person in charge, for the forms."`
	Phone      string `help:"Telephone, for the forms."`

	Export   string `help:"Also write the list of all rows, for spreadsheets or other programs: xlsx or csv." enum:",xlsx,csv" default:"" placeholder:"FORMAT"`
	IDs      string `name:"ids" help:"Identity numbers and accounts in the exported list: full, middle (hidden), head-tail (only those)." enum:"full,middle,head-tail" default:"middle"`
	Why      string `help:"Reason for --ids full; it stands in summary.json."`
	Encoding string `help:"Of an exported csv: utf-8, gb18030, or gbk, which lacks rare characters." enum:"utf-8,gb18030,gbk" default:"utf-8"`

	Examine int `help:"How many contracts that differ from the bank's figures are looked into one by one." default:"1000"`
}

// Run computes and writes the claim; nothing is written when anything was wrong.
func (c *calcCmd) Run(g *globals) error {
	at, err := printedTime(c.At)
	if err != nil {
		return err
	}
	report, err := newFaultsDir(c.Faults)
	if err == nil {
		err = c.checkExport()
	}
	if err != nil {
		return err
	}
	defer func() { c.files.close() }()
	c.digest, c.forClaim = c.Digest, true
	r, folder, err := c.prepare(g)
	if err != nil {
		return err
	}
	dir, err := newOutDir(c.Out)
	if err != nil {
		return exit(exitInput, err)
	}
	defer dir.drop()
	r.Keep = len(r.Plan.Scheme.Forms) > 0 || c.Export != ""
	r.Inquiry = &calc.Inquiry{Load: folder.Load, Reference: c.ref, Most: c.Examine}
	r.Progress = g.progress()
	res, sums, check, err := c.results(g, r, dir)
	if err == nil && c.Strict && res.Warned.Total() > 0 {
		err = exit(exitStrict, append(fault.List{faultStrict.New().Set("n", res.Warned.Total())}, res.Warned.List...))
	}
	note, reportErr := report.of(g, r, err)
	if reportErr != nil {
		return reportErr
	}
	if err != nil {
		return noted(exit(exitInput, err), note)
	}
	sum, err := c.summary(g, r, res, check)
	if err != nil {
		return err
	}
	sum.Reconciled = sums
	if c.Export != "" {
		x := c.exported()
		sum.Exported = &x
	}
	w := claimWriter{g: g, dir: dir, run: r, res: res, sum: sum, folder: folder, at: at, c: c}
	if err := w.write(); err != nil {
		return err
	}
	if err := dir.done(); err != nil {
		return err
	}
	if err := g.printSummary(r.Plan.Scheme, sum, res, c.Out); err != nil || note == "" || g.JSON || g.Quiet {
		return err
	}
	_, err = fmt.Fprintln(g.out, note)
	return err
}

func printedTime(at string) (time.Time, error) {
	china := time.FixedZone("CST", 8*3600) // OP-78
	if at == "" {
		return time.Now().In(china), nil
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02"} {
		if t, err := time.ParseInLocation(layout, at, china); err == nil {
			return t.In(china), nil
		}
	}
	return time.Time{}, exit(exitUsage, faultAt.New().Set("value", at))
}

// resultsFile is results.csv with the check code that grows with it.
type resultsFile struct {
	file *os.File
	buf  *bufio.Writer
	sum  hash.Hash
}

func (f *resultsFile) Write(p []byte) (int, error) {
	f.sum.Write(p)
	return f.buf.Write(p)
}

// Reset begins anew.
func (f *resultsFile) Reset() error {
	f.buf.Reset(f.file)
	f.sum.Reset()
	if err := f.file.Truncate(0); err != nil {
		return err
	}
	_, err := f.file.Seek(0, io.SeekStart)
	return err
}

// results computes into results.csv. The check code stands for the rules and every row.
func (c *calcCmd) results(g *globals, r *calc.Run, dir *outDir) (*calc.Result, map[bankfile.Kind]calc.Reconciled, string, error) {
	file, err := dir.create("results.csv")
	if err != nil {
		return nil, nil, "", err
	}
	defer file.Close()
	out := &resultsFile{file, bufio.NewWriterSize(file, 1<<18), sha256.New()}
	var res *calc.Result
	var sums map[bankfile.Kind]calc.Reconciled
	if c.AcceptGood {
		res, sums, err = r.DoGood(out, c.keep(dir), g.lang())
	} else {
		res, err = r.Do(out)
	}
	if err != nil {
		return nil, nil, "", err
	}
	if err := out.buf.Flush(); err != nil {
		return nil, nil, "", err
	}
	return res, sums, out.check(r.Plan.Scheme.Hash), file.Close()
}

// check is the check code of the file under rules of a hash.
func (f *resultsFile) check(rules string) string {
	f.sum.Write([]byte(rules))
	code := strings.ToUpper(hex.EncodeToString(f.sum.Sum(nil))[:16])
	return code[:4] + "-" + code[4:8] + "-" + code[8:12] + "-" + code[12:]
}

// keep writes a file into the folder of the result and opens it again.
func (c *calcCmd) keep(dir *outDir) calc.Keep {
	return func(name string, write func(io.Writer) error) (*bankfile.Input, error) {
		path := dir.path(filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return nil, err
		}
		file, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_RDWR, 0o600)
		if err != nil {
			return nil, err
		}
		c.files = append(c.files, file)
		if err := write(file); err != nil {
			return nil, fmt.Errorf("writing %s: %w", name, err)
		}
		st, err := file.Stat()
		if err != nil {
			return nil, err
		}
		return &bankfile.Input{Name: name, Data: file, Size: st.Size()}, nil
	}
}

func (c *calcCmd) summary(g *globals, r *calc.Run, res *calc.Result, check string) (*calc.Summary, error) {
	sum := r.Summarise(res, g.lang())
	sum.Program, sum.Check = programName(), check
	var err error
	sum.Inputs, err = c.digests(r)
	return sum, err
}

// claimWriter writes what stands beside results.csv.
type claimWriter struct {
	g      *globals
	dir    *outDir
	run    *calc.Run
	res    *calc.Result
	sum    *calc.Summary
	folder scheme.Folder
	at     time.Time
	c      *calcCmd
}

func (w *claimWriter) write() error {
	if err := w.differences(); err != nil {
		return err
	}
	if err := w.differenceList(); err != nil {
		return fmt.Errorf("differences.xlsx: %w", err)
	}
	data, err := json.MarshalIndent(w.sum, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(w.dir.path("summary.json"), append(data, '\n'), 0o644); err != nil {
		return err
	}
	if err := w.export(); err != nil {
		return err
	}
	for _, name := range w.run.Plan.Scheme.Forms {
		if err := w.form(name); err != nil {
			return fmt.Errorf("form %s: %w", name, err)
		}
	}
	return nil
}

func (w *claimWriter) form(name string) error {
	file, data := w.folder.Form(name)
	def, faults := form.Load(file, data)
	if faults.Err() == nil {
		faults = def.Check(claim.FormFields())
	}
	if err := faults.Err(); err != nil {
		return exit(exitScheme, err)
	}
	sheet := claim.Sheet{Plan: w.run.Plan, Rows: w.res.Rows, Totals: w.res.Totals, Bank: w.c.Bank, Head: w.c.Head, Phone: w.c.Phone,
		Names: claim.Names{Status: w.run.Profile.StatusName, Purpose: w.run.Profile.PurposeName, IDType: idTypeName}}
	if w.run.Plan.Scheme.Status == scheme.Draft {
		def.Title = "（模拟，不得申报）" + def.Title
	}
	meta := form.Meta{At: w.at.Format("2006-01-02 15:04:05"), CheckCode: w.sum.Check,
		Values: map[string]string{"year": fmt.Sprint(w.run.Plan.Year), "bank": w.c.Bank, "reporter": w.c.Bank, "report_date": w.at.Format("2006-01-02")}}
	out, err := w.dir.create(name + ".xlsx")
	if err != nil {
		return err
	}
	defer out.Close()
	if err := form.Write(out, def, sheet.Fill(def), meta); err != nil {
		return err
	}
	return out.Close()
}
