package bankfile

import (
	"ganlan/day"
	"ganlan/fault"
	"ganlan/loan"
)

// checkContract holds the cells of a contract against each other.
func (p *Parser) checkContract(c *contractLine) {
	t := p.contracts.table
	c.IDNo = t.checkID(c.IDType, c.IDNo)
	t.checkPerson(c.IDNo, c.sex, c.birth)
	dated := c.Start != day.None && c.End != day.None
	if dated && c.Start > c.End {
		t.tell(FaultReversed, "end").Set("from", c.Start).Set("to", c.End)
	}
	if dated && !c.term.fits(c.Start, c.End) {
		t.tell(FaultTermDiffers, "term").Set("from", c.Start).Set("to", c.End)
	}
	if c.Balance.OK && c.Balance.Value == 0 && c.Status == "normal" {
		t.tell(FaultNothingOwed, "status")
	}
}

// checkExtended asks for the extension of a contract that was extended: without its line the due day may already hold it.
func (p *Parser) checkExtended(x *Loan) {
	if x.Contract.Status != "extended" {
		return
	}
	for i := range x.Entries {
		if x.Entries[i].Kind == loan.Extension {
			return
		}
	}
	p.contracts.tellAt(x.Contract.Row, FaultExtensionMissing, "end").Set("date", x.Contract.End)
}

// tell adds a fault at a column of the row under work; its details may be added.
func (t *table) tell(d *fault.Def, key string) *fault.Fault { return t.tellAt(t.row, d, key) }

func (t *table) tellAt(row int, d *fault.Def, key string) *fault.Fault {
	f := d.At(t.layout.at(row, t.layout.column(key)))
	t.faults.Add(f)
	return f
}
