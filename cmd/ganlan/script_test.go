package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"ganlan/form"
	"ganlan/internal/seal"
	"ganlan/internal/storetest"
)

// TestMain makes ganlan a program of the scripts, and cells, which prints the cells of a workbook; clerk, limited and
// cramped are of the fault campaign.
func TestMain(m *testing.M) {
	testscript.Main(suite{m}, map[string]func(){
		"clerk":    func() { os.Exit(clerk(os.Args[1:])) },
		"limited":  func() { os.Exit(limited(os.Args[1:])) },
		"cramped":  func() { os.Exit(cramped(os.Args[1:])) },
		"ganlan":   func() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) },
		"cells":    func() { os.Exit(printCells(os.Args[1])) },
		"timecode": func() { os.Exit(printTimeCode(os.Args[1], os.Args[2])) },
	})
}

// suite cleans up after all tests.
type suite struct{ *testing.M }

func (s suite) Run() int {
	var err error
	if buildDir, err = os.MkdirTemp("", "ganlan-built-"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(buildDir)
	defer storetest.Stop()
	return s.M.Run()
}

var update = flag.Bool("update", false, "write the wanted files of the scripts anew")

// TestTheCommandsDoWhatTheScriptsSay runs testdata/script; each begins with the small set in its folder.
func TestTheCommandsDoWhatTheScriptsSay(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/script",
		UpdateScripts: *update,
		Setup:         func(e *testscript.Env) error { return os.CopyFS(e.WorkDir, os.DirFS("testdata/small")) },
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"code": code, "replace": replace, "nothing-left": nothingLeft, "keep": keep, "person": person,
		},
	})
}

// code N program args… runs a program that must end with the exit code N.
func code(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	var failed *exec.ExitError
	switch err := ts.Exec(args[1], args[2:]...); {
	case errors.As(err, &failed):
		got = failed.ExitCode()
	case err != nil:
		ts.Fatalf("%v", err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// keep NAME REGEXP puts what the expression's group matched in the last output into a variable.
func keep(ts *testscript.TestScript, _ bool, args []string) {
	found := regexp.MustCompile(args[1]).FindStringSubmatch(ts.ReadFile("stdout"))
	if found == nil {
		ts.Fatalf("%s is not in the output", args[1])
	}
	ts.Setenv(args[0], found[1])
}

// person LOGIN FIRST NAME takes the first password of an account (in the variable FIRST), as its owner would: changes it, sets up
// the second factor, signs in. NAME is the variable that gets the session.
func person(ts *testscript.TestScript, _ bool, args []string) {
	login, password := args[0], "Blue-kettle-7"
	ganlan := func(command ...string) {
		ts.Check(ts.Exec("ganlan", append(command, "--data", "county", "--as", login)...))
	}
	code := func(secret string, steps time.Duration) string {
		c, err := seal.TimeCode(secret, time.Now().Add(steps*30*time.Second))
		ts.Check(err)
		return c
	}
	ts.Setenv("GANLAN_SESSION", "")
	ts.Setenv("GANLAN_TIME_CODE", "")
	ts.Setenv("GANLAN_PASSWORD", ts.Getenv(args[1]))
	ts.Setenv("GANLAN_NEW_PASSWORD", password)
	ganlan("user", "password")
	ts.Setenv("GANLAN_PASSWORD", password)
	ganlan("user", "factor", "--json")
	keep(ts, false, []string{"SECRET", `"secret": "(.*)"`})
	ts.Setenv("GANLAN_FIRST_CODE", code(ts.Getenv("SECRET"), 0))
	ganlan("user", "factor", "--confirm")
	ts.Setenv("GANLAN_TIME_CODE", code(ts.Getenv("SECRET"), 1))
	ganlan("user", "sign-in")
	keep(ts, false, []string{args[2], "export GANLAN_SESSION=(.*)"})
}

// printTimeCode prints the code of a secret now, or some steps later.
func printTimeCode(secret, steps string) int {
	n, err := strconv.Atoi(steps)
	code, err2 := seal.TimeCode(secret, time.Now().Add(time.Duration(n)*30*time.Second))
	if err != nil || err2 != nil {
		return 1
	}
	fmt.Println(code)
	return 0
}

// replace FILE OLD NEW changes the first place of a file; \n is a line end.
func replace(ts *testscript.TestScript, _ bool, args []string) {
	line := strings.NewReplacer(`\n`, "\n").Replace
	text, old := ts.ReadFile(args[0]), line(args[1])
	if !strings.Contains(text, old) {
		ts.Fatalf("%s does not hold %q", args[0], old)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Replace(text, old, line(args[2]), 1)), 0o600))
}

// nothing-left fails when a run left a folder in the making behind.
func nothingLeft(ts *testscript.TestScript, _ bool, _ []string) {
	left, err := filepath.Glob(ts.MkAbs(".*" + partMark + "*"))
	ts.Check(err)
	if len(left) > 0 {
		ts.Fatalf("left behind: %v", left)
	}
}

func printCells(name string) int {
	file, err := os.Open(name)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer file.Close()
	st, err := file.Stat()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	book, err := form.Open(file, st.Size(), form.Limits{})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer book.Close()
	for _, sheet := range book.Sheets() {
		_, err := book.Read(sheet, func(_ int, cells []string) bool {
			fmt.Println(strings.ReplaceAll(strings.Join(cells, "|"), "\n", " "))
			return true
		})
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
	}
	return 0
}
