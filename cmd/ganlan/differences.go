package main

import (
	"encoding/csv"
	"fmt"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/lipgloss/table"

	"ganlan/claim"
	"ganlan/fault"
	"ganlan/form"
	"ganlan/internal/calc"
	"ganlan/money"
)

// differences lists the bank's figures that are not ours, in yuan (yuan-days for the cumulative balance), with the cause and
// a sentence for the telephone.
func (w *claimWriter) differences() error {
	file, err := w.dir.create("differences.csv")
	if err != nil {
		return err
	}
	defer file.Close()
	out := csv.NewWriter(file)
	_ = out.Write([]string{"contract_no", "note_no", "figure", "bank", "ours", "difference", "cause", "zh", "en"})
	at := 0 // both lists are in the order of contract numbers
	for _, d := range w.res.Differences {
		for at < len(w.res.Findings)-1 && w.res.Findings[at].Contract != d.Contract {
			at++
		}
		f := &w.res.Findings[at]
		_ = out.Write([]string{form.Harmless(d.Contract), form.Harmless(d.Note), d.Figure, money.Fen(d.Bank).String(), money.Fen(d.Ours).String(), money.Fen(d.Bank - d.Ours).String(),
			string(f.Cause), f.Zh, f.En})
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return err
	}
	return file.Close()
}

// differenceList writes differences.xlsx: a row for each contract, for a clerk. Without differences there is none.
func (w *claimWriter) differenceList() error {
	if len(w.res.Findings) == 0 {
		return nil
	}
	const name = "forms/differences.yaml"
	data, err := w.g.standard(name)
	if err != nil {
		return err
	}
	def, faults := form.Load("standard/"+name, data)
	if faults.Err() == nil {
		faults = def.Check(claim.FindingFields())
	}
	if err := faults.Err(); err != nil {
		return exit(exitScheme, err)
	}
	out, err := w.dir.create("differences.xlsx")
	if err != nil {
		return err
	}
	defer out.Close()
	meta := form.Meta{At: w.at.Format("2006-01-02 15:04:05"), CheckCode: w.sum.Check}
	if err := form.Write(out, def, claim.FindingRows(def, w.res.Findings), meta); err != nil {
		return err
	}
	return out.Close()
}

// printCauses shows why the bank's figures differ: how many contracts, and by how much the bank states more.
func (g *globals) printCauses(s *calc.Summary) {
	if len(s.Causes) == 0 {
		return
	}
	t := table.New().Border(lipgloss.NormalBorder()).Headers(g.say("与银行数不同的原因", "why the bank's figures differ"),
		g.say("合同数", "contracts"), g.say("银行多（元）", "bank more by (yuan)"))
	for _, c := range s.CausesInOrder() {
		words := c.Words().Zh
		if g.lang() == fault.En {
			words = c.Words().En
		}
		sum := s.Causes[string(c)]
		t.Row(words, fmt.Sprint(sum.Contracts), sum.Fen.Grouped())
	}
	fmt.Fprintln(g.out, t)
}
