package payment

import (
	"bytes"
	"strconv"
	"strings"

	"ganlan/fault"
	"ganlan/form"
	"ganlan/money"
)

// File is one finished file.
type File struct {
	Name  string
	Data  []byte
	Count int
	Sum   money.Fen
}

// Hook turns a finished file into what is sent, such as its encryption. The program ships none.
type Hook func([]byte) ([]byte, error)

// Write makes the files of a batch: as many as the layout's largest file asks for, in the order of the lines. All faults
// come back together, and then there is no file.
func (l *Layout) Write(b Batch, hooks map[string]Hook) ([]File, error) {
	hook := hooks[l.Encrypt]
	if l.Encrypt != "" && hook == nil {
		return nil, FaultHook.New().Set("name", l.Encrypt)
	}
	if _, faults := b.check(); faults.Err() != nil {
		return nil, faults
	}
	most := len(b.Lines)
	if l.MaxRows > 0 {
		most = min(most, l.MaxRows)
	}
	var out []File
	var faults fault.List
	parts := (len(b.Lines) + most - 1) / most
	for n := range parts {
		w := writer{l: l, b: &b, lines: b.Lines[n*most : min((n+1)*most, len(b.Lines))], first: n * most, part: n + 1, parts: parts}
		f, err := w.file()
		if err != nil {
			if list := fault.From(err); list != nil {
				faults = append(faults, list...)
				continue
			}
			return nil, err
		}
		out = append(out, f)
	}
	if faults.Err() != nil {
		return nil, faults
	}
	for i := range out {
		if hook != nil {
			var err error
			if out[i].Data, err = hook(out[i].Data); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// writer makes one file.
type writer struct {
	l           *Layout
	b           *Batch
	lines       []Line
	first       int // lines in earlier files
	part, parts int
	sum         money.Fen
	faults      fault.List
	buf         bytes.Buffer
}

func (w *writer) file() (File, error) {
	for i := range w.lines {
		w.sum += w.lines[i].Amount // the whole batch was added up before
	}
	f := File{Count: len(w.lines), Sum: w.sum}
	var err error
	if w.l.Shape == Sheet {
		err = w.sheet()
	} else {
		w.text()
		err = w.faults.Err()
	}
	f.Name, f.Data = w.name(), w.buf.Bytes()
	return f, err
}

// name fills in the file's name; the number of its part has three digits.
func (w *writer) name() string {
	part := strconv.Itoa(1000 + w.part)[1:]
	if w.part > 999 {
		part = strconv.Itoa(w.part)
	}
	return strings.NewReplacer("{date}", strings.ReplaceAll(w.b.Date.String(), "-", ""), "{batch}", w.b.No, "{part}", part,
		"{parts}", strconv.Itoa(w.parts), "{count}", strconv.Itoa(len(w.lines)), "{sum}", w.sum.String()).Replace(w.l.FileName)
}

func (w *writer) text() {
	if w.l.Titles {
		titles := make([]string, len(w.l.Fields))
		for i, f := range w.l.Fields {
			titles[i] = w.fit(&f, f.Title, "")
		}
		w.line(titles)
	}
	w.sumLine(w.l.Header)
	for i := range w.lines {
		cells := make([]string, len(w.l.Fields))
		for j, f := range w.l.Fields {
			cells[j] = w.fit(&f, w.value(&f, i), w.lines[i].Key)
		}
		w.line(cells)
	}
	w.sumLine(w.l.Trailer)
}

func (w *writer) sumLine(fields []Field) {
	if len(fields) == 0 {
		return
	}
	cells := make([]string, len(fields))
	for i, f := range fields {
		cells[i] = w.fit(&f, w.sumValue(&f), "")
	}
	w.line(cells)
}

// line puts one line out, in the layout's encoding.
func (w *writer) line(cells []string) {
	end := "\r\n"
	if w.l.LineEnd == LF {
		end = "\n"
	}
	bytes, _, _ := w.l.Encoding.Encode(strings.Join(cells, w.l.Separator) + end) // each cell was proved before
	w.buf.Write(bytes)
}

func (w *writer) value(f *Field, i int) string {
	l := &w.lines[i]
	switch {
	case f.From == "":
		return f.Const
	case f.From == "date":
		return w.l.date(w.b.Date)
	case f.From == "batch":
		return w.b.No
	case sources[f.From] == ByAmount:
		if a := l.amountOf(f.From); a.OK {
			return w.l.amount(a.Value)
		}
		return ""
	}
	v := l.text(f.From, w.first+i+1)
	if v == "" && f.Need {
		w.faults.Add(FaultLacks.At(fault.Place{Row: l.Row, Column: f.Title}).Set("key", l.Key))
	}
	return v
}

func (w *writer) sumValue(f *Field) string {
	switch f.From {
	case "":
		return f.Const
	case "count":
		return strconv.Itoa(len(w.lines))
	case "sum":
		return w.l.amount(w.sum)
	case "date":
		return w.l.date(w.b.Date)
	case "batch":
		return w.b.No
	case "part":
		return strconv.Itoa(w.part)
	case "parts":
		return strconv.Itoa(w.parts)
	}
	return ""
}

// sheet writes the lines as the layout's form; the sum stands in 大写 below (G6).
func (w *writer) sheet() error {
	i := 0
	d := w.l.Form
	rows := form.Rows{Count: len(w.lines), Next: func(dst []form.Cell) bool {
		if i == len(w.lines) {
			return false
		}
		for j, name := range d.Fields() {
			dst[j] = w.cell(name, i)
		}
		i++
		return true
	}}
	return form.Write(&w.buf, d, rows, form.Meta{Values: map[string]string{"sum_words": w.sum.Words(), "batch": w.b.No, "date": w.b.Date.String()}})
}

func (w *writer) cell(name string, i int) form.Cell {
	l := &w.lines[i]
	switch name {
	case "seq":
		return form.OfInt(int64(w.first + i + 1))
	case "quantity":
		if l.Quantity.OK {
			return form.OfInt(l.Quantity.Value)
		}
		return form.Cell{}
	case "standard", "amount":
		if a := l.amountOf(name); a.OK {
			return form.OfFen(a.Value)
		}
		return form.Cell{}
	case "date":
		return form.OfDate(w.b.Date)
	case "batch":
		return form.OfText(w.b.No)
	}
	return form.OfText(l.text(name, 0))
}
