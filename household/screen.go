package household

import (
	"reflect"

	"ganlan/day"
	"ganlan/figure"
	"ganlan/rule"
	"ganlan/scheme"
)

// Screen decides who belongs on a list: tests over the declared facts of a household and its applicant, tags and types from
// rules, and the items that other bodies verify on demand. What cannot be decided is never guessed: it waits for a person.
type Screen struct {
	scheme.Head
	Figures  figure.Figures         `rule:"figures"` // of the household; they know the counts of members
	Members  MemberRules            `rule:"members"`
	Tests    []Test                 `rule:"tests,need"` // in order: the first that fails is the reason
	Manual   rule.Single[Manual]    `rule:"manual"`     // who is out may be put in by hand
	Tags     []Mark                 `rule:"tags"`
	Types    []Mark                 `rule:"types"` // a household may be of several
	Checks   []Item                 `rule:"checks"`
	Required rule.Single[ItemNames] `rule:"required_checks"` // items that must be answered before a household is in

	person, family *figure.Program
	names          rule.Names // of the household and the applicant together
}

// MemberRules are the facts and figures of each member, and what the household has of them.
type MemberRules struct {
	Facts   figure.Facts   `rule:"facts"`
	Figures figure.Figures `rule:"figures"` // they know the household's facts
	Counts  Counts         `rule:"counts"`
}

// Count is how many members a condition holds for, or the sum of a figure over all members.
type Count struct {
	rule.Spot
	rule.Cite
	Key  string `rule:"-"`
	Zh   string `rule:"zh,need"`
	En   string `rule:"en,need"`
	When string `rule:"when"`
	Sum  string `rule:"sum"`

	cond *rule.Condition
}

// Counts are the counts of a screen in the order of the file.
type Counts []Count

// DecodeRule reads {name: {when, zh, en}, …} and keeps the order.
func (c *Counts) DecodeRule(n rule.Node) {
	for _, e := range n.Entries() {
		x := Count{Key: e.Key.Text()}
		e.Value.Into(&x)
		*c = append(*c, x)
	}
}

// Outcome is what a test, or a whole screen, comes to.
type Outcome string

// Decide is for a person to decide.
const (
	In     Outcome = "in"
	Out    Outcome = "out"
	Decide Outcome = "decide"
)

// Known lists the words.
func (Outcome) Known() []string { return []string{string(In), string(Out), string(Decide)} }

// Whose facts a test looks at.
type Whose string

// The applicant is one member; the household's facts are known in tests on the applicant too.
const (
	OnHousehold Whose = "household"
	OnApplicant Whose = "applicant"
)

// Known lists the words.
func (Whose) Known() []string { return []string{string(OnHousehold), string(OnApplicant)} }

// Test is one condition, in exactly one form: bands of a number, words of a text, lists of a text, or CEL.
type Test struct {
	rule.Spot
	rule.Cite
	Code  string                           `rule:"code,need"` // of the reason
	Zh    string                           `rule:"zh,need"`   // what the test asks
	En    string                           `rule:"en,need"`
	On    Whose                            `rule:"on"`
	Of    string                           `rule:"of"`
	Bands []Band                           `rule:"bands"`
	Words map[string]rule.Setting[Outcome] `rule:"words"`  // every word that the fact may be
	In    rule.Setting[[]string]           `rule:"in"`     // one of these
	NotIn rule.Setting[[]string]           `rule:"not_in"` // none of these
	Cel   string                           `rule:"cel"`    // must hold
	Then  Outcome                          `rule:"then"`   // what failing a list or CEL means: out unless said otherwise
	Apply rule.Setting[bool]               `rule:"apply"`  // a test that is not applied is shown as such
	Final bool                             `rule:"final"`  // not to be passed by hand

	cond *rule.Condition
}

// Band is a stretch of a number with its outcome; its own reason where it is not in.
type Band struct {
	rule.Spot
	rule.Cite
	From  rule.Setting[rule.Raw] `rule:"from"`  // the bound in
	Above rule.Setting[rule.Raw] `rule:"above"` // the bound out
	UpTo  rule.Setting[rule.Raw] `rule:"up_to"` // the bound in
	Below rule.Setting[rule.Raw] `rule:"below"` // the bound out
	Is    rule.Setting[Outcome]  `rule:"is,need"`
	Code  string                 `rule:"code"`
	Zh    string                 `rule:"zh"`
	En    string                 `rule:"en"`

	low, high edge
}

// Mark is a tag or type with the rule behind it (多维打标). On looks at the household's facts and counts.
type Mark struct {
	rule.Spot
	rule.Cite
	Zh   string `rule:"zh,need"`
	En   string `rule:"en,need"`
	When string `rule:"when,need"`

	cond *rule.Condition
}

// Item is something that another body verifies on demand (按需校验). It is no gate unless it is required; unanswered it is
// shown as not verified.
type Item struct {
	rule.Spot
	rule.Cite
	Name string `rule:"item,need"`
	Zh   string `rule:"zh,need"`
	En   string `rule:"en,need"`
	By   string `rule:"by"` // who verifies
}

// ItemNames are names of items.
type ItemNames []string

// Manual is whether somebody may be put in by hand (OP-23).
type Manual string

// SecondApproval asks for a reason and two people.
const (
	Never          Manual = "never"
	SecondApproval Manual = "second_approval"
)

// Known lists the words.
func (Manual) Known() []string { return []string{string(Never), string(SecondApproval)} }

// Candidate is a household as a screen looks at it.
type Candidate struct {
	No      string
	On      day.Date // the day of the screening; tags bear it
	Facts   figure.Row
	Members []Person
	Sources map[string]Source // where a fact comes from, by its name
	Tags    []Tag             // that came with the household; each with its source and day
	Answers map[string]Answer // to verification items, by name
	By      *Inclusion        // put in by hand
}

// Person is one member.
type Person struct {
	Name      string
	Applicant bool
	Facts     figure.Row
}

// Source is where something comes from.
type Source struct {
	From string   `rule:"from,need"`
	On   day.Date `rule:"on,need"`
}

// Answer is what the other body said about an item.
type Answer struct {
	Source
	Agrees bool
}

// Inclusion is a household put in by hand: why, by whom, and who approved it as the second.
type Inclusion struct {
	Reason   string `rule:"reason"`
	By       string `rule:"by"`
	Approved string `rule:"approved"` // empty while it waits
}

// EmptyScreen is a screen to be read into.
func EmptyScreen() scheme.Rules { return &Screen{} }

// RuleSchema is a mapping of names to counts.
func (*Counts) RuleSchema(s *rule.Schemas) rule.Schema {
	return rule.Schema{"type": "object", "additionalProperties": s.Of(reflect.TypeFor[Count]())}
}
