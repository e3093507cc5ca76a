package main

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// GB/T 22239-2019 8.1.4.11: what runs in the background writes no number of a person into its log.
func TestTheLogHoldsNoWholeNumberOfAPerson(t *testing.T) {
	var b bytes.Buffer
	log := newLog(&b)
	type person struct {
		ID    string
		Phone int64
	}
	log.Info("id 990783199001011234, phone 13812345678", "id_no", "99078319900101123X", "phone", 13812345678, "phones", []string{"+86 138-1234-5678"},
		"card", uint64(6217000012345678901), "spaced", "6217 0000 1234 5678 901", "err", fmt.Errorf("row 3: %w", errors.New("990783199001011234")),
		"who", person{"990783900101123", 13912345678}, "short", "3301/0579-86623456", "f", 13812345678.0, "wide", "１３８１２３４５６７８")
	log.WithGroup("g").With("card", "6217000012345678901").Info("x", "job", int64(1860707060707060706), "n", 12, "error", "STORE_BUSY")
	got := b.String()
	for _, number := range []string{"19900101", "12345678", "1234 5678", "1234-5678", "23456789", "900101", "39123456", "866234", "２３４５６７"} {
		if strings.Contains(got, number) {
			t.Errorf("%s stands in\n%s", number, got)
		}
	}
	for _, want := range []string{`"id_no":"990783********123X"`, `"phone":"13*******78"`, `"job":1860707060707060706`, `"n":12`, `"error":"STORE_BUSY"`, `"level":"INFO"`, "row 3: "} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is missing in\n%s", want, got)
		}
	}
}
