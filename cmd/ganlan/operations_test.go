package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"ganlan/internal/seal"
)

// operations are the pages for whoever runs the program. A block after «root» needs root: the shell reads it, and the
// program's switches in it must be known. All other commands are run, one after another, in one data folder.
var operations = []string{"operations.md", "operations.zh-CN.md"}

func TestTheCommandsOfOperationsWorkOneAfterAnother(t *testing.T) {
	for _, name := range operations {
		t.Run(name, func(t *testing.T) {
			page, err := os.ReadFile(filepath.Join("../../docs", name))
			if err != nil {
				t.Fatal(err)
			}
			o := newOperator(t)
			for _, b := range blocks(string(page)) {
				if b.language != "sh" {
					continue
				}
				do := o.follow
				if b.mark == "root" {
					do = readOnly
				}
				if err := do(b.text); err != nil {
					t.Errorf("%s:%d: %v", name, b.line, err)
				}
			}
			if o.ran < 10 {
				t.Errorf("only %d commands run: is the search still right?", o.ran)
			}
		})
	}
}

// operator is a person who follows a page at a terminal: types the secrets that were shown, and reads codes off a telephone.
type operator struct {
	env     []string
	dir     string
	setup   string
	people  map[string]*holder
	ran     int
	another int
}

// holder is somebody with an account. step is the last time code that was used.
type holder struct {
	password, secret string
	confirmed        bool
	step             int64
}

func newOperator(t *testing.T) *operator {
	t.Helper()
	dir := t.TempDir()
	return &operator{dir: dir, env: append(os.Environ(), "GANLAN_DATA="+filepath.Join(dir, "data"), "GANLAN_LANG=zh"), people: map[string]*holder{}}
}

var (
	evaluated = regexp.MustCompile(`^eval "\$\((.*)\)"$`)
	assigned  = regexp.MustCompile(`^(\w+)=\$\((.*)\)$`)
	asWhom    = regexp.MustCompile(`--as (\S+)`)
	shown     = []*regexp.Regexp{regexp.MustCompile(`一次性设置码.*：(\S+)`), regexp.MustCompile(`(\S+) 的初始密码.*：(\S+)`), regexp.MustCompile(`密钥（只显示这一次）：(\S+)`)}
)

func (o *operator) follow(script string) error {
	for _, line := range strings.Split(strings.ReplaceAll(script, "\\\n", " "), "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, command := "", line
		if m := evaluated.FindStringSubmatch(line); m != nil {
			command = m[1]
		} else if m := assigned.FindStringSubmatch(line); m != nil {
			name, command = m[1], m[2]
		}
		out, err := o.run(command)
		if err != nil {
			return fmt.Errorf("%s: %w", line, err)
		}
		if name != "" {
			out = "export " + name + "=" + out
		}
		o.keep(out)
	}
	return nil
}

// keep does with what a command printed for the shell what the shell would.
func (o *operator) keep(said string) {
	for _, line := range strings.Split(said, "\n") {
		if set, ok := strings.CutPrefix(line, "export "); ok {
			o.env = append(o.env, set)
		}
		if name, ok := strings.CutPrefix(line, "unset "); ok {
			o.env = slices.DeleteFunc(o.env, func(s string) bool { return strings.HasPrefix(s, name+"=") })
		}
	}
}

// run runs one command, with what it asks for in its environment.
func (o *operator) run(command string) (string, error) {
	var stdout, stderr bytes.Buffer
	cmd := exec.Command("sh", "-ec", command)
	cmd.Dir, cmd.Stdout, cmd.Stderr = o.dir, &stdout, &stderr
	login, secrets, err := o.secrets(command)
	if err != nil {
		return "", err
	}
	cmd.Env = append(o.env, secrets...)
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("%w\n%s%s", err, &stdout, &stderr)
	}
	o.ran++
	o.remember(login, command, stdout.String())
	return stdout.String(), nil
}

// secrets are what a command asks for.
func (o *operator) secrets(command string) (login string, env []string, err error) {
	env = []string{"GANLAN_SETUP_CODE=" + o.setup}
	m := asWhom.FindStringSubmatch(command)
	if m == nil {
		return "", env, nil
	}
	p := o.people[m[1]]
	if p == nil {
		return "", nil, fmt.Errorf("nobody told the password of %s", m[1])
	}
	code, first := "", ""
	if p.confirmed {
		code, err = p.code()
	}
	if strings.Contains(command, "--confirm") {
		first, err = p.code()
	}
	return m[1], append(env, "GANLAN_PASSWORD="+p.password, "GANLAN_TIME_CODE="+code, "GANLAN_FIRST_CODE="+first, "GANLAN_NEW_PASSWORD="+o.next()), err
}

