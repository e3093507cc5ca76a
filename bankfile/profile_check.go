package bankfile

import (
	"maps"
	"slices"
	"strings"
)

// check refuses kinds and keys that do not exist, and names with two meanings.
func (l *loader) check(w *profileFile) {
	kinds := slices.Sorted(maps.Keys(schemas))
	for _, kind := range slices.Sorted(maps.Keys(w.Columns)) {
		s, ok := schemas[kind]
		if !ok {
			l.unknown(w, string(kind), texts(kinds))
			continue
		}
		means := map[string]string{}
		for _, key := range slices.Sorted(maps.Keys(w.Columns[kind])) {
			if !slices.Contains(s.keys(), key) {
				l.unknown(w, key, s.keys())
			}
			l.twice(w, means, key, w.Columns[kind][key])
		}
	}
	for kind := range w.Header {
		if _, ok := schemas[kind]; !ok {
			l.unknown(w, string(kind), texts(kinds))
		}
	}
	for key := range w.Words.LedgerKind {
		if !slices.Contains(ledgerKinds, key) {
			l.unknown(w, key, ledgerKinds)
		}
	}
	for _, table := range []map[string][]string{w.Words.LedgerKind, w.Words.Status, w.Words.Purpose, w.Words.Product, w.Words.Grade, w.Words.Sex, w.Words.Relation, {"yes": w.Words.Yes, "no": w.Words.No}} {
		means := map[string]string{}
		for _, key := range slices.Sorted(maps.Keys(table)) {
			l.twice(w, means, key, table[key])
		}
	}
	if w.SheetFills != "" && !slices.Contains(schemas[Contracts].keys(), w.SheetFills) {
		l.unknown(w, w.SheetFills, schemas[Contracts].keys())
	}
}

// ledgerKinds are the kinds of ledger line that a bank's codes can mean.
var ledgerKinds = []string{"drawdown", "repayment", "overdue", "deferral", "extension"}

func texts(kinds []Kind) (out []string) {
	for _, k := range kinds {
		out = append(out, string(k))
	}
	return out
}

func (l *loader) unknown(w *profileFile, key string, known []string) {
	l.faults.Add(FaultProfileKey.At(w.Place).Set("key", key).Set("known", strings.Join(known, "、")).Near(key, known))
}

func (l *loader) twice(w *profileFile, means map[string]string, key string, names []string) {
	for _, n := range names {
		n = plainName(n)
		if other, ok := means[n]; ok && other != key {
			l.faults.Add(FaultProfileTwice.At(w.Place).Set("name", n).Set("first", other).Set("second", key))
		}
		means[n] = key
	}
}

// complete refuses a profile that stands alone and lacks the words that every reader needs.
func (l *loader) complete(w *profileFile) {
	var lacks []string
	for name, has := range map[string]bool{"columns": len(w.Columns) > 0, "ledger_kind": len(w.Words.LedgerKind) > 0,
		"status": len(w.Words.Status) > 0, "yes": len(w.Words.Yes) > 0, "no": len(w.Words.No) > 0, "total": len(w.Words.Total) > 0} {
		if !has {
			lacks = append(lacks, name)
		}
	}
	if len(lacks) > 0 {
		slices.Sort(lacks)
		l.faults.Add(FaultProfileThin.At(w.Place).Set("missing", strings.Join(lacks, "、")))
	}
}
