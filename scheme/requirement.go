package scheme

import (
	"slices"
	"strings"

	"ganlan/fault"
	"ganlan/figure"
	"ganlan/rule"
)

// Requirement is a condition over the facts and figures of a row, with the reason for rows that do not meet it.
type Requirement struct {
	rule.Spot
	rule.Cite
	Holds string          `rule:"holds,need"` // CEL
	Code  string          `rule:"code,need"`
	Zh    string          `rule:"zh,need"` // what is asked for
	En    string          `rule:"en,need"`
	Cond  *rule.Condition `rule:"-"`
}

// Compile makes the condition ready over the names of a program. A requirement without clause, reading or source is refused.
func (s *Requirement) Compile(p *figure.Program) (faults fault.List) {
	if s.Text() == "" {
		faults.Add(FaultTest.At(s.Place).Set("test", s.Code).Set("key", "clause / reading / source"))
	}
	cond, f := p.Names().Compile(s.Holds, s.Place)
	faults.Add(f)
	s.Cond = cond
	return faults
}

// In is what the requirement asks for, in a language.
func (s *Requirement) In(l fault.Lang) string { return Words{s.Zh, s.En}.In(l) }

// Exclusions are facts and conditions that several schemes of an area share: exclusions/NAME.yaml beside their folders.
type Exclusions struct {
	rule.Cite
	Title Words                 `rule:"title,need"`
	Facts figure.Facts          `rule:"facts"`
	Bind  rule.Single[[]string] `rule:"bind"` // codes of the conditions that bind; all when not written
	Who   []Requirement         `rule:"who,need"`
}

// Binding are the conditions that bind, in order.
func (x *Exclusions) Binding() (out []*Requirement) {
	for i := range x.Who {
		if s := &x.Who[i]; !x.Bind.Given() || slices.Contains(x.Bind.First().Is, s.Code) {
			out = append(out, s)
		}
	}
	return out
}

// unbound are the codes that are to bind and that no condition has.
func (x *Exclusions) unbound() (faults fault.List) {
	if !x.Bind.Given() {
		return nil
	}
	var codes []string
	for i := range x.Who {
		codes = append(codes, x.Who[i].Code)
	}
	for _, code := range x.Bind.First().Is {
		if !slices.Contains(codes, code) {
			faults.Add(rule.FaultChoice.At(x.Bind.First().Place).Set("got", code).Set("known", strings.Join(codes, "、")).Near(code, codes))
		}
	}
	return faults
}

// Sharer is a kind of rule whose schemes take up, by name, exclusions that stand in their area.
type Sharer interface {
	Shares() []string
	Share(*Exclusions)
}

// Beside reads a file of a scheme's area; nil when there is none.
type Beside func(file string) []byte

// share reads the exclusions that a scheme names and hands them over.
func share(r *rule.Reader, s Sharer, beside Beside) (faults fault.List) {
	for _, name := range s.Shares() {
		file := exclusionsFile(name)
		var data []byte
		if beside != nil {
			data = beside(file)
		}
		if data == nil {
			faults.Add(FaultNoExclusions.New().Set("file", file))
			continue
		}
		x := &Exclusions{}
		faults = append(faults, r.Read(file, data, x)...)
		faults = append(faults, x.unbound()...)
		s.Share(x)
	}
	return faults
}

func exclusionsFile(name string) string { return "exclusions/" + name + ".yaml" }
