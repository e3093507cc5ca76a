package day

import (
	"testing"
	"time"
)

func TestEveryDayAgreesWithTheCalendarOfTheStandardLibrary(t *testing.T) {
	for u := time.Date(1890, 1, 1, 0, 0, 0, 0, time.UTC); u.Year() < 2110; u = u.AddDate(0, 0, 1) {
		want := Date(u.Unix() / 86400)
		if u.Unix() < 0 && u.Unix()%86400 != 0 {
			want--
		}
		if got := Of(u.Year(), int(u.Month()), u.Day()); got != want {
			t.Fatalf("Of(%s) = %d, want %d", u.Format(time.DateOnly), got, want)
		}
		if got := want.String(); got != u.Format(time.DateOnly) {
			t.Fatalf("String = %s, want %s", got, u.Format(time.DateOnly))
		}
		if got, err := Parse(u.Format(time.DateOnly)); err != nil || got != want {
			t.Fatalf("Parse(%s) = %d, %v", u.Format(time.DateOnly), got, err)
		}
	}
}

func TestDaysThatDoNotExistAreRefused(t *testing.T) {
	for _, s := range []string{"2024-02-30", "2023-02-29", "1900-02-29", "2024-13-01", "2024-00-10", "2024-01-00", "2024-1-18", "20240118", "", "2024-01-18 ", "2O24-01-18"} {
		if d, err := Parse(s); err == nil {
			t.Errorf("Parse(%q) = %s, want a fault", s, d)
		}
	}
}

func TestMonthsClampAndAYearIsAWholeYear(t *testing.T) {
	for _, c := range []struct {
		a, b        Date
		months, odd int
	}{
		{Of(2024, 2, 29), Of(2025, 2, 28), 12, 0},
		{Of(2024, 1, 31), Of(2024, 2, 29), 1, 0},
		{Of(2024, 3, 15), Of(2025, 3, 15), 12, 0},
		{Of(2024, 3, 15), Of(2025, 3, 14), 11, 27},
		{Of(2024, 3, 15), Of(2024, 3, 15), 0, 0},
	} {
		if m, o := Months(c.a, c.b); m != c.months || o != c.odd {
			t.Errorf("Months(%s, %s) = %d, %d, want %d, %d", c.a, c.b, m, o, c.months, c.odd)
		}
	}
	if got := Months12.Parts(Of(2024, 2, 29), Of(2024, 2, 29), Of(2025, 2, 28)); got != 360 {
		t.Errorf("a year from 29 February counts %d parts, want 360", got)
	}
}

func TestCuttingASpanChangesNoCount(t *testing.T) {
	drawn := Of(2023, 8, 31)
	for _, c := range []Count{Actual360, Actual365, ActualActual, Months12, WholeYears} {
		end := Of(2027, 2, 28)
		whole := c.Parts(drawn, drawn, end)
		for cut := drawn; cut <= end; cut++ {
			if got := c.Parts(drawn, drawn, cut) + c.Parts(drawn, cut, end); got != whole {
				t.Fatalf("count %d cut at %s: %d, want %d", c, cut, got, whole)
			}
		}
	}
}
