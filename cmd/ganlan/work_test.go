package main

import (
	"bufio"
	"encoding/json"
	"io"
	"net/http"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"ganlan/internal/queue"
	"ganlan/internal/storetest"
)

// service is the program at work, with its log.
type service struct {
	*exec.Cmd
	log *bufio.Scanner
}

func (p place) works(t *testing.T, bin string) *service {
	t.Helper()
	s := &service{Cmd: exec.Command(bin, p.args("work", "--metrics", "127.0.0.1:0")...)}
	out, err := s.StderrPipe()
	must(t, err)
	must(t, s.Start())
	t.Cleanup(func() { _ = s.Process.Kill(); _ = s.Wait() })
	s.log = bufio.NewScanner(out)
	return s
}

// says reads the log until a line with a message, and fails on one that is no JSON.
func (s *service) says(t *testing.T, message string) map[string]any {
	t.Helper()
	for s.log.Scan() {
		var line map[string]any
		if err := json.Unmarshal(s.log.Bytes(), &line); err != nil {
			t.Fatalf("%v in %s", err, s.log.Text())
		}
		if line["msg"] == message {
			return line
		}
	}
	t.Fatalf("the log ends before %q", message)
	return nil
}

// jobOf is the job that a command answers with.
func (p place) jobOf(t *testing.T, bin string, command ...string) queue.Job {
	t.Helper()
	out, err := exec.Command(bin, p.args(append(command, "--json")...)...).Output()
	if err != nil {
		t.Fatalf("%v: %v", command, err)
	}
	var got struct{ Job queue.Job }
	must(t, json.Unmarshal(out, &got))
	return got.Job
}

// refused is the code of a command's only fault.
func (p place) refused(t *testing.T, bin string, command ...string) string {
	t.Helper()
	out, err := exec.Command(bin, p.args(append(command, "--json")...)...).CombinedOutput()
	var got struct{ Faults []struct{ Code string } }
	if e := json.Unmarshal(out, &got); err == nil || e != nil || len(got.Faults) != 1 {
		t.Fatalf("%v: %v\n%s", command, err, out)
	}
	return got.Faults[0].Code
}

func TestTheServiceWorksJobsTellsItsNumbersAndStopsWhenAsked(t *testing.T) {
	bin := program(t)
	storetest.Each(t, func(t *testing.T, url string) {
		p := place{filepath.Join(t.TempDir(), "data"), url}
		must(t, exec.Command(bin, p.args("init", "--quiet")...).Run())
		s := p.works(t, bin)
		address := s.says(t, "metrics")["address"].(string)
		s.says(t, "working")
		if url == "" {
			if got := p.refused(t, bin, "work"); got != "WORKER_RUNNING" {
				t.Error(got)
			}
		}
		j := p.jobOf(t, bin, "job", "check", "--wait")
		if j.State != "done" || j.Kind != "integrity" {
			t.Errorf("%+v", j)
		}
		id := strconv.FormatInt(j.ID, 10)
		if got := p.jobOf(t, bin, "job", "show", id); got.StepsDone != j.Steps {
			t.Errorf("%+v", got)
		}
		if got := p.refused(t, bin, "job", "cancel", id); got != "JOB_ENDED" {
			t.Error(got)
		}
		if got := p.refused(t, bin, "job", "show", "1"); got != "JOB_UNKNOWN" {
			t.Error(got)
		}
		answer, err := http.Get("http://" + address + "/metrics")
		must(t, err)
		defer answer.Body.Close()
		body, err := io.ReadAll(answer.Body)
		must(t, err)
		for _, want := range []string{`ganlan_jobs{kind="integrity",state="done"}`, "ganlan_queue_age_seconds ", "ganlan_heartbeat_age_seconds{", "ganlan_audit_entries_total ",
			"ganlan_build_info{", "ganlan_database_up 1"} {
			if !strings.Contains(string(body), want) {
				t.Errorf("no %s among the metrics", want)
			}
		}
		must(t, s.Process.Signal(syscall.SIGTERM))
		for s.log.Scan() {
			if !json.Valid(s.log.Bytes()) {
				t.Errorf("a line of the log is no JSON: %s", s.log.Text())
			}
		}
		if err := s.Wait(); err != nil {
			t.Errorf("asked to stop: %v", err)
		}
	})
}
