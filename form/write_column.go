package form

import "ganlan/money"

// column is what a value needs on its way into a sheet, looked up once.
type column struct {
	kind  Kind
	div   int64
	style int
	total bool
	sum   int64
	long  bool // a value was too long for a number, so no formula can add the column
}

// value is the cell as the library writes it, and adds it to the column's total.
func (c *column) value(cell *Cell) (any, error) {
	if cell.tag == isText {
		return Harmless(cell.text), nil
	}
	if cell.tag == blank {
		return nil, nil
	}
	n, ok, err := cell.number(c.kind)
	if err != nil {
		return nil, err
	}
	if !ok {
		return Harmless(cell.String()), nil
	}
	if c.total {
		if c.sum, err = money.AddInt(c.sum, n); err != nil {
			return nil, err
		}
	}
	if v, ok := exact(n, c.div); ok {
		return v, nil
	}
	c.long = true
	return decimal(n, c.div), nil
}
