package bankfile

import (
	"maps"
	"slices"
	"strings"

	"ganlan/fault"
	"ganlan/figure"
	"ganlan/form"
	"ganlan/ident"
)

// about is what a template says of a column.
type about struct {
	kind          form.Kind
	example, note string
}

// columnNotes are the columns that a template explains, by key; one that means another thing in one kind of file stands under
// kind/key as well. What is not here is a plain text.
var columnNotes = map[string]about{
	"contract_no":     {form.Text, "", "每份合同一行，不重复"},
	"household_no":    {form.Text, "", "与名单库一致"},
	"note_no":         {form.Text, "例：JJ0001", "没有借据的留空"},
	"id_no":           {form.Text, "例：990783198502038717", "本列已设为文本，18位照实填写，不要设为数值"},
	"account":         {form.Text, "例：99078300000000011", "本列已设为文本，不留空格"},
	"region_code":     {form.Text, "例：990783006", "6、9 或 12 位"},
	"annual_rate":     {form.Percent, "例：3.65", "百分数，3.65 即年利率 3.65%"},
	"fee_rate":        {form.Percent, "例：0.5", "百分数"},
	"start":           {form.Date, "例：2025-03-15", "合同起始日或放款日"},
	"end":             {form.Date, "例：2026-03-15", "到期日：自该日起未还的算逾期"},
	"date":            {form.Date, "例：2025-03-15", "发生日期"},
	"new_end":         {form.Date, "例：2027-03-15", "仅延期、展期填写新的到期日"},
	"valid_from":      {form.Date, "例：2024-01-01", "入库首日，当日在内"},
	"valid_to":        {form.Date, "例：2025-12-31", "出库前最后一日，当日在内；仍在库的留空"},
	"birth":           {form.Date, "例：1985-02-03", "用来核对证件号码，可不填"},
	"cover_from":      {form.Date, "例：2025-03-15", "保障首日，当日在内"},
	"cover_to":        {form.Date, "例：2026-03-14", "保障末日，当日在内"},
	"fees/paid":       {form.Date, "例：2025-03-15", "缴费日期，决定申报年度"},
	"amount":          {form.Money, "例：100000.00", "单位：元"},
	"balance":         {form.Money, "例：60000.00", "年末余额，单位：元；与流水不符会提示"},
	"bank_cumulative": {form.FenDays, "例：24880000.00", "贵行自算的每日余额累计，单位：元·天"},
	"bank_subsidy":    {form.Money, "例：1244.00", "贵行自算的贴息，单位：元；与计算结果不同会逐份说明"},
	"fee":             {form.Money, "例：500.00", "已付担保费，单位：元"},
	"refund":          {form.Money, "例：0.00", "已退担保费，单位：元"},
	"paid":            {form.Money, "例：1000.00", "已付金额，单位：元"},
	"money":           {form.Money, "例：5000.00", "批准的上限，单位：元"},
	"year":            {form.Int, "例：2024", "四位年度"},
	"jobs":            {form.Int, "例：12", "带动就业的名单内家庭人数"},
	"employees":       {form.Int, "例：20", "员工总数"},
	"households":      {form.Int, "例：5", "有效协议户数"},
	"other_subsidy":   {form.Text, "例：否", "不填视为未核验"},
	"branch_name":     {form.Text, "例：石桥支行", ""},
	"name":            {form.Text, "例：林溪", "与证件一致；生僻字照实填写"},
}

func noteOf(kind Kind, key string) about {
	if a, ok := columnNotes[string(kind)+"/"+key]; ok {
		return a
	}
	if a, ok := columnNotes[key]; ok {
		return a
	}
	return about{kind: form.Text}
}

// exampleMark stands in the first column of the example row; the profile counts it among the rows that carry no record.
const exampleMark = "示例（填报前请删除本行）"

