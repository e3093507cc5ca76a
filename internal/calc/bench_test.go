package calc

import "testing"

// BenchmarkClaim computes the benchmark rule over an invented county's files, every check on. It is also what
// `make profile` takes the compiler's profile from.
func BenchmarkClaim(b *testing.B) {
	const n = 20_000
	plan, in := workload(b), inputs(b, county(b, n, false), ".csv")
	b.ReportAllocs()
	for b.Loop() {
		if _, res := do(b, plan, in, 1); res.Contracts != n {
			b.Fatal(res.Contracts)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/contract")
}
