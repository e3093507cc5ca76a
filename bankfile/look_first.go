package bankfile

import (
	"strings"

	"ganlan/ident"
)

// firstRows are the first records of the file in its own order, each cell as it is read.
func (f *File) firstRows() (out [][]string) {
	take := func(row int, cells []string) bool {
		if row <= f.headerOf(0) || allBlank(cells) || f.profile.isTotal(cells) || f.profile.isFooter(cells) {
			return true
		}
		shown := make([]string, 0, len(f.Layout.Keys))
		for i, key := range f.Layout.Keys {
			if f.Layout.Titles[i] != "" {
				shown = append(shown, f.shown(i, key, at(cells, i)))
			}
		}
		out = append(out, shown)
		return len(out) < mostFirst
	}
	if f.book != nil {
		s := f.sheets[0]
		carry := newCarry(s, f.Layout.Keys)
		_, _ = f.book.Read(s.layout.Sheet, func(row int, cells []string) bool {
			if cells = carry.fill(row, cells); f.fills {
				cells = f.withName(cells, s.layout.Sheet)
			}
			return take(row, cells)
		})
		return out
	}
	r := newRowReader(f.reader(), f.sep, len(f.Layout.Keys))
	for {
		row, cells, err := r.next()
		if err != nil || !take(row, cells) {
			return out
		}
	}
}

func (f *File) headerOf(sheet int) int {
	if f.book != nil {
		return f.sheets[sheet].layout.HeaderRow
	}
	return f.Layout.HeaderRow
}

// shown is a cell as it is read: a day as 2024-01-18, an amount in yuan, a word as what it means. What cannot be read is shown
// as it stands; numbers of persons and accounts are masked.
func (f *File) shown(column int, key, text string) string {
	text = bare(unwrapped(strings.TrimPrefix(plain(text), " ")))
	if text == "" || key == "" {
		return maskLong(text)
	}
	switch key {
	case "id_no", "account":
		return ident.Mask(text)
	case "start", "end", "date", "new_end", "valid_from", "valid_to", "cover_from", "cover_to", "birth":
		return f.shownDay(text)
	case "paid":
		if f.Layout.Kind == Fees {
			return f.shownDay(text)
		}
	case "name":
		return string(ident.ReadName(text, f.profile.isKin).Name)
	case "annual_rate":
		if x := readRate(text, rateUnitOf(f.Layout.Titles[column])); x.fault == nil || x.fault.Def.Warning {
			return rateWords(x.rate, x.pricing)
		}
	case "kind":
		return named(f.profile.kinds, text)
	case "status":
		return named(f.profile.status, text)
	case "purpose":
		return named(f.profile.purpose, text)
	case "product":
		return named(f.profile.product, text)
	}
	if summed[key] || key == "money" {
		if n, err := readMoney(text, f.Layout.unitOf(column)); err == nil {
			return n.String()
		}
	}
	return text
}

func (f *File) shownDay(text string) string {
	if d, err := readDate(text); err == nil || err.Def.Warning {
		return d.String()
	}
	return text
}

// maskLong masks what may be a person's or an account's number in a column that is not ours.
func maskLong(s string) string {
	digits := 0
	for _, c := range s {
		if c >= '0' && c <= '9' {
			digits++
		}
	}
	if digits >= 11 {
		return ident.Mask(s)
	}
	return s
}
