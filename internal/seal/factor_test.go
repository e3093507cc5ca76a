package seal

import (
	"strings"
	"testing"
	"time"
)

// The secret of RFC 6238 appendix B; its codes have eight digits, of which a telephone shows the last six.
const rfcSecret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

func TestTimeCodesAreThoseOfTheStandard(t *testing.T) {
	for sec, want := range map[int64]string{59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037"} {
		got, err := TimeCode(rfcSecret, time.Unix(sec, 0))
		if err != nil || got != want {
			t.Errorf("at %d: %s %v, want %s", sec, got, err, want)
		}
	}
}

func TestATimeCodeHoldsOnceAndOneStepEarlyOrLate(t *testing.T) {
	at := time.Unix(1111111109, 0)
	step := at.Unix() / 30
	for _, c := range []struct {
		seconds, last int64
		ok            bool
	}{{0, 0, true}, {30, 0, true}, {-30, 0, true}, {61, 0, false}, {-61, 0, false}, {0, step, false}, {0, step - 1, true}} {
		got, ok := TimeStep(rfcSecret, "081804", at.Add(time.Duration(c.seconds)*time.Second), c.last)
		if ok != c.ok || ok && got != step {
			t.Errorf("%+v: step %d, %v", c, got, ok)
		}
	}
	if _, ok := TimeStep("not base32!", "081804", at, 0); ok {
		t.Error("a ruined secret takes a code")
	}
}

func TestAPasswordIsKnownByItsSlowDigestAlone(t *testing.T) {
	h, err := HashPassword("Blue-kettle 7")
	if err != nil || strings.Contains(h, "kettle") || !strings.HasPrefix(h, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Fatalf("%s %v", h, err)
	}
	again, _ := HashPassword("Blue-kettle 7")
	if h == again {
		t.Error("two digests of one password are equal: no salt")
	}
	for _, c := range []struct {
		hash, password string
		want           bool
	}{{h, "Blue-kettle 7", true}, {h, "Blue-kettle 8", false}, {"", "Blue-kettle 7", false}, {"", "", false}, {h[:len(h)-3], "Blue-kettle 7", false},
		{strings.Replace(h, "m=19456", "m=999999999", 1), "Blue-kettle 7", false}} {
		if got := IsPassword(c.hash, c.password); got != c.want {
			t.Errorf("%q with %q: %v", c.hash, c.password, got)
		}
	}
}

func TestStartCodesAndTokensNeverMeet(t *testing.T) {
	seen := map[string]bool{}
	for range 1000 {
		a, err := NewStartCode()
		b, err2 := NewToken()
		if err != nil || err2 != nil || seen[a] || seen[b] || len(a) != 26 || len(b) != 43 {
			t.Fatalf("%s %s %v %v", a, b, err, err2)
		}
		seen[a], seen[b] = true, true
	}
}

func TestTheSquareCodeHasItsThreeCorners(t *testing.T) {
	_, address, err := NewTimeSecret("Ganlan", "sys.wang")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := TimeSquare(address)
	if err != nil {
		t.Fatal(err)
	}
	n := len(rows)
	for _, c := range [][2]int{{0, 0}, {0, n - 7}, {n - 7, 0}} { // a dark frame of 7 fields, light inside, dark in the middle
		for i := range 7 {
			if y, x := c[0], c[1]; !rows[y][x+i] || !rows[y+6][x+i] || !rows[y+i][x] || !rows[y+i][x+6] || !rows[y+3][x+3] || rows[y+1][x+1] {
				t.Fatalf("the corner at %v of %d is none", c, n)
			}
		}
	}
	if _, err := TimeSquare(address + strings.Repeat("x", 3000)); err == nil {
		t.Error("an address that fits into no square has one")
	}
}
