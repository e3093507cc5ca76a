package store

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"ganlan/internal/auth"
	"ganlan/internal/seal"
	"ganlan/internal/storetest"
)

func newRing(t testing.TB) *seal.Ring {
	t.Helper()
	m, err := seal.NewMaster()
	if err != nil {
		t.Fatal(err)
	}
	var keys []seal.WrappedKey
	for i, kind := range []seal.KeyKind{seal.ValueKey, seal.IndexKey} {
		k, err := m.NewKey(int64(i+1), kind)
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, k)
	}
	r, err := seal.NewRing(m, keys)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// do runs a transaction that must succeed.
func do(t testing.TB, db *DB, at time.Time, act func(*Tx) error) {
	t.Helper()
	if err := db.Do(t.Context(), at, act); err != nil {
		t.Fatal(err)
	}
}

func TestAnAccountKeepsItsHistoryAndASecondEditorIsTold(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db, ring, ctx := opened(t, t.TempDir(), url), newRing(t), t.Context()
		li := Account{ID: 7, Login: "li", Name: "李明", Org: 1, MadeAt: morning.UnixMilli()}
		do(t, db, morning, func(tx *Tx) error { return AddAccount(ctx, tx, ring, li) })
		if err := db.Do(ctx, morning, func(tx *Tx) error { return AddAccount(ctx, tx, ring, Account{ID: 8, Login: "li"}) }); codeOf(err) != "LOGIN_TAKEN" {
			t.Errorf("a second account of the login: %v", err)
		}
		var read Account
		do(t, db, morning, func(tx *Tx) (err error) { read, _, err = AccountByLogin(ctx, tx, ring, "li"); return err })
		suspend := func(tx *Tx) error {
			if err := SupersedeAccount(ctx, tx, ring, read); err != nil {
				return err
			}
			next := read
			next.Suspended, next.RecordedBy = true, 3
			return AddAccount(ctx, tx, ring, next)
		}
		do(t, db, morning.Add(time.Hour), suspend)
		if err := db.Do(ctx, morning.Add(2*time.Hour), suspend); codeOf(err) != "CHANGED_SINCE" {
			t.Errorf("the second editor: %v", err)
		}
		do(t, db, morning.Add(3*time.Hour), func(tx *Tx) error {
			for _, c := range []struct {
				at   time.Time
				want string
			}{{morning.Add(-1), "[]"}, {morning.Add(time.Minute), "[false]"}, {morning.Add(time.Hour), "[true]"}} {
				list, err := Accounts(ctx, tx, ring, c.at.UnixMilli(), "id = $1", []any{7})
				var got []bool
				for _, a := range list {
					got = append(got, a.Suspended)
				}
				if err != nil || fmt.Sprint(got) != c.want {
					t.Errorf("suspended as known at %s: %v %v, want %s", c.at, got, err, c.want)
				}
			}
			return nil
		})
	})
}

// GB/T 22239-2019 8.1.4.7: rights are bound to a key that the database does not hold.
func TestARightThatTheProgramDidNotWriteIsNoRight(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db, ring, ctx := opened(t, t.TempDir(), url), newRing(t), t.Context()
		var g Grant
		do(t, db, morning, func(tx *Tx) (err error) {
			g, err = AddGrant(ctx, tx, ring, Grant{Account: 7, Role: "village_officer", Org: 1, Area: "330783001002", UntilAt: Current, RecordedBy: 2})
			if err != nil {
				return err
			}
			if err := AddAccount(ctx, tx, ring, Account{ID: 7, Login: "li", Suspended: true}); err != nil {
				return err
			}
			_, err = AddRequest(ctx, tx, ring, Request{What: "grant.give", Account: 7, Detail: "{}", AskedBy: 2})
			return err
		})
		for name, forge := range map[string]string{
			"role": "update account_grant set role = 'finance_head'", "area": "update account_grant set area = '330000'", "account": "update account_grant set account = 8",
			"org": "update account_grant set org = 9", "until": "update account_grant set until_at = 5", "giver": "update account_grant set recorded_by = 7",
			"ended": "update account_grant set superseded_at = 4611686018427387903", "suspended": "update account set suspended = 0", "asker": "update account_request set asked_by = 9"} {
			err := db.Do(ctx, morning, func(tx *Tx) error {
				if _, err := exec(ctx, tx, forge); err != nil {
					return err
				}
				if _, err := AllGrants(ctx, tx, ring); err != nil {
					return err
				}
				if _, err := OpenRequests(ctx, tx, ring, 0); err != nil {
					return err
				}
				_, _, err := AccountByID(ctx, tx, ring, 7)
				return err
			})
			if codeOf(err) != "ROW_FORGED" {
				t.Errorf("%s changed: %v", name, err)
			}
		}
		do(t, db, morning.Add(time.Hour), func(tx *Tx) error { return EndGrant(ctx, tx, ring, g, 3) })
		if err := db.Do(ctx, morning, func(tx *Tx) error { return EndGrant(ctx, tx, ring, g, 3) }); codeOf(err) != "CHANGED_SINCE" {
			t.Errorf("a grant ended twice: %v", err)
		}
	})
}

