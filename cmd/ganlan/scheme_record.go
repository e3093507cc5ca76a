package main

import (
	"context"
	"fmt"
	"strconv"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/internal/auth"
	"ganlan/internal/desk"
	"ganlan/internal/store"
)

var (
	faultNoSuchVersion = &fault.Def{Code: "VERSION_UNKNOWN", What: "没有等待批准的方案版本“{id}”", Do: "用 ganlan scheme versions 查看编号",
		WhatEn: "no version {id} of a scheme waits to be approved", DoEn: "see the numbers with ganlan scheme versions"}
	faultManyVersions = &fault.Def{Code: "VERSION_AMBIGUOUS", What: "方案“{id}”有几个版本等待批准：{known}", Do: "写明编号",
		WhatEn: "several versions of {id} wait to be approved: {known}", DoEn: "give the number"}
)

type schemeRecord struct {
	signFlags
	ID       string `arg:"" help:"Scheme id or folder."`
	From     string `required:"" help:"First day for which it holds, once approved." placeholder:"DAY"`
	Document int64  `required:"" help:"Number of the policy document that it rests upon, as ganlan document list shows it." placeholder:"N"`
}

// Run keeps the scheme's folder as a version.
func (c *schemeRecord) Run(g *globals) error {
	f, err := g.folder(c.ID)
	if err != nil {
		return err
	}
	from, err := day.Parse(c.From)
	if err != nil {
		return exit(exitUsage, err)
	}
	return c.signed(g, func(ctx context.Context, d *desk.Desk, who auth.Actor) error {
		v, err := d.SchemeRecord(ctx, who, f, from, c.Document)
		if err != nil {
			return err
		}
		return g.sayVersions([]store.SchemeVersion{v})
	})
}

type schemeApprove struct {
	signFlags
	ID  string `arg:"" help:"Number of the version, or its scheme when only one version of it waits."`
	Rev int64  `help:"State of it that you have seen, as versions prints it; the last one without." placeholder:"N"`
}

// Run approves a version that another person recorded.
func (c *schemeApprove) Run(g *globals) error {
	return c.signed(g, func(ctx context.Context, d *desk.Desk, who auth.Actor) error {
		all, err := d.SchemeVersions(ctx, who, d.Clock())
		if err != nil {
			return err
		}
		id, err := c.version(all)
		if err != nil {
			return err
		}
		rev := c.Rev
		for _, v := range all {
			if v.ID == id && rev == 0 {
				rev = v.Rev
			}
		}
		v, err := d.SchemeApprove(ctx, who, id, rev)
		if err != nil {
			return err
		}
		return g.sayVersions([]store.SchemeVersion{v})
	})
}

// version is the number of the version that is meant.
func (c *schemeApprove) version(all []store.SchemeVersion) (id int64, err error) {
	if n, err := strconv.ParseInt(c.ID, 10, 64); err == nil {
		return n, nil
	}
	known := ""
	n := 0
	for _, v := range all {
		if v.Scheme == c.ID && v.State == store.SchemeRecorded {
			id, known = v.ID, known+" "+strconv.FormatInt(v.ID, 10)
			n++
		}
	}
	switch n {
	case 0:
		return 0, faultNoSuchVersion.New().Set("id", c.ID)
	case 1:
		return id, nil
	}
	return 0, faultManyVersions.New().Set("id", c.ID).Set("known", known)
}

type schemeVersions struct {
	readFlags
	knownFlags
	Scheme string `arg:"" optional:"" help:"Only those of this scheme."`
}

// Run lists the versions as they were known at a time.
func (c *schemeVersions) Run(g *globals) error {
	return c.reading(g, func(ctx context.Context, d *desk.Desk, who auth.Actor) error {
		known, err := c.known()
		if err != nil {
			return err
		}
		all, err := d.SchemeVersions(ctx, who, known)
		if err != nil {
			return err
		}
		var list []store.SchemeVersion
		for _, v := range all {
			if c.Scheme == "" || v.Scheme == c.Scheme {
				list = append(list, v)
			}
		}
		return g.sayVersions(list)
	})
}

type versionJSON struct {
	ID       int64  `json:"id"`
	Rev      int64  `json:"rev"`
	Area     string `json:"area"`
	Org      int64  `json:"org"`
	Scheme   string `json:"scheme"`
	Kind     string `json:"kind"`
	Title    string `json:"title"`
	Document int64  `json:"document,omitempty"`
	State    string `json:"state"`
	From     string `json:"from"`
	Hash     string `json:"sha256"`
	Digest   string `json:"sm3"`
	By       string `json:"by"`
	Checker  string `json:"checker,omitempty"`
	Recorded string `json:"recorded_at"`
}

func (g *globals) sayVersions(list []store.SchemeVersion) error {
	out := []versionJSON{}
	for _, v := range list {
		out = append(out, versionJSON{v.ID, v.Rev, v.Area, v.Org, v.Scheme, v.Kind, v.Title, v.Document, v.State, dayText(v.From), v.Hash, v.Digest, v.Login, v.Checker,
			instant(v.Recorded)})
	}
	if g.JSON {
		return g.printJSON(map[string]any{"versions": out})
	}
	for i, v := range out {
		state := g.say("待批准", "recorded")
		if v.State == store.SchemeApproved {
			state = g.say("已批准", "approved")
		}
		fmt.Fprintf(g.out, g.say("%d  %s  自 %s  %s  %s\n", "%d  %s  from %s  %s  %s\n"), v.ID, v.Scheme, v.From, state, v.Title)
		fmt.Fprintf(g.out, g.say("    文件 %d；登记 %s，批准 %s，%s（修订 %d）；SHA-256 %s\n", "    document %d; by %s, approved by %s, %s (revision %d); SHA-256 %s\n"), v.Document, v.By,
			orDash(v.Checker), momentOf(list[i].Recorded), v.Rev, v.Hash)
	}
	return nil
}
