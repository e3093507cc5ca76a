package bankfile

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"ganlan/fault"
)

// rawBook is a workbook written by hand, as spreadsheet programs write theirs: shared texts, styles 0 plain, 1 date (built-in
// 14), 2 text, 3 a date of its own format, 4 amounts.
type rawBook struct {
	names  []string
	sheets []string
	texts  []string
	hidden map[int]bool
	is1904 bool
	more   map[string]string // further parts
}

const (
	rawRels   = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	rawOffice = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	rawMain   = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
)

func (b *rawBook) sheet(name, data, behind string) *rawBook {
	b.names = append(b.names, name)
	b.sheets = append(b.sheets, `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`+"\n<worksheet "+rawMain+">"+data+behind+"</worksheet>")
	return b
}

// text is the cell of a shared text.
func (b *rawBook) text(name, s string) string {
	i := slices.Index(b.texts, s)
	if i < 0 {
		i = len(b.texts)
		b.texts = append(b.texts, s)
	}
	return fmt.Sprintf(`<c r="%s" t="s"><v>%d</v></c>`, name, i)
}

// table is rows as a spreadsheet program writes them: texts shared, plain numbers as numbers; extra holds attributes of rows.
func (b *rawBook) table(first int, rows [][]string, extra map[int]string) string {
	var x strings.Builder
	for i, r := range rows {
		fmt.Fprintf(&x, `<row r="%d"%s>`, first+i, extra[first+i])
		for j, s := range r {
			name := fmt.Sprintf("%s%d", columnName(j), first+i)
			switch {
			case s == "":
			case strings.HasPrefix(s, "<"):
				x.WriteString(strings.Replace(s, "<c", `<c r="`+name+`"`, 1))
			default:
				x.WriteString(b.text(name, s))
			}
		}
		x.WriteString("</row>")
	}
	return x.String()
}

func columnName(i int) string { return string(rune('A' + i)) }

func number(v string) string { return "<c><v>" + v + "</v></c>" }
func dated(v string) string  { return `<c s="1"><v>` + v + "</v></c>" }
func inline(s string) string {
	return `<c t="inlineStr"><is><t xml:space="preserve">` + s + "</t></is></c>"
}
func formula(f, v string) string { return "<c><f>" + f + "</f>" + v + "</c>" }

