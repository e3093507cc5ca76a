package demo

import (
	"context"
	"errors"
	"time"

	"ganlan/internal/desk"
	"ganlan/internal/sample"
	"ganlan/internal/store"
)

// story is a county being built.
type story struct {
	Options
	ctx    context.Context
	d      *desk.Desk
	clock  *clock
	sample sample.County
	tmp    string // folder of the files that are handed in
	orgs   map[string]int64
	people map[string]*person
	out    County

	document            store.Document
	drafted             int64 // the scheme version that was not approved
	rejected, rejection int64 // an import, and the revision of what was decided about it
}

// chapters are the story, in its order.
var chapters = []struct {
	on     string // the day, at nine in the morning
	zh, en string
	tell   func(*story) error
}{
	{"2025-01-06", "建立数据文件夹和三名管理员", "the data folder and three administrators", (*story).begin},
	{"2025-01-07", "登记单位，开立账号，授予角色", "organisations, accounts and roles", (*story).staff},
	{"2025-01-09", "各人首次登录，启用第二因素", "first sign-ins and second factors", (*story).arrive},
	{"2025-01-13", "登记政策文件和方案，另一人批准", "policies and schemes, approved by another person", (*story).policies},
	{"2025-01-20", "导入名单库", "the name list", (*story).firstList},
	{"2025-02-10", "各银行导入到 2025 年 1 月底的贷款", "loans of each bank up to January 2025", (*story).firstLoans},
	{"2025-02-17", "结算 2024 年度", "the claims of 2024", (*story).firstRuns},
	{"2025-06-17", "人员变动：停用、找回、被拒的申请", "people change: a suspension, a recovery, a refused request", (*story).changes},
	{"2026-01-12", "文件延期；登记一个拟提高贴息率的方案，尚未批准", "the document is prolonged; a scheme with a higher rate is recorded, not yet approved", (*story).draft},
	{"2026-03-02", "更新名单库", "the name list again", (*story).secondList},
	{"2026-03-05", "各银行导入到 2026 年 2 月底的贷款", "loans of each bank up to February 2026", (*story).secondLoans},
	{"2026-03-10", "结算 2025 年度；退回的只能试算；模拟提高贴息率", "the claims of 2025; what was rejected can be simulated only; a higher rate is simulated", (*story).secondRuns},
	{"2026-05-18", "更正银行文件中的差错，重新导入", "the banks correct their slips", (*story).corrected},
	{"2026-05-19", "按更正后的文件重新结算 2025 年度", "the claims of 2025 again, upon the corrected files", (*story).lastRuns},
}

// lastDay is when the story is over. What follows is today: passwords are made new, so that they can be used.
var lastDay = time.Date(2026, 5, 20, 0, 0, 0, 0, beijing)

func (s *story) tellAll() error {
	for _, c := range chapters {
		at, err := time.ParseInLocation(time.DateOnly, c.on, beijing)
		if err != nil {
			return err
		}
		s.clock.to(at.Add(9 * time.Hour))
		s.Tell(c.on+"  "+c.zh, c.on+"  "+c.en)
		if err := c.tell(s); err != nil {
			return err
		}
	}
	s.clock.to(s.Machine().Add(-4 * time.Hour))
	s.Tell("今天        各人更改密码，重算核对每次结算，核对审计链", "today       passwords are made new, every run is calculated again, the audit is verified")
	return s.today()
}

// today gives everybody a password that is good from today on, and walks the audit's chain.
func (s *story) today() error {
	for _, p := range s.staffList() {
		if err := s.renew(p); err != nil {
			return err
		}
		zh, en := p.role.Name()
		s.out.SignIn = append(s.out.SignIn, SignIn{p.login, p.name, en, zh, s.orgs[p.org], p.password, p.secret})
	}
	if err := errors.Join(s.verified(), s.looked()); err != nil {
		return err
	}
	who, err := s.as("aud.zhao")
	if err != nil {
		return err
	}
	end, err := s.d.AuditVerify(s.ctx, who)
	s.out.Entries = end.Entries
	if err != nil {
		return err
	}
	s.out.Database = s.d.DB.Kind()
	return s.d.Invariants(s.ctx).Err()
}

// begin makes the folder and the three administrators.
func (s *story) begin() (err error) {
	if s.d, err = desk.Init(s.ctx, s.Dir, s.URL, s.clock.Now); err != nil {
		return err
	}
	code, err := s.d.SetupCode(s.ctx)
	if err != nil {
		return err
	}
	var admins [3]desk.Person
	list := s.cast()[:3]
	for i, p := range list {
		admins[i] = desk.Person{Login: p.login, Name: p.name}
	}
	first, err := s.d.Setup(s.ctx, code, admins)
	if err != nil {
		return err
	}
	for i, p := range list {
		p.password = first[i]
		if err := s.arriveOne(p); err != nil {
			return err
		}
	}
	return nil
}
