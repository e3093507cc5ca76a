package scheme

import (
	"slices"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/figure"
	"ganlan/money"
)

// FactRow is what is given for one row. No stands once in a table.
type FactRow struct {
	No    string
	Facts figure.Row
	Place fault.Place
}

// Earlier is what was already paid: Of holds the facts by which ceilings count (the firm, the product).
type Earlier struct {
	Year  int
	Paid  money.Fen
	Of    figure.Row
	Place fault.Place
}

// Table is what a kind is computed from that takes one row of facts at a time, or all rows of a year at once.
type Table struct {
	Year    int      // the claim year; 0 for kinds without one
	On      day.Date // the day of a rating; the zero value when none is kept
	Rows    []FactRow
	Earlier []Earlier
}

// FactsOf are the facts that a row of these rules may give.
func FactsOf(r Rules) figure.Facts {
	if x, ok := r.(interface{ AllFacts() figure.Facts }); ok {
		return x.AllFacts()
	}
	return r.Top().Facts
}

// Outcome is what a table comes to. Rows stand in the order of the table's rows, or of their numbers where rows were counted
// together; each has a value for every column, not given where the row has none.
type Outcome struct {
	Columns []Column
	Rows    []OutcomeRow
	Counted []Record    // rows of the table that were counted together, with what became of them
	Payers  []PayerPart // who bears the total; nil where nobody pays or each party has a column
	Open    money.Fen   // what somebody must still decide on
	Warned  fault.List

	Explain func(i int) []Line // how a row came about, step by step; nothing is kept for it
}

// Column is one thing that is known of each row.
type Column struct {
	Key    string
	Title  Words
	Type   figure.Type
	Names  map[string]Words // of a text: its codes in words, or its words in both languages
	Few    bool             // of a text: a few codes by which rows are counted
	Order  []string         // of a text that is an effect: its codes from worst to best
	Sum    bool             // adds up to something
	Effect bool             // what a change of rules is judged by: more is a gain
}

// OutcomeRow is one row's result.
type OutcomeRow struct {
	No     string
	Facts  figure.Row
	Values []figure.Value
	Reason string // code: why there is nothing, or why it is open; empty else
	Why    Words  // the reason in words
}

// Record is a row that was counted together with others; Reason is empty when it counted.
type Record struct {
	No, Of, Reason string
	Why            Words
}

// PayerPart is what one payer bears.
type PayerPart struct {
	Who    string
	Amount money.Fen
}

// EachRow computes rows that do not depend on each other. show gives a row's values, reason and its words; lines how it came
// about. All that is wrong with any row comes back at once, each fault at its row.
func EachRow[X any](t *Table, columns []Column, run func(*FactRow) (X, error), show func(X) OutcomeRow, lines func(X) []Line) (*Outcome, error) {
	out := &Outcome{Columns: columns, Rows: make([]OutcomeRow, len(t.Rows))}
	var faults fault.List
	for i := range t.Rows {
		row := &t.Rows[i]
		x, err := run(row)
		if err != nil {
			fs := fault.From(err)
			if fs == nil {
				return nil, err
			}
			faults = append(faults, atRow(fs, row.Place)...)
			continue
		}
		y := show(x)
		y.No, y.Facts = row.No, row.Facts
		out.Rows[i] = y
	}
	out.Explain = func(i int) []Line {
		x, err := run(&t.Rows[i])
		if err != nil {
			return nil // it was computed before
		}
		return lines(x)
	}
	return out, faults.Err()
}

// atRow gives faults the place of their row.
func atRow(list fault.List, at fault.Place) fault.List {
	out := slices.Clone(list)
	for i := range out {
		f := *out[i]
		f.Place = at
		out[i] = &f
	}
	return out
}
