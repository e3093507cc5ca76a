package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"ganlan/bankfile"
	"ganlan/fault"
)

// fileJoinCmd puts files of one kind together: the rows that were taken, and those that were held back and are corrected.
type fileJoinCmd struct {
	Kind  string   `required:"" help:"What the files hold: contracts, ledger, list, notes, fees, history, approvals." enum:"contracts,ledger,list,notes,fees,history,approvals"`
	Out   string   `required:"" help:"New file, .csv or .xlsx." placeholder:"F"`
	Files []string `arg:"" help:"Files to put together." placeholder:"F"`

	opened opened
}

var (
	faultJoinTaken = &fault.Def{Code: "JOIN_OUT_TAKEN", What: "“{file}”已存在", Do: "换一个 --out 文件名",
		WhatEn: "{file} exists", DoEn: "choose another --out"}
	faultJoinEnding = &fault.Def{Code: "JOIN_OUT_ENDING", What: "“{file}”不是 .csv 或 .xlsx", Do: "把 --out 写成 .csv 或 .xlsx",
		WhatEn: "{file} ends neither with .csv nor .xlsx", DoEn: "let --out end with .csv or .xlsx"}
)

// Run writes the files as one. The files themselves are only read.
func (c *fileJoinCmd) Run(g *globals) error {
	ending := strings.ToLower(filepath.Ext(c.Out))
	if ending != ".csv" && ending != ".xlsx" {
		return exit(exitUsage, faultJoinEnding.New().Set("file", c.Out))
	}
	defer func() { c.opened.close() }()
	files, err := c.open(g)
	for _, f := range files {
		defer f.Close()
	}
	if err != nil {
		return err
	}
	t, faults := bankfile.PutTogether(files)
	if err := faults.Err(); err != nil {
		return exit(exitInput, err)
	}
	write := t.WriteText
	if ending == ".xlsx" {
		write = t.WriteSheet
	}
	if err := c.write(write); err != nil {
		return err
	}
	if !g.Quiet {
		fmt.Fprintf(g.out, g.say("%d 行，写在 %s\n", "%d rows, written to %s\n"), t.Rows(), c.Out)
	}
	return nil
}

func (c *fileJoinCmd) open(g *globals) (files []*bankfile.File, err error) {
	profile, err := g.profile("")
	if err != nil {
		return nil, err
	}
	var faults fault.List
	for _, path := range c.Files {
		in, f := c.opened.open(path)
		if f != nil {
			faults.Add(f)
			continue
		}
		file, fs := profile.Open(*in, bankfile.Kind(c.Kind), bankfile.Options{})
		faults = append(faults, fs...)
		if file != nil {
			files = append(files, file)
		}
	}
	return files, exit(exitInput, faults.Err())
}

// write makes the new file; half a file is taken away again.
func (c *fileJoinCmd) write(write func(io.Writer) error) error {
	file, err := os.OpenFile(c.Out, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, os.ErrExist) {
		return exit(exitUsage, faultJoinTaken.New().Set("file", c.Out))
	}
	if err != nil {
		return fmt.Errorf("writing %s: %w", c.Out, err)
	}
	err = errors.Join(write(file), file.Close())
	if err != nil {
		_ = os.Remove(c.Out)
		return fmt.Errorf("writing %s: %w", c.Out, err)
	}
	return nil
}
