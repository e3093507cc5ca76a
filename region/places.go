package region

import "strings"

// Place is a town or village of a county's own list.
type Place struct {
	Code Code
	Name string
	Also []string // other names that files use
}

// Places is a county's own list of its towns and villages. It answers by name, and only when one place can be meant.
type Places struct {
	exact, loose map[string][]Code // by parent and name, by parent and stem
}

// NewPlaces makes a list to ask.
func NewPlaces(list []Place) *Places {
	p := &Places{exact: map[string][]Code{}, loose: map[string][]Code{}}
	for _, x := range list {
		for _, name := range append([]string{x.Name}, x.Also...) {
			name = squeeze(name)
			for _, parent := range []Code{"", x.Code.Parent()} {
				put(p.exact, key(x.Code.Level(), parent, name), x.Code)
				put(p.loose, key(x.Code.Level(), parent, stem(name)), x.Code)
			}
		}
	}
	return p
}

func put(m map[string][]Code, key string, c Code) {
	for _, x := range m[key] {
		if x == c {
			return
		}
	}
	m[key] = append(m[key], c)
}

func key(l Level, parent Code, name string) string { return l.String() + string(parent) + "/" + name }

// Town is the town of a name, with or without 镇, 乡, 街道 or 办事处 behind it.
func (p *Places) Town(name string) (Code, bool) { return p.find(Town, "", name) }

// Village is the village of a name in a town, with or without 村, 村委会 or 社区 behind it. An empty town is the whole county.
func (p *Places) Village(town Code, name string) (Code, bool) { return p.find(Village, town, name) }

// find looks for the whole name first, so that 上村 and 上村社区 can both be on the list.
func (p *Places) find(l Level, parent Code, name string) (Code, bool) {
	name = squeeze(name)
	if found := p.exact[key(l, parent, name)]; len(found) > 0 {
		return only(found)
	}
	return only(p.loose[key(l, parent, stem(name))])
}

func only(found []Code) (Code, bool) {
	if len(found) != 1 {
		return "", false
	}
	return found[0], true
}

func squeeze(name string) string { return strings.Join(strings.Fields(name), "") }

// endings are what stands behind the name itself of a town or village, longest first.
var endings = []string{"社区居民委员会", "街道办事处", "村民委员会", "居民委员会", "社区居委会", "人民政府", "村委会", "居委会", "行政村", "自然村", "办事处", "街道", "社区", "村", "镇", "乡"}

// stem is a name without its endings; a name that is nothing but an ending stays.
func stem(name string) string {
	for cut := true; cut; {
		cut = false
		for _, e := range endings {
			if rest, ok := strings.CutSuffix(name, e); ok && rest != "" {
				name, cut = rest, true
				break
			}
		}
	}
	return name
}
