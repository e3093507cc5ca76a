package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// LoanOrder is what contracts are ordered and grouped by: by number alone, or first by household or person.
type LoanOrder uint8

// The orders.
const (
	ByNumber LoanOrder = iota
	ByHousehold
	ByPerson
)

// column is what groups contracts in an order; empty for none.
func (o LoanOrder) column() string {
	return [...]string{"", "household", "id_index"}[o]
}

// Loans are the contracts of an organisation within an area as known at a time, from a place in their order up to another.
type Loans struct {
	Org        int64
	From, To   string // area codes: from the first up to the second, which is not in
	Known      int64
	Order      LoanOrder
	Begin, End LoanKey // End is not in
	Open       bool    // no end
}

// where is the condition of the loans behind a place that was seen last, and its parameters from $2 on; $1 is the time.
func (l *Loans) where(tx *Tx, after *LoanKey) (string, []any) {
	cond, args := "org = $2 and area >= $3 and area < $4", []any{l.Org, l.From, l.To}
	bound := func(op string, k LoanKey) {
		n := len(args) + 2
		if c := l.Order.column(); c != "" {
			cond += fmt.Sprintf(" and (%s, %s) %s ($%d, $%d)", tx.bytewise(c), tx.bytewise("no"), op, n, n+1)
			args = append(args, k.Group, k.No)
			return
		}
		cond += fmt.Sprintf(" and %s %s $%d", tx.bytewise("no"), op, n)
		args = append(args, k.No)
	}
	if after != nil {
		bound(">", *after)
	} else {
		bound(">=", l.Begin)
	}
	if !l.Open {
		bound("<", l.End)
	}
	return cond, args
}

func (l *Loans) order(tx *Tx) string {
	if c := l.Order.column(); c != "" {
		return tx.bytewise(c) + ", " + tx.bytewise("no")
	}
	return tx.bytewise("no")
}

// KeyOf is a contract's place in the order.
func (l *Loans) KeyOf(c *Contract) LoanKey {
	switch l.Order {
	case ByHousehold:
		return LoanKey{c.Household, c.No}
	case ByPerson:
		return LoanKey{c.IDIndex, c.No}
	}
	return LoanKey{"", c.No}
}

// Page gives the next contracts behind a place (from the beginning for nil), most at a time, in order, with their lines in one
// text.
func (l *Loans) Page(ctx context.Context, tx *Tx, after *LoanKey, most int) (out []*Contract, err error) {
	cond, args := l.where(tx, after)
	query := fmt.Sprintf("select %s, lines from contract where %s and %s order by %s limit %d", contractColumns, known(1), cond, l.order(tx), most)
	err = each(ctx, tx, query, append([]any{l.Known}, args...), func(r *sql.Rows) error {
		c := &Contract{}
		out = append(out, c)
		return scanContract(r, c, &c.Lines)
	})
	return out, err
}

// Keys gives the places of all the loans in order.
func (l *Loans) Keys(ctx context.Context, tx *Tx, see func(LoanKey) error) error {
	cond, args := l.where(tx, nil)
	columns := "'', no"
	if c := l.Order.column(); c != "" {
		columns = c + ", no"
	}
	query := "select " + columns + " from contract where " + known(1) + " and " + cond + " order by " + l.order(tx)
	return each(ctx, tx, query, append([]any{l.Known}, args...), func(r *sql.Rows) error {
		var k LoanKey
		if err := r.Scan(&k.Group, &k.No); err != nil {
			return err
		}
		return see(k)
	})
}

// places are n parameters.
func places(n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "$%d", i+1)
	}
	return b.String()
}

// One is the contract of a number among the loans; nil when there is none.
func (l *Loans) One(ctx context.Context, tx *Tx, no string) (out *Contract, err error) {
	query := "select " + contractColumns + " from contract where " + known(1) + " and org = $2 and area >= $3 and area < $4 and no = $5"
	err = eachContract(ctx, tx, query, []any{l.Known, l.Org, l.From, l.To, no}, func(c *Contract) error { out = c; return nil })
	return out, err
}

// Around bounds the loans to a contract and those that are reckoned together with it.
func (l *Loans) Around(c *Contract) {
	k := l.KeyOf(c)
	l.Begin, l.Open = k, false
	if k.Group == "" {
		l.End = LoanKey{k.Group, k.No + "\x01"}
		return
	}
	l.Begin.No, l.End = "", LoanKey{k.Group + "\x01", ""}
}
