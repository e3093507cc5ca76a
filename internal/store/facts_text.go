package store

import (
	"encoding/json"
	"fmt"
	"math/big"

	"ganlan/figure"
)

// FactsText are declared facts as a column holds them: their keys in order, each with its type and exact value; empty for
// none.
func FactsText(row figure.Row) string {
	if len(row) == 0 {
		return ""
	}
	cells := make(map[string][2]string, len(row))
	for key, v := range row {
		text := v.Text()
		if v.Rat() != nil {
			text = v.Rat().RatString()
		}
		cells[key] = [2]string{string(v.Type), text}
	}
	b, _ := json.Marshal(cells) // texts alone
	return string(b)
}

// ReadFacts reads what FactsText wrote.
func ReadFacts(s string) (figure.Row, error) {
	if s == "" {
		return nil, nil
	}
	var cells map[string][2]string
	if err := json.Unmarshal([]byte(s), &cells); err != nil {
		return nil, fmt.Errorf("store: facts: %w", err)
	}
	row := make(figure.Row, len(cells))
	for key, c := range cells {
		t := figure.Type(c[0])
		if t == figure.Text {
			row[key] = figure.OfText(c[1])
			continue
		}
		x, ok := new(big.Rat).SetString(c[1])
		if !ok {
			return nil, fmt.Errorf("store: the fact %s is no %s", key, t)
		}
		row[key] = figure.OfRat(t, x)
	}
	return row, nil
}
