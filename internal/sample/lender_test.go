package sample

import (
	"reflect"
	"strings"
	"testing"

	"ganlan/day"
)

func TestAnotherBankLendsToTheSameFamiliesUnderItsOwnNumbers(t *testing.T) {
	first := New(4, 300, 400).Within("330783")
	second := first.Lender(1, 200)
	people, numbers := map[string]string{}, map[string]bool{}
	for _, x := range first.All() {
		people[x.HouseholdNo], numbers[x.No] = x.Region, true
	}
	shared := 0
	for _, x := range second.All() {
		if numbers[x.No] || !strings.HasPrefix(x.Region, "330783") || x.IDNo[:6] != area || !strings.HasPrefix(x.Branch, shortBanks[1]) {
			t.Fatalf("contract %+v", x)
		}
		if region, ok := people[x.HouseholdNo]; ok {
			shared++
			if region != x.Region {
				t.Fatalf("family %s lives in %s and in %s", x.HouseholdNo, region, x.Region)
			}
		}
	}
	if shared == 0 || shared == 200 {
		t.Errorf("%d of 200 contracts are of families of the first bank", shared)
	}
}

func TestWhatIsKnownOnADayIsTheBeginningOfWhatIsKnownLater(t *testing.T) {
	then, now := day.Of(2025, 1, 31), New(4, 400, 500)
	early, later := map[string]Contract{}, 0
	for _, x := range now.Known(then).All() {
		early[x.No] = x
	}
	for _, x := range now.All() {
		old, ok := early[x.No]
		if ok != (x.Start <= then) {
			t.Fatalf("contract of %s is known on %s: %t", x.Start, then, ok)
		}
		if !ok {
			continue
		}
		n := len(old.Ledger)
		if n > 0 && (!reflect.DeepEqual(old.Ledger, x.Ledger[:n]) || old.Ledger[n-1].Date > then) || n < len(x.Ledger) && x.Ledger[n].Date <= then ||
			old.Balance != balanceAt(x.Ledger, day.Of(2024, 12, 31)) {
			t.Fatalf("%s: then %v, now %v", x.No, old, x)
		}
		later += len(x.Ledger) - n
	}
	changed := 0
	for h := range now.Families() {
		for _, i := range now.Known(then).Listed(h) {
			if i.From > then || i.To != day.Open && i.To > then {
				t.Fatalf("family %d: %v is known on %s", h, i, then)
			}
		}
		if !reflect.DeepEqual(now.Known(then).Listed(h), now.Listed(h)) {
			changed++
		}
	}
	if later == 0 || changed == 0 {
		t.Errorf("%d entries and %d lists are new since", later, changed)
	}
}

func TestGuaranteedLoansAreKnownAsFarAsTheyHaveCome(t *testing.T) {
	then, fewer, less := day.Of(2025, 1, 31), 0, 0
	for i := range 200 {
		now, _ := New(4, 200, 200).seenGuaranteed(i)
		old, known := New(4, 200, 200).Known(then).seenGuaranteed(i)
		if !known {
			fewer++
			continue
		}
		for k, n := range old.Notes {
			if n.No != now.Notes[k].No || n.Fee.Paid > then || len(n.Repaid) > len(now.Notes[k].Repaid) || n.Start > then {
				t.Fatalf("%s: note %v, later %v", old.No, n, now.Notes[k])
			}
			for _, e := range n.Repaid {
				if e.Date > then {
					t.Fatalf("%s: %v is known on %s", n.No, e, then)
				}
			}
			less += len(now.Notes[k].Repaid) - len(n.Repaid)
		}
	}
	if fewer == 0 || less == 0 {
		t.Errorf("%d contracts and %d repayments are new since", fewer, less)
	}
}

func TestAHurriedFileHasAFewSlips(t *testing.T) {
	c, slips := New(4, 500, 500), 0
	typed := c.Mistyped()
	right := map[string]Contract{}
	for _, x := range c.All() {
		right[x.No] = x
	}
	for _, x := range typed.All() {
		if !reflect.DeepEqual(x, right[x.No]) {
			slips++
		}
	}
	if slips != 500/oneIn {
		t.Errorf("%d slips in 500 contracts", slips)
	}
}
