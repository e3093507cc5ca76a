package main

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"ganlan/internal/auth"
	"ganlan/internal/desk"
	"ganlan/internal/storetest"
)

// A kill at any moment leaves a data folder in which everything agrees, and either the whole import or nothing of it.
func TestAKillAtAnyMomentOfAnImportLeavesAllOfItOrNothing(t *testing.T) {
	defer storetest.Stop()
	const contracts = 1500
	bin, files := program(t), county(t, contracts)
	storetest.Each(t, func(t *testing.T, url string) {
		dir := t.TempDir()
		args := []string{"--data", dir}
		if url != "" {
			args = append(args, "--db", url)
		}
		if out, err := exec.Command(bin, append([]string{"init"}, args...)...).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		kept := func(org int64) (n int) {
			d, err := desk.Open(t.Context(), dir, url)
			if err != nil {
				t.Fatal(err)
			}
			defer d.Close()
			if bad := d.Invariants(t.Context()); len(bad) > 0 {
				t.Fatal(bad)
			}
			who := desk.AtConsole("test", auth.BankOfficer, org, "990783")
			if err := d.FactsKnown(t.Context(), who, time.Now(), func(desk.Fact) error { n++; return nil }); err != nil {
				t.Fatal(err)
			}
			return n
		}
		begin := func(org string) *exec.Cmd {
			cmd := exec.Command(bin, append([]string{"facts", "import", "--area", "990783", "--org", org, "--quiet", "--contracts", filepath.Join(files, "contracts.csv"),
				"--ledger", filepath.Join(files, "ledger.csv")}, args...)...)
			cmd.Env = append(os.Environ(), "TMPDIR="+t.TempDir())
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			return cmd
		}
		begun := time.Now()
		if err := begin("1").Wait(); err != nil || kept(1) != contracts {
			t.Fatalf("undisturbed: %v", err)
		}
		takes := time.Since(begun)
		random := rand.New(rand.NewPCG(3, 4))
		for range 6 {
			cmd := begin("2")
			time.Sleep(time.Duration(random.Int64N(int64(takes))))
			_ = cmd.Process.Kill()
			acknowledged := cmd.Wait() == nil
			switch n := kept(2); {
			case n == contracts:
				return // the import after this would be refused as the same
			case n != 0 || acknowledged:
				t.Fatalf("%d contracts of %d are kept, acknowledged %v", n, contracts, acknowledged)
			}
		}
		if err := begin("2").Wait(); err != nil || kept(2) != contracts {
			t.Errorf("after the kills: %v", err)
		}
	})
}
