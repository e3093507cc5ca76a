package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"ganlan/internal/auth"
	"ganlan/internal/desk"
	"ganlan/internal/store"
)

type userCmd struct {
	SetupCode userSetupCodeCmd `cmd:"" help:"Make a new one-time set-up code; only while there is no account."`
	Setup     userSetupCmd     `cmd:"" help:"Make the first three administrators with the set-up code."`
	SignIn    userSignInCmd    `cmd:"" help:"Sign in once for several commands."`
	SignOut   userSignOutCmd   `cmd:"" help:"End that sign-in."`
	Password  userPasswordCmd  `cmd:"" help:"Change your own password."`
	Factor    userFactorCmd    `cmd:"" help:"Set up your own second factor: time codes on a telephone."`
	Add       userAddCmd       `cmd:"" help:"Make an account of a person; it has no right yet."`
	List      userListCmd      `cmd:"" help:"List accounts, their grants and when they were used."`
	Suspend   userChangeCmd    `cmd:"" help:"Suspend an account."`
	Resume    userChangeCmd    `cmd:"" help:"Open a suspended account again."`
	Reset     userChangeCmd    `cmd:"" help:"Give an account a first password and lift its lock."`
	Recover   userChangeCmd    `cmd:"" help:"The same, and take a lost second factor away; always two people."`
	Grant     userGrantCmd     `cmd:"" help:"Give an account a role."`
	Revoke    userRevokeCmd    `cmd:"" help:"Take a role away."`
	Requests  userRequestsCmd  `cmd:"" help:"List what waits for a second administrator."`
	Decide    userDecideCmd    `cmd:"" help:"Do, or refuse, what another administrator asked for."`
}

type userSetupCodeCmd struct{ dataFlags }

func (c *userSetupCodeCmd) Run(g *globals) error {
	return c.with(func(ctx context.Context, d *desk.Desk) error {
		code, err := d.SetupCode(ctx)
		if err != nil {
			return err
		}
		if g.JSON {
			return g.printJSON(map[string]string{"setup_code": code})
		}
		return g.saySetupCode(code)
	})
}

// saySetupCode shows the code: it is kept nowhere.
func (g *globals) saySetupCode(code string) error {
	_, err := fmt.Fprintf(g.out, g.say("一次性设置码（24 小时内有效，只显示这一次）：%s\n用 ganlan user setup 建立系统、安全、审计三名管理员。\n",
		"One-time set-up code (good for 24 hours, shown this once): %s\nMake the system, security and audit administrators with ganlan user setup.\n"), code)
	return err
}

type userSetupCmd struct {
	dataFlags
	secretFlags
	System   string `required:"" help:"System administrator; the set-up code is asked for, or taken from GANLAN_SETUP_CODE." placeholder:"LOGIN=NAME"`
	Security string `required:"" help:"Security administrator." placeholder:"LOGIN=NAME"`
	Audit    string `required:"" help:"Audit administrator." placeholder:"LOGIN=NAME"`
}

func (c *userSetupCmd) Run(g *globals) error {
	var people [3]desk.Person
	for i, s := range []string{c.System, c.Security, c.Audit} {
		login, name, ok := strings.Cut(s, "=")
		if !ok {
			return exit(exitUsage, faultPerson.New().Set("text", s))
		}
		people[i] = desk.Person{Login: login, Name: name}
	}
	return c.with(func(ctx context.Context, d *desk.Desk) error {
		code, err := c.secret(g, "GANLAN_SETUP_CODE", "一次性设置码", "set-up code")
		if err != nil {
			return err
		}
		first, err := d.Setup(ctx, strings.TrimSpace(code), people)
		if err != nil {
			return err
		}
		out := map[string]string{}
		for i, p := range people {
			out[p.Login] = first[i]
			if !g.JSON {
				_ = g.sayFirst(p.Login, first[i])
			}
		}
		if g.JSON {
			return g.printJSON(map[string]any{"first_passwords": out})
		}
		_, err = fmt.Fprint(g.out, g.say("三人各自接着运行：ganlan user password、ganlan user factor、ganlan user factor --confirm（都带 --as 登录名）。\n",
			"Each of the three goes on with ganlan user password, ganlan user factor and ganlan user factor --confirm, with --as LOGIN.\n"))
		return err
	})
}

