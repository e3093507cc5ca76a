package store

import (
	"context"
	"database/sql"
	"encoding/json"

	"ganlan/loan"
	"ganlan/money"
)

// Contract is a loan contract as it was reported, with its numbers of persons and accounts sealed.
type Contract struct {
	Rev, ID            int64
	Area               string // of the borrower within the area of the import
	Org                int64  // the bank
	Batch              int64
	loan.Contract             // IDNo and Account are empty: they are sealed
	IDSealed           string // base64; empty when not given
	IDIndex            string
	AccountSealed      string
	AccountIndex       string
	MAC                string // keyed digest of the contract's own values, the plain ones
	LinesMAC           string // of what its ledger, notes and fees say, kind by kind
	RowsMAC            string // of its ledger, notes and fees as they are kept
	Lines              string // its ledger, notes and fees as RowsMAC covers them; empty where it was not asked for
	RowMAC             string // of this revision: the digests above, whose it is and where it came from
	Recorded, Replaced int64
}

const contractColumns = "rev, id, area, org, batch, file_row, no, household, id_type, id_sealed, id_index, name, branch, branch_name, region, product, product_code, " +
	"purpose, status, grade, account_sealed, account_index, rate, pricing, start_day, end_day, amount, balance, other_subsidy, jobs, employees, households, " +
	"bank_cumulative, bank_subsidy, facts, mac, lines_mac, rows_mac, row_mac, recorded_at, superseded_at"

// ContractAdder puts many contracts in.
type ContractAdder struct{ bulk *bulk }

// NewContractAdder begins; Flush ends.
func NewContractAdder(tx *Tx) *ContractAdder {
	return &ContractAdder{newBulk(tx, "contract", contractColumns+", lines")}
}

// Add takes a contract, with its id and rev.
func (a *ContractAdder) Add(ctx context.Context, c *Contract) error {
	return a.bulk.add(ctx, c.Rev, c.ID, c.Area, c.Org, c.Batch, c.Row, c.No, c.Household, c.IDType, c.IDSealed, c.IDIndex, c.Name, c.Branch, c.BranchName,
		c.Region, c.Product, c.ProductCode, c.Purpose, c.Status, c.Grade, c.AccountSealed, c.AccountIndex, RateText(c.Rate), pricingText(c.Pricing), dayText(c.Start),
		dayText(c.End), int64(c.Amount), given(c.Balance), yesNo(c.OtherSubsidy), given(c.Jobs), given(c.Employees), given(c.Households),
		given(c.BankCumulative), given(c.BankSubsidy), FactsText(c.Facts), c.MAC, c.LinesMAC, c.RowsMAC, c.RowMAC, a.bulk.tx.Now, Current, c.Lines)
}

// Flush puts the last ones in. A contract that somebody else put in meanwhile is a change since.
func (a *ContractAdder) Flush(ctx context.Context) error { return a.bulk.flush(ctx) }

// Told turns a unique value that is there already into the sentence for two people who change one thing.
func Told(err error) error {
	if isTwice(err) {
		return FaultChanged.New()
	}
	return err
}

// SupersedeContract ends a revision; whoever has seen another one is told.
func SupersedeContract(ctx context.Context, tx *Tx, rev int64) error {
	return supersede(ctx, tx, "contract", rev)
}

// ContractMark is how a contract stands, in short.
type ContractMark struct {
	Rev, ID       int64
	MAC, LinesMAC string
}

// ContractMarks are the contracts of an organisation that hold, by number.
func ContractMarks(ctx context.Context, tx *Tx, org int64) (map[string]ContractMark, error) {
	out := map[string]ContractMark{}
	err := each(ctx, tx, "select no, rev, id, mac, lines_mac from contract where org = $1 and superseded_at = $2", []any{org, Current}, func(r *sql.Rows) error {
		var no string
		var m ContractMark
		err := r.Scan(&no, &m.Rev, &m.ID, &m.MAC, &m.LinesMAC)
		out[no] = m
		return err
	})
	return out, err
}

// EachContract gives the contracts under a condition (its parameters from $2 on) that held at a time, as known then, in the
// order of their numbers. The contract is used again for the next one.
func EachContract(ctx context.Context, tx *Tx, at int64, cond string, args []any, see func(*Contract) error) error {
	query := "select " + contractColumns + " from contract where " + known(1) + " and " + cond + " order by no, org"
	return eachContract(ctx, tx, query, append([]any{at}, args...), see)
}

