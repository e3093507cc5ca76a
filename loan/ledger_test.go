package loan

import (
	"fmt"
	"strings"
	"testing"

	"ganlan/day"
	"ganlan/money"
)

// at is a date that the test knows to be right.
func at(t testing.TB, s string) day.Date {
	t.Helper()
	d, err := day.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// kindWords are the words of the ledgers below.
var kindWords = map[string]Kind{"draw": Drawdown, "repay": Repayment, "overdue": Overdue, "defer": Deferral, "extend": Extension}

// ledger reads lines such as «2024-03-15 draw 1000 N1» or «2024-05-01 defer 300 N1 to 2024-09-01»: whole yuan, 0 for all,
// «-» for no note. Rows count from 2, as in a file with one header line.
func ledger(t testing.TB, lines ...string) (out []Entry) {
	t.Helper()
	for i, line := range lines {
		w := strings.Fields(line)
		e := Entry{Date: at(t, w[0]), Kind: kindWords[w[1]], NewEnd: day.None, Row: i + 2}
		if _, err := fmt.Sscan(w[2], &e.Amount); err != nil {
			t.Fatal(err)
		}
		e.Amount *= money.Yuan
		if len(w) > 3 && w[3] != "-" {
			e.Note = w[3]
		}
		if len(w) > 5 {
			e.NewEnd = at(t, w[5])
		}
		out = append(out, e)
	}
	return out
}

// contract is due on 2025-01-01.
func contract(t testing.TB) *Contract {
	return &Contract{No: "C1", Start: at(t, "2024-01-01"), End: at(t, "2025-01-01"), Amount: 1_000_000 * money.Yuan}
}

// show writes lots as «N1: 2024-03-15 1000+0, …»: from that day, in good order + overdue, in yuan.
func show(lots []Lot) string {
	var b strings.Builder
	for i := range lots {
		l := &lots[i]
		if i > 0 {
			b.WriteString(" | ")
		}
		b.WriteString(l.Note + ":")
		for _, s := range l.Steps {
			fmt.Fprintf(&b, " %s %d+%d,", s.From, s.Good/money.Yuan, s.Late/money.Yuan)
		}
	}
	return strings.ReplaceAll(b.String()+" ", ", ", " ")
}

func expectLots(t *testing.T, b *Book, want string) {
	t.Helper()
	if got := strings.TrimSpace(show(b.Lots)); got != want {
		t.Errorf("lots\n got %s\nwant %s", got, want)
	}
}

func TestWhatIsOwedFollowsTheLedger(t *testing.T) {
	for name, x := range map[string]struct {
		ledger []string
		notes  []Note
		want   string
	}{
		"a draw is owed from its day, a repayment is gone on its day": {
			[]string{"2024-03-15 draw 1000 N1", "2024-04-15 repay 400 N1", "2024-05-01 repay 600"}, nil,
			"N1: 2024-03-15 1000+0 2024-04-15 600+0 2024-05-01 0+0"},
		"within a day draws come first, whatever the order in the file": {
			[]string{"2024-03-15 repay 700", "2024-03-15 draw 1000 N1", "2024-06-01 repay 300"}, nil,
			"N1: 2024-03-15 300+0 2024-06-01 0+0"},
		"within a day overdue comes before repayments, so that the repayment settles it": {
			[]string{"2024-02-01 draw 100 N1", "2024-02-02 draw 100 N2", "2024-03-01 repay 100", "2024-03-01 overdue 0 N2", "2024-06-01 repay 100"}, nil,
			"N1: 2024-02-01 100+0 2024-06-01 0+0 | N2: 2024-02-02 100+0 2024-03-01 0+0"},
		"within a day a deferral comes before overdue": {
			[]string{"2024-02-01 draw 100 N1", "2024-03-01 overdue 40 N1", "2024-03-01 defer 0 N1 to 2024-12-01", "2024-04-01 repay 100"}, nil,
			"N1: 2024-02-01 100+0 2024-03-01 60+40 2024-04-01 0+0"},
		"a repayment that names no note settles the overdue part first, then the oldest draw": {
			[]string{"2024-02-01 draw 100 N1", "2024-03-01 draw 100 N2", "2024-04-01 overdue 0 N2", "2024-05-01 repay 130", "2024-06-01 repay 70"}, nil,
			"N1: 2024-02-01 100+0 2024-05-01 70+0 2024-06-01 0+0 | N2: 2024-03-01 100+0 2024-04-01 0+100 2024-05-01 0+0"},
		"draws of one day are settled in the order of their note numbers": {
			[]string{"2024-02-01 draw 100 N2", "2024-02-01 draw 100 N1", "2024-05-01 repay 100", "2024-06-01 repay 100"}, nil,
			"N1: 2024-02-01 100+0 2024-05-01 0+0 | N2: 2024-02-01 100+0 2024-06-01 0+0"},
		"a repayment that names a note settles only that": {
			[]string{"2024-02-01 draw 100 N1", "2024-03-01 draw 100 N2", "2024-05-01 repay 100 N2", "2024-06-01 repay 100"}, nil,
			"N1: 2024-02-01 100+0 2024-06-01 0+0 | N2: 2024-03-01 100+0 2024-05-01 0+0"},
		"on one day a repayment that names its note comes before one that names none": {
			[]string{"2024-02-01 draw 100 N1", "2024-03-01 draw 100 N2", "2024-05-01 repay 100", "2024-05-01 repay 100 N1"}, nil,
			"N1: 2024-02-01 100+0 2024-05-01 0+0 | N2: 2024-03-01 100+0 2024-05-01 0+0"},
		"the due day is the first overdue day when something is still owed": {
			[]string{"2024-02-01 draw 100 N1", "2025-01-03 repay 100"}, nil,
			"N1: 2024-02-01 100+0 2025-01-01 0+100 2025-01-03 0+0"},
		"what is repaid on the due day was never overdue": {
			[]string{"2024-02-01 draw 100 N1", "2025-01-01 repay 100"}, nil,
			"N1: 2024-02-01 100+0 2025-01-01 0+0"},
		"what nobody repays stays overdue": {
			[]string{"2024-02-01 draw 100 N1"}, nil,
			"N1: 2024-02-01 100+0 2025-01-01 0+100"},
		"what is drawn after the due day is overdue at once": {
			[]string{"2025-02-01 draw 100 N1", "2025-03-01 repay 100"}, nil,
			"N1: 2025-02-01 0+100 2025-03-01 0+0"},
		"an overdue line without an amount means all of the contract": {
			[]string{"2024-02-01 draw 100 N1", "2024-03-01 draw 50 N2", "2024-04-01 overdue 0", "2024-06-01 repay 150"}, nil,
			"N1: 2024-02-01 100+0 2024-04-01 0+100 2024-06-01 0+0 | N2: 2024-03-01 50+0 2024-04-01 0+50 2024-06-01 0+0"},
		"an overdue line with an amount means so much of the oldest draws": {
			[]string{"2024-02-01 draw 100 N1", "2024-03-01 draw 50 N2", "2024-04-01 overdue 120", "2024-06-01 repay 150"}, nil,
			"N1: 2024-02-01 100+0 2024-04-01 0+100 2024-06-01 0+0 | N2: 2024-03-01 50+0 2024-04-01 30+20 2024-06-01 0+0"},
		"a deferral of all moves the due day": {
			[]string{"2024-02-01 draw 100 N1", "2024-12-01 defer 0 - to 2025-06-01", "2025-06-01 repay 60"}, nil,
			"N1: 2024-02-01 100+0 2025-06-01 0+40"},
		"a deferral of a part makes a draw of its own with the new due day": {
			[]string{"2024-02-01 draw 100 N1", "2024-12-01 defer 30 N1 to 2025-06-01"}, nil,
			"N1: 2024-02-01 100+0 2024-12-01 70+0 2025-01-01 0+70 | N1: 2024-12-01 30+0 2025-06-01 0+30"},
		"an extension after the due day takes what was overdue back into good order": {
			[]string{"2024-02-01 draw 100 N1", "2025-01-11 extend 0 - to 2025-07-01", "2025-07-01 repay 100"}, nil,
			"N1: 2024-02-01 100+0 2025-01-01 0+100 2025-01-11 100+0 2025-07-01 0+0"},
		"what is drawn after a deferral of all is due with it": {
			[]string{"2024-02-01 draw 100 N1", "2024-06-01 defer 0 - to 2025-06-01", "2024-07-01 draw 50 N2", "2025-06-01 repay 150"}, nil,
			"N1: 2024-02-01 100+0 2025-06-01 0+0 | N2: 2024-07-01 50+0 2025-06-01 0+0"},
		"draws without a note are numbered by date": {
			[]string{"2024-05-01 draw 20", "2024-02-01 draw 10", "2024-06-01 repay 30"}, nil,
			"D1: 2024-02-01 10+0 2024-06-01 0+0 | D2: 2024-05-01 20+0 2024-06-01 0+0"},
		"draws of one note are one": {
			[]string{"2024-02-01 draw 10 N1", "2024-03-01 draw 20 N1", "2024-06-01 repay 30"}, nil,
			"N1: 2024-02-01 10+0 2024-03-01 30+0 2024-06-01 0+0"},
		"a note is due on its own day": {
			[]string{"2024-02-01 draw 100 N1"}, []Note{{No: "N1", Start: at(t, "2024-02-01"), End: at(t, "2024-08-01"), Amount: 100 * money.Yuan}},
			"N1: 2024-02-01 100+0 2024-08-01 0+100"},
		"on the due day of a note a repayment that names none settles that note first": {
			[]string{"2024-02-01 draw 100 N1", "2024-03-01 draw 100 N2", "2024-08-01 repay 100", "2024-09-01 repay 100"},
			[]Note{{No: "N2", Start: at(t, "2024-03-01"), End: at(t, "2024-08-01"), Amount: 100 * money.Yuan}},
			"N1: 2024-02-01 100+0 2024-09-01 0+0 | N2: 2024-03-01 100+0 2024-08-01 0+0"},
		"a draw without a note takes the registered note of its day and amount": {
			[]string{"2024-02-01 draw 100", "2024-02-01 draw 200"}, []Note{{No: "N7", Start: at(t, "2024-02-01"), End: at(t, "2024-08-01"), Amount: 200 * money.Yuan}},
			"D1: 2024-02-01 100+0 2025-01-01 0+100 | N7: 2024-02-01 200+0 2024-08-01 0+200"},
		"a registered note without a draw is drawn as registered": {
			[]string{"2024-07-01 repay 40"}, []Note{{No: "N1", Start: at(t, "2024-02-01"), End: at(t, "2024-08-01"), Amount: 100 * money.Yuan}},
			"N1: 2024-02-01 100+0 2024-07-01 60+0 2024-08-01 0+60"},
	} {
		t.Run(name, func(t *testing.T) {
			var b Book
			if f := b.Follow(contract(t), ledger(t, x.ledger...), x.notes, nil); f != nil {
				t.Fatal(f)
			}
			expectLots(t, &b, x.want)
		})
	}
}

func TestReadingsChangeWhatTheDocumentsLeaveOpen(t *testing.T) {
	lines := []string{"2024-02-01 draw 100 N1", "2024-03-01 draw 100 N2", "2024-05-01 repay 150", "2024-12-01 defer 0 - to 2025-06-01"}
	for name, x := range map[string]struct {
		reading Reading
		want    string
	}{
		"the newest draw is settled first": {Reading{NewestFirst: true},
			"N1: 2024-02-01 100+0 2024-05-01 50+0 2025-06-01 0+50 | N2: 2024-03-01 100+0 2024-05-01 0+0"},
		"the day of a draw does not count": {Reading{DrawLater: true},
			"N1: 2024-02-02 100+0 2024-05-01 0+0 | N2: 2024-03-02 100+0 2024-05-01 50+0 2025-06-01 0+50"},
		"the days of a repayment and of maturity count": {Reading{RepayLater: true},
			"N1: 2024-02-01 100+0 2024-05-02 0+0 | N2: 2024-03-01 100+0 2024-05-02 50+0 2025-06-02 0+50"},
		"a deferral does not reach beyond the first due day": {Reading{FirstDue: true},
			"N1: 2024-02-01 100+0 2024-05-01 0+0 | N2: 2024-03-01 100+0 2024-05-01 50+0 2025-01-01 0+50"},
	} {
		t.Run(name, func(t *testing.T) {
			b := Book{Reading: x.reading}
			if f := b.Follow(contract(t), ledger(t, lines...), nil, nil); f != nil {
				t.Fatal(f)
			}
			expectLots(t, &b, x.want)
		})
	}
}

func TestALedgerThatCannotBeIsRefusedWithItsRow(t *testing.T) {
	for name, x := range map[string]struct {
		ledger []string
		code   string
		row    int
	}{
		"a repayment above what is owed":                                 {[]string{"2024-02-01 draw 100 N1", "2024-03-01 repay 100.01"}, "REPAID_ABOVE_BALANCE", 3},
		"a repayment above its note":                                     {[]string{"2024-02-01 draw 100 N1", "2024-02-01 draw 100 N2", "2024-03-01 repay 101 N2"}, "REPAID_ABOVE_BALANCE", 4},
		"a repayment of a note nobody drew":                              {[]string{"2024-02-01 draw 100 N1", "2024-03-01 repay 1 N9"}, "NOTE_UNKNOWN", 3},
		"an overdue amount above what is owed":                           {[]string{"2024-02-01 draw 100 N1", "2024-03-01 overdue 101"}, "OVERDUE_ABOVE_BALANCE", 3},
		"overdue of a note nobody drew":                                  {[]string{"2024-02-01 draw 100 N1", "2024-03-01 overdue 0 N9"}, "NOTE_UNKNOWN", 3},
		"a deferral above what is owed":                                  {[]string{"2024-02-01 draw 100 N1", "2024-03-01 defer 101 - to 2025-06-01"}, "OVERDUE_ABOVE_BALANCE", 3},
		"a deferral without a new due day":                               {[]string{"2024-02-01 draw 100 N1", "2024-03-01 defer 0"}, "NEW_END_BAD", 3},
		"an extension that ends before it begins":                        {[]string{"2024-02-01 draw 100 N1", "2024-03-01 extend 0 - to 2024-03-01"}, "NEW_END_BAD", 3},
		"a repayment before the draw, though later lines would cover it": {[]string{"2024-03-01 draw 100 N1", "2024-02-01 repay 50"}, "REPAID_ABOVE_BALANCE", 3},
	} {
		t.Run(name, func(t *testing.T) {
			var b Book
			lines := ledger(t, trimCents(x.ledger)...)
			if strings.Contains(x.ledger[len(x.ledger)-1], ".01") {
				lines[len(lines)-1].Amount++
			}
			f := b.Follow(contract(t), lines, nil, nil)
			if f == nil || f.Code() != x.code || f.Place.Row != x.row {
				t.Errorf("got %v, want %s in row %d", f, x.code, x.row)
			}
		})
	}
}

func trimCents(lines []string) (out []string) {
	for _, l := range lines {
		out = append(out, strings.ReplaceAll(l, ".01", ""))
	}
	return out
}

func TestWhatLooksOddIsWarnedOfAndStillFollowed(t *testing.T) {
	c := contract(t)
	c.Amount = 100 * money.Yuan
	note := []Note{{No: "N1", Start: at(t, "2023-12-01"), End: at(t, "2024-08-01"), Amount: 90 * money.Yuan, Row: 5}}
	var b Book
	if f := b.Follow(c, ledger(t, "2023-12-01 draw 110 N1"), note, nil); f != nil {
		t.Fatal(f)
	}
	var got []string
	for _, f := range b.Warned {
		got = append(got, fmt.Sprint(f.Code(), " ", f.Place.Row))
	}
	want := "[NOTE_AMOUNT_DIFFERS 5 DRAWN_ABOVE_CONTRACT 2 DRAWN_BEFORE_START 2]"
	if fmt.Sprint(got) != want {
		t.Errorf("got %v, want %s", got, want)
	}
}

func TestDrawsThatAreTreatedAlikeShareALot(t *testing.T) {
	var b Book
	always := func(day.Date, day.Date) bool { return true }
	lines := []string{"2024-02-01 draw 100", "2024-03-01 draw 50", "2024-06-01 defer 40 - to 2025-06-01", "2024-07-01 draw 10", "2024-08-01 repay 160"}
	if f := b.Follow(contract(t), ledger(t, lines...), nil, always); f != nil {
		t.Fatal(f)
	}
	for d, want := range map[string]money.Fen{"2024-01-31": 0, "2024-02-01": 100, "2024-03-01": 150, "2024-07-01": 160, "2024-08-01": 0} {
		if got := owedOn(b.Lots, at(t, d)); got != want*money.Yuan {
			t.Errorf("%s: owed %s, want %d", d, got, want)
		}
	}
	if len(b.Lots) != 3 || b.Lots[0].Amount != 110*money.Yuan {
		t.Errorf("lots %s", show(b.Lots))
	}
}

func TestABookForgetsTheContractBefore(t *testing.T) {
	var b, fresh Book
	one := []string{"2024-02-01 draw 100 N1", "2024-02-02 draw 100 N2", "2024-03-01 defer 30 N1 to 2025-06-01"}
	two := []string{"2024-02-01 draw 10 N1", "2024-04-01 draw 20 N2", "2024-05-01 repay 5"}
	for range 3 {
		if f := b.Follow(contract(t), ledger(t, one...), nil, nil); f != nil {
			t.Fatal(f)
		}
		if f := b.Follow(contract(t), ledger(t, two...), nil, nil); f != nil {
			t.Fatal(f)
		}
	}
	if f := fresh.Follow(contract(t), ledger(t, two...), nil, nil); f != nil {
		t.Fatal(f)
	}
	if show(b.Lots) != show(fresh.Lots) {
		t.Errorf("got  %s\nwant %s", show(b.Lots), show(fresh.Lots))
	}
}

func TestAmountsThatDoNotFitAreAFaultNotAWrappedNumber(t *testing.T) {
	most := money.Fen(1<<63 - 1)
	feb, mar := at(t, "2024-02-01"), at(t, "2024-03-01")
	for name, entries := range map[string][]Entry{
		"owed at once":          {{Amount: most, Date: feb}, {Amount: 1, Date: mar}},
		"drawn again and again": {{Amount: most, Date: feb}, {Amount: most, Date: feb + 1, Kind: Repayment}, {Amount: most, Date: mar}},
	} {
		t.Run(name, func(t *testing.T) {
			var b Book
			c := contract(t)
			c.Amount = most
			f := b.Follow(c, entries, nil, func(day.Date, day.Date) bool { return true })
			if f == nil || f.Code() != money.FaultOverflow.Code {
				t.Errorf("got %v and %s", f, show(b.Lots))
			}
		})
	}
}

func owedOn(lots []Lot, d day.Date) (sum money.Fen) {
	for i := range lots {
		sum += lots[i].Owed(d)
	}
	return sum
}
