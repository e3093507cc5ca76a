package desk

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"ganlan/internal/auth"
	"ganlan/internal/store"
	"ganlan/internal/storetest"
)

// unlooked is a new data folder's desk that is not looked at when the test ends.
func unlooked(t testing.TB, url string) *Desk {
	t.Helper()
	d, err := Init(t.Context(), t.TempDir(), url, ticking())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

func workload(t testing.TB, d *Desk) RunWanted {
	t.Helper()
	f := folder990783("by-contract", workloadScheme(t))
	approved(t, d, f)
	return wanted(t, f.ID)
}

// GB/T 22239-2019 8.1.4.7: what was calculated, and what it was calculated from, cannot be changed unseen.
func TestWhateverIsChangedBehindARunIsFoundByItsVerificationAndNamed(t *testing.T) {
	for forge, want := range map[string][]string{
		"update run_row set subsidy = subsidy + 1 where contract = 'A1'":                                                                {"RUN_ROW_DIFFERS", "A1"},
		"update run_row set household = 'J9' where contract = 'A2'":                                                                     {"RUN_ROW_DIFFERS", "A2"},
		"update run_row set mac = '' where contract = 'A2'":                                                                             {"RUN_ROW_DIFFERS", "A2"},
		"delete from run_row where contract = 'A2'":                                                                                     {"RUN_ROW_DIFFERS,RUN_SUMS", "A2"},
		"insert into run_row select run, shard, 99, 'A3', note, household, 0, 5, '', 0, '', '', mac from run_row where contract = 'A1'": {"RUN_ROW_DIFFERS,RUN_SUMS", "A3"},
		"update ledger_line set amount = amount + 100 where contract = 'A1' and kind = 0":                                               {"LINES_TAMPERED", "A1"},
		"update contract set rate = '1/100' where no = 'A1'":                                                                            {"FACT_TAMPERED", "A1"},
		"delete from list_interval where household = 'J1'":                                                                              {"LIST_TAMPERED", "990783"},
		"update scheme_file set content = replace(content, '1.8%', '1.9%')":                                                             {"SCHEME_TAMPERED", "990783-by-contract"},
		"update run_text set content = content || '#' where name = 'lpr.yaml'":                                                          {"RUN_TAMPERED", "lpr.yaml"},
		"update run set subsidy = subsidy + 1":                                                                                          {"ROW_FORGED", "run"},
		"update run_payer set subsidy = subsidy + 1 where n = 0":                                                                        {"RUN_TAMPERED", "payers"},
		"update run_input set digest = 'x' where kind = 'ledger'":                                                                       {"RUN_TAMPERED", "input"},
		"update run_row set reason = reason where contract = 'A1'":                                                                      {"", ""},
		"update run_row set subsidy = subsidy + 1 where contract = 'A1'; update run_row set mac = '' where seq = 0":                     {"RUN_ROW_DIFFERS", "A1"},
	} {
		t.Run(forge, func(t *testing.T) {
			d := unlooked(t, "")
			confirmed(t, d, small)
			r := ran(t, d, workload(t, d))
			for _, s := range strings.Split(forge, "; ") {
				forged(t, d, s)
			}
			var all []Verified
			if err := d.RunVerifyAll(t.Context(), countyReviewer, func(v Verified) error { all = append(all, v); return nil }); err != nil || len(all) != 1 {
				t.Fatalf("%+v %v", all, err)
			}
			text := ""
			for _, f := range all[0].Faults {
				text += f.Text("en") + "\n"
			}
			for _, code := range strings.Split(want[0], ",") {
				if !strings.Contains(codes(all[0].Faults), code) {
					t.Errorf("%s is not among %s", code, codes(all[0].Faults))
				}
			}
			if !strings.Contains(text, want[1]) || (want[0] == "") != (len(all[0].Faults) == 0) {
				t.Errorf("run %d: %s", r.ID, text)
			}
			if want[1] == "A1" && strings.Contains(text, "A2") {
				t.Errorf("a row that is as it was is told as well: %s", text)
			}
		})
	}
}

func TestARunIsOfAnApprovedSchemeAndConfirmedFactsUnlessItIsASimulation(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		d := made(t, t.TempDir(), url)
		x := imported(t, d, small)
		f := folder990783("by-contract", workloadScheme(t))
		in := wanted(t, f.ID)
		start := func(in RunWanted) string { _, err := d.RunStart(t.Context(), countyHandler, in); return codeOf(err) }
		if got := start(in); got != "SCHEME_VERSION_MISSING" {
			t.Errorf("no scheme: %s", got)
		}
		v := recordedOnly(t, d, f)
		if got := start(in); got != "SCHEME_VERSION_MISSING" {
			t.Errorf("not approved: %s", got)
		}
		in.Version = v.ID
		if got := start(in); got != "RUN_VERSION" {
			t.Errorf("a version named in a run: %s", got)
		}
		in.Simulate = true
		sim := ran(t, d, in)
		if sim.State != store.RunDone || codeOf(Claimable(&sim)) != "RUN_SIMULATION" {
			t.Errorf("%+v", sim)
		}
		var out bytes.Buffer
		if _, err := d.RunExport(t.Context(), countyHandler, sim.ID, "", &out); err != nil || strings.Count(out.String(), "SIMULATION") != 2 || !strings.Contains(out.String(), ",simulation\n") {
			t.Errorf("%v\n%s", err, out.String())
		}
		in.Simulate, in.Version = false, 0
		if _, err := d.SchemeApprove(t.Context(), countyReviewer, v.ID, v.Rev); err != nil {
			t.Fatal(err)
		}
		if got := start(in); got != "IMPORT_UNCONFIRMED" {
			t.Errorf("not confirmed: %s", got)
		}
		if _, err := d.FactsConfirm(t.Context(), account(33, auth.BankApprover, bankOrg, "990783"), Decision{Import: x.ID}); err != nil {
			t.Fatal(err)
		}
		done := ran(t, d, in)
		if err := Claimable(&done); err != nil || done.Digest != sim.Digest {
			t.Errorf("%+v %v", done, err)
		}
		for name, x := range map[string]struct {
			change func(*RunWanted)
			want   string
		}{
			"a time to come":      {func(in *RunWanted) { in.Known = d.Clock().Add(time.Hour) }, "RUN_KNOWN_LATER"},
			"before the import":   {func(in *RunWanted) { in.Known = morning }, "SCHEME_VERSION_MISSING"},
			"an area without it":  {func(in *RunWanted) { in.Area = "990784" }, "DENIED"},
			"a wider area":        {func(in *RunWanted) { in.Area = "990000" }, "DENIED"},
			"a bank without any":  {func(in *RunWanted) { in.Org = 8 }, "RUN_NO_FACTS"},
			"an open parameter":   {func(in *RunWanted) { in.Set = map[string]string{"nonsense": "1"} }, "PARAMETER_UNKNOWN"},
			"a year out of reach": {func(in *RunWanted) { in.Year = 2040 }, "YEAR_OUTSIDE"},
		} {
			in := in
			x.change(&in)
			if got := start(in); got != x.want {
				t.Errorf("%s: %s, want %s", name, got, x.want)
			}
		}
	})
}