// Template is an empty file of a kind under this profile's own names, with lists for the columns whose words it knows. The
// example row does not enter when it is left in.
func (p *Profile) Template(kind Kind) form.Template {
	s := schemas[kind]
	t := form.Template{Title: kindNames[kind], Notes: []string{"带*的列必填，其他列没有的可以留空或删去；列的顺序不限。",
		"灰色一行是示例，请删除后填报；忘记删除也不会读入。", "金额以元为单位，最多两位小数；日期写成 2025-03-15。", "有下拉列表的列请从列表中选择。"}}
	for _, key := range s.keys() {
		a := noteOf(kind, key)
		c := form.TemplateColumn{Title: p.title(kind, key), Kind: a.kind, Need: slices.Contains(s.need, key), Note: a.note, Example: a.example,
			Choices: p.choices(key)}
		if key == s.key {
			c.Example = exampleMark
		}
		if len(c.Choices) > 0 && c.Example == "" {
			c.Example = "例：" + c.Choices[0]
		}
		t.Columns = append(t.Columns, c)
	}
	return t
}

// FactsTemplate is an empty table of the facts of a scheme, one row each.
func (p *Profile) FactsTemplate(title string, facts figure.Facts, l fault.Lang) form.Template {
	t := form.Template{Title: title, Notes: []string{"带*的列必填，其他列没有的可以留空或删去；列的顺序不限。", "编号每行不同；金额和比例的单位写在列名中。",
		"灰色一行是示例，请删除后填报；忘记删除也不会读入。", "日期写成 2025-03-15；有下拉列表的列请从列表中选择。"}}
	t.Columns = []form.TemplateColumn{{Title: p.title(Facts, rowNo), Kind: form.Text, Need: true, Note: "每行一个，不重复", Example: exampleMark}}
	for i := range facts {
		t.Columns = append(t.Columns, factColumn(&facts[i], l))
	}
	return t
}

// factKinds are the types of facts as columns, with the unit behind the title and an example.
var factKinds = map[figure.Type]struct {
	kind          form.Kind
	unit, example string
}{figure.Money: {form.Money, "（元）", "例：100000.00"}, figure.Percent: {form.Percent, "（%）", "例：3.65"}, figure.Number: {form.Text, "", "例：85.5"},
	figure.Count: {form.Int, "", "例：12"}, figure.Date: {form.Date, "", "例：2025-03-15"}, figure.Flag: {form.Text, "", "例：是"}, figure.Text: {form.Text, "", ""}}

func factColumn(f *figure.Fact, l fault.Lang) form.TemplateColumn {
	k := factKinds[f.Type]
	c := form.TemplateColumn{Title: f.Title(l) + k.unit, Kind: k.kind, Need: f.Need, Example: k.example, Choices: f.In, Note: f.Text()}
	switch {
	case f.Type == figure.Flag:
		c.Choices = []string{"是", "否"}
	case len(f.In) > 0:
		c.Example = "例：" + f.In[0]
	}
	if f.Min != "" || f.Max != "" {
		c.Note = strings.TrimSpace(f.Min + " … " + f.Max + "  " + c.Note)
	}
	return c
}

// kindNames are the kinds of file in 中文.
var kindNames = map[Kind]string{Contracts: "合同", Ledger: "流水", Notes: "借据", Fees: "担保费", List: "名单库", Members: "家庭成员", History: "以前已付",
	Approvals: "超限批准"}

// title is the profile's first name of a column; the key where it has none.
func (p *Profile) title(kind Kind, key string) string {
	if names := p.titles[kind][key]; len(names) > 0 {
		return names[0]
	}
	return key
}

// choices are the words for a coded column, in the order of their codes; nil for a column of free text.
func (p *Profile) choices(key string) (out []string) {
	names := map[string]map[string][]string{"status": p.statusNames, "purpose": p.purposeNames, "relation": p.kinNames, "kind": p.kindWords}[key]
	for _, code := range slices.Sorted(maps.Keys(names)) {
		out = append(out, first(names, code))
	}
	switch key {
	case "other_subsidy":
		return []string{"是", "否"}
	case "sex":
		return []string{"男", "女"}
	case "id_type":
		for _, k := range []ident.Kind{ident.CitizenID, ident.Residence, ident.Permanent, ident.CreditCode, ident.Passport} {
			out = append(out, k.Name())
		}
	}
	return out
}
