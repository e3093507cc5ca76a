// Package storetest gives tests a fresh database of each kind: a SQLite file, and a database in a throw-away PostgreSQL that
// the tests start themselves. It is used by tests alone; it installs PostgreSQL where it is missing and may, and fails where
// it may not: no test is left out in silence.
package storetest

import (
	"bytes"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// Kinds are both databases.
var Kinds = []string{"sqlite", "postgres"}

// URL is the address of a fresh database of a kind; empty for SQLite, which is the file in dir.
func URL(t testing.TB, kind string) string {
	t.Helper()
	if kind == "sqlite" {
		return ""
	}
	return cluster(t).fresh(t, "")
}

// Copy is the address of a PostgreSQL database that begins as a copy of another one, to which nobody is connected.
func Copy(t testing.TB, of string) string {
	t.Helper()
	return cluster(t).fresh(t, " template "+nameIn(of))
}

// Connections is how many programs are connected to a PostgreSQL database.
func Connections(t testing.TB, url string) int {
	t.Helper()
	n, err := strconv.Atoi(cluster(t).psql(t, "postgres", "select count(*) from pg_stat_activity where datname = '"+nameIn(url)+"'"))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// Disconnect ends all connections to a PostgreSQL database.
func Disconnect(t testing.TB, url string) {
	t.Helper()
	cluster(t).psql(t, "postgres", "select pg_terminate_backend(pid) from pg_stat_activity where datname = '"+nameIn(url)+"'")
}

// Crash kills the PostgreSQL server with all its databases in the middle of whatever it does, and starts it again.
func Crash(t testing.TB) {
	t.Helper()
	if err := cluster(t).crash(); err != nil {
		t.Fatal(err)
	}
}

func (s *server) crash() error {
	data, err := os.ReadFile(filepath.Join(s.dir, "postmaster.pid"))
	if err != nil {
		return err
	}
	line, _, _ := strings.Cut(string(data), "\n")
	pid, err := strconv.Atoi(line)
	if err != nil {
		return err
	}
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		return err
	}
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		if err = s.begin(); err == nil || time.Now().After(deadline) { // its children must notice first
			return err
		}
	}
}

// nameIn is the database's name in an address of ours.
func nameIn(url string) string {
	_, name, _ := strings.Cut(strings.TrimPrefix(url, "postgres://"), "/")
	name, _, _ = strings.Cut(name, "?")
	return name
}

// fresh makes a database that is dropped with the test.
func (s *server) fresh(t testing.TB, with string) string {
	t.Helper()
	name := fmt.Sprintf("t%d", time.Now().UnixNano())
	s.psql(t, "postgres", "create database "+name+with)
	t.Cleanup(func() { s.psql(t, "postgres", "drop database if exists "+name+" with (force)") })
	return fmt.Sprintf("postgres://ganlan@127.0.0.1:%d/%s?sslmode=disable", s.port, name)
}

// Locked is the address of the same database for a role that needs a password, with the password given.
func Locked(t testing.TB, of, password string) string {
	t.Helper()
	c := cluster(t)
	c.psql(t, "postgres", "do $$ begin create role locked login superuser password 'right'; exception when duplicate_object then null; end $$")
	return strings.Replace(of, "ganlan@", "locked:"+password+"@", 1)
}

// Unordered is the address of a fresh PostgreSQL database that does not compare texts byte by byte, as offices make them.
func Unordered(t testing.TB) string {
	t.Helper()
	c := cluster(t)
	name := fmt.Sprintf("u%d", time.Now().UnixNano())
	c.psql(t, "postgres", "create database "+name+" template template0 locale_provider icu icu_locale 'en-US'")
	t.Cleanup(func() { c.psql(t, "postgres", "drop database "+name+" with (force)") })
	return fmt.Sprintf("postgres://ganlan@127.0.0.1:%d/%s?sslmode=disable", c.port, name)
}

// Each runs a test on both kinds.
func Each(t *testing.T, test func(t *testing.T, url string)) {
	t.Helper()
	for _, k := range Kinds {
		t.Run(k, func(t *testing.T) { test(t, URL(t, k)) })
	}
}

// server is a throw-away PostgreSQL of one test program.
type server struct {
	bin, dir string
	port     int
	as       *syscall.Credential // PostgreSQL does not run as root
}

