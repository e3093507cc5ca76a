package desk

import (
	"testing"

	"ganlan/internal/storetest"
)

const benchContracts = 20_000

// BenchmarkFactsImport imports a county's files as a bank hands them in: read twice, checked, sealed, under digests.
func BenchmarkFactsImport(b *testing.B) {
	files := county(b, benchContracts)
	for _, kind := range storetest.Kinds {
		b.Run(kind, func(b *testing.B) {
			lines := 0
			for range b.N {
				b.StopTimer()
				d, err := Init(b.Context(), b.TempDir(), storetest.URL(b, kind), ticking())
				must(b, err)
				b.StartTimer()
				lines += imported(b, d, files).LinesAdded
				b.StopTimer()
				_ = d.Close()
				b.StartTimer()
			}
			b.ReportMetric(float64(lines)/b.Elapsed().Seconds(), "lines/s")
		})
	}
}

// BenchmarkInvariants looks whether everything agrees after such an import.
func BenchmarkInvariants(b *testing.B) {
	files := county(b, benchContracts)
	for _, kind := range storetest.Kinds {
		b.Run(kind, func(b *testing.B) {
			d, err := Init(b.Context(), b.TempDir(), storetest.URL(b, kind), ticking())
			must(b, err)
			defer d.Close()
			imported(b, d, files)
			b.ResetTimer()
			for range b.N {
				if bad := d.Invariants(b.Context()); len(bad) > 0 {
					b.Fatal(bad)
				}
			}
		})
	}
}
