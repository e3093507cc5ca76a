package desk

import (
	"path/filepath"
	"testing"
	"time"

	"ganlan/internal/auth"
	"ganlan/internal/storetest"
)

// 网络安全法 art. 23 (3): logs are kept for six months or more. GB/T 22239-2019 8.1.5: security and system are set by two people.
func TestSettingsHaveBoundsAndTheRightAdministratorSetsEach(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		d := made(t, t.TempDir(), url)
		for _, x := range []struct {
			who   auth.Actor
			name  string
			value int
			seen  int
			want  string
		}{
			{secures, "audit_days", 182, 1095, "RULE_OUT_OF_BOUNDS"}, {secures, "audit_days", 183, 1095, ""}, {secures, "audit_days", 200, 1095, "CHANGED_SINCE"},
			{keeps, "audit_days", 1095, 183, "DENIED"}, {keeps, "backup_days", 366, 7, "RULE_OUT_OF_BOUNDS"}, {keeps, "backup_days", 30, 7, ""},
			{secures, "backup_days", 7, 30, "DENIED"}, {keeps, "disk_mb", 99, 500, "RULE_OUT_OF_BOUNDS"}, {secures, "none", 1, 1, "RULE_UNKNOWN_NAME"},
		} {
			if err := d.RuleChange(t.Context(), x.who, x.name, x.value, x.seen); codeOf(err) != x.want {
				t.Errorf("%s %d: %v, want %s", x.name, x.value, err, x.want)
			}
		}
		list, err := d.Settings(t.Context(), audits)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range list {
			if want := map[string]int{"audit_days": 183, "backup_days": 30, "disk_mb": 500, "session_hours": 12}[r.Name]; want != 0 && r.Value != want {
				t.Errorf("%s is %d, not %d", r.Name, r.Value, want)
			}
		}
		if _, err := d.Settings(t.Context(), AtConsole("li", auth.FinanceHandler, 1, "990100")); codeOf(err) != "DENIED" {
			t.Errorf("%v", err)
		}
	})
}

func TestTheDoctorNotesALastBackupThatIsTooOldAndADiskThatIsTooFull(t *testing.T) {
	d := made(t, t.TempDir(), "")
	after := func(days int) func() time.Time { return func() time.Time { return morning.AddDate(0, 0, days) } }
	noted := func(clock func() time.Time) (codes []string) {
		for _, f := range Doctor(t.Context(), d.Dir, "", clock) {
			for _, x := range append(f.Notes, f.Faults...) {
				codes = append(codes, x.Code())
			}
		}
		return codes
	}
	if got := noted(after(1)); len(got) > 0 {
		t.Errorf("a folder of yesterday: %v", got)
	}
	if got := noted(after(8)); len(got) != 1 || got[0] != "BACKUP_OLD" {
		t.Errorf("no backup for eight days: %v", got)
	}
	d.Clock = after(8)
	if _, err := d.Backup(t.Context(), keeps, filepath.Join(t.TempDir(), "b"), "ganlan test"); err != nil {
		t.Fatal(err)
	}
	if got := noted(after(9)); len(got) > 0 {
		t.Errorf("after a backup: %v", got)
	}
	if err := d.RuleChange(t.Context(), keeps, "disk_mb", 1_000_000, 500); err != nil {
		t.Fatal(err)
	}
	if got := noted(after(9)); len(got) != 1 || got[0] != "DISK_LOW" {
		t.Errorf("less than 1,000,000 MB free: %v", got)
	}
}
