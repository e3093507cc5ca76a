package money

import (
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// amounts reads several amounts in yuan.
func amounts(t *testing.T, list ...string) []Fen {
	t.Helper()
	out := make([]Fen, len(list))
	for i, s := range list {
		f, err := Parse(s)
		if err != nil {
			t.Fatal(err)
		}
		out[i] = f
	}
	return out
}

func TestWorkedSplitsBetweenPayers(t *testing.T) {
	for _, c := range []struct {
		total  string
		shares []int64
		parts  []string
	}{
		{"33333.33", []int64{20, 10, 50, 20}, []string{"6666.67", "3333.33", "16666.66", "6666.67"}},
		{"1234567.89", []int64{80, 20}, []string{"987654.31", "246913.58"}},
		{"0.03", []int64{80, 20}, []string{"0.02", "0.01"}},
		{"100000.01", []int64{20, 20, 40, 20}, []string{"20000.00", "20000.00", "40000.01", "20000.00"}},
		{"-33333.33", []int64{20, 10, 50, 20}, []string{"-6666.67", "-3333.33", "-16666.66", "-6666.67"}},
		{"0.00", []int64{80, 20}, []string{"0.00", "0.00"}},
	} {
		shares := make([]Rate, len(c.shares))
		for i, s := range c.shares {
			shares[i] = Percent(s)
		}
		got, err := Divide(amounts(t, c.total)[0], shares, -1)
		if want := amounts(t, c.parts...); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s by %v: %v, %v, want %v", c.total, c.shares, got, err, want)
		}
	}
}

func TestTheHolderTakesWhatIsLeft(t *testing.T) {
	third := NewRate(1, 3)
	for holder, want := range [][]Fen{{34, 33, 33}, {33, 34, 33}, {33, 33, 34}} {
		got, err := Divide(100, []Rate{third, third, third}, holder)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("holder %d: %v, %v, want %v", holder, got, err, want)
		}
	}
}

func TestSharesThatAreNotTheWholeAreRefused(t *testing.T) {
	for _, shares := range [][]Rate{nil, {Percent(80)}, {Percent(80), Percent(21)}, {NewRate(4, 3), NewRate(-1, 3)}} {
		if got, err := Divide(1, shares, -1); err == nil {
			t.Errorf("shares %v: %v, want a fault", shares, got)
		}
	}
}

func TestPartsAddUpAndNobodyIsOffByAFen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		weights := rapid.SliceOfN(rapid.Int64Range(0, 1000), 1, 8).Draw(t, "weights")
		whole := int64(0)
		for _, w := range weights {
			whole += w
		}
		if whole == 0 {
			weights[0], whole = 1, 1
		}
		shares := make([]Rate, len(weights))
		rats := make([]*big.Rat, len(weights))
		for i, w := range weights {
			shares[i], rats[i] = NewRate(w, whole), big.NewRat(w, 7)
		}
		total := Fen(rapid.Int64Range(-1e15, 1e15).Draw(t, "total"))
		holder := rapid.IntRange(-1, len(weights)-1).Draw(t, "holder")
		parts, err := Divide(total, shares, holder)
		if err != nil {
			t.Fatal(err)
		}
		checkParts(t, total, shares, parts, holder)
		spread := Spread(total, rats)
		checkParts(t, total, shares, spread, -1)
		if holder < 0 && !slices.Equal(parts, spread) {
			t.Fatalf("divided %v, spread %v", parts, spread)
		}
		for i, p := range Spread(-total, rats) {
			if p != -spread[i] {
				t.Fatalf("spread of %d is %v, of its negative %v", total, spread, p)
			}
		}
	})
}

// checkParts holds parts to the total and each part but the holder's to less than a fen from its exact share.
func checkParts(t *rapid.T, total Fen, shares []Rate, parts []Fen, holder int) {
	sum := Fen(0)
	for i, p := range parts {
		sum += p
		off := new(big.Rat).Sub(big.NewRat(int64(p), 1), new(big.Rat).Mul(big.NewRat(int64(total), 1), shares[i].Rat()))
		if i != holder && off.Abs(off).Cmp(big.NewRat(1, 1)) >= 0 {
			t.Fatalf("part %d of %d is off by %s fen", i, total, off)
		}
	}
	if sum != total {
		t.Fatalf("parts %v make %d, want %d", parts, sum, total)
	}
}

func TestAShortBudgetWithoutWeightsPaysNothing(t *testing.T) {
	if got := Spread(100, []*big.Rat{new(big.Rat), new(big.Rat)}); !slices.Equal(got, []Fen{0, 0}) {
		t.Errorf("Spread = %v", got)
	}
}

func BenchmarkMulDiv(b *testing.B) {
	for b.Loop() {
		_, _ = MulDiv(1234567890123, 18, 360000, HalfUp)
	}
}
