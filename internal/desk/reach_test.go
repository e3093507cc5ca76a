package desk

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ganlan/day"
	"ganlan/internal/auth"
	"ganlan/internal/queue"
	"ganlan/internal/store"
	"ganlan/internal/storetest"
	"ganlan/scheme"
)

// site is a place with one record of each noun.
type site struct {
	area              string
	org               int64
	contract          string
	document, version int64
	imported, job     int64
	run               int64
}

// world is a desk with three sites: two in one county, one of them in a township of it, and one in another county.
type world struct {
	*Desk
	t      *testing.T
	sites  []site
	gongfu scheme.Folder
	n      int
}

// maker made all records of the world.
const maker = 4001

func newWorld(t *testing.T, url string) *world {
	w := &world{Desk: made(t, t.TempDir(), url), t: t, gongfu: gongfu(t)}
	sys := account(1, auth.SystemAdmin, 0, "")
	for i, area := range []string{"330783", "330783001", "330784"} {
		org, err := w.OrgRecord(t.Context(), sys, OrgInput{Name: "机构" + area, Kind: "bank", Area: area})
		if err != nil {
			t.Fatal(err)
		}
		w.sites = append(w.sites, site{area: area, org: org, contract: fmt.Sprint("C", i)})
		w.fill(&w.sites[i])
	}
	return w
}