// next is the password that a person thinks of next.
func (o *operator) next() string { return fmt.Sprintf("Blue-kettle-%d", o.another) }

// code is the first time code that was not used: clocks may differ by one step, so that three are good at any moment.
func (p *holder) code() (string, error) {
	now := time.Now().Unix() / 30
	if p.step = max(p.step+1, now-1); p.step > now+1 {
		return "", fmt.Errorf("the page uses more time codes of one person than half a minute has")
	}
	return seal.TimeCode(p.secret, time.Unix(p.step*30, 0))
}

// remember keeps what was shown or done.
func (o *operator) remember(login, command, out string) {
	if m := shown[0].FindStringSubmatch(out); m != nil {
		o.setup = m[1]
	}
	for _, m := range shown[1].FindAllStringSubmatch(out, -1) {
		o.people[m[1]] = &holder{password: m[2]}
	}
	p := o.people[login]
	if m := shown[2].FindStringSubmatch(out); m != nil {
		p.secret = m[1]
	}
	switch {
	case strings.Contains(command, "--confirm"):
		p.confirmed = true
	case strings.Contains(command, "user password"):
		p.password = o.next()
		o.another++
	}
}

// readOnly looks whether a shell can read the commands, and whether the program knows its own among them.
func readOnly(script string) error {
	if out, err := exec.Command("sh", "-nc", script).CombinedOutput(); err != nil {
		return fmt.Errorf("%w\n%s", err, out)
	}
	for _, line := range strings.Split(strings.ReplaceAll(script, "\\\n", " "), "\n") {
		if err := known(line); err != nil {
			return err
		}
	}
	return nil
}

var (
	ours   = regexp.MustCompile("(?:^|bin/|-u ganlan )ganlan ([a-z][^|&;'\"]*)")
	filled = regexp.MustCompile("\"?\\$(\\w+|\\([^)]*\\))\"?") // by the shell
)

// known asks the program whether it has the command and the switches of a line.
func known(line string) error {
	m := ours.FindStringSubmatch(filled.ReplaceAllString(line, "x"))
	if m == nil {
		return nil
	}
	var out bytes.Buffer
	if code := run(append(strings.Fields(m[1]), "--help"), &out, &out); code != exitOK {
		return fmt.Errorf("%s: %s", m[0], &out)
	}
	return nil
}

// The units call the program by commands and switches that it has, as a user of their own, without rights and without a network
// but the machine's (GB/T 22239-2019 8.1.4.2 d).
func TestTheUnitsAreClosedAndCallCommandsThatExist(t *testing.T) {
	for _, name := range []string{"ganlan.service", "ganlan-backup.service"} {
		unit, err := os.ReadFile(filepath.Join("../../docs/systemd", name))
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"User=ganlan", "ProtectSystem=strict", "NoNewPrivileges=yes", "CapabilityBoundingSet=\n", "IPAddressDeny=any", "UMask=0077", "LimitCORE=0"} {
			if !strings.Contains(string(unit), want) {
				t.Errorf("%s lacks %s", name, want)
			}
		}
		for _, line := range strings.Split(string(unit), "\n") {
			for _, command := range strings.Split(strings.TrimPrefix(line, "ExecStart="), ";") {
				if err := known(command); err != nil && strings.HasPrefix(line, "ExecStart=") {
					t.Errorf("%s: %v", name, err)
				}
			}
		}
	}
}

// Every class of fault that the pages explain is one that the program has.
func TestTheFaultsThatOperationsExplainExist(t *testing.T) {
	all, err := os.ReadFile("../../docs/reasons-and-faults.md")
	if err != nil {
		t.Fatal(err)
	}
	code := regexp.MustCompile("`([A-Z]+(?:_[A-Z]+)+)`")
	for _, name := range operations {
		page, err := os.ReadFile(filepath.Join("../../docs", name))
		if err != nil {
			t.Fatal(err)
		}
		found := 0
		for _, m := range code.FindAllStringSubmatch(string(page), -1) {
			if strings.HasPrefix(m[1], "GANLAN_") {
				continue
			}
			if found++; !strings.Contains(string(all), m[1]) {
				t.Errorf("%s explains %s, which is not there", name, m[1])
			}
		}
		if found < 20 {
			t.Errorf("%s explains only %d faults: is the search still right?", name, found)
		}
	}
}

func TestBothLanguagesOfOperationsGiveTheSameCommands(t *testing.T) {
	var all [2][]string
	for i, name := range operations {
		page, err := os.ReadFile(filepath.Join("../../docs", name))
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range blocks(string(page)) {
			all[i] = append(all[i], b.mark+"\n"+b.text)
		}
	}
	if !slices.Equal(all[0], all[1]) {
		t.Errorf("%q\nand %q", all[0], all[1])
	}
}
