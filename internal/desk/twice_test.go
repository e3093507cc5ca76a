package desk

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"ganlan/day"
	"ganlan/internal/auth"
	"ganlan/internal/storetest"
)

// edit is a change of one kind of record, upon the state that the actor has seen.
type edit struct {
	name  string
	begin func(d *Desk, t testing.TB) (change func(n int) error) // makes a record; change is one of several made upon that one state
}

// edits are all kinds of record that can be edited.
var edits = []edit{
	{"document", func(d *Desk, t testing.TB) func(int) error {
		seen, err := d.DocumentRecord(t.Context(), handler, paper())
		must(t, err)
		return func(n int) error {
			mine := seen
			mine.Title += strings.Repeat("!", n+1)
			_, err := d.DocumentRecord(t.Context(), handler, mine)
			return err
		}
	}},
	{"scheme version", func(d *Desk, t testing.TB) func(int) error {
		v, err := d.SchemeRecord(t.Context(), handler, gongfu(t), day.Of(2024, 1, 1), 0)
		must(t, err)
		return func(int) error {
			_, err := d.SchemeApprove(t.Context(), reviewer, v.ID, v.Rev)
			return err
		}
	}},
	{"decision about an import", func(d *Desk, t testing.TB) func(int) error {
		x := imported(t, d, small)
		seen, err := d.FactsConfirm(t.Context(), approver, Decision{Import: x.ID})
		must(t, err)
		return func(n int) error {
			_, err := d.FactsConfirm(t.Context(), approver, Decision{Import: x.ID, Rev: seen.Rev, Reject: true, Why: fmt.Sprint(n)})
			return err
		}
	}},
	{"organisation", func(d *Desk, t testing.TB) func(int) error {
		sys := account(1, auth.SystemAdmin, 0, "")
		id, err := d.OrgRecord(t.Context(), sys, OrgInput{Name: "甲县农商银行", Kind: "bank", Area: "330783"})
		must(t, err)
		list, err := d.Orgs(t.Context(), sys)
		must(t, err)
		return func(n int) error {
			_, err := d.OrgRecord(t.Context(), sys, OrgInput{ID: id, Rev: list[0].Row, Name: fmt.Sprint("甲县农商银行", n), Kind: "bank", Area: "330783"})
			return err
		}
	}},
	{"rule of signing in", func(d *Desk, t testing.TB) func(int) error {
		sec := account(2, auth.SecurityAdmin, 0, "")
		return func(n int) error { return d.RuleChange(t.Context(), sec, "idle_minutes", 10+n, 30) }
	}},
	{"rule of signing in that was set before", func(d *Desk, t testing.TB) func(int) error {
		sec := account(2, auth.SecurityAdmin, 0, "")
		must(t, d.RuleChange(t.Context(), sec, "lock_minutes", 20, 15))
		return func(n int) error { return d.RuleChange(t.Context(), sec, "lock_minutes", 30+n, 20) }
	}},
	{"contract", func(d *Desk, t testing.TB) func(int) error {
		imported(t, d, changed(small, "contracts", "50000.00", "50500.00"))
		return func(n int) error {
			up := handedIn(t, changed(small, "contracts", "50000.00", fmt.Sprint(51000+n)+".00"))
			_, err := d.FactsImport(t.Context(), officer, up)
			return err
		}
	}},
	{"list", func(d *Desk, t testing.TB) func(int) error {
		imported(t, d, lists2("J1"))
		return func(n int) error {
			_, err := d.FactsImport(t.Context(), officer, handedIn(t, lists2(fmt.Sprint("K", n))))
			return err
		}
	}},
}

// lists2 are former years and approvals of a household.
func lists2(home string) map[string]string {
	return map[string]string{"history": "household_no,year,scheme,paid\n" + home + ",2024,,1.00\n", "approvals": "household_no,money,reason\n" + home + ",5.00,x\n"}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Whatever the record: of several edits of one state the first is taken, and nobody's is lost in silence. An import says what
// holds from now on, whatever held before: those that come at once are told, or follow each other.
func TestOfTwoEditsOfOneRecordTheSecondIsTold(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		d := made(t, t.TempDir(), url)
		ticks := d.Clock
		for _, e := range edits {
			d.Clock = ticks
			change := e.begin(d, t)
			now := d.Clock()
			d.Clock = func() time.Time { return now } // all of them in one moment
			results := make([]string, 4)
			var wg sync.WaitGroup
			for i := range results {
				wg.Go(func() { results[i] = codeOf(change(i)) })
			}
			wg.Wait()
			told := slices.DeleteFunc(slices.Clone(results), func(r string) bool { return r == "" })
			for _, r := range told {
				if r != "CHANGED_SINCE" && r != "SCHEME_NOT_OPEN" {
					t.Errorf("%s: %q", e.name, r)
				}
			}
			if follows := e.name == "contract" || e.name == "list"; len(told) > 3 || len(told) < 3 && !follows {
				t.Errorf("%s: %d of 4 edits of one state were taken: %q", e.name, 4-len(told), results)
			}
		}
	})
}
