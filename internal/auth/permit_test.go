package auth

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ganlan/fault"
)

func codeOf(err error) string {
	for _, f := range fault.From(err) {
		return f.Code()
	}
	return ""
}

func actor(role Role, area string, org int64) Actor {
	return Actor{ID: 1, Org: org, Strong: true, Grants: []Grant{{role, org, area}}}
}

func TestAnAreaReachesItsOwnAndBelowNeverSidewaysOrUp(t *testing.T) {
	for _, c := range []struct {
		area, of string
		want     bool
	}{{"330783001000", "330783", true}, {"330783", "330783", true}, {"330783", "330700", true}, {"330783", "330000", true}, {"330783", "330783001000", false},
		{"330784", "330783", false}, {"330784001000", "330783", false}, {"340000", "330000", false}, {"330783001002", "330783001000", true},
		{"330783002001", "330783001000", false}, {"", "330783", false}, {"330783", "", false}, {"330783000000", "330783", true}} {
		if got := Within(c.area, c.of); got != c.want {
			t.Errorf("%s within %s: %v", c.area, c.of, got)
		}
	}
}

func TestABankSeesItsOwnLoansAndFinanceThoseOfItsCounty(t *testing.T) {
	bank, finance := actor(BankOfficer, "330783", 7), actor(FinanceHandler, "330783", 1)
	for _, c := range []struct {
		who  Actor
		at   Place
		want string
	}{{bank, Place{Area: "330783001000", Org: 7}, ""}, {bank, Place{Area: "330783001000", Org: 8}, "DENIED"}, {bank, Place{Area: "330784", Org: 7}, "DENIED"},
		{finance, Place{Area: "330783001000", Org: 8}, ""}, {finance, Place{Area: "330784", Org: 1}, "DENIED"}, {Actor{}, Place{Area: "330783"}, "DENIED"}} {
		if got := codeOf(c.who.May(FactsRead, c.at)); got != c.want {
			t.Errorf("%v at %v: %q, want %q", c.who.Grants, c.at, got, c.want)
		}
	}
}

func TestMakerAndCheckerDifferAndMoneyNeedsASecondFactor(t *testing.T) {
	a := actor(FinanceReviewer, "330783", 1)
	at := Place{Area: "330783", Org: 1, Maker: 2}
	if err := a.May(SchemeApprove, at); err != nil {
		t.Error(err)
	}
	at.Maker = a.ID
	if err := a.May(SchemeApprove, at); codeOf(err) != "SAME_PERSON" {
		t.Error(err)
	}
	a.Strong, at.Maker = false, 2
	if err := a.May(SchemeApprove, at); codeOf(err) != "SECOND_FACTOR_NEEDED" {
		t.Error(err)
	}
}

func TestAnAdministratorHoldsNoOtherRole(t *testing.T) {
	for _, c := range []struct {
		held []Role
		ok   bool
	}{{[]Role{SystemAdmin}, true}, {[]Role{FinanceHandler, Verifier}, true}, {[]Role{SystemAdmin, SecurityAdmin}, false}, {[]Role{AuditAdmin, FinanceHead}, false}} {
		if err := Together(c.held); (err == nil) != c.ok {
			t.Errorf("%v: %v", c.held, err)
		}
	}
	for _, r := range Rights {
		for _, role := range r.Roles {
			business := strings.HasPrefix(string(r.Act), "facts.") || strings.HasPrefix(string(r.Act), "scheme.")
			if business && (role == SystemAdmin || role == SecurityAdmin || role == AuditAdmin) {
				t.Errorf("%s may %s", role, r.Act)
			}
		}
	}
}

// meets decides a filter's condition over one row, as a database would.
func meets(t *rapid.T, cond string, args []any, at Place) bool {
	switch cond {
	case "1 = 1":
		return true
	case "1 = 0":
		return false
	}
	i := 0
	for _, part := range strings.Split(cond, " or ") {
		low, high := args[i].(string), args[i+1].(string)
		i += 2
		ok := at.Area >= low && at.Area < high
		if strings.Contains(part, "org = ") {
			ok = ok && at.Org == args[i].(int64)
			i++
		}
		if ok {
			return true
		}
	}
	return false
}

func TestAListShowsJustWhatTheActorMaySeeOneByOne(t *testing.T) {
	areas := []string{"330000", "330700", "330783", "330784", "330783001000", "330783001002", "340000", "99", ""}
	rapid.Check(t, func(t *rapid.T) {
		a := Actor{ID: 1, Strong: rapid.Bool().Draw(t, "strong")}
		for range rapid.IntRange(0, 3).Draw(t, "grants") {
			a.Grants = append(a.Grants, Grant{rapid.SampledFrom(roles).Draw(t, "role").Role, rapid.Int64Range(1, 3).Draw(t, "org"), rapid.SampledFrom(areas).Draw(t, "area")})
		}
		act := rapid.SampledFrom(Rights).Draw(t, "act").Act
		at := Place{Area: rapid.SampledFrom(areas[:7]).Draw(t, "at"), Org: rapid.Int64Range(1, 3).Draw(t, "of"), Maker: 9}
		cond, args := a.Filter(act, "area", "org", 1)
		if got, want := meets(t, cond, args, at), a.May(act, at) == nil; got != want {
			t.Fatalf("%v %s at %v: the list says %v, the act %v (%s %v)", a.Grants, act, at, got, want, cond, args)
		}
	})
}
