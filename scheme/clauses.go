package scheme

import (
	"ganlan/fault"
	"ganlan/rule"
)

// Clauses is the list of all clauses of the policy documents and of the points they leave open, by document.
type Clauses []ClausePart

// ClausePart is one document.
type ClausePart struct {
	Key     string       `rule:"-"` // DY, PX8; OP for open points
	Zh      string       `rule:"zh,need"`
	En      string       `rule:"en,need"`
	Clauses ClauseTitles `rule:"clauses,need"`
}

// ClauseTitles are the clauses of one document in their order.
type ClauseTitles []ClauseTitle

// ClauseTitle is one clause with a short title.
type ClauseTitle struct {
	ID   rule.Clause `rule:"-"`
	Zh   string      `rule:"zh,need"`
	En   string      `rule:"en,need"`
	What ClauseKind  `rule:"what,need"`
}

// ClauseKind is what a clause is about.
type ClauseKind string

// Known lists the kinds of clause.
func (ClauseKind) Known() []string {
	return words[ClauseKind]("calculation", "cap", "split", "eligibility", "risk", "target", "workflow", "role", "form", "register",
		"report", "publicity", "security", "data", "context", "open")
}

// Figures reports whether clauses of this kind bear figures, so that a worked case must prove them.
func (k ClauseKind) Figures() bool {
	switch k {
	case "calculation", "cap", "split", "eligibility", "risk", "target":
		return true
	}
	return false
}

// DecodeRule reads {DY: {zh, en, clauses}, …} in order.
func (c *Clauses) DecodeRule(n rule.Node) {
	for _, e := range n.Entries() {
		p := ClausePart{Key: e.Key.Text()}
		e.Value.Into(&p)
		*c = append(*c, p)
	}
}

// DecodeRule reads {DY-3.1a: {zh, en, what}, …} in order.
func (c *ClauseTitles) DecodeRule(n rule.Node) {
	for _, e := range n.Entries() {
		var x ClauseTitle
		e.Key.Into(&x.ID)
		e.Value.Into(&x)
		*c = append(*c, x)
	}
}

// LoadClauses reads the list.
func LoadClauses(file string, data []byte) (c Clauses, faults fault.List) {
	faults = rule.Decode(file, data, &c, nil)
	return c, faults
}

// Find is the clause of an id, nil when there is none.
func (c Clauses) Find(id rule.Clause) *ClauseTitle {
	for i := range c {
		for j := range c[i].Clauses {
			if x := &c[i].Clauses[j]; x.ID == id {
				return x
			}
		}
	}
	return nil
}

// Title is the clause's title in a language.
func (c *ClauseTitle) Title(l fault.Lang) string { return Words{c.Zh, c.En}.In(l) }
