package form

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
)

// cellType is how a cell's value is written down.
type cellType uint8

const (
	numbers  cellType = iota
	shareds           // number of a text in the table
	texts             // a text, an error such as #N/A
	booleans          // 0 or 1
	isoDates          // a date in letters
)

func typeOf(t []byte) cellType {
	switch string(t) {
	case "s":
		return shareds
	case "inlineStr", "str", "e":
		return texts
	case "b":
		return booleans
	case "d":
		return isoDates
	}
	return numbers
}

// text is a cell's value by its type.
func (b *Book) text(kind cellType, style int, value []byte) (string, error) {
	switch kind {
	case shareds:
		return b.shareText(value)
	case texts:
		return plainText(unescape(value)), nil
	case booleans:
		if string(value) == "1" {
			return "TRUE", nil
		}
		return "FALSE", nil
	case isoDates:
		return isoDate(string(value)), nil
	}
	raw := string(bytes.TrimSpace(value))
	if style >= 0 && style < len(b.dated) && b.dated[style] {
		if d, ok := b.date(raw); ok {
			return d, nil
		}
	}
	return number(raw), nil
}

func (b *Book) shareText(value []byte) (string, error) {
	n, err := strconv.Atoi(string(bytes.TrimSpace(value)))
	if err != nil || n < 0 || n >= len(b.texts) {
		return "", fmt.Errorf("shared text %q", value)
	}
	return b.texts[n], nil
}

// area reads B2:D3; a single cell is an area too.
func area(s string) (Area, bool) {
	from, to, two := strings.Cut(s, ":")
	if !two {
		to = from
	}
	c1, r1, ok1 := position(from)
	c2, r2, ok2 := position(to)
	return Area{r1, c1, r2, c2}, ok1 && ok2 && r1 <= r2 && c1 <= c2
}

// position reads a cell's name: B3 is column 2, row 3.
func position(s string) (column, row int, ok bool) {
	i := 0
	for i < len(s) && i < 4 && s[i]|0x20 >= 'a' && s[i]|0x20 <= 'z' {
		column = column*26 + int(s[i]|0x20-'a') + 1
		i++
	}
	row, err := strconv.Atoi(s[i:])
	return column, row, err == nil && i > 0 && row > 0 && column <= maxColumn
}
