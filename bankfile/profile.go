package bankfile

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"ganlan/figure"
	"ganlan/money"
	"ganlan/region"
)

// Profile is what one program's exports look like: what it calls columns and words, how it separates fields, in what unit
// it counts money. It is read from policies/standard/files.
type Profile struct {
	Name, Title string
	Separator   string    // of csv, where the header does not show it
	Unit        money.Fen // worth of one in a money column that names no unit itself
	SheetFills  string    // key that the name of a sheet fills when the sheet has no such column; empty for none

	columns map[Kind]map[string]string // cleaned name → key
	marks   map[Kind][]string          // titles by which a header is known to be this profile's
	banks   []*Profile                 // profiles to be tried on a header before this one

	facts    figure.Facts // facts that the scheme at hand declares
	keyOwn   string       // key of the column that numbers the rows of a table of facts; empty for the usual one
	keyTitle string       // its title, to ask for it

	kinds   map[string]string
	status  map[string]string
	purpose map[string]string
	product map[string]string
	yes, no map[string]bool
	total   map[string]bool // part too
	part    map[string]bool
	footer  []string
	grade   map[string]string
	sex     map[string]string
	kin     map[string]string // relation to the head of the household, as GB/T 4761 codes it
	noDate  map[string]bool   // how programs write that there is no date

	counties region.Counties // in use; nil asks nothing

	statusNames, purposeNames, kinNames, kindWords map[string][]string

	titles map[Kind]map[string][]string // key → names, the usual one first
}

// build makes the tables that readers look things up in.
func (w *profileFile) build(name string) *Profile {
	p := &Profile{Name: name, Title: w.Title, Separator: w.Separator, Unit: w.Unit.fen(), SheetFills: w.SheetFills,
		columns: map[Kind]map[string]string{}, marks: map[Kind][]string{},
		kinds: invert(w.Words.LedgerKind), status: invert(w.Words.Status), purpose: invert(w.Words.Purpose), product: invert(w.Words.Product),
		yes: set(w.Words.Yes), no: set(w.Words.No), total: set(append(w.Words.Total, w.Words.Subtotal...)), part: set(w.Words.Subtotal), footer: w.Words.Footer,
		grade: invert(w.Words.Grade), sex: invert(w.Words.Sex), kin: invert(w.Words.Relation), noDate: set(w.Words.NoDate),
		statusNames: w.Words.Status, purposeNames: w.Words.Purpose, kinNames: w.Words.Relation,
		kindWords: w.Words.LedgerKind, titles: w.Columns}
	for kind, s := range schemas {
		names := map[string]string{}
		for _, key := range s.keys() {
			names[key] = key
			for _, n := range w.Columns[kind][key] {
				names[plainName(n)] = key
			}
		}
		p.columns[kind] = names
		for _, title := range w.Header[kind] {
			p.marks[kind] = append(p.marks[kind], plainName(title))
		}
	}
	return p
}

func invert(m map[string][]string) map[string]string {
	out := map[string]string{}
	for k, words := range m {
		out[k] = k
		for _, w := range words {
			out[w] = k
		}
	}
	return out
}

func set(words []string) map[string]bool {
	out := map[string]bool{}
	for _, w := range words {
		out[w] = true
	}
	return out
}

// plainName is a header without what writers put around it: full-width forms, spaces, line breaks, stars, a note or unit in
// brackets at its end.
func plainName(s string) string {
	if isKey(s) {
		return s
	}
	s = norm.NFKC.String(s)
	s = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune("*＊'\"\u200b\ufeff", r) {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
	if i := strings.IndexByte(s, '('); i > 0 && strings.HasSuffix(s, ")") {
		s = s[:i]
	}
	return s
}

// isKey reports whether a name is only small letters, digits and underscores, as our own keys are.
func isKey(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_' {
			return false
		}
	}
	return true
}

// Product is the scheme's name of a product, however the bank writes it.
func (p *Profile) Product(word string) string { return named(p.product, word) }

// named is the known word, or the word itself.
func named(m map[string]string, word string) string {
	if k, ok := m[word]; ok {
		return k
	}
	return word
}

// memo remembers the last word looked up: columns repeat themselves.
type memo struct {
	word, name string
	known      bool
}

func (x *memo) named(m map[string]string, word string) string {
	if x.word != word {
		_, x.known = m[word]
		x.word, x.name = word, named(m, word)
	}
	return x.name
}

// isTotal and isFooter recognise rows that carry no loan.
func (p *Profile) isTotal(cells []string) bool {
	for _, c := range cells {
		if c = plainName(c); c != "" {
			return p.total[c] || p.total[strings.TrimRight(c, ":")]
		}
	}
	return false
}

// isPart reports whether a total row is of a part of the table only.
func (p *Profile) isPart(cells []string) bool {
	for _, c := range cells {
		if c = plainName(c); c != "" {
			return p.part[c] || p.part[strings.TrimRight(c, ":")]
		}
	}
	return false
}

func (p *Profile) isFooter(cells []string) bool {
	for _, c := range cells {
		c = plainName(c)
		if c == "" {
			continue
		}
		for _, f := range p.footer {
			if strings.HasPrefix(c, f) {
				return true
			}
		}
		return false
	}
	return false
}

// StatusName and PurposeName are the words that forms print for the codes.
func (p *Profile) StatusName(code string) string { return first(p.statusNames, code) }

// PurposeName is the word for a purpose.
func (p *Profile) PurposeName(code string) string { return first(p.purposeNames, code) }

// RelationName is the word for a relation to the head of the household.
func (p *Profile) RelationName(code string) string { return first(p.kinNames, code) }

func first(m map[string][]string, code string) string {
	if words := m[code]; len(words) > 0 {
		return words[0]
	}
	return code
}
