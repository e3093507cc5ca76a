package main

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"time"

	"ganlan/fault"
	"ganlan/internal/auth"
	"ganlan/internal/desk"
	"ganlan/internal/seal"
	"ganlan/internal/store"
)

// clerk is a program that acts at a desk and says so: it prints «try ACT» before and «done ACT» after each act. Its
// arguments are its name, a seed, how many acts, the data folder and perhaps the database's address.
func clerk(args []string) int {
	seed, _ := strconv.ParseUint(args[1], 10, 64)
	n, _ := strconv.Atoi(args[2])
	d, err := desk.Open(context.Background(), args[3], strings.Join(args[4:], ""))
	if err != nil {
		fmt.Println("fail", codesOf(err), err)
		return 1
	}
	defer d.Close()
	w := &work{d: d, name: args[0], Rand: rand.New(rand.NewPCG(seed, 7)), grants: map[string]bool{}}
	for range n {
		act := w.next()
		fmt.Println("try", act)
		if err := w.do(act); err != nil {
			fmt.Println("fail", codesOf(err), err)
			return 1
		}
		fmt.Println("done", act)
	}
	return 0
}

func codesOf(err error) string {
	var out []string
	for _, f := range fault.From(err) {
		out = append(out, f.Code())
	}
	return strings.Join(out, ",")
}

// work is what a clerk has made so far.
type work struct {
	d    *desk.Desk
	name string
	*rand.Rand
	orgs   []int64
	logins []string
	shut   []bool
	grants map[string]bool
	made   int
}

// next is an act that can be done now, in words: what, and on what.
func (w *work) next() string {
	w.made++
	fresh := fmt.Sprintf("%s%d", w.name, w.made)
	if len(w.orgs) == 0 {
		return "org " + fresh
	}
	if len(w.logins) == 0 {
		return "account " + fresh
	}
	i := w.IntN(len(w.logins))
	switch login := w.logins[i]; w.IntN(6) {
	case 0:
		return "org " + fresh
	case 1:
		return "account " + fresh
	case 2, 3:
		if !w.grants[login] {
			return "give " + login
		}
		return "end " + login
	default:
		if w.shut[i] {
			return "resume " + login
		}
		return "suspend " + login
	}
}

func (w *work) actor(id int64, login string, role auth.Role) auth.Actor {
	return auth.Actor{ID: id, Login: login, Strong: true, Grants: []auth.Grant{{Role: role}}, Origin: w.name}
}

func (w *work) do(act string) (err error) {
	ctx := context.Background()
	what, on, _ := strings.Cut(act, " ")
	sec := w.actor(2, "sec", auth.SecurityAdmin)
	switch what {
	case "org":
		id, err := w.d.OrgRecord(ctx, w.actor(1, "sys", auth.SystemAdmin), desk.OrgInput{Name: on, Kind: "finance", Area: programmeArea})
		w.orgs = append(w.orgs, id)
		return err
	case "account":
		_, err = w.d.AccountMake(ctx, sec, desk.Person{Login: on, Name: "某人"}, w.orgs[w.IntN(len(w.orgs))])
		w.logins, w.shut = append(w.logins, on), append(w.shut, false)
	case "give":
		_, err = w.d.Change(ctx, sec, desk.Change{What: "give", Login: on, Role: "finance_handler"})
		w.grants[on] = true
	case "end":
		var grant int64
		if grant, err = w.grantOf(ctx, sec, on); err == nil {
			_, err = w.d.Change(ctx, sec, desk.Change{What: "end", Login: on, Grant: grant})
		}
		w.grants[on] = false
	default:
		_, err = w.d.Change(ctx, sec, desk.Change{What: what, Login: on})
		w.shut[slices.Index(w.logins, on)] = what == "suspend"
	}
	return err
}

func (w *work) grantOf(ctx context.Context, who auth.Actor, login string) (int64, error) {
	list, err := w.d.Accounts(ctx, who)
	for _, a := range list {
		if a.Login == login && len(a.Grants) == 1 {
			return a.Grants[0].ID, err
		}
	}
	return 0, fmt.Errorf("%s has no grant: %w", login, err)
}

// told is what a clerk said: the acts done, in their order, and the one it was about to do.
type told struct {
	done   []string
	tried  string
	failed string // what was wrong with that one
}

// employed is a clerk at work.
type employed struct {
	*exec.Cmd
	name  string
	lines *bufio.Scanner
	told
}

func (c *campaign) employ(name string, acts int, p place) *employed {
	c.Helper()
	cmd := exec.Command("clerk", name, strconv.FormatUint(c.Uint64(), 10), strconv.Itoa(acts), p.dir, p.url)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	must(c, err)
	must(c, cmd.Start())
	return &employed{Cmd: cmd, name: name, lines: bufio.NewScanner(out)}
}

