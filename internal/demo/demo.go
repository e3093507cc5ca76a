// Package demo builds an invented county in an empty data folder: offices and their people, policies, loans with their history,
// calculations. Everything goes through the acts of the desk, each at its moment of an invented past. It refuses a folder that
// holds anything, and a machine whose clock stands before the end of the story.
package demo

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"time"

	"ganlan/bankfile"
	"ganlan/fault"
	"ganlan/internal/desk"
	"ganlan/internal/sample"
	"ganlan/internal/store"
)

// Area is the area of the county: that of the schemes it uses. Its people and firms carry numbers of an area that no place has.
const Area = "330783"

// Bounds of the number of households.
const (
	LeastHouseholds = 10
	MostHouseholds  = 1_000_000
)

// Options say what is built, and where.
type Options struct {
	Dir, URL   string // data folder; PostgreSQL in place of its SQLite file
	Seed       uint64
	Households int
	Policies   fs.FS             // holds the folders of the schemes
	Profile    *bankfile.Profile // how files are read
	LPR        []byte            // published rates
	Benchmark  []byte
	Machine    func() time.Time // the machine's clock, which the story never runs ahead of
	Tell       func(zh, en string)
}

// Classes of fault of the invented county.
var (
	faultTaken = &fault.Def{Code: "DEMO_FOLDER_TAKEN", What: "“{dir}”里已有内容，虚构县只建在空文件夹中", Do: "换一个文件夹；不要把虚构数据和真实数据放在一起",
		WhatEn: "{dir} is not empty, and an invented county is built in an empty folder", DoEn: "choose another one, and never mix invented data with real ones"}
	faultHouseholds = &fault.Def{Code: "DEMO_SIZE", What: "户数 {n} 不在 {least}～{most} 之内", Do: "改写 --households",
		WhatEn: "{n} households are not within {least} … {most}", DoEn: "change --households"}
	faultEarly = &fault.Def{Code: "DEMO_CLOCK", What: "本机时钟 {now} 早于虚构县故事的末日 {end}", Do: "校准本机时钟",
		WhatEn: "the machine's clock, {now}, stands before the last day of the story, {end}", DoEn: "set the machine's clock"}
)

// Refused reports whether Build refused to begin: nothing was made.
func Refused(err error) bool {
	for _, f := range fault.From(err) {
		if f.Def == faultTaken || f.Def == faultHouseholds || f.Def == faultEarly {
			return true
		}
	}
	return false
}

// County is what was built.
type County struct {
	Dir        string     `json:"data"`
	Database   string     `json:"database"`
	Area       string     `json:"area"`
	Seed       uint64     `json:"seed"`
	Households int        `json:"households"`
	Orgs       int        `json:"organisations"`
	Accounts   int        `json:"accounts"`
	Documents  int        `json:"documents"`
	Schemes    int        `json:"scheme_versions"`
	Imports    []Import   `json:"imports"`
	Runs       []Run      `json:"runs"`
	Verified   int        `json:"runs_verified"`
	Mended     Mended     `json:"mended"`
	Entries    int64      `json:"audit_entries"`
	SignIn     []SignIn   `json:"sign_in"` // shown once, kept nowhere
	Banks      []BankInfo `json:"banks"`
}

// BankInfo is a bank by the number of its organisation.
type BankInfo struct {
	Org  int64  `json:"org"`
	Name string `json:"name"`
}

// Mended is a contract that a later import corrected.
type Mended struct {
	Contract string `json:"contract"`
	Org      int64  `json:"org"`
}

// Import is what one import came to.
type Import struct {
	ID        int64  `json:"import"`
	On        string `json:"on"`
	Org       int64  `json:"org"`
	By        string `json:"by"`
	Added     int    `json:"contracts_added"`
	Changed   int    `json:"contracts_changed"`
	Lines     int    `json:"lines_added"`
	Intervals int    `json:"intervals_added"`
}

// SignIn is how an invented person signs in. Secret is of the time codes; empty for who has none.
type SignIn struct {
	Login    string `json:"login"`
	Name     string `json:"name"`
	Role     string `json:"role"`
	RoleZh   string `json:"role_zh"`
	Org      int64  `json:"org"` // 0 for the first administrators
	Password string `json:"password"`
	Secret   string `json:"secret"`
}

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

// Build builds the county. A story that is broken off leaves a folder that is good for nothing; it says so.
func Build(ctx context.Context, o Options) (*County, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	tmp, err := os.MkdirTemp("", "ganlan-demo-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(tmp)
	s := &story{Options: o, ctx: ctx, tmp: tmp, clock: &clock{machine: o.Machine}, orgs: map[string]int64{}, people: map[string]*person{},
		sample: sample.New(o.Seed, share(o.Households, 60), o.Households).Within(Area),
		out:    County{Dir: o.Dir, Area: Area, Seed: o.Seed, Households: o.Households}}
	defer func() {
		if s.d != nil {
			_ = s.d.Close()
		}
	}()
	if err := s.tellAll(); err != nil {
		return nil, err
	}
	return &s.out, nil
}

func (o *Options) check() error {
	var faults fault.List
	if o.Households < LeastHouseholds || o.Households > MostHouseholds {
		faults.Add(faultHouseholds.New().Set("n", o.Households).Set("least", LeastHouseholds).Set("most", MostHouseholds))
	}
	if now := o.Machine(); now.Before(lastDay) {
		faults.Add(faultEarly.New().Set("now", now.Format(time.DateTime)).Set("end", lastDay.Format(time.DateOnly)))
	}
	entries, err := os.ReadDir(o.Dir)
	if len(entries) > 0 {
		faults.Add(faultTaken.New().Set("dir", o.Dir))
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return faults.Err()
}

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

// share is a part of the households in per cent, never less than a handful.
func share(households, percent int) int { return max(households*percent/100, 9) }
