package calc

import (
	"encoding/csv"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"ganlan/money"
)

// Change is a sum under the rules as they are and under the rules looked at.
type Change struct {
	Before money.Fen `json:"before_fen"`
	After  money.Fen `json:"after_fen"`
}

// Difference is what the change costs; negative when it saves.
func (c Change) Difference() money.Fen { return c.After - c.Before }

// Movement counts households that gain or lose, and by how much in all.
type Movement struct {
	Households int       `json:"households"`
	Sum        money.Fen `json:"sum_fen"`
}

// Simulation is one year's input under two rules. It is never a claim.
type Simulation struct {
	Total      Change            `json:"total"`
	Payers     map[string]Change `json:"payers"`
	ByRegion   map[string]Change `json:"by_region"`
	ByProduct  map[string]Change `json:"by_product"`
	Reasons    map[string][2]int `json:"reasons"`
	Gain       Movement          `json:"gain"`
	Lose       Movement          `json:"lose"`
	Same       int               `json:"same_households"`
	Households map[string]Change `json:"-"` // by household; a contract without one stands for itself
}

// Simulate runs the rules as they are and the rules looked at over the same files and compares what each household, area and
// payer has.
func Simulate(before, after *Run) (*Simulation, error) {
	s := &Simulation{Payers: map[string]Change{}, ByRegion: map[string]Change{}, ByProduct: map[string]Change{},
		Reasons: map[string][2]int{}, Households: map[string]Change{}}
	for i, r := range []*Run{before, after} {
		homes := &homeSums{sums: map[string]money.Fen{}}
		res, err := r.Do(homes)
		if err == nil {
			err = homes.flush()
		}
		if err != nil {
			return nil, err
		}
		s.take(i, r, res, homes.sums)
	}
	s.count()
	return s, nil
}

// put sets one side of a change.
func put[K comparable](m map[K]Change, k K, side int, f money.Fen) {
	c := m[k]
	if side == 0 {
		c.Before = f
	} else {
		c.After = f
	}
	m[k] = c
}

func (s *Simulation) take(side int, r *Run, res *Result, homes map[string]money.Fen) {
	sum := r.Summarise(res, "")
	all := map[string]Change{"": s.Total}
	put(all, "", side, sum.Totals.Subsidy+sum.Totals.Fee)
	s.Total = all[""]
	for _, x := range []struct {
		from map[string]Amounts
		to   map[string]Change
	}{{sum.Payers, s.Payers}, {sum.ByRegion, s.ByRegion}, {sum.ByProduct, s.ByProduct}} {
		for k, a := range x.from {
			put(x.to, k, side, a.Subsidy+a.Fee)
		}
	}
	for code, n := range sum.Reasons {
		c := s.Reasons[code]
		c[side] = n
		s.Reasons[code] = c
	}
	for k, f := range homes {
		put(s.Households, k, side, f)
	}
}

func (s *Simulation) count() {
	for _, c := range s.Households {
		switch d := c.Difference(); {
		case d > 0:
			s.Gain.Households++
			s.Gain.Sum += d
		case d < 0:
			s.Lose.Households++
			s.Lose.Sum -= d
		default:
			s.Same++
		}
	}
}

// WriteHouseholds writes what each household has before and after, in order of their numbers.
func (s *Simulation) WriteHouseholds(w io.Writer) error {
	out := csv.NewWriter(w)
	_ = out.Write([]string{"household_no", "before", "after", "difference"})
	for _, k := range slices.Sorted(maps.Keys(s.Households)) {
		c := s.Households[k]
		_ = out.Write([]string{k, c.Before.String(), c.After.String(), c.Difference().String()})
	}
	out.Flush()
	return out.Error()
}

// homeSums reads the lines of results.csv as they are written and adds up each household.
type homeSums struct {
	rest string // a line that is not yet whole
	fee  int    // column of the fee subsidy, -1 when there is none
	seen bool   // the header was read
	sums map[string]money.Fen
	err  error
}

// Write takes a stretch of the file.
func (h *homeSums) Write(p []byte) (int, error) {
	h.rest += string(p)
	if i := strings.LastIndexByte(h.rest, '\n'); i >= 0 {
		h.lines(h.rest[:i+1])
		h.rest = h.rest[i+1:]
	}
	return len(p), h.err
}

// Reset begins anew.
func (h *homeSums) Reset() error {
	*h = homeSums{sums: map[string]money.Fen{}}
	return nil
}

func (h *homeSums) flush() error {
	h.lines(h.rest)
	return h.err
}

func (h *homeSums) lines(text string) {
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		h.err = err
		return
	}
	for _, row := range rows {
		if !h.seen {
			h.seen, h.fee = true, slices.Index(row, "fee_subsidy_fen")
			continue
		}
		h.add(row)
	}
}

func (h *homeSums) add(row []string) {
	key := row[2]
	if key == "" {
		key = row[0]
	}
	for _, col := range []int{4, h.fee} {
		if col < 0 {
			continue
		}
		n, err := strconv.ParseInt(row[col], 10, 64)
		if err != nil {
			h.err = err
			return
		}
		h.sums[key], h.err = money.Add(h.sums[key], money.Fen(n))
		if h.err != nil {
			return
		}
	}
}
