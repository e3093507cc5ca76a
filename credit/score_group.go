package credit

import (
	"fmt"
	"math/big"

	"ganlan/fault"
	"ganlan/money"
	"ganlan/rule"
	"ganlan/scheme"
)

// Group is who must sit in the group that rates a village (PX1-5, PX3-3.1b, OP-51).
type Group struct {
	Share  rule.Single[money.Rate] `rule:"rep_share,need"` // villagers' representatives: at least this share, the border in
	Of     rule.Single[ShareOf]    `rule:"rep_share_of,need"`
	Quorum rule.Single[money.Rate] `rule:"quorum,need"` // members present: more than this share of the group
}

// ShareOf is what the representatives' share is a share of.
type ShareOf string

// OfMembers is the whole group, OfPresent those who came.
const (
	OfMembers ShareOf = "members"
	OfPresent ShareOf = "present"
)

// Known lists the words.
func (ShareOf) Known() []string { return []string{string(OfMembers), string(OfPresent)} }

// Session is one meeting of a group.
type Session struct {
	Members     int64 `rule:"members,need"`
	Reps        int64 `rule:"representatives,need"` // of the members
	Present     int64 `rule:"present,need"`
	PresentReps int64 `rule:"present_representatives"` // asked for only where the share is one of those present
}

// Ruling is whether a session counts, with both sides of each comparison.
type Ruling struct {
	Valid bool
	Tests []Counted
}

// Counted is one comparison of a session.
type Counted struct {
	Holds bool
	Words scheme.Words
	Cite  string
}

func (g *Group) check(k *scheme.Checker) {
	for _, v := range []rule.Version[money.Rate]{g.Share.First(), g.Quorum.First()} {
		if v.Is.Num() < 0 || v.Is.Cmp(money.Whole) > 0 {
			k.Add(FaultGroup.At(k.At(v.Place)).Set("text", v.Is))
		}
	}
}

// Sits decides whether a session is valid. The shares are compared crosswise, without division: five times the
// representatives against twice the members. A card without rules for a group says nothing of sessions.
func (c *Card) Sits(s Session) (*Ruling, error) {
	g := c.Group
	if g == nil {
		return nil, FaultGroup.New().Set("text", "group")
	}
	if s.Members <= 0 || s.Reps < 0 || s.Present < 0 || s.Reps > s.Members || s.Present > s.Members || s.PresentReps > min(s.Reps, s.Present) || s.PresentReps < 0 {
		return nil, FaultGroup.New().Set("text", fmt.Sprintf("%d / %d / %d / %d", s.Members, s.Reps, s.Present, s.PresentReps))
	}
	reps, of := s.Reps, s.Members
	title := scheme.Words{Zh: "村民代表占小组", En: "representatives in the group"}
	if g.Of.Or(OfMembers) == OfPresent {
		reps, of = s.PresentReps, s.Present
		title = scheme.Words{Zh: "村民代表占到会人员", En: "representatives among those present"}
	}
	share, quorum := g.Share.First(), g.Quorum.First()
	d := compare(reps, of, share.Is)
	q := compare(s.Present, s.Members, quorum.Is)
	r := &Ruling{Tests: []Counted{
		counted(d >= 0, title, reps, of, share.Is, "≥", citeOf(&g.Share)),
		counted(q > 0, scheme.Words{Zh: "到会人员占小组", En: "members present"}, s.Present, s.Members, quorum.Is, ">", citeOf(&g.Quorum)),
	}}
	r.Valid = r.Tests[0].Holds && r.Tests[1].Holds
	return r, nil
}

// compare is part ÷ of against a share.
func compare(part, of int64, share money.Rate) int {
	whole := new(big.Rat).Mul(big.NewRat(of, 1), share.Rat())
	return big.NewRat(part, 1).Cmp(whole)
}

func counted(holds bool, title scheme.Words, part, of int64, share money.Rate, sign, cite string) Counted {
	s := fmt.Sprintf("%d × %d %s %d × %d", part, share.Den(), sign, of, share.Num())
	yes, no := scheme.Words{Zh: "成立", En: "holds"}, scheme.Words{Zh: "不成立", En: "does not hold"}
	if !holds {
		yes = no
	}
	return Counted{holds, scheme.Words{Zh: title.Zh + " " + share.Fraction() + "：" + s + " " + yes.Zh, En: title.En + " " + share.Fraction() + ": " + s + " " + yes.En}, cite}
}

// Text is the ruling in words.
func (r *Ruling) Text(l fault.Lang) []string {
	out := make([]string, len(r.Tests))
	for i, t := range r.Tests {
		out[i] = t.Words.In(l) + " [" + t.Cite + "]"
	}
	return out
}
