package sample

import (
	"bytes"
	"encoding/csv"
	"io"
	"iter"
	"slices"
)

// Table is a sheet that is made row by row. A row that Rows yields is valid only until the next one.
type Table struct {
	Name    string     // file name without its ending
	Above   [][]string // lines above the column titles
	Columns []string
	Rows    iter.Seq[[]string]
	Total   func() []string // the closing line, asked for after the rows; nil for none
	CRLF    bool
}

// All is the whole table below its column titles, the closing line included, for writers that need it at once.
func (t Table) All() [][]string {
	var rows [][]string
	for r := range t.Rows {
		rows = append(rows, slices.Clone(r))
	}
	if t.Total != nil {
		rows = append(rows, t.Total())
	}
	return rows
}

// Write writes a table as csv in UTF-8; for another encoding pass a writer that encodes.
func Write(w io.Writer, t Table) error {
	return writeAround(w, t, func(c *csv.Writer) error {
		for r := range t.Rows {
			if err := c.Write(r); err != nil {
				return err
			}
		}
		return nil
	})
}

// WriteShuffled writes the same rows in an order drawn from the seed. Titles stay above and the closing line below. The
// rows are held in memory as text.
func WriteShuffled(w io.Writer, t Table, seed uint64) error {
	lines, err := encode(t)
	if err != nil {
		return err
	}
	s := newStream(seed, forOrder, uint64(len(t.Name)))
	for i := len(lines) - 1; i > 0; i-- {
		j := s.below(i + 1)
		lines[i], lines[j] = lines[j], lines[i]
	}
	return writeAround(w, t, func(*csv.Writer) error {
		for _, l := range lines {
			if _, err := w.Write(l); err != nil {
				return err
			}
		}
		return nil
	})
}

// writeAround writes what stands above the rows, lets body write the rows, and closes the table.
func writeAround(w io.Writer, t Table, body func(*csv.Writer) error) error {
	c := csv.NewWriter(w)
	c.UseCRLF = t.CRLF
	if err := c.WriteAll(append(slices.Clone(t.Above), t.Columns)); err != nil {
		return err
	}
	if err := body(c); err != nil {
		return err
	}
	if t.Total != nil {
		if err := c.Write(t.Total()); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

// encode is each row as a line of csv. Lines share one buffer.
func encode(t Table) ([][]byte, error) {
	var buf bytes.Buffer
	var ends []int
	c := csv.NewWriter(&buf)
	c.UseCRLF = t.CRLF
	for r := range t.Rows {
		if err := c.Write(r); err != nil {
			return nil, err
		}
		c.Flush()
		ends = append(ends, buf.Len())
	}
	lines, start := make([][]byte, len(ends)), 0
	for i, end := range ends {
		lines[i] = buf.Bytes()[start:end]
		start = end
	}
	return lines, nil
}
