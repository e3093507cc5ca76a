package form_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"ganlan/fault"
	"ganlan/form"
)

func TestTheFourFormsOfDongyangLoadAndNameKnownFields(t *testing.T) {
	for name, fields := range map[string]int{"annex1": 17, "annex2": 7, "annex3a": 15, "annex3b": 15} {
		d := load(t, name)
		if got := len(d.Fields()); got != fields || d.Form != name {
			t.Errorf("%s: form %s with %d fields, want %d: %v", name, d.Form, got, fields, d.Fields())
		}
	}
}

const small = `
form: x
title: 表
layout: table
columns:
  - {title: 金额, field: subsidy, kind: money, total: true}
  - {title: 姓名, field: name, kind: text}
`

func TestAFormWithAMistakeIsRefusedWithItsPlace(t *testing.T) {
	for _, c := range []struct{ name, from, to, code string }{
		{"an unknown key", "total: true", "totle: true", "KEY_UNKNOWN"},
		{"an unknown kind", "kind: money", "kind: mony", "VALUE_UNKNOWN"},
		{"a total of texts", "kind: money", "kind: text", "FORM_SHAPE"},
		{"a field named twice", "field: name", "field: subsidy", "FORM_SHAPE"},
		{"a table drawn as a card", "layout: table", "layout: card", "FORM_SHAPE"},
	} {
		_, faults := form.Load("x.yaml", []byte(strings.Replace(small, c.from, c.to, 1)))
		if len(faults) == 0 || faults[0].Code() != c.code || faults[0].Place.File != "x.yaml" {
			t.Errorf("%s: got %v, want %s", c.name, faults, c.code)
		}
	}
}

func TestAMistypedFieldBringsAHintAndItsLine(t *testing.T) {
	d, _ := form.Load("x.yaml", []byte(strings.Replace(small, "subsidy", "subsidi", 1)))
	faults := d.Check(map[string]form.Kind{"subsidy": form.Money, "name": form.Text})
	if len(faults) != 1 || faults[0].Code() != "FORM_FIELD" || faults[0].Place.Line != 6 || !strings.Contains(faults[0].Error(), "是否想写“subsidy”") {
		t.Errorf("got %v", faults)
	}
}

func TestAFieldCannotBePrintedAsAnotherKind(t *testing.T) {
	d, _ := form.Load("x.yaml", []byte(small))
	if f := d.Check(map[string]form.Kind{"subsidy": form.Percent, "name": form.Text}); len(f) != 1 || f[0].Code() != "FORM_KIND" {
		t.Errorf("rate as money: %v", f)
	}
	if f := d.Check(map[string]form.Kind{"subsidy": form.Wan, "name": form.Text}); len(f) != 0 {
		t.Errorf("an amount may be printed in yuan or 万元: %v", f)
	}
}

func TestACardLeavesNoGap(t *testing.T) {
	card := "form: x\ntitle: 表\nlayout: card\nwidths: [10, 10, 10]\nrows:\n"
	for name, c := range map[string]struct {
		rows string
		ok   bool
	}{
		"a full row":                   {"  - cells: [{text: a, span: 2}, {text: b}]\n", true},
		"a block reaches down":         {"  - cells: [{text: a, lines: 2}, {text: b, span: 2}]\n  - cells: [{text: c, span: 2}]\n", true},
		"a row too short":              {"  - cells: [{text: a}]\n", false},
		"a row too long":               {"  - cells: [{text: a, span: 4}]\n", false},
		"a block below the last row":   {"  - cells: [{text: a, span: 3, lines: 2}]\n", false},
		"a span across a taken column": {"  - cells: [{text: a}, {text: b, lines: 2}, {text: c}]\n  - cells: [{text: d, span: 2}]\n", false},
	} {
		_, faults := form.Load("x.yaml", []byte(card+c.rows))
		if (len(faults) == 0) != c.ok {
			t.Errorf("%s: %v", name, faults)
		}
	}
}

func TestEveryFaultSpeaksBothLanguages(t *testing.T) {
	all := map[string]*fault.Def{}
	for _, d := range []*fault.Def{form.FaultField, form.FaultKind, form.FaultShape, form.FaultNotXlsx, form.FaultOldXls, form.FaultLocked,
		form.FaultMacro, form.FaultBroken, form.FaultTooBig, form.FaultNoSheet} {
		if d.What == "" || d.Do == "" || d.WhatEn == "" || d.DoEn == "" {
			t.Errorf("%s lacks a sentence", d.Code)
		}
		all[d.Code] = d
	}
	if len(slices.Collect(maps.Keys(all))) != 10 {
		t.Error("two classes share a code")
	}
}