func TestAGrantHoldsFromWhenItWasGivenUntilItEndsAsKnownThen(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db, ring, ctx := opened(t, t.TempDir(), url), newRing(t), t.Context()
		open := Grant{Account: 7, Role: "auditor", Org: 1, Area: "330783", UntilAt: Current, RecordedBy: 2}
		short := open
		short.UntilAt = morning.Add(3 * time.Hour).UnixMilli()
		do(t, db, morning, func(tx *Tx) (err error) { open, err = AddGrant(ctx, tx, ring, open); return err })
		do(t, db, morning.Add(time.Hour), func(tx *Tx) (err error) { short, err = AddGrant(ctx, tx, ring, short); return err })
		do(t, db, morning.Add(2*time.Hour), func(tx *Tx) error { return EndGrant(ctx, tx, ring, open, 2) })
		for h, want := range [][]int64{{open.ID}, {open.ID, short.ID}, {short.ID}, nil} {
			do(t, db, morning.Add(5*time.Hour), func(tx *Tx) error {
				list, err := GrantsOf(ctx, tx, ring, 7, morning.Add(time.Duration(h)*time.Hour).UnixMilli())
				var got []int64
				for _, g := range list {
					got = append(got, g.ID)
				}
				if !slices.Equal(got, want) {
					t.Errorf("after %d hours: %v, want %v", h, got, want)
				}
				return err
			})
		}
	})
}

func TestPasswordsAndFactorsAreSealedAndBoundToTheirAccount(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db, ring, ctx := opened(t, t.TempDir(), url), newRing(t), t.Context()
		do(t, db, morning, func(tx *Tx) error {
			for i := range 7 {
				if err := SetPassword(ctx, tx, ring, 7, fmt.Sprint("$digest", i), i == 6, 2); err != nil {
					return err
				}
			}
			if err := SetPassword(ctx, tx, ring, 8, "$other", false, 8); err != nil {
				return err
			}
			return SetFactor(ctx, tx, ring, 7, "GEZDGNBVGY3TQOJQ")
		})
		do(t, db, morning, func(tx *Tx) error {
			list, err := Passwords(ctx, tx, ring, 7, 5)
			if len(list) != 5 || list[0] != (Password{"$digest6", true, morning.UnixMilli()}) || list[4].Digest != "$digest2" {
				t.Errorf("%v", list)
			}
			var plain int
			if _, err := one(ctx, tx, "select count(*) from account_password where sealed like '%digest%'", nil, &plain); err != nil || plain != 0 {
				t.Errorf("%d plain, %v", plain, err)
			}
			return err
		})
		for name, forge := range map[string]string{
			"password": "update account_password set sealed = (select sealed from account_password where account = 8) where account = 7",
			"account":  "update account_password set account = 7, superseded_at = 5 where account = 8",
			"factor":   "update account_factor set account = 8"} {
			err := db.Do(ctx, morning, func(tx *Tx) error {
				if _, err := exec(ctx, tx, forge); err != nil {
					return err
				}
				if _, err := Passwords(ctx, tx, ring, 7, 9); err != nil {
					return err
				}
				_, _, err := FactorOf(ctx, tx, ring, 8)
				return err
			})
			if codeOf(err) != "SEALED_VALUE_BROKEN" {
				t.Errorf("%s moved: %v", name, err)
			}
		}
	})
}

func TestAStepOfTimeCodesIsUsedOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db, ring, ctx := opened(t, t.TempDir(), url), newRing(t), t.Context()
		do(t, db, morning, func(tx *Tx) error {
			if err := SetFactor(ctx, tx, ring, 7, "GEZDGNBVGY3TQOJQ"); err != nil {
				return err
			}
			f, ok, err := FactorOf(ctx, tx, ring, 7)
			if err != nil || !ok || f.Confirmed {
				t.Errorf("%+v %v %v", f, ok, err)
			}
			for _, c := range []struct {
				step int64
				want bool
			}{{100, true}, {100, false}, {99, false}, {101, true}} {
				if ok, err := UseStep(ctx, tx, f.ID, c.step); ok != c.want || err != nil {
					t.Errorf("step %d: %v %v", c.step, ok, err)
				}
			}
			f, _, err = FactorOf(ctx, tx, ring, 7)
			if !f.Confirmed || f.Step != 101 {
				t.Errorf("%+v", f)
			}
			return err
		})
	})
}

func TestASetupCodeIsUsedOnceAndOnlyTheLastOne(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db, ctx := opened(t, t.TempDir(), url), t.Context()
		do(t, db, morning, func(tx *Tx) error {
			if err := AddSetupCode(ctx, tx, "first"); err != nil {
				return err
			}
			return AddSetupCode(ctx, tx, "second")
		})
		for _, c := range []struct {
			digest string
			since  time.Time
			want   bool
		}{{"first", morning, false}, {"second", morning.Add(time.Hour), false}, {"second", morning, true}, {"second", morning, false}} {
			do(t, db, morning.Add(time.Hour), func(tx *Tx) error {
				if ok, err := UseSetupCode(ctx, tx, c.digest, c.since.UnixMilli()); ok != c.want || err != nil {
					t.Errorf("%+v: %v %v", c, ok, err)
				}
				return nil
			})
		}
	})
}

// Whatever the actor and the act: the rows that a list shows are those that the act may touch, one by one, in the database
// itself.
func TestNoListReachesARowOutsideAreaAndOrganisation(t *testing.T) {
	areas := []string{"330000", "330700", "330783", "330784", "330789", "330789001000", "330783001000", "330783001002", "330783002000", "340000", "990000", "999999"}
	var roles []auth.Role
	for _, r := range append(auth.KnownRoles(), string(auth.Job)) {
		roles = append(roles, auth.Role(r))
	}
	storetest.Each(t, func(t *testing.T, url string) {
		db, ctx := opened(t, t.TempDir(), url), t.Context()
		var all []Org
		do(t, db, morning, func(tx *Tx) error {
			for i, area := range areas {
				for n := range 3 {
					o := Org{ID: int64(3*i + n + 1), Name: fmt.Sprint("机构", n), Kind: "bank", Area: area}
					all = append(all, o)
					if err := AddOrg(ctx, tx, o); err != nil {
						return err
					}
				}
			}
			return nil
		})
		rapid.Check(t, func(rt *rapid.T) {
			a := auth.Actor{ID: 1, Strong: rapid.Bool().Draw(rt, "strong"), Console: rapid.Bool().Draw(rt, "console")}
			for range rapid.IntRange(0, 3).Draw(rt, "grants") {
				a.Grants = append(a.Grants, auth.Grant{Role: rapid.SampledFrom(roles).Draw(rt, "role"), Org: rapid.Int64Range(1, int64(len(all))).Draw(rt, "org"),
					Area: rapid.SampledFrom(append(areas, "")).Draw(rt, "area")})
			}
			act := rapid.SampledFrom(auth.Rights).Draw(rt, "act").Act
			where, args := a.Filter(act, "area", "id", 1)
			got := map[int64]bool{}
			err := db.Look(ctx, morning, func(tx *Tx) error {
				list, err := Orgs(ctx, tx, morning.UnixMilli(), where, args)
				for _, o := range list {
					got[o.ID] = true
				}
				return err
			})
			if err != nil {
				rt.Fatal(err)
			}
			for _, o := range all {
				if may := a.May(act, auth.Place{Area: o.Area, Org: o.ID, Maker: 99}) == nil; may != got[o.ID] {
					rt.Fatalf("%v %s on %d in %s: the act says %v, the list %v", a.Grants, act, o.ID, o.Area, may, got[o.ID])
				}
			}
		})
	})
}
