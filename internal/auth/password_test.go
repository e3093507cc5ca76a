package auth

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"ganlan/fault"
)

func codesOf(err error) string {
	var out []string
	for _, f := range fault.From(err) {
		out = append(out, f.Code())
	}
	return strings.Join(out, " ")
}

// GB/T 22239-2019 8.1.4.1 a.
func TestAPasswordIsLongMixedAndWithoutTheLogin(t *testing.T) {
	for _, c := range []struct{ password, want string }{
		{"Blue-kettle", ""}, {"bluekettle7!", ""}, {"Blue-kett", "PASSWORD_SHORT"}, {"bluekettle77", "PASSWORD_PLAIN"}, {"abc", "PASSWORD_SHORT PASSWORD_PLAIN"},
		{"Li.Ming-2026", "PASSWORD_HOLDS_NAME"}, {"蓝色的水壶在桌子上Aa", ""}, {"蓝色水壶蓝色水壶蓝色", "PASSWORD_PLAIN"}, {strings.Repeat("Ab1!", 33), "PASSWORD_LONG"}, {"", "PASSWORD_SHORT PASSWORD_PLAIN"}} {
		if got := codesOf(Passwords.Check("li.ming", c.password)); got != c.want {
			t.Errorf("%q: %q, want %q", c.password, got, c.want)
		}
	}
}

func TestNoneOfTheLastFivePasswordsIsTakenAgain(t *testing.T) {
	before := []string{"p6", "p5", "p4", "p3", "p2", "p1"} // newest first
	for _, c := range []struct{ password, want string }{{"p6", "PASSWORD_USED_BEFORE"}, {"p2", "PASSWORD_USED_BEFORE"}, {"p1", ""}, {"p7", ""}} {
		if got := codesOf(Passwords.Used(before, func(d string) bool { return d == c.password })); got != c.want {
			t.Errorf("%s: %q", c.password, got)
		}
	}
}

func TestAPasswordExpiresAfterNinetyDaysUnlessTheSettingIsNever(t *testing.T) {
	set := time.Date(2026, 1, 1, 9, 0, 0, 0, time.UTC)
	never := Passwords
	never.Days = 0
	for _, c := range []struct {
		rule PasswordRule
		days int
		want bool
	}{{Passwords, 89, false}, {Passwords, 90, true}, {never, 10000, false}} {
		if got := c.rule.Expired(set, set.AddDate(0, 0, c.days)); got != c.want {
			t.Errorf("after %d days: %v", c.days, got)
		}
	}
}

// GB/T 22239-2019 8.1.4.1 b.
func TestFiveFailuresLockForFifteenMinutesAndEachFurtherOneForTwiceAsLong(t *testing.T) {
	want := []time.Duration{0, 0, time.Second, 2 * time.Second, 4 * time.Second, 15 * time.Minute, 30 * time.Minute, time.Hour, 2 * time.Hour, 4 * time.Hour, 4 * time.Hour}
	for n, w := range want {
		if got := Locks.Delay(n); got != w {
			t.Errorf("after %d failures: %s, want %s", n, got, w)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 1<<30).Draw(t, "failures")
		if a, b := Locks.Delay(n), Locks.Delay(n+1); a > b || b > Locks.Most {
			t.Fatalf("%d failures: %s, then %s", n, a, b)
		}
	})
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	if codesOf(Locks.Try(now, now.Add(time.Millisecond))) != "SIGN_IN_WAIT" || Locks.Try(now, now) != nil {
		t.Error("a try is free again at the very end of the delay")
	}
}

func TestASessionEndsIdleAfterThirtyMinutesAndInAnyCaseAfterTwelveHours(t *testing.T) {
	began := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		seen, now time.Duration
		want      string
	}{{0, 29 * time.Minute, ""}, {0, 30 * time.Minute, "SESSION_ENDED"}, {11*time.Hour + 50*time.Minute, 12*time.Hour - 1, ""},
		{11*time.Hour + 59*time.Minute, 12 * time.Hour, "SESSION_ENDED"}, {0, -time.Second, "SESSION_ENDED"}} {
		if got := codesOf(Sessions.Alive(began, began.Add(c.seen), began.Add(c.now))); got != c.want {
			t.Errorf("seen %s, now %s: %q", c.seen, c.now, got)
		}
	}
}

func TestAnAccountUnusedForNinetyDaysIsStale(t *testing.T) {
	made := time.Date(2026, 1, 1, 9, 0, 0, 0, time.UTC)
	used := made.AddDate(0, 1, 0)
	for _, c := range []struct {
		used, now time.Time
		want      bool
	}{{time.Time{}, made.AddDate(0, 0, 89), false}, {time.Time{}, made.AddDate(0, 0, 90), true}, {used, made.AddDate(0, 0, 100), false}, {used, used.AddDate(0, 0, 90), true}} {
		if got := Stale(made, c.used, c.now); got != c.want {
			t.Errorf("used %s, now %s: %v", c.used, c.now, got)
		}
	}
}

func TestALoginIsNoNumberOfAPersonAndRolesAndKindsAreKnown(t *testing.T) {
	for login, want := range map[string]string{"li.ming": "", "bank-07": "", "Li": "LOGIN_BAD", "990101199001011234": "LOGIN_BAD", "13800000000": "LOGIN_BAD", "li ming": "LOGIN_BAD", "": "LOGIN_BAD"} {
		if got := codesOf(CheckLogin(login)); got != want {
			t.Errorf("%q: %q", login, got)
		}
	}
	if CheckRole("finance_head") != nil || codesOf(CheckRole("job")) != "ROLE_UNKNOWN" || CheckOrgKind("bank") != nil || codesOf(CheckOrgKind("shop")) != "ORG_KIND_UNKNOWN" {
		t.Error("a role or kind that must be known is not, or the other way round")
	}
}

func TestTheEndOfAStemIsADigitOrALetterInTheOrderOfAnyDatabase(t *testing.T) {
	for stem, want := range map[string]string{"33": "34", "330789": "33079", "3399": "34", "99": "a", "330783001": "330783002"} {
		if got := after(stem); got != want {
			t.Errorf("after %s: %s, want %s", stem, got, want)
		}
	}
}
