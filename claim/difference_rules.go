package claim

import (
	"slices"
	"strconv"

	"ganlan/day"
	"ganlan/rule"
	"ganlan/scheme"
	"ganlan/subsidy"
)

// ruleReadings leave out one rule of the scheme each, or take it otherwise than any parameter says.
func ruleReadings(s *scheme.Scheme) (out []*alternative) {
	out = append(out, testReadings(s)...)
	out = append(out, cutoffReadings(s)...)
	a := &s.Amount
	if a.Limit.Given() {
		limit := a.Limit.First()
		out = append(out, &alternative{Reading: Reading{CauseRate, scheme.Words{Zh: "贴息率不以合同利率等为上限", En: "the rate is not held down by any limit"},
			scheme.Words{Zh: "贴息率不高于" + limit.Is.String(), En: "the rate is at most " + rateEn(limit.Is)}, limit.Text()},
			change: func(s *scheme.Scheme) { s.Amount.Limit = rule.Value[scheme.Rate]{} }})
	}
	leave := func(given bool, cause Cause, bank scheme.Words, cite string, change func(*scheme.Scheme)) {
		if given {
			out = append(out, &alternative{Reading: Reading{Cause: cause, Bank: bank, Cite: cite}, change: change})
		}
	}
	leave(a.Months.Given(), CauseCutOff, scheme.Words{Zh: "超过最长贴息期后仍计", En: "days beyond the longest term count"}, "",
		func(s *scheme.Scheme) { s.Amount.Months = rule.Value[int]{} })
	leave(len(a.Principal) > 0, CauseCap, scheme.Words{Zh: "可贴息本金不设上限", En: "no ceiling on the principal"}, "",
		func(s *scheme.Scheme) { s.Amount.Principal = nil })
	leave(len(a.Caps) > 0, CauseCap, scheme.Words{Zh: "补助金额不设上限", En: "no ceiling on the money"}, "",
		func(s *scheme.Scheme) { s.Amount.Caps = nil })
	leave(len(s.Exclusive) > 0, CauseEligibility, scheme.Words{Zh: "未扣除其他方案已付的补助", En: "what other schemes paid was not taken off"}, "",
		func(s *scheme.Scheme) { s.Exclusive = nil })
	return out
}

// testCauses are the causes behind the conditions that have one of their own.
var testCauses = map[scheme.TestKind]Cause{scheme.TestListed: CauseList, scheme.TestDrawn: CauseCutOff, scheme.TestStarted: CauseCutOff}

// testReadings count a contract although one condition does not hold.
func testReadings(s *scheme.Scheme) (out []*alternative) {
	for i := range s.Who {
		t := &s.Who[i]
		cause, ok := testCauses[t.Kind]
		if !ok {
			cause = CauseEligibility
		}
		w := t.Describe()
		out = append(out, &alternative{Reading: Reading{cause, scheme.Words{Zh: "未核查条件“" + w.Zh + "”，照样计入", En: "counted although this condition fails: " + w.En},
			scheme.Words{Zh: "须" + w.Zh, En: "it is needed that: " + w.En}, t.Text()},
			change: func(s *scheme.Scheme) { s.Who = slices.Delete(slices.Clone(s.Who), i, i+1) }})
	}
	return out
}

// cutoffReadings count to another last day than the scheme's, or choose it by another day (OP-14).
func cutoffReadings(s *scheme.Scheme) (out []*alternative) {
	us := s.Amount.Until
	if len(us) == 0 {
		return nil
	}
	add := func(bank scheme.Words, change func(*scheme.Scheme)) {
		out = append(out, &alternative{Reading: Reading{CauseCutOff, bank, scheme.Words{}, us[0].Text()}, change: change})
	}
	add(scheme.Words{Zh: "不设截止计算日", En: "no last day at all"}, func(s *scheme.Scheme) { s.Amount.Until = nil })
	for i := range us {
		to := us[i].Is.Is().String()
		add(scheme.Words{Zh: "不论何时放款，都计至" + to, En: "all draws count up to " + to}, func(s *scheme.Scheme) {
			u := us[i]
			u.DrawnTo, u.FirstDrawnTo = 0, 0
			s.Amount.Until = []scheme.Cutoff{u}
		})
	}
	if len(us) > 1 {
		add(scheme.Words{Zh: "截止日按合同首次放款日取", En: "the last day is chosen by the contract's first draw"}, func(s *scheme.Scheme) {
			s.Amount.Until = slices.Clone(us)
			for i := range s.Amount.Until {
				u := &s.Amount.Until[i]
				u.DrawnTo, u.FirstDrawnTo = u.FirstDrawnTo, u.DrawnTo
			}
		})
	}
	return out
}

// factReadings take the contract's own facts otherwise.
func factReadings(s *scheme.Scheme) (out []*alternative) {
	if slices.ContainsFunc(s.Who, func(t scheme.Test) bool { return t.Kind == scheme.TestListed }) {
		out = append(out, &alternative{Reading: Reading{Cause: CauseList, Bank: scheme.Words{Zh: "按不在名单库处理", En: "the household is taken as not listed"}},
			facts: func(f *subsidy.Facts) bool { f.Listed = nil; return true }})
	}
	return append(out,
		&alternative{Reading: Reading{CauseCutOff, scheme.Words{Zh: "从合同起始日起计，不从放款日起计", En: "counted from the start of the contract, not from the draw"},
			scheme.Words{Zh: "从放款日起计", En: "counted from the day of the draw"}, "OP-14"}, facts: drawnAtStart},
		&alternative{Reading: Reading{CauseBase, scheme.Words{Zh: "一直按放款额计，未扣已还本金", En: "counted on all that was drawn, without the repayments"},
			scheme.Words{Zh: "按每日余额计", En: "counted on the daily balance"}, ""}, facts: neverRepaid},
		&alternative{Reading: Reading{CauseBase, scheme.Words{Zh: "从合同起始日起按合同金额计", En: "counted on the contract amount from the contract's start"},
			scheme.Words{Zh: "按实际放款的每日余额计", En: "counted on the daily balance of what was drawn"}, ""}, facts: wholeContract})
}

// dayWords are a date for a sentence.
func dayWords(d day.Date) string {
	y, m, n := d.Civil()
	return strconv.Itoa(y) + "年" + strconv.Itoa(m) + "月" + strconv.Itoa(n) + "日"
}
