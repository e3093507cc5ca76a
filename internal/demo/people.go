package demo

import (
	"time"

	"ganlan/internal/auth"
	"ganlan/internal/desk"
	"ganlan/internal/seal"
)

// person is an invented person with what the person alone would know.
type person struct {
	login, name string
	org         string // key of the organisation; empty for the first administrators
	role        auth.Role
	noFactor    bool // has no second factor
	until       time.Time

	password, secret, token string
	gone                    bool
}

// roster is everybody: the first three are the administrators that the set-up makes.
var roster = []person{
	{login: "sys.wang", name: "王系", role: auth.SystemAdmin},
	{login: "sec.li", name: "李安", role: auth.SecurityAdmin},
	{login: "aud.zhao", name: "赵审", role: auth.AuditAdmin},
	{login: "sec.qian", name: "钱全", org: "finance", role: auth.SecurityAdmin},
	{login: "fin.chen", name: "陈办", org: "finance", role: auth.FinanceHandler},
	{login: "fin.lin", name: "林复", org: "finance", role: auth.FinanceReviewer},
	{login: "fin.huang", name: "黄责", org: "finance", role: auth.FinanceHead},
	{login: "rural.wu", name: "吴经", org: "bank0", role: auth.BankOfficer},
	{login: "rural.zheng", name: "郑批", org: "bank0", role: auth.BankApprover},
	{login: "rural.he", name: "何离", org: "bank0", role: auth.BankOfficer},
	{login: "coop.feng", name: "冯经", org: "bank1", role: auth.BankOfficer},
	{login: "coop.chu", name: "褚批", org: "bank1", role: auth.BankApprover},
	{login: "village.wei", name: "卫经", org: "bank2", role: auth.BankOfficer},
	{login: "village.jiang", name: "蒋批", org: "bank2", role: auth.BankApprover},
	{login: "branch.shen", name: "沈柜", org: "branch0", role: auth.BankOfficer},
	{login: "guar.han", name: "韩保", org: "guarantor", role: auth.Guarantor},
	{login: "econ.yang", name: "杨核", org: "econ_dev", role: auth.Department},
	{login: "police.zhu", name: "朱验", org: "police", role: auth.Verifier},
	{login: "agri.qin", name: "秦助", org: "poverty_office", role: auth.PovertyOffice},
	{login: "town.you", name: "尤镇", org: "township0", role: auth.Township},
	{login: "town.xu", name: "许镇", org: "township1", role: auth.Township},
	{login: "cun.lv", name: "吕村", org: "village", role: auth.Village, noFactor: true},
	{login: "audit.shi", name: "施查", org: "auditor", role: auth.Auditor, until: time.Date(2030, 1, 1, 0, 0, 0, 0, beijing)},
	{login: "prov.kong", name: "孔省", org: "prov_finance", role: auth.Province},
}

// cast are the people of the story, in the order of the roster.
func (s *story) cast() (out []*person) {
	for i := range roster {
		p, ok := s.people[roster[i].login]
		if !ok {
			x := roster[i]
			p = &x
			s.people[p.login] = p
		}
		out = append(out, p)
	}
	return out
}

// staffList are those who still have an account that is open.
func (s *story) staffList() (out []*person) {
	for _, p := range s.cast() {
		if !p.gone {
			out = append(out, p)
		}
	}
	return out
}

// step is longer than a time code holds: the next one is new.
const step = 31 * time.Second

// credentials are a person's, with the time code of the moment.
func (s *story) credentials(p *person) (desk.Credentials, error) {
	c := desk.Credentials{Login: p.login, Password: p.password, Origin: "10.0.0.7"}
	if p.secret == "" {
		return c, nil
	}
	s.clock.pass(step)
	code, err := seal.TimeCode(p.secret, s.clock.Now())
	c.Code = code
	return c, err
}

// as is a person who has signed in, as the desk knows the person now. A session that has run out is begun again, and a password
// that is too old is changed.
func (s *story) as(login string) (auth.Actor, error) {
	p := s.people[login]
	if p.token != "" {
		if who, err := s.d.Resume(s.ctx, p.token); err == nil {
			return who, nil
		}
	}
	return s.signIn(p)
}

func (s *story) signIn(p *person) (auth.Actor, error) {
	c, err := s.credentials(p)
	if err != nil {
		return auth.Actor{}, err
	}
	in, err := s.d.SignIn(s.ctx, c)
	if err != nil {
		return auth.Actor{}, err
	}
	p.token = in.Token
	if !in.MustChange {
		return in.Actor, nil
	}
	if err := s.newPassword(p); err != nil {
		return auth.Actor{}, err
	}
	return s.signIn(p)
}

// newPassword changes a person's password to one that is drawn now.
func (s *story) newPassword(p *person) error {
	c, err := s.credentials(p)
	if err != nil {
		return err
	}
	next, err := seal.NewStartCode()
	if err != nil {
		return err
	}
	if err := s.d.PasswordChange(s.ctx, c, next); err != nil {
		return err
	}
	p.password = next
	return nil
}

// renew gives a person a password of today, though the last one may be as good; the sessions are over.
func (s *story) renew(p *person) error {
	if p.secret == "" {
		s.clock.pass(step)
	}
	p.token = ""
	return s.newPassword(p)
}

// arriveOne is a person's first day: the first password is changed and the second factor set up.
func (s *story) arriveOne(p *person) error {
	s.clock.pass(time.Minute)
	who, err := s.signIn(p)
	if err != nil || p.noFactor {
		return err
	}
	secret, _, err := s.d.FactorMake(s.ctx, who)
	if err != nil {
		return err
	}
	code, err := seal.TimeCode(secret, s.clock.Now())
	if err != nil {
		return err
	}
	if err := s.d.FactorConfirm(s.ctx, who, code); err != nil {
		return err
	}
	p.secret = secret
	if err := s.d.SignOut(s.ctx, p.token); err != nil {
		return err
	}
	_, err = s.signIn(p)
	return err
}

// arrive lets everybody sign in for the first time.
func (s *story) arrive() error {
	for _, p := range s.cast()[3:] {
		if err := s.arriveOne(p); err != nil {
			return err
		}
	}
	return nil
}
