package figure

import (
	"math/big"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/rule"
)

// Result is one row computed: every fact and figure by name, and how each figure came about.
type Result struct {
	Steps []Why

	p      *Program
	row    Row              // not changed and not copied
	values map[string]Value // of figures
	errs   map[string]error
	now    *Why
}

// Why is how one figure came about.
type Why struct {
	Figure *Figure
	Used   []Named // operands in order, as far as they were looked at
	Value  Value
	Chosen string // which step, band or condition, in the words of the file
	Held   *Named // the bound that held the figure
	Err    error  // why there is no value
}

// Named is an operand with its value; the name is empty for a value written in the scheme.
type Named struct {
	Name  string
	Value Value
}

// Run computes every figure of a row in order. The row is kept and must not change afterwards. A figure whose facts are not given has no value; whoever asks for it gets the
// fault that names the missing facts.
func (p *Program) Run(row Row) *Result {
	r := &Result{p: p, row: row, values: make(map[string]Value, len(p.Figures)), Steps: make([]Why, 0, len(p.Figures))}
	for i := range p.Figures {
		f := &p.Figures[i]
		r.Steps = append(r.Steps, Why{Figure: f})
		r.now = &r.Steps[i]
		v, err := f.op(r)
		if err != nil {
			r.fail(f.Key, err)
			continue
		}
		v.Type = f.Type
		r.now.Value, r.values[f.Key] = v, v
	}
	r.now = nil
	return r
}

func (r *Result) fail(key string, err error) {
	if r.errs == nil {
		r.errs = map[string]error{}
	}
	r.now.Err, r.errs[key] = err, err
}

// Get is a fact or figure. When there is no value the fault says which fact is missing, or why.
func (r *Result) Get(name string) (Value, error) {
	if v, ok := r.values[name]; ok {
		return v, nil
	}
	if v, ok := r.row[name]; ok {
		return v, nil
	}
	if err, ok := r.errs[name]; ok {
		return Value{}, err
	}
	return Value{}, rule.FaultUndecided.New().Set("missing", r.p.Title(name, fault.Zh))
}

// Put gives a name that the kind of rule adds by itself a value before the figures that use it are run.
func (r Row) Put(name string, v Value) { r[name] = v }

// Look answers for a name of a condition.
func (r *Result) Look(name string) (any, bool) {
	v, err := r.Get(name)
	if err != nil {
		return nil, false
	}
	x, err := v.native()
	return x, err == nil
}

// Holds decides a condition over the row.
func (r *Result) Holds(c *rule.Condition) (bool, error) {
	ok, f := c.Holds(r.Look)
	if f != nil {
		return false, f
	}
	return ok, nil
}

func (r *Result) term(t term) (Value, error) {
	v := t.value
	if t.name != "" {
		var err error
		if v, err = r.Get(t.name); err != nil {
			return v, err
		}
	}
	return v, nil
}

func (r *Result) use(t term) (Value, error) {
	v, err := r.term(t)
	if err == nil && r.now != nil {
		r.now.Used = append(r.now.Used, Named{t.name, v})
	}
	return v, err
}

func (r *Result) heldBy(t term, v Value) { r.now.Held = &Named{t.name, v} }

// calculate is a plain way over its operands.
func calculate(f *Figure, way string, t Type, ts []term) operation {
	return func(r *Result) (Value, error) {
		vs := make([]Value, len(ts))
		for i, x := range ts {
			v, err := r.use(x)
			if err != nil {
				return v, err
			}
			vs[i] = v
		}
		if way == "is" {
			return vs[0], nil
		}
		x, err := plainWays[way](vs)
		if err != nil {
			return Value{}, f.fault(FaultZero).Set("by", r.p.Title(ts[1].name, fault.Zh))
		}
		return Value{Type: t, rat: x}, nil
	}
}

// plainWays compute from values of fitting units.
var plainWays = map[string]func([]Value) (*big.Rat, error){
	"sum":        func(v []Value) (*big.Rat, error) { return fold(v, (*big.Rat).Add), nil },
	"difference": func(v []Value) (*big.Rat, error) { return fold(v, (*big.Rat).Sub), nil },
	"product":    func(v []Value) (*big.Rat, error) { return fold(v, (*big.Rat).Mul), nil },
	"mean": func(v []Value) (*big.Rat, error) {
		return new(big.Rat).Quo(fold(v, (*big.Rat).Add), big.NewRat(int64(len(v)), 1)), nil
	},
	"lowest":  func(v []Value) (*big.Rat, error) { return extreme(v, -1), nil },
	"highest": func(v []Value) (*big.Rat, error) { return extreme(v, 1), nil },
	"ratio":   quotient,
	"days": func(v []Value) (*big.Rat, error) {
		return big.NewRat(int64(max(v[1].Day()-v[0].Day()+1, 0)), 1), nil
	},
	"years":  func(v []Value) (*big.Rat, error) { return wholeMonths(v[0].Day(), v[1].Day(), 12), nil },
	"months": func(v []Value) (*big.Rat, error) { return wholeMonths(v[0].Day(), v[1].Day(), 1), nil },
}

func fold(v []Value, op func(z, x, y *big.Rat) *big.Rat) *big.Rat {
	out := new(big.Rat).Set(v[0].rat)
	for _, x := range v[1:] {
		op(out, out, x.rat)
	}
	return out
}

func extreme(v []Value, sign int) *big.Rat {
	best := v[0].rat
	for _, x := range v[1:] {
		if x.rat.Cmp(best)*sign > 0 {
			best = x.rat
		}
	}
	return best
}

func quotient(v []Value) (*big.Rat, error) {
	if v[1].rat.Sign() == 0 {
		return nil, FaultZero.New()
	}
	return new(big.Rat).Quo(v[0].rat, v[1].rat), nil
}

// wholeMonths counts full stretches of n months from a day to another; none when the second is before the first.
func wholeMonths(from, to day.Date, n int) *big.Rat {
	k := 0
	for from.AddMonths((k+1)*n) <= to {
		k++
	}
	return big.NewRat(int64(k), 1)
}
