package main

import (
	"fmt"
	"os"
	"strings"

	"ganlan/bankfile"
	"ganlan/fault"
	"ganlan/internal/calc"
	"ganlan/region"
)

// fileCmd is what can be done with a file by itself.
type fileCmd struct {
	Look     fileLookCmd     `cmd:"" help:"Say what files are and how they are read, before anything of them is taken."`
	Diff     fileDiffCmd     `cmd:"" help:"Compare two files of a kind: an earlier and a later reading, or those of two branches."`
	Template fileTemplateCmd `cmd:"" help:"Write an empty workbook to be filled in: an example row, lists, notes."`
	Join     fileJoinCmd     `cmd:"" help:"Put files of one kind together, such as rows taken and rows held back and corrected."`
}

// fileLookCmd looks at files.
type fileLookCmd struct {
	Files   []string `arg:"" help:"Files (csv or xlsx)." placeholder:"FILE"`
	Kind    string   `help:"What the files hold (contracts, ledger, list, notes, fees, history, approvals …); guessed when not given."`
	Places  string   `help:"The county's own list of towns and villages, for files of members." placeholder:"FILE"`
	Profile string   `help:"Profile of the files; recognised by their headers when not given." placeholder:"NAME"`
	Sep     []string `help:"Separator of csv files, when it is an unusual one; for one kind of file as ledger=SEP." placeholder:"[KIND=]SEP" sep:"none"`
	Sheet   []string `help:"Sheet of workbooks that hold several tables, * for all of one header; for one kind of file as ledger=SHEET." placeholder:"[KIND=]SHEET" sep:"none"`
	Faults  string   `help:"New folder for a report of faults: faults.csv, and copies of the files with the faults marked." placeholder:"DIR"`
}

var faultFileKind = &fault.Def{Code: "FILE_KIND", What: "没有“{kind}”这种文件{hint}", Do: "可用：{known}",
	WhatEn: "there is no kind of file {kind}{hint_en}", DoEn: "known: {known}"}

// Run looks at each file. It ends with the code for refused input when one of them would be refused.
func (c *fileLookCmd) Run(g *globals) error {
	profile, err := g.profile(c.Profile)
	if err != nil {
		return err
	}
	if err := c.checkKind(); err != nil {
		return exit(exitUsage, err)
	}
	places, err := c.places()
	if err != nil {
		return err
	}
	report, err := newFaultsDir(c.Faults)
	if err != nil {
		return err
	}
	var files opened
	defer files.close()
	var all []*bankfile.Report
	var seen []*bankfile.File // to be marked
	for _, path := range c.Files {
		in, f := files.open(path)
		if f != nil {
			all = append(all, &bankfile.Report{File: path, Faults: fault.List{f}})
			continue
		}
		opt := options(c.Sep, c.Sheet)
		opt.Sort, opt.Places = calc.SortLines, places
		r := profile.Look(*in, bankfile.Kind(c.Kind), opt)
		all = append(all, r)
		if c.Faults == "" || len(r.Faults) == 0 {
			continue
		}
		if f, _ := profile.Open(*in, r.Kind, opt); f != nil {
			defer f.Close()
			seen = append(seen, f)
		}
	}
	note, err := report.looked(g, all, seen)
	if err != nil {
		return err
	}
	if g.JSON {
		return g.lookJSON(all)
	}
	bad := false
	for _, r := range all {
		g.printReport(r)
		bad = bad || r.Faults.Err() != nil
	}
	if note != "" {
		fmt.Fprintln(g.out, note)
	}
	return refusedIf(bad)
}

// places reads the county's own list, when one is given.
func (c *fileLookCmd) places() (*region.Places, error) {
	if c.Places == "" {
		return nil, nil
	}
	data, err := os.ReadFile(c.Places)
	if err != nil {
		return nil, exit(exitInput, faultNoFile.New().Set("file", c.Places))
	}
	places, faults := bankfile.LoadPlaces(c.Places, data)
	return places, exit(exitInput, faults.Err())
}

func (c *fileLookCmd) checkKind() error {
	var known []string
	for _, k := range bankfile.Kinds() {
		if known = append(known, string(k)); c.Kind == string(k) {
			return nil
		}
	}
	if c.Kind == "" {
		return nil
	}
	return fault.List{faultFileKind.New().Set("kind", c.Kind).Set("known", strings.Join(known, "、")).Near(c.Kind, known)}.Err()
}

// refusedIf is the exit code of files that were refused; what was wrong is printed already.
func refusedIf(bad bool) error {
	if bad {
		return exit(exitInput, errSaid)
	}
	return nil
}
