package main

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"ganlan/internal/storetest"
)

// The people of a county do the same on PostgreSQL; nothing but the address differs.
func TestTheRecordIsKeptOnPostgresAsOnSQLite(t *testing.T) {
	url := storetest.URL(t, "postgres")
	testscript.Run(t, testscript.Params{
		Files: []string{"testdata/script/record.txtar"},
		Setup: func(e *testscript.Env) error {
			e.Setenv("GANLAN_DB", url)
			return os.CopyFS(e.WorkDir, os.DirFS("testdata/small"))
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"code": code, "replace": replace, "keep": keep, "person": person},
	})
}
