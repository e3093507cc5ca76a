package form

import (
	"archive/zip"
	"bytes"
	"cmp"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/xuri/excelize/v2"
)

// book is a workbook being written. The same input gives the same bytes: no clock, no user, no order left to chance.
type book struct {
	f      *excelize.File
	sheets []string
	styles map[look]int
}

// made stands in the workbook where a spreadsheet program puts its user and time.
const (
	madeBy = "Ganlan"
	madeAt = "1980-01-01T00:00:00Z"
)

func newBook(title string) (*book, error) {
	b := &book{f: excelize.NewFile(), styles: map[look]int{}}
	b.f.SetZipWriter(quickZip)
	err := b.f.SetDocProps(&excelize.DocProperties{Title: title, Creator: madeBy, Created: madeAt, Modified: madeAt})
	return b, errors.Join(err, b.f.SetAppProps(&excelize.AppProperties{Application: madeBy}))
}

// quickZip packs at a lower effort than usual: a sheet of a hundred thousand rows is mostly the same few tags, and the
// last tenth of its size costs as much time as writing the rows.
func quickZip(w io.Writer) excelize.ZipWriter {
	z := zip.NewWriter(w)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, effort) })
	return z
}

const effort = 2

// setup is what a sheet must know before its first row is written.
type setup struct {
	name          string
	columns, rows int // of the used area
	portrait      bool
	widths        []float64
	header        int    // rows that stay in view and repeat on every page, counted from the top; 0 for none
	titles        int    // the row that repeats when printing; 0 for none
	filter        int    // last row of a filter on the header; 0 for none
	head, footer  string // of every printed page
}

// sheet starts a sheet. Its size is written first, so that a program that reads row by row knows where it ends.
func (b *book) sheet(s setup) (*sheet, error) {
	if err := b.addSheet(s.name); err != nil {
		return nil, fmt.Errorf("form: sheet %q: %w", s.name, err)
	}
	area := ref(1, 1) + ":" + ref(s.columns, s.rows)
	if err := errors.Join(b.filter(s), b.f.SetSheetDimension(s.name, area), b.paper(s), b.names(s)); err != nil {
		return nil, fmt.Errorf("form: sheet %q: %w", s.name, err)
	}
	sw, err := b.f.NewStreamWriter(s.name)
	if err != nil {
		return nil, fmt.Errorf("form: sheet %q: %w", s.name, err)
	}
	for i, w := range s.widths {
		err = errors.Join(err, sw.SetColWidth(i+1, i+1, w))
	}
	if s.header > 0 {
		err = errors.Join(err, sw.SetPanes(&excelize.Panes{Freeze: true, YSplit: s.header, ActivePane: "bottomLeft",
			TopLeftCell: ref(1, s.header+1)}))
	}
	return &sheet{sw: sw, columns: s.columns}, err
}

// filter comes before the paper, since the library forgets the sheet's settings with it.
func (b *book) filter(s setup) error {
	if s.filter == 0 {
		return nil
	}
	return b.f.AutoFilter(s.name, ref(1, s.header)+":"+ref(s.columns, s.filter), nil)
}

func (b *book) addSheet(name string) error {
	b.sheets = append(b.sheets, name)
	if len(b.sheets) == 1 {
		return b.f.SetSheetName(b.f.GetSheetName(0), name)
	}
	_, err := b.f.NewSheet(name)
	return err
}

// paper is A4, all columns on one page, pages numbered.
func (b *book) paper(s setup) error {
	size, one, any, fit := 9, 1, 0, true
	orientation := "landscape"
	if s.portrait {
		orientation = "portrait"
	}
	margin, edge := 0.4, 0.2
	return errors.Join(
		b.f.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: &fit}),
		b.f.SetPageLayout(s.name, &excelize.PageLayoutOptions{Size: &size, Orientation: &orientation, FitToWidth: &one, FitToHeight: &any}),
		b.f.SetPageMargins(s.name, &excelize.PageLayoutMarginsOptions{Left: &margin, Right: &margin, Top: &margin, Bottom: &margin,
			Header: &edge, Footer: &edge, Horizontally: &fit}),
		b.f.SetHeaderFooter(s.name, &excelize.HeaderFooterOptions{OddHeader: s.head, OddFooter: s.footer}))
}

// names are the print area and the row repeated on every page.
func (b *book) names(s setup) error {
	quoted := "'" + s.name + "'!"
	err := b.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", Scope: s.name,
		RefersTo: quoted + absolute(1, 1) + ":" + absolute(s.columns, s.rows)})
	if s.titles > 0 {
		row := "$" + count(s.titles)
		err = errors.Join(err, b.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: s.name,
			RefersTo: quoted + row + ":" + row}))
	}
	return err
}

// save writes the finished workbook.
func (b *book) save(w io.Writer) error {
	if len(b.sheets) == 1 {
		return b.f.Write(w)
	}
	buf, err := b.f.WriteToBuffer()
	if err != nil {
		return err
	}
	return inOrder(w, buf.Bytes())
}

// inOrder writes the parts of a workbook in the order of their names, as the library orders several sheets by chance.
// The packed bytes are taken over as they are.
func inOrder(w io.Writer, packed []byte) error {
	r, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		return err
	}
	slices.SortFunc(r.File, func(a, b *zip.File) int { return cmp.Compare(a.Name, b.Name) })
	out := zip.NewWriter(w)
	for _, part := range r.File {
		if err := out.Copy(part); err != nil {
			return err
		}
	}
	return out.Close()
}

// close gives back the temporary files of a large sheet.
func (b *book) close() { _ = b.f.Close() }
