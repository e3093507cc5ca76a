package bankfile

import (
	"strconv"
	"strings"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/ident"
)

// name is a person's or a body's name in its one form; a role in brackets behind it is no part of it.
func (c *cell) name() string {
	w := c.word()
	r := ident.ReadName(w, c.t.profile.isKin)
	if r.Why != nil {
		c.fault(r.Why.New().Set("value", w))
	}
	return string(r.Name)
}

// isKin reports a word that says what somebody is in a household.
func (p *Profile) isKin(word string) bool { return p.kin[word] != "" && !isDigits(word) }

func isDigits(s string) bool { return strings.Trim(s, "0123456789") == "" }

// account is a card or other account, without the spaces of its groups. One without the check of cards is told.
func (c *cell) account() string {
	if c.none() {
		return ""
	}
	r := ident.Read(ident.Account, c.text)
	if f := r.Fault(fault.Place{}); f != nil {
		c.fault(f)
	}
	return r.Text
}

// sex is a person's sex as a column says it.
type sex uint8

// The sexes a column can say; neither is not given.
const (
	neither sex = iota
	male
	female
)

func (c *cell) sex() sex {
	switch w := c.word(); c.t.profile.sex[w] {
	case "male":
		return male
	case "female":
		return female
	case "":
		if w != "" && !c.none() {
			c.fault(FaultSex.New().Set("value", w))
		}
	}
	return neither
}

// grade is the bank's five-grade class; a word that nobody knows is kept and told.
func (c *cell) grade() string {
	w := c.word()
	if w == "" || c.none() {
		return ""
	}
	g, known := c.t.profile.grade[w]
	if !known {
		c.fault(FaultGrade.New().Set("value", w))
		return w
	}
	return g
}

// term is how long a loan runs by its own column: months, or days.
type term struct {
	months, days int16
}

// term reads 12, 12个月, 1年, 365天. A bare number is months. What cannot be read is told, for the two dates decide.
func (c *cell) term() (x term) {
	if c.none() {
		return x
	}
	t := clean(c.text)
	unit := 1
	for _, u := range []struct {
		word   string
		months int
	}{{"个月", 1}, {"月", 1}, {"M", 1}, {"年", 12}, {"天", 0}, {"日", 0}, {"D", 0}} {
		if rest, ok := strings.CutSuffix(t, u.word); ok {
			t, unit = rest, u.months
			break
		}
	}
	n, err := strconv.Atoi(t)
	switch {
	case err != nil || n < 0 || n*max(unit, 1) > 20_000:
		c.fault(FaultTermForm.New().Set("value", c.text))
	case unit == 0:
		x.days = int16(n)
	default:
		x.months = int16(n * unit)
	}
	return x
}

// termSlack is by how many days a term and the two dates may differ: the last day counted or not, a holiday, weeks rounded.
const termSlack = 7

// fits reports whether the term may be that of a loan between two days.
func (x term) fits(from, to day.Date) bool {
	want := from + day.Date(x.days)
	if x.months > 0 {
		want = from.AddMonths(int(x.months))
	}
	return x == term{} || to-want <= termSlack && want-to <= termSlack
}

// checkID reads an id number by its type and gives it in its clean form; without a type it is a citizen's, or a credit code
// when it is a valid one.
func (t *table) checkID(idType, idNo string) string {
	k := ident.CitizenID
	switch {
	case idNo == "":
		return ""
	case idType != "" && idType != t.lastType:
		kind, err := ident.ParseKind(idType)
		if err != nil {
			c := cell{t, idType, t.layout.column("id_type")}
			c.err(err)
		}
		t.lastType, t.lastKind = idType, kind
		k = kind
	case idType != "":
		k = t.lastKind
	}
	if ident.Check(k, idNo) == ident.Valid || idType == "" && ident.Check(ident.CreditCode, idNo) == ident.Valid {
		return idNo
	}
	r := ident.Read(k, idNo)
	if idType == "" && !r.Verdict.Accepted() {
		if code := ident.Read(ident.CreditCode, idNo); code.Verdict.Accepted() && code.Verdict != ident.Legacy {
			r = code
		}
	}
	if f := r.Fault(t.layout.at(t.row, t.layout.column("id_no"))); f != nil {
		t.faults.Add(f)
	}
	if r.Text != "" {
		return r.Text
	}
	return idNo
}

// checkPerson holds the columns of sex and birth against the number of a person.
func (t *table) checkPerson(id string, s sex, birth day.Date) {
	if s == neither && birth == day.None {
		return
	}
	c, err := ident.ParseCitizen(id)
	if err != nil {
		return // said with the number, or no person's
	}
	if s != neither && (s == female) != c.Female() {
		t.faults.Add(FaultSexDiffers.At(t.layout.at(t.row, t.layout.column("sex"))).Set("value", ident.Mask(id)))
	}
	if y, m, d := c.Birth(); birth != day.None && day.Of(y, m, d) != birth {
		t.faults.Add(FaultBirthDiffers.At(t.layout.at(t.row, t.layout.column("birth"))).Set("birth", birth).Set("value", ident.Mask(id)))
	}
}
