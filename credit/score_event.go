package credit

import (
	"cmp"
	"math/big"
	"slices"
	"strings"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/rule"
)

// EventKind is what happened to a household's credit.
type EventKind string

// Repayment on time and default move the score by the card's step; credit-up and credit-down (增信、减信) bear their own
// points and reason (PX1-6, PX8-4.2c).
const (
	OnTime  EventKind = "on_time"
	Default EventKind = "default"
	Up      EventKind = "up"
	Down    EventKind = "down"
)

// Known lists the words.
func (EventKind) Known() []string {
	return []string{string(OnTime), string(Default), string(Up), string(Down)}
}

var eventWords = map[EventKind][2]string{OnTime: {"按期还款", "repaid on time"}, Default: {"违约", "default"}, Up: {"增信", "credit-up"},
	Down: {"减信", "credit-down"}}

// Event is one thing that moves credit.
type Event struct {
	On           day.Date  `rule:"on,need"`
	Kind         EventKind `rule:"kind,need"`
	Points       Points    `rule:"points"`        // of credit-up and credit-down; above zero
	Reason       string    `rule:"reason"`        // of credit-up and credit-down
	ForceMajeure bool      `rule:"force_majeure"` // a default that does not count (PX3-4.3b)
}

// Change is a grade changed by hand: to which grade, why, by whom.
type Change struct {
	Grade  string `rule:"grade"` // empty: no grade
	Reason string `rule:"reason"`
	By     string `rule:"by"`
}

func (e *Event) check() *fault.Fault {
	hand := e.Kind == Up || e.Kind == Down
	text := ""
	switch {
	case !slices.Contains(e.Kind.Known(), string(e.Kind)):
		text = string(e.Kind)
	case hand && (e.Points.rat().Sign() <= 0 || strings.TrimSpace(e.Reason) == ""):
		text = "points / reason"
	case !hand && e.Points.Given():
		text = "points"
	}
	if text == "" {
		return nil
	}
	return FaultEvent.New().Set("date", e.On).Set("text", text)
}

// moves is what the event does to the score.
func (d *Dynamics) moves(e *Event) *big.Rat {
	step := d.ScoreStep.Or(Points{}).rat()
	switch {
	case e.Kind == Up:
		return e.Points.rat()
	case e.Kind == Down:
		return new(big.Rat).Neg(e.Points.rat())
	case e.Kind == OnTime:
		return step
	case e.ForceMajeure:
		return new(big.Rat)
	}
	return new(big.Rat).Neg(step)
}

// sorted are the events up to the subject's day, later ones do not count yet; by date and then by what they are, so that
// their order as given is free.
func (s *Subject) sorted() []Event {
	out := slices.DeleteFunc(slices.Clone(s.Events), func(e Event) bool { return s.On != 0 && e.On > s.On })
	slices.SortFunc(out, func(a, b Event) int {
		return cmp.Or(cmp.Compare(a.On, b.On), cmp.Compare(a.Kind.rank(), b.Kind.rank()), a.Points.rat().Cmp(b.Points.rat()), cmp.Compare(a.Reason, b.Reason))
	})
	return out
}

// rank orders events of one day: a default comes after repayment on time, so that it decides.
func (k EventKind) rank() int { return slices.Index(k.Known(), string(k)) }

// rateSteps is how many steps the next loan's rate moves: below zero after repayment on time.
func (d *Dynamics) rateSteps(events []Event) (n int64) {
	for i := range events {
		e := &events[i]
		step := map[EventKind]int64{OnTime: -1, Default: 1}[e.Kind]
		if step == 0 || e.ForceMajeure {
			continue
		}
		if d.RateBy.Or(ByLast) == ByEach {
			step += n
		}
		n = step
	}
	return n
}

func citeOf[T any](v *rule.Single[T]) string {
	if !v.Given() {
		return ""
	}
	return v.First().Text()
}
