package calc

import (
	"fmt"
	"os"
	"slices"
	"testing"

	"ganlan/claim"
	"ganlan/scheme"
)

// looked runs the example county and looks into at most so many of the contracts that differ.
func looked(t *testing.T, workers, most int) *Result {
	t.Helper()
	folder := scheme.Folder{FS: os.DirFS("../../policies"), Dir: "330783-dongyang/gongfu-2024"}
	r := Run{Plan: dongyang(t), Profile: profile(t), Inputs: inputs(t, examples+"/csv", ".csv"), Workers: workers,
		Inquiry: &Inquiry{Load: folder.Load, Most: most}}
	var out buffer
	res, err := r.Do(&out)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

func TestTheCausesOfTheExamplesSlipsAreFound(t *testing.T) {
	causes := map[string]claim.Cause{"按365天折算，应按360天": claim.CauseDayCount, "漏计12月31日": claim.CauseBoundary, "到期日后未停止计息": claim.CauseOverdue}
	var want, got []string
	for _, row := range readTable(t, examples+"/expected/differences.csv")[1:] {
		want = append(want, fmt.Sprint(row[0], " ", causes[row[5]], " ", fen(t, row[3])-fen(t, row[4])))
	}
	for _, f := range looked(t, 2, 1000).Findings {
		got = append(got, fmt.Sprint(f.Contract, " ", f.Cause, " ", int64(f.By())))
		if f.Zh == "" || f.En == "" {
			t.Errorf("%s has no sentence", f.Contract)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

func TestOnlySoManyAreLookedIntoAndAllAreCounted(t *testing.T) {
	one, two := looked(t, 1, 5), looked(t, 2, 5)
	if a, b := fmt.Sprint(one.Findings), fmt.Sprint(two.Findings); a != b {
		t.Errorf("one core finds\n%s\ntwo find\n%s", a, b)
	}
	n := 0
	for i, f := range one.Findings {
		if f.Cause == claim.CauseNotExamined {
			n++
		} else if i >= 5 {
			t.Errorf("%s is the %dth and was looked into", f.Contract, i+1)
		}
	}
	sums := causeSums(one.Findings)
	if len(one.Findings) != 12 || n != 7 || sums[string(claim.CauseNotExamined)].Contracts != 7 {
		t.Errorf("%d contracts, %d not examined: %v", len(one.Findings), n, sums)
	}
}

func TestWithoutAnInquiryDifferencesAreOnlyListed(t *testing.T) {
	_, res := do(t, dongyang(t), inputs(t, examples+"/csv", ".csv"), 2)
	if len(res.Findings) != 12 || res.Findings[0].Cause != claim.CauseNotExamined || res.Findings[0].Zh != "" {
		t.Errorf("%d findings, the first %+v", len(res.Findings), res.Findings[0])
	}
}