func TestRunsAreSeenAndStartedWithinReachOnly(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		d := made(t, t.TempDir(), url)
		confirmed(t, d, small)
		in := workload(t, d)
		r := ran(t, d, in)
		for name, who := range map[string]auth.Actor{"another bank": account(41, auth.BankOfficer, 8, "990783"), "another county": account(42, auth.FinanceHandler, 1, "990784"),
			"a village": account(43, auth.Village, 1, "990783"), "the system's administrator": account(44, auth.SystemAdmin, 1, "990783")} {
			if list, err := d.RunList(t.Context(), who, d.Clock()); err != nil || len(list) != 0 {
				t.Errorf("%s lists %v %v", name, list, err)
			}
			_, err1 := d.RunShow(t.Context(), who, r.ID)
			_, err2 := d.RunExplain(t.Context(), who, r.ID, "A1")
			_, err3 := d.RunExport(t.Context(), who, r.ID, "", &bytes.Buffer{})
			_, err4 := d.RunStart(t.Context(), who, in)
			_, err5 := d.RunVerify(t.Context(), who, r.ID)
			for i, err := range []error{err1, err2, err3, err4, err5} {
				if codeOf(err) != "DENIED" {
					t.Errorf("%s, act %d: %v", name, i, err)
				}
			}
		}
		if _, err := d.RunShow(t.Context(), officer, r.ID); err != nil {
			t.Errorf("the bank does not see its own: %v", err)
		}
		if list, err := d.RunList(t.Context(), officer, d.Clock()); err != nil || len(list) != 1 {
			t.Errorf("%v %v", list, err)
		}
		if _, err := d.RunShow(t.Context(), officer, 77); codeOf(err) != "DENIED" {
			t.Errorf("what is not there is not told apart: %v", err)
		}
	})
}

func TestALaterImportDoesNotChangeWhatARunCameTo(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		d := made(t, t.TempDir(), url)
		confirmed(t, d, small)
		in := workload(t, d)
		first := ran(t, d, in)
		between := d.Clock()
		confirmed(t, d, changed(small, "ledger", "A2,2025-06-01,repayment,1000.00", "A2,2025-06-01,repayment,9000.00"))
		second := ran(t, d, in)
		in.Known = between
		third := ran(t, d, in)
		if second.Digest == first.Digest || third.Digest != first.Digest {
			t.Errorf("%s, %s, %s", first.Digest, second.Digest, third.Digest)
		}
		err := d.RunVerifyAll(t.Context(), countyReviewer, func(v Verified) error {
			if len(v.Faults) > 0 || v.Rows != 2 {
				t.Errorf("%+v", v)
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
}

func TestACancelledRunKeepsNoRowAndCannotBeClaimed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		d := made(t, t.TempDir(), url)
		confirmed(t, d, small)
		r, err := d.RunStart(t.Context(), countyHandler, workload(t, d))
		if err != nil {
			t.Fatal(err)
		}
		if codeOf(Claimable(&r)) != "RUN_NOT_DONE" {
			t.Error("a run under way can be claimed")
		}
		if err := d.RunCancel(t.Context(), countyHandler, r.ID, "重复"); err != nil {
			t.Fatal(err)
		}
		if err := d.RunWait(t.Context(), &r, nil); err != nil {
			t.Fatal(err)
		}
		got, err := d.RunShow(t.Context(), countyHandler, r.ID)
		if err != nil || got.State != store.RunCancelled || codeOf(Claimable(&got.Run)) != "RUN_NOT_DONE" {
			t.Errorf("%+v %v", got, err)
		}
		if err := d.RunCancel(t.Context(), countyHandler, r.ID, ""); codeOf(err) != "RUN_OVER" {
			t.Errorf("twice: %v", err)
		}
		if _, err := d.RunExport(t.Context(), countyHandler, r.ID, "", &bytes.Buffer{}); codeOf(err) != "RUN_NOT_DONE" {
			t.Errorf("exported: %v", err)
		}
	})
}

