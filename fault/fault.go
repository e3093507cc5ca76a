// Package fault is the one kind of error that a user can cause: what is wrong, where, and what to do about it.
// It refuses to carry an error of the program itself; those are wrapped with fmt.Errorf and never shown as a user's fault.
package fault

import (
	"fmt"
	"strconv"
	"strings"
)

// Lang is the language in which a fault speaks.
type Lang string

// The two languages of every message.
const (
	Zh Lang = "zh"
	En Lang = "en"
)

// Def is one class of fault: a stable code and its sentences in both languages. Words in braces are filled from the
// fault's details. What says what is wrong, Do what the reader can do about it.
type Def struct {
	Code         string
	What, Do     string
	WhatEn, DoEn string
	Warning      bool // a warning never stops a calculation, unless the caller is strict
}

// Place says where a fault stands: in a table (sheet, row, column) or in a text (line, column). Unknown parts are zero.
// Rows and lines count from 1, as the user's program shows them.
type Place struct {
	File   string
	Sheet  string
	Row    int
	Column string // title of the column
	Line   int
	Col    int
}

// Fault is one thing a user can put right.
type Fault struct {
	Def    *Def
	Place  Place
	Clause string            // clause of the policy that asks for it, if any
	With   map[string]string // details named in the sentences
}

// At starts a fault of this class at a place.
func (d *Def) At(p Place) *Fault { return &Fault{Def: d, Place: p} }

// New starts a fault of this class that has no place.
func (d *Def) New() *Fault { return &Fault{Def: d} }

// Set adds a detail. The value is shown as it is; callers mask personal data before.
func (f *Fault) Set(key string, value any) *Fault {
	if f.With == nil {
		f.With = map[string]string{}
	}
	f.With[key] = fmt.Sprint(value)
	return f
}

// Of names the clause that asks for what is missing.
func (f *Fault) Of(clause string) *Fault {
	f.Clause = clause
	return f
}

// Code is the stable code of the fault's class.
func (f *Fault) Code() string { return f.Def.Code }

// Severity is the word for a refusal or a warning.
func (f *Fault) Severity(l Lang) string {
	if f.Def.Warning {
		return either(l, "提示", "warning")
	}
	return either(l, "错误", "error")
}

// Error speaks 中文; Text speaks either language.
func (f *Fault) Error() string { return f.Text(Zh) }

// Text is the whole sentence: place, what is wrong, what to do.
func (f *Fault) Text(l Lang) string {
	var b strings.Builder
	if p := f.Place.Text(l); p != "" {
		b.WriteString(p + either(l, "：", ": "))
	}
	b.WriteString(f.What(l))
	if f.Clause != "" {
		b.WriteString(either(l, "（依据 "+f.Clause+"）", " (clause "+f.Clause+")"))
	}
	if do := f.Do(l); do != "" {
		b.WriteString(either(l, "。", ". ") + do)
	}
	return b.String()
}

// What is the sentence that says what is wrong.
func (f *Fault) What(l Lang) string { return f.fill(either(l, f.Def.What, f.Def.WhatEn)) }

// Do is the sentence that says how to put it right.
func (f *Fault) Do(l Lang) string { return f.fill(either(l, f.Def.Do, f.Def.DoEn)) }

func (f *Fault) fill(s string) string {
	if !strings.Contains(s, "{") {
		return s
	}
	pairs := make([]string, 0, 2*len(f.With))
	for k, v := range f.With {
		pairs = append(pairs, "{"+k+"}", v)
	}
	return strings.NewReplacer(pairs...).Replace(s)
}

// Text is the place in words; empty when nothing is known.
func (p Place) Text(l Lang) string {
	var parts []string
	add := func(zh, en string) { parts = append(parts, either(l, zh, en)) }
	if p.File != "" {
		add(p.File, p.File)
	}
	if p.Sheet != "" {
		add("工作表“"+p.Sheet+"”", "sheet "+strconv.Quote(p.Sheet))
	}
	if p.Row > 0 {
		n := strconv.Itoa(p.Row)
		add("第"+n+"行", "row "+n)
	}
	if p.Column != "" {
		add("“"+p.Column+"”列", "column "+strconv.Quote(p.Column))
	}
	if p.Line > 0 {
		n, c := strconv.Itoa(p.Line), strconv.Itoa(p.Col)
		add("第"+n+"行第"+c+"列", "line "+n+" column "+c)
	}
	return strings.Join(parts, either(l, " ", ", "))
}

func either(l Lang, zh, en string) string {
	if l == En {
		return en
	}
	return zh
}
