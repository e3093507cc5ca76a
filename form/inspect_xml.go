package form

import (
	"encoding/xml"
	"errors"
	"io"
)

// scanXML gives a sheet to the inspection as the standard library reads XML, which is how the workbook library reads it.
func scanXML(in *inspection, r io.Reader) error {
	d := xml.NewDecoder(r)
	d.CharsetReader = in.b.f.CharsetReader
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = in.token(t)
		}
		if err != nil {
			return err
		}
	}
}

func (in *inspection) token(t xml.Token) error {
	switch t := t.(type) {
	case xml.StartElement:
		attrs := make([]attr, len(t.Attr))
		for i, a := range t.Attr {
			attrs[i] = attr{[]byte(a.Name.Local), []byte(a.Value)}
		}
		return in.enter([]byte(t.Name.Local), attrs)
	case xml.EndElement:
		return in.leave([]byte(t.Name.Local))
	case xml.CharData:
		in.text(t)
	}
	return nil
}