// sayFirst shows a first password: it is kept nowhere.
func (g *globals) sayFirst(login, password string) error {
	_, err := fmt.Fprintf(g.out, g.say("%s 的初始密码（只显示这一次，当面交给本人，首次登录须更改）：%s\n",
		"First password of %s (shown this once; hand it over in person, it must be changed): %s\n"), login, password)
	return err
}

type userPasswordCmd struct{ signFlags }

func (c *userPasswordCmd) Run(g *globals) error {
	return c.with(func(ctx context.Context, d *desk.Desk) error {
		cred, err := c.credentials(g)
		if err != nil {
			return err
		}
		next, err := c.secret(g, "GANLAN_NEW_PASSWORD", "新密码", "new password")
		if err != nil {
			return err
		}
		again, err := c.secret(g, "GANLAN_NEW_PASSWORD", "再输入一次", "the same again")
		if err != nil {
			return err
		}
		if next != again {
			return exit(exitUsage, faultDifferent.New())
		}
		if err := d.PasswordChange(ctx, cred, next); err != nil {
			return err
		}
		fmt.Fprintln(g.err, g.say("密码已更改", "The password is changed"))
		return nil
	})
}

type userFactorCmd struct {
	signFlags
	Confirm bool `help:"Confirm with the first code, asked for after the sign-in or taken from GANLAN_FIRST_CODE."`
}

// Run shows the secret, or confirms it with the first code that it gives.
func (c *userFactorCmd) Run(g *globals) error {
	return c.signed(g, func(ctx context.Context, d *desk.Desk, who auth.Actor) error {
		if !c.Confirm {
			secret, address, err := d.FactorMake(ctx, who)
			if err != nil {
				return err
			}
			if g.JSON {
				return g.printJSON(map[string]string{"secret": secret, "address": address})
			}
			code, err := square(g.out, address)
			if err != nil {
				return err
			}
			fmt.Fprint(g.out, code)
			fmt.Fprintf(g.out, g.say("密钥（只显示这一次）：%s\n%s\n在手机的动态口令程序中添加，再运行 ganlan user factor --confirm\n",
				"Secret (shown this once): %s\n%s\nAdd it to the telephone's program, then run ganlan user factor --confirm\n"), secret, address)
			return nil
		}
		code, err := c.secret(g, "GANLAN_FIRST_CODE", "手机显示的动态口令", "code that the telephone shows")
		if err != nil {
			return err
		}
		if err := d.FactorConfirm(ctx, who, code); err != nil {
			return err
		}
		fmt.Fprintln(g.err, g.say("第二因素已启用", "The second factor counts from now on"))
		return nil
	})
}

type userAddCmd struct {
	signFlags
	Login string `arg:"" help:"Login of the new account: small letters, digits, dots, dashes."`
	Name  string `required:"" help:"The person's name."`
	Org   int64  `required:"" help:"Number of the person's organisation."`
}

func (c *userAddCmd) Run(g *globals) error {
	return c.signed(g, func(ctx context.Context, d *desk.Desk, who auth.Actor) error {
		first, err := d.AccountMake(ctx, who, desk.Person{Login: c.Login, Name: c.Name}, c.Org)
		if err != nil {
			return err
		}
		if g.JSON {
			return g.printJSON(map[string]any{"first_passwords": map[string]string{c.Login: first}})
		}
		return g.sayFirst(c.Login, first)
	})
}

type userListCmd struct {
	signFlags
	Stale bool `help:"Only accounts unused for 90 days."`
}

func (c *userListCmd) Run(g *globals) error {
	return c.signed(g, func(ctx context.Context, d *desk.Desk, who auth.Actor) error {
		list, err := d.Accounts(ctx, who)
		if err != nil {
			return err
		}
		shown := []desk.AccountRow{}
		for _, a := range list {
			if a.Stale || !c.Stale {
				shown = append(shown, a)
			}
		}
		if g.JSON {
			return g.printJSON(map[string]any{"accounts": shown})
		}
		for _, a := range shown {
			g.sayAccount(a)
		}
		return nil
	})
}

func (g *globals) sayAccount(a desk.AccountRow) {
	var notes []string
	for _, n := range []struct {
		is     bool
		zh, en string
	}{{a.Suspended, "停用", "suspended"}, {a.Stale, "90 天未用", "unused for 90 days"}, {!a.Factor, "无第二因素", "no second factor"}} {
		if n.is {
			notes = append(notes, g.say(n.zh, n.en))
		}
	}
	fmt.Fprintf(g.out, "%-16s %s  %s  %s\n", a.Login, a.Name, dayOf(a.LastUsed), strings.Join(notes, "、"))
	for _, r := range a.Grants {
		zh, en := auth.Role(r.Role).Name()
		fmt.Fprintf(g.out, "    %d  %s  %s", r.ID, g.say(zh, en), r.Area)
		if r.UntilAt != store.Current {
			fmt.Fprintf(g.out, "  %s %s", g.say("至", "until"), dayOf(r.UntilAt-1))
		}
		fmt.Fprintln(g.out)
	}
}

