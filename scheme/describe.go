package scheme

import (
	"strconv"

	"ganlan/fault"
)

// In is the text in a language.
func (w Words) In(l fault.Lang) string {
	if l == fault.En {
		return w.En
	}
	return w.Zh
}

// listedAt are the days of a list test in words.
var listedAt = map[At]Words{AtDrawdown: {"放款日在名单库", "listed on the day of the draw"}, AtEachDay: {"逐日在名单库", "listed, day by day"},
	AtContract: {"合同起始日在名单库", "listed when the contract starts"}, AtPreviousYear: {"上年末在名单库", "listed at the end of the year before"},
	AtYearEnd: {"年末在名单库", "listed at the end of the year"}, AtListed: {"曾在名单库", "listed at some time"}}

// Describe is the condition in a few words for an explanation.
func (t *Test) Describe() Words {
	if t.Zh != "" {
		return Words{t.Zh, t.En}
	}
	in, out := wordsOf(t.In), wordsOf(t.NotIn)
	set, setEn := in.Zh, in.En
	if len(t.NotIn) > 0 {
		set, setEn = set+" 除 "+out.Zh, setEn+" but not "+out.En
	}
	switch t.Kind {
	case TestProduct:
		return Words{"产品属于：" + set, "product is one of: " + setEn}
	case TestPurpose:
		return Words{"用途属于：" + set, "purpose is one of: " + setEn}
	case TestStatus:
		return Words{"合同状态属于：" + set, "status is one of: " + setEn}
	case TestListed:
		return listedAt[t.At.Is()]
	case TestDrawn:
		return Words{"放款日在 " + t.Window().String(), "drawn within " + t.Window().String()}
	case TestStarted:
		return Words{"合同起始日在 " + t.Window().String(), "contract starts within " + t.Window().String()}
	case TestOther:
		return Words{"未享受其他贷款贴息", "no other loan subsidy"}
	case TestRate:
		return Words{"合同利率不高于 " + t.Is.Is().In(fault.Zh), "contract rate at most " + t.Is.Is().In(fault.En)}
	case TestAmount:
		return t.amounts()
	case TestTerm:
		n := strconv.Itoa(t.Most.Is())
		return Words{"合同期限不超过 " + n + " 个月", "term of at most " + n + " months"}
	case TestLine:
		n := strconv.Itoa(t.Most.Is())
		return Words{"授信后 " + n + " 个月内用信", "drawn within " + n + " months of the grant"}
	}
	return Words{string(t.Kind) + t.Cel, string(t.Kind) + t.Cel}
}

func (t *Test) amounts() Words {
	w := Words{"合同金额", "contract amount"}
	if t.Of.Or(OfTheContract) == OfTheDraw {
		w = Words{"单笔用信", "draw"}
	}
	if t.Min.Given() {
		w.Zh, w.En = w.Zh+" 不低于 "+t.Min.Is().Grouped()+" 元", w.En+" at least "+t.Min.Is().Grouped()
	}
	if t.Max.Given() {
		w.Zh, w.En = w.Zh+" 不高于 "+t.Max.Is().Grouped()+" 元", w.En+" at most "+t.Max.Is().Grouped()
	}
	return w
}
