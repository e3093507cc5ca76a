// Package bankfile reads what banks and offices export (contracts, ledger, notes, fees, name list, history): xlsx and csv
// in any usual encoding, with headers found by name. It refuses a file whole when one row is wrong and says of every wrong
// cell where it is and what to do; it never drops or guesses a row.
package bankfile

import (
	"io"
	"strconv"

	"ganlan/fault"
	"ganlan/money"
	"ganlan/region"
)

// Input is one file as it was handed in.
type Input struct {
	Name string // as the user knows it, without folder
	Data io.ReaderAt
	Size int64
}

// Kind is what a file holds.
type Kind string

// The kinds of file.
const (
	Contracts Kind = "contracts"
	Ledger    Kind = "ledger"
	Notes     Kind = "notes"
	Fees      Kind = "fees"
	List      Kind = "list"
	Members   Kind = "members"
	History   Kind = "history"
	Approvals Kind = "approvals"
	Facts     Kind = "facts" // rows of whatever a scheme is computed from; the scheme says which columns there are
)

// Options are what the user says about the files.
type Options struct {
	Separator  string // of csv, when it is an unusual one
	Sheet      string // of a workbook with several; AllSheets for all of one header
	Separators map[Kind]string
	Sheets     map[Kind]string // for one kind of file, before what holds for all
	Sort       Sorter

	Area   region.Code    // of the programme: contracts of another county are told; empty asks nothing
	Places *region.Places // the county's own towns and villages; may be nil
}

// of is what holds for a kind of file.
func (o Options) of(kind Kind) Options {
	if s, ok := o.Separators[kind]; ok {
		o.Separator = s
	}
	if s, ok := o.Sheets[kind]; ok {
		o.Sheet = s
	}
	if o.Separator == `\t` {
		o.Separator = "\t"
	}
	return o
}

// AllSheets in place of a sheet's name means every sheet that has the same header.
const AllSheets = "*"

// Kinds are all kinds of file.
func Kinds() []Kind { return []Kind{Contracts, Ledger, List, Notes, Fees, History, Approvals, Members} }

// Layout is how a file is laid out: which column holds what.
type Layout struct {
	File, Sheet string
	Sheets      []string // when several are read as one; rows then count on from sheet to sheet, see Where
	Kind        Kind
	HeaderRow   int      // row of the last header line
	Titles      []string // header as the file writes it
	Keys        []string // our key of each column; empty for a column that is not ours
	Unit        money.Fen
	Encoding    string
	Profile     string // name of the profile by which it was recognised
	profile     *Profile
	comma       byte
	key         int         // column by which the file is ordered
	area        region.Code // the programme's
}

// at is the place of a cell.
func (l *Layout) at(row, column int) fault.Place {
	p := fault.Place{File: l.File}
	p.Sheet, p.Row = l.Where(row)
	if column >= 0 && column < len(l.Titles) {
		p.Column = l.Titles[column]
	}
	return p
}

// rowsOfSheet is how far the rows of one sheet of several lie behind those of the sheet before. No sheet has more.
const rowsOfSheet = 1 << 21

// Where is the sheet and the row in it of a row as records carry it.
func (l *Layout) Where(row int) (string, int) {
	if len(l.Sheets) == 0 {
		return l.Sheet, row
	}
	return l.Sheets[row/rowsOfSheet], row % rowsOfSheet
}

// rowName is a row in a sentence.
func (l *Layout) rowName(row int) string {
	sheet, row := l.Where(row)
	if len(l.Sheets) == 0 {
		return strconv.Itoa(row)
	}
	return sheet + "!" + strconv.Itoa(row)
}

// column is the column of a key, -1 when the file has none.
func (l *Layout) column(key string) int {
	for i, k := range l.Keys {
		if k == key {
			return i
		}
	}
	return -1
}

// Title is the file's own title of a key's column; the key where the file has none.
func (l *Layout) Title(key string) string {
	if i := l.column(key); i >= 0 {
		return l.Titles[i]
	}
	return key
}

// schema says which keys a kind of file has, which it needs, and by which it is ordered.
type schema struct {
	key    string
	need   []string
	others []string
}

var schemas = map[Kind]schema{
	Contracts: {"contract_no", []string{"contract_no", "annual_rate", "status", "start", "end", "amount"},
		[]string{"household_no", "id_type", "id_no", "name", "branch", "branch_name", "region_code", "product", "product_code", "purpose",
			"balance", "other_subsidy", "bank_cumulative", "bank_subsidy", "jobs", "employees", "households", "account",
			"term", "grade", "sex", "birth"}},
	Ledger:    {"contract_no", []string{"contract_no", "date", "kind", "amount"}, []string{"note_no", "new_end"}},
	Notes:     {"contract_no", []string{"contract_no", "note_no", "start", "end", "amount"}, nil},
	Fees:      {"contract_no", []string{"contract_no", "fee", "paid", "cover_from", "cover_to"}, []string{"note_no", "guarantee_no", "fee_rate", "refund"}},
	Members:   {"household_no", []string{"household_no", "name", "relation"}, []string{"id_type", "id_no", "sex", "birth", "town", "village"}},
	List:      {"household_no", []string{"household_no", "valid_from", "valid_to"}, nil},
	History:   {"household_no", []string{"household_no", "paid"}, []string{"scheme", "year"}},
	Approvals: {"household_no", []string{"household_no", "money", "reason"}, nil},
	Facts:     {rowNo, nil, []string{rowNo}},
}

func (s schema) keys() []string { return append(append([]string{}, s.need...), s.others...) }
