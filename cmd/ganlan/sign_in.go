package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"golang.org/x/term"

	"ganlan/fault"
	"ganlan/internal/auth"
	"ganlan/internal/desk"
)

// signFlags are the switches of commands that a person with an account runs. Secrets are no arguments: other users of the
// machine can read these.
type signFlags struct {
	dataFlags
	As string `help:"Login of who acts; not needed after ganlan user sign-in. The password and the time code are asked on the terminal; a script gives them in GANLAN_PASSWORD and GANLAN_TIME_CODE, or as lines of --secrets. Each time code works once." placeholder:"LOGIN"`
	secretFlags
}

type secretFlags struct {
	Secrets int `help:"Number of an open file descriptor that holds the secrets, one a line in the order in which they are asked for." placeholder:"N"`

	lines *bufio.Scanner
}

// secret asks for a secret: from the descriptor, the environment, or a person at a terminal.
func (f *secretFlags) secret(g *globals, env, zh, en string) (string, error) {
	if f.Secrets != 0 {
		if f.lines == nil {
			f.lines = bufio.NewScanner(os.NewFile(uintptr(f.Secrets), "secrets"))
		}
		if f.lines.Scan() {
			return strings.TrimSuffix(f.lines.Text(), "\r"), nil
		}
		return "", errors.Join(faultNoSecret.New().Set("what", g.say(zh, en)).Set("env", env), f.lines.Err())
	}
	if s, ok := os.LookupEnv(env); ok {
		return s, nil
	}
	if !term.IsTerminal(int(os.Stdin.Fd())) {
		return "", exit(exitUsage, faultNoSecret.New().Set("what", g.say(zh, en)).Set("env", env))
	}
	fmt.Fprintf(g.err, "%s: ", g.say(zh, en))
	s, err := term.ReadPassword(int(os.Stdin.Fd()))
	fmt.Fprintln(g.err)
	return string(s), err
}

func (f *signFlags) credentials(g *globals) (c desk.Credentials, err error) {
	c = desk.Credentials{Login: f.As, Origin: "console"}
	if c.Password, err = f.secret(g, "GANLAN_PASSWORD", "密码", "password"); err != nil {
		return c, err
	}
	c.Code, err = f.secret(g, "GANLAN_TIME_CODE", "动态口令（没有则留空）", "time code (empty when there is none)")
	return c, err
}

// sessionEnv holds the token of a sign-in that several commands share.
const sessionEnv = "GANLAN_SESSION"

// asked reports whether somebody with an account acts: one who signs in now, or did before.
func (f *signFlags) asked() bool { return f.As != "" || os.Getenv(sessionEnv) != "" }

// signed opens the data folder, signs in, does, and signs out; or does as whoever signed in before.
func (f *signFlags) signed(g *globals, do func(context.Context, *desk.Desk, auth.Actor) error) error {
	if !f.asked() {
		return exit(exitUsage, faultNobody.New())
	}
	return f.with(func(ctx context.Context, d *desk.Desk) error {
		if f.As == "" {
			who, err := d.Resume(ctx, os.Getenv(sessionEnv))
			if err != nil {
				return err
			}
			return do(ctx, d, who)
		}
		s, err := f.signIn(ctx, g, d)
		if err != nil {
			return err
		}
		return errors.Join(do(ctx, d, s.Actor), d.SignOut(context.WithoutCancel(ctx), s.Token))
	})
}

func (f *signFlags) signIn(ctx context.Context, g *globals, d *desk.Desk) (s desk.SignedIn, err error) {
	c, err := f.credentials(g)
	if err != nil {
		return s, err
	}
	if s, err = d.SignIn(ctx, c); err == nil && s.MustChange {
		fmt.Fprintln(g.err, g.say("密码须先更改：ganlan user password", "The password must be changed first: ganlan user password"))
	}
	return s, err
}

// readFlags are the switches of commands that only look: whoever is at the machine may look at an area's records without an
// account, and never sees a whole number.
type readFlags struct {
	signFlags
	Area string `help:"Area that the person at the console looks at, without an account." placeholder:"CODE"`
}

// reading does as whoever signs in or did before, else as an auditor of the area at the console.
func (f *readFlags) reading(g *globals, do func(context.Context, *desk.Desk, auth.Actor) error) error {
	if f.Area == "" || f.asked() {
		return f.signed(g, do)
	}
	return f.with(func(ctx context.Context, d *desk.Desk) error {
		return do(ctx, d, desk.AtConsole(consoleLogin(), auth.Auditor, 0, f.Area))
	})
}

// knownFlags are the switch of commands that ask what was known in the past.
type knownFlags struct {
	At string `help:"As known then: a day (at its end) or a time, in Beijing; now without." placeholder:"TIME"`
}

// known is the time that is asked for. A day means its last moment.
func (f *knownFlags) known() (time.Time, error) {
	if f.At == "" {
		return time.Now(), nil
	}
	if t, err := time.ParseInLocation(time.DateOnly, f.At, beijing); err == nil {
		return t.AddDate(0, 0, 1).Add(-time.Millisecond), nil
	}
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02 15:04"} {
		if t, err := time.ParseInLocation(layout, f.At, beijing); err == nil {
			return t, nil
		}
	}
	return time.Time{}, exit(exitUsage, faultKnown.New().Set("text", f.At))
}

// momentOf is a time of the record as a person reads it.
func momentOf(ms int64) string { return time.UnixMilli(ms).In(beijing).Format(time.DateTime) }

var (
	faultNoSecret = &fault.Def{Code: "SECRET_MISSING", What: "没有给出{what}", Do: "在终端运行后按提示输入，或放在环境变量 {env} 中，或用 --secrets 指定文件描述符",
		WhatEn: "there is no {what}", DoEn: "run it on a terminal and type it, or put it into {env}, or name a descriptor with --secrets"}
	faultNobody = &fault.Def{Code: "NOT_SIGNED_IN", What: "没有说明由谁办理", Do: "加 --as 登录名，或先运行 ganlan user sign-in；只是查看时，可在本机用 --area 指定辖区",
		WhatEn: "it is not said who acts", DoEn: "add --as LOGIN, or run ganlan user sign-in first; to look only, name an --area at the machine itself"}
	faultKnown = &fault.Def{Code: "KNOWN_AT_BAD", What: "“{text}”不是日期或时间", Do: "写成 2026-03-01（当日终了时所知）或 2026-03-01T09:30（北京时间）",
		WhatEn: "{text} is no day and no time", DoEn: "write 2026-03-01, for what was known at the end of that day, or 2026-03-01T09:30, Beijing time"}
	faultDifferent = &fault.Def{Code: "PASSWORDS_DIFFER", What: "两次输入的新密码不同", Do: "重新输入",
		WhatEn: "the new password was typed in two ways", DoEn: "type it again"}
	faultPerson = &fault.Def{Code: "PERSON_BAD", What: "“{text}”应写成 登录名=姓名", Do: "例如 --security li.ming=李明",
		WhatEn: "{text} should be LOGIN=NAME", DoEn: "such as --security li.ming=李明"}
	faultDay = &fault.Def{Code: "UNTIL_BAD", What: "“{text}”不是日期", Do: "写成 2026-12-31",
		WhatEn: "{text} is no date", DoEn: "write it like 2026-12-31"}
)
