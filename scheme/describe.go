package scheme

import "strings"

// Describe is the condition in a few words for an explanation.
func (t *Test) Describe() string {
	if t.Zh != "" {
		return t.Zh
	}
	set := strings.Join(t.In, "、")
	if len(t.NotIn) > 0 {
		set += " 除 " + strings.Join(t.NotIn, "、")
	}
	switch t.Kind {
	case TestProduct:
		return "产品属于：" + set
	case TestPurpose:
		return "用途属于：" + set
	case TestStatus:
		return "合同状态属于：" + set
	case TestListed:
		return map[At]string{AtDrawdown: "放款日在名单库", AtEachDay: "逐日在名单库", AtContract: "合同起始日在名单库",
			AtPreviousYear: "上年末在名单库", AtYearEnd: "年末在名单库", AtListed: "曾在名单库"}[t.At.Is()]
	case TestDrawn:
		return "放款日在 " + t.Window().String()
	case TestStarted:
		return "合同起始日在 " + t.Window().String()
	case TestOther:
		return "未享受其他贷款贴息"
	case TestRate:
		return "合同利率不高于 " + t.Is.Is().String()
	case TestAmount:
		return "合同金额" + t.amounts()
	}
	return string(t.Kind) + t.Cel
}

func (t *Test) amounts() (s string) {
	if t.Min.Given() {
		s += " 不低于 " + t.Min.Is().Grouped() + " 元"
	}
	if t.Max.Given() {
		s += " 不高于 " + t.Max.Is().Grouped() + " 元"
	}
	return s
}
