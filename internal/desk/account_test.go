package desk

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"ganlan/internal/auth"
	"ganlan/internal/seal"
	"ganlan/internal/store"
	"ganlan/internal/storetest"
)

// office is a desk with a clock that tests set, its administrators, and people's secrets.
type office struct {
	*Desk
	t         testing.TB
	now       time.Time
	passwords map[string]string
	secrets   map[string]string
}

// opening is an office that was just made: nobody can sign in.
func opening(t testing.TB, url string) *office {
	o := &office{Desk: made(t, t.TempDir(), url), t: t, now: morning.Add(time.Hour), passwords: map[string]string{}, secrets: map[string]string{}}
	o.Clock = func() time.Time { return o.now }
	return o
}

var three = [3]Person{{"sys", "王系"}, {"sec", "李安"}, {"aud", "赵审"}}

// manned is an office whose three administrators have passwords and second factors.
func manned(t testing.TB, url string) *office {
	o := opening(t, url)
	code, err := o.SetupCode(t.Context())
	o.must(err)
	first, err := o.Setup(t.Context(), code, three)
	o.must(err)
	for i, p := range three {
		o.settle(p.Login, first[i])
	}
	return o
}

func (o *office) must(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

// settle makes a first password the person's own, and a second factor.
func (o *office) settle(login, first string) {
	o.t.Helper()
	o.passwords[login] = first
	next := "Kettle-" + fmt.Sprint(len(o.passwords)) + "-blue"
	o.must(o.PasswordChange(o.t.Context(), o.credentials(login), next))
	o.passwords[login] = next
	secret, _, err := o.FactorMake(o.t.Context(), o.enter(login).Actor)
	o.must(err)
	code, err := seal.TimeCode(secret, o.now)
	o.must(err)
	o.must(o.FactorConfirm(o.t.Context(), o.enter(login).Actor, code))
	o.secrets[login] = secret
}

func (o *office) credentials(login string) Credentials {
	c := Credentials{Login: login, Password: o.passwords[login], Origin: "10.0.0.7"}
	if s := o.secrets[login]; s != "" {
		c.Code, _ = seal.TimeCode(s, o.now)
	}
	return c
}

// enter signs in, half a minute later than whatever was before, so that the time code is a fresh one.
func (o *office) enter(login string) SignedIn {
	o.t.Helper()
	o.now = o.now.Add(31 * time.Second)
	s, err := o.SignIn(o.t.Context(), o.credentials(login))
	o.must(err)
	return s
}

// clerk makes an account with a role and settles it.
func (o *office) clerk(login string, org int64, role auth.Role) auth.Actor {
	o.t.Helper()
	sec := o.enter("sec").Actor
	first, err := o.AccountMake(o.t.Context(), sec, Person{login, "某人"}, org)
	o.must(err)
	o.settle(login, first)
	_, err = o.Change(o.t.Context(), sec, Change{What: "give", Login: login, Role: string(role)})
	o.must(err)
	return o.enter(login).Actor
}

func (o *office) bureau(name, area string) int64 {
	o.t.Helper()
	id, err := o.OrgRecord(o.t.Context(), o.enter("sys").Actor, OrgInput{Name: name, Kind: "finance", Area: area})
	o.must(err)
	return id
}

// reasons are the refusals in the audit: who, act, why.
func (o *office) reasons() (out []string) {
	o.t.Helper()
	o.must(o.DB.Look(o.t.Context(), o.now, func(tx *store.Tx) error {
		return store.EachEntry(o.t.Context(), tx, 0, func(e *seal.Entry) error {
			if e.Result == refused {
				out = append(out, strings.Join([]string{e.Actor, e.Act, e.Reason}, " "))
			}
			return nil
		})
	}))
	return out
}

// GB/T 22239-2019 8.1.4.2 a–d: no default account and no default password.
func TestAFreshOfficeHasNoLoginAndItsSetupCodeWorksOnceWithinADay(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		o := opening(t, url)
		for _, login := range []string{"admin", "root", "sys", "ganlan", "setup", ""} {
			if _, err := o.SignIn(t.Context(), Credentials{Login: login, Password: login}); codeOf(err) != "SIGN_IN_FAILED" {
				t.Errorf("%s: %v", login, err)
			}
		}
		late, err := o.SetupCode(t.Context())
		o.must(err)
		o.now = o.now.Add(25 * time.Hour)
		if _, err := o.Setup(t.Context(), late, three); codeOf(err) != "SETUP_CODE_WRONG" {
			t.Errorf("a day later: %v", err)
		}
		code, err := o.SetupCode(t.Context())
		o.must(err)
		if _, err := o.Setup(t.Context(), code+"x", three); codeOf(err) != "SETUP_CODE_WRONG" {
			t.Errorf("another code: %v", err)
		}
		twice := three
		twice[2].Login = "sys"
		if _, err := o.Setup(t.Context(), code, twice); codeOf(err) != "LOGIN_TAKEN" {
			t.Errorf("two administrators in one account: %v", err)
		}
		first, err := o.Setup(t.Context(), code, three)
		o.must(err)
		if _, err := o.Setup(t.Context(), code, three); codeOf(err) != "SET_UP_ALREADY" {
			t.Errorf("a second set-up: %v", err)
		}
		if _, err := o.SetupCode(t.Context()); codeOf(err) != "SET_UP_ALREADY" {
			t.Errorf("a code for an office that is manned: %v", err)
		}
		s, err := o.SignIn(t.Context(), Credentials{Login: "sec", Password: first[1]})
		if err != nil || !s.MustChange || len(s.Actor.Grants) != 0 {
			t.Errorf("a first password must be changed before anything else: %+v %v", s, err)
		}
	})
}

