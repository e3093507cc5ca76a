package ident

import (
	"testing"
	"unicode/utf8"

	"ganlan/fault"
)

func role(s string) bool { return s == "户主" || s == "本人" || s == "配偶" }

func TestB8AllDotsOfANameAreOne(t *testing.T) {
	const want = "迪丽热巴·买买提"
	for _, s := range []string{"迪丽热巴·买买提", "迪丽热巴•买买提", "迪丽热巴‧买买提", "迪丽热巴・买买提", "迪丽热巴．买买提", "迪丽热巴●买买提", "迪丽热巴.买买提", "迪丽热巴 · 买买提", "迪丽热巴·  买买提 ",
		"迪丽热巴··买买提", "\u200b迪丽热巴･买买提\ufeff"} {
		if r := ReadName(s, role); r.Name != want || r.Why != nil || !Name(s).Same(want) && s != "迪丽热巴··买买提" {
			t.Errorf("%q is %q (%v)", s, r.Name, r.Why)
		}
	}
	if Name("迪丽热巴买买提").Same(want) || Name("迪丽·热巴买买提").Same(want) {
		t.Error("a name without its dot, or with it elsewhere, is the same")
	}
}

func TestB9RareCharactersStayAndWhatStandsForOneIsTold(t *testing.T) {
	for s, want := range map[string]*fault.Def{"龚䶮": nil, "㛃花": nil, "张𠮷": nil, "李𤩽": nil, "龦明": nil, "鿍明": nil, "王\U00031350": nil, "王\U0002EBF0": nil, "〇七": nil,
		"王yan玉": FaultRare, "王?": FaultRare, "王？": FaultRare, "王□": FaultRare, "张(王加玉)": FaultRare, "张（王加玉）明": FaultRare, "王*": FaultRare, "王〓": FaultRare, "王芳2": nil, "(王加玉)明": FaultRare,
		"王\ue81e": FaultOwnCharacter, "\U000F0041明": FaultOwnCharacter} {
		if r := ReadName(s, role); r.Why != want || r.Name != Name(s) && s != "张（王加玉）明" {
			t.Errorf("%q is %q: %s, want %s", s, r.Name, code(r.Why), code(want))
		}
	}
}

func TestB10SpacesAndRolesAreTakenOffAndTwoPeopleRefused(t *testing.T) {
	for s, want := range map[string]NameReading{"张三": {Name: "张三"}, "张 三": {Name: "张三"}, "张　三": {Name: "张三"}, " 张\u00a0三\t": {Name: "张三"}, "'张三": {Name: "张三"},
		"张三(户主)": {Name: "张三", Role: "户主"}, "张三（户主）": {Name: "张三", Role: "户主"}, "张三【 本人 】": {Name: "张三", Role: "本人"},
		"张三、李四": {Name: "张三、李四", Why: FaultTwoPeople}, "张三,李四": {Name: "张三,李四", Why: FaultTwoPeople}, "张三/李四": {Name: "张三/李四", Why: FaultTwoPeople},
		"John  Smith": {Name: "John Smith"}, "J. R. Smith": {Name: "J. R. Smith"}, "Smith, John": {Name: "Smith, John"}} {
		if r := ReadName(s, role); r != want {
			t.Errorf("%q is %+v, want %+v", s, r, want)
		}
	}
}

func TestB11C8NamesAreTheSameByWritingNeverByAnotherCharacter(t *testing.T) {
	for _, x := range [][2]Name{{"王芳", "王 芳"}, {"王芳", "王　芳"}, {"虚构公司（浙江）", "虚构公司(浙江)"}, {"ＡＢ公司", "ab公司"}, {"John Smith", "JOHN  SMITH"}} {
		if !x[0].Same(x[1]) {
			t.Errorf("%s and %s are two", x[0], x[1])
		}
	}
	for _, x := range [][2]Name{{"王喆", "王哲"}, {"張三", "张三"}, {"王芳", "王方"}, {"黃", "黄"}, {"吕", "呂"}, {"虚构公司(浙江)", "虚构公司"}} {
		if x[0].Same(x[1]) {
			t.Errorf("%s and %s are one", x[0], x[1])
		}
	}
	if r := ReadName("虚构农业、林业开发有限公司（浙江）", role); r.Why != nil || r.Name != "虚构农业、林业开发有限公司（浙江）" {
		t.Errorf("a body's name: %+v", r)
	}
}

func FuzzReadName(f *testing.F) {
	for _, s := range []string{"张三", "张 三(户主)", "迪丽热巴 • 买买提", "王yan玉", "张(王加玉)明", "J. R. Smith", "虚构公司（浙江）", "· '", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			return // refused before it comes here
		}
		r := ReadName(s, role)
		if again := ReadName(string(r.Name), role); r.Role == "" && (again.Name != r.Name || again.Why != r.Why) {
			t.Errorf("%q is %q, read again %q (%s, %s)", s, r.Name, again.Name, code(r.Why), code(again.Why))
		}
		if !r.Name.Same(r.Name) || Name(r.Name.Key()).Key() != r.Name.Key() {
			t.Errorf("%q has the key %q", r.Name, r.Name.Key())
		}
	})
}
