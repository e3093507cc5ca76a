package main

import (
	"math/rand/v2"
	"path/filepath"
	"sync"
	"syscall"
	"testing"

	"ganlan/internal/desk"
	"ganlan/internal/storetest"
)

// While the service runs, and while two imports write at once, every other command works in a process of its own.
func TestEveryCommandWorksBesideTheServiceAndTwoImports(t *testing.T) {
	for _, kind := range storetest.Kinds {
		t.Run(kind, func(t *testing.T) {
			o := newOffice(t, kind)
			c := &campaign{T: t, Rand: rand.New(rand.NewPCG(1, 1)), office: o, place: o.base}
			service := c.start(c.args("work")...)
			defer func() { _ = service.Process.Kill() }()
			var others sync.WaitGroup
			for _, org := range []string{"1", "2"} {
				files := c.files(400, uint64(org[0]))
				importing := c.start(c.args("facts", "import", "--area", programmeArea, "--org", org, "--quiet", "--contracts", filepath.Join(files, "contracts.csv"),
					"--ledger", filepath.Join(files, "ledger.csv"))...)
				others.Go(func() {
					if err := importing.Wait(); err != nil {
						t.Errorf("%v\n%s", err, &importing.err)
					}
				})
			}
			file := filepath.Join(t.TempDir(), "backup")
			for _, command := range [][]string{{"doctor"}, {"audit", "verify"}, {"backup", "--to", file}, {"config", "list"}, {"key", "list"}, {"job", "list"}} {
				c.whole(c.args(command...)...)
			}
			others.Wait()
			c.check(file, desk.KeyFile(c.dir))
			c.refused("STORE_LOCKED", c.args("key", "rotate", "--master")...)
			if err := service.Process.Signal(syscall.SIGTERM); err != nil {
				t.Fatal(err)
			}
			if err := service.Wait(); err != nil {
				t.Errorf("the service ended: %v\n%s", err, &service.err)
			}
			c.whole(c.args("key", "rotate", "--master")...)
			c.look(c.place)
		})
	}
}