var (
	once    sync.Once
	running *server
	failed  error
)

func cluster(t testing.TB) *server {
	t.Helper()
	once.Do(func() { running, failed = start() })
	if failed != nil {
		t.Fatal(failed)
	}
	return running
}

// Stop ends the throw-away server; a TestMain calls it last.
func Stop() {
	if running != nil {
		_ = running.run(running.bin+"/pg_ctl", "-D", running.dir, "-m", "immediate", "-w", "stop")
		_ = os.RemoveAll(filepath.Dir(running.dir))
	}
}

func start() (*server, error) {
	bin, err := programs()
	if err != nil {
		return nil, err
	}
	root, err := os.MkdirTemp("", "ganlan-pg-")
	if err != nil {
		return nil, err
	}
	s := &server{bin: bin, dir: filepath.Join(root, "data")}
	if os.Getuid() == 0 {
		if s.as, err = ordinary(); err != nil {
			return nil, err
		}
		if err := os.Chown(root, int(s.as.Uid), int(s.as.Gid)); err != nil {
			return nil, err
		}
		if err := os.Chmod(root, 0o755); err != nil {
			return nil, err
		}
	}
	if s.port, err = freePort(); err != nil {
		return nil, err
	}
	if err := s.run(bin+"/initdb", "-D", s.dir, "-U", "ganlan", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"); err != nil {
		return nil, err
	}
	if err := s.run("/bin/sh", "-c", `sed -i '1i host all locked 127.0.0.1/32 scram-sha-256' "$0/pg_hba.conf"`, s.dir); err != nil {
		return nil, err
	}
	return s, s.begin()
}

// begin starts the server and waits until it answers.
func (s *server) begin() error {
	root := filepath.Dir(s.dir)
	opts := fmt.Sprintf("-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories=%s -c fsync=off -c max_connections=200", s.port, root)
	return s.run(s.bin+"/pg_ctl", "-D", s.dir, "-o", opts, "-l", filepath.Join(root, "log"), "-w", "start")
}

// programs is the folder of PostgreSQL's programs; Debian's package is installed when it is missing and we may.
func programs() (string, error) {
	if dir := installed(); dir != "" {
		return dir, nil
	}
	if os.Getuid() == 0 {
		cmd := exec.Command("apt-get", "install", "-y", "--no-install-recommends", "postgresql")
		cmd.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
		if out, err := cmd.CombinedOutput(); err != nil {
			return "", fmt.Errorf("installing postgresql: %w\n%s", err, out)
		}
	}
	if dir := installed(); dir != "" {
		return dir, nil
	}
	return "", fmt.Errorf("PostgreSQL is needed for this test: install the package postgresql")
}

func installed() string {
	all, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	best, bestVersion := "", 0
	for _, p := range all {
		if v, _ := strconv.Atoi(strings.Split(p, "/")[4]); v > bestVersion {
			best, bestVersion = filepath.Dir(p), v
		}
	}
	if best == "" {
		if p, err := exec.LookPath("initdb"); err == nil {
			best = filepath.Dir(p)
		}
	}
	return best
}

func ordinary() (*syscall.Credential, error) {
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
	}
	return nil, fmt.Errorf("no ordinary account to run PostgreSQL as")
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

func (s *server) run(name string, args ...string) error {
	var out bytes.Buffer
	cmd := exec.Command(name, args...)
	cmd.Stdout, cmd.Stderr, cmd.Dir = &out, &out, "/"
	if s.as != nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: s.as}
	}
	if strings.HasSuffix(name, "pg_ctl") { // its server would keep our pipe open
		cmd.Stdout, cmd.Stderr = nil, nil
	}
	if err := cmd.Run(); err != nil {
		log, _ := os.ReadFile(filepath.Join(filepath.Dir(s.dir), "log"))
		return fmt.Errorf("%s: %w\n%s%s", filepath.Base(name), err, out.String(), log)
	}
	return nil
}

func (s *server) psql(t testing.TB, db, command string) string {
	t.Helper()
	out, err := exec.Command(s.bin+"/psql", "-h", "127.0.0.1", "-p", strconv.Itoa(s.port), "-U", "ganlan", "-d", db, "-qAtc", command).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", command, err, out)
	}
	return strings.TrimSpace(string(out))
}