// fill makes a record of each noun at a site.
func (w *world) fill(s *site) {
	ctx := w.t.Context()
	paper := paper()
	paper.Area, paper.Org, paper.Number = s.area, s.org, "文〔2024〕"+s.contract+"号"
	doc, err := w.DocumentRecord(ctx, account(maker, auth.FinanceHandler, s.org, s.area), paper)
	if err != nil {
		w.t.Fatal(err)
	}
	err = w.DB.Do(ctx, w.Clock(), func(tx *store.Tx) error {
		v, err := store.AddSchemeVersion(ctx, tx, w.Ring, store.SchemeVersion{Area: s.area, Org: s.org, Scheme: "s-" + s.contract, Kind: "award", Digest: digestOf(nil),
			State: store.SchemeRecorded, From: day.Of(2024, 1, 1), Maker: maker, Login: "maker"}, 0)
		if s.version = v.ID; err != nil {
			return err
		}
		j, _, err := w.Jobs.Insert(ctx, tx, queue.Job{Kind: integrity, Area: s.area, Org: s.org, AskedBy: "maker"}, struct{}{})
		if s.job = j.ID; err != nil {
			return err
		}
		r, err := store.AddRun(ctx, tx, w.Ring, store.Run{ID: tx.NewID(), Area: s.area, Org: s.org, Scheme: "s-" + s.contract, State: store.RunStarted, Login: "maker", Maker: maker}, 0)
		s.run = r.ID
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	got, err := w.FactsImport(ctx, account(maker, auth.BankOfficer, s.org, s.area), s.upload(w.t))
	if err != nil {
		w.t.Fatal(err)
	}
	s.document, s.imported = doc.ID, got.ID
}

const personOfAll = "990783198502038717"

func (s *site) upload(t testing.TB) Upload {
	up := handedIn(t, map[string]string{
		"contracts": "contract_no,household_no,id_type,id_no,name,annual_rate,status,start,end,amount,region_code\n" +
			s.contract + ",J1,居民身份证," + personOfAll + ",桂小雨,3.65%,正常,2025-01-10,2026-01-10,50000.00,\n",
		"ledger": "contract_no,date,kind,amount\n" + s.contract + ",2025-01-10,drawdown,50000.00\n",
		"list":   "household_no,valid_from,valid_to\nJ1,2024-01-01,\n"})
	up.Area, up.Org = s.area, s.org
	return up
}

func (s *site) place() auth.Place { return auth.Place{Area: s.area, Org: s.org, Maker: maker} }

// reach is how far a method of the desk goes: do tries an act at a site, list says at which places it showed something.
type reach struct {
	act   auth.Act
	do    func(*world, context.Context, auth.Actor, *site) error
	place func(auth.Actor, *site) auth.Place // of the act, where it is not the site's
	list  func(*world, context.Context, auth.Actor) ([]auth.Place, error)
	own   bool // touches the actor's own account alone
}

// whole is the place of an act that reaches everything.
func whole(auth.Actor, *site) auth.Place { return auth.Place{} }

// reaches are all methods of the desk by which an actor reaches anything. A new one is entered here.
var reaches = map[string]reach{
	"DocumentRecord": {act: auth.DocumentRecord, do: func(w *world, ctx context.Context, a auth.Actor, s *site) error {
		all, err := w.documents(ctx, s)
		if err == nil {
			all[0].Title += "."
			_, err = w.Desk.DocumentRecord(ctx, a, all[0])
		}
		return err
	}},
	"Documents": {act: auth.SchemeRead, list: func(w *world, ctx context.Context, a auth.Actor) (out []auth.Place, err error) {
		list, err := w.Desk.Documents(ctx, a, w.Clock())
		for _, x := range list {
			out = append(out, auth.Place{Area: x.Area, Org: x.Org})
		}
		return out, err
	}},
	"DocumentHistory": {act: auth.SchemeRead, list: func(w *world, ctx context.Context, a auth.Actor) (out []auth.Place, err error) {
		for i := range w.sites {
			list, e := w.Desk.DocumentHistory(ctx, a, w.sites[i].document)
			if err = e; len(list) > 0 {
				out = append(out, auth.Place{Area: list[0].Area, Org: list[0].Org})
			}
		}
		return out, err
	}},
	"SchemeRecord": {act: auth.SchemeRecord, place: func(a auth.Actor, _ *site) auth.Place { return auth.Place{Area: "330783", Org: a.Org} },
		do: func(w *world, ctx context.Context, a auth.Actor, _ *site) error {
			_, err := w.Desk.SchemeRecord(ctx, a, w.gongfu, day.Of(2024, 1, 1), 77) // a document that is not there
			return err
		}},
	"SchemeApprove": {act: auth.SchemeApprove, do: func(w *world, ctx context.Context, a auth.Actor, s *site) error {
		_, err := w.Desk.SchemeApprove(ctx, a, s.version, 1)
		return err
	}},
	"SchemeVersions": {act: auth.SchemeRead, list: func(w *world, ctx context.Context, a auth.Actor) (out []auth.Place, err error) {
		list, err := w.Desk.SchemeVersions(ctx, a, w.Clock())
		for _, x := range list {
			out = append(out, auth.Place{Area: x.Area, Org: x.Org})
		}
		return out, err
	}},
	"SchemeOn": {act: auth.SchemeRead, do: func(w *world, ctx context.Context, a auth.Actor, s *site) error {
		_, _, err := w.Desk.SchemeOn(ctx, a, "s-"+s.contract, day.Of(2024, 6, 1), w.Clock())
		if codeOf(err) == "SCHEME_VERSION_MISSING" && a.May(auth.SchemeRead, s.place()) != nil {
			return auth.FaultDenied.New() // what is out of reach is as if it were not there
		}
		return err
	}},
	"FactsImport": {act: auth.FactsImport, do: func(w *world, ctx context.Context, a auth.Actor, s *site) error {
		_, err := w.Desk.FactsImport(ctx, a, s.upload(w.t))
		return err
	}},
	"FactsConfirm": {act: auth.FactsConfirm, do: func(w *world, ctx context.Context, a auth.Actor, s *site) error {
		_, err := w.Desk.FactsConfirm(ctx, a, Decision{Import: s.imported})
		return err
	}},
	"Imports": {act: auth.FactsRead, list: func(w *world, ctx context.Context, a auth.Actor) (out []auth.Place, err error) {
		list, err := w.Desk.Imports(ctx, a, w.Clock())
		for _, x := range list {
			out = append(out, auth.Place{Area: x.Area, Org: x.Org})
		}
		return out, err
	}},
	"FactsKnown": {act: auth.FactsRead, list: func(w *world, ctx context.Context, a auth.Actor) (out []auth.Place, err error) {
		err = w.Desk.FactsKnown(ctx, a, w.Clock(), func(f Fact) error { out = append(out, auth.Place{Area: f.Area, Org: f.Org}); return nil })
		return out, err
	}},
	"FactsOfPerson": {act: auth.FactsRead, list: func(w *world, ctx context.Context, a auth.Actor) (out []auth.Place, err error) {
		list, err := w.Desk.FactsOfPerson(ctx, a, personOfAll)
		for _, x := range list {
			out = append(out, auth.Place{Area: x.Area, Org: x.Org})
		}
		return out, err
	}},
	"FactOf": {act: auth.FactsRead, do: func(w *world, ctx context.Context, a auth.Actor, s *site) error {
		_, err := w.Desk.FactOf(ctx, a, s.org, s.contract, w.Clock())
		return err
	}},
	"FactTold": {act: auth.FactsRead, do: func(w *world, ctx context.Context, a auth.Actor, s *site) error {
		_, err := w.Desk.FactTold(ctx, a, s.org, s.contract, w.Clock())
		return err
	}},
	"FactsReveal": {act: auth.FactsReveal, do: func(w *world, ctx context.Context, a auth.Actor, s *site) error {
		_, _, err := w.Desk.FactsReveal(ctx, a, s.org, s.contract, "test")
		return err
	}},
	"Listed": {act: auth.FactsRead, place: func(a auth.Actor, s *site) auth.Place { return auth.Place{Area: s.area, Org: a.Org} }, // a list is all banks'
		do: func(w *world, ctx context.Context, a auth.Actor, s *site) error {
			_, err := w.Desk.Listed(ctx, a, s.area, "J1", w.Clock())
			return err
		}},
	"Orgs": {act: auth.OrgRead, list: func(w *world, ctx context.Context, a auth.Actor) (out []auth.Place, err error) {
		list, err := w.Desk.Orgs(ctx, a)
		for _, x := range list {
			if !strings.HasPrefix(x.Name, "新") {
				out = append(out, auth.Place{Area: x.Area, Org: x.ID})
			}
		}
		return out, err
	}},
	"OrgRecord": {act: auth.OrgRecord, place: whole, do: func(w *world, ctx context.Context, a auth.Actor, s *site) error {
		_, err := w.Desk.OrgRecord(ctx, a, OrgInput{Name: fmt.Sprint("新", w.n), Kind: "bank", Area: s.area})
		return err
	}},
	"AccountMake": {act: auth.AccountMake, place: whole, do: func(w *world, ctx context.Context, a auth.Actor, s *site) error {
		_, err := w.Desk.AccountMake(ctx, a, Person{Login: "1 no login", Name: "x"}, s.org)
		return err
	}},
	"Accounts": {act: auth.AccountRead, place: whole, do: func(w *world, ctx context.Context, a auth.Actor, _ *site) error {
		_, err := w.Desk.Accounts(ctx, a)
		return err
	}},
	"Change": {act: auth.GrantGive, place: whole, do: func(w *world, ctx context.Context, a auth.Actor, s *site) error {
		_, err := w.Desk.Change(ctx, a, Change{What: "give", Login: "none", Role: "auditor", Org: s.org})
		return err
	}},
	"Requests": {act: auth.RequestDecide, place: whole, do: func(w *world, ctx context.Context, a auth.Actor, _ *site) error {
		_, err := w.Desk.Requests(ctx, a)
		return err
	}},
	"RequestDecide": {act: auth.RequestDecide, place: func(auth.Actor, *site) auth.Place { return auth.Place{Maker: maker} },
		do: func(w *world, ctx context.Context, a auth.Actor, _ *site) error {
			_, err := w.Desk.RequestDecide(ctx, a, 77, true)
			if codeOf(err) == "REQUEST_UNKNOWN" { // said to everyone alike: it tells nothing
				err = a.May(auth.RequestDecide, auth.Place{Maker: maker})
			}
			return err
		}},
	"RuleChange": {act: auth.RuleChange, place: whole, do: func(w *world, ctx context.Context, a auth.Actor, _ *site) error {
		return w.Desk.RuleChange(ctx, a, "no such rule", 1, 1)
	}},
	"AuditVerify": {act: auth.AuditRead, place: whole, do: func(w *world, ctx context.Context, a auth.Actor, _ *site) error {
		_, err := w.Desk.AuditVerify(ctx, a)
		return err
	}},
	"AuditExport": {act: auth.AuditExport, place: whole, do: func(w *world, ctx context.Context, a auth.Actor, _ *site) error {
		_, err := w.Desk.AuditExport(ctx, a, io.Discard)
		return err
	}},
	"Backup": {act: auth.BackupMake, place: whole, do: func(w *world, ctx context.Context, a auth.Actor, _ *site) error {
		_, err := w.Desk.Backup(ctx, a, filepath.Join(w.t.TempDir(), "no", "such", "folder"), "test")
		return err
	}},
	"RunStart": {act: auth.RunStart, do: func(w *world, ctx context.Context, a auth.Actor, s *site) error {
		_, err := w.Desk.RunStart(ctx, a, RunWanted{Scheme: "no such scheme", Year: 2025, Area: s.area, Org: s.org})
		return err
	}},
	"RunList": {act: auth.RunRead, list: func(w *world, ctx context.Context, a auth.Actor) (out []auth.Place, err error) {
		list, err := w.Desk.RunList(ctx, a, w.Clock())
		for _, x := range list {
			out = append(out, auth.Place{Area: x.Area, Org: x.Org})
		}
		return out, err
	}},
	"RunShow": {act: auth.RunRead, do: func(w *world, ctx context.Context, a auth.Actor, s *site) error {
		_, err := w.Desk.RunShow(ctx, a, s.run)
		return err
	}},
	"RunExplain": {act: auth.RunRead, do: func(w *world, ctx context.Context, a auth.Actor, s *site) error {
		_, err := w.Desk.RunExplain(ctx, a, s.run, s.contract)
		return err
	}},
	"RunExport": {act: auth.RunExport, do: func(w *world, ctx context.Context, a auth.Actor, s *site) error {
		_, err := w.Desk.RunExport(ctx, a, s.run, "test", io.Discard)
		return err
	}},
	"RunCancel": {act: auth.RunCancel, do: func(w *world, ctx context.Context, a auth.Actor, s *site) error {
		return w.Desk.RunCancel(ctx, a, s.run, "test")
	}},
	"RunVerify": {act: auth.RunVerify, do: func(w *world, ctx context.Context, a auth.Actor, s *site) error {
		_, err := w.Desk.RunVerify(ctx, a, s.run)
		return err
	}},
	"RunVerifyAll": {act: auth.RunVerify, list: func(w *world, ctx context.Context, a auth.Actor) (out []auth.Place, err error) {
		err = w.Desk.RunVerifyAll(ctx, a, func(v Verified) error { out = append(out, auth.Place{Area: v.Run.Area, Org: v.Run.Org}); return nil })
		return out, err
	}},
	"IntegrityStart": {act: auth.IntegrityCheck, place: whole, do: func(w *world, ctx context.Context, a auth.Actor, _ *site) error {
		_, err := w.Desk.IntegrityStart(ctx, a)
		return err
	}},
	"JobList": {act: auth.JobRead, list: func(w *world, ctx context.Context, a auth.Actor) (out []auth.Place, err error) {
		list, err := w.Desk.JobList(ctx, a)
		for _, x := range list {
			out = append(out, auth.Place{Area: x.Area, Org: x.Org})
		}
		return out, err
	}},
	"JobMeasures": {act: auth.JobRead, place: whole, do: func(w *world, ctx context.Context, a auth.Actor, _ *site) error {
		_, err := w.Desk.JobMeasures(ctx, a)
		return err
	}},
	"JobShow": {act: auth.JobRead, do: func(w *world, ctx context.Context, a auth.Actor, s *site) error {
		_, _, err := w.Desk.JobShow(ctx, a, s.job)
		return err
	}},
	"JobRetry": {act: auth.JobRetry, do: func(w *world, ctx context.Context, a auth.Actor, s *site) error {
		return w.Desk.JobRetry(ctx, a, s.job)
	}},
	"Settings": {act: auth.SettingRead, place: whole, do: func(w *world, ctx context.Context, a auth.Actor, _ *site) error {
		_, err := w.Desk.Settings(ctx, a)
		return err
	}},
	"JobCancel": {act: auth.JobCancel, do: func(w *world, ctx context.Context, a auth.Actor, s *site) error {
		return w.Desk.JobCancel(ctx, a, s.job)
	}},
	"Keys": {act: auth.KeyRotate, place: whole, do: func(w *world, ctx context.Context, a auth.Actor, _ *site) error {
		_, _, err := w.Desk.Keys(ctx, a)
		return err
	}},
	"FactorMake":    {own: true},
	"FactorConfirm": {own: true},
}

func (w *world) documents(ctx context.Context, s *site) (out []store.Document, err error) {
	err = w.DB.Look(ctx, w.Clock(), func(tx *store.Tx) error {
		return store.EachDocument(ctx, tx, w.Ring, tx.Now, "id = $2", []any{s.document}, func(x store.Document) error { out = append(out, x); return nil })
	})
	return out, err
}

func TestEveryMethodOfTheDeskSaysHowFarItReaches(t *testing.T) {
	desk := reflect.TypeFor[*Desk]()
	for i := range desk.NumMethod() {
		m := desk.Method(i)
		acts := false
		for p := range m.Type.NumIn() {
			acts = acts || m.Type.In(p) == reflect.TypeFor[auth.Actor]()
		}
		x, ok := reaches[m.Name]
		switch {
		case acts && !ok:
			t.Errorf("%s takes an actor and is not in the table of reaches", m.Name)
		case !acts && ok:
			t.Errorf("%s takes no actor", m.Name)
		case ok && !x.own && x.do == nil && x.list == nil:
			t.Errorf("%s is in the table and not tried", m.Name)
		}
	}
	for name := range reaches {
		if _, ok := desk.MethodByName(name); !ok {
			t.Errorf("there is no method %s", name)
		}
	}
}

var denials = []string{"DENIED", "SECOND_FACTOR_NEEDED", "SAME_PERSON"}

// tables are what no refused act may change.
const tables = "select (select count(*) from document) + (select count(*) from scheme_version) + (select count(*) from batch) + (select count(*) from contract) + " +
	"(select count(*) from ledger_line) + (select count(*) from list_interval) + (select count(*) from import_state) + (select count(*) from org) + " +
	"(select count(*) from account) + (select count(*) from account_grant) + (select count(*) from account_request) + (select count(*) from setting) + (select count(*) from job) + (select count(*) from run)"

func (w *world) rows() (n int64) {
	err := w.DB.Look(w.t.Context(), w.Clock(), func(tx *store.Tx) error { return tx.QueryRowContext(w.t.Context(), tables).Scan(&n) })
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}

// Whatever the actor: an act happens where the table of rights allows it and nowhere else, and a list shows just what it
// reaches (GB/T 22239-2019 8.1.4.2 e, f).
func TestNoActReachesWhatTheActorMayNot(t *testing.T) {
	areas := []string{"330000", "330783", "330784", "330783001"}
	var roles []auth.Role
	for _, r := range auth.KnownRoles() {
		roles = append(roles, auth.Role(r))
	}
	var names []string
	for name, x := range reaches {
		if !x.own {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	storetest.Each(t, func(t *testing.T, url string) {
		w := newWorld(t, url)
		rapid.Check(t, func(t *rapid.T) {
			a := auth.Actor{ID: rapid.SampledFrom([]int64{9, maker}).Draw(t, "id"), Login: "any", Strong: rapid.Bool().Draw(t, "strong")}
			for range rapid.IntRange(0, 2).Draw(t, "grants") {
				a.Grants = append(a.Grants, auth.Grant{Role: rapid.SampledFrom(roles).Draw(t, "role"), Org: rapid.SampledFrom(w.sites).Draw(t, "org").org, Area: rapid.SampledFrom(areas).Draw(t, "area")})
				a.Org = a.Grants[0].Org
			}
			s := rapid.SampledFrom(w.sites).Draw(t, "site")
			for _, name := range names {
				w.n++
				w.try(t, name, reaches[name], a, &s)
			}
		})
	})
}

// try tries one method and holds what came against the table of rights.
func (w *world) try(t *rapid.T, name string, x reach, a auth.Actor, s *site) {
	if x.list != nil {
		shown, err := x.list(w, w.t.Context(), a)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for i := range w.sites {
			p := w.sites[i].place()
			p.Maker = 0
			if may := a.May(x.act, p) == nil; may != slices.Contains(shown, p) {
				t.Fatalf("%v: %s shows %v; may at %v: %v", a.Grants, name, shown, p, may)
			}
		}
		return
	}
	place := s.place()
	if x.place != nil {
		place = x.place(a, s)
	}
	before := w.rows()
	err := x.do(w, w.t.Context(), a, s)
	denied := slices.Contains(denials, codeOf(err))
	if may := a.May(x.act, place) == nil; may == denied {
		t.Fatalf("%v (%d, strong %v) %s at %v: may %v, and it came to %v", a.Grants, a.ID, a.Strong, name, place, may, err)
	}
	if denied && w.rows() != before {
		t.Fatalf("%v %s at %v was refused and left something", a.Grants, name, place)
	}
}
