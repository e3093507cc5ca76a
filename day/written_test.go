package day

import (
	"testing"

	"pgregory.net/rapid"
)

func TestD6EighteenJanuary2024InAllItsWritings(t *testing.T) {
	want := Of(2024, 1, 18)
	for s, how := range map[string]Written{"20240118": Plain, "2024-01-18": Plain, "2024/1/18": Plain, "2024.1.18": Plain, "2024年1月18日": Plain, "24-1-18": ShortYear,
		"45309": Plain, " 2024-1-18 ": Plain, "2024-01-18 09:30:00": Plain, "2024/1/18 0:00": Plain, "2024-01-18T23:59:59.999Z": Plain, "20240118093000": Plain,
		"24/01/18": ShortYear, "24年1月18日": ShortYear, "2024-01-18 ": Plain} {
		if d, w := ParseWritten(s); d != want || w != how {
			t.Errorf("%q is %s (%d), want %s (%d)", s, d, w, want, how)
		}
	}
}

func TestD6D9ATextThatIsNoOneDayIsNoDate(t *testing.T) {
	for _, s := range []string{"1月18日", "18/01/2024", "01/18/2024", "1-18-24", "01-18-24", "06-01-24", "01/02/03", "2024-02-30", "00000000", "1900-01-00", "1900-01-01", "0000-00-00", "2024-13-01", "2024年1月",
		"202401", "2024", "45309.5", "+45309", "2024-1-18-2", "2024-1/18", "1024-01-18", "2024-01-018", "", "-", "/", "2024--18", "20240118T", "二〇二四年一月十八日", "99999"} {
		if d, w := ParseWritten(s); w != NoDay || d != None {
			t.Errorf("%q became %s", s, d)
		}
	}
}

func TestADayThatIsWrittenIsReadAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := firstDay + Date(rapid.IntRange(0, 80_000).Draw(t, "day"))
		if got, w := ParseWritten(d.String()); got != d || w != Plain {
			t.Fatalf("%s is read as %s", d, got)
		}
	})
}

func FuzzParseWritten(f *testing.F) {
	for _, s := range []string{"2024-01-18", "20240118", "24-1-18", "2024年1月18日", "45309", "2024-01-18T09:30:00", "1月18日"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, w := ParseWritten(s)
		if (w == NoDay) != (d == None) {
			t.Errorf("%q is %s and %d", s, d, w)
		}
		if again, how := ParseWritten(d.String()); w != NoDay && (again != d || how != Plain) {
			t.Errorf("%q is %s, which is read as %s", s, d, again)
		}
	})
}
