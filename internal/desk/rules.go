package desk

import (
	"context"
	"strconv"
	"time"

	"ganlan/internal/auth"
	"ganlan/internal/store"
)

// signRules are the rules of signing in, as the settings have them.
type signRules struct {
	passwords auth.PasswordRule
	locks     auth.LockRule
	sessions  auth.SessionRule
}

// Rule is a setting of signing in: a whole number within bounds. Bounds keep it at what GB/T 22239-2019 8.1.4.1 asks for.
type Rule struct {
	Name        string `json:"name"`
	Least, Most int    `json:"-"`
	Usual       int    `json:"usual"`
	Value       int    `json:"value"`

	set func(*signRules, int)
}

var ruleList = []Rule{
	{"password_days", 0, 365, auth.Passwords.Days, 0, func(r *signRules, n int) { r.passwords.Days = n }}, // 0: never
	{"password_length", auth.Passwords.Least, 64, auth.Passwords.Least, 0, func(r *signRules, n int) { r.passwords.Least = n }},
	{"lock_failures", 3, 10, auth.Locks.Failures, 0, func(r *signRules, n int) { r.locks.Failures = n }},
	{"lock_minutes", 5, 240, 15, 0, func(r *signRules, n int) { r.locks.Lock = time.Duration(n) * time.Minute }},
	{"idle_minutes", 5, 60, 30, 0, func(r *signRules, n int) { r.sessions.Idle = time.Duration(n) * time.Minute }},
	{"session_hours", 1, 24, 12, 0, func(r *signRules, n int) { r.sessions.Absolute = time.Duration(n) * time.Hour }},
	{"one_session", 0, 1, 0, 0, func(r *signRules, n int) { r.sessions.One = n == 1 }},
}

// ruleValues are the rules with their values. A value out of bounds, which the program cannot have written, counts as usual.
func ruleValues(ctx context.Context, tx *store.Tx) ([]Rule, error) {
	set, err := store.Settings(ctx, tx)
	out := append([]Rule(nil), ruleList...)
	for i := range out {
		r := &out[i]
		n, bad := strconv.Atoi(set[r.Name])
		if r.Value = n; bad != nil || n < r.Least || n > r.Most {
			r.Value = r.Usual
		}
	}
	return out, err
}

func rulesNow(ctx context.Context, tx *store.Tx) (signRules, error) {
	out := signRules{auth.Passwords, auth.Locks, auth.Sessions}
	list, err := ruleValues(ctx, tx)
	for _, r := range list {
		r.set(&out, r.Value)
	}
	return out, err
}

// Rules are the rules of signing in and their values.
func (d *Desk) Rules(ctx context.Context, who auth.Actor) (list []Rule, err error) {
	err = d.look(ctx, who, auth.AccountRead, auth.Place{}, func(tx *store.Tx) error {
		list, err = ruleValues(ctx, tx)
		return err
	})
	return list, err
}

// RuleChange sets a rule from now on; seen is the value that the actor has seen. Someone else's change in between is told.
func (d *Desk) RuleChange(ctx context.Context, who auth.Actor, name string, value, seen int) error {
	on := &Object{Kind: "rule", ID: name}
	return d.act(ctx, who, auth.RuleChange, auth.Place{}, on, func(tx *store.Tx) (any, error) {
		list, err := ruleValues(ctx, tx)
		if err != nil {
			return nil, err
		}
		for _, r := range list {
			if r.Name != name {
				continue
			}
			if value < r.Least || value > r.Most {
				return nil, FaultRuleValue.New().Set("name", name).Set("least", r.Least).Set("most", r.Most)
			}
			if on.Before = r.Value; r.Value != seen {
				return nil, store.FaultChanged.New()
			}
			set, err := store.Settings(ctx, tx)
			if err != nil {
				return nil, err
			}
			return value, store.ChangeSetting(ctx, tx, name, set[name], strconv.Itoa(value))
		}
		return nil, FaultNoRule.New().Set("name", name)
	})
}
