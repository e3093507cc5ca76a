package desk

import (
	"context"
	"strconv"
	"strings"
	"time"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/internal/auth"
	"ganlan/internal/store"
	"ganlan/scheme"
)

// DocumentRecord records a policy document, or, with its ID and the Rev that the actor has seen, what it is from now on. The
// state before is kept. Someone else's change in between is told.
func (d *Desk) DocumentRecord(ctx context.Context, who auth.Actor, in store.Document) (out store.Document, err error) {
	on := &Object{Kind: "document", ID: in.Number}
	var before *store.Document
	if in.ID != 0 || in.Rev != 0 {
		if before, err = d.documentNow(ctx, in.ID); err != nil {
			return out, err
		}
		if before == nil {
			return out, d.refuse(ctx, who, auth.DocumentRecord, on, auth.FaultDenied.New().Set("act", string(auth.DocumentRecord)))
		}
		in.Area, in.Org, on.Before = before.Area, before.Org, documentText(*before)
	}
	err = d.act(ctx, who, auth.DocumentRecord, auth.Place{Area: in.Area, Org: in.Org}, on, func(tx *store.Tx) (any, error) {
		if err := checkDocument(&in).Err(); err != nil {
			return nil, err
		}
		in.Maker, in.Login = who.ID, who.Login
		if out, err = store.AddDocument(ctx, tx, d.Ring, in, in.Rev); err != nil {
			return nil, err
		}
		on.ID = strconv.FormatInt(out.ID, 10)
		return documentText(out), nil
	})
	return out, err
}

// documentText is a document as the audit holds it.
func documentText(x store.Document) map[string]string {
	return map[string]string{"area": x.Area, "number": x.Number, "title": x.Title, "issuer": x.Issuer, "issued": x.Issued.String(), "from": x.From.String(),
		"to": x.To.String()}
}

// documentNow is a document as it is; nil when there is none.
func (d *Desk) documentNow(ctx context.Context, id int64) (out *store.Document, err error) {
	now := d.Clock()
	err = d.DB.Look(ctx, now, func(tx *store.Tx) error {
		return store.EachDocument(ctx, tx, d.Ring, now.UnixMilli(), "id = $2", []any{id}, func(x store.Document) error { out = &x; return nil })
	})
	return out, err
}

// Classes of fault of policy documents.
var (
	faultBlank = &fault.Def{Code: "FIELD_EMPTY", What: "必填项“{field}”为空", Do: "补填后再登记",
		WhatEn: "{field} is empty", DoEn: "fill it in"}
	faultDays = &fault.Def{Code: "VALIDITY_REVERSED", What: "止日 {to} 早于起日 {from}", Do: "核对两个日期",
		WhatEn: "the last day {to} is before the first {from}", DoEn: "check the two days"}
)

func checkDocument(in *store.Document) (faults fault.List) {
	in.Number, in.Title, in.Issuer = strings.TrimSpace(in.Number), strings.TrimSpace(in.Title), strings.TrimSpace(in.Issuer)
	if n, ok := scheme.DocNumber(in.Number); ok {
		in.Number = n
	}
	for _, x := range []struct{ name, value string }{{"文号 (number)", in.Number}, {"标题 (title)", in.Title}, {"发文机关 (issuer)", in.Issuer}} {
		if x.value == "" {
			faults.Add(faultBlank.New().Set("field", x.name))
		}
	}
	if in.To != day.None && in.From != day.None && in.To < in.From {
		faults.Add(faultDays.New().Set("from", in.From).Set("to", in.To))
	}
	return faults
}

// Documents are the policy documents in the actor's reach as they were known at a time.
func (d *Desk) Documents(ctx context.Context, who auth.Actor, known time.Time) (out []store.Document, err error) {
	reach, args := who.Filter(auth.SchemeRead, "area", "org", 2)
	err = d.DB.Look(ctx, d.Clock(), func(tx *store.Tx) error {
		return store.EachDocument(ctx, tx, d.Ring, known.UnixMilli(), reach, args, func(x store.Document) error { out = append(out, x); return nil })
	})
	return out, err
}

// DocumentHistory are all states of a document that were recorded, the oldest first; none of one out of the actor's reach.
func (d *Desk) DocumentHistory(ctx context.Context, who auth.Actor, id int64) (out []store.Document, err error) {
	reach, args := who.Filter(auth.SchemeRead, "area", "org", 3)
	err = d.DB.Look(ctx, d.Clock(), func(tx *store.Tx) error {
		return store.EachDocument(ctx, tx, d.Ring, store.AllTimes, "id = $2 and "+reach, append([]any{id}, args...), func(x store.Document) error { out = append(out, x); return nil })
	})
	return out, err
}
