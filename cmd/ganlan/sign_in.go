package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"golang.org/x/term"

	"ganlan/fault"
	"ganlan/internal/auth"
	"ganlan/internal/desk"
)

// signFlags are the switches of commands that a person with an account runs. Secrets are no arguments: other users of the
// machine can read these.
type signFlags struct {
	dataFlags
	As string `required:"" help:"Login of who acts. The password and the time code are asked on the terminal; a script gives them in GANLAN_PASSWORD and GANLAN_TIME_CODE, or as lines of --secrets. Each time code works once." placeholder:"LOGIN"`
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

// signed opens the data folder, signs in, does, and signs out.
func (f *signFlags) signed(g *globals, do func(context.Context, *desk.Desk, auth.Actor) error) error {
	return f.with(func(ctx context.Context, d *desk.Desk) error {
		c, err := f.credentials(g)
		if err != nil {
			return err
		}
		s, err := d.SignIn(ctx, c)
		if err != nil {
			return err
		}
		if s.MustChange {
			fmt.Fprintln(g.err, g.say("密码须先更改：ganlan user password", "The password must be changed first: ganlan user password"))
		}
		return errors.Join(do(ctx, d, s.Actor), d.SignOut(context.WithoutCancel(ctx), s.Token))
	})
}

var (
	faultNoSecret = &fault.Def{Code: "SECRET_MISSING", What: "没有给出{what}", Do: "在终端运行后按提示输入，或放在环境变量 {env} 中，或用 --secrets 指定文件描述符",
		WhatEn: "there is no {what}", DoEn: "run it on a terminal and type it, or put it into {env}, or name a descriptor with --secrets"}
	faultDifferent = &fault.Def{Code: "PASSWORDS_DIFFER", What: "两次输入的新密码不同", Do: "重新输入",
		WhatEn: "the new password was typed in two ways", DoEn: "type it again"}
	faultPerson = &fault.Def{Code: "PERSON_BAD", What: "“{text}”应写成 登录名=姓名", Do: "例如 --security li.ming=李明",
		WhatEn: "{text} should be LOGIN=NAME", DoEn: "such as --security li.ming=李明"}
	faultDay = &fault.Def{Code: "UNTIL_BAD", What: "“{text}”不是日期", Do: "写成 2026-12-31",
		WhatEn: "{text} is no date", DoEn: "write it like 2026-12-31"}
)