// GB/T 22239-2019 8.1.4.1: what was wrong is in the audit and nowhere else.
func TestSigningInTellsNothingOfWhatWasWrong(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		o := manned(t, url)
		o.clerk("li.ming", o.bureau("甲县财政局", "330783"), auth.FinanceHandler)
		_, err := o.Change(t.Context(), o.enter("sec").Actor, Change{What: "suspend", Login: "li.ming"})
		o.must(err)
		for _, c := range []struct{ name, login, password, code, why string }{
			{"unknown login", "my-Password-7", "x", "", "unknown login"}, {"wrong password", "sys", "wrong", o.credentials("sys").Code, "wrong password"},
			{"wrong code", "sec", o.passwords["sec"], "000000", "wrong time code"}, {"no code", "aud", o.passwords["aud"], "", "wrong time code"},
			{"suspended", "li.ming", o.passwords["li.ming"], o.credentials("li.ming").Code, "suspended"}} {
			o.now = o.now.Add(31 * time.Second)
			in := Credentials{Login: c.login, Password: c.password, Code: c.code}
			if c.code != "" && c.code != "000000" {
				in.Code = o.credentials(c.login).Code
			}
			_, err := o.SignIn(t.Context(), in)
			if err == nil || err.Error() != FaultSignIn.New().Error() {
				t.Errorf("%s: %v", c.name, err)
			}
			all := o.reasons()
			if last := all[len(all)-1]; !strings.HasSuffix(last, " session.begin "+c.why) || strings.Contains(last, "my-Password-7") {
				t.Errorf("%s: the audit says %q", c.name, last)
			}
		}
	})
}

// GB/T 22239-2019 8.1.4.1 b.
func TestFiveFailuresLockALoginWhetherAnybodyHasItOrNot(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		o := manned(t, url)
		for _, login := range []string{"sys", "nobody"} {
			var got []string
			for range 5 {
				o.now = o.now.Add(10 * time.Second)
				_, err := o.SignIn(t.Context(), Credentials{Login: login, Password: "wrong"})
				got = append(got, codeOf(err))
			}
			o.now = o.now.Add(15*time.Minute - time.Second)
			_, err := o.SignIn(t.Context(), Credentials{Login: login, Password: "wrong"})
			got = append(got, codeOf(err))
			if want := append(slices.Repeat([]string{"SIGN_IN_FAILED"}, 5), "SIGN_IN_WAIT"); !slices.Equal(got, want) {
				t.Errorf("%s: %v", login, got)
			}
		}
		o.enter("sys") // the lock has run out; success clears what was counted
		if _, err := o.SignIn(t.Context(), Credentials{Login: "sys", Password: "wrong"}); codeOf(err) != "SIGN_IN_FAILED" {
			t.Error(err)
		}
		o.now = o.now.Add(time.Second)
		if _, err := o.SignIn(t.Context(), Credentials{Login: "sys", Password: "wrong"}); codeOf(err) != "SIGN_IN_FAILED" {
			t.Errorf("after one failure the next try is free at once: %v", err)
		}
	})
}

func TestATimeCodeSignsInOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		o := manned(t, url)
		o.enter("sys")
		if _, err := o.SignIn(t.Context(), o.credentials("sys")); codeOf(err) != "SIGN_IN_FAILED" {
			t.Errorf("the same code again: %v", err)
		}
	})
}

// GB/T 22239-2019 8.1.4.1 b: idle thirty minutes, twelve hours in all, ended on the server.
func TestASessionEndsByTimeBySigningOutAndWhenTheAccountIsSuspended(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		o := manned(t, url)
		use := func(token string, want string) {
			t.Helper()
			if _, err := o.Resume(t.Context(), token); codeOf(err) != want {
				t.Errorf("%v, want %q", err, want)
			}
		}
		s := o.enter("sys").Token
		for range 24 {
			o.now = o.now.Add(29 * time.Minute)
			use(s, "")
		}
		o.now = o.now.Add(25 * time.Minute)
		use(s, "SESSION_ENDED") // 12 h 1 min, never idle
		s = o.enter("sys").Token
		o.now = o.now.Add(30 * time.Minute)
		use(s, "SESSION_ENDED")
		s = o.enter("sys").Token
		o.must(o.SignOut(t.Context(), s))
		use(s, "SESSION_ENDED")
		use("", "SESSION_ENDED")
		who := o.clerk("li.ming", o.bureau("甲县财政局", "330783"), auth.FinanceHandler)
		s = o.enter("li.ming").Token
		if got, err := o.Resume(t.Context(), s); err != nil || fmt.Sprint(got) != fmt.Sprint(who) {
			t.Errorf("%v %v, want %v", got, err, who)
		}
		_, err := o.Change(t.Context(), o.enter("sec").Actor, Change{What: "suspend", Login: "li.ming"})
		o.must(err)
		use(s, "SESSION_ENDED")
	})
}

// GB/T 22239-2019 8.1.4.1 a.
func TestAPasswordIsChangedByTheRuleAndNoneOfTheLastFiveComesBack(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		o := manned(t, url)
		change := func(next string) string {
			o.now = o.now.Add(31 * time.Second)
			err := o.PasswordChange(t.Context(), o.credentials("sys"), next)
			if err == nil {
				o.passwords["sys"] = next
			}
			return codeOf(err)
		}
		start := o.passwords["sys"]
		for _, c := range []struct{ next, want string }{{"short", "PASSWORD_SHORT,PASSWORD_PLAIN"}, {"My-sys-2026", "PASSWORD_HOLDS_NAME"}, {start, "PASSWORD_USED_BEFORE"},
			{"Green-tea-1", ""}, {"Green-tea-2", ""}, {"Green-tea-3", ""}, {"Green-tea-4", ""}, {start, "PASSWORD_USED_BEFORE"}, {"Green-tea-5", ""}, {start, ""}} {
			if got := change(c.next); got != c.want {
				t.Errorf("%s: %q, want %q", c.next, got, c.want)
			}
		}
		o.now = o.now.AddDate(0, 0, 90)
		if s := o.enter("sys"); !s.MustChange || len(s.Actor.Grants) != 0 {
			t.Errorf("after ninety days: %+v", s)
		}
	})
}

