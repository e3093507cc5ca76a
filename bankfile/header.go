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
		l := *in
		l.HeaderRow = r.row
		score := p.match(&l, single(r))
		if i > 0 {
			two := *in
			two.HeaderRow = r.row
			titles, merged := under(rows[i-1], r)
			if n := p.match(&two, titles); n > score || merged && n == score {
				l, score = two, n
			}
		}
		if score > bestScore {
			best, bestScore = &l, score
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
	return best, best.check(want, p.needed(best)...)
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

// numbered is a row of the head of a table.
type numbered struct {
	row    int
	cells  []string
	groups []string // of merged cells above others: the title of each column's group
}

// title is the title of a column, with the names by which it may be known, the most exact first.
type title struct {
	text  string
	names []string
}

func single(r numbered) []title {
	out := make([]title, len(r.cells))
	for i, c := range r.cells {
		out[i] = title{c, []string{c}}
	}
	return out
}

// under joins a two-row header: «贷款信息/金额» for a lower title under a merged one, the upper one alone where the lower is
// empty. merged is true when the upper row has groups that the file itself marks as such.
func under(upper, lower numbered) (titles []title, merged bool) {
	groups := upper.groups
	if merged = groups != nil && !overAll(groups, lower.cells); !merged {
		groups = spread(upper.cells)
	}
	if overAll(groups, lower.cells) {
		groups = nil // a title of the table, not of columns
	}
	for i := range max(len(upper.cells), len(lower.cells)) {
		up, low, group := at(upper.cells, i), at(lower.cells, i), at(groups, i)
		switch {
		case low == "":
			titles = append(titles, title{up, []string{up}})
		case group == "":
			titles = append(titles, title{low, []string{low}})
		default:
			titles = append(titles, title{group + "/" + low, []string{group + "/" + low, group + low, low}})
		}
	}
	return titles, merged
}

// overAll reports whether all titles stand under one group.
func overAll(groups, lower []string) bool {
	for i := range lower {
		if at(lower, i) != "" && at(groups, i) != at(groups, 0) {
			return false
		}
	}
	return at(groups, 0) != ""
}

func at(cells []string, i int) string {
	if i >= len(cells) {
		return ""
	}
	return strings.TrimSpace(cells[i])
}

// spread gives each title of a row to the blank cells right of it, as a text does not say which cells were merged.
func spread(cells []string) []string {
	out, last := make([]string, len(cells)), ""
	for i := range cells {
		if c := at(cells, i); c != "" {
			last = c
		}
		out[i] = last
	}
	return out
}

// match fills the layout from one header and counts the keys found.
func (p *Profile) match(l *Layout, titles []title) int {
	l.Titles = make([]string, len(titles))
	l.Keys = make([]string, len(titles))
	exact := map[string]int{} // how exactly each key's column is named; 0 is best
	for i, t := range titles {
		l.Titles[i] = strings.Join(strings.Fields(t.text), "")
		k, rank := p.keyOf(l.Kind, t)
		before, twice := exact[k]
		if k == "" || twice && before < rank {
			continue
		}
		if twice && rank < before {
			l.Keys[l.column(k)] = ""
		}
		l.Keys[i], exact[k] = k, rank
	}
	return len(exact)
}

// keyOf is the key of a title, and how exact the name is by which it is known.
func (p *Profile) keyOf(kind Kind, t title) (key string, rank int) {
	for rank, name := range t.names {
		if k, ok := p.columns[kind][plainName(name)]; ok {
			return k, rank
		}
	}
	return "", 0
}

// check refuses a table of another form, and two columns of one meaning. lacks are columns known to be missing.
func (l *Layout) check(s schema, lacks ...string) (faults fault.List) {
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
			if l.Titles[i] != "" && !ours(l.Titles[i]) {
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
	if l.key = l.column(s.key); l.Kind == Facts {
		l.key = l.column(l.profile.rowKey())
	}
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
