package sample

import "ganlan/day"

// Interval is a time on the name list, both days in. To is day.Open for a family that is still on it.
type Interval struct{ From, To day.Date }

// Listed is when family h was on the list as far as it is known: an interval that ends later has no end yet.
func (c County) Listed(h int) (known []Interval) {
	for _, i := range c.listed(h) {
		if i.From > c.known {
			break
		}
		if i.To > c.known {
			i.To = day.Open
		}
		known = append(known, i)
	}
	return known
}

// listed is when family h was on the list: from the first to the last day of calendar months, in order, with at least a
// month between two intervals. One family in ten was never on it.
func (c County) listed(h int) []Interval {
	s := newStream(c.seed, forList, uint64(h))
	if s.percent(10) {
		return nil
	}
	from := 0
	if s.percent(30) {
		from = s.between(1, 20)
	}
	switch k := s.below(100); {
	case k < 82:
		return []Interval{{month(from), day.Open}}
	case k < 93:
		return []Interval{{month(from), month(from+s.between(6, 24)) - 1}}
	default:
		out := from + s.between(3, 10)
		return []Interval{{month(from), month(out) - 1}, {month(out + s.between(1, 5)), day.Open}}
	}
}

// listedOn reports whether family h was on the list on a day.
func (c County) listedOn(h int, d day.Date) bool {
	for _, i := range c.listed(h) {
		if i.From <= d && d <= i.To {
			return true
		}
	}
	return false
}

// month is the first day of the k-th month of the programme, whose list begins in November 2023.
func month(k int) day.Date { return firstStart.AddMonths(k) }