// GB/T 22239-2019 8.1.5.1–3 and 8.1.4.2: rights are the security administrator's, and what concerns administrators takes two.
func TestChangingAnAdministratorTakesTwoPeople(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		o := manned(t, url)
		ctx, org := t.Context(), o.bureau("甲县财政局", "330783")
		who := func(login string) auth.Actor { return o.enter(login).Actor }
		first, err := o.AccountMake(ctx, who("sec"), Person{"sec2", "周安"}, org)
		o.must(err)
		o.settle("sec2", first)
		give := Change{What: "give", Login: "sec2", Role: "security_admin"}
		if _, err := o.Change(ctx, who("sys"), give); codeOf(err) != "DENIED" {
			t.Errorf("rights by the system administrator: %v", err)
		}
		asked, err := o.Change(ctx, who("sec"), give)
		if err != nil || asked.Request == 0 || len(who("sec2").Grants) != 0 {
			t.Fatalf("asked for, not done: %+v %v", asked, err)
		}
		if _, err := o.RequestDecide(ctx, who("sec"), asked.Request, true); codeOf(err) != "SAME_PERSON" {
			t.Errorf("decided by who asked: %v", err)
		}
		if _, err := o.RequestDecide(ctx, who("sec2"), asked.Request, true); codeOf(err) != "DENIED" {
			t.Errorf("decided by nobody: %v", err)
		}
		_, err = o.RequestDecide(ctx, who("aud"), asked.Request, true)
		o.must(err)
		if got := who("sec2").RoleText(); got != "security_admin" {
			t.Errorf("roles %q", got)
		}
		if _, err := o.RequestDecide(ctx, who("sys"), asked.Request, true); codeOf(err) != "REQUEST_UNKNOWN" {
			t.Errorf("decided twice: %v", err)
		}
		for _, c := range []struct {
			c    Change
			want string
		}{{Change{What: "give", Login: "sec2", Role: "finance_handler"}, "ROLES_APART"}, {Change{What: "give", Login: "sys", Role: "audit_admin"}, "ROLES_APART"},
			{Change{What: "suspend", Login: "aud"}, "LAST_ADMINISTRATOR"}, {Change{What: "give", Login: "sec", Role: "security_admin"}, "GRANT_HELD"},
			{Change{What: "fly", Login: "sec"}, "ACCOUNT_CHANGE_UNKNOWN"}, {Change{What: "suspend", Login: "none"}, "ACCOUNT_UNKNOWN"}} {
			if _, err := o.Change(ctx, who("sec"), c.c); codeOf(err) != c.want {
				t.Errorf("%+v: %v, want %s", c.c, err, c.want)
			}
		}
		// A lost second factor: the person it concerns decides nothing.
		asked, err = o.Change(ctx, who("sec2"), Change{What: "recover", Login: "sys"})
		o.must(err)
		if _, err := o.RequestDecide(ctx, who("sys"), asked.Request, true); codeOf(err) != "SAME_PERSON" {
			t.Errorf("%v", err)
		}
		done, err := o.RequestDecide(ctx, who("aud"), asked.Request, true)
		o.must(err)
		if done.Login != "sys" {
			t.Errorf("the first password is told with its login: %+v", done)
		}
		delete(o.secrets, "sys")
		o.settle("sys", done.Password)
		if !who("sys").Strong {
			t.Error("the recovered account has its new factor")
		}
		asked, err = o.Change(ctx, who("sec"), Change{What: "suspend", Login: "sec2"})
		o.must(err)
		if _, err = o.RequestDecide(ctx, who("aud"), asked.Request, false); err != nil || who("sec2").RoleText() == "" {
			t.Errorf("a request that was refused changes nothing: %v", err)
		}
	})
}

func TestAGrantStaysWithinTheOrganisationsAreaAndEndsOnItsDay(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		o := manned(t, url)
		ctx, org := t.Context(), o.bureau("甲县财政局", "330783")
		o.clerk("li.ming", org, auth.FinanceHandler)
		sec := o.enter("sec").Actor
		for area, want := range map[string]string{"330000": "GRANT_TOO_WIDE", "330784": "GRANT_TOO_WIDE", "33078": "REGION_BAD", "330783": "GRANT_HELD"} {
			if _, err := o.Change(ctx, sec, Change{What: "give", Login: "li.ming", Role: "finance_handler", Area: area}); codeOf(err) != want {
				t.Errorf("%s: %v, want %s", area, err, want)
			}
		}
		until := o.now.Add(48 * time.Hour).UnixMilli()
		_, err := o.Change(ctx, sec, Change{What: "give", Login: "li.ming", Role: "auditor", Area: "330783001000", Until: until})
		o.must(err)
		if got := o.enter("li.ming").Actor.RoleText(); got != "finance_handler,auditor" {
			t.Errorf("before its end: %s", got)
		}
		o.now = time.UnixMilli(until)
		if got := o.enter("li.ming").Actor.RoleText(); got != "finance_handler" {
			t.Errorf("after its end: %s", got)
		}
		rows, err := o.Accounts(ctx, o.enter("sec").Actor)
		o.must(err)
		i := slices.IndexFunc(rows, func(r AccountRow) bool { return r.Login == "li.ming" })
		_, err = o.Change(ctx, o.enter("sec").Actor, Change{What: "end", Login: "li.ming", Grant: rows[i].Grants[0].ID})
		o.must(err)
		if got := o.enter("li.ming").Actor.RoleText(); got != "" {
			t.Errorf("after it was taken away: %s", got)
		}
	})
}

