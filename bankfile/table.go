package bankfile

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"ganlan/fault"
	"ganlan/figure"
	"ganlan/ident"
	"ganlan/money"
)

// table reads the rows of one file, block by block. Each goroutine has its own.
type table struct {
	profile *Profile
	layout  *Layout
	units   []money.Fen
	row     int // of the line under work
	rows    int // records read
	faults  fault.List
	sums    []int64       // per column, to be held against the file's own total
	most    money.Fen     // the largest amount read
	stated  []statedTotal // total rows met
	rates   rateCache
	values  map[rateText]figure.Value // of facts that columns repeat
	rate    rateCell                  // the last one
	rateOf  rateText
	broken  bool // a line ends inside quotes: the block reader cannot be used
	suspect bool // the block holds something that is no character

	cell                     cell
	product, purpose, status memo
	regions                  map[string]*fault.Fault // area codes seen, with what is wrong with them
	lastType                 string
	lastKind                 ident.Kind
}

func newTable(p *Profile, l *Layout) *table {
	t := &table{profile: p, layout: l, sums: make([]int64, len(l.Keys)*max(1, len(l.Sheets))), rates: rateCache{}, values: map[rateText]figure.Value{}, regions: map[string]*fault.Fault{}}
	for i := range l.Keys {
		t.units = append(t.units, l.unitOf(i))
	}
	t.cell.t = t
	return t
}

func (t *table) sum(column int, f money.Fen) {
	i := t.slot(column)
	s, err := money.AddInt(t.sums[i], int64(f))
	if err != nil {
		t.cell.err(err)
	}
	t.sums[i] = s
}

// slot is where the sum of a column stands; each of several sheets has its own.
func (t *table) slot(column int) int {
	if len(t.layout.Sheets) == 0 {
		return column
	}
	return t.row/rowsOfSheet*len(t.layout.Keys) + column
}

// block is a run of whole lines of a file, in UTF-8. Sorted files carry the row in each line.
type block struct {
	text string
	row  int // row of the first line; 0 when the lines carry their own
}

// lines reads the lines of one block into records of one kind.
type lines[T any] struct {
	*table
	set  []setter[T] // by column; nil for a column that is not ours
	need []int       // columns that must be there
	key  func(*T) string
	b    block
	own  string // key that a sorted line carries in front
	bad  bool   // the current record has a cell that refuses it
	thin bool   // the file has so few columns that a total row looks like a record
	at   int
	x    T
	zero T
}

func newLines[T any](p *Profile, l *Layout, setters map[string]setter[T], key func(*T) string, zero T) *lines[T] {
	ls := &lines[T]{table: newTable(p, l), key: key, zero: zero, thin: l.Kind == History || l.Kind == Facts}
	for i, k := range l.Keys {
		ls.set = append(ls.set, setters[k])
		for _, n := range schemas[l.Kind].need {
			if n == k {
				ls.need = append(ls.need, i)
			}
		}
	}
	return ls
}

// begin starts a block.
func (ls *lines[T]) begin(b block) {
	ls.b, ls.at, ls.row = b, 0, b.row-1
	ls.suspect = !utf8.ValidString(b.text) || strings.Contains(b.text, "\ufffd")
}

// next reads the next row that holds a record; false at the end of the block. Its faults are in the table.
func (ls *lines[T]) next() bool {
	for ls.at < len(ls.b.text) {
		before := len(ls.faults)
		ls.row++
		ls.x = ls.zero
		if ls.b.row == 0 {
			ls.ownRow()
		}
		body := ls.at
		got := ls.line()
		if ls.broken {
			return false
		}
		if got == len(ls.set) && len(ls.faults) == before && ls.key(&ls.x) != "" && !(ls.thin && ls.noRecord(ls.key(&ls.x))) {
			ls.bad = false
			ls.rows++
			return true
		}
		if ls.odd(ls.b.text[body:ls.at], got, before) {
			ls.bad = len(ls.faults[before:].Refusals()) > 0
			ls.rows++
			return true
		}
	}
	return false
}

// ownRow reads the key and the row number that stand before the fields of a sorted line.
func (ls *lines[T]) ownRow() {
	rest := ls.b.text[ls.at:]
	i := strings.IndexByte(rest, sortedComma)
	j := i + 1 + strings.IndexByte(rest[i+1:], sortedComma)
	ls.own = rest[:i]
	ls.row, _ = strconv.Atoi(rest[i+1 : j])
	ls.at += j + 1
}

// noRecord reports a key that is the word of a total, or stands before the example of a template.
func (ls *lines[T]) noRecord(key string) bool { return ls.profile.total[key] || key == exampleMark }

// order is the key by which the file is ordered: the record's own, or the one its sorted line carries.
func (ls *lines[T]) order() string {
	if ls.b.row == 0 {
		return ls.own
	}
	return ls.key(&ls.x)
}

