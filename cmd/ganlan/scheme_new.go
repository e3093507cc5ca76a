package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"ganlan/fault"
	"ganlan/internal/calc"
	"ganlan/policies"
	"ganlan/rule"
	"ganlan/scheme"
)

// schemeNew begins a scheme: a folder with a commented scheme, a worked case and a page for readings.
type schemeNew struct {
	Kind  string `arg:"" help:"Kind of rule; ganlan scheme kinds lists them."`
	Dir   string `arg:"" help:"Folder to make, such as my-policies/330999-anxian/gongfu-2026."`
	Title string `help:"Title of the scheme." default:"新方案"`
}

// skeletonFiles are the files of a new folder.
var skeletonFiles = []string{"scheme.yaml", "cases.yaml", "readings.md"}

func (c *schemeNew) Run(g *globals) error {
	k, err := kindNamed(c.Kind)
	if err != nil {
		return err
	}
	if _, err := os.Stat(c.Dir); err == nil {
		return exit(exitUsage, faultDirTaken.New().Set("dir", c.Dir))
	}
	abs, err := filepath.Abs(c.Dir)
	if err != nil {
		return err
	}
	area, _, _ := strings.Cut(filepath.Base(filepath.Dir(abs)), "-")
	if len(area) != 6 || strings.Trim(area, "0123456789") != "" {
		area = "999999"
	}
	fill := strings.NewReplacer("{name}", filepath.Base(abs), "{area}", area, "{title}", c.Title)
	if err := os.MkdirAll(c.Dir, 0o755); err != nil {
		return err
	}
	for _, name := range skeletonFiles {
		data, err := fs.ReadFile(policies.FS, path.Join("standard/skeletons", string(k.Name), name))
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(c.Dir, name), []byte(fill.Replace(string(data))), 0o644); err != nil {
			return err
		}
	}
	fmt.Fprintf(g.out, g.say("已建立 %s；改好后运行 ganlan scheme check %s 和 ganlan scheme test %s\n",
		"made %s; edit it, then run ganlan scheme check %s and ganlan scheme test %s\n"), c.Dir, c.Dir, c.Dir)
	return nil
}

// kindNamed is the kind of a name; the fault lists all and the one that is close.
func kindNamed(name string) (*calc.Kind, error) {
	var known []string
	for i := range calc.Kinds {
		if string(calc.Kinds[i].Name) == name {
			return &calc.Kinds[i], nil
		}
		known = append(known, string(calc.Kinds[i].Name))
	}
	return nil, exit(exitUsage, rule.FaultChoice.New().Set("got", name).Set("known", strings.Join(known, "、")).Near(name, known))
}

// schemeKinds lists the kinds of rule.
type schemeKinds struct{}

func (schemeKinds) Run(g *globals) error {
	if g.JSON {
		type item struct {
			Kind scheme.Kind `json:"kind"`
			Zh   string      `json:"zh"`
			En   string      `json:"en"`
		}
		var out []item
		for _, k := range calc.Kinds {
			out = append(out, item{k.Name, k.Title.Zh, k.Title.En})
		}
		return json.NewEncoder(g.out).Encode(out)
	}
	for _, k := range calc.Kinds {
		fmt.Fprintf(g.out, "%-16s %s\n", k.Name, k.Title.In(g.lang()))
	}
	return nil
}

// schemeSchema prints a JSON Schema for editors.
type schemeSchema struct {
	Kind string `arg:"" optional:"" default:"interest" help:"Kind of rule."`
}

func (c *schemeSchema) Run(g *globals) error {
	k, err := kindNamed(c.Kind)
	if err != nil {
		return err
	}
	e := json.NewEncoder(g.out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(rule.SchemaOf(k.Empty()))
}

var faultDirTaken = &fault.Def{Code: "FOLDER_TAKEN", What: "文件夹“{dir}”已存在", Do: "换一个名称，或先移走它",
	WhatEn: "the folder {dir} exists", DoEn: "choose another name or move it away"}
