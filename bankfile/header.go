package bankfile

import (
	"slices"
	"strings"

	"ganlan/fault"
	"ganlan/money"
)

// headerRows is how many rows are searched for the header: titles and unit lines stand above it.
const headerRows = 30

// recognise finds the header by this profile, or by the one of its banks whose marks the header bears.
func (p *Profile) recognise(in *Layout, rows []numbered) (*Layout, fault.List) {
	best, faults := p.findHeader(in, rows)
	for _, b := range p.banks {
		l, fs := b.findHeader(in, rows)
		if l != nil && b.marked(l) && (best == nil || !best.profile.marked(best) || better(l, best)) {
			best, faults = l, fs
		}
	}
	return best, faults
}

// marked reports whether a header bears all the titles by which it is known to be of this profile.
func (p *Profile) marked(l *Layout) bool {
	for _, mark := range p.marks[l.Kind] {
		if !slices.ContainsFunc(l.Titles, func(t string) bool { return plainName(t) == mark }) {
			return false
		}
	}
	return len(p.marks[l.Kind]) > 0
}

// findHeader recognises the table by the names of its columns, not by their place: the row, or the two rows under a merged
// title, that hold most of the names.
func (p *Profile) findHeader(in *Layout, rows []numbered) (*Layout, fault.List) {
	var best *Layout
	bestScore := 0
	for i, r := range rows {
		candidates := [][]string{r.cells}
		if i > 0 {
			candidates = append(candidates, under(rows[i-1].cells, r.cells))
		}
		for _, titles := range candidates {
			l := *in
			l.HeaderRow = r.row
			if score := p.match(&l, titles); score > bestScore {
				best, bestScore = &l, score
			}
		}
		if best != nil && best.perfect() {
			break // every title is known: nothing better can come
		}
	}
	want := schemas[in.Kind]
	if best == nil {
		return nil, fault.List{FaultOtherForm.At(in.at(0, -1)).Set("want", in.Kind).Set("missing", strings.Join(want.need, ", "))}
	}
	best.profile, best.Profile, best.Unit = p, p.Name, p.Unit
	best.unitLine(rows)
	return best, best.check(want)
}

// perfect reports whether every column of the header is known and all needed ones are there.
func (l *Layout) perfect() bool {
	for _, k := range schemas[l.Kind].need {
		if l.column(k) < 0 {
			return false
		}
	}
	return !slices.Contains(l.Keys, "")
}

type numbered struct {
	row   int
	cells []string
}

// under joins a two-row header: the lower name, or the upper where the lower is empty.
func under(upper, lower []string) []string {
	out := make([]string, max(len(upper), len(lower)))
	for i := range out {
		if i < len(lower) && strings.TrimSpace(lower[i]) != "" {
			out[i] = lower[i]
		} else if i < len(upper) {
			out[i] = upper[i]
		}
	}
	return out
}

// match fills the layout from one header and counts the columns found.
func (p *Profile) match(l *Layout, titles []string) int {
	l.Titles = make([]string, len(titles))
	l.Keys = make([]string, len(titles))
	n := 0
	for i, t := range titles {
		l.Titles[i] = strings.Join(strings.Fields(t), "")
		if k, ok := p.columns[l.Kind][plainName(t)]; ok {
			l.Keys[i] = k
			n++
		}
	}
	return n
}

// check refuses a table of another form, and two columns of one meaning.
func (l *Layout) check(s schema) (faults fault.List) {
	var lacks []string
	for _, k := range s.need {
		if l.column(k) < 0 {
			lacks = append(lacks, k)
		}
	}
	if len(lacks) > 0 {
		faults.Add(FaultOtherForm.At(l.at(l.HeaderRow, -1)).Set("want", l.Kind).Set("missing", strings.Join(lacks, ", ")))
	}
	first := map[string]int{}
	var unused []string
	for i, k := range l.Keys {
		if k == "" {
			if l.Titles[i] != "" {
				unused = append(unused, l.Titles[i])
			}
			continue
		}
		if j, twice := first[k]; twice {
			faults.Add(FaultColumnTwice.At(l.at(l.HeaderRow, i)).Set("key", k).Set("titles", l.Titles[j]+"、"+l.Titles[i]))
		}
		first[k] = i
	}
	if len(unused) > 0 {
		faults.Add(FaultUnknownColumn.At(l.at(l.HeaderRow, -1)).Set("titles", strings.Join(unused, "、")))
	}
	l.key = l.column(s.key)
	return faults
}

// unitLine reads «单位：万元» above the header.
func (l *Layout) unitLine(rows []numbered) {
	for _, r := range rows {
		if r.row >= l.HeaderRow {
			return
		}
		for _, c := range r.cells {
			if c = plainName(c); strings.Contains(c, "单位") {
				l.Unit = unitIn(c, l.Unit)
			}
		}
	}
}

// unitIn is the unit that a text names, or the one given.
func unitIn(text string, or money.Fen) money.Fen {
	switch {
	case strings.Contains(text, "万元"):
		return 10000 * money.Yuan
	case strings.Contains(text, "元"):
		return money.Yuan
	case strings.HasSuffix(text, "(分)"), strings.HasSuffix(text, "（分）"), strings.HasSuffix(text, "位:分"):
		return 1
	}
	return or
}

// unitOf is the worth of one in a money column: its own title's unit before the table's.
func (l *Layout) unitOf(column int) money.Fen { return unitIn(l.Titles[column], l.Unit) }