func TestARunWhoseFactsHaveFaultsIsRefusedWithFileAndRowAndKeepsNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		d := made(t, t.TempDir(), url)
		confirmed(t, d, changed(small, "contracts", "3.45%", "LPR+10BP"))
		in := workload(t, d)
		in.LPR = []byte("known_through: 2026-10-20\nsource: test\nrates:\n  - {date: 2025-11-01, y1: 3.0%, y5: 3.5%}\n")
		r := ran(t, d, in)
		got, err := d.RunShow(t.Context(), countyHandler, r.ID)
		if err != nil || r.State != store.RunRefused || r.Faults != 1 || codeOf(Claimable(&r)) != "RUN_REFUSED" || r.Rows != 0 {
			t.Fatalf("%+v %v", got, err)
		}
		if n := got.Notices[0]; n.File != "contracts.csv" || n.Row != 3 || n.Title != "annual_rate" || n.Warning {
			t.Errorf("%+v", n)
		}
	})
}

func TestARunInADatabaseThatOrdersTextsOtherwiseGivesTheSame(t *testing.T) {
	d := made(t, t.TempDir(), storetest.Unordered(t))
	files := map[string]string{"contracts": strings.SplitAfter(small["contracts"], "\n")[0], "ledger": strings.SplitAfter(small["ledger"], "\n")[0], "list": small["list"]}
	for i, no := range []string{"B-1", "a-2", "A2", "_x", "b1", "A-10", "B1", "ä1", "A10"} {
		household := []string{"J1", "j1", "J2"}[i%3]
		files["contracts"] += no + "," + household + ",居民身份证,,桂小雨,,3.65%,正常,2025-01-10,2026-01-10,50000.00,990783\n"
		files["ledger"] += no + ",2025-01-10,drawdown,50000.00,\n"
	}
	confirmed(t, d, files)
	for name, text := range runSchemes(t) {
		f := folder990783(name, text)
		approved(t, d, f)
		d.ShardSize = 2
		r := ran(t, d, wanted(t, f.ID))
		var got bytes.Buffer
		if _, err := d.RunExport(t.Context(), countyHandler, r.ID, "test", &got); err != nil || got.String() != string(resultsCSV(t, f, files)) {
			t.Errorf("%s: %v\n%s\nwant\n%s", name, err, got.String(), resultsCSV(t, f, files))
		}
	}
}

// A run whose job the machine failed has not ended: it says so, and goes on when the job is retried.
func TestARunThatTheMachineStoppedSaysSoAndGoesOn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		d := made(t, t.TempDir(), url)
		confirmed(t, d, small)
		f := folder990783("by-contract", workloadScheme(t))
		approved(t, d, f)
		r, err := d.RunStart(t.Context(), countyHandler, wanted(t, f.ID))
		if err != nil {
			t.Fatal(err)
		}
		stopped := func() bool {
			x, err := d.RunShow(t.Context(), countyHandler, r.ID)
			if err != nil {
				t.Fatal(err)
			}
			return x.Stopped
		}
		if stopped() {
			t.Error("a run that waits is said to have stopped")
		}
		err = d.DB.Aside(t.Context(), d.Clock(), func(tx *store.Tx) error {
			_, err := tx.ExecContext(t.Context(), "update shard set state = $1 where job = $2", store.StepFailed, r.Job)
			if err == nil {
				err = store.EndJob(t.Context(), tx, r.Job, store.JobFailed, "JOB_MACHINE_FAILED")
			}
			return err
		})
		if err != nil || !stopped() {
			t.Errorf("a run whose job has failed is not said to have stopped: %v", err)
		}
		if err := d.JobRetry(t.Context(), account(45, auth.SystemAdmin, 1, "990783"), r.Job); err != nil {
			t.Fatal(err)
		}
		if err := d.RunWait(t.Context(), &r, nil); err != nil || stopped() {
			t.Errorf("after the retry: %v, stopped %v", err, stopped())
		}
		x, err := d.RunShow(t.Context(), countyHandler, r.ID)
		if err != nil || x.State != store.RunDone {
			t.Errorf("%s %v", x.State, err)
		}
	})
}
