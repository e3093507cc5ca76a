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

// officers are who imports for which bank.
var officers = []string{"rural.wu", "coop.feng", "village.wei"}

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
			return s.hand("fin.chen", "finance", []sample.Table{t})
		}
	}
	return nil
}

func (s *story) firstLoans() error {
	return s.loans(func(bank int) sample.County { return s.lender(bank, firstExport) })
}

func (s *story) secondLoans() error {
	return s.loans(func(bank int) sample.County { return s.lender(bank, lastExport).Mistyped() })
}

func (s *story) corrected() error {
	return s.loans(func(bank int) sample.County { return s.lender(bank, lastExport) })
}

// loans lets each bank hand in its files.
func (s *story) loans(of func(bank int) sample.County) error {
	for bank, login := range officers {
		if err := s.hand(login, "bank"+string(rune('0'+bank)), files(bank, of(bank))); err != nil {
			return err
		}
	}
	return nil
}

// hand writes files and lets a person import them for an organisation.
func (s *story) hand(login, org string, tables []sample.Table) error {
	up := desk.Upload{Area: Area, Org: s.orgs[org], Profile: s.Profile}
	to := map[string]**bankfile.Input{"contracts": &up.Inputs.Contracts, "ledger": &up.Inputs.Ledger, "list": &up.Inputs.List, "notes": &up.Inputs.Notes, "fees": &up.Inputs.Fees}
	for _, t := range tables {
		f, in, err := s.file(t)
		if err != nil {
			return err
		}
		defer f.Close()
		*to[t.Name] = in
	}
	who, err := s.as(login)
	if err != nil {
		return err
	}
	got, err := s.d.FactsImport(s.ctx, who, up)
	if err != nil {
		return err
	}
	s.out.Imports = append(s.out.Imports, Import{ID: got.ID, On: s.clock.Now().In(beijing).Format(time.DateOnly), Org: up.Org, By: login, Added: got.Added, Changed: got.Changed,
		Lines: got.LinesAdded, Intervals: got.ListRows()})
	return nil
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