// GB/T 22239-2019 8.1.4.2 c.
func TestAnAccountUnusedForNinetyDaysIsReported(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		o := manned(t, url)
		o.clerk("li.ming", o.bureau("甲县财政局", "330783"), auth.FinanceHandler)
		o.now = o.now.AddDate(0, 0, 89)
		for _, login := range []string{"sec", "aud", "sys"} {
			o.enter(login)
		}
		o.now = o.now.AddDate(0, 0, 1)
		sec := auth.Actor{ID: 1, Login: "sec", Strong: true, Grants: []auth.Grant{{Role: auth.SecurityAdmin}}}
		rows, err := o.Accounts(t.Context(), sec)
		o.must(err)
		var stale []string
		for _, r := range rows {
			if r.Stale {
				stale = append(stale, r.Login)
			}
		}
		if !slices.Equal(stale, []string{"li.ming"}) {
			t.Errorf("%v", stale)
		}
	})
}

func TestTheRulesOfSigningInAreTheSecurityAdministratorsAndStayInBounds(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		o := manned(t, url)
		ctx, sec := t.Context(), o.enter("sec").Actor
		if err := o.RuleChange(ctx, o.enter("sys").Actor, "idle_minutes", 10, 30); codeOf(err) != "DENIED" {
			t.Errorf("by the system administrator: %v", err)
		}
		for _, c := range []struct {
			name        string
			value, seen int
			want        string
		}{{"password_length", 9, 10, "RULE_OUT_OF_BOUNDS"}, {"idle_minutes", 61, 30, "RULE_OUT_OF_BOUNDS"}, {"fly", 1, 0, "RULE_UNKNOWN_NAME"}, {"idle_minutes", 10, 30, ""},
			{"password_days", 30, 90, ""}, {"one_session", 1, 0, ""}, {"lock_failures", 3, 5, ""}} {
			if err := o.RuleChange(ctx, sec, c.name, c.value, c.seen); codeOf(err) != c.want {
				t.Errorf("%s %d: %v", c.name, c.value, err)
			}
		}
		first, second := o.enter("sys").Token, o.enter("sys").Token
		if _, err := o.Resume(ctx, first); codeOf(err) != "SESSION_ENDED" {
			t.Errorf("one session a person: %v", err)
		}
		o.now = o.now.Add(10 * time.Minute)
		if _, err := o.Resume(ctx, second); codeOf(err) != "SESSION_ENDED" {
			t.Errorf("idle ten minutes: %v", err)
		}
		for range 3 {
			o.now = o.now.Add(5 * time.Second)
			_, _ = o.SignIn(ctx, Credentials{Login: "aud"})
		}
		o.now = o.now.Add(10 * time.Minute)
		if _, err := o.SignIn(ctx, o.credentials("aud")); codeOf(err) != "SIGN_IN_WAIT" {
			t.Errorf("locked after three: %v", err)
		}
		o.now = o.now.AddDate(0, 0, 30)
		if !o.enter("sec").MustChange {
			t.Error("after thirty days the password must be changed")
		}
	})
}

// Several nodes share one lock: tries at the same moment are counted one by one.
func TestManyTriesAtOnceAreNoMoreThanTheRuleAllows(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		o := manned(t, url)
		o.now = o.now.Add(time.Minute)
		now := o.now
		o.Clock = func() time.Time { return now }
		var wg sync.WaitGroup
		var tried atomic.Int64
		for range 12 {
			wg.Go(func() {
				if _, err := o.SignIn(t.Context(), Credentials{Login: "sys", Password: "wrong"}); codeOf(err) == "SIGN_IN_FAILED" {
					tried.Add(1)
				}
			})
		}
		wg.Wait()
		if n := tried.Load(); n != 2 { // the second failure asks for a second's delay
			t.Errorf("%d tries in one moment", n)
		}
	})
}
