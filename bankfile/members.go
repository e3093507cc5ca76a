package bankfile

import (
	"cmp"
	"slices"
	"strings"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/household"
	"ganlan/ident"
	"ganlan/region"
	"ganlan/rule"
)

// memberLine is a member with what its row says besides, to be held against the number.
type memberLine struct {
	household.Member
	idType, role  string
	town, village string
	sex           sex
}

var memberSetters = map[string]setter[memberLine]{
	"household_no": func(x *memberLine, c *cell) { x.Household = c.word() },
	"name": func(x *memberLine, c *cell) {
		if c.need() {
			x.Name = c.name()
			x.role = ident.ReadName(c.text, c.t.profile.isKin).Role
		}
	},
	"relation": func(x *memberLine, c *cell) { x.Relation = c.relation() },
	"id_type":  func(x *memberLine, c *cell) { x.idType = c.word() },
	"id_no":    func(x *memberLine, c *cell) { x.IDNo = c.text },
	"sex": func(x *memberLine, c *cell) {
		x.sex = c.sex()
		x.Sex = x.sex.String()
	},
	"birth":   func(x *memberLine, c *cell) { x.Birth = c.dateIf() },
	"town":    func(x *memberLine, c *cell) { x.town = c.word() },
	"village": func(x *memberLine, c *cell) { x.village = c.word() },
}

var memberGetters = map[string]getter[memberLine]{
	"household_no": func(x *memberLine) string { return x.Household },
	"name":         func(x *memberLine) string { return x.Name },
	"relation":     func(x *memberLine) string { return x.Relation },
	"id_type":      func(x *memberLine) string { return x.idType },
	"id_no":        func(x *memberLine) string { return x.IDNo },
	"sex":          func(x *memberLine) string { return x.Sex },
	"birth":        func(x *memberLine) string { return x.Birth.String() },
	"town":         func(x *memberLine) string { return x.town },
	"village":      func(x *memberLine) string { return x.village },
}

// relation is what somebody is to the head, by GB/T 4761: from its code or a word, with 户主 or 之 before it. A word that is in
// no table is kept and told.
func (c *cell) relation() string {
	w := strings.ReplaceAll(c.word(), " ", "")
	if w == "" {
		return ""
	}
	for _, before := range []string{"", "户主之", "户主的", "户主", "之"} {
		if rest, ok := strings.CutPrefix(w, before); ok {
			if code := c.t.profile.kin[rest]; code != "" {
				return code
			}
		}
	}
	c.fault(FaultRelation.New().Set("value", w))
	return w
}

// ReadMembers reads the members of households whole. Households without one head are told and left out; the others stay.
func (f *File) ReadMembers() (families []household.Family, refused []household.Headless, faults fault.List) {
	r := memberReader{f: f}
	faults = readWhole(f, memberSetters, func(x *memberLine) string { return x.Household }, memberLine{Member: household.Member{Birth: day.None}}, r.begin, r.take)
	families, refused = household.Families(r.members)
	for _, h := range refused {
		at := f.Layout.at(h.Rows[0], f.Layout.column("relation"))
		if len(h.Heads) == 0 {
			faults.Add(FaultNoHead.At(at).Set("household", h.No).Set("n", len(h.Rows)))
			continue
		}
		at = f.Layout.at(h.Heads[1], f.Layout.column("relation"))
		faults.Add(FaultTwoHeads.At(at).Set("household", h.No).Set("n", len(h.Rows)).Set("row", f.Layout.rowName(h.Heads[0])))
	}
	faults = append(faults, checkPeople(f.Layout, r.people, 0)...)
	return families, refused, append(faults, r.elsewhere()...)
}

// memberReader keeps the members of a file as they are read.
type memberReader struct {
	f       *File
	members []household.Member
	people  []person
	seen    map[string]memberLine // last member of each household and name
}

func (r *memberReader) begin() { *r = memberReader{f: r.f, seen: map[string]memberLine{}} }

func (r *memberReader) take(ls *lines[memberLine]) {
	x, t := ls.x, ls.table
	x.Row = ls.row
	x.IDNo = t.checkID(x.idType, x.IDNo)
	t.checkPerson(x.IDNo, x.sex, x.Birth)
	if x.Relation == "" {
		if x.Relation = t.profile.kin[x.role]; x.Relation == "" {
			t.tell(FaultBlank, "relation")
			return
		}
	}
	if c, err := ident.ParseCitizen(x.IDNo); err == nil && x.Birth == day.None {
		x.Birth = day.Of(c.Birth())
	}
	key := strings.Clone(x.Household + "\x00" + string(ident.Name(x.Name).Key()))
	if y, twice := r.seen[key]; twice && x.equal(&y) {
		t.tell(FaultRowRepeated, "name").Set("row", t.layout.rowName(y.Row))
		return
	}
	r.place(&x, t)
	x.Member = kept(x.Member)
	r.seen[key] = x
	r.members = append(r.members, x.Member)
	r.people = append(r.people, person{id: sum64(x.IDNo), name: sum64(ident.Name(x.Name).Key()), home: uint32(sum64(x.Household) >> 32), row: int32(x.Row)})
}

