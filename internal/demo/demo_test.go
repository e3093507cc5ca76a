package demo

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ganlan/bankfile"
	"ganlan/fault"
	"ganlan/internal/auth"
	"ganlan/internal/desk"
	"ganlan/internal/sample"
	"ganlan/internal/storetest"
	"ganlan/policies"
)

func TestMain(m *testing.M) {
	code := m.Run()
	storetest.Stop()
	os.Exit(code)
}

func options(t testing.TB, dir, url string) Options {
	t.Helper()
	data, rates := map[string][]byte{}, map[string][]byte{}
	names, err := fs.Glob(policies.FS, "standard/files/*.yaml")
	for _, n := range []string{"standard/lpr.yaml", "standard/benchmark.yaml"} {
		rates[n], _ = fs.ReadFile(policies.FS, n)
	}
	for _, n := range names {
		if data[n], err = fs.ReadFile(policies.FS, n); err != nil {
			t.Fatal(err)
		}
	}
	profile, faults := bankfile.LoadProfiles(data)
	if err != nil || faults.Err() != nil {
		t.Fatal(err, faults)
	}
	return Options{Dir: dir, URL: url, Seed: 7, Households: 60, Policies: policies.FS, Profile: profile, LPR: rates["standard/lpr.yaml"], Benchmark: rates["standard/benchmark.yaml"], Machine: time.Now, Tell: func(string, string) {}}
}

// told is what a county holds, without keys, numbers of records and times of the machine.
func told(t testing.TB, d *desk.Desk, x *County, known time.Time) string {
	t.Helper()
	var b bytes.Buffer
	for _, bank := range x.Banks {
		who := desk.AtConsole("test", auth.BankOfficer, bank.Org, Area)
		err := d.FactsKnown(t.Context(), who, known, func(f desk.Fact) error {
			whole, err := d.FactOf(t.Context(), who, f.Org, f.Contract.No, known)
			fmt.Fprintf(&b, "%s %s %+v %+v %+v %+v\n", bank.Name, whole.Area, whole.Contract, whole.Entries, whole.Notes, whole.Fees)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

// claims are what the runs came to.
func claims(x *County) string {
	var b strings.Builder
	for _, r := range x.Runs {
		fmt.Fprintln(&b, r.On, r.Scheme, r.Year, r.Simulation, r.Rows, r.Paid, r.Subsidy, r.Fee, r.Digest)
	}
	return b.String()
}

// The same seed and size give the same county on each database, and its past can be asked.
func TestTheSameSeedGivesTheSameCountyOnBothDatabases(t *testing.T) {
	counties := map[string]string{}
	storetest.Each(t, func(t *testing.T, url string) {
		dir := t.TempDir()
		x, err := Build(t.Context(), options(t, dir, url))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range desk.Doctor(context.Background(), dir, url, time.Now) {
			if f.Name != "disk" && len(f.Faults) > 0 {
				t.Errorf("%s: %v", f.Name, f.Faults)
			}
		}
		d, err := desk.Open(t.Context(), dir, url)
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		then, now := told(t, d, x, time.Date(2025, 12, 31, 0, 0, 0, 0, beijing)), told(t, d, x, time.Now())
		if then == "" || then == now {
			t.Errorf("%d bytes known at the end of 2025, %d now", len(then), len(now))
		}
		if len(x.Runs) == 0 || x.Verified != len(x.Runs) {
			t.Errorf("%d runs, %d verified", len(x.Runs), x.Verified)
		}
		counties[t.Name()] = then + now + claims(x)
	})
	var first string
	for name, text := range counties {
		if first != "" && text != first {
			t.Errorf("%s differs from the other", name)
		}
		first = text
	}
}

func TestEveryKindOfOrganisationAndEveryRoleIsThere(t *testing.T) {
	s := &story{people: map[string]*person{}, sample: sample.New(1, 9, 10).Within(Area)}
	kinds, roles, keys := map[auth.OrgKind]bool{}, map[string]bool{}, map[string]bool{"": true}
	for _, p := range s.places() {
		kinds[p.kind], keys[p.key] = true, true
	}
	for _, p := range s.cast() {
		roles[string(p.role)] = true
		if !keys[p.org] {
			t.Errorf("%s works for %q, which is not there", p.login, p.org)
		}
	}
	for _, k := range auth.OrgKinds() {
		if !kinds[k] {
			t.Errorf("no organisation is a %s", k)
		}
	}
	for _, r := range auth.KnownRoles() {
		if !roles[r] {
			t.Errorf("nobody is a %s", r)
		}
	}
}

func TestAFolderThatHoldsAnythingAndAClockBeforeTheStorysEndAreRefusedTogether(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "ours.txt"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	o := options(t, dir, "")
	o.Households = 1
	o.Machine = func() time.Time { return lastDay.Add(-time.Hour) }
	_, err := Build(t.Context(), o)
	var codes []string
	for _, f := range fault.From(err) {
		codes = append(codes, f.Code())
	}
	if got := strings.Join(codes, " "); got != "DEMO_SIZE DEMO_CLOCK DEMO_FOLDER_TAKEN" {
		t.Errorf("refused by %s", got)
	}
	entries, _ := os.ReadDir(dir)
	if len(entries) != 1 {
		t.Errorf("the folder holds %v", entries)
	}
}

func TestTheStorysClockGoesForwardAndNeverAheadOfTheMachines(t *testing.T) {
	machine := time.Date(2026, 6, 1, 0, 0, 0, 0, beijing)
	c := &clock{machine: func() time.Time { return machine }}
	past := machine.AddDate(-1, 0, 0)
	c.to(past)
	machine = machine.Add(time.Minute)
	if got := c.Now(); !got.Equal(past.Add(time.Minute)) {
		t.Errorf("a minute later it is %s", got)
	}
	c.to(past.Add(-time.Hour))
	c.pass(time.Second)
	if got := c.Now(); !got.Equal(past.Add(time.Minute + time.Second)) {
		t.Errorf("back and a second on it is %s", got)
	}
	c.to(machine.Add(time.Hour))
	if got := c.Now(); !got.Equal(machine) {
		t.Errorf("ahead of the machine it is %s", got)
	}
}
