package region

import (
	"testing"

	"ganlan/fault"
)

func TestC9AVillageIsFoundByTheCountysOwnListWithOrWithoutItsEnding(t *testing.T) {
	p := NewPlaces([]Place{{Code: "990783001", Name: "青山镇"}, {Code: "990783002", Name: "绿水街道"}, {Code: "990783001201", Name: "上村", Also: []string{"上新村"}},
		{Code: "990783001202", Name: "上村社区"}, {Code: "990783001203", Name: "下坞村"}, {Code: "990783002201", Name: "下坞社区"}, {Code: "990783002202", Name: "村头村"}})
	for name, want := range map[string]Code{"青山镇": "990783001", "青山": "990783001", "青山镇人民政府": "990783001", "绿水街道办事处": "990783002", "绿水 街道": "990783002", "白云镇": ""} {
		if got, ok := p.Town(name); got != want || ok != (want != "") {
			t.Errorf("town %s is %q, want %q", name, got, want)
		}
	}
	for _, x := range []struct {
		town Code
		name string
		want Code
	}{{"990783001", "下坞", "990783001203"}, {"990783001", "下坞村", "990783001203"}, {"990783001", "下坞村委会", "990783001203"}, {"990783001", "下坞村民委员会", "990783001203"},
		{"990783002", "下坞", "990783002201"}, {"", "下坞社区", "990783002201"}, {"", "下坞", ""}, {"990783001", "上村", "990783001201"}, {"990783001", "上村社区", "990783001202"},
		{"990783001", "上", ""}, {"990783001", "上新村委会", "990783001201"}, {"", "村头", "990783002202"}, {"990783001", "村头村", ""}, {"", "", ""}} {
		if got, ok := p.Village(x.town, x.name); got != x.want || ok != (x.want != "") {
			t.Errorf("village %q of %q is %q, want %q", x.name, x.town, got, x.want)
		}
	}
}

func TestC9ACountyThatWasMergedIsTold(t *testing.T) {
	table := Counties{"3301": "020506", "3307": "0283"}
	for c, want := range map[Code]bool{"330102": false, "330103": true, "330104001": true, "330783001": false, "330784": true, "330700": false, "339900": true, "330000": false,
		"990103": false, "110101": false, "": false} {
		if f := table.Check(c, fault.Place{}); (f != nil) != want {
			t.Errorf("%s: %v", c, f)
		}
	}
	if Counties(nil).Check("330103", fault.Place{}) != nil {
		t.Error("without a table every county is merged")
	}
}
