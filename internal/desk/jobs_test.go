package desk

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"ganlan/internal/auth"
	"ganlan/internal/queue"
	"ganlan/internal/store"
	"ganlan/internal/storetest"
)

// steadied is a clock that several may look at.
func steadied(d *Desk) {
	var mu sync.Mutex
	was := d.Clock
	d.Clock = func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		return was()
	}
}

var system = AtConsole("sun", auth.SystemAdmin, 0, "")

func worked(t *testing.T, d *Desk, id int64) queue.Job {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	j, err := d.Jobs.Wait(ctx, id, nil)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// GB/T 22239-2019 8.1.4.7: integrity of what is kept is looked at by the program itself.
func TestTheNightlyLookNotesEveryRuleInTheAuditAndFailsWhereOneDoesNotHold(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		d := made(t, t.TempDir(), url)
		steadied(d)
		for range 2 {
			if err := d.integrityOf(t.Context(), "2026-03-02"); err != nil {
				t.Fatal(err)
			}
		}
		list, err := d.JobList(t.Context(), system)
		if err != nil || len(list) != 1 || list[0].Once != "2026-03-02" {
			t.Fatalf("%+v %v", list, err)
		}
		if j := worked(t, d, list[0].ID); j.State != store.JobDone || j.Faults != 0 || j.StepsDone != int64(len(invariants))+2 {
			t.Errorf("%+v", j)
		}
		all := strings.Join(entries(t, d), ";")
		if n := strings.Count(all, "integrity.check"); n != 1+len(invariants) || !strings.Contains(all, "integrity.check chain done") {
			t.Errorf("%d entries of %s", n, all)
		}
		spoil := func(query string) {
			err := d.DB.Do(t.Context(), d.Clock(), func(tx *store.Tx) error { _, err := tx.ExecContext(t.Context(), query); return err })
			if err != nil {
				t.Fatal(err)
			}
		}
		spoil("update audit set after = 'x' where seq = 2")
		defer spoil("update audit set after = '{\"day\":\"2026-03-02\",\"kind\":\"integrity\"}' where seq = 2")
		j, err := d.IntegrityStart(t.Context(), system)
		if err != nil {
			t.Fatal(err)
		}
		if j = worked(t, d, j.ID); j.State != store.JobFailed || j.Error != "INTEGRITY_BROKEN" || j.Faults != 1 {
			t.Errorf("%+v", j)
		}
	})
}

func TestAJobIsSeenAndCancelledWithinAreaAndOrganisationOnly(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		d := made(t, t.TempDir(), url)
		steadied(d)
		var j queue.Job
		err := d.DB.Do(t.Context(), d.Clock(), func(tx *store.Tx) (err error) {
			j, _, err = d.Jobs.Insert(t.Context(), tx, queue.Job{Kind: integrity, Area: "990100", Org: 7, AskedBy: "li"}, nil)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range []struct {
			who  auth.Actor
			sees bool
		}{{system, true}, {AtConsole("li", auth.FinanceHandler, 1, "990000"), true}, {AtConsole("he", auth.FinanceHandler, 1, "990200"), false},
			{AtConsole("wu", auth.BankOfficer, 7, "990100"), true}, {AtConsole("xu", auth.BankOfficer, 8, "990100"), false}, {audits, false}} {
			list, err := d.JobList(t.Context(), x.who)
			if got := len(list) == 1; got != x.sees || err != nil {
				t.Errorf("%s: lists %v, %v", x.who.Login, got, err)
			}
			if _, steps, err := d.JobShow(t.Context(), x.who, j.ID); (err == nil) != x.sees || x.sees && len(steps) != 1 {
				t.Errorf("%s: shows %v, %v", x.who.Login, steps, err)
			}
			if !x.sees {
				if err := d.JobCancel(t.Context(), x.who, j.ID); codeOf(err) != "DENIED" {
					t.Errorf("%s: cancels %v", x.who.Login, err)
				}
				if err := d.JobCancel(t.Context(), x.who, 1); codeOf(err) != "DENIED" {
					t.Errorf("%s: cancels a job that is none: %v", x.who.Login, err)
				}
			}
		}
		if err := d.JobCancel(t.Context(), system, j.ID); err != nil {
			t.Error(err)
		}
		if err := d.JobCancel(t.Context(), system, j.ID); codeOf(err) != "JOB_ENDED" {
			t.Error(err)
		}
		if err := d.JobCancel(t.Context(), system, 1); codeOf(err) != "JOB_UNKNOWN" {
			t.Error(err)
		}
		if err := d.JobRetry(t.Context(), system, j.ID); codeOf(err) != "JOB_NOT_FAILED" {
			t.Error(err)
		}
		if err := d.JobRetry(t.Context(), AtConsole("li", auth.FinanceHandler, 1, "990000"), j.ID); codeOf(err) != "DENIED" {
			t.Error(err)
		}
	})
}
