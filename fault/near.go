package fault

// Near names the known word that is closest to what was written, when one is close: «，是否想写“x”？».
func (f *Fault) Near(got string, known []string) *Fault {
	best, at := 3, ""
	for _, k := range known {
		if n := distance(got, k); n < best {
			best, at = n, k
		}
	}
	if at == "" {
		return f.Set("hint", "").Set("hint_en", "")
	}
	return f.Set("hint", "（是否想写“"+at+"”）").Set("hint_en", " (did you mean "+at+"?)")
}

// distance is the number of single edits between two words.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		diagonal := row[0]
		row[0] = i + 1
		for j := range y {
			cost := diagonal
			if x[i] != y[j] {
				cost = min(diagonal, row[j], row[j+1]) + 1
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return row[len(y)]
}
