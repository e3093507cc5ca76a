package store

import (
	"fmt"
	"strconv"
	"strings"

	"ganlan/money"
)

// RateText is an exact rate as columns hold it: 73/2000.
func RateText(r money.Rate) string {
	return strconv.FormatInt(r.Num(), 10) + "/" + strconv.FormatInt(r.Den(), 10)
}

// ReadRate reads a column of a rate.
func ReadRate(s string) (money.Rate, error) {
	a, b, _ := strings.Cut(s, "/")
	num, err := strconv.ParseInt(a, 10, 64)
	den, err2 := strconv.ParseInt(b, 10, 64)
	if err != nil || err2 != nil || den < 1 {
		return money.Rate{}, fmt.Errorf("store: %q is no rate", s)
	}
	return money.NewRate(num, den), nil
}
