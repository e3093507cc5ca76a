package form

import (
	"cmp"

	"github.com/xuri/excelize/v2"
)

// look is how a cell is drawn.
type look struct {
	format string // number format; text when empty
	align  Align
	size   int64 // of the letters, 10 when 0
	bold   bool
	border bool
	wrap   bool
}

// style is the workbook's number for a look.
func (b *book) style(l look) (int, error) {
	if id, ok := b.styles[l]; ok {
		return id, nil
	}
	id, err := b.f.NewStyle(l.style())
	if err == nil {
		b.styles[l] = id
	}
	return id, err
}

// face is on every Chinese desktop.
const face = "宋体"

func (l look) style() *excelize.Style {
	s := &excelize.Style{
		Font:      &excelize.Font{Family: face, Size: float64(cmp.Or(l.size, 10)), Bold: l.bold},
		Alignment: &excelize.Alignment{Horizontal: string(l.align), Vertical: "center", WrapText: l.wrap},
	}
	format := cmp.Or(l.format, "@")
	s.Alignment.ShrinkToFit = l.border && !l.wrap && format == "@" // a long name is printed small, never cut off
	if s.NumFmt = builtin[format]; s.NumFmt == 0 {
		s.CustomNumFmt = &format
	}
	if l.border {
		for _, side := range []string{"left", "top", "right", "bottom"} {
			s.Border = append(s.Border, excelize.Border{Type: side, Color: "000000", Style: 1})
		}
	}
	return s
}

// builtin are the formats that every program knows by number; writing the number keeps text as text (49) everywhere.
var builtin = map[string]int{"@": 49, "0": 1, "#,##0.00": 4}
