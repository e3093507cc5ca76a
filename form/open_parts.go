package form

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"path"
	"strings"

	"ganlan/fault"
)

// parts are the files inside a workbook, by the names that the library gives them.
type parts map[string]*zip.File

// index lists the parts and refuses macros and too much.
func index(z *zip.Reader, l Limits) (parts, *fault.Fault) {
	p, total := parts{}, uint64(0)
	for _, f := range z.File {
		name := strings.ReplaceAll(f.Name, `\`, "/")
		if path.Base(strings.ToLower(name)) == "vbaproject.bin" {
			return nil, FaultMacro.New()
		}
		p[name] = f
		if total += f.UncompressedSize64; total > uint64(l.Unzipped) || f.UncompressedSize64 > uint64(l.Unzipped) {
			return nil, FaultTooBig.New().Set("limit", l.Unzipped)
		}
		if blown(f) {
			return nil, FaultBomb.New().Set("part", f.Name).Set("ratio", f.UncompressedSize64/max(f.CompressedSize64, 1))
		}
	}
	return p, nil
}

// Sheets of repeating rows pack to a fiftieth; a thousandth is the most that packing can do, and what bombs do.
const (
	maxRatio   = 200
	ratioAbove = 16 << 20 // bytes unpacked; a smaller part does no harm
)

// blown reports whether a part unpacks to many times what a sheet would.
func blown(f *zip.File) bool {
	return f.UncompressedSize64 > ratioAbove && f.UncompressedSize64/maxRatio > f.CompressedSize64
}

// worksheets are the parts that hold rows, by the id under which the workbook refers to them.
func (p parts) worksheets() (map[string]string, *fault.Fault) {
	if p.macros() {
		return nil, FaultMacro.New()
	}
	main := ""
	for _, to := range p.relations("_rels/.rels", "") {
		if to.kind == "officeDocument" {
			main = to.part
		}
	}
	if p[main] == nil || !strings.HasSuffix(main, ".xml") {
		return nil, FaultNotXlsx.New()
	}
	out := map[string]string{}
	for id, to := range p.relations(path.Join(path.Dir(main), "_rels", path.Base(main)+".rels"), path.Dir(main)) {
		if to.kind == "worksheet" && to.part != main {
			out[id] = to.part
		}
	}
	return out, nil
}

// macros looks into the list of content types, as a macro workbook may have been given another ending.
func (p parts) macros() bool {
	for name := range p {
		if strings.EqualFold(name, "[content_types].xml") {
			return bytes.Contains(bytes.ToLower(p.small(name)), []byte("macroenabled"))
		}
	}
	return false
}

// relation is what a part refers to, and as what.
type relation struct{ kind, part string }

func (p parts) relations(list, dir string) map[string]relation {
	var all struct {
		Relationship []struct {
			ID     string `xml:"Id,attr"`
			Type   string `xml:",attr"`
			Target string `xml:",attr"`
		}
	}
	_ = xml.Unmarshal(p.small(list), &all) // a list that is broken or missing refers to nothing
	out := map[string]relation{}
	for _, r := range all.Relationship {
		target := strings.ReplaceAll(r.Target, `\`, "/")
		if !strings.HasPrefix(target, "/") {
			target = path.Join(dir, target)
		}
		out[r.ID] = relation{path.Base(r.Type), strings.TrimPrefix(path.Clean(target), "/")}
	}
	return out
}

// maxSmall bounds a list of parts; a thousand sheets make 200 KiB.
const maxSmall = 4 << 20

// small is a part that lists others; nil when it is missing or larger than such a list can be.
func (p parts) small(name string) []byte {
	f := p[name]
	if f == nil || f.UncompressedSize64 > maxSmall {
		return nil
	}
	r, err := f.Open()
	if err != nil {
		return nil
	}
	defer r.Close()
	data, _ := io.ReadAll(r)
	return data
}

// verify unpacks every part but the sheets once, as the library takes a part that is damaged for one that ends there. It
// also counts the tags: the library makes a value of each, whatever their size. Sheets are read row by row, and checked
// then.
func (p parts) verify(sheets map[string]string, l Limits) error {
	streamed := map[string]bool{}
	for _, part := range sheets {
		streamed[part] = true
	}
	for name, f := range p {
		if streamed[name] {
			continue
		}
		if err := verifyPart(f, l); err != nil {
			return err
		}
	}
	return nil
}

func verifyPart(f *zip.File, l Limits) error {
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	var n tags
	if _, err := io.Copy(&n, r); err != nil {
		return err
	}
	ending := strings.ToLower(path.Ext(f.Name))
	isXML := ending == ".xml" || ending == ".rels"
	if isXML && (f.UncompressedSize64 > uint64(l.Strings) || int64(n) > l.Strings/16) {
		return FaultTooBig.New().Set("limit", l.Strings)
	}
	return nil
}

// tags counts the tags that go by.
type tags int64

func (n *tags) Write(b []byte) (int, error) {
	*n += tags(bytes.Count(b, []byte{'<'}))
	return len(b), nil
}
