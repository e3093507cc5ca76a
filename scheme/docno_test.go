package scheme

import "testing"

func TestG7NumbersOfDocumentsAreUnderstoodInAnyBracketsAndWrittenInOne(t *testing.T) {
	for _, s := range []string{"景财企〔2025〕3号", "景财企[2025]3号", "景财企［2025］3号", "景财企(2025)3号", "景财企（2025）第3号", "景财企【2025】03号",
		" 景财企 〔２０２５〕 第 ００３ 号 "} {
		if got, ok := DocNumber(s); !ok || got != "景财企〔2025〕3号" {
			t.Errorf("%q is read as %q, %v", s, got, ok)
		}
	}
	for _, s := range []string{"", "景财企2025年3号", "〔2025〕3号", "景财企〔25〕3号", "景财企〔2025〕0号", "景财企〔2025〕3", "关于印发办法的通知（2025）"} {
		if got, ok := DocNumber(s); ok || got != s {
			t.Errorf("%q is taken for the number %q", s, got)
		}
	}
}
