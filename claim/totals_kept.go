package claim

import (
	"encoding/json"

	"ganlan/money"
)

// keptTotals are totals as they are kept between parts of a claim; amounts are fen.
type keptTotals struct {
	All                         *keptTally
	ByBranch, ByRegion, Product map[string]*keptTally
	Reasons                     map[string]int
	Used                        int64
	Rates                       []keptRate
}

type keptTally struct {
	Rows, Paid      int
	BalanceDays     int64
	Subsidy, Fee    int64
	Parts, FeeParts []int64
}

// keptRate is a contract rate, num/den, with the 128-bit sums of what was lent at it.
type keptRate struct {
	Num, Den     int64
	Days, Amount [2]uint64
	N            int64
}

// MarshalJSON keeps totals, so that parts of a claim that were counted apart can be merged later.
func (t *Totals) MarshalJSON() ([]byte, error) {
	k := keptTotals{keepTally(&t.All), keepAll(t.ByBranch), keepAll(t.ByRegion), keepAll(t.ByProduct), t.Reasons, int64(t.Used), nil}
	for r, s := range t.rates {
		k.Rates = append(k.Rates, keptRate{r.Num(), r.Den(), [2]uint64{s.days.hi, s.days.lo}, [2]uint64{s.amount.hi, s.amount.lo}, s.n})
	}
	return json.Marshal(k)
}

func keepAll(m map[string]*Tally) map[string]*keptTally {
	out := map[string]*keptTally{}
	for key, t := range m {
		out[key] = keepTally(t)
	}
	return out
}

func keepTally(t *Tally) *keptTally {
	k := &keptTally{t.Rows, t.Paid, t.BalanceDays, int64(t.Subsidy), int64(t.Fee), nil, nil}
	for _, n := range t.Parts {
		k.Parts = append(k.Parts, int64(n))
	}
	for _, n := range t.FeeParts {
		k.FeeParts = append(k.FeeParts, int64(n))
	}
	return k
}

// UnmarshalJSON reads what MarshalJSON kept.
func (t *Totals) UnmarshalJSON(b []byte) error {
	k := keptTotals{All: &keptTally{}}
	if err := json.Unmarshal(b, &k); err != nil {
		return err
	}
	*t = *NewTotals()
	t.All, t.Used = *k.All.tally(), money.Fen(k.Used)
	for _, x := range []struct {
		to   map[string]*Tally
		from map[string]*keptTally
	}{{t.ByBranch, k.ByBranch}, {t.ByRegion, k.ByRegion}, {t.ByProduct, k.Product}} {
		for key, s := range x.from {
			x.to[key] = s.tally()
		}
	}
	for code, n := range k.Reasons {
		t.Reasons[code] = n
	}
	for _, r := range k.Rates {
		t.rates[money.NewRate(r.Num, r.Den)] = &rateSum{wide{r.Days[0], r.Days[1]}, wide{r.Amount[0], r.Amount[1]}, r.N}
	}
	return nil
}

func (k *keptTally) tally() *Tally {
	t := &Tally{Rows: k.Rows, Paid: k.Paid, BalanceDays: k.BalanceDays, Subsidy: money.Fen(k.Subsidy), Fee: money.Fen(k.Fee)}
	for _, n := range k.Parts {
		t.Parts = append(t.Parts, money.Fen(n))
	}
	for _, n := range k.FeeParts {
		t.FeeParts = append(t.FeeParts, money.Fen(n))
	}
	return t
}
