package household

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"ganlan/day"
)

func line(no string, from, until, row int) Interval {
	return Interval{Household: no, Span: day.Span{From: day.Date(from), Until: day.Date(until)}, Row: row}
}

// apart is lines of households whose intervals share no day, in the order of households and days.
func apart(t *rapid.T) (out []Interval) {
	for h := range rapid.IntRange(0, 40).Draw(t, "households") {
		d := 19000
		for range rapid.IntRange(0, 3).Draw(t, "intervals") {
			from := d + rapid.IntRange(0, 9).Draw(t, "gap")
			d = from + rapid.IntRange(1, 50).Draw(t, "length")
			out = append(out, line(fmt.Sprintf("J%03d", h), from, d, len(out)+2))
		}
	}
	return out
}

func TestAListAnswersTheSameWhateverTheOrderOfItsLines(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lines := apart(t)
		want := map[string][]day.Span{}
		for _, x := range lines {
			want[x.Household] = append(want[x.Household], x.Span)
		}
		for name, order := range map[string][]Interval{"sorted": lines, "unsorted": rapid.Permutation(lines).Draw(t, "order")} {
			list, overlaps := Build(order)
			if len(overlaps) > 0 || list.Households() != len(want) {
				t.Fatalf("%s: %d households, overlaps %v", name, list.Households(), overlaps)
			}
			for no, spans := range want {
				if got := list.Spans(no, nil); !slices.Equal(got, spans) {
					t.Fatalf("%s: %s is %v, want %v", name, no, got, spans)
				}
			}
			for _, no := range []string{"", "J", "J999", "K000"} {
				if got := list.Spans(no, nil); got != nil {
					t.Fatalf("%s: %q is on the list: %v", name, no, got)
				}
			}
		}
	})
}

func TestALineThatRepeatsAnotherCountsOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lines := apart(t)
		once, _ := Build(lines)
		twice, overlaps := Build(rapid.Permutation(append(slices.Clone(lines), lines...)).Draw(t, "order"))
		if len(overlaps) > 0 {
			t.Fatalf("overlaps %v", overlaps)
		}
		for _, x := range lines {
			if a, b := once.Spans(x.Household, nil), twice.Spans(x.Household, nil); !slices.Equal(a, b) {
				t.Fatalf("%s: %v and %v", x.Household, a, b)
			}
		}
	})
}

func TestEveryLineThatSharesADayWithAnEarlierOneIsFound(t *testing.T) {
	for name, x := range map[string]struct {
		lines []Interval
		want  string // rows of each pair
	}{
		"neighbours do not overlap":                      {[]Interval{line("A", 1, 5, 2), line("A", 5, 9, 3)}, "[]"},
		"one shared day is an overlap":                   {[]Interval{line("A", 1, 6, 2), line("A", 5, 9, 3)}, "[2-3]"},
		"one inside another":                             {[]Interval{line("A", 1, 9, 2), line("A", 3, 4, 3)}, "[2-3]"},
		"two inside one":                                 {[]Interval{line("A", 1, 9, 2), line("A", 3, 4, 3), line("A", 6, 7, 4)}, "[2-3 2-4]"},
		"a repeated line and one that overlaps":          {[]Interval{line("A", 1, 9, 2), line("A", 1, 9, 3), line("A", 6, 7, 4)}, "[2-4]"},
		"other households do not matter":                 {[]Interval{line("A", 1, 9, 2), line("B", 3, 4, 3)}, "[]"},
		"an interval without an end":                     {[]Interval{line("A", 1, int(day.Open), 2), line("A", 30, 40, 3)}, "[2-3]"},
		"out of order, after a household that is closed": {[]Interval{line("A", 1, 9, 2), line("B", 1, 2, 3), line("A", 6, 7, 4)}, "[2-4]"},
	} {
		t.Run(name, func(t *testing.T) {
			_, overlaps := Build(x.lines)
			got := []string{}
			for _, o := range overlaps {
				got = append(got, fmt.Sprintf("%d-%d", o.First.Row, o.Second.Row))
			}
			if fmt.Sprint(got) != x.want {
				t.Errorf("got %v, want %s", got, x.want)
			}
		})
	}
}

func TestAnEmptyListHoldsNobody(t *testing.T) {
	list, overlaps := Build(nil)
	if list.Spans("A1", nil) != nil || list.Households() != 0 || overlaps != nil {
		t.Errorf("%d households, %v", list.Households(), overlaps)
	}
}
