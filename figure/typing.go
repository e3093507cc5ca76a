package figure

// typing says for each plain way what type comes out of the operands' types, or what does not fit.
var typing = map[string]func([]Type) (Type, string){
	"is":         func(t []Type) (Type, string) { return t[0], "" },
	"sum":        added,
	"difference": added,
	"mean":       added,
	"lowest":     alike,
	"highest":    alike,
	"product":    times,
	"ratio":      over,
	"days":       between,
	"years":      between,
	"months":     between,
}

// added are amounts or numbers: days and texts do not add up.
func added(ts []Type) (Type, string) {
	if ts[0] == Date {
		return "", string(Date)
	}
	return alike(ts)
}

// alike are operands of one kind; what is written alike stays so.
func alike(ts []Type) (Type, string) {
	out := ts[0]
	for _, t := range ts {
		if kind(t) != kind(ts[0]) {
			return "", string(t) + " ≠ " + string(ts[0])
		}
		if t != out {
			out = Number
		}
	}
	if out == Text || out == Flag {
		return "", string(out)
	}
	return out, ""
}

func times(ts []Type) (Type, string) {
	out, amounts := ts[0], 0
	for _, t := range ts {
		switch {
		case t == Money:
			amounts++
		case !t.plain():
			return "", string(t)
		}
		if t != out {
			out = Number
		}
	}
	switch {
	case amounts > 1:
		return "", "money × money"
	case amounts == 1:
		return Money, ""
	case len(ts) > 1 && out == Percent:
		return Number, ""
	}
	return out, ""
}

func over(ts []Type) (Type, string) {
	if len(ts) != 2 {
		return "", "a, b"
	}
	switch a, b := kind(ts[0]), kind(ts[1]); {
	case a == Money && b == Number:
		return Money, ""
	case a == b && (a == Money || a == Number):
		return Number, ""
	}
	return "", string(ts[0]) + " ÷ " + string(ts[1])
}

func between(ts []Type) (Type, string) {
	if len(ts) != 2 || ts[0] != Date || ts[1] != Date {
		return "", "date, date"
	}
	return Count, ""
}
