package store

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"

	"ganlan/internal/seal"
)

// asOf is the condition that a row was held to be true at a time, and the parameters with the time added.
func asOf(at int64, args []any) (string, []any) {
	n := len(args) + 1
	return fmt.Sprintf("recorded_at <= $%d and $%d < superseded_at", n, n), append(args[:len(args):len(args)], at)
}

// changed is the fault of an update that met no row: someone else was there first.
func changed(n int64, err error) error {
	if err == nil && n == 0 {
		return FaultChanged.New()
	}
	return err
}

// rowMAC is the keyed digest over the values of a row that carries a right.
func rowMAC(ring *seal.Ring, table string, values ...any) string {
	parts := []string{table}
	for _, v := range values {
		parts = append(parts, fmt.Sprint(v))
	}
	return hex.EncodeToString(ring.MAC(parts...))
}

// checkMAC refuses a row that was not written by the program.
func checkMAC(ring *seal.Ring, got, table string, id int64, values ...any) error {
	if got != rowMAC(ring, table, values...) {
		return FaultForged.New().Set("table", table).Set("id", id)
	}
	return nil
}

// sealText seals a value bound to its place, as text.
func sealText(ring *seal.Ring, plain, bound string) (string, error) {
	b, err := ring.Seal(plain, bound)
	return base64.StdEncoding.EncodeToString(b), err
}

// openText opens what sealText made.
func openText(ring *seal.Ring, sealed, bound string) (string, error) {
	b, err := base64.StdEncoding.DecodeString(sealed)
	if err != nil {
		return "", seal.FaultBroken.New().Set("place", bound)
	}
	return ring.Open(b, bound)
}

func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}
