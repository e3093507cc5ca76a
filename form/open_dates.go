package form

import (
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// dateMark stands before the number of a date. No text holds it: XML has no such character.
const dateMark = "\x01"

// markDates changes the number formats of the workbook in memory. The library reads row by row only with the formats
// applied, which rounds what is shown rounded, or without, which leaves no difference between a date and a number. So
// every format is taken away but those of dates, and these say no more than the mark and the number. It is also ten
// times as fast as having the library write dates.
func (b *Book) markDates() error {
	styles := b.f.Styles
	if styles.CellXfs == nil {
		return nil
	}
	own := map[int]bool{}
	if styles.NumFmts != nil {
		for _, n := range styles.NumFmts.NumFmt {
			own[n.NumFmtID] = dateFormat(n.FormatCode)
		}
	}
	var dates []int
	none := -2 // a format that does not exist, so the value stays; -1 is the library's own sign for none
	for i := range styles.CellXfs.Xf {
		id := 0
		if has := styles.CellXfs.Xf[i].NumFmtID; has != nil {
			id = *has
		}
		styles.CellXfs.Xf[i].NumFmtID = &none
		if dated, ok := own[id]; dated || !ok && dateNumber(id) {
			dates = append(dates, i)
			b.dated[strconv.Itoa(i)] = true
		}
	}
	styles.NumFmts = nil
	return b.setMark(dates)
}

func (b *Book) setMark(dates []int) error {
	if len(dates) == 0 {
		return nil
	}
	code := dateMark + "0.########"
	made, err := b.f.NewStyle(&excelize.Style{CustomNumFmt: &code})
	if err != nil {
		return err
	}
	mark := b.f.Styles.CellXfs.Xf[made].NumFmtID
	for _, i := range dates {
		b.f.Styles.CellXfs.Xf[i].NumFmtID = mark
	}
	return nil
}

// dateNumber reports whether a built-in format shows a date. 27–31, 36, 50–54 and 57–58 are dates of Chinese programs.
func dateNumber(id int) bool {
	return id >= 14 && id <= 17 || id == 22 || id >= 27 && id <= 31 || id == 36 || id >= 50 && id <= 54 || id == 57 || id == 58
}

// dateFormat reports whether a format of the workbook's own shows a date: it has a year or day, or a month without hours
// and seconds beside it. Quoted words, colours and other marks in brackets do not count.
func dateFormat(code string) bool {
	bare := strings.ToLower(bareFormat(code))
	if strings.ContainsAny(bare, "yd") && !strings.ContainsAny(bare, "#?") {
		return true
	}
	return strings.Contains(bare, "m") && !strings.ContainsAny(bare, "hs0#?")
}

// bareFormat is the first section of a format without quoted, bracketed and escaped characters.
func bareFormat(code string) string {
	var out strings.Builder
	for i := 0; i < len(code); i++ {
		switch code[i] {
		case ';':
			return out.String()
		case '\\', '_', '*':
			i++
		case '"':
			i = skipTo(code, i, '"')
		case '[':
			i = skipTo(code, i, ']')
		default:
			out.WriteByte(code[i])
		}
	}
	return strings.ReplaceAll(strings.ReplaceAll(out.String(), "General", ""), "AM/PM", "h")
}

func skipTo(s string, from int, stop byte) int {
	if n := strings.IndexByte(s[from+1:], stop); n >= 0 {
		return from + 1 + n
	}
	return len(s)
}
