package rule

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/cost"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/money"
)

// Type is the type of a name that conditions may use. There is no type for a binary fraction.
type Type uint8

// The types of conditions. Money compares with yuan("50000"), Date with date("2024-01-01") or months_after(contract.start, 36),
// Percent with percent("3.8%"), Number with number("8.2").
const (
	Int Type = iota
	Text
	Bool
	Money
	Date
	Percent
	Number // an exact number that need not be whole
)

var celTypes = map[Type]*cel.Type{Int: cel.IntType, Text: cel.StringType, Bool: cel.BoolType,
	Money: moneyType, Date: dateType, Percent: percentType, Number: numberType}

// Names are the names that conditions may use, with their types.
type Names map[string]Type

// Exact is an exact value of a type for a condition: an amount that need not be whole fen, a number.
type Exact struct {
	Type Type
	Rate money.Rate // of money in fen
}

// costLimit bounds one evaluation; the language has no loop without a bound, so a condition always ends.
const costLimit = 100_000

// Condition is a checked yes-or-no expression over typed names.
type Condition struct {
	text    string
	program cel.Program
	uses    []string
}

// Compile checks an expression: it must be a yes-or-no over the names, without binary fractions and within the cost limit.
// The fault carries the place given.
func (names Names) Compile(expr string, at fault.Place) (*Condition, *fault.Fault) {
	bad := func(text string) (*Condition, *fault.Fault) {
		return nil, FaultCel.At(at).Set("text", text).Set("known", names.String())
	}
	env, err := names.env()
	if err != nil {
		return bad(err.Error())
	}
	ast, issues := env.Compile(expr)
	if err := issues.Err(); err != nil {
		return bad(firstLine(err.Error()))
	}
	if ast.OutputType() != cel.BoolType {
		return bad("结果应是“是/否” (must be yes or no), 却是 " + ast.OutputType().String())
	}
	for _, t := range ast.NativeRep().TypeMap() {
		if t.Kind() == types.DoubleKind {
			return bad("不允许小数常数，请用 percent(\"3.8%\") 或 yuan(\"0.50\") (no binary fractions)")
		}
	}
	if est, err := env.EstimateCost(ast, flat{}); err != nil || est.Max > costLimit {
		return bad("条件过于复杂 (too costly)")
	}
	program, err := env.Program(ast, cel.CostLimit(costLimit), cel.EvalOptions(cel.OptOptimize))
	if err != nil {
		return bad(err.Error())
	}
	return &Condition{expr, program, names.used(expr)}, nil
}

// used lists the known names that stand in the text.
func (names Names) used(expr string) (out []string) {
	for _, n := range slices.Sorted(maps.Keys(names)) {
		if strings.Contains(expr, n) {
			out = append(out, n)
		}
	}
	return out
}

// String lists the names and types for a fault.
func (names Names) String() string {
	var parts []string
	for _, n := range slices.Sorted(maps.Keys(names)) {
		parts = append(parts, n+" ("+celTypes[names[n]].String()+")")
	}
	return strings.Join(parts, ", ")
}

func firstLine(s string) string {
	s = strings.TrimPrefix(s, "ERROR: <input>:")
	s, _, _ = strings.Cut(s, "\n")
	return s
}

type flat struct{}

func (flat) EstimateSize(cost.AstNode) *cost.SizeEstimate {
	return &cost.SizeEstimate{Min: 0, Max: 100}
}

func (flat) EstimateCallCost(string, string, *cost.AstNode, []cost.AstNode) *cost.CallEstimate {
	return nil
}

// Holds decides the condition. look answers for a name: money.Fen, day.Date, money.Rate (a percentage), Exact, int64, string
// or bool, and false when the file gives no value. What cannot be decided is FaultUndecided with the missing names, never «no».
func (c *Condition) Holds(look func(name string) (any, bool)) (bool, *fault.Fault) {
	v := lookup{look: look}
	out, _, err := c.program.Eval(&v)
	if err == nil {
		if b, ok := out.Value().(bool); ok {
			return b, nil
		}
		err = errors.New("unknown")
	}
	missing := strings.Join(v.missing, "、")
	if missing == "" {
		missing = firstLine(err.Error())
	}
	return false, FaultUndecided.New().Set("missing", missing)
}

// Uses are the names that the condition reads.
func (c *Condition) Uses() []string { return c.uses }

