package desk

import (
	"context"
	"strconv"
	"time"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/ident"
	"ganlan/internal/auth"
	"ganlan/internal/store"
	"ganlan/loan"
)

// Fact is a contract as it was known at a time, with what belongs to it. Numbers of persons and accounts are masked.
type Fact struct {
	Rev, ID, Org int64
	Area         string
	Contract     loan.Contract
	store.Lines
}

// FactsKnown gives the contracts in the actor's reach as they were known at a time, in the order of their numbers.
func (d *Desk) FactsKnown(ctx context.Context, who auth.Actor, known time.Time, see func(Fact) error) error {
	reach, args := who.Filter(auth.FactsRead, "area", "org", 2)
	return d.DB.Look(ctx, d.Clock(), func(tx *store.Tx) error {
		return store.EachContract(ctx, tx, known.UnixMilli(), reach, args, func(c *store.Contract) error {
			f, err := d.masked(c)
			if err != nil {
				return err
			}
			return see(f)
		})
	})
}

// FactOf is one contract of an organisation with its ledger, notes and fees as known at a time.
func (d *Desk) FactOf(ctx context.Context, who auth.Actor, org int64, no string, known time.Time) (f Fact, err error) {
	c, err := d.contractKnown(ctx, who, org, no, known)
	if err != nil {
		return f, err
	}
	err = d.look(ctx, who, auth.FactsRead, auth.Place{Area: c.Area, Org: c.Org}, func(tx *store.Tx) error {
		f, err = d.factOf(ctx, tx, &c, known.UnixMilli())
		return err
	})
	return f, err
}

// factOf is a contract with its lines as known at a time, checked and masked.
func (d *Desk) factOf(ctx context.Context, tx *store.Tx, c *store.Contract, at int64) (f Fact, err error) {
	if f, err = d.masked(c); err != nil {
		return f, err
	}
	f.Lines, err = d.linesOf(ctx, tx, c, at)
	return f, err
}

var faultNotYet = &fault.Def{Code: "NOT_KNOWN_THEN", What: "合同 {contract} 在 {known} 时还没有记录，最早记录于 {first}", Do: "询问该时间之后的情况",
	WhatEn: "contract {contract} was not on record on {known}; the first record of it is of {first}", DoEn: "ask for a later time"}

// contractKnown is a contract for the desk itself. What is not there has no place, where nobody may do anything; whoever may
// read it now is told that it was not known yet.
func (d *Desk) contractKnown(ctx context.Context, who auth.Actor, org int64, no string, known time.Time) (out store.Contract, err error) {
	err = d.DB.Look(ctx, d.Clock(), func(tx *store.Tx) error {
		err := store.EachContract(ctx, tx, known.UnixMilli(), "org = $2 and no = $3", []any{org, no}, func(c *store.Contract) error { out = *c; return nil })
		if err != nil || out.Rev != 0 {
			return err
		}
		var all []store.Contract
		if err := store.RevisionsOf(ctx, tx, org, no, func(c *store.Contract) error { all = append(all, *c); return nil }); err != nil || len(all) == 0 {
			return err
		}
		if last := &all[len(all)-1]; who.May(auth.FactsRead, auth.Place{Area: last.Area, Org: last.Org}) != nil {
			return nil
		}
		return faultNotYet.New().Set("contract", no).Set("known", moment(known.UnixMilli())).Set("first", moment(all[0].Recorded))
	})
	return out, err
}

// moment is a time in a sentence, as the offices' clocks show it.
func moment(ms int64) string {
	return time.UnixMilli(ms).In(time.FixedZone("", 8*60*60)).Format(time.DateTime) + " (UTC+8)"
}

// masked is a contract as it may be shown.
func (d *Desk) masked(c *store.Contract) (Fact, error) {
	open, err := d.opened(c)
	open.IDNo, open.Account = ident.Mask(open.IDNo), ident.Mask(open.Account)
	return Fact{Rev: c.Rev, ID: c.ID, Org: c.Org, Area: c.Area, Contract: open}, err
}

var faultWhy = &fault.Def{Code: "REVEAL_WHY", What: "查看证件号、账号全号要写明理由", Do: "写上办理事项",
	WhatEn: "whole numbers are shown for a stated reason only", DoEn: "say what they are needed for"}

// FactsReveal shows the whole numbers of a contract's borrower. The audit keeps who saw them and why.
func (d *Desk) FactsReveal(ctx context.Context, who auth.Actor, org int64, no, why string) (id, account string, err error) {
	c, err := d.contractKnown(ctx, who, org, no, d.Clock())
	if err != nil {
		return "", "", err
	}
	on := &Object{Kind: "contract", ID: strconv.FormatInt(c.ID, 10), Reason: why}
	err = d.act(ctx, who, auth.FactsReveal, auth.Place{Area: c.Area, Org: c.Org}, on, func(*store.Tx) (any, error) {
		if why == "" {
			return nil, faultWhy.New()
		}
		open, err := d.opened(&c)
		id, account = open.IDNo, open.Account
		return nil, err
	})
	if err != nil {
		return "", "", err
	}
	return id, account, nil
}

// FactsOfPerson gives the contracts of an identity number in the actor's reach, as they are, without any number being read.
func (d *Desk) FactsOfPerson(ctx context.Context, who auth.Actor, idNo string) (out []Fact, err error) {
	now := d.Clock()
	reach, args := who.Filter(auth.FactsRead, "area", "org", 3)
	err = d.DB.Look(ctx, now, func(tx *store.Tx) error {
		return store.EachContract(ctx, tx, now.UnixMilli(), "id_index = $2 and "+reach, append([]any{d.index("id_no", idNo)}, args...), func(c *store.Contract) error {
			f, err := d.masked(c)
			out = append(out, f)
			return err
		})
	})
	return out, err
}

// Listed are the days on which a household was on an area's name list, as known at a time.
func (d *Desk) Listed(ctx context.Context, who auth.Actor, area, household string, known time.Time) (out []day.Span, err error) {
	err = d.look(ctx, who, auth.FactsRead, auth.Place{Area: area, Org: who.Org}, func(tx *store.Tx) error {
		return store.Intervals.Each(ctx, tx, d.Ring, known.UnixMilli(), area, household, func(x *store.AreaRow[day.Span]) error { out = append(out, x.Says); return nil })
	})
	return out, err
}