// RevisionsBehind gives revisions of an organisation's contracts behind a number, in the order of numbers and times, n at most,
// with their lines in one text.
func RevisionsBehind(ctx context.Context, tx *Tx, org int64, no string, n int, see func(*Contract) error) error {
	query := "select " + contractColumns + ", lines from contract where org = $1 and no > $2 order by no, recorded_at, rev limit $3"
	return each(ctx, tx, query, []any{org, no, n}, func(r *sql.Rows) error {
		var c Contract
		if err := scanContract(r, &c, &c.Lines); err != nil {
			return err
		}
		return see(&c)
	})
}

// RevisionsOf gives all revisions of one contract, the oldest first.
func RevisionsOf(ctx context.Context, tx *Tx, org int64, no string, see func(*Contract) error) error {
	query := "select " + contractColumns + " from contract where org = $1 and no = $2 order by recorded_at, rev"
	return eachContract(ctx, tx, query, []any{org, no}, see)
}

// ContractOrgs are the organisations that have contracts or lines of contracts.
func ContractOrgs(ctx context.Context, tx *Tx) (out []int64, err error) {
	query := "select org from contract union select org from ledger_line union select org from note union select org from fee order by org"
	err = each(ctx, tx, query, nil, func(r *sql.Rows) error {
		var org int64
		err := r.Scan(&org)
		out = append(out, org)
		return err
	})
	return out, err
}

func eachContract(ctx context.Context, tx *Tx, query string, args []any, see func(*Contract) error) error {
	return each(ctx, tx, query, args, func(r *sql.Rows) error {
		var c Contract
		if err := scanContract(r, &c); err != nil {
			return err
		}
		return see(&c)
	})
}

// scanContract reads a row of contractColumns, and what stands behind them.
func scanContract(r *sql.Rows, c *Contract, more ...any) error {
	var rate, pricing, facts string
	var balance, other, jobs, employees, households, cumulative, subsidy sql.NullInt64
	err := r.Scan(append([]any{&c.Rev, &c.ID, &c.Area, &c.Org, &c.Batch, &c.Row, &c.No, &c.Household, &c.IDType, &c.IDSealed, &c.IDIndex, &c.Name, &c.Branch, &c.BranchName,
		&c.Region, &c.Product, &c.ProductCode, &c.Purpose, &c.Status, &c.Grade, &c.AccountSealed, &c.AccountIndex, &rate, &pricing, dayInto(&c.Start),
		dayInto(&c.End), &c.Amount, &balance, &other, &jobs, &employees, &households, &cumulative, &subsidy, &facts, &c.MAC, &c.LinesMAC, &c.RowsMAC,
		&c.RowMAC, &c.Recorded, &c.Replaced}, more...)...)
	if err != nil {
		return err
	}
	if c.Rate, err = ReadRate(rate); err != nil {
		return err
	}
	if c.Pricing, err = readPricing(pricing); err != nil {
		return err
	}
	if c.Contract.Facts, err = ReadFacts(facts); err != nil {
		return err
	}
	c.Balance, c.BankSubsidy = asGiven[money.Fen](balance), asGiven[money.Fen](subsidy)
	c.OtherSubsidy = loan.Given[bool]{Value: other.Int64 == 1, OK: other.Valid}
	c.Jobs, c.Employees, c.Households, c.BankCumulative = asGiven[int64](jobs), asGiven[int64](employees), asGiven[int64](households), asGiven[int64](cumulative)
	return nil
}

// given is a number that may be missing, as columns hold it.
func given[T ~int64](g loan.Given[T]) any {
	if !g.OK {
		return nil
	}
	return int64(g.Value)
}

func asGiven[T ~int64](n sql.NullInt64) loan.Given[T] {
	return loan.Given[T]{Value: T(n.Int64), OK: n.Valid}
}

func yesNo(g loan.Given[bool]) any {
	switch {
	case !g.OK:
		return nil
	case g.Value:
		return int64(1)
	}
	return int64(0)
}

// pricing is what a rate is written upon, in JSON.
type pricing struct {
	Base   uint8  `json:"base"`
	Factor string `json:"factor"`
	Plus   string `json:"plus"`
}

func pricingText(p *loan.Pricing) string {
	if p == nil {
		return ""
	}
	b, _ := json.Marshal(pricing{uint8(p.Base), RateText(p.Factor), RateText(p.Plus)})
	return string(b)
}

func readPricing(s string) (*loan.Pricing, error) {
	if s == "" {
		return nil, nil
	}
	var x pricing
	err := json.Unmarshal([]byte(s), &x)
	p := &loan.Pricing{Base: loan.Base(x.Base)}
	if err == nil {
		p.Factor, err = ReadRate(x.Factor)
	}
	if err == nil {
		p.Plus, err = ReadRate(x.Plus)
	}
	return p, err
}