func (b *rawBook) bytes(t testing.TB) string {
	t.Helper()
	parts := map[string]string{
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"_rels/.rels":         rawRels + `<Relationship Id="rId1" Type="` + rawOffice + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/styles.xml": `<styleSheet ` + rawMain + `><numFmts count="1"><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts>` +
			`<cellXfs count="5"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="49"/><xf numFmtId="176"/><xf numFmtId="4"/></cellXfs></styleSheet>`,
	}
	book := `<workbook ` + rawMain + ` xmlns:r="` + rawOffice + `"><workbookPr`
	if b.is1904 {
		book += ` date1904="1"`
	}
	book += "/><sheets>"
	rels := rawRels
	for i, name := range b.names {
		state := ""
		if b.hidden[i] {
			state = ` state="hidden"`
		}
		book += fmt.Sprintf(`<sheet name="%s" sheetId="%d"%s r:id="rId%d"/>`, name, i+1, state, i+1)
		rels += fmt.Sprintf(`<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, rawOffice, i+1)
		parts[fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)] = b.sheets[i]
	}
	parts["xl/workbook.xml"] = book + "</sheets></workbook>"
	parts["xl/_rels/workbook.xml.rels"] = rels + fmt.Sprintf(`<Relationship Id="rId%d" Type="%s/sharedStrings" Target="sharedStrings.xml"/></Relationships>`, len(b.names)+1, rawOffice)
	var sst strings.Builder
	sst.WriteString("<sst " + rawMain + ">")
	for _, s := range b.texts {
		sst.WriteString(`<si><t xml:space="preserve">` + strings.NewReplacer("&", "&amp;", "<", "&lt;").Replace(s) + "</t></si>")
	}
	parts["xl/sharedStrings.xml"] = sst.String() + "</sst>"
	for name, text := range b.more {
		parts[name] = text
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, text := range parts {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, text)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// ledgerRows is the small set's ledger under Chinese titles, dates and amounts as numbers.
func ledgerRows() [][]string {
	out := [][]string{{"合同号", "借据号", "交易日期", "摘要", "发生额", "新到期日"}}
	for _, r := range []string{"HT01,,45366,放款,100000,", "HT01,,45444,放款,50000,", "HT01,,45575,还款,30000,", "HT02,N1,45301,放款,50000,", "HT02,N1,45666,还款,50000,",
		"HT03,,45413,放款,80000,", "HT03,,45778,延期,,46508"} {
		cells := strings.Split(r, ",")
		cells[2] = dated(cells[2])
		if cells[4] != "" {
			cells[4] = number(cells[4])
		}
		if cells[5] != "" {
			cells[5] = `<c s="3"><v>` + cells[5] + "</v></c>"
		}
		out = append(out, cells)
	}
	return out
}

// edited is the ledger's rows with a cell changed; rows and columns count from 0.
func edited(rows [][]string, row, column int, text string) [][]string {
	out := slices.Clone(rows)
	out[row] = slices.Clone(out[row])
	out[row][column] = text
	return out
}

// one is a workbook of one sheet.
func one(t testing.TB, before string, rows [][]string, first int, extra map[int]string, behind string) string {
	b := &rawBook{}
	return b.sheet("Sheet1", before+"<sheetData>"+b.table(first, rows, extra)+"</sheetData>", behind).bytes(t)
}

// ledgerIs reads the small set with another ledger: its records must be the small set's, its warnings the given ones.
func ledgerIs(t *testing.T, p *Profile, ledger string, opt Options, warned string) {
	t.Helper()
	got := readSet(t, p, with(Ledger, ledger), opt)
	expectSame(t, got, readSet(t, p, small(), Options{}))
	if says(got.faults) != warned {
		t.Errorf("warned of\n%s\nwant\n%s", says(got.faults), warned)
	}
}

// refusedAs reads the small set with another ledger, which must be refused as said.
func refusedAs(t *testing.T, p *Profile, ledger string, opt Options, want string) fault.List {
	t.Helper()
	got := readSet(t, p, with(Ledger, ledger), opt)
	if says(got.faults.Refusals()) != want {
		t.Errorf("got\n%s\nwant\n%s", says(got.faults.Refusals()), want)
	}
	return got.faults
}

func TestA1ATitleOverAllColumnsAndAUnitLineStandAboveTheHeader(t *testing.T) {
	p, rows := profile(t), ledgerRows()
	for i := 1; i < len(rows); i++ {
		if rows[i][4] != "" {
			rows[i][4] = strings.Replace(rows[i][4], "0000<", "<", 1)
		}
	}
	b := &rawBook{}
	data := "<sheetData>" + b.table(1, [][]string{{"虚构农商银行贷款流水"}, {"", "", "", "", "单位：万元"}}, nil) + b.table(4, rows, nil) + "</sheetData>"
	ledgerIs(t, p, b.sheet("流水", data, `<mergeCells count="1"><mergeCell ref="A1:F1"/></mergeCells>`).bytes(t), Options{}, "")
}

func TestA2TheNamesOfATwoRowHeaderAreJoined(t *testing.T) {
	p := profile(t)
	b, rows := &rawBook{}, ledgerRows()
	head := [][]string{{"合同号", "借据号", "交易信息", "", "", "新到期日"}, {"", "", "交易日期", "摘要", "发生额", ""}}
	merges := `<mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="B1:B2"/><mergeCell ref="C1:E1"/><mergeCell ref="F1:F2"/></mergeCells>`
	text := b.sheet("流水", "<sheetData>"+b.table(1, append(head, rows[1:]...), nil)+"</sheetData>", merges).bytes(t)
	ledgerIs(t, p, text, Options{}, "")
	f, _ := open(p, Ledger, text, Options{})
	if want := []string{"合同号", "借据号", "交易信息/交易日期", "交易信息/摘要", "交易信息/发生额", "新到期日"}; !slices.Equal(f.Layout.Titles, want) || f.Layout.HeaderRow != 2 {
		t.Errorf("%q in row %d", f.Layout.Titles, f.Layout.HeaderRow)
	}
	// all names stand in the lower row: the upper ones are shown with them, and tell two of one name apart
	b = &rawBook{}
	head = [][]string{{"基本信息", "", "交易信息", "", "", "", "复核信息"}, {"合同号", "借据号", "交易日期", "摘要", "金额", "新到期日", "金额"}}
	wide := append(head, rows[1:]...)
	text = b.sheet("流水", "<sheetData>"+b.table(3, wide, nil)+"</sheetData>", `<mergeCells><mergeCell ref="A3:B3"/><mergeCell ref="C3:F3"/><mergeCell ref="G3:H3"/></mergeCells>`).bytes(t)
	refusedAs(t, p, text, Options{}, "ledger.csv 流水 4 复核信息/金额 COLUMN_TWICE")
	own := profiles(t, map[string]string{"own.yaml": "title: x\nextends: standard\nheader: {ledger: [复核信息/金额]}\ncolumns: {ledger: {amount: [交易信息/金额]}}\n"})
	ledgerIs(t, own, text, Options{}, "ledger.csv 流水 4 COLUMN_UNKNOWN")
}

func TestA3TitlesAreReadWithoutStarsBracketsBreaksAndWideLetters(t *testing.T) {
	rows := ledgerRows()
	rows[0] = []string{"*合同\n号", "借据 号（选填）", "交易　日期\u200b", "＊摘要(必填)", "发生额（元）", " 新到\r\n期日 "}
	ledgerIs(t, profile(t), one(t, "", rows, 1, nil, ""), Options{}, "")
}

func TestA4UsualNamesAreKnownAndOthersShown(t *testing.T) {
	p := profile(t)
	for kind, keys := range map[Kind]map[string][]string{
		Contracts: {"id_no": {"身份证号", "证件号码", "公民身份号码", "身份证"}, "name": {"姓名", "户主", "借款人", "户名"}, "start": {"放款日", "发放日期", "起息日"},
			"end": {"到期日", "到期日期"}, "amount": {"贷款金额", "放款金额", "本金"}, "balance": {"余额", "贷款余额"}, "annual_rate": {"利率", "年利率", "执行利率", "实际利率"},
			"account": {"账号", "卡号", "银行账号", "一卡通账号"}},
		Notes: {"note_no": {"借据号", "借据编号", "信贷借据号"}, "start": {"放款日", "发放日期", "起息日"}},
	} {
		for key, names := range keys {
			for _, n := range names {
				if got := p.columns[kind][plainName(n)]; got != key {
					t.Errorf("%s %s is %q, want %s", kind, n, got, key)
				}
			}
		}
	}
	rows := ledgerRows()
	for i := range rows {
		rows[i] = append(rows[i], []string{"柜员号", "8001"}[min(i, 1)], []string{"本县备注", "x"}[min(i, 1)])
	}
	text := one(t, "", rows, 1, nil, "")
	ledgerIs(t, p, text, Options{}, "ledger.csv Sheet1 1 COLUMN_UNKNOWN")
	f, _ := open(p, Ledger, text, Options{})
	if f.Warned[0].With["titles"] != "柜员号、本县备注" {
		t.Errorf("%v", f.Warned)
	}
	own := profiles(t, map[string]string{"own.yaml": "title: 本县\nextends: standard\nheader: {ledger: [流水合同]}\ncolumns: {ledger: {contract_no: [流水合同]}}\n"})
	ledgerIs(t, own, one(t, "", edited(ledgerRows(), 0, 0, "流水合同"), 1, nil, ""), Options{}, "")
}

func TestA5HiddenAndFilteredRowsAndHiddenColumnsAreReadAndNamed(t *testing.T) {
	p := profile(t)
	text := one(t, `<cols><col min="2" max="2" hidden="1"/><col min="5" max="6" width="0"/></cols>`, ledgerRows(), 1,
		map[int]string{3: ` hidden="1"`, 4: ` ht="0"`}, `<autoFilter ref="A1:F8"><filterColumn colId="3"/></autoFilter>`)
	ledgerIs(t, p, text, Options{}, "ledger.csv Sheet1 SHEET_HIDDEN")
	f, _ := open(p, Ledger, text, Options{})
	if w := f.Warned[0].With; w["rows"] != "2" || w["columns"] != "借据号、发生额、新到期日" {
		t.Errorf("%v", w)
	}
	ledgerIs(t, p, one(t, "", columnsIn(ledgerRows(), []int{5, 4, 3, 2, 1, 0}), 1, nil, ""), Options{}, "")
}

// towns is a workbook of one sheet a township.
func towns(t testing.TB) *rawBook {
	b, rows := &rawBook{}, ledgerRows()
	total := func(sum string) []string { return []string{"合计", "", "", "", number(sum)} }
	b.sheet("横店镇", "<sheetData>"+b.table(1, append(slices.Clone(rows[:4]), total("180000")), nil)+"</sheetData>", "")
	b.sheet("湖溪镇", "<sheetData>"+b.table(2, append([][]string{{"湖溪镇流水"}, rows[0]}, append(slices.Clone(rows[4:]), total("180000"))...), nil)+"</sheetData>", "")
	b.sheet("Sheet2", "<sheetData/>", "").sheet("Sheet3", "<sheetData></sheetData>", "")
	return b
}

func TestA6OneOfSeveralSheetsIsAskedForAndAllOfOneHeaderCanBeRead(t *testing.T) {
	p := profile(t)
	ledgerIs(t, p, (&rawBook{}).sheet("Sheet2", "<sheetData/>", "").sheet("流水", oneSheet(ledgerRows()), "").sheet("Sheet3", "<sheetData/>", "").bytes(t), Options{}, "")
	text := towns(t).bytes(t)
	faults := refusedAs(t, p, text, Options{}, "ledger.csv SHEET_UNCLEAR")
	if faults[0].With["sheets"] != "横店镇、湖溪镇" || !strings.Contains(faults[0].Error(), "--sheet '*'") {
		t.Error(faults[0])
	}
	refusedAs(t, p, text, Options{Sheet: "湖西镇"}, "ledger.csv XLSX_NO_SHEET")
	ledgerIs(t, p, text, Options{Sheets: map[Kind]string{Ledger: AllSheets}}, "")
	got := readSet(t, p, with(Ledger, text), Options{Sheets: map[Kind]string{Ledger: "湖溪镇"}})
	if n := strings.Count(strings.Join(got.records, ""), "Date:"); n != 4 || says(got.faults) != "" {
		t.Errorf("%d entries of one sheet, %s", n, says(got.faults))
	}
}

func oneSheet(rows [][]string) string {
	var x strings.Builder
	for i, r := range rows {
		fmt.Fprintf(&x, `<row r="%d">`, i+1)
		for j, s := range r {
			if s == "" {
				continue
			}
			if !strings.HasPrefix(s, "<") {
				s = inline(s)
			}
			x.WriteString(strings.Replace(s, "<c", fmt.Sprintf(`<c r="%s%d"`, columnName(j), i+1), 1))
		}
		x.WriteString("</row>")
	}
	return "<sheetData>" + x.String() + "</sheetData>"
}

func TestA6WithAllSheetsNoneIsLeftOutInSilence(t *testing.T) {
	p := profile(t)
	all := Options{Sheet: AllSheets}
	rows := ledgerRows()
	b := towns(t).sheet("说明", oneSheet([][]string{{"本表由各镇填报"}}), "")
	ledgerIs(t, p, b.bytes(t), all, "")
	b = towns(t).sheet("千祥镇", oneSheet(edited(rows, 0, 4, "收付")), "") // a title nobody knows
	refusedAs(t, p, b.bytes(t), all, "ledger.csv 千祥镇 1 FILE_OTHER_FORM")
	b = towns(t).sheet("千祥镇", oneSheet([][]string{{"合同", "交易日期", "收付"}, {"HT09", "2024-01-01", "5"}}), "")
	refusedAs(t, p, b.bytes(t), all, "ledger.csv 千祥镇 1 FILE_OTHER_FORM")
	b = towns(t).sheet("千祥镇", oneSheet(columnsIn(rows, []int{1, 0, 2, 3, 4, 5})), "")
	refusedAs(t, p, b.bytes(t), all, "ledger.csv SHEETS_DIFFER")
	b = (&rawBook{}).sheet("流水", oneSheet(rows), "").sheet("补充", oneSheet(edited(rows, 0, 4, "收付")), "")
	ledgerIs(t, p, b.bytes(t), Options{}, "ledger.csv SHEETS_LEFT")
	// faults and totals keep to their sheet
	b = &rawBook{}
	b.sheet("甲", oneSheet(append(slices.Clone(rows[:4]), []string{"合计", "", "", "", number("180001")})), "")
	b.sheet("乙", oneSheet(append(edited(rows[:1], 0, 0, "合同号"), edited(rows[4:], 1, 2, "2025年13月")...)), "")
	refusedAs(t, p, b.bytes(t), all, "ledger.csv 乙 3 交易日期 DATE_BAD\nledger.csv 甲 5 发生额 TOTAL_DIFFERS")
}

func TestA6TheSheetsNameFillsAColumnThatTheProfileNames(t *testing.T) {
	p := profiles(t, map[string]string{"towns.yaml": "title: 分镇表\nextends: standard\nsheet_fills: branch_name\nheader: {contracts: [镇表合同号]}\ncolumns: {contracts: {contract_no: [镇表合同号]}}\n"})
	rows := rows(replace(small()[Contracts], "contract_no", "镇表合同号"))
	b := (&rawBook{}).sheet("横店镇", oneSheet(rows[:3]), "").sheet("湖溪镇", oneSheet([][]string{rows[0], rows[3]}), "")
	got := readSet(t, p, with(Contracts, b.bytes(t)), Options{Sheets: map[Kind]string{Contracts: AllSheets}})
	if says(got.faults) != "" || len(got.records) != 3 || !strings.Contains(got.records[1], "BranchName:横店镇") || !strings.Contains(got.records[2], "BranchName:湖溪镇") {
		t.Errorf("%s\n%s", says(got.faults), strings.Join(got.records, "\n"))
	}
}

func TestA7TotalsAreCheckedAndSignaturesAreNoRecords(t *testing.T) {
	p, rows := profile(t), ledgerRows()
	row := func(name, sum string) []string { return []string{name, "", "", "", sum} }
	withRows := func(extra ...[]string) string {
		out := append(slices.Clone(rows[:4]), extra[0])
		return one(t, "", append(append(out, rows[4:]...), extra[1:]...), 1, nil, "")
	}
	sign := []string{"制表人：王某", "", "审核人：李某", "", "负责人："}
	for name, text := range map[string]string{
		"a subtotal and a total":                     withRows(row("小计", number("180000")), row("小计", number("180000")), row("合计", number("360000")), sign),
		"a total by a formula":                       withRows(row("小计", ""), row("合 计", formula("SUM(E2:E9)", "<v>360000</v>")), sign),
		"subtotals only":                             withRows(row("小计", number("180000")), row("小计", number("180000"))),
		"a running subtotal":                         withRows(row("小计", number("180000")), row("小计", number("360000"))),
		"a total in a column of its own, and a date": withRows(row("", ""), row("合计：", inline("360,000.00元")), []string{"填报日期：2025年1月8日"}),
	} {
		t.Run(name, func(t *testing.T) { ledgerIs(t, p, text, Options{}, "") })
	}
	refusedAs(t, p, withRows(row("小计", number("180000")), row("合计", number("360000.01"))), Options{}, "ledger.csv Sheet1 10 发生额 TOTAL_DIFFERS")
	refusedAs(t, p, withRows(row("小计", number("180000")), row("小计", number("170000"))), Options{}, "ledger.csv Sheet1 10 发生额 TOTAL_DIFFERS")
	refusedAs(t, p, withRows(row("小计", ""), row("合计", formula("SUM(E2:E9)", ""))), Options{}, "ledger.csv Sheet1 10 发生额 FORMULA_NO_VALUE")
}

func TestA8AMergedCellCountsForItsRowsAndNoOthers(t *testing.T) {
	p, rows := profile(t), ledgerRows()
	for _, r := range []int{2, 3, 5} { // HT01 over three rows, HT02 with its note over two
		rows[r][0], rows[r][1] = "", ""
	}
	merge := `<mergeCells><mergeCell ref="A2:A4"/><mergeCell ref="A5:A6"/><mergeCell ref="B5:B6"/></mergeCells>`
	ledgerIs(t, p, one(t, "", rows, 1, nil, merge), Options{}, "")
	refusedAs(t, p, one(t, "", rows, 1, nil, strings.Replace(merge, "A2:A4", "A2:A3", 1)), Options{}, "ledger.csv Sheet1 4 合同号 CELL_EMPTY")
	short := edited(rows, 3, 4, "")
	refusedAs(t, p, one(t, "", short, 1, nil, strings.Replace(merge, "</", `<mergeCell ref="E3:E4"/></`, 1)), Options{},
		"ledger.csv Sheet1 3 发生额 AMOUNT_MERGED\nledger.csv Sheet1 4 发生额 CELL_EMPTY")
	blank := slices.Insert(slices.Clone(rows), 3, []string{}) // a blank row inside stays blank
	ledgerIs(t, p, one(t, "", blank, 1, nil, `<mergeCells><mergeCell ref="A2:A5"/><mergeCell ref="A6:A7"/><mergeCell ref="B6:B7"/></mergeCells>`), Options{}, "")
	// a name list, where the household is merged over its intervals
	list := [][]string{{"家庭编号", "入库日期", "出库日期"}, {"JT01", "2023-01-01", "2023-12-31"}, {"", "2024-06-01", ""}, {"JT02", "2024-01-01", ""}}
	got, faults := readList(t, one(t, "", list, 1, nil, `<mergeCells><mergeCell ref="A2:A3"/></mergeCells>`))
	if len(faults) > 0 || len(got.Spans("JT01", nil)) != 2 || len(got.Spans("JT02", nil)) != 1 {
		t.Errorf("%s", says(faults))
	}
}

func TestA9BlankRowsInsideAreSkipped(t *testing.T) {
	p, rows := profile(t), ledgerRows()
	gaps := slices.Insert(slices.Clone(rows), 4, []string{}, []string{" ", "　"}, []string{"", "", `<c s="1"/>`}, []string{"", "", formula(`""`, "<v></v>")})
	ledgerIs(t, p, one(t, "", gaps, 1, nil, ""), Options{}, "")
	b := &rawBook{}
	far := "<sheetData>" + b.table(1, rows[:4], nil) + b.table(70_000, rows[4:], nil) + `<row r="1048576" s="1"/></sheetData>`
	ledgerIs(t, p, b.sheet("x", far, "").bytes(t), Options{}, "")
}

func TestA10AFormulaCountsByItsSavedValueOrIsRefused(t *testing.T) {
	p, rows := profile(t), ledgerRows()
	ledgerIs(t, p, one(t, "", edited(edited(rows, 1, 4, formula("50000*2", "<v>100000</v>")), 2, 2, `<c s="1"><f>DATE(2024,6,1)</f><v>45444</v></c>`), 1, nil, ""), Options{}, "")
	ledgerIs(t, p, one(t, "", edited(rows, 2, 0, `<c t="str"><f>A2</f><v>HT01</v></c>`), 1, nil, ""), Options{}, "")
	refusedAs(t, p, one(t, "", edited(edited(rows, 1, 4, formula("50000*2", "")), 2, 5, formula("F2", "")), 1, nil, ""), Options{},
		"ledger.csv Sheet1 2 发生额 FORMULA_NO_VALUE\nledger.csv Sheet1 2 发生额 CELL_EMPTY\nledger.csv Sheet1 3 新到期日 FORMULA_NO_VALUE")
	refusedAs(t, p, one(t, "", edited(rows, 1, 4, `<c t="e"><f>1/0</f><v>#DIV/0!</v></c>`), 1, nil, ""), Options{}, "ledger.csv Sheet1 2 发生额 MONEY_BAD")
	ledgerIs(t, p, one(t, "", edited(rows, 1, 4, formula("[1]余额!B2", "<v>100000</v>")), 1, nil, ""), Options{}, "ledger.csv Sheet1 2 发生额 FORMULA_ELSEWHERE")
}

func TestA10NumbersAsTextAndTextsAsNumbersMeanTheSame(t *testing.T) {
	p, rows := profile(t), ledgerRows()
	for name, text := range map[string]string{
		"amounts as text":          one(t, "", edited(edited(rows, 1, 4, inline("100000.00")), 2, 4, "50,000.00"), 1, nil, ""),
		"dates as text":            one(t, "", edited(edited(edited(rows, 1, 2, "2024-03-15"), 2, 2, inline("20240601")), 3, 2, "2024/10/10"), 1, nil, ""),
		"dates as plain numbers":   one(t, "", edited(edited(rows, 1, 2, number("45366")), 2, 2, number("20240601")), 1, nil, ""),
		"noise of calculation":     one(t, "", edited(rows, 1, 4, number("100000.00000000001")), 1, nil, ""),
		"a time beside the date":   one(t, "", edited(rows, 1, 2, dated("45366.75")), 1, nil, ""),
		"texts in the sheet":       (&rawBook{}).sheet("x", oneSheet(rows), "").bytes(t),
		"spaces around":            one(t, "", edited(edited(rows, 1, 0, " HT01 "), 2, 0, "'HT01"), 1, nil, ""),
		"a formula kept as a text": one(t, "", edited(rows, 1, 0, `="HT01"`), 1, nil, ""),
	} {
		t.Run(name, func(t *testing.T) { ledgerIs(t, p, text, Options{}, "") })
	}
	b := &rawBook{is1904: true}
	for i := range rows[1:] {
		for j, s := range rows[i+1] {
			rows[i+1][j] = s
			for serial, other := range map[string]string{"45366": "43904", "45444": "43982", "45575": "44113", "45301": "43839", "45666": "44204", "45413": "43951", "45778": "44316", "46508": "45046"} {
				rows[i+1][j] = strings.Replace(rows[i+1][j], ">"+serial+"<", ">"+other+"<", 1)
				if rows[i+1][j] != s {
					break
				}
			}
		}
	}
	ledgerIs(t, p, b.sheet("x", oneSheet(rows), "").bytes(t), Options{}, "")
}

func TestA12WorkbooksWithMacrosOrLinksAndOtherContainersAreRefusedInPlainWords(t *testing.T) {
	p := profile(t)
	macro := (&rawBook{more: map[string]string{"xl/vbaProject.bin": "x"}}).sheet("x", oneSheet(ledgerRows()), "").bytes(t)
	for name, x := range map[string][2]string{
		"macros":               {macro, "ledger.csv XLSX_MACRO"},
		"a password":           {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 512) + "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00", "ledger.csv XLSX_LOCKED"},
		"a zip of other files": {zipOf(t, "流水.csv", small()[Ledger]), "ledger.csv XLSX_NOT"},
		"OpenDocument":         {zipOf(t, "mimetype", "application/vnd.oasis.opendocument.spreadsheet"), "ledger.csv XLSX_NOT"},
		"a damaged sheet":      {(&rawBook{}).sheet("x", "<sheetData><row><c><v>1</c></row></sheetData>", "").bytes(t), "ledger.csv x XLSX_BROKEN"},
	} {
		t.Run(name, func(t *testing.T) { refusedAs(t, p, x[0], Options{}, x[1]) })
	}
	linked := (&rawBook{more: map[string]string{"xl/externalLinks/externalLink1.xml": `<externalLink/>`, "xl/externalLinks/_rels/externalLink1.xml.rels": rawRels + `<Relationship Id="rId1" Type="x/externalLinkPath" Target="http://203.0.113.9/x.xlsx" TargetMode="External"/></Relationships>`}})
	ledgerIs(t, p, linked.sheet("x", oneSheet(edited(ledgerRows(), 1, 4, formula("[1]x!A1", "<v>100000</v>"))), "").bytes(t), Options{}, "ledger.csv x 2 发生额 FORMULA_ELSEWHERE")
}

func zipOf(t testing.TB, name, text string) string {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, _ := z.Create(name)
	io.WriteString(w, text)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestA13FiftyThousandRowsAreReadInAnyOrder(t *testing.T) {
	p := profile(t)
	const n = 50_000
	var contracts strings.Builder
	contracts.WriteString(largeHeader[Contracts] + "\n")
	table := [][]string{{"合同号", "借据号", "交易日期", "摘要", "发生额"}}
	for i := range n {
		if i%5 == 0 {
			fmt.Fprintf(&contracts, "HT%06d,,张,3.65,normal,2024-01-01,2027-01-01,1000\n", i/5)
		}
		table = append(table, []string{fmt.Sprintf("HT%06d", (i*7919)%n/5), "", fmt.Sprintf("2024-02-0%d", (i*7919)%5+1), "放款", "10.01"})
	}
	got := readSet(t, p, files{Contracts: contracts.String(), Ledger: workbook(t, append(table, []string{"合计", "", "", "", "500500.00"}))}, Options{})
	entries := 0
	for _, r := range got.records {
		entries += strings.Count(r, "Date:")
	}
	if entries != n || len(got.records) != n/5 || says(got.faults) != "" {
		t.Errorf("%d entries of %d contracts, %.300s", entries, len(got.records), says(got.faults))
	}
}
