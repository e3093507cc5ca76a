package form

import "strings"

// shared reads the table of texts that cells refer to by number. A text may be in pieces of different letters; how it is
// pronounced (rPh) is not part of it.
func (b *Book) shared(part string) error {
	if f := b.parts[part]; f != nil && f.UncompressedSize64 > uint64(b.limits.Strings) {
		return FaultTooBig.New().Set("limit", b.limits.Strings)
	}
	var text strings.Builder
	spoken := false
	return b.each(part, func(s *scan) error {
		switch {
		case s.opens("si"):
			text.Reset()
			if s.empty {
				b.texts = append(b.texts, "")
			}
		case s.opens("rPh"):
			spoken = !s.empty
		case s.closes("rPh"):
			spoken = false
		case s.closes("t") && !spoken:
			text.WriteString(unescape(s.text))
		case s.closes("si"):
			b.texts = append(b.texts, plainText(text.String()))
		}
		if int64(len(b.texts)) > b.limits.Strings/16 { // each takes its place in memory, however short
			return FaultTooBig.New().Set("limit", b.limits.Strings)
		}
		return nil
	})
}

// styles finds out which cell styles show dates.
func (b *Book) styles(part string) error {
	formats := map[int]bool{}
	inCells := false
	return b.each(part, func(s *scan) error {
		switch {
		case s.opens("numFmt"):
			formats[s.num("numFmtId")] = dateFormat(s.str("formatCode"))
		case s.opens("cellXfs"):
			inCells = !s.empty
		case s.closes("cellXfs"):
			inCells = false
		case s.opens("xf") && inCells:
			id := s.num("numFmtId")
			dated, own := formats[id]
			b.dated = append(b.dated, own && dated || !own && dateNumber(id))
		}
		return nil
	})
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
