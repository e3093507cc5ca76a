package figure

import "ganlan/rule"

// Open reports whether a figure waits for a value that the documents leave open and nobody has given. Its units cannot be
// checked before; the reader of the file has asked for the value by its name.
func (f Figures) Open() bool {
	for i := range f {
		if f[i].open() {
			return true
		}
	}
	return false
}

func (f *Figure) open() bool {
	waits := waiting(&f.NotBelow) || waiting(&f.NotAbove)
	for _, o := range f.operands() {
		waits = waits || waiting(&o)
	}
	waits = waits || f.Steps != nil && openSteps(&f.Steps.List) || f.Bands != nil && openSteps(&f.Bands.List)
	for i := range f.Choose {
		waits = waits || waiting(&f.Choose[i].Is)
	}
	if f.Match != nil {
		waits = waits || waiting(&f.Match.Else)
		for _, s := range f.Match.Is {
			waits = waits || waiting(&s)
		}
	}
	return waits
}

func openSteps(list *rule.Setting[[]Step]) bool {
	waits := list.Given() && list.Is() == nil
	for _, s := range list.Is() {
		waits = waits || waiting(&s.UpTo) || waiting(&s.Below) || waiting(&s.From) || waiting(&s.Above) || waiting(&s.Is)
	}
	return waits
}

func waiting(s *rule.Setting[Operand]) bool { return s.Given() && s.Is() == "" }