// lookup feeds the evaluator and remembers what was not there.
type lookup struct {
	look    func(string) (any, bool)
	missing []string
}

func (l *lookup) ResolveName(name string) (any, bool) {
	v, ok := l.look(name)
	if !ok {
		l.missing = append(l.missing, name)
		return nil, false
	}
	switch x := v.(type) {
	case money.Fen:
		return ordered{moneyType, money.NewRate(int64(x), 1)}, true
	case day.Date:
		return ordered{dateType, money.NewRate(int64(x), 1)}, true
	case money.Rate:
		return ordered{percentType, x}, true
	case Exact:
		return ordered{celTypes[x.Type], x.Rate}, true
	}
	return v, true
}

func (l *lookup) Parent() cel.Activation { return nil }

var (
	moneyType   = cel.ObjectType("money", traits.ComparerType)
	dateType    = cel.ObjectType("date", traits.ComparerType)
	percentType = cel.ObjectType("percent", traits.ComparerType)
	numberType  = cel.ObjectType("number", traits.ComparerType)
)

// ordered is a value of one of our own types: exact, comparable only with its like.
type ordered struct {
	t *types.Type
	v money.Rate
}

func (o ordered) ConvertToType(t ref.Type) ref.Val {
	return types.NewErr("no conversion from %s to %s", o.t, t)
}
func (o ordered) Type() ref.Type { return o.t }
func (o ordered) Value() any     { return o.v }

func (o ordered) Equal(other ref.Val) ref.Val {
	x, ok := other.(ordered)
	return types.Bool(ok && x.t == o.t && x.v.Cmp(o.v) == 0)
}

func (o ordered) Compare(other ref.Val) ref.Val {
	x, ok := other.(ordered)
	if !ok || x.t != o.t {
		return types.MaybeNoSuchOverloadErr(other)
	}
	return types.Int(o.v.Cmp(x.v))
}

func (names Names) env() (*cel.Env, error) {
	opts := []cel.EnvOption{
		literal("yuan", moneyType, func(s string) (money.Rate, error) {
			f, err := money.Parse(s)
			return money.NewRate(int64(f), 1), err
		}),
		literal("date", dateType, func(s string) (money.Rate, error) {
			d, err := day.Parse(s)
			return money.NewRate(int64(d), 1), err
		}),
		literal("percent", percentType, money.ParseRate),
		literal("number", numberType, money.ParseRate),
		cel.Function("months_after", cel.Overload("months_after_date", []*cel.Type{dateType, cel.IntType}, dateType,
			cel.BinaryBinding(monthsAfter))),
	}
	for _, op := range []string{operators.Less, operators.LessEquals, operators.Greater, operators.GreaterEquals} {
		for _, t := range []*cel.Type{moneyType, dateType, percentType, numberType} {
			opts = append(opts, cel.Function(op, cel.Overload(op+t.TypeName(), []*cel.Type{t, t}, cel.BoolType)))
		}
	}
	for _, n := range slices.Sorted(maps.Keys(names)) {
		opts = append(opts, cel.Variable(n, celTypes[names[n]]))
	}
	return cel.NewEnv(opts...)
}

// monthsAfter is the same day some months later; a day that the month lacks becomes its last.
func monthsAfter(d, n ref.Val) ref.Val {
	from, ok := d.Value().(money.Rate)
	months, whole := n.Value().(int64)
	if !ok || !whole || months < -1200 || months > 1200 {
		return types.NewErr("months_after: no such day")
	}
	return ordered{dateType, money.NewRate(int64(day.Date(from.Num()).AddMonths(int(months))), 1)}
}

// literal declares a function that turns a text into one of our types.
func literal(name string, t *cel.Type, parse func(string) (money.Rate, error)) cel.EnvOption {
	return cel.Function(name, cel.Overload(name+"_text", []*cel.Type{cel.StringType}, t,
		cel.UnaryBinding(func(v ref.Val) ref.Val {
			r, err := parse(fmt.Sprint(v.Value()))
			if err != nil {
				return types.NewErr("%s", err)
			}
			return ordered{t, r}
		})))
}

// ConvertToNative is asked for by the library and never used by us.
func (o ordered) ConvertToNative(t reflect.Type) (any, error) {
	return nil, fmt.Errorf("no conversion from %s to %s", o.t, t)
}