// kept is a member whose texts do not hold on to the file's.
func kept(m household.Member) household.Member {
	for _, s := range []*string{&m.Household, &m.Name, &m.IDNo, &m.Relation, &m.Village} {
		*s = strings.Clone(*s)
	}
	return m
}

func (x *memberLine) equal(y *memberLine) bool {
	for key, get := range memberGetters {
		if key != "village" && key != "town" && get(x) != get(y) {
			return false
		}
	}
	return true
}

// place finds the village by the county's own list, where one was given.
func (r *memberReader) place(x *memberLine, t *table) {
	places := r.f.opt.Places
	if places == nil || x.town == "" && x.village == "" {
		return
	}
	town, ok := places.Town(x.town)
	if !ok && x.town != "" {
		t.tell(FaultPlace, "town").Set("value", x.town)
		return
	}
	x.Village = string(town)
	if x.village == "" {
		return
	}
	village, ok := places.Village(town, x.village)
	if !ok {
		t.tell(FaultPlace, "village").Set("value", x.village)
		return
	}
	x.Village = string(village)
}

// elsewhere tells people who stand in two households.
func (r *memberReader) elsewhere() (faults fault.List) {
	byID := slices.DeleteFunc(slices.Clone(r.members), func(m household.Member) bool { return m.IDNo == "" })
	slices.SortStableFunc(byID, func(a, b household.Member) int { return cmp.Or(cmp.Compare(a.IDNo, b.IDNo), cmp.Compare(a.Row, b.Row)) })
	for i := 1; i < len(byID); i++ {
		if a, b := &byID[i-1], &byID[i]; a.IDNo == b.IDNo && a.Household != b.Household {
			l := r.f.Layout
			faults.Add(FaultTwoHouseholds.At(l.at(b.Row, l.column("id_no"))).Set("row", l.rowName(a.Row)))
		}
	}
	return faults
}

// LoadPlaces reads a county's own list of towns and villages: names by code.
func LoadPlaces(file string, data []byte) (*region.Places, fault.List) {
	var w struct {
		Places map[string][]string `rule:"places,need"`
	}
	faults := rule.Decode(file, data, &w, nil)
	var list []region.Place
	for text, names := range w.Places {
		code, err := region.Parse(text)
		if err != nil || len(names) == 0 {
			faults.Add(region.FaultCode.At(fault.Place{File: file}).Set("value", text))
			continue
		}
		list = append(list, region.Place{Code: code, Name: names[0], Also: names[1:]})
	}
	return region.NewPlaces(list), faults
}

// LoadCounties reads the table of counties in use.
func LoadCounties(file string, data []byte) (region.Counties, fault.List) {
	var w struct {
		Counties map[string]string `rule:"counties,need"`
	}
	faults := rule.Decode(file, data, &w, nil)
	for city, pairs := range w.Counties {
		if len(city) != 4 || len(pairs)%2 != 0 || !isDigits(city+pairs) {
			faults.Add(region.FaultCode.At(fault.Place{File: file}).Set("value", city+pairs))
		}
	}
	return w.Counties, faults
}

// WithCounties is the profile that tells counties which are not in the table.
func (p *Profile) WithCounties(t region.Counties) *Profile {
	q := *p
	q.counties = t
	q.banks = nil
	for _, b := range p.banks {
		q.banks = append(q.banks, b.WithCounties(t))
	}
	return &q
}

// Classes of fault of households and places.
var (
	FaultRelation = &fault.Def{Code: "RELATION_UNKNOWN", Warning: true, What: "不认识的与户主关系“{value}”", Do: "核对；如是本地叫法，可在配置文件（policies/standard/files/）补充",
		WhatEn: "unknown relation to the head {value}", DoEn: "check it; a local word can be added to a profile (policies/standard/files/)"}
	FaultNoHead = &fault.Def{Code: "HOUSEHOLD_NO_HEAD", Warning: true, What: "家庭 {household} 没有户主，全户 {n} 人未读入", Do: "注明一名户主（本人或户主）后重新提交该户",
		WhatEn: "household {household} has no head; its {n} members were not taken", DoEn: "name one head and hand the household in again"}
	FaultTwoHeads = &fault.Def{Code: "HOUSEHOLD_TWO_HEADS", Warning: true, What: "家庭 {household} 有不止一名户主（另见第{row}行），全户 {n} 人未读入", Do: "只留一名户主后重新提交该户",
		WhatEn: "household {household} has more than one head (see row {row}); its {n} members were not taken", DoEn: "leave one head and hand the household in again"}
	FaultTwoHouseholds = &fault.Def{Code: "PERSON_TWO_HOUSEHOLDS", Warning: true, What: "同一证件号码在第{row}行属于另一户", Do: "核对该人属于哪一户",
		WhatEn: "the id number stands in another household in row {row}", DoEn: "find out to which household the person belongs"}
	FaultPlace = &fault.Def{Code: "PLACE_UNKNOWN", Warning: true, What: "本县名录中没有“{value}”，或不止一处", Do: "核对名称，或在本县名录中补充别名",
		WhatEn: "the county's list has no {value}, or more than one", DoEn: "check the name or add it to the county's list"}
)
