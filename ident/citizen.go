package ident

import "ganlan/fault"

// Citizen is the 18-character number of a person that passed its check: citizen id, residence permit or permanent
// resident card. Two of them are the same person exactly when they are equal.
type Citizen string

// ParseCitizen reads the number of a person, cleaned, old 15-digit numbers in their present form. Which of the three kinds
// it is follows from the number itself. Notices are dropped; use Read to see them.
func ParseCitizen(s string) (Citizen, error) {
	r := Read(personKind(clean(s)), s)
	if !r.Verdict.Accepted() || len(r.Text) != 18 {
		return "", r.Fault(fault.Place{})
	}
	return Citizen(r.Text), nil
}

// Birth is the day of birth in the number; it exists in the calendar. Whether it is past only the caller knows.
func (c Citizen) Birth() (year, month, dom int) { return date(string(c[6:14])) }

// Female reports the sex in the number: the 17th digit is even for women.
func (c Citizen) Female() bool { return (c[16]-'0')%2 == 0 }

// Area is the six-digit code of the place where the number was first given; it stays for life.
func (c Citizen) Area() string { return string(c[:6]) }

// Kind is the kind of document that carries such a number.
func (c Citizen) Kind() Kind { return personKind(string(c)) }

// Mask is the number with the birth date hidden.
func (c Citizen) Mask() string { return Mask(string(c)) }

// UnmarshalText reads a number as ParseCitizen does.
func (c *Citizen) UnmarshalText(b []byte) (err error) {
	*c, err = ParseCitizen(string(b))
	return err
}

// Years of birth that a number may hold. A room without a clock can only refuse what is absurd; the caller compares with
// the day that matters (the loan, the list).
const firstYear, lastYear = 1800, 2059

func judgePerson(k Kind, s string) *fault.Def {
	if len(s) != 18 {
		return judgeShort(k, s)
	}
	v := 0 // Σ digit × 2^(17-i), which are the weights of the standard modulo 11
	for i := range 17 {
		d := s[i] - '0'
		if d > 9 {
			return wrongLetter(s)
		}
		v = v*2 + int(d)
	}
	last := int(s[17] - '0')
	if s[17] == 'X' {
		last = 10
	} else if last > 9 {
		return wrongLetter(s)
	}
	if (v*2+last)%11 != 1 {
		if s[15:] == "000" {
			return FaultZeros
		}
		return FaultCheck
	}
	if !born(date(s[6:14])) {
		return FaultBirth
	}
	return notice(k, s)
}

// notice is what is odd about a number whose check and date are right. Numbers of the test range 99 are never odd.
func notice(k Kind, s string) *fault.Def {
	switch {
	case s[0] == '9' && s[1] == '9':
		return nil
	case s[:6] == "000000":
		return FaultNoArea
	case personKind(s) != k:
		return FaultOtherKind
	case k != Permanent && !areaKnown(s):
		return FaultArea
	case s[15:] == "000":
		return FaultTail
	default:
		return nil
	}
}

// personKind is the kind that a number's first digits stand for. 83 is the permit of Taiwan residents; 9 is the permanent
// resident card; 99 is the test range and reads as a citizen id.
func personKind(s string) Kind {
	switch {
	case len(s) < 2:
		return CitizenID
	case s[0] == '8' && s[1] >= '1' && s[1] <= '3':
		return Residence
	case s[0] == '9' && s[1] != '9', len(s) == 15 && !digit(s[0]):
		return Permanent
	default:
		return CitizenID
	}
}

// assigned has a bit for each province code of GB/T 2260, and for 83 of the residence permits.
var assigned = func() (bits [100]bool) {
	for _, p := range []int{11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52,
		53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83} {
		bits[p] = true
	}
	return bits
}()

// areaKnown reports whether the province is assigned and the county pair one that counties get: 99 never was.
func areaKnown(s string) bool { return provinceKnown(s) && s[4:6] != "99" }

func provinceKnown(s string) bool { return assigned[(s[0]-'0')*10+s[1]-'0'] }

// date reads YYYYMMDD of digits.
func date(s string) (y, m, d int) {
	two := func(i int) int { return int(s[i]-'0')*10 + int(s[i+1]-'0') }
	return two(0)*100 + two(2), two(4), two(6)
}

func born(y, m, d int) bool {
	return y >= firstYear && y <= lastYear && m >= 1 && m <= 12 && d >= 1 && d <= monthDays(y, m)
}

func monthDays(y, m int) int {
	switch {
	case m == 2 && y%4 == 0 && (y%100 != 0 || y%400 == 0):
		return 29
	case m == 2:
		return 28
	case m == 4 || m == 6 || m == 9 || m == 11:
		return 30
	default:
		return 31
	}
}
