package scheme

import (
	"slices"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/money"
	"ganlan/rule"
)

// Reference holds the published reference rates: LPR and the earlier benchmark rates, by date.
type Reference struct {
	lpr       []lprRow
	lprKnown  day.Date
	benchmark []benchmarkRow
}

type lprRow struct {
	Date day.Date   `rule:"date,need"`
	Y1   money.Rate `rule:"y1,need"`
	Y5   money.Rate `rule:"y5,need"`
}

type benchmarkRow struct {
	Date  day.Date   `rule:"date,need"`
	M6    money.Rate `rule:"m6,need"`
	Y1    money.Rate `rule:"y1,need"`
	Y3    money.Rate `rule:"y3,need"`
	Y5    money.Rate `rule:"y5,need"`
	Over5 money.Rate `rule:"over5,need"`
}

// LoadReference reads the two tables of policies/standard.
func LoadReference(lpr, benchmark []byte) (*Reference, fault.List) {
	var l struct {
		Known  day.Date `rule:"known_through,need"`
		Source string   `rule:"source"`
		Rates  []lprRow `rule:"rates,need"`
	}
	var b struct {
		Source string         `rule:"source"`
		Rates  []benchmarkRow `rule:"rates,need"`
	}
	faults := append(rule.Decode("lpr.yaml", lpr, &l, nil), rule.Decode("benchmark.yaml", benchmark, &b, nil)...)
	r := &Reference{lpr: l.Rates, lprKnown: l.Known, benchmark: b.Rates}
	checkRising("lpr.yaml", r.lpr, func(x lprRow) day.Date { return x.Date }, &faults)
	checkRising("benchmark.yaml", r.benchmark, func(x benchmarkRow) day.Date { return x.Date }, &faults)
	return r, faults
}

func checkRising[T any](file string, rows []T, date func(T) day.Date, faults *fault.List) {
	for i := 1; i < len(rows); i++ {
		if date(rows[i]) <= date(rows[i-1]) {
			faults.Add(FaultReferenceOrder.At(fault.Place{File: file}).Set("date", date(rows[i])))
		}
	}
}

// inForce is the index of the last row dated on or before the day; -1 when there is none.
func inForce[T any](rows []T, d day.Date, date func(T) day.Date) int {
	i, found := slices.BinarySearchFunc(rows, d, func(x T, d day.Date) int { return int(date(x)) - int(d) })
	if !found {
		i--
	}
	return i
}

// LPR is the loan prime rate in force on a day: the last published on or before it. years5 asks for the five-year rate.
func (r *Reference) LPR(d day.Date, years5 bool) (money.Rate, error) {
	i := inForce(r.lpr, d, func(x lprRow) day.Date { return x.Date })
	if i < 0 || d > r.lprKnown {
		return money.Rate{}, FaultReference.New().Set("kind", "LPR").Set("date", d)
	}
	if years5 {
		return r.lpr[i].Y5, nil
	}
	return r.lpr[i].Y1, nil
}

// Benchmark is the PBOC benchmark lending rate in force on a day for a contract of the given term (OP-80).
func (r *Reference) Benchmark(d day.Date, term day.Span) (money.Rate, error) {
	i := inForce(r.benchmark, d, func(x benchmarkRow) day.Date { return x.Date })
	if i < 0 {
		return money.Rate{}, FaultReference.New().Set("kind", "基准利率").Set("date", d)
	}
	x := r.benchmark[i]
	switch {
	case term.Until <= term.From.AddMonths(6):
		return x.M6, nil
	case term.Until <= term.From.AddMonths(12):
		return x.Y1, nil
	case term.Until <= term.From.AddMonths(36):
		return x.Y3, nil
	case term.Until <= term.From.AddMonths(60):
		return x.Y5, nil
	}
	return x.Over5, nil
}

// Changes are the days inside the span on which a reference rate changes.
func (r *Reference) Changes(s day.Span) (out []day.Date) {
	for _, x := range r.lpr {
		if s.From < x.Date && x.Date < s.Until {
			out = append(out, x.Date)
		}
	}
	for _, x := range r.benchmark {
		if s.From < x.Date && x.Date < s.Until {
			out = append(out, x.Date)
		}
	}
	slices.Sort(out)
	return out
}
