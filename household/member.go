package household

import (
	"cmp"
	"slices"

	"ganlan/day"
)

// Relations to the head of a household that make somebody its head, as GB/T 4761 codes them: 本人 and 户主.
const (
	RelationSelf = "01"
	RelationHead = "02"
)

// Member is one person of a household.
type Member struct {
	Household, Name, IDNo string
	Relation              string   // to the head, by GB/T 4761; a word that is in no table as it is written
	Sex                   string   // male, female, or empty
	Birth                 day.Date // None when not given and the number does not tell it
	Village               string   // area code of the village or town, where the county's list knows it
	Row                   int
}

// IsHead reports the head of the household.
func (m *Member) IsHead() bool { return m.Relation == RelationSelf || m.Relation == RelationHead }

// Family is a household with its members in the order of the file, its one head among them.
type Family struct {
	No      string
	Head    int // place of the head among the members
	Members []Member
}

// Headless is a household that no head, or more than one, stands for.
type Headless struct {
	No    string
	Heads []int // rows of the heads; none or several
	Rows  []int // all rows of the household, in order
}

// Families puts members together by household, in the order of household numbers. A household without a head or with
// several is left out whole and given back apart.
func Families(members []Member) (families []Family, refused []Headless) {
	members = slices.Clone(members)
	slices.SortStableFunc(members, func(a, b Member) int { return cmp.Or(cmp.Compare(a.Household, b.Household), cmp.Compare(a.Row, b.Row)) })
	for len(members) > 0 {
		n := 1
		for n < len(members) && members[n].Household == members[0].Household {
			n++
		}
		f := Family{No: members[0].Household, Members: members[:n:n]}
		h := Headless{No: f.No}
		for i := range f.Members {
			h.Rows = append(h.Rows, f.Members[i].Row)
			if f.Members[i].IsHead() {
				f.Head = i
				h.Heads = append(h.Heads, f.Members[i].Row)
			}
		}
		if len(h.Heads) == 1 {
			families = append(families, f)
		} else {
			refused = append(refused, h)
		}
		members = members[n:]
	}
	return families, refused
}
