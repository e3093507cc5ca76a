package desk

import (
	"bufio"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"ganlan/bankfile"
	"ganlan/internal/calc"
	"ganlan/internal/sample"
	"ganlan/internal/store"
	"ganlan/internal/storetest"
	"ganlan/scheme"
	"ganlan/subsidy"
)

// countyContracts is the size of the county year: a hundred thousand unless GANLAN_BENCH_CONTRACTS says otherwise.
func countyContracts() int {
	if n, err := strconv.Atoi(os.Getenv("GANLAN_BENCH_CONTRACTS")); err == nil {
		return n
	}
	return 100_000
}

// countyFiles writes an invented county into a folder, its rows in order.
func countyFiles(b *testing.B, n int) map[string]string {
	b.Helper()
	dir, out := b.TempDir(), map[string]string{}
	for _, table := range sample.New(7, n, 0).Plain() {
		out[table.Name] = filepath.Join(dir, table.Name+".csv")
		file, err := os.Create(out[table.Name])
		if err != nil {
			b.Fatal(err)
		}
		to := bufio.NewWriterSize(file, 1<<20)
		if err := errors.Join(sample.Write(to, table), to.Flush(), file.Close()); err != nil {
			b.Fatal(err)
		}
	}
	return out
}

func fromDisk(b *testing.B, paths map[string]string) (up Upload) {
	b.Helper()
	up = handedIn(b, nil)
	for name, to := range map[string]**bankfile.Input{"contracts": &up.Inputs.Contracts, "ledger": &up.Inputs.Ledger, "list": &up.Inputs.List} {
		f, err := os.Open(paths[name])
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { _ = f.Close() })
		st, err := f.Stat()
		if err != nil {
			b.Fatal(err)
		}
		*to = &bankfile.Input{Name: name + ".csv", Data: f, Size: st.Size()}
	}
	return up
}

// fileToFile is the calculation from bank files into results.csv, by which runs are measured.
func fileToFile(b *testing.B, paths map[string]string, f scheme.Folder) time.Duration {
	b.Helper()
	began := time.Now()
	s, faults := f.Load(nil)
	if faults.Err() != nil {
		b.Fatal(faults)
	}
	plan, err := subsidy.NewPlan(s, 2025, nil)
	if err != nil {
		b.Fatal(err)
	}
	up := fromDisk(b, paths)
	out, err := os.Create(filepath.Join(b.TempDir(), "results.csv"))
	if err != nil {
		b.Fatal(err)
	}
	run := calc.Run{Plan: plan, Profile: up.Profile, Inputs: up.Inputs}
	if _, err := run.Do(resetFile{out}); err != nil {
		b.Fatal(err)
	}
	if err := out.Close(); err != nil {
		b.Fatal(err)
	}
	return time.Since(began)
}

type resetFile struct{ *os.File }

func (f resetFile) Reset() error { return f.Truncate(0) }

// countyDesk is a fresh desk on a database of a kind, with the scheme approved.
func countyDesk(b *testing.B, kind string, f scheme.Folder) *Desk {
	b.Helper()
	d, err := Init(b.Context(), b.TempDir(), storetest.URL(b, kind), time.Now)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = d.Close() })
	approved(b, d, f)
	return d
}

// BenchmarkRunOfACountyYear calculates a stored county year, on both databases, and says how much longer that takes than from
// file to file: at most three times is asked.
func BenchmarkRunOfACountyYear(b *testing.B) {
	n := countyContracts()
	paths := countyFiles(b, n)
	f := folder990783("by-contract", workloadScheme(b))
	for _, kind := range storetest.Kinds {
		b.Run(kind, func(b *testing.B) {
			d := countyDesk(b, kind, f)
			began := time.Now()
			x, err := d.FactsImport(b.Context(), officer, fromDisk(b, paths))
			if err != nil {
				b.Fatal(err)
			}
			b.Logf("imported %d contracts in %v", x.Added, time.Since(began))
			in := wanted(b, f.ID)
			in.Simulate = true
			var files, stored time.Duration
			b.ResetTimer()
			for range b.N {
				files += fileToFile(b, paths, f)
				stored += stopwatch(b, d, in)
			}
			b.ReportMetric(files.Seconds()/float64(b.N), "s/files")
			b.ReportMetric(stored.Seconds()/float64(b.N), "s/stored")
			b.ReportMetric(stored.Seconds()/files.Seconds(), "stored/files")
		})
	}
}

func stopwatch(b *testing.B, d *Desk, in RunWanted) time.Duration {
	began := time.Now()
	r := ran(b, d, in)
	if r.State != store.RunDone {
		b.Fatal(fmt.Sprint(r))
	}
	return time.Since(began)
}

// BenchmarkExplanationAmongManyLoans explains 2,000 random contracts out of a million stored loans (GANLAN_BENCH_LOANS), on both
// databases: 99 of 100 within 20 ms is asked.
func BenchmarkExplanationAmongManyLoans(b *testing.B) {
	n := 1_000_000
	if m, err := strconv.Atoi(os.Getenv("GANLAN_BENCH_LOANS")); err == nil {
		n = m
	}
	paths := countyFiles(b, n)
	f := folder990783("by-contract", workloadScheme(b))
	for _, kind := range storetest.Kinds {
		b.Run(kind, func(b *testing.B) {
			d := countyDesk(b, kind, f)
			if _, err := d.FactsImport(b.Context(), officer, fromDisk(b, paths)); err != nil {
				b.Fatal(err)
			}
			in := wanted(b, f.ID)
			in.Simulate = true
			r := ran(b, d, in)
			numbers := contractsOf(b, d, r.ID)
			random := rand.New(rand.NewPCG(7, 7))
			var took []time.Duration
			b.ResetTimer()
			for range b.N {
				for range 2000 {
					no, began := numbers[random.IntN(len(numbers))], time.Now()
					if _, err := d.RunExplain(b.Context(), countyHandler, r.ID, no); err != nil {
						b.Fatal(err)
					}
					took = append(took, time.Since(began))
				}
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "ms/median")
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "ms/p99")
			b.ReportMetric(float64(len(numbers)), "loans")
		})
	}
}

func contractsOf(b *testing.B, d *Desk, run int64) (out []string) {
	b.Helper()
	err := d.DB.Look(b.Context(), d.Clock(), func(tx *store.Tx) error {
		return store.EachRunRow(b.Context(), tx, run, func(x *store.RunRow) error { out = append(out, x.Contract); return nil })
	})
	if err != nil {
		b.Fatal(err)
	}
	return out
}
