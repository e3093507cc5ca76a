package main

import (
	"context"
	"fmt"
	"time"

	"ganlan/day"
	"ganlan/internal/auth"
	"ganlan/internal/desk"
	"ganlan/internal/store"
)

type papersCmd struct {
	Record documentRecordCmd `cmd:"" help:"Record a policy document, or what one is from now on."`
	List   documentListCmd   `cmd:"" help:"List the policy documents."`
	Show   documentShowCmd   `cmd:"" help:"Show a policy document with all its states."`
}

type documentRecordCmd struct {
	signFlags
	Number string `arg:"" optional:"" help:"Number of the document (文号)."`
	Title  string `help:"Title."`
	Issuer string `help:"Who issued it."`
	Issued string `help:"Day of issue." placeholder:"DAY"`
	From   string `help:"First day on which it holds." placeholder:"DAY"`
	To     string `help:"Last day on which it holds; none for no end." placeholder:"DAY"`
	Area   string `help:"Area that it is for." placeholder:"CODE"`
	Org    int64  `help:"Organisation that answers for it; your own without." placeholder:"N"`
	ID     int64  `help:"Number of the recorded document that is changed; what is not given stays." placeholder:"N"`
	Rev    int64  `help:"State of it that you have seen, as show prints it." placeholder:"N"`
}

// Run records it. A change is made upon the state that the person has seen; when it is another by now, they are told.
func (c *documentRecordCmd) Run(g *globals) error {
	return c.signed(g, func(ctx context.Context, d *desk.Desk, who auth.Actor) error {
		in := store.Document{Area: c.Area, Org: c.Org, Issued: day.None, From: day.None, To: day.None}
		if in.Org == 0 {
			in.Org = who.Org
		}
		if c.ID != 0 {
			states, err := d.DocumentHistory(ctx, who, c.ID)
			if err != nil {
				return err
			}
			for _, x := range states { // the one that was seen, else the last
				if in = x; x.Rev == c.Rev {
					break
				}
			}
			in.ID = c.ID
		}
		if c.Rev != 0 {
			in.Rev = c.Rev
		}
		if err := c.into(&in); err != nil {
			return exit(exitUsage, err)
		}
		out, err := d.DocumentRecord(ctx, who, in)
		if err != nil {
			return err
		}
		return g.sayDocuments([]store.Document{out})
	})
}

// into puts what was given into a document.
func (c *documentRecordCmd) into(x *store.Document) error {
	for _, f := range []struct {
		given string
		to    *string
	}{{c.Number, &x.Number}, {c.Title, &x.Title}, {c.Issuer, &x.Issuer}} {
		if f.given != "" {
			*f.to = f.given
		}
	}
	for _, f := range []struct {
		given string
		to    *day.Date
	}{{c.Issued, &x.Issued}, {c.From, &x.From}, {c.To, &x.To}} {
		switch f.given {
		case "":
		case "none":
			*f.to = day.None
		default:
			d, err := day.Parse(f.given)
			if err != nil {
				return err
			}
			*f.to = d
		}
	}
	return nil
}

type documentListCmd struct {
	readFlags
	knownFlags
}

func (c *documentListCmd) Run(g *globals) error {
	return c.reading(g, func(ctx context.Context, d *desk.Desk, who auth.Actor) error {
		known, err := c.known()
		if err != nil {
			return err
		}
		list, err := d.Documents(ctx, who, known)
		if err != nil {
			return err
		}
		return g.sayDocuments(list)
	})
}

type documentShowCmd struct {
	readFlags
	ID int64 `arg:"" help:"Number of the document, as the list shows it."`
}

func (c *documentShowCmd) Run(g *globals) error {
	return c.reading(g, func(ctx context.Context, d *desk.Desk, who auth.Actor) error {
		list, err := d.DocumentHistory(ctx, who, c.ID)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return auth.FaultDenied.New().Set("act", string(auth.SchemeRead))
		}
		return g.sayDocuments(list)
	})
}

// documentJSON is a document for programs. Days and times are texts; empty is none.
type documentJSON struct {
	ID       int64  `json:"id"`
	Rev      int64  `json:"rev"`
	Area     string `json:"area"`
	Org      int64  `json:"org"`
	Number   string `json:"number"`
	Title    string `json:"title"`
	Issuer   string `json:"issuer"`
	Issued   string `json:"issued,omitempty"`
	From     string `json:"from,omitempty"`
	To       string `json:"to,omitempty"`
	By       string `json:"by"`
	Recorded string `json:"recorded_at"`
	Replaced string `json:"superseded_at,omitempty"`
}

func (g *globals) sayDocuments(list []store.Document) error {
	out := []documentJSON{}
	for _, x := range list {
		out = append(out, documentJSON{x.ID, x.Rev, x.Area, x.Org, x.Number, x.Title, x.Issuer, dayText(x.Issued), dayText(x.From), dayText(x.To), x.Login,
			instant(x.Recorded), instant(x.Replaced)})
	}
	if g.JSON {
		return g.printJSON(map[string]any{"documents": out})
	}
	for i, x := range out {
		fmt.Fprintf(g.out, "%d  %s  %s  %s  %s\n", x.ID, x.Area, x.Number, x.Title, x.Issuer)
		fmt.Fprintf(g.out, g.say("    自 %s 至 %s；%s 于 %s 登记（修订 %d）", "    from %s to %s; recorded by %s on %s (revision %d)"), orDash(x.From), orDash(x.To), x.By,
			momentOf(list[i].Recorded), x.Rev)
		if x.Replaced != "" {
			fmt.Fprintf(g.out, g.say("，%s 起被取代", ", superseded on %s"), momentOf(list[i].Replaced))
		}
		fmt.Fprintln(g.out)
	}
	return nil
}

// dayText is a day for programs, empty for none.
func dayText(d day.Date) string {
	if d == day.None || d == day.Open {
		return ""
	}
	return d.String()
}

// instant is a time of the record for programs; empty for what never came.
func instant(ms int64) string {
	if ms == 0 || ms == store.Current {
		return ""
	}
	return time.UnixMilli(ms).In(beijing).Format(time.RFC3339Nano)
}
