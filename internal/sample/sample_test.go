package sample

import (
	"bytes"
	"reflect"
	"slices"
	"strings"
	"testing"

	"ganlan/money"
)

func TestTheBalanceNeverLeavesTheLine(t *testing.T) {
	late, entries, before, after := 0, 0, false, false
	for _, x := range New(7, 3000, 0).All() {
		var owed money.Fen
		for i, e := range x.Ledger {
			if owed += e.signed(); owed < 0 || owed > x.Amount || e.Amount <= 0 {
				t.Fatalf("%s: %d owed after entry %d of a line of %d", x.No, owed, i, x.Amount)
			}
			if i > 0 && (e.Date < x.Ledger[i-1].Date || e.Date == x.Ledger[i-1].Date && e.Kind < x.Ledger[i-1].Kind) {
				t.Fatalf("%s: entry %d out of order", x.No, i)
			}
			if e.Kind == Draw && (e.Date < x.Start || e.Date >= x.End) {
				t.Fatalf("%s: drawn on %s, outside %s … %s", x.No, e.Date, x.Start, x.End)
			}
			before, after = before || e.Date < yearStart, after || e.Date > yearEnd
			if e.Date > x.End {
				late++
			}
		}
		entries += len(x.Ledger)
	}
	if late == 0 || !before || !after || entries < 3000*8 || entries > 3000*12 {
		t.Errorf("late %d, before the year %t, after it %t, entries %d", late, before, after, entries)
	}
}

func TestAnotherNumberOfContractsChangesNoEarlierRow(t *testing.T) {
	few, many := New(3, 250, 0), New(3, 2000, 4000)
	for i, x := range few.All() {
		if y := many.Contract(i); !reflect.DeepEqual(x, y) {
			t.Fatalf("contract %d: %v, with more contracts %v", i, x, y)
		}
	}
	for i, table := range few.Plain() {
		a, b := text(t, table), text(t, many.Plain()[i])
		if !strings.HasPrefix(b, a) {
			t.Errorf("%s of the small county is not the beginning of that of the large one", table.Name)
		}
	}
}

func TestContractNumbersAscendAndEveryFamilyExists(t *testing.T) {
	c, last := New(1, 1000, 0), ""
	families := map[string]bool{}
	for h := range c.Families() {
		families[householdNo(h)] = true
	}
	for _, x := range c.All() {
		if x.No <= last || len(x.No) != 12 || !families[x.HouseholdNo] || len(x.HouseholdNo) != 10 || len(x.Region) != 12 {
			t.Fatalf("contract %s after %s of family %s in %s", x.No, last, x.HouseholdNo, x.Region)
		}
		last = x.No
	}
}

func TestTheSameSeedGivesTheSameBytesAndAnotherSeedOthers(t *testing.T) {
	for i, name := range []string{"contracts", "ledger", "list"} {
		a, b, other := text(t, New(5, 200, 0).Plain()[i]), text(t, New(5, 200, 0).Plain()[i]), text(t, New(6, 200, 0).Plain()[i])
		if a != b || a == other {
			t.Errorf("%s: same seed equal %t, another seed equal %t", name, a == b, a == other)
		}
	}
}

func TestShufflingKeepsTheRowsAndTheClosingLine(t *testing.T) {
	for _, tables := range [][]Table{New(2, 300, 0).Plain(), New(2, 300, 0).BankStyle(nil)} {
		for _, table := range tables {
			var b bytes.Buffer
			if err := WriteShuffled(&b, table, 9); err != nil {
				t.Fatal(err)
			}
			want, got := strings.SplitAfter(text(t, table), "\n"), strings.SplitAfter(b.String(), "\n")
			top, n := len(table.Above)+1, len(want)
			if slices.Equal(want, got) || !slices.Equal(want[:top], got[:top]) || table.Total != nil && want[n-2] != got[n-2] {
				t.Errorf("%s: not shuffled, or titles or closing line moved", table.Name)
			}
			slices.Sort(want)
			slices.Sort(got)
			if !slices.Equal(want, got) {
				t.Errorf("%s: shuffled rows differ", table.Name)
			}
		}
	}
}

func TestIntervalsStandOnMonthBordersAndOneFamilyInTenHasNone(t *testing.T) {
	c, none := New(1, 0, 5000), 0
	for h := range 5000 {
		list := c.Listed(h)
		if len(list) == 0 {
			none++
		}
		for i, v := range list {
			_, _, first := v.From.Civil()
			_, _, next := (v.To + 1).Civil()
			if first != 1 || v.To < 1<<30 && next != 1 || v.To < v.From || i > 0 && v.From <= list[i-1].To+1 {
				t.Fatalf("family %d: %v", h, list)
			}
		}
	}
	if none < 400 || none > 600 {
		t.Errorf("%d of 5000 families were never listed", none)
	}
}

func TestNumbersCarryTheirCheckCharacters(t *testing.T) {
	if got := string(citizenCheck("11010519491231002")); got != "X" { // the example of GB 11643
		t.Errorf("check of the standard's example is %s, want X", got)
	}
	s := newStream(1, forFamily, 1)
	for range 2000 {
		id := newPerson(s).id
		sum := 0
		for i, w := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2, 1} {
			v := 10
			if id[i] != 'X' {
				v = int(id[i] - '0')
			}
			sum += v * w
		}
		if len(id) != 18 || id[:6] != area || sum%11 != 1 {
			t.Fatalf("number %s: weighted sum %d, want 1 modulo 11", id, sum)
		}
	}
	if got := string(creditCheck("91350100M000100Y4")); got != "3" { // the example of GB 32100
		t.Errorf("check of the standard's example is %s, want 3", got)
	}
	if got := string(organisationCheck("D2143569")); got != "X" { // the example of GB 11714
		t.Errorf("check of the standard's example is %s, want X", got)
	}
}

func TestEachSlipChangesTheFigureOfFourContracts(t *testing.T) {
	c, count := New(330783, 1600, 2000), map[Mistake]int{}
	for i, m := range c.Slips(4) {
		count[m]++
		if x := c.Contract(i); x.Figure(m) == x.Figure(NoMistake) {
			t.Errorf("%s: slip %q changes nothing", x.No, m.Text())
		}
	}
	if want := (map[Mistake]int{PastMaturity: 4, LastDayMissing: 4, Year365: 4}); !reflect.DeepEqual(count, want) {
		t.Errorf("slips %v, want %v", count, want)
	}
}

func TestAFigureOfTheYear(t *testing.T) {
	x := Contract{RateBP: 365, End: yearEnd + 100, Ledger: []Entry{
		{yearStart - 20, Draw, 100000 * money.Yuan}, {yearStart + 10, Repay, 40000 * money.Yuan}}}
	// 10 days of 100,000 and 355 of 60,000: 22,300,000 yuan-days
	if got, want := x.Figure(NoMistake), (Figure{22300000_00, 1115_00}); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
	if got, want := x.Figure(LastDayMissing), (Figure{22240000_00, 1112_00}); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
	if got, want := x.Figure(Year365), (Figure{22300000_00, 1099_73}); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
	x.End = yearStart + 10
	if got, want := x.Figure(NoMistake), (Figure{1000000_00, 50_00}); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

func text(t *testing.T, table Table) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, table); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
