package risk

import (
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ganlan/fault"
	"ganlan/figure"
	"ganlan/money"
	"ganlan/scheme"
)

// load is a folder's scheme of the kind that empty makes, with parameters given.
func load[R scheme.Rules](t testing.TB, id string, sets map[string]string, empty func() R) R {
	t.Helper()
	s, faults := scheme.LoadFolder(folder(t, id), sets, empty)
	if faults.Err() != nil {
		t.Fatal(faults)
	}
	return s
}

func folder(t testing.TB, id string) scheme.Folder {
	t.Helper()
	f, err := scheme.Find(os.DirFS("../policies"), id)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func losses(t testing.TB, id string) *LossSharing {
	return load(t, id, nil, func() *LossSharing { return &LossSharing{} })
}

func lossRow(cause string, principal, insurance money.Fen) figure.Row {
	return figure.Row{"cause": figure.OfText(cause), "principal": figure.OfMoney(principal), "interest": figure.OfMoney(0),
		"insurance": figure.OfMoney(insurance)}
}

func TestPartsAndInsuranceAddUpToTheLossAndNobodyIsPaidMore(t *testing.T) { // OP-56, OP-04
	ids := []string{"990002-risk-fund", "990003-risk-reserve", "990008-loss-households", "990008-loss-entities"}
	all := map[string]*LossSharing{}
	for _, id := range ids {
		all[id] = losses(t, id)
	}
	rapid.Check(t, func(t *rapid.T) {
		s := all[rapid.SampledFrom(ids).Draw(t, "scheme")]
		cause := rapid.SampledFrom([]string{"自然灾害", "经营不善"}).Draw(t, "cause")
		principal := money.Fen(rapid.Int64Range(0, 1e12).Draw(t, "principal"))
		insurance := money.Fen(rapid.Int64Range(0, 1e12).Draw(t, "insurance"))
		x, err := s.Share(lossRow(cause, principal, insurance))
		if err != nil {
			t.Fatal(err)
		}
		sum := x.Shared
		for _, f := range x.First {
			sum += f
		}
		parts := money.Fen(0)
		for _, p := range x.Parts {
			if p.Amount < 0 {
				t.Fatalf("%s bears %s", p.Party.Who, p.Amount)
			}
			parts += p.Amount
		}
		if x.Parts == nil {
			parts = x.Of(s.Lender.First().Is)
		}
		if sum != principal || parts != x.Shared || x.Paid > x.Shared || (x.Reason == "") != (x.Parts != nil) {
			t.Fatalf("lost %s: paid first and left %s, parts %s of %s, paid %s, %q", principal, sum, parts, x.Shared, x.Paid, x.Reason)
		}
	})
}

func TestRecoveriesCloseEveryPartyAndNeverGoBeyond(t *testing.T) { // OP-56, PX3-3.5.3a
	all := []*LossSharing{losses(t, "990002-risk-fund"), losses(t, "990003-risk-reserve"), losses(t, "990008-loss-households")}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.SampledFrom(all).Draw(t, "scheme")
		principal := money.Fen(rapid.Int64Range(1, 1e10).Draw(t, "principal"))
		x, err := s.Share(lossRow("自然灾害", principal, 0))
		if err != nil {
			t.Fatal(err)
		}
		var list []money.Fen
		left := principal
		for left > 0 && len(list) < 20 {
			a := money.Fen(rapid.Int64Range(1, int64(left)).Draw(t, "back"))
			list, left = append(list, a), left-a
		}
		list = append(list, left)
		for n := range list {
			r, err := x.Recover(list[:n+1]...)
			if err != nil {
				t.Fatal(err)
			}
			for i, p := range x.Parts {
				if r.Parts[i] < 0 || r.Parts[i] > p.Amount {
					t.Fatalf("%s has %s back of %s", p.Party.Who, r.Parts[i], p.Amount)
				}
				if n == len(list)-1 && r.Parts[i] != p.Amount {
					t.Fatalf("all came back, but %s has %s of %s", p.Party.Who, r.Parts[i], p.Amount)
				}
			}
		}
		if _, err := x.Recover(append(list, 1)...); err == nil {
			t.Fatal("a fen above the loss was taken")
		}
	})
}

func TestEveryShareAndEveryRefusalIsExplainedWithItsClause(t *testing.T) { // PX2-3.1, OP-56
	s := losses(t, "990002-risk-fund")
	for cause, want := range map[string][]string{
		"自然灾害": {"保险公司先付 18,000.00 元", "待分担 30,000.00 元", "风险补偿金承担 30,000.00 元 × 70% = 21,000.00 元"},
		"经营不善": {"原因“经营不善”不在补偿范围（重大疾病、自然灾害、其他不可抗力）；放款银行自担 30,000.00 元"},
	} {
		x, err := s.Share(lossRow(cause, 4_800_000, 1_800_000))
		if err != nil {
			t.Fatal(err)
		}
		var text strings.Builder
		for _, l := range x.Lines() {
			if l.Cite == "" && l.Key != "shared" || l.Value.En == "" {
				t.Errorf("%s: %q has no clause or no English", l.Key, l.Value.Zh)
			}
			text.WriteString(l.Value.Zh + " [" + l.Cite + "]\n")
		}
		for _, w := range want {
			if !strings.Contains(text.String(), w) {
				t.Errorf("%s: not explained: %s\n%s", cause, w, text.String())
			}
		}
	}
}

func TestASchemeThatSharesBadlyIsRefusedWithEveryFault(t *testing.T) {
	text := `
scheme: bad
title: {zh: 坏, en: bad}
area: "990033"
status: issued
kind: loss_sharing
document: {issuer: x}
facts: {a: {type: money, zh: 甲, en: a}, cause: {type: text, zh: 因, en: cause, in: [x]}}
causes: {is: [y], source: s}
loss: b
first: [{who: i, zh: 保, en: i, pays: cause, source: s}]
shares:
  - {is: "fund 50%, bank 50%", since: 2024-01-01, source: s}
lender: {is: bank, source: s}
recoveries: {is: nobody, source: s}
who: [{holds: a > 1, code: C, zh: 中, en: e}]
`
	_, faults := scheme.LoadRules("bad.yaml", []byte(text), nil, &LossSharing{})
	got := map[string]bool{}
	for _, f := range faults {
		got[f.Code()] = true
		if f.What(fault.En) == "" {
			t.Errorf("%s says nothing in English", f.Code())
		}
	}
	for _, code := range []string{"VALUE_UNKNOWN", "RISK_NAME", "KEY_MISSING", "PARTY_BAD", "CEL_BAD", "TEST_INCOMPLETE"} {
		if !got[code] {
			t.Errorf("%s is not found among %v", code, faults)
		}
	}
}

func BenchmarkLossesOfACounty(b *testing.B) {
	s := losses(b, "990008-loss-households")
	rows := make([]figure.Row, 100_000)
	for i := range rows {
		rows[i] = lossRow("", money.Fen(i*97+1), money.Fen(i%1000))
	}
	for b.Loop() {
		for _, r := range rows {
			if _, err := s.Share(r); err != nil {
				b.Fatal(err)
			}
		}
	}
}
