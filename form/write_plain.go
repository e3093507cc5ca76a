package form

import (
	"fmt"
	"io"
)

// WriteTable writes a plain table of texts as a workbook of one sheet: the shape in which banks hand in their files. Rows may
// be shorter than the header, not longer.
func WriteTable(w io.Writer, sheet string, header []string, rows [][]string) error {
	b, err := newBook(sheet)
	if err != nil {
		return fmt.Errorf("form: write table: %w", err)
	}
	defer b.close()
	if err := plain(b, sheetName(sheet, 1), header, rows); err != nil {
		return fmt.Errorf("form: write table: %w", err)
	}
	return b.save(w)
}

func plain(b *book, name string, header []string, rows [][]string) error {
	style, err := b.style(look{})
	if err != nil {
		return err
	}
	s, err := b.sheet(setup{name: name, columns: max(len(header), 1), rows: 1 + len(rows), header: 1, titles: 1})
	if err != nil {
		return err
	}
	for i := -1; i < len(rows); i++ {
		texts := header
		if i >= 0 {
			texts = rows[i]
		}
		if len(texts) > s.columns {
			return fmt.Errorf("row %d has %d cells under %d titles", i+2, len(texts), s.columns)
		}
		s.clear(style)
		for j, text := range texts {
			s.cells[j].Value = text
		}
		if err := s.put(0); err != nil {
			return err
		}
	}
	return s.sw.Flush()
}
