package calc

import (
	"slices"

	"ganlan/bankfile"
	"ganlan/fault"
	"ganlan/ident"
	"ganlan/subsidy"
)

// Classes of fault of holding rows back.
var (
	faultHeldContract = &fault.Def{Code: "HELD_WITH_CONTRACT", Warning: true, What: "合同 {contract} 的另一处有错误（{where}：{what}），同一合同的各行一并暂存", Do: "改正该处后，与本行一起交回",
		WhatEn: "another row of contract {contract} is wrong ({where}: {what_en}); all rows of the contract are held back with it", DoEn: "correct it and hand both in again"}
	faultHeldHousehold = &fault.Def{Code: "HELD_WITH_HOUSEHOLD", Warning: true, What: "家庭（借款人）{home} 的另一处有错误（{where}：{what}），一并计算的合同一并暂存", Do: "改正该处后，与本行一起交回",
		WhatEn: "another row of household (or borrower) {home} is wrong ({where}: {what_en}); what is calculated together is held back together", DoEn: "correct it and hand both in again"}
	faultHeldBack = &fault.Def{Code: "HELD_BACK", Warning: true, What: "{file} 有 {rows} 行暂存，未参与结算", Do: "在 held-back 文件夹中改正后，用 file join 与 taken 中的文件合并再结算",
		WhatEn: "{rows} rows of {file} are held back and not in the claim", DoEn: "correct them in the folder held-back, join them to the files in taken with file join, and calculate again"}
	faultHeldUnknown = &fault.Def{Code: "HELD_NO_CONTRACT", Warning: true, What: "{file} 有 {rows} 行的合同号不在合同文件中，已暂存", Do: "逐行核对合同号：若是写错的号码，正确的合同就少算了这些行",
		WhatEn: "{rows} rows of {file} name a contract that is not in the contract file; they are held back", DoEn: "check each number: if it is mistyped, the right contract lacks these rows"}
	faultHeldWhole = &fault.Def{Code: "HOLD_BACK_WHOLE", What: "本方案有全行上限或年度预算，全部贷款一并结算，不能只受理一部分", Do: "改正全部错误后再结算",
		WhatEn: "the scheme has a ceiling or budget over the whole claim: a part cannot be taken alone", DoEn: "correct all faults and calculate again"}
	faultTotalOpen = &fault.Def{Code: "TOTAL_UNPROVED", What: "合计行“{title}”为 {stated}，能读出的各行之和为 {sum}：该列有读不出的金额，合计无法核对", Do: "先改正该列的错误，再核对合计",
		WhatEn: "the total of {title} is {stated}, the rows that can be read add up to {sum}: some amounts of the column cannot be read", DoEn: "correct these first, then check the total"}
	faultReconcile = &fault.Def{Code: "RECONCILIATION", What: "{file}：受理与暂存之和不等于原文件（原 {input}，受理 {taken}，暂存 {held}）", Do: "不写结果；请把文件反馈给维护者",
		WhatEn: "{file}: what was taken and what was held back do not add up to the file ({input}, {taken}, {held})", DoEn: "nothing is written; send the file to the maintainers"}
)

// held is what is held back: contracts and households with something wrong, each with the first fault that caused it.
type held struct {
	run    *Run
	lang   fault.Lang
	byNo   map[string]*fault.Fault // contract numbers, also such as no contract has
	byHome map[string]*fault.Fault // households
	groups map[string]*fault.Fault // households or persons whose contracts are calculated together
	rows   map[bankfile.Kind]map[int]fault.List
	open   fault.List // totals that cannot be proved
}

func newHeld(r *Run, l fault.Lang) *held {
	return &held{r, l, map[string]*fault.Fault{}, map[string]*fault.Fault{}, map[string]*fault.Fault{}, map[bankfile.Kind]map[int]fault.List{}, nil}
}

// spot is a row of a sheet.
type spot struct {
	sheet string
	row   int
}

// take finds whose rows are wrong. It is false when a fault is about a file as a whole, or nothing more was found: then
// nothing can be taken.
func (h *held) take(run *Run, faults fault.List) (bool, error) {
	before := len(h.byNo) + len(h.byHome)
	spots := map[string]map[spot]fault.List{}
	for _, f := range faults {
		p := f.Place
		switch {
		case f.Def == faultTotalOpen:
			if run == h.run {
				h.open.Add(f)
			}
			continue
		case p.File == "" || p.Row == 0 || f.Def == bankfile.FaultTotal || f.Def == bankfile.FaultMerged:
			return false, nil
		}
		if spots[p.File] == nil {
			spots[p.File] = map[spot]fault.List{}
		}
		at := spot{p.Sheet, p.Row}
		spots[p.File][at] = append(spots[p.File][at], f)
	}
	inputs := run.Inputs.All()
	for _, kind := range bankfile.Kinds() { // in this order, so that the same cause is told every time
		if in := inputs[kind]; in != nil {
			if err := h.find(run, kind, in, spots[in.Name]); err != nil {
				return false, err
			}
		}
	}
	for _, left := range spots {
		if len(left) > 0 { // a fault of a header, or of a row that is no record
			return false, nil
		}
	}
	if err := h.close(); err != nil {
		return false, err
	}
	return len(h.byNo)+len(h.byHome) > before, nil
}

