package calc

import (
	"cmp"
	"math/big"
	"regexp"
	"slices"
	"strings"

	"ganlan/bankfile"
	"ganlan/fault"
	"ganlan/figure"
	"ganlan/ident"
	"ganlan/money"
	"ganlan/scheme"
	"ganlan/subsidy"
)

// TableFiles are the files of a computation over rows of facts.
type TableFiles struct {
	Profile *bankfile.Profile
	Facts   *bankfile.Input
	Earlier *bankfile.Input // nil when nothing was paid before
	Key     string          // title of the column that numbers the rows; the usual ones when empty
	Options bankfile.Options
}

// TableRun is a table computed.
type TableRun struct {
	Rules   scheme.Rules
	Table   *scheme.Table
	Outcome *scheme.Outcome
	Layouts map[string]Digest // how each file was read
}

// Tabled is the kind of rules that are computed over rows of facts. Other kinds are refused by name.
func Tabled(r scheme.Rules) (*Kind, error) {
	var known []string
	for i := range Kinds {
		k := &Kinds[i]
		if k.Name == r.Top().Kind && k.Compute != nil {
			return k, nil
		}
		if k.Compute != nil {
			known = append(known, string(k.Name))
		}
	}
	return nil, FaultNotTabled.New().Set("scheme", r.Top().ID).Set("kind", r.Top().Kind).Set("known", strings.Join(known, "、"))
}

// ComputeTable reads the files and computes all rows. Any fault refuses everything; identity numbers in faults are masked.
// The order of the rows changes nothing.
func ComputeTable(r scheme.Rules, t scheme.Table, files TableFiles) (*TableRun, error) {
	k, err := Tabled(r)
	if err != nil {
		return nil, err
	}
	run := &TableRun{Rules: r, Table: &t, Layouts: map[string]Digest{}}
	warned, err := run.read(files)
	if err == nil {
		run.Outcome, err = k.Compute(r, &t)
	}
	if err != nil {
		return nil, masked(fault.From(err), err)
	}
	run.Outcome.Warned = append(warned, run.Outcome.Warned...)
	_ = masked(run.Outcome.Warned, nil)
	return run, nil
}

func (run *TableRun) read(files TableFiles) (warned fault.List, err error) {
	facts := scheme.FactsOf(run.Rules)
	p := files.Profile.ForTable(facts, files.Key)
	warned = openTable(p, files.Facts, files.Options, run.layout("facts"), func(f *bankfile.File) (fs fault.List) {
		run.Table.Rows, fs = f.ReadFacts()
		return append(fs, twice(run.Table.Rows)...)
	})
	if files.Earlier != nil {
		warned = append(warned, openTable(files.Profile.ForEarlier(facts), files.Earlier, files.Options, run.layout("earlier"), func(f *bankfile.File) (fs fault.List) {
			run.Table.Earlier, fs = f.ReadEarlier()
			return fs
		})...)
	}
	return warned.Warnings(), warned.Err()
}

func openTable(p *bankfile.Profile, in *bankfile.Input, opt bankfile.Options, seen func(*bankfile.File), read func(*bankfile.File) fault.List) fault.List {
	opt.Sort = SortLines
	f, faults := p.Open(*in, bankfile.Facts, opt)
	if f == nil {
		return faults
	}
	defer f.Close()
	faults = append(f.Warned, read(f)...)
	seen(f)
	return faults
}

func (run *TableRun) layout(name string) func(*bankfile.File) {
	return func(f *bankfile.File) {
		run.Layouts[name] = Digest{Encoding: f.Layout.Encoding, Profile: f.Layout.Profile, Sorted: f.Sorted()}
	}
}

// twice puts the rows in the order of their numbers, shorter ones first, and refuses a number that stands twice.
func twice(rows []scheme.FactRow) (faults fault.List) {
	slices.SortStableFunc(rows, func(a, b scheme.FactRow) int {
		return cmp.Or(cmp.Compare(len(a.No), len(b.No)), cmp.Compare(a.No, b.No))
	})
	for i := 1; i < len(rows); i++ {
		if rows[i].No == rows[i-1].No {
			faults.Add(subsidy.FaultRowTwice.At(rows[i].Place).Set("no", rows[i].No))
		}
	}
	return faults
}

// person is how identity numbers look; whatever looks so is masked.
var person = regexp.MustCompile(`[1-9]\d{16}[\dXx]|[1-9]\d{14}`)

// masked hides identity numbers in the words of faults; err is what is returned when there are none.
func masked(list fault.List, err error) error {
	if list == nil {
		return err
	}
	for _, f := range list {
		for k, v := range f.With {
			f.With[k] = person.ReplaceAllStringFunc(v, ident.Mask)
		}
	}
	return list
}

// Sums adds up every column that adds up, by key.
func Sums(o *scheme.Outcome) (map[string]money.Fen, error) {
	out := map[string]money.Fen{}
	for i, c := range o.Columns {
		if !c.Sum {
			continue
		}
		total := money.Fen(0)
		for k := range o.Rows {
			v := o.Rows[k].Values[i]
			if !v.Given() {
				continue
			}
			n, err := v.Fen(money.ToFen)
			if err == nil {
				total, err = money.Add(total, n)
			}
			if err != nil {
				return nil, err
			}
		}
		out[c.Key] = total
	}
	return out, nil
}

// Text is a value as files hold it: amounts in yuan with two decimals, exact numbers as decimals or fractions, days in ISO form.
// A code is put in words where words is not nil.
func Text(v figure.Value, c *scheme.Column, words func(scheme.Words) string) string {
	switch {
	case !v.Given():
		return ""
	case v.Type == figure.Money:
		n, err := v.Fen(money.ToFen)
		if err != nil {
			return ""
		}
		return n.String()
	case v.Type == figure.Percent && words == nil:
		if y, exact := new(big.Rat).Mul(v.Rat(), big.NewRat(100, 1)).FloatPrec(); !exact || y > 12 {
			return v.Rat().RatString() // 39/38, where no decimal ends
		}
	case v.Type == figure.Text && words != nil && c.Names != nil:
		return words(c.Names[v.Text()])
	}
	return v.In(fault.En)
}

// FaultNotTabled refuses a scheme whose kind is not computed over rows of facts.
var FaultNotTabled = &fault.Def{Code: "KIND_NOT_TABLED", What: "方案 {scheme} 是“{kind}”类，不能用一张事实表计算", Do: "贴息类用 ganlan calc；可用一张表的：{known}",
	WhatEn: "scheme {scheme} is of the kind {kind}, which is not computed from a table of facts", DoEn: "interest schemes use ganlan calc; from a table: {known}"}
