package bankfile

import (
	"slices"
	"strings"
	"testing"
)

func look(p *Profile, kind Kind, text string, opt Options) *Report {
	opt.Sort = sortedLines
	return p.Look(Input{Name: "x", Data: strings.NewReader(text), Size: int64(len(text))}, kind, opt)
}

func TestALookSaysWhatAFileIsAndCountsAsACalculationDoes(t *testing.T) {
	p := profiles(t, nil)
	for kind, text := range small() {
		for name, dress := range outfits(t) {
			if name == "a title, a unit line and signatures" && kind == Notes {
				continue
			}
			r := look(p, "", dress(rows(text)), Options{})
			want := len(rows(text)) - 1
			if r.Kind != kind || r.Rows != want || r.Faults.Err() != nil || len(r.First) != min(want, mostFirst) || r.Profile != Standard || len(r.Missing) > 0 {
				t.Errorf("%s, %s: %s, %d rows of %d, %d shown, %s", kind, name, r.Kind, r.Rows, want, len(r.First), says(r.Faults))
			}
		}
	}
	for kind, text := range map[Kind]string{List: "household_no,valid_from,valid_to\nJT01,2024-01-01,\n", History: "家庭编号,方案,年度,已付金额\nJT01,a,2024,5\n合计,,,5\n", Approvals: "家庭编号,批准金额,理由\nJT01,5,病\n"} {
		if r := look(p, "", text, Options{}); r.Kind != kind || r.Rows != 1 || r.Faults.Err() != nil {
			t.Errorf("%s: %s, %d, %s", kind, r.Kind, r.Rows, says(r.Faults))
		}
	}
}

func TestALookShowsSheetsTotalsUnitsAndHiddenRowsBeforeAnythingIsTaken(t *testing.T) {
	p := profile(t)
	r := look(p, "", towns(t).bytes(t), Options{Sheet: AllSheets})
	if len(r.Sheets) != 4 || !r.Sheets[0].Chosen || !r.Sheets[1].Chosen || r.Sheets[2].Chosen || !r.Sheets[2].Blank || r.Rows != 7 || r.Faults.Err() != nil {
		t.Errorf("%+v %d %s", r.Sheets, r.Rows, says(r.Faults))
	}
	if want := []TotalSeen{{"横店镇", 5, "发生额", "180000", "180000.00", false}, {"湖溪镇", 8, "发生额", "180000", "180000.00", false}}; !slices.Equal(r.Totals, want) {
		t.Errorf("%+v", r.Totals)
	}
	if r = look(p, "", towns(t).bytes(t), Options{}); says(r.Faults) != "x SHEET_UNCLEAR" || r.Kind != Ledger || len(r.Columns) != 6 || len(r.Sheets) != 4 || !r.Sheets[2].Blank {
		t.Errorf("%s %s %v", r.Kind, says(r.Faults), r.Columns)
	}
	text := one(t, `<cols><col min="2" max="2" hidden="1"/></cols>`, edited(ledgerRows(), 0, 4, "发生额（万元）"), 1, map[int]string{3: ` hidden="1"`}, "")
	r = look(p, Ledger, text, Options{})
	if r.HiddenRows != 1 || !slices.Equal(r.HiddenColumns, []string{"借据号"}) || r.First[0][4] != "1000000000.00" || r.First[0][2] != "2024-03-15" || r.First[0][3] != "drawdown" {
		t.Errorf("%+v", r)
	}
	r = look(p, "", "单位：万元\n"+replace(chinese()[Ledger], "发生额", "发生额（元）"), Options{})
	if r.Unit != 1_000_000 || r.First[0][4] != "100000.00" || r.HeaderRow != 2 {
		t.Errorf("%+v", r)
	}
}

func TestALookSaysWhatIsMissingAndWhatWouldBeRefused(t *testing.T) {
	p := profile(t)
	r := look(p, "", replace(small()[Ledger], "date", "那天"), Options{})
	if r.Kind != Ledger || !slices.Equal(r.Missing, []string{"date"}) || r.Faults.Err() == nil || r.Encoding != "UTF-8" {
		t.Errorf("%+v", r)
	}
	r = look(p, "", replace(small()[Contracts], "2024-05-01,2026-05-01", "2026-05-01,2024-05-01", "3.85", "x")+"合计,,,,,,,,,,,,1\n", Options{})
	if says(r.Faults) != "x 3 annual_rate RATE_BAD\nx 4 end DATES_REVERSED\nx 5 amount TOTAL_DIFFERS" || r.Rows != 3 {
		t.Errorf("%d %s", r.Rows, says(r.Faults))
	}
	if r = look(p, "", (&rawBook{}).sheet("Sheet1", "<sheetData/>", "").bytes(t), Options{}); says(r.Faults) != "x FILE_EMPTY" {
		t.Errorf("a blank workbook: %s", says(r.Faults))
	}
	r = look(p, Contracts, replace(small()[Contracts], "HT02,JT02,,", "HT02,JT02,居民身份证,990783198502038768"), Options{})
	if r.First[1][3] != "990783********8768" {
		t.Errorf("%q", r.First[1])
	}
}

func FuzzLook(f *testing.F) {
	seeds(f, Ledger)
	f.Add([]byte(towns(f).bytes(f)))
	f.Add([]byte(one(f, "", ledgerRows(), 1, nil, `<mergeCells><mergeCell ref="A2:A9"/><mergeCell ref="A1:XFD1"/></mergeCells>`)))
	p := profiles(f, nil)
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, sheet := range []string{"", AllSheets} {
			if r := look(p, "", string(data), Options{Sheet: sheet}); len(r.Faults) == 0 && r.Rows == 0 {
				t.Error("nothing was read and nothing said")
			}
		}
	})
}

// FuzzHeader finds headers in any rows: it never takes more columns than there are, nor one key twice without saying so.
func FuzzHeader(f *testing.F) {
	f.Add("合同号,交易信息,,摘要\n,交易日期,金额,\n", "\x00")
	f.Add("单位：万元,,\n合同号（必填）,*日 期,金额(分),类型,类型\n", "|")
	p := profiles(f, nil)
	f.Fuzz(func(t *testing.T, text, sep string) {
		if sep == "" || len(sep) > 4 {
			return
		}
		rows := headRowsOf(text, sep)
		for _, kind := range Kinds() {
			l, faults := p.recognise(&Layout{File: "x", Kind: kind}, rows)
			if l == nil {
				continue
			}
			seen := map[string]bool{}
			for _, k := range l.Keys {
				if k != "" && seen[k] && faults.Err() == nil {
					t.Errorf("%s twice", k)
				}
				seen[k] = true
			}
			if len(l.Keys) != len(l.Titles) {
				t.Errorf("%d keys of %d titles", len(l.Keys), len(l.Titles))
			}
		}
	})
}

func FuzzProfile(f *testing.F) {
	std := standardText(f)
	for _, s := range []string{"title: x\nextends: standard\n", "title: x\nextends: standard\ncolumns: {ledger: {date: [a]}}\nunit: 分\n", "extends: [a]", "title: x\nwords: {yes: [\"1\"], no: [\"1\"]}", string(std)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, faults := LoadProfiles(map[string][]byte{"standard.yaml": std, "x.yaml": []byte(text)})
		if p == nil {
			t.Fatal("the standard profile is lost")
		}
		if faults.Err() == nil {
			own, _ := p.Named("x")
			open(own, Ledger, small()[Ledger], Options{})
		}
	})
}
