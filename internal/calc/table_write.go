package calc

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"

	"ganlan/fault"
	"ganlan/figure"
	"ganlan/form"
	"ganlan/scheme"
)

// WriteCSV writes results.csv: keys as header, amounts in yuan with two decimals, codes as they are, so that it reads alike in
// every language.
func (run *TableRun) WriteCSV(w io.Writer) error {
	o := run.Outcome
	b := bufio.NewWriterSize(w, 1<<18)
	line := []byte("no")
	for i := range o.Columns {
		line = appendText(append(line, ','), o.Columns[i].Key)
	}
	line = append(line, ",reason\n"...)
	for i := range o.Rows {
		if _, err := b.Write(line); err != nil {
			return err
		}
		x := &o.Rows[i]
		line = appendText(line[:0], x.No)
		for k := range o.Columns {
			line = append(line, ',')
			if text := Text(x.Values[k], &o.Columns[k], nil); o.Columns[k].Type == figure.Text {
				line = appendText(line, text)
			} else {
				line = append(line, text...)
			}
		}
		line = append(append(append(line, ','), x.Reason...), '\n')
	}
	if _, err := b.Write(line); err != nil {
		return err
	}
	return b.Flush()
}

// WriteRecords writes counted.csv: the rows of the table that were counted together, whose they are, and why one was not counted.
func (run *TableRun) WriteRecords(w io.Writer) error {
	b := bufio.NewWriter(w)
	if _, err := b.WriteString("no,counted_in,reason\n"); err != nil {
		return err
	}
	var line []byte
	for _, r := range run.Outcome.Counted {
		line = appendText(line[:0], r.No)
		line = appendText(append(line, ','), r.Of)
		line = append(append(append(line, ','), r.Reason...), '\n')
		if _, err := b.Write(line); err != nil {
			return err
		}
	}
	return b.Flush()
}

// sheetKinds are the types of columns as a sheet shows them.
var sheetKinds = map[figure.Type]form.Kind{figure.Money: form.Money, figure.Date: form.Date}

// Sheet is results.xlsx: titles and reasons in words. What cannot be claimed says so above everything.
func (run *TableRun) Sheet(lang fault.Lang) *form.Plain {
	o, h := run.Outcome, run.Rules.Top()
	p := &form.Plain{Sheet: either(lang, "结果", "results"), Columns: len(o.Columns) + 3, Header: 1}
	head := [][]string{{either(lang, "编号", "no")}}
	p.Kinds = []form.Kind{form.Text}
	for i := range o.Columns {
		c := &o.Columns[i]
		head[0] = append(head[0], form.Harmless(c.Title.In(lang)+unitOf(c, lang)))
		p.Kinds = append(p.Kinds, sheetKinds[c.Type])
	}
	head[0] = append(head[0], either(lang, "原因代码", "reason"), either(lang, "原因", "why"))
	if mark := NotClaimable(h).In(lang); mark != "" {
		head, p.Header = append([][]string{{mark}}, head...), 2
	}
	p.Rows = len(o.Rows) + p.Header
	p.Each = func(put func([]string) error) error {
		for _, line := range head {
			if err := put(line); err != nil {
				return err
			}
		}
		return run.eachLine(lang, put)
	}
	return p
}

func unitOf(c *scheme.Column, lang fault.Lang) string {
	if c.Type == figure.Money {
		return either(lang, "（元）", " (yuan)")
	}
	return ""
}

func (run *TableRun) eachLine(lang fault.Lang, put func([]string) error) error {
	o := run.Outcome
	words := func(w scheme.Words) string { return w.In(lang) }
	line := make([]string, len(o.Columns)+3)
	for i := range o.Rows {
		x := &o.Rows[i]
		line[0] = form.Harmless(x.No)
		for k := range o.Columns {
			text := Text(x.Values[k], &o.Columns[k], words)
			if t := o.Columns[k].Type; t == figure.Text {
				text = form.Harmless(text)
			}
			line[k+1] = text
		}
		line[len(line)-2], line[len(line)-1] = x.Reason, form.Harmless(x.Why.In(lang))
		if err := put(line); err != nil {
			return err
		}
	}
	return nil
}