// find looks up whose rows the wrong ones of a file are, and takes them off the list.
func (h *held) find(run *Run, kind bankfile.Kind, in *bankfile.Input, spots map[spot]fault.List) error {
	if len(spots) == 0 {
		return nil
	}
	f, faults := run.Profile.Open(*in, kind, run.Inputs.Options)
	if f == nil {
		return faults.Err()
	}
	defer f.Close()
	found := map[spot]bool{}
	err := f.Rows(func(r *bankfile.Row) error {
		sheet, row := f.Layout.Where(r.N)
		mine := spots[spot{sheet, row}]
		if len(mine) == 0 {
			return nil
		}
		found[spot{sheet, row}] = true
		h.add(kind, r.Key(kind), mine[0])
		if run == h.run {
			if h.rows[kind] == nil {
				h.rows[kind] = map[int]fault.List{}
			}
			h.rows[kind][r.N] = mine
		}
		return nil
	})
	for at := range found {
		delete(spots, at)
	}
	return err
}

func (h *held) add(kind bankfile.Kind, key string, cause *fault.Fault) {
	by := h.byNo
	if byHousehold(kind) {
		by = h.byHome
	}
	if by[key] == nil {
		by[key] = cause
	}
}

func byHousehold(k bankfile.Kind) bool {
	return slices.Contains([]bankfile.Kind{bankfile.List, bankfile.History, bankfile.Approvals}, k)
}

// close holds back what depends on what is held: the contracts of a household with a wrong row in the list, the history or
// the approvals, and the contracts that are calculated together with one that is held.
func (h *held) close() error {
	scope := h.run.Plan.Scope()
	if scope == subsidy.OneContract && len(h.byHome) == 0 {
		return nil
	}
	type contract struct{ no, home, group string }
	var all []contract
	f, faults := h.run.Profile.Open(*h.run.Inputs.Contracts, bankfile.Contracts, h.run.Inputs.Options)
	if f == nil {
		return faults.Err()
	}
	defer f.Close()
	err := f.Rows(func(r *bankfile.Row) error {
		c := contract{no: r.Contract, home: r.Household}
		switch scope {
		case subsidy.OneHousehold:
			c.group = r.Household
		case subsidy.OnePerson:
			c.group = r.Person
		}
		all = append(all, c)
		return nil
	})
	for changed := true; changed && err == nil; {
		changed = false
		for _, c := range all {
			cause := h.byNo[c.no]
			if cause == nil && c.home != "" {
				cause = h.byHome[c.home]
			}
			if cause == nil && c.group != "" {
				cause = h.groups[c.group]
			}
			if cause == nil {
				continue
			}
			if h.byNo[c.no] == nil {
				h.byNo[c.no], changed = cause, true
			}
			if c.group != "" && h.groups[c.group] == nil {
				h.groups[c.group], changed = cause, true
			}
		}
	}
	return err
}

// cause is why a row is held back; nil when it is taken.
func (h *held) cause(kind bankfile.Kind, r *bankfile.Row) *fault.Fault {
	if byHousehold(kind) {
		return h.byHome[r.Household]
	}
	return h.byNo[r.Contract]
}

// why says it in words: the row's own faults, or what it depends on.
func (h *held) why(kind bankfile.Kind, r *bankfile.Row) string {
	text := ""
	for _, f := range h.rows[kind][r.N] {
		if text != "" {
			text += either(h.lang, "；", "; ")
		}
		text += f.Severity(h.lang) + either(h.lang, "：", ": ") + f.What(h.lang) + either(h.lang, "。", ". ") + f.Do(h.lang)
	}
	if text != "" {
		return text
	}
	cause := h.cause(kind, r)
	f := faultHeldContract.New().Set("contract", r.Contract)
	if own := r.Household != "" && h.byHome[r.Household] == cause; own || h.groups[r.Household] == cause || h.groups[r.Person] == cause {
		home := r.Household
		if home == "" || !own && h.groups[home] == nil {
			home = ident.Mask(r.Person)
		}
		f = faultHeldHousehold.New().Set("home", home)
	}
	f.Set("where", cause.Place.Text(h.lang)).Set("what", cause.What(fault.Zh)).Set("what_en", cause.What(fault.En))
	return f.What(h.lang) + either(h.lang, "。", ". ") + f.Do(h.lang)
}
