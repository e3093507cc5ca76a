package region

import "ganlan/fault"

// Counties is the table of counties in use, by the first four digits of their codes.
type Counties map[string]string

// FaultAbolished is a county that is not in the table.
var FaultAbolished = &fault.Def{Code: "REGION_NOT_IN_USE", Warning: true, What: "县级代码{value}不在现行区划表中，可能已撤并", Do: "核对代码；撤并的县改用现行代码",
	WhatEn: "the county {value} is not in the table in use; it may have been merged", DoEn: "check the code and use that of today"}

// FaultElsewhere is an area of another county.
var FaultElsewhere = &fault.Def{Code: "REGION_ELSEWHERE", Warning: true, What: "区划{value}不在本县（{area}）", Do: "核对借款人所属乡镇；外县住户须按方案核实",
	WhatEn: "the area {value} does not lie in this county ({area})", DoEn: "check the borrower's town; whether others are served the scheme says"}

// Check is the notice for a code whose county is not in the table; nil for provinces, the test range, and provinces of which
// the table holds none.
func (t Counties) Check(c Code, at fault.Place) *fault.Fault {
	if l := c.Level(); t == nil || l == None || l == Province || c.IsTest() {
		return nil
	}
	city := string(c[:4])
	if c.Level() == City {
		if t[city] != "" || !t.province(c) {
			return nil
		}
	} else {
		for have := t[city]; len(have) >= 2; have = have[2:] {
			if have[:2] == string(c[4:6]) {
				return nil
			}
		}
		if !t.province(c) {
			return nil
		}
	}
	return FaultAbolished.At(at).Set("value", c[:6])
}

func (t Counties) province(c Code) bool {
	for city := range t {
		if city[:2] == string(c[:2]) {
			return true
		}
	}
	return false
}
