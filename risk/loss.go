package risk

import (
	"slices"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/figure"
	"ganlan/rule"
	"ganlan/scheme"
)

// LossSharing says who bears the loss of a loan that cannot be repaid: for which causes, on what base, after which insurance,
// in which shares, and who has what comes back later (OP-56).
type LossSharing struct {
	scheme.Head
	Parties    Names                 `rule:"parties"` // names of parties and lender in words
	Figures    figure.Figures        `rule:"figures"`
	Causes     rule.Single[[]string] `rule:"causes"`    // the fact cause must be one of these
	Who        []scheme.Requirement  `rule:"who"`       // all must hold; the first that fails is the reason
	Loss       string                `rule:"loss,need"` // a fact or figure: what is lost, before insurance
	First      []First               `rule:"first"`     // who pays before the loss is shared, in order
	DatedBy    string                `rule:"dated_by"`  // the date that picks dated shares
	Shares     rule.Value[Parties]   `rule:"shares,need"`
	Lender     rule.Single[string]   `rule:"lender,need"` // bears what nobody else bears
	Recoveries rule.Single[string]   `rule:"recoveries,need"`
	LendWhile  []scheme.Requirement  `rule:"lend_while"` // while one does not hold no new loans of the product are made; losses are shared as before

	program *figure.Program
	tables  []lossTable
}

// First is a payment that comes before the loss is shared, such as insurance: it never counts above what is lost.
type First struct {
	rule.Spot
	rule.Cite
	Who  string `rule:"who,need"`
	Zh   string `rule:"zh,need"`
	En   string `rule:"en,need"`
	Pays string `rule:"pays,need"` // a fact or figure
}

// lossTable is a dated or conditional table of shares made ready.
type lossTable struct {
	version *rule.Version[Parties]
	cond    *rule.Condition
	*table
}

// Check makes figures, conditions and tables ready.
func (s *LossSharing) Check(c *scheme.Checker) {
	if s.program = compile(c, s.Facts, s.Figures); s.program == nil {
		return
	}
	named(c, s.program, "loss", s.Loss, figure.Money)
	for i := range s.First {
		f := &s.First[i]
		cited(c, f.Who, f.Cite, f.Place)
		named(c, s.program, "first.pays", f.Pays, figure.Money)
	}
	if s.DatedBy != "" {
		named(c, s.program, "dated_by", s.DatedBy, figure.Date)
	}
	ready(c, s.program, s.Who)
	ready(c, s.program, s.LendWhile)
	s.checkCauses(c)
	s.checkShares(c)
	s.checkRecoveries(c)
}

// checkCauses proves that every cause that is covered can be given.
func (s *LossSharing) checkCauses(c *scheme.Checker) {
	if !s.Causes.Given() {
		return
	}
	at := c.At(s.Causes.First().Place)
	f := s.Facts.Find("cause")
	if f == nil || f.Type != figure.Text || len(f.In) == 0 {
		c.Add(FaultName.At(at).Set("key", "causes").Set("name", "cause").Set("types", "text, in: [...]"))
		return
	}
	for _, x := range s.Causes.First().Is {
		if !slices.Contains(f.In, x) {
			c.Add(rule.FaultChoice.At(at).Set("got", x).Set("known", listWords(f.In).Zh).Near(x, f.In))
		}
	}
}

func (s *LossSharing) checkShares(c *scheme.Checker) {
	s.tables = nil
	for i := range s.Shares.Versions {
		v := &s.Shares.Versions[i]
		t := lossTable{version: v}
		if v.When != "" {
			cond, f := s.program.Names().Compile(v.When, c.At(v.Place))
			c.Add(f)
			t.cond = cond
		}
		if (v.Since != day.None || v.Until != day.None) && s.DatedBy == "" && !v.Set {
			c.Add(rule.FaultMissing.At(c.At(v.Place)).Set("key", "dated_by"))
		}
		if w := v.Is.twice(); w != "" {
			c.Add(FaultParty.At(c.At(v.Place)).Set("who", w))
		}
		t.table, _ = newTable(v.Is) // shares that are not whole are a fault of the file already
		s.tables = append(s.tables, t)
	}
}

// checkRecoveries proves that the party that has all recoveries bears something in every table.
func (s *LossSharing) checkRecoveries(c *scheme.Checker) {
	to := s.Recoveries.Or(SameShares)
	if to == SameShares {
		return
	}
	for i := range s.Shares.Versions {
		if v := &s.Shares.Versions[i]; !slices.Contains(v.Is.Leaves(), to) {
			c.Add(FaultParty.At(c.At(s.Recoveries.First().Place)).Set("who", to))
			return
		}
	}
}

// Words are all values of the scheme in words.
func (s *LossSharing) Words() []scheme.Line {
	return scheme.Lines(func(add scheme.Add) {
		figureWords(add, s.program, s.Figures)
		scheme.Say(add, "causes", &s.Causes.Value, listWords)
		testWords(add, "who", s.Who)
		add("loss", both(func(l fault.Lang) string { return title(s.program, s.Loss, l) }), citeOf(s.program, s.Loss))
		for i := range s.First {
			f := &s.First[i]
			add("first."+f.Who, scheme.Words{Zh: f.Zh, En: f.En}, f.Cite)
		}
		sayParties(add, "shares", &s.Shares, s.Parties)
		scheme.Say(add, "lender", &s.Lender.Value, func(w string) scheme.Words { return both(func(l fault.Lang) string { return s.Parties.Of(w, l) }) })
		scheme.Say(add, "recoveries", &s.Recoveries.Value, func(string) scheme.Words { return both(s.returns) })
		testWords(add, "lend_while", s.LendWhile)
	})
}

// returns says what happens to money that comes back.
func (s *LossSharing) returns(l fault.Lang) string {
	if to := s.Recoveries.Or(SameShares); to != SameShares {
		return [2]string{"收回的全部归", "what is recovered goes to "}[lang(l)] + s.Parties.Of(to, l)
	}
	return [2]string{"收回的按承担损失的比例退还", "what is recovered returns in the shares of the loss"}[lang(l)]
}
