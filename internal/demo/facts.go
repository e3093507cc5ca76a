package demo

import (
	"bufio"
	"errors"
	"os"
	"path/filepath"
	"time"

	"ganlan/bankfile"
	"ganlan/day"
	"ganlan/internal/desk"
	"ganlan/internal/sample"
)

// Days up to which the files of the two years speak.
var (
	firstExport = day.Of(2025, 1, 31)
	lastExport  = sample.Export
)

// pair is who imports for an organisation, and who confirms.
type pair struct{ org, maker, checker string }

// finance is the pair that keeps the name list, officers those of the banks.
var (
	finance  = pair{"finance", "fin.chen", "fin.lin"}
	officers = []pair{{"bank0", "rural.wu", "rural.zheng"}, {"bank1", "coop.feng", "coop.chu"}, {"bank2", "village.wei", "village.jiang"}}
)

// lender is what a bank knows of its own loans on a day: the first two lend to families, the third under a guarantee.
func (s *story) lender(bank int, known day.Date) sample.County {
	part := []int{60, 30, 10}[bank]
	return s.sample.Lender(bank, share(s.Households, part)).Known(known)
}

// files are the files that a bank hands in.
func files(bank int, c sample.County) []sample.Table {
	var out []sample.Table
	tables := c.Plain
	if bank == 2 {
		tables = c.Guarantee
	}
	for _, t := range tables() {
		if t.Name != "list" { // that is the finance bureau's
			out = append(out, t)
		}
	}
	return out
}

func (s *story) firstList() error  { return s.list(firstExport) }
func (s *story) secondList() error { return s.list(lastExport) }

// list imports the name list as it is known on a day.
func (s *story) list(known day.Date) error {
	for _, t := range s.sample.Known(known).Plain() {
		if t.Name == "list" {
			return s.confirmed(finance, []sample.Table{t})
		}
	}
	return nil
}

// firstLoans are confirmed in each bank by another person.
func (s *story) firstLoans() error {
	for bank, p := range officers {
		if err := s.confirmed(p, files(bank, s.lender(bank, firstExport))); err != nil {
			return err
		}
	}
	return nil
}

// secondLoans hold slips. In the second bank somebody sees it, and rejects the import.
func (s *story) secondLoans() error {
	for bank, p := range officers {
		id, err := s.hand(p, files(bank, s.lender(bank, lastExport).Mistyped()))
		if err != nil {
			return err
		}
		what := desk.Decision{Import: id}
		if bank == 1 {
			s.rejected, what.Reject, what.Why = id, true, "个别合同姓名、利率与借款合同不符，请改正后重新导入"
		}
		if err := s.decided(p, what); err != nil {
			return err
		}
	}
	return nil
}

// corrected files take the place of what was wrong. With them, what was rejected is right as far as it still holds.
func (s *story) corrected() error {
	for bank, p := range officers {
		if err := s.confirmed(p, files(bank, s.lender(bank, lastExport))); err != nil {
			return err
		}
		if bank != 1 {
			continue
		}
		if err := s.decided(p, desk.Decision{Import: s.rejected, Rev: s.rejection, Why: "差错已由 5 月的文件改正"}); err != nil {
			return err
		}
	}
	return nil
}

// confirmed lets one person import files, and another confirm them.
func (s *story) confirmed(p pair, tables []sample.Table) error {
	id, err := s.hand(p, tables)
	if err != nil {
		return err
	}
	return s.decided(p, desk.Decision{Import: id})
}

// decided lets the checker decide about an import, some minutes later.
func (s *story) decided(p pair, what desk.Decision) error {
	s.clock.pass(5 * time.Minute)
	who, err := s.as(p.checker)
	if err != nil {
		return err
	}
	got, err := s.d.FactsConfirm(s.ctx, who, what)
	if what.Reject {
		s.rejection = got.Rev
	}
	return err
}

// hand writes files and lets the maker import them for the organisation.
func (s *story) hand(p pair, tables []sample.Table) (int64, error) {
	up := desk.Upload{Area: Area, Org: s.orgs[p.org], Profile: s.Profile}
	to := map[string]**bankfile.Input{"contracts": &up.Inputs.Contracts, "ledger": &up.Inputs.Ledger, "list": &up.Inputs.List, "notes": &up.Inputs.Notes, "fees": &up.Inputs.Fees}
	for _, t := range tables {
		f, in, err := s.file(t)
		if err != nil {
			return 0, err
		}
		defer f.Close()
		*to[t.Name] = in
	}
	who, err := s.as(p.maker)
	if err != nil {
		return 0, err
	}
	got, err := s.d.FactsImport(s.ctx, who, up)
	if err != nil {
		return 0, err
	}
	in := Import{ID: got.ID, On: s.day(), Org: up.Org, By: p.maker, Added: got.Added, Changed: got.Changed, Lines: got.LinesAdded}
	for _, l := range got.Lists {
		in.Intervals += l.Added
	}
	if p == officers[0] && len(got.Differences) > 0 {
		s.out.Mended = Mended{got.Differences[0].Contract, up.Org}
	}
	s.out.Imports = append(s.out.Imports, in)
	return got.ID, nil
}

// file writes a table into the folder of the files that are handed in.
func (s *story) file(t sample.Table) (*os.File, *bankfile.Input, error) {
	f, err := os.Create(filepath.Join(s.tmp, t.Name+".csv"))
	if err != nil {
		return nil, nil, err
	}
	w := bufio.NewWriter(f)
	err = errors.Join(sample.Write(w, t), w.Flush())
	st, err2 := f.Stat()
	if err = errors.Join(err, err2); err != nil {
		return nil, nil, errors.Join(err, f.Close())
	}
	return f, &bankfile.Input{Name: t.Name + ".csv", Data: f, Size: st.Size()}, nil
}
