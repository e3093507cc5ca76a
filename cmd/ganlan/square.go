package main

import (
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"ganlan/internal/seal"
)

// square draws the square code of an address for a telephone to read off a terminal, dark on light whatever the terminal's
// colours, two rows of fields a line. Where the output is no terminal there is nothing: the secret stands there in letters.
func square(out io.Writer, address string) (string, error) {
	f, ok := out.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return "", nil
	}
	rows, err := seal.TimeSquare(address)
	if err != nil {
		return "", err
	}
	return drawn(rows), nil
}

// margin is how many light fields stand around the code; readers ask for it.
const margin = 2

func drawn(rows [][]bool) string {
	dark := func(y, x int) bool {
		y, x = y-margin, x-margin
		return y >= 0 && y < len(rows) && x >= 0 && x < len(rows) && rows[y][x]
	}
	var b strings.Builder
	for y := 0; y < len(rows)+2*margin; y += 2 {
		b.WriteString("\x1b[30;107m")
		for x := range len(rows) + 2*margin {
			switch up, down := dark(y, x), dark(y+1, x); {
			case up && down:
				b.WriteString("█")
			case up:
				b.WriteString("▀")
			case down:
				b.WriteString("▄")
			default:
				b.WriteString(" ")
			}
		}
		b.WriteString("\x1b[0m\n")
	}
	return b.String()
}
