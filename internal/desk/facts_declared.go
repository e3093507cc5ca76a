package desk

import (
	"context"
	"slices"

	"ganlan/bankfile"
	"ganlan/fault"
	"ganlan/figure"
	"ganlan/internal/auth"
	"ganlan/internal/calc"
	"ganlan/internal/store"
	"ganlan/scheme"
)

var faultDeclaredTwice = &fault.Def{Code: "FACT_DECLARED_TWICE", What: "方案 {scheme} 把数据项“{fact}”声明为 {type}，方案 {other} 声明为 {was}", Do: "修改其中一个方案的数据项名称后重新登记",
	WhatEn: "the scheme {scheme} declares the fact {fact} as {type}, the scheme {other} as {was}", DoEn: "rename one of them and record that scheme anew"}

// declared is the profile that also reads what the recorded schemes of an area declare. A file may be of loans that only one
// of them is about: what a scheme needs is asked for when it is calculated.
func (d *Desk) declared(ctx context.Context, p *bankfile.Profile, area string) (*bankfile.Profile, error) {
	var all []store.SchemeVersion
	now := d.Clock()
	err := d.DB.Look(ctx, now, func(tx *store.Tx) error {
		return store.EachSchemeVersion(ctx, tx, d.Ring, now.UnixMilli(), "1 = 1", nil, func(v store.SchemeVersion) error {
			if v.Kind == string(scheme.Interest) && (auth.Within(area, v.Area) || auth.Within(v.Area, area)) {
				all = append(all, v)
			}
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	var facts figure.Facts
	from := map[string]string{}
	slices.Reverse(all) // what was said last of a scheme comes first
	for _, v := range all {
		f, err := d.schemeFolder(ctx, v)
		if err != nil {
			return nil, err
		}
		rules, _ := calc.LoadRules(f, nil)
		s, ok := rules.(*scheme.Scheme)
		if !ok {
			continue
		}
		for _, x := range s.Facts {
			if facts, err = declare(facts, x, from, v.Scheme); err != nil {
				return nil, err
			}
		}
	}
	return p.WithFacts(facts), nil
}

// declare adds a fact. One that another scheme declares with other bounds is read by its type alone; an older version of
// the same scheme says nothing new of it.
func declare(facts figure.Facts, x figure.Fact, from map[string]string, id string) (figure.Facts, error) {
	x.Need = false
	was := facts.Find(x.Key)
	switch {
	case was == nil:
		from[x.Key] = id
		return append(facts, x), nil
	case from[x.Key] == id:
		return facts, nil
	case was.Type != x.Type:
		return nil, faultDeclaredTwice.New().Set("scheme", id).Set("fact", x.Key).Set("type", x.Type).Set("other", from[x.Key]).Set("was", was.Type)
	}
	if was.Min != x.Min || was.Max != x.Max || !slices.Equal(was.In, x.In) {
		*was = figure.Fact{Key: x.Key, Type: x.Type, Zh: was.Zh, En: was.En, Titles: was.Titles}
	}
	was.Titles = append(append(slices.Clone(was.Titles), x.Zh, x.En), x.Titles...)
	return facts, nil
}
