package calc

import (
	"ganlan/bankfile"
	"ganlan/fault"
	"ganlan/subsidy"
)

// Source is where the loans of a calculation come from: bank files, or a record of facts as known at a time.
type Source interface {
	// Pass gives the loans once through, those that the scope reckons together side by side: by contract number, or by
	// household or person and then by contract number.
	Pass(scope subsidy.Scope) (Pass, error)
	// Reader reads the batches of passes. Each goroutine has its own.
	Reader() Reader
	// Known fills in what is known of the household of a loan: its days on the name list, what it was paid, approvals.
	Known(household string, f *subsidy.Facts)
	// Place names the file, row and column of a fault that knows only the row of one of the facts; key is the column where
	// the fault's class does not say.
	Place(x *fault.Fault, key string)
	// Check is what is wrong with the whole when all was read.
	Check() fault.List
	// Size is the size of a pass, in the unit in which its batches are counted.
	Size() int64
}

// Pass is one reading of all loans, cut into batches.
type Pass interface {
	Next() (b Batch, more bool, err error)
	Close()
}

// Batch is some loans on their way, not yet read.
type Batch interface{ Bytes() int64 }

// Reader reads batches. A loan is used again for the next one; its texts may be kept. It reports the files that are not in
// order: they must be sorted first, and the run begun again.
type Reader interface {
	Read(b Batch, each func(*bankfile.Loan)) (unsorted []bankfile.Kind)
	Faults() fault.List // found since the last call
}