// NotClaimable is what stands above results that nobody can claim by; empty for an issued scheme of a real place.
func NotClaimable(h *scheme.Head) scheme.Words {
	switch {
	case h.Status != scheme.Issued:
		return scheme.Words{Zh: "模拟，不得申报：方案为征求意见稿", En: "a simulation, never a claim: the scheme is a draft"}
	case h.Model:
		return scheme.Words{Zh: "模拟，不得申报：样板文本，不属于任何真实地区", En: "a simulation, never a claim: a model text of no real place"}
	}
	return scheme.Words{}
}

// Step is one line of an explanation in a language.
type Step struct {
	Text   string `json:"text"`
	Clause string `json:"clause,omitempty"`
}

// RowWhy is how one row came about.
type RowWhy struct {
	No     string            `json:"no"`
	Values map[string]string `json:"values"`
	Reason string            `json:"reason,omitempty"`
	Why    string            `json:"why,omitempty"`
	Steps  []Step            `json:"steps"`
}

// Explain says how a row came about, in a language.
func (run *TableRun) Explain(i int, lang fault.Lang) RowWhy {
	o := run.Outcome
	x := &o.Rows[i]
	out := RowWhy{No: x.No, Values: make(map[string]string, len(o.Columns)), Reason: x.Reason, Why: x.Why.In(lang)}
	for k := range o.Columns {
		if v := x.Values[k]; v.Given() {
			out.Values[o.Columns[k].Key] = Text(v, &o.Columns[k], nil)
		}
	}
	for _, l := range o.Explain(i) {
		out.Steps = append(out.Steps, Step{l.Value.In(lang), l.Cite})
	}
	return out
}

// Find is the rows of a number, or those in which a row of the table of that number was counted.
func (run *TableRun) Find(no string) (out []int) {
	of := map[string]bool{no: true}
	for _, r := range run.Outcome.Counted {
		if r.No == no {
			of[r.Of] = true
		}
	}
	for i := range run.Outcome.Rows {
		if of[run.Outcome.Rows[i].No] {
			out = append(out, i)
		}
	}
	return out
}

// Print writes the explanation as text.
func (w *RowWhy) Print(out io.Writer) error {
	head := w.No
	if w.Reason != "" {
		head += "  " + w.Reason
	}
	if _, err := fmt.Fprintln(out, head); err != nil {
		return err
	}
	for _, s := range w.Steps {
		cite := ""
		if s.Clause != "" {
			cite = "  [" + s.Clause + "]"
		}
		if _, err := fmt.Fprintf(out, "  %s%s\n", s.Text, cite); err != nil {
			return err
		}
	}
	return nil
}

// WriteExplanations writes every row's steps, as text and as a list of JSON, one row after another.
func (run *TableRun) WriteExplanations(text, list io.Writer, lang fault.Lang) error {
	t, j := bufio.NewWriterSize(text, 1<<18), bufio.NewWriterSize(list, 1<<18)
	if mark := NotClaimable(run.Rules.Top()).In(lang); mark != "" {
		fmt.Fprintln(t, mark)
	}
	e := json.NewEncoder(j)
	e.SetEscapeHTML(false)
	sep := "[\n"
	for i := range run.Outcome.Rows {
		w := run.Explain(i, lang)
		if err := w.Print(t); err != nil {
			return err
		}
		_, _ = j.WriteString(sep)
		if err := e.Encode(w); err != nil {
			return err
		}
		sep = ","
	}
	if len(run.Outcome.Rows) == 0 {
		_, _ = j.WriteString(sep)
	}
	_, _ = j.WriteString("]\n")
	if err := t.Flush(); err != nil {
		return err
	}
	return j.Flush()
}
