package demo

import (
	"fmt"
	"time"

	"ganlan/fault"
	"ganlan/internal/auth"
	"ganlan/internal/desk"
	"ganlan/internal/store"
)

// Run is what a calculation came to. Money is in fen.
type Run struct {
	ID         int64  `json:"run"`
	On         string `json:"on"`
	Org        int64  `json:"org"`
	Scheme     string `json:"scheme"`
	Year       int    `json:"year"`
	Simulation bool   `json:"simulation"`
	Rows       int64  `json:"rows"`
	Paid       int64  `json:"paid_rows"`
	Subsidy    int64  `json:"subsidy_fen"`
	Fee        int64  `json:"fee_subsidy_fen"`
	Digest     string `json:"results_sha256"`
}

// LastRun is the last run of an organisation.
func (x *County) LastRun(org int64) (last Run) {
	for _, r := range x.Runs {
		if r.Org == org {
			last = r
		}
	}
	return last
}

// BankName is the name of a bank by the number of its organisation.
func (x *County) BankName(org int64) string {
	for _, b := range x.Banks {
		if b.Org == org {
			return b.Name
		}
	}
	return ""
}

// programme is what each bank's loans are calculated by.
var programme = [][]string{{schemes[0]}, {schemes[0]}, {schemes[1], schemes[2]}}

// faultExpected ends a story in which something went through that had to be refused.
var faultExpected = &fault.Def{Code: "DEMO_NOT_REFUSED", What: "虚构县中本应被拒绝的操作（{act}）没有被拒绝", Do: "不要使用这个程序，报告此事",
	WhatEn: "an act that had to be refused ({act}) was not", DoEn: "do not use this program, and report it"}

// firstRuns are the claims of 2024.
func (s *story) firstRuns() error { return s.runs(2024, 0, 1, 2) }

// secondRuns are the claims of 2025. The bank whose import was rejected cannot have one: it simulates.
func (s *story) secondRuns() error {
	if err := s.runs(2025, 0, 2); err != nil {
		return err
	}
	want := s.wanted(1, schemes[0], 2025)
	if err := s.refused(want); err != nil {
		return err
	}
	want.Simulate, want.Reason = true, "退回的文件先试算"
	if err := s.run(want); err != nil {
		return err
	}
	raised := s.wanted(0, schemes[0], 2025)
	raised.Simulate, raised.Version, raised.Reason = true, s.drafted, "贴息率由 1.8% 提高到 2.0% 要多少钱"
	return s.run(raised)
}

// lastRuns are those of 2025 upon the corrected files.
func (s *story) lastRuns() error { return s.runs(2025, 0, 1, 2) }

// runs calculates a year for some banks, by each scheme of theirs.
func (s *story) runs(year int, banks ...int) error {
	for _, b := range banks {
		for _, id := range programme[b] {
			if err := s.run(s.wanted(b, id, year)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *story) wanted(bank int, scheme string, year int) desk.RunWanted {
	return desk.RunWanted{Scheme: scheme, Year: year, Area: Area, Org: s.orgs[officers[bank].org], Reason: fmt.Sprintf("%d 年度", year), LPR: s.LPR, Benchmark: s.Benchmark}
}

// run asks for a calculation and does it.
func (s *story) run(in desk.RunWanted) error {
	s.clock.pass(time.Minute)
	who, err := s.as("fin.chen")
	if err != nil {
		return err
	}
	r, err := s.d.RunStart(s.ctx, who, in)
	if err != nil {
		return err
	}
	if err := s.d.RunWait(s.ctx, &r, nil); err != nil {
		return err
	}
	shown, err := s.d.RunShow(s.ctx, who, r.ID)
	if err != nil {
		return err
	}
	r = shown.Run
	if r.State != store.RunDone {
		return fmt.Errorf("demo: run %d is %s", r.ID, r.State)
	}
	s.out.Runs = append(s.out.Runs, Run{r.ID, s.day(), r.Org, r.Scheme, r.Year, r.Simulation, r.Rows, r.Paid, r.Subsidy, r.Fee, r.Digest})
	return nil
}

// refused asks for a calculation that rests upon an import that nobody confirmed.
func (s *story) refused(in desk.RunWanted) error {
	who, err := s.as("fin.chen")
	if err != nil {
		return err
	}
	_, err = s.d.RunStart(s.ctx, who, in)
	for _, f := range fault.From(err) {
		if f.Code() == "IMPORT_UNCONFIRMED" {
			return nil
		}
	}
	if err != nil {
		return err
	}
	return faultExpected.New().Set("act", string(auth.RunStart))
}

// verified lets an auditor calculate every run again.
func (s *story) verified() error {
	who, err := s.as("audit.shi")
	if err != nil {
		return err
	}
	return s.d.RunVerifyAll(s.ctx, who, func(v desk.Verified) error {
		s.out.Verified++
		return v.Faults.Err()
	})
}

// looked lets the program's own job look at everything, as it does every night.
func (s *story) looked() error {
	who, err := s.as("sys.wang")
	if err != nil {
		return err
	}
	j, err := s.d.IntegrityStart(s.ctx, who)
	if err != nil {
		return err
	}
	if j, err = s.d.Jobs.Wait(s.ctx, j.ID, nil); err != nil {
		return err
	}
	if j.State != store.JobDone {
		return fmt.Errorf("demo: job %d is %s", j.ID, j.State)
	}
	return nil
}
