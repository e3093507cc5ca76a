package bankfile

import (
	"cmp"
	"slices"

	"ganlan/fault"
	"ganlan/form"
)

// guess tries the header as every kind of file.
func (p *Profile) guess(r *Report, in Input, opt Options) {
	f := &File{profile: p, in: in}
	head := make([]byte, min(in.Size, headBytes))
	n, _ := in.Data.ReadAt(head, 0)
	format, refused := sniff(head[:n])
	if format == isWorkbook && refused == nil {
		var err error
		if f.book, err = form.Open(in.Data, in.Size, form.Limits{}); err != nil {
			r.Faults = f.inFile(err)
			return
		}
		defer f.book.Close()
		r.Format = "xlsx"
		r.sheets(f, nil)
	}
	var faults fault.List
	for _, kind := range Kinds() {
		f.opt, f.Layout = opt.of(kind), &Layout{File: in.Name, Kind: kind, comma: ','}
		layouts, fs := f.candidates(head[:n], format, refused)
		if faults == nil {
			faults = fs
		}
		for _, l := range layouts {
			if g := guessOf(l); len(g.Missing) == 0 || g.Known > 1 { // one title alone may be chance
				r.Guesses = append(r.Guesses, g)
			}
		}
	}
	if len(r.Guesses) == 0 {
		r.Faults = faults
	}
	slices.SortStableFunc(r.Guesses, func(a, b Guess) int {
		return cmp.Or(cmp.Compare(min(len(a.Missing), 1), min(len(b.Missing), 1)), cmp.Compare(b.Known, a.Known), cmp.Compare(len(a.Missing), len(b.Missing)))
	})
}

// candidates are the layouts of a file as one kind: the best of a text, one for each sheet of a workbook.
func (f *File) candidates(head []byte, format string, refused *fault.Fault) (out []*Layout, faults fault.List) {
	if f.book == nil {
		l, faults := f.layoutOfText(head, format, refused)
		if l == nil {
			return nil, faults
		}
		return []*Layout{l}, faults
	}
	seen, faults := f.survey()
	for _, s := range seen {
		if s.layout != nil {
			out = append(out, s.layout)
		} else if faults == nil && !s.blank {
			faults = s.faults
		}
	}
	return out, faults
}

// noKind says that no header was found, in place of saying that it is not a file of one kind.
func (r *Report) noKind() {
	if len(r.Faults) == 0 {
		r.Faults = fault.List{FaultEmpty.At(fault.Place{File: r.File})}
	}
	for i, f := range r.Faults {
		if f.Def == FaultOtherForm {
			r.Faults[i] = FaultNoKind.At(fault.Place{File: r.File})
		}
	}
}

func guessOf(l *Layout) Guess {
	g := Guess{Kind: l.Kind, Known: known(l), Sheet: l.Sheet, layout: l, Missing: l.missing()}
	for _, t := range l.Titles {
		if t != "" {
			g.Of++
		}
	}
	return g
}

func (l *Layout) missing() (out []string) {
	for _, k := range schemas[l.Kind].need {
		if l.column(k) < 0 {
			out = append(out, k)
		}
	}
	return out
}

// layoutOfText is the layout of a text as one kind, with the faults that keep it from being one.
func (f *File) layoutOfText(head []byte, format string, refused *fault.Fault) (*Layout, fault.List) {
	if refused != nil || format == isEmpty {
		_, faults := f.profile.Open(f.in, f.Layout.Kind, f.opt)
		return nil, faults
	}
	text := &File{profile: f.profile, in: f.in, opt: f.opt, Layout: f.Layout}
	opened, faults := text.openText(head)
	if opened != nil {
		return opened.Layout, nil
	}
	return text.best, faults
}
