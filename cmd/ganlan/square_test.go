package main

import (
	"bytes"
	"strings"
	"testing"
)

func TestASquareCodeIsDrawnTwoRowsALineWithAMargin(t *testing.T) {
	lines := strings.Split(strings.TrimSpace(drawn([][]bool{{true, false}, {true, true}})), "\n")
	if len(lines) != 3 || !strings.Contains(lines[1], "  █▄  ") || strings.ContainsAny(lines[0]+lines[2], "█▀▄") {
		t.Errorf("%q", lines)
	}
}

func TestNoSquareIsDrawnWhereTheOutputIsNoTerminal(t *testing.T) {
	if got, err := square(&bytes.Buffer{}, "otpauth://totp/x"); got != "" || err != nil {
		t.Errorf("%q %v", got, err)
	}
}
