package calc

import (
	"bytes"
	"io"
	"os"
	"testing"

	"ganlan/bankfile"
	"ganlan/internal/sample"
	"ganlan/scheme"
	"ganlan/subsidy"
)

// BenchmarkClaim computes the benchmark rule over an invented county's files, every check on. It is also what
// `make profile` takes the compiler's profile from.
func BenchmarkClaim(b *testing.B) {
	county := sample.New(1, 20_000, 25_000)
	in := map[string]*bankfile.Input{}
	for _, t := range county.Plain() {
		var buf bytes.Buffer
		if err := sample.Write(&buf, t); err != nil {
			b.Fatal(err)
		}
		in[t.Name] = &bankfile.Input{Name: t.Name, Data: bytes.NewReader(buf.Bytes()), Size: int64(buf.Len())}
	}
	s, faults := scheme.Folder{FS: os.DirFS("../../bench"), Dir: "w", ID: "w"}.Load(nil)
	if faults.Err() != nil {
		b.Fatal(faults)
	}
	plan, err := subsidy.NewPlan(s, 2025, nil)
	if err != nil {
		b.Fatal(err)
	}
	profile := testProfile(b)
	b.ReportAllocs()
	for b.Loop() {
		r := Run{Plan: plan, Profile: profile, Inputs: Inputs{Contracts: in["contracts"], Ledger: in["ledger"], List: in["list"]}}
		res, err := r.Do(nowhere{io.Discard})
		if err != nil || res.Contracts != 20_000 {
			b.Fatal(res, err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/20_000, "ns/contract")
}

type nowhere struct{ io.Writer }

func (nowhere) Reset() error { return nil }

func testProfile(t testing.TB) *bankfile.Profile {
	t.Helper()
	data, err := os.ReadFile("../../policies/standard/files.yaml")
	if err != nil {
		t.Fatal(err)
	}
	p, faults := bankfile.LoadProfile("files.yaml", data)
	if faults.Err() != nil {
		t.Fatal(faults)
	}
	return p
}