// hear notes what the clerk says until it has done a number of acts, or is gone.
func (e *employed) hear(c *campaign, acts int) {
	c.Helper()
	for len(e.done) < acts && e.lines.Scan() {
		switch word, act, _ := strings.Cut(e.lines.Text(), " "); word {
		case "try":
			e.tried = act
		case "done":
			e.done, e.tried = append(e.done, act), ""
		default:
			e.failed = e.lines.Text()
		}
	}
}

// killClerks kills a clerk at a random moment while another one goes on: what they said they had done is there, each with
// one entry in the audit, and of what the dead one was about to do there is all or nothing.
func killClerks(c *campaign) {
	const all = 1 << 30
	a, b := c.employ("anna", all, c.place), c.employ("bai", 6+c.IntN(10), c.place)
	a.hear(c, c.IntN(20))
	time.Sleep(time.Duration(c.Int64N(int64(40 * time.Millisecond))))
	_ = a.Process.Kill()
	a.hear(c, all)
	_ = a.Wait()
	b.finish(c)
	c.look(c.place)
	next := c.employ("chen", 5, c.place)
	next.finish(c)
	c.look(c.place)
	c.inside(c.place, func(ctx context.Context, d *desk.Desk) {
		for _, e := range []*employed{a, b, next} {
			c.agree(ctx, d, e)
		}
	})
}

// finish hears the clerk to the end, which must be a good one.
func (e *employed) finish(c *campaign) {
	c.Helper()
	e.hear(c, 1<<30)
	if err := e.Wait(); err != nil || e.tried != "" {
		c.Fatalf("%s: %v %s", e.name, err, e.failed)
	}
}

// agree compares what a clerk said with the audit and with what is to be seen.
func (c *campaign) agree(ctx context.Context, d *desk.Desk, e *employed) {
	c.Helper()
	acts := e.done
	audit, seen := c.entries(ctx, d, e.name), c.made(ctx, d, e.name)
	if e.tried != "" && len(audit) == len(acts)+1 {
		acts = append(acts, e.tried)
	}
	if want := asAudit(acts); !slices.Equal(audit, want) {
		c.Errorf("%s: the audit has\n%v\nwant\n%v\n(then it was about to %s)", e.name, audit, want, e.tried)
	}
	if want := asMade(acts); !slices.Equal(seen, want) {
		c.Errorf("%s: there is\n%v\nwant\n%v\n(then it was about to %s)", e.name, seen, want, e.tried)
	}
}

// entries are the acts in the audit of those who came as the named clerk.
func (c *campaign) entries(ctx context.Context, d *desk.Desk, name string) (out []string) {
	must(c, d.DB.Look(ctx, time.Now(), func(tx *store.Tx) error {
		return store.EachEntry(ctx, tx, 0, func(e *seal.Entry) error {
			if e.From == name {
				out = append(out, strings.Join([]string{e.Act, e.Reason, e.Result}, " "))
			}
			return nil
		})
	}))
	return out
}

func asAudit(acts []string) (out []string) {
	act := map[string]string{"org": "org.record  ", "account": "account.make  ", "give": "grant.give give ", "end": "grant.give end ",
		"suspend": "account.change suspend ", "resume": "account.change resume "}
	for _, a := range acts {
		what, _, _ := strings.Cut(a, " ")
		out = append(out, act[what]+"done")
	}
	return out
}

// made is what is to be seen of a clerk's acts.
func (c *campaign) made(ctx context.Context, d *desk.Desk, name string) (out []string) {
	orgs, err := d.Orgs(ctx, auth.Actor{Strong: true, Grants: []auth.Grant{{Role: auth.SystemAdmin}}})
	must(c, err)
	for _, o := range orgs {
		if strings.HasPrefix(o.Name, name) {
			out = append(out, "org "+o.Name)
		}
	}
	accounts, err := d.Accounts(ctx, auth.Actor{Strong: true, Grants: []auth.Grant{{Role: auth.SecurityAdmin}}})
	must(c, err)
	for _, a := range accounts {
		if strings.HasPrefix(a.Login, name) {
			out = append(out, fmt.Sprintf("account %s %v %d", a.Login, a.Suspended, len(a.Grants)))
		}
	}
	slices.Sort(out)
	return out
}

// asMade is what is to be seen after acts.
func asMade(acts []string) (out []string) {
	shut, grants := map[string]bool{}, map[string]int{}
	for _, a := range acts {
		switch what, on, _ := strings.Cut(a, " "); what {
		case "org":
			out = append(out, a)
		case "account":
			shut[on] = false
		case "give":
			grants[on]++
		case "end":
			grants[on]--
		default:
			shut[on] = what == "suspend"
		}
	}
	for login, s := range shut {
		out = append(out, fmt.Sprintf("account %s %v %d", login, s, grants[login]))
	}
	slices.Sort(out)
	return out
}
