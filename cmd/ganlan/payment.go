package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/lipgloss/table"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/payment"
	"ganlan/policies"
)

// paymentCmd makes the files of a payment batch and reads their answers.
type paymentCmd struct {
	Write paymentWriteCmd `cmd:"" help:"Make a bank's or platform's files from a list of payments."`
	Read  paymentReadCmd  `cmd:"" help:"Read an answer and match it with what was sent, by our own line keys."`
}

type paymentWriteCmd struct {
	Layout string `required:"" help:"Layout: a name under standard/payments or a yaml file." placeholder:"L"`
	Rows   string `required:"" help:"Payments (csv): key, name, account, amount …" placeholder:"F"`
	Out    string `required:"" help:"Folder for the files; nothing in it is written over." placeholder:"DIR"`
	Batch  string `required:"" help:"Number of the batch, for the file names." placeholder:"NO"`
	Date   string `required:"" help:"Day of the batch, such as 2026-05-20." placeholder:"DAY"`
}

// layout reads a layout by name or path.
func (g *globals) layout(name string) (*payment.Layout, error) {
	file := name
	data, err := os.ReadFile(name)
	if err != nil {
		file = "standard/payments/" + name + ".yaml"
		if data, err = fs.ReadFile(g.tree(), file); err != nil {
			data, err = fs.ReadFile(policies.FS, file)
		}
	}
	if err != nil {
		return nil, exit(exitScheme, faultNoFile.New().Set("file", name))
	}
	l, faults := payment.Load(file, data)
	return l, exit(exitScheme, faults.Err())
}

// Run writes all files or none.
func (c *paymentWriteCmd) Run(g *globals) error {
	l, err := g.layout(c.Layout)
	if err != nil {
		return err
	}
	on, err := day.Parse(c.Date)
	if err != nil {
		return exit(exitUsage, err)
	}
	data, err := os.ReadFile(c.Rows)
	if err != nil {
		return exit(exitInput, faultNoFile.New().Set("file", c.Rows))
	}
	lines, faults := payment.ReadLines(filepath.Base(c.Rows), data)
	if err := faults.Err(); err != nil {
		return exit(exitInput, err)
	}
	files, err := l.Write(payment.Batch{No: c.Batch, Date: on, Lines: lines}, nil)
	if err != nil {
		for _, f := range fault.From(err) {
			if f.Place.File == "" && f.Place.Row > 0 {
				f.Place.File = filepath.Base(c.Rows)
			}
		}
		return exit(exitInput, err)
	}
	if err := saveAll(c.Out, files); err != nil {
		return err
	}
	for _, f := range files {
		if !g.Quiet {
			fmt.Fprintf(g.out, g.say("%s  %d 笔  %s 元  （%s）\n", "%s  %d lines  %s yuan  (%s)\n"), filepath.Join(c.Out, f.Name), f.Count, f.Sum.Grouped(), f.Sum.Words())
		}
	}
	return nil
}

// saveAll writes files that are not there yet; when one cannot be written, those before it are taken away again.
func saveAll(dir string, files []payment.File) (err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("making %s: %w", dir, err)
	}
	var done []string
	defer func() {
		if err != nil {
			for _, name := range done {
				os.Remove(name)
			}
		}
	}()
	for _, f := range files {
		name := filepath.Join(dir, filepath.Base(f.Name))
		out, e := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) // it names people and accounts
		if os.IsExist(e) {
			return exit(exitInput, faultTaken.New().Set("file", name))
		} else if e != nil {
			return fmt.Errorf("writing %s: %w", name, e)
		}
		done = append(done, name)
		_, e = out.Write(f.Data)
		if e2 := out.Close(); e == nil {
			e = e2
		}
		if e != nil {
			return fmt.Errorf("writing %s: %w", name, e)
		}
	}
	return nil
}

var faultTaken = &fault.Def{Code: "FILE_EXISTS", What: "“{file}”已存在", Do: "从不覆盖已有文件：换一个名称或文件夹；发放文件请先核对是否已经发送",
	WhatEn: "{file} exists", DoEn: "nothing is written over: choose another name or folder; for a payment file check whether it was sent already"}

type paymentReadCmd struct {
	Layout string   `required:"" help:"Layout: a name under standard/payments or a yaml file." placeholder:"L"`
	Sent   []string `required:"" help:"What was sent, all files of the batch that the answer is for." placeholder:"F"`
	Answer string   `required:"" help:"The answer." placeholder:"F"`
}

// Run matches the answer and shows what was not paid.
func (c *paymentReadCmd) Run(g *globals) error {
	l, err := g.layout(c.Layout)
	if err != nil {
		return err
	}
	var sent []payment.Line
	for _, name := range c.Sent {
		data, err := os.ReadFile(name)
		if err != nil {
			return exit(exitInput, faultNoFile.New().Set("file", name))
		}
		lines, faults := l.ReadSent(data)
		if err := inFile(faults, name).Err(); err != nil {
			return exit(exitInput, err)
		}
		sent = append(sent, lines...)
	}
	data, err := os.ReadFile(c.Answer)
	if err != nil {
		return exit(exitInput, faultNoFile.New().Set("file", c.Answer))
	}
	a, faults := l.ReadAnswer(sent, data)
	if err := inFile(faults, c.Answer).Err(); err != nil {
		return exit(exitInput, err)
	}
	return g.printAnswer(a)
}

func inFile(faults fault.List, name string) fault.List {
	for _, f := range faults {
		f.Place.File = filepath.Base(name)
	}
	return faults
}

// reasonWords are the reasons for which money does not arrive.
var reasonWords = map[payment.Reason][2]string{payment.NameMismatch: {"户名不符", "the name does not match the account"},
	payment.AccountClosed: {"账户已销户", "the account is closed"}, payment.AccountUnknown: {"账号不存在", "there is no such account"},
	payment.AccountFrozen: {"账户冻结", "the account is frozen"}, payment.OtherReason: {"其他", "another reason"}}

func (g *globals) printAnswer(a *payment.Answer) error {
	if g.JSON {
		type line struct {
			Key    string         `json:"key"`
			Status payment.Status `json:"status"`
			Sent   int64          `json:"sent_fen"`
			Paid   int64          `json:"paid_fen"`
			Reason payment.Reason `json:"reason,omitempty"`
			Words  string         `json:"words,omitempty"`
		}
		lines := make([]line, len(a.Lines))
		for i, o := range a.Lines {
			lines[i] = line{o.Key, o.Status, int64(o.Sent), int64(o.Paid), o.Reason, o.Words}
		}
		e := json.NewEncoder(g.out)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		return e.Encode(map[string]any{"sent_fen": a.Sent, "paid_fen": a.Paid, "paid": a.Good, "not_paid": a.Failed, "lines": lines})
	}
	fmt.Fprintf(g.out, g.say("发送 %s 元，到账 %s 元；%d 笔成功，%d 笔未足额到账\n", "%s sent, %s paid; %d lines paid, %d not or not in full\n"),
		a.Sent.Grouped(), a.Paid.Grouped(), a.Good, a.Failed)
	if a.Failed == 0 {
		return nil
	}
	t := table.New().Border(lipgloss.NormalBorder()).Headers(g.say("行号", "key"), g.say("未到账（元）", "not paid (yuan)"), g.say("原因", "reason"), g.say("银行原文", "the bank's words"))
	for _, o := range a.Lines {
		if o.Status != payment.Paid {
			w := reasonWords[o.Reason]
			t.Row(o.Key, (o.Sent - o.Paid).Grouped(), g.say(w[0], w[1]), o.Words)
		}
	}
	fmt.Fprintln(g.out, t)
	return nil
}
