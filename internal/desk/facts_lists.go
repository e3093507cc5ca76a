package desk

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"ganlan/bankfile"
	"ganlan/day"
	"ganlan/fault"
	"ganlan/internal/calc"
	"ganlan/internal/store"
	"ganlan/money"
)

// areaList is what an area keeps of its households as a whole. A file of it is whole: what it does not have holds no longer.
type areaList interface {
	keep(*keeping) error
	check(context.Context, *Desk, *store.Tx) error
}

// listOf is one such list.
type listOf[T comparable] struct {
	kind   bankfile.Kind
	zh, en string
	table  *store.AreaTable[T]
	text   func(T) string // what a row says, for digests and differences
	fen    func(T) money.Fen
	rows   func(*calc.Reading, func(household string, row int, says T)) // of a file
}

// The lists of an area.
var (
	nameList = &listOf[day.Span]{bankfile.List, "名单", "name list", store.Intervals, day.Span.String,
		func(day.Span) money.Fen { return 0 },
		func(r *calc.Reading, see func(string, int, day.Span)) {
			seen := map[said[day.Span]]bool{}
			for _, x := range r.Intervals() {
				if key := (said[day.Span]{x.Household, x.Span}); !seen[key] { // a line that stands twice says it once
					seen[key] = true
					see(x.Household, x.Row, x.Span)
				}
			}
		}}
	paidList = &listOf[store.Paid]{bankfile.History, "历年已补记录", "record of former years", store.PaidBefore,
		func(p store.Paid) string { return fmt.Sprintf("%d %s %s", p.Year, p.Amount, p.Scheme) },
		func(p store.Paid) money.Fen { return p.Amount },
		func(r *calc.Reading, see func(string, int, store.Paid)) {
			for _, no := range slices.Sorted(maps.Keys(r.Paid)) {
				for _, p := range r.Paid[no] {
					see(no, p.Row, store.Paid{Scheme: p.Scheme, Year: p.Year, Amount: money.Fen(p.Amount)})
				}
			}
		}}
	approvalList = &listOf[store.Approval]{bankfile.Approvals, "核准清单", "list of approvals", store.Approvals,
		func(a store.Approval) string { return a.Money.String() + " " + a.Reason },
		func(a store.Approval) money.Fen { return a.Money },
		func(r *calc.Reading, see func(string, int, store.Approval)) {
			for _, no := range slices.Sorted(maps.Keys(r.Approved)) {
				for _, a := range r.Approved[no] {
					see(no, a.Row, store.Approval{Money: a.Money, Reason: a.Reason})
				}
			}
		}}
	areaLists = []areaList{nameList, paidList, approvalList}
)

var faultListOther = &fault.Def{Code: "LIST_OF_ANOTHER", What: "辖区 {area} 的{list}由机构 {org} 报送，不能由您更改", Do: "由该机构或本级财政经办重新导入；内容相同的文件可以照常导入",
	WhatEn: "the {list_en} of {area} was handed in by organisation {org}; you may not change it", DoEn: "have it or the finance office import it anew; a file that says the same may be imported"}
