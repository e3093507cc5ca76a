package calc

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"ganlan/claim"
	"ganlan/form"
	"ganlan/money"
	"ganlan/subsidy"
)

// Header is the first line of results.csv.
func Header(p *subsidy.Plan) []byte {
	h := "contract_no,note_no,household_no,cumulative_fen_days,subsidy_fen,reason"
	if p.HasFees() {
		h += ",fee_subsidy_fen"
	}
	if p.SplitsRows() {
		for _, x := range p.Payers() {
			h += ",payer_" + x.Who + "_fen"
		}
	}
	return []byte(h + "\n")
}

// Row is a row of results.csv.
type Row struct {
	Contract, Note, Household string
	BalanceDays               int64 // fen-days
	Subsidy                   money.Fen
	Reason                    string
	Fee                       money.Fen
	Parts                     []money.Fen // per payer, where rows are split
}

// RowOf is a row of the claim as results.csv has it. Its parts live as long as the claim's row.
func RowOf(r *subsidy.Row) Row {
	c := &r.Facts.Contract
	return Row{c.No, r.Note, c.Household, r.BalanceDays, r.Amount, r.Reason, r.FeeSubsidy, r.Parts}
}

// Append writes the row as a line; fees says whether the scheme has any.
func (r *Row) Append(b []byte, fees bool) []byte {
	b = append(appendText(b, r.Contract), ',')
	b = append(appendText(b, r.Note), ',')
	b = append(appendText(b, r.Household), ',')
	b = append(strconv.AppendInt(b, r.BalanceDays, 10), ',')
	b = append(strconv.AppendInt(b, int64(r.Subsidy), 10), ',')
	b = append(b, r.Reason...)
	if fees {
		b = strconv.AppendInt(append(b, ','), int64(r.Fee), 10)
	}
	for _, n := range r.Parts {
		b = strconv.AppendInt(append(b, ','), int64(n), 10)
	}
	return append(b, '\n')
}

// appendRow writes one row of results.csv.
func appendRow(b []byte, p *subsidy.Plan, r *subsidy.Row) []byte {
	x := RowOf(r)
	return x.Append(b, p.HasFees())
}

func appendText(b []byte, s string) []byte {
	if s = form.Harmless(s); s == "" {
		return b
	}
	for i := 0; i < len(s); i++ {
		if c := s[i]; c == ',' || c == '"' || c == '\n' || c == '\r' {
			return append(append(append(b, '"'), strings.ReplaceAll(s, `"`, `""`)...), '"')
		}
	}
	return append(b, s...)
}

// writer puts the parts out in order.
type writer struct {
	run   *Run
	out   Output
	begun bool
	done  int64
	total int64
	byNo  []line // to be put in the order of contract numbers at the end
}

// take puts out one part, unless something was wrong: then the rest is only read for more faults.
func (w *writer) take(j *job, refused bool) error {
	res, p := w.run.res, &j.part
	if !w.begun {
		w.begun = true
		if _, err := w.out.Write(Header(w.run.Plan)); err != nil {
			return err
		}
		w.total = w.run.source.Size()
	}
	res.Contracts += p.n
	res.Warned.add(p.warned)
	if w.done += j.batch.Bytes(); w.run.Progress != nil {
		w.run.Progress(w.done, w.total)
	}
	if refused {
		return nil
	}
	res.Differences = append(res.Differences, p.diffs...)
	w.run.takeDiffering(p.differ)
	res.Rows = append(res.Rows, p.kept...)
	res.Only = append(res.Only, p.only...)
	if w.run.byHome {
		at := 0
		for i, n := range p.ends {
			w.byNo = append(w.byNo, line{p.nos[i], p.csv[at:n]})
			at = n
		}
		return nil
	}
	_, err := w.out.Write(p.csv)
	return err
}

// end puts rows that were computed by household back into the order of contract numbers, and writes rows that had to wait
// for the whole claim.
func (w *writer) end() error {
	res := w.run.res
	slices.SortStableFunc(res.Rows, func(a, b *subsidy.Row) int { return cmp.Compare(a.Facts.Contract.No, b.Facts.Contract.No) })
	slices.SortStableFunc(res.Differences, func(a, b claim.Difference) int { return cmp.Compare(a.Contract, b.Contract) })
	if claim.NeedsWhole(w.run.Plan) {
		return w.whole()
	}
	slices.SortStableFunc(w.byNo, func(a, b line) int { return cmp.Compare(a.no, b.no) })
	for _, x := range w.byNo {
		if _, err := w.out.Write(x.text); err != nil {
			return err
		}
	}
	return nil
}

// line is a row's text with its contract.
type line struct {
	no   string
	text []byte
}

// whole settles the claim as one and writes its rows.
func (w *writer) whole() error {
	res := w.run.res
	warned, err := claim.SettleWhole(w.run.Plan, res.Rows)
	if err != nil {
		return err
	}
	res.Warned.add(warned)
	for _, r := range res.Rows {
		if err := res.Totals.Add(r); err != nil {
			return err
		}
		if w.run.Each != nil {
			w.run.Each(r)
		}
		if _, err := w.out.Write(appendRow(nil, w.run.Plan, r)); err != nil {
			return err
		}
	}
	return nil
}
