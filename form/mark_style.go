package form

import (
	"bytes"
	"io"
	"strconv"
)

// Colours of marks: pale red and pale yellow, as spreadsheet programs show bad and neutral cells, with the ink to match.
var markColours, markInks = [2]string{"FFFFC7CE", "FFFFEB9C"}, [2]string{"FF9C0006", "FF9C5700"}

// styleSheet is the styles of a workbook that is marked: those it has, and those that are added. A coloured cell keeps all of
// its own style but the fill.
type styleSheet struct {
	data         []byte
	xfs          [][]byte // as they are written
	fonts, fills int
	prefix       string
	added        [][]byte
	known        map[paint]int
	reasons      [2]int
	plainID      int
}

// paint is a style with the colour of a mark.
type paint struct {
	style   int
	warning bool
}

// loadStyles reads the styles of the workbook. One without the usual parts is of an unusual make, and not marked.
func (k *marker) loadStyles() (*styleSheet, error) {
	file := k.book.parts[k.names.styles]
	if file == nil {
		return nil, FaultProtected.New()
	}
	r, err := file.Open()
	if err != nil {
		return nil, broken(err)
	}
	defer r.Close()
	s := &styleSheet{known: map[paint]int{}, fonts: -1, fills: -1}
	if s.data, err = io.ReadAll(r); err != nil {
		return nil, broken(err)
	}
	if err := s.read(); err != nil || s.fonts < 0 || s.fills < 0 || len(s.xfs) == 0 {
		return nil, FaultProtected.New()
	}
	return s, nil
}

// read counts fonts and fills and keeps the styles of cells.
func (s *styleSheet) read() error {
	in := ""
	return rewrite(io.Discard, bytes.NewReader(s.data), func(t token) []byte {
		for _, list := range []string{"fonts", "fills", "cellXfs"} {
			if t.starts(list) {
				in, s.prefix = list, t.prefix()
				s.fonts, s.fills = begun(s.fonts, list == "fonts"), begun(s.fills, list == "fills")
			} else if t.ends(list) {
				in = ""
			}
		}
		switch {
		case in == "fonts" && t.starts("font"):
			s.fonts++
		case in == "fills" && t.starts("fill"):
			s.fills++
		case in == "cellXfs" && t.starts("xf"):
			s.xfs = append(s.xfs, bytes.Clone(t.raw))
		case in == "cellXfs" && !t.starts("cellXfs") && len(s.xfs) > 0:
			s.xfs[len(s.xfs)-1] = append(s.xfs[len(s.xfs)-1], t.raw...)
		}
		return nil
	})
}

func begun(n int, now bool) int {
	if now {
		return 0
	}
	return n
}

// fill is the number of a style with the colour of a mark.
func (s *styleSheet) fill(p paint) int {
	if id, ok := s.known[p]; ok {
		return id
	}
	if p.style < 0 || p.style >= len(s.xfs) {
		p.style = 0
	}
	whole := bytes.TrimSpace(s.xfs[p.style])
	end := bytes.IndexByte(whole, '>') + 1
	t := token{raw: whole[:end]}.with("fillId", count(s.fills+b2i(p.warning))).with("applyFill", "1")
	s.known[p] = s.add(append(t.raw, whole[end:]...))
	return s.known[p]
}

func (s *styleSheet) add(xf []byte) int {
	s.added = append(s.added, xf)
	return len(s.xfs) + len(s.added) - 1
}

// reason is the style of a reason: text, wrapped, in the colour of its mark.
func (s *styleSheet) reason(warning bool) int {
	i := b2i(warning)
	if s.reasons[i] == 0 {
		s.reasons[i] = s.add([]byte("<" + s.prefix + `xf numFmtId="49" fontId="` + count(s.fonts+i) + `" fillId="` + count(s.fills+i) +
			`" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1"><` + s.prefix +
			`alignment vertical="center" wrapText="1"/></` + s.prefix + "xf>"))
	}
	return s.reasons[i]
}

// plain is the style of the list's own titles.
func (s *styleSheet) plain() int {
	if s.plainID == 0 {
		s.plainID = s.add([]byte("<" + s.prefix + `xf numFmtId="49" fontId="` + count(s.fonts+2) + `" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>`))
	}
	return s.plainID
}

// change writes the styles with what was added.
func (s *styleSheet) change(w io.Writer, r io.Reader) error {
	more := map[string][]string{"fonts": s.newFonts(), "fills": s.newFills()}
	for _, xf := range s.added {
		more["cellXfs"] = append(more["cellXfs"], string(xf))
	}
	return rewrite(w, r, func(t token) []byte {
		for list, added := range more {
			if t.starts(list) && t.attr("count") != "" {
				n, _ := strconv.Atoi(t.attr("count"))
				return t.with("count", count(n+len(added))).raw
			}
			if t.ends(list) {
				var b bytes.Buffer
				for _, x := range added {
					b.WriteString(x)
				}
				b.Write(t.raw)
				return b.Bytes()
			}
		}
		return t.raw
	})
}

func (s *styleSheet) newFonts() (out []string) {
	p := s.prefix
	for _, ink := range markInks {
		out = append(out, "<"+p+`font><`+p+`sz val="10"/><`+p+`color rgb="`+ink+`"/><`+p+`name val="`+face+`"/></`+p+"font>")
	}
	return append(out, "<"+p+`font><`+p+`b/><`+p+`sz val="10"/><`+p+`name val="`+face+`"/></`+p+"font>")
}

func (s *styleSheet) newFills() (out []string) {
	p := s.prefix
	for _, colour := range markColours {
		out = append(out, "<"+p+`fill><`+p+`patternFill patternType="solid"><`+p+`fgColor rgb="`+colour+`"/><`+p+`bgColor indexed="64"/></`+p+"patternFill></"+p+"fill>")
	}
	return out
}
