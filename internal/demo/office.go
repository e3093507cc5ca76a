package demo

import (
	"fmt"

	"ganlan/internal/auth"
	"ganlan/internal/desk"
	"ganlan/internal/sample"
)

// place is an organisation of the county by the key under which its people find it.
type place struct {
	key, name string
	kind      auth.OrgKind
	area      string
}

// province is where the bodies above the county are.
const province = "330000"

// provincial are the kinds of organisation of the province.
var provincial = map[auth.OrgKind]bool{"prov_finance": true, "prov_big_data": true, "prov_bank": true, "prov_guarantor": true, "reguarantor": true}

// places are one organisation of every kind, and of some kinds more.
func (s *story) places() (out []place) {
	add := func(key, name string, kind auth.OrgKind, area string) {
		out = append(out, place{key, name, kind, area})
	}
	for _, k := range auth.OrgKinds() {
		zh, _ := k.Name()
		switch {
		case k == "bank":
			for i, name := range sample.Banks() {
				add(fmt.Sprint("bank", i), name, k, Area)
			}
		case k == "bank_branch":
			for i := range sample.Banks() {
				add(fmt.Sprint("branch", i), s.sample.Lender(i, 0).Branch(i), k, s.sample.Township(i))
			}
		case k == "township":
			for i, name := range sample.Towns() {
				add(fmt.Sprint("township", i), name+"镇人民政府（虚构）", k, s.sample.Township(i))
			}
		case k == "village":
			add("village", sample.Towns()[0]+"镇第一村（虚构）", k, s.sample.Township(0)[:9]+"201")
		case provincial[k]:
			add(string(k), zh+"（虚构）", k, province)
		default:
			add(string(k), "橄榄县"+zh+"（虚构）", k, Area)
		}
	}
	return out
}

// staff records the organisations, makes the accounts and gives the roles. That of an administrator is asked for by one
// administrator and decided by another.
func (s *story) staff() error {
	for _, p := range s.places() {
		who, err := s.as("sys.wang")
		if err != nil {
			return err
		}
		if s.orgs[p.key], err = s.d.OrgRecord(s.ctx, who, desk.OrgInput{Name: p.name, Kind: string(p.kind), Area: p.area}); err != nil {
			return err
		}
		if p.kind == "bank" {
			s.out.Banks = append(s.out.Banks, BankInfo{s.orgs[p.key], p.name})
		}
		s.out.Orgs++
	}
	for _, p := range s.cast()[3:] {
		if err := s.hire(p); err != nil {
			return err
		}
	}
	s.out.Accounts = len(s.people)
	return nil
}

// hire makes a person's account and gives it its role.
func (s *story) hire(p *person) error {
	who, err := s.as("sec.li")
	if err != nil {
		return err
	}
	if p.password, err = s.d.AccountMake(s.ctx, who, desk.Person{Login: p.login, Name: p.name}, s.orgs[p.org]); err != nil {
		return err
	}
	c := desk.Change{What: "give", Login: p.login, Role: string(p.role)}
	if !p.until.IsZero() {
		c.Until = p.until.UnixMilli()
	}
	got, err := s.d.Change(s.ctx, who, c)
	if err != nil || got.Request == 0 {
		return err
	}
	_, err = s.decide("sys.wang", got.Request, true)
	return err
}

func (s *story) decide(login string, request int64, yes bool) (desk.Changed, error) {
	who, err := s.as(login)
	if err != nil {
		return desk.Changed{}, err
	}
	return s.d.RequestDecide(s.ctx, who, request, yes)
}

// changes are what happens to people in the course of a year: one leaves, one loses the telephone, and a request is refused.
func (s *story) changes() error {
	who, err := s.as("sec.li")
	if err != nil {
		return err
	}
	if _, err := s.d.Change(s.ctx, who, desk.Change{What: "suspend", Login: "rural.he"}); err != nil {
		return err
	}
	s.people["rural.he"].gone = true
	lost := s.people["town.you"]
	asked, err := s.d.Change(s.ctx, who, desk.Change{What: "recover", Login: lost.login})
	if err != nil {
		return err
	}
	got, err := s.decide("sys.wang", asked.Request, true)
	if err != nil {
		return err
	}
	lost.password, lost.secret, lost.token = got.Password, "", ""
	if err := s.arriveOne(lost); err != nil {
		return err
	}
	if who, err = s.as("sec.qian"); err != nil {
		return err
	}
	if asked, err = s.d.Change(s.ctx, who, desk.Change{What: "suspend", Login: "sec.li"}); err != nil {
		return err
	}
	_, err = s.decide("aud.zhao", asked.Request, false)
	return err
}
