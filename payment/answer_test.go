package payment

import (
	"bytes"
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"ganlan/bankfile"
	"ganlan/form"
)

func gbk(t testing.TB, s string) []byte {
	t.Helper()
	b, bad, ok := bankfile.GBK.Encode(s)
	if !ok {
		t.Fatalf("%q", bad)
	}
	return b
}

// The three lines: paid, another's account, a part of it (E6).
const pipeAnswer = "GL2025-0003||0.05|0.05|成功|\r\nGL2025-0001||1870.50|0.00|失败|户名不符\r\nGL2025-0002||1020.83|1000.00|部分成功|账户冻结\r\n"

func TestAnAnswerIsMatchedByItsKeysInAnyOrder(t *testing.T) {
	a, faults := layout(t, "pipe12").ReadAnswer(batch().Lines, gbk(t, pipeAnswer))
	if err := faults.Err(); err != nil {
		t.Fatal(err)
	}
	want := []Outcome{{"GL2025-0001", Refused, 187050, 0, NameMismatch, "户名不符", 2}, {"GL2025-0002", Part, 102083, 100000, AccountFrozen, "账户冻结", 3},
		{"GL2025-0003", Paid, 5, 5, "", "", 1}}
	if !slices.Equal(a.Lines, want) || a.Paid != 100005 || a.Sent != 289138 || a.Good != 1 || a.Failed != 2 {
		t.Errorf("%+v", a)
	}
}

func TestAnAnswerInFixedFieldsIsReadByItsBytes(t *testing.T) {
	line := func(key string, amount int, result, reason string) string {
		pad := strings.Repeat(" ", 40-len(gbk(t, reason)))
		return fmt.Sprintf("%-30s%015d%-4s%s%s\r\n", key, amount, result, reason, pad)
	}
	text := line("GL2025-0001", 187050, "0002", "账户已销户") + line("GL2025-0002", 102083, "0000", "") + line("GL2025-0003", 5, "0009", "其他") +
		fmt.Sprintf("%-8s%08d%018d%018d\r\n", "TOTAL", 3, 289138, 102083)
	l := layout(t, "bank-fixed")
	a, faults := l.ReadAnswer(batch().Lines, gbk(t, text))
	if err := faults.Err(); err != nil {
		t.Fatal(err)
	}
	if a.Lines[0].Reason != AccountClosed || a.Lines[1].Status != Paid || a.Lines[2].Reason != OtherReason || a.Lines[2].Words != "其他" || a.Paid != 102083 {
		t.Errorf("%+v", a)
	}
	short := strings.Replace(text, "000000000000102083\r\n", "000000000000102084\r\n", 1)
	if _, faults := l.ReadAnswer(batch().Lines, gbk(t, short)); !slices.Equal(codes(faults.Err()), []string{"ANSWER_SUMS"}) {
		t.Errorf("a sum that does not meet: %v", faults)
	}
	if _, faults := l.ReadAnswer(batch().Lines, gbk(t, text[:strings.Index(text, "TOTAL")])); !slices.Equal(codes(faults.Err()), []string{"ANSWER_UNREADABLE"}) {
		t.Errorf("a file cut off: %v", faults)
	}
}

func TestAnAnswerInASheetIsReadByItsTitles(t *testing.T) {
	var buf bytes.Buffer
	if err := form.WriteTable(&buf, "回盘", []string{"失败原因", "备注", "处理结果", "补贴金额"}, [][]string{
		{"", "GL2025-0001", "成功", "1870.50"}, {"账号不存在", "GL2025-0002", "失败", "1,020.83"}, {"", "GL2025-0003", "成功", "0.05"}, {"合计", "", "", "2891.38"}}); err != nil {
		t.Fatal(err)
	}
	a, faults := layout(t, "sheet11").ReadAnswer(batch().Lines, buf.Bytes())
	if err := faults.Err(); err != nil {
		t.Fatal(err)
	}
	if a.Lines[1].Reason != AccountUnknown || a.Paid != 187055 {
		t.Errorf("%+v", a)
	}
}

