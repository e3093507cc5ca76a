package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"ganlan/internal/demo"
	"ganlan/internal/seal"
	"ganlan/internal/storetest"
	"time"
)

// What `ganlan demo` says to look at next works as it stands, as processes of their own, on both databases.
func TestTheDemosCountyIsWellAndWhatItSaysToLookAtWorks(t *testing.T) {
	bin := program(t)
	storetest.Each(t, func(t *testing.T, url string) {
		dir := filepath.Join(t.TempDir(), "an invented county")
		args := []string{"demo", "--seed", "3", "--households", "50", "--data", dir, "--once", "--json", "--quiet"}
		if url != "" {
			args = append(args, "--db", url)
		}
		out, err := exec.Command(bin, args...).Output()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		var said struct {
			County demo.County
			Next   []look
		}
		if err := json.Unmarshal(out, &said); err != nil || len(said.Next) < 2 || len(said.County.SignIn) < 20 {
			t.Fatalf("%v\n%s", err, out)
		}
		for _, l := range said.Next {
			cmd := exec.Command("sh", "-ec", l.Command)
			cmd.Env = os.Environ()
			if l.As != "" {
				cmd.Env = append(cmd.Env, signsIn(t, &said.County, l.As)...)
			}
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%s: %v\n%s", l.Command, err, out)
			}
		}
		if out, err := exec.Command(bin, args...).CombinedOutput(); err == nil || !strings.Contains(string(out), "DEMO_FOLDER_TAKEN") {
			t.Errorf("a second county in the folder: %v\n%s", err, out)
		}
	})
}

// signsIn is what the demo printed for one of its people, as the program takes it from a script.
func signsIn(t *testing.T, x *demo.County, login string) []string {
	t.Helper()
	for _, p := range x.SignIn {
		if p.Login != login {
			continue
		}
		code, err := seal.TimeCode(p.Secret, time.Now())
		if err != nil {
			t.Fatal(err)
		}
		return []string{"GANLAN_PASSWORD=" + p.Password, "GANLAN_TIME_CODE=" + code}
	}
	t.Fatalf("nobody told how %s signs in", login)
	return nil
}