// beijing is the time of the office, where a day of the calendar begins.
var beijing = time.FixedZone("UTC+8", 8*60*60)

func dayOf(ms int64) string {
	if ms == 0 {
		return "—"
	}
	return time.UnixMilli(ms).In(beijing).Format(time.DateOnly)
}

type userChangeCmd struct {
	signFlags
	Login string `arg:"" help:"Login of the account."`
}

// Run does what the command is called.
func (c *userChangeCmd) Run(g *globals, k *kong.Context) error {
	return c.change(g, desk.Change{What: k.Selected().Name, Login: c.Login})
}

// change does a change, and says whether it is done or waits for a second person.
func (f *signFlags) change(g *globals, what desk.Change) error {
	return f.signed(g, func(ctx context.Context, d *desk.Desk, who auth.Actor) error {
		out, err := d.Change(ctx, who, what)
		if err != nil {
			return err
		}
		return g.sayChanged(out)
	})
}

func (g *globals) sayChanged(out desk.Changed) error {
	switch {
	case g.JSON:
		return g.printJSON(out)
	case out.Request != 0:
		fmt.Fprintf(g.out, g.say("已提出申请 %d，须另一名管理员办理：ganlan user decide %d --yes\n", "Request %d waits for another administrator: ganlan user decide %d --yes\n"), out.Request, out.Request)
	case out.Password != "":
		return g.sayFirst(out.Login, out.Password)
	default:
		fmt.Fprintln(g.err, g.say("已办理", "Done"))
	}
	return nil
}

type userGrantCmd struct {
	signFlags
	Login string `arg:"" help:"Login of the account."`
	Role  string `arg:"" help:"Role, such as finance_handler."`
	Org   int64  `help:"Number of the organisation that the person acts for; the account's own without."`
	Area  string `help:"Area and all below it; the organisation's own without."`
	Until string `help:"Last day of the grant; without end when left out." placeholder:"DATE"`
}

func (c *userGrantCmd) Run(g *globals) error {
	what := desk.Change{What: "give", Login: c.Login, Role: c.Role, Org: c.Org, Area: c.Area}
	if c.Until != "" {
		last, err := time.ParseInLocation(time.DateOnly, c.Until, beijing)
		if err != nil {
			return exit(exitUsage, faultDay.New().Set("text", c.Until))
		}
		what.Until = last.AddDate(0, 0, 1).UnixMilli()
	}
	return c.change(g, what)
}

type userRevokeCmd struct {
	signFlags
	Login string `arg:"" help:"Login of the account."`
	Grant int64  `arg:"" help:"Number of the grant, as the list shows it."`
}

func (c *userRevokeCmd) Run(g *globals) error {
	return c.change(g, desk.Change{What: "end", Login: c.Login, Grant: c.Grant})
}

type userRequestsCmd struct{ signFlags }

func (c *userRequestsCmd) Run(g *globals) error {
	return c.signed(g, func(ctx context.Context, d *desk.Desk, who auth.Actor) error {
		list, err := d.Requests(ctx, who)
		if err != nil {
			return err
		}
		if g.JSON {
			return g.printJSON(map[string][]store.Request{"requests": list})
		}
		for _, q := range list {
			fmt.Fprintf(g.out, "%d  %s  %s  %s\n", q.ID, dayOf(q.AskedAt), q.What, q.Detail)
		}
		return nil
	})
}

type userDecideCmd struct {
	signFlags
	Request int64 `arg:"" help:"Number of the request."`
	Yes     bool  `help:"Do it." xor:"answer" required:""`
	No      bool  `help:"Refuse it." xor:"answer" required:""`
}

func (c *userDecideCmd) Run(g *globals) error {
	return c.signed(g, func(ctx context.Context, d *desk.Desk, who auth.Actor) error {
		out, err := d.RequestDecide(ctx, who, c.Request, c.Yes)
		if err != nil {
			return err
		}
		return g.sayChanged(out)
	})
}
