package fault

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"testing"
)

var (
	tooLong = &Def{Code: "TOO_LONG", What: "“{value}”超过{max}位", Do: "缩短它", WhatEn: "{value} has more than {max} characters", DoEn: "shorten it"}
	odd     = &Def{Code: "ODD", What: "值可疑", Do: "核对", WhatEn: "the value is odd", DoEn: "check it", Warning: true}
)

func TestAFaultSaysWhereWhatByWhichClauseAndWhatToDo(t *testing.T) {
	f := tooLong.At(Place{File: "a.csv", Sheet: "明细", Row: 3, Column: "姓名"}).Set("value", "甲乙").Set("max", 1).Of("DY-3.1a")
	zh := "a.csv 工作表“明细” 第3行 “姓名”列：“甲乙”超过1位（依据 DY-3.1a）。缩短它"
	en := `a.csv, sheet "明细", row 3, column "姓名": 甲乙 has more than 1 characters (clause DY-3.1a). shorten it`
	if got := f.Text(Zh); got != zh {
		t.Errorf("got  %s\nwant %s", got, zh)
	}
	if got := f.Text(En); got != en {
		t.Errorf("got  %s\nwant %s", got, en)
	}
	if f.Error() != zh || f.Code() != "TOO_LONG" {
		t.Errorf("as an error: %s: %s", f.Code(), f.Error())
	}
}

func TestAPlaceInATextHasLineAndColumn(t *testing.T) {
	p := Place{File: "scheme.yaml", Line: 12, Col: 5}
	if zh, en := p.Text(Zh), p.Text(En); zh != "scheme.yaml 第12行第5列" || en != "scheme.yaml, line 12 column 5" {
		t.Errorf("%s / %s", zh, en)
	}
	if got := odd.New().Text(En); got != "the value is odd. check it" {
		t.Errorf("without a place: %s", got)
	}
}

func TestADetailIsFilledInAsItIs(t *testing.T) {
	if got := tooLong.New().Set("value", "{max}").Set("max", 4).What(En); got != "{max} has more than 4 characters" {
		t.Errorf("a value that looks like a name of a detail: %s", got)
	}
}

func TestWarningsAloneAreNoError(t *testing.T) {
	var l List
	l.Add(nil)
	l.Add(odd.New())
	if err := l.Err(); err != nil || len(l.Warnings()) != 1 {
		t.Errorf("%v, %d warnings", err, len(l.Warnings()))
	}
	l.Add(tooLong.New())
	if err := l.Err(); err == nil || len(From(err)) != 1 || len(l.Refusals()) != 1 {
		t.Errorf("with a refusal: %v", err)
	}
	if List(nil).Err() != nil {
		t.Error("no faults are an error")
	}
}

func TestFaultsAreFoundInsideErrors(t *testing.T) {
	a, b, c := tooLong.New(), odd.New(), tooLong.New()
	for name, x := range map[string]struct {
		err  error
		want List
	}{
		"none":                {nil, nil},
		"another error":       {io.EOF, nil},
		"single":              {a, List{a}},
		"list":                {List{a, b}, List{a, b}},
		"wrapped":             {fmt.Errorf("read: %w", a), List{a}},
		"wrapped list":        {fmt.Errorf("read: %w", List{a, b}), List{a, b}},
		"joined":              {errors.Join(a, io.EOF, List{b}, fmt.Errorf("again: %w", c)), List{a, b, c}},
		"two in one sentence": {fmt.Errorf("%w and %w", a, b), List{a, b}},
	} {
		if got := From(x.err); !slices.Equal(got, x.want) {
			t.Errorf("%s: %v, want %v", name, got, x.want)
		}
	}
}

func TestFaultsAreSortedByTheirPlaces(t *testing.T) {
	l := List{odd.At(Place{File: "b"}), odd.At(Place{File: "a", Row: 10}), odd.At(Place{File: "a", Row: 9, Column: "乙"}),
		odd.At(Place{File: "a", Row: 9, Column: "甲"}), odd.At(Place{File: "a", Line: 2, Col: 3}), odd.At(Place{File: "a", Line: 2, Col: 1})}
	want := List{l[5], l[4], l[2], l[3], l[1], l[0]}
	if l.Sort(); !slices.Equal(l, want) {
		t.Errorf("got\n%v\nwant\n%v", l, want)
	}
}