func TestAnAnswerThatDoesNotMeetWhatWasSentIsRefusedWhole(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{"GL2025-0003", "GL2025-0009", "ANSWER_KEY_UNKNOWN"},
		{"GL2025-0003||0.05|0.05|成功|\r\n", "GL2025-0001||1870.50||成功|\r\n", "ANSWER_KEY_TWICE"},
		{"GL2025-0003||0.05|0.05|成功|\r\n", "", "ANSWER_MISSING"},
		{"|成功|", "|不详|", "ANSWER_RESULT"},
		{"1870.50|0.00", "1870.50|1870.50", "ANSWER_AMOUNT"},
		{"|1020.83|1000.00", "|1020.83|1020.83", "ANSWER_AMOUNT"},
		{"|0.05|0.05", "|0.06|0.05", "ANSWER_AMOUNT"},
		{"||0.05|", "||0.05|x|", "ANSWER_UNREADABLE"},
	} {
		text := strings.Replace(pipeAnswer, c.old, c.new, 1)
		a, faults := layout(t, "pipe12").ReadAnswer(batch().Lines, gbk(t, text))
		if a != nil || !slices.Contains(codes(faults.Err()), c.want) {
			t.Errorf("%q for %q: %v, want %s", c.new, c.old, faults, c.want)
		}
	}
}

func TestANameNeverMatchesALine(t *testing.T) {
	lines := batch().Lines
	lines[0].Name, lines[1].Name = lines[1].Name, lines[0].Name
	a, faults := layout(t, "pipe12").ReadAnswer(lines, gbk(t, pipeAnswer))
	if faults.Err() != nil || a.Lines[0].Reason != NameMismatch {
		t.Errorf("names exchanged: %+v %v", a, faults)
	}
}

// Whatever the order of the answer's lines, its meaning is the same.
func TestTheOrderOfAnAnswerIsFree(t *testing.T) {
	lines := strings.SplitAfter(strings.TrimSuffix(pipeAnswer, "\r\n")+"\r\n", "\r\n")[:3]
	want, _ := layout(t, "pipe12").ReadAnswer(batch().Lines, gbk(t, pipeAnswer))
	r := rand.New(rand.NewSource(1))
	for range 10 {
		r.Shuffle(3, func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
		got, faults := layout(t, "pipe12").ReadAnswer(batch().Lines, gbk(t, strings.Join(lines, "")))
		if faults.Err() != nil || got.Paid != want.Paid || got.Lines[0].Status != want.Lines[0].Status {
			t.Errorf("%q: %+v %v", lines, got, faults)
		}
	}
}

func FuzzAnAnswerIsWholeOrRefused(f *testing.F) {
	f.Add(uint8(0), gbk(f, pipeAnswer))
	f.Add(uint8(1), []byte("GL2025-0001                   0000000001870500000                                        \r\nTOTAL   00000001000000000000187050000000000000187050\r\n"))
	f.Add(uint8(0), []byte("\x1a\xff|||||\n\n|"))
	layouts := []*Layout{layout(f, "pipe12"), layout(f, "bank-fixed")}
	quoted := *layouts[0]
	rule := *quoted.Answer
	rule.Quote, rule.Separator = `"`, "|!"
	quoted.Answer = &rule
	layouts = append(layouts, &quoted)
	f.Fuzz(func(t *testing.T, which uint8, data []byte) {
		l := layouts[int(which)%len(layouts)]
		a, faults := l.ReadAnswer(batch().Lines, data)
		if (a == nil) == (len(faults) == 0) {
			t.Fatalf("%+v and %v", a, faults)
		}
		if a == nil {
			return
		}
		if len(a.Lines) != 3 || a.Sent != 289138 || a.Paid < 0 || a.Paid > a.Sent {
			t.Fatalf("%+v", a)
		}
		_, _ = l.ReadSent(data)
	})
}