// line reads one line into ls.x and moves behind it. It returns how many fields there were.
func (ls *lines[T]) line() int {
	line, comma, n := ls.b.text[ls.at:], ls.layout.comma, 0
	if end := strings.IndexByte(line, '\n'); end >= 0 {
		line = line[:end]
		ls.at += end + 1
	} else {
		ls.at += len(line)
	}
	if k := len(line); k > 0 && line[k-1] == '\r' {
		line = line[:k-1]
	}
	for {
		field, end := line, len(line)
		if len(line) > 0 && line[0] == '"' {
			state := shut
			if field, end, state = quoted(line, 0, string(rune(comma))); state != shut && !ls.unquoted(state, n) {
				return n
			}
		} else if i := strings.IndexByte(line, comma); i >= 0 {
			field, end = line[:i], i
		}
		if len(field) > 2 && field[0] == '=' {
			field = unwrapped(field)
		}
		if n < len(ls.set) && ls.set[n] != nil && !(ls.suspect && ls.unreadable(field, n)) {
			ls.cell.text, ls.cell.column = field, n
			ls.set[n](&ls.x, &ls.cell)
		}
		n++
		if end >= len(line) {
			return n
		}
		line = line[end+1:]
	}
}

// unreadable refuses a cell with bytes that are no character, or a character that was lost before. It is false for the key,
// which the row is still known by.
func (ls *lines[T]) unreadable(field string, column int) bool {
	if utf8.ValidString(field) && !strings.Contains(field, "\ufffd") {
		return false
	}
	ls.faults.Add(FaultUnreadable.At(ls.layout.at(ls.row, column)))
	return column != ls.layout.key
}

// unquoted deals with a field whose quotes do not fit together. It is false when the field may go on in the next line: the
// file must then be read row by row.
func (ls *lines[T]) unquoted(state, column int) bool {
	if state == unshut {
		ls.broken = true
		return false
	}
	ls.faults.Add(FaultQuote.At(ls.layout.at(ls.row, column)))
	return true
}

// unwrapped takes away what programs put around a number so that a spreadsheet keeps it as text: ="3311…".
func unwrapped(s string) string {
	if len(s) < 3 || s[0] != '=' || s[1] != '"' || s[len(s)-1] != '"' {
		return s
	}
	return strings.ReplaceAll(s[2:len(s)-1], `""`, `"`)
}

// odd looks again at a line that is not simply right: blank, a total, a signature, or a row with faults. It reports
// whether the row is a record.
func (ls *lines[T]) odd(line string, got, before int) bool {
	cells := splitLine(line, ls.layout.comma)
	switch {
	case allBlank(cells):
		ls.faults = ls.faults[:before]
		return false
	case ls.profile.isTotal(cells), isCount(cells):
		ls.faults = ls.faults[:before]
		ls.undo(cells)
		ls.stated = append(ls.stated, statedTotal{ls.row, cells, ls.profile.isPart(cells)})
		return false
	case ls.profile.isFooter(cells) && (ls.key(&ls.x) == "" || ls.profile.isFooter([]string{ls.key(&ls.x)})):
		ls.faults = ls.faults[:before]
		return false
	}
	if ls.key(&ls.x) == "" {
		ls.faults.Add(FaultBlank.At(ls.layout.at(ls.row, ls.layout.key)))
	}
	if !ls.whole(got, cells) {
		ls.faults.Add(FaultFields.At(ls.layout.at(ls.row, -1)).Set("got", got).Set("want", len(ls.set)))
	}
	return ls.key(&ls.x) != ""
}

// whole reports whether the row has the fields it needs and nothing behind the header's last column.
func (ls *lines[T]) whole(got int, cells []string) bool {
	for _, n := range ls.need {
		if n >= got {
			return false
		}
	}
	return got <= len(ls.set) || allBlank(cells[len(ls.set):])
}

// undo takes the amounts of a total row out of the sums again.
func (ls *lines[T]) undo(cells []string) {
	for i, k := range ls.layout.Keys {
		if i < len(cells) && ls.profile.sums(k) && strings.TrimSpace(cells[i]) != "" {
			if f, err := readMoney(cells[i], ls.units[i]); err == nil {
				ls.sums[ls.slot(i)] -= int64(f)
			}
		}
	}
}

// summed are the columns whose amounts a total row can be held against.
var summed = map[string]bool{"amount": true, "balance": true, "bank_cumulative": true, "bank_subsidy": true, "fee": true, "refund": true, "paid": true}

func allBlank(cells []string) bool {
	for _, c := range cells {
		if strings.Trim(c, " \t\r\n\x1a\u3000\u00a0\ufeff") != "" {
			return false
		}
	}
	return true
}

// splitLine is the fields of one line, for the rows that are looked at twice.
func splitLine(line string, comma byte) (cells []string) {
	line = strings.TrimRight(line, "\r\n")
	for p := 0; p <= len(line); p++ {
		var f string
		state := shut
		if p < len(line) && line[p] == '"' {
			f, p, state = quoted(line, p, string(rune(comma)))
		} else {
			i := strings.IndexByte(line[p:], comma)
			if i < 0 {
				i = len(line) - p
			}
			f, p = line[p:p+i], p+i
		}
		if state == unshut {
			p = len(line)
		}
		cells = append(cells, f)
	}
	return cells
}
