package desk

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"ganlan/fault"
	"ganlan/internal/auth"
	"ganlan/internal/store"
)

// Classes of fault of what is decided about an import.
var (
	faultDecided = &fault.Def{Code: "IMPORT_DECIDED", What: "导入 {import} 的状态已是“{state}”", Do: "无须重复办理",
		WhatEn: "import {import} is {state} already", DoEn: "nothing need be done"}
	faultRejectWhy = &fault.Def{Code: "REJECT_WHY", What: "退回导入要写明理由", Do: "写上哪里不对，以便改正后重新导入",
		WhatEn: "an import is rejected for a stated reason only", DoEn: "say what is wrong, so that it can be corrected and imported anew"}
	faultUnconfirmed = &fault.Def{Code: "IMPORT_UNCONFIRMED", What: "导入 {import}（{files}，{login} 于 {at} 导入）尚未由另一人确认", Do: "请有权确认的人员运行 ganlan facts confirm {import}；只作试算请用模拟",
		WhatEn: "import {import} ({files}, by {login} on {at}) was not confirmed by another person yet", DoEn: "have someone who may run ganlan facts confirm {import}; for a trial use a simulation"}
)

// Decision is what someone decides about an import that another person made.
type Decision struct {
	Import int64
	Rev    int64 // of the decision that the actor has seen; 0 when there was none
	Reject bool  // else confirm
	Why    string
}

// FactsConfirm confirms or rejects an import, by another person than who made it. The first decision and every change of it
// are kept; what it rests upon must be the state that the actor has seen.
func (d *Desk) FactsConfirm(ctx context.Context, who auth.Actor, in Decision) (out store.ImportState, err error) {
	on := &Object{Kind: "import", ID: strconv.FormatInt(in.Import, 10), Reason: in.Why}
	b, err := d.importBatch(ctx, in.Import)
	if err != nil {
		return out, err
	}
	err = d.act(ctx, who, auth.FactsConfirm, auth.Place{Area: b.Area, Org: b.Org, Maker: b.Maker}, on, func(tx *store.Tx) (any, error) {
		out = store.ImportState{Import: in.Import, Area: b.Area, Org: b.Org, State: store.ImportConfirmed, Reason: in.Why, Checker: who.ID, Login: who.Login}
		if in.Reject {
			if out.State = store.ImportRejected; in.Why == "" {
				return nil, faultRejectWhy.New()
			}
		}
		err := store.EachImportState(ctx, tx, d.Ring, tx.Now, "import = $2", []any{in.Import}, func(was store.ImportState) error {
			on.Before = map[string]string{"state": was.State, "login": was.Login}
			if was.Rev == in.Rev && was.State == out.State {
				return faultDecided.New().Set("import", in.Import).Set("state", was.State)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		out, err = store.AddImportState(ctx, tx, d.Ring, out, in.Rev)
		return map[string]string{"state": out.State, "maker": b.Login}, err
	})
	return out, err
}

// importBatch is the first file of an import for the desk itself; what is not there has no place, where nobody may do anything.
func (d *Desk) importBatch(ctx context.Context, id int64) (out store.Batch, err error) {
	now := d.Clock()
	err = d.DB.Look(ctx, now, func(tx *store.Tx) error {
		return store.EachBatch(ctx, tx, d.Ring, now.UnixMilli(), "import = $2", []any{id}, func(b store.Batch) error { out = b; return nil })
	})
	return out, err
}

// Import is one act of handing files in, and what was decided about it as known at a time.
type Import struct {
	ID      int64
	Area    string
	Org     int64
	Login   string // who made it
	At      int64  // ms
	Files   []store.Batch
	Decided *store.ImportState // nil while nothing was decided
}

// Imports are the imports in the actor's reach as known at a time, the oldest first.
func (d *Desk) Imports(ctx context.Context, who auth.Actor, known time.Time) (out []Import, err error) {
	reach, args := who.Filter(auth.FactsRead, "area", "org", 2)
	err = d.DB.Look(ctx, d.Clock(), func(tx *store.Tx) error {
		out, err = d.importsKnown(ctx, tx, known.UnixMilli(), reach, args)
		return err
	})
	return out, err
}

func (d *Desk) importsKnown(ctx context.Context, tx *store.Tx, at int64, reach string, args []any) (out []Import, err error) {
	place := map[int64]int{}
	err = store.EachBatch(ctx, tx, d.Ring, at, reach, args, func(b store.Batch) error {
		i, ok := place[b.Import]
		if !ok {
			i = len(out)
			place[b.Import] = i
			out = append(out, Import{ID: b.Import, Area: b.Area, Org: b.Org, Login: b.Login, At: b.Recorded})
		}
		out[i].Files = append(out[i].Files, b)
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = store.EachImportState(ctx, tx, d.Ring, at, reach, args, func(s store.ImportState) error {
		if i, ok := place[s.Import]; ok {
			out[i].Decided = &s
		}
		return nil
	})
	return out, err
}

// unconfirmed are faults that name each import which a calculation for an area and an organisation would rest upon, as known
// at a time in ms, and which nobody has confirmed: those of the organisation's contracts (of all organisations for 0) and of
// the area's lists, as far as any of their rows holds and no later file that was confirmed says the whole again.
func (d *Desk) unconfirmed(ctx context.Context, tx *store.Tx, area string, org, at int64) (out fault.List, err error) {
	all, err := d.importsKnown(ctx, tx, at, "1 = 1", nil)
	for _, x := range all {
		if err != nil {
			return nil, err
		}
		if x.Decided != nil && x.Decided.State == store.ImportConfirmed || !auth.Within(x.Area, area) && !auth.Within(area, x.Area) {
			continue
		}
		var files string
		if files, err = d.inForce(ctx, tx, all, x, org, at); err == nil && files != "" {
			out.Add(faultUnconfirmed.New().Set("import", x.ID).Set("files", files).Set("login", x.Login).Set("at", moment(x.At)))
		}
	}
	return out, err
}

// inForce names the files of an import of which a row holds, that a calculation for an organisation rests upon, and that
// nothing else vouches for.
func (d *Desk) inForce(ctx context.Context, tx *store.Tx, all []Import, x Import, org, at int64) (string, error) {
	var files []string
	for _, b := range x.Files {
		if b.Seq == 0 && org != 0 && b.Org != org || vouched(all, &b) {
			continue
		}
		holds, err := store.BatchHolds(ctx, tx, b, at)
		if err != nil {
			return "", err
		}
		if holds {
			files = append(files, b.File)
		}
	}
	return strings.Join(files, "、"), nil
}

// vouched reports whether a later file that was confirmed says again all that holds of a file's kind.
func vouched(all []Import, b *store.Batch) bool {
	return slices.ContainsFunc(all, func(x Import) bool {
		return x.Decided != nil && x.Decided.State == store.ImportConfirmed && slices.ContainsFunc(x.Files, func(y store.Batch) bool {
			same := y.Org == b.Org
			if b.Seq > 0 {
				same = y.Area == b.Area
			}
			return same && y.Whole && y.Kind == b.Kind && y.ID > b.ID
		})
	})
}

// checkImports reads every file of every import and everything that was decided about them: each must be as the program wrote
// it, and no import was confirmed by who made it.
func checkImports(ctx context.Context, d *Desk, tx *store.Tx) error {
	makers := map[int64]int64{}
	err := store.EachBatch(ctx, tx, d.Ring, store.Current, "1 = 1", nil, func(b store.Batch) error { makers[b.Import] = b.Maker; return nil })
	if err != nil {
		return err
	}
	return store.EachImportState(ctx, tx, d.Ring, store.AllTimes, "1 = 1", nil, func(s store.ImportState) error {
		if maker, ok := makers[s.Import]; !ok || maker == s.Checker {
			return FaultInvariant.New().Set("rule", "imports").Set("text", fmt.Sprint(s.Import))
		}
		return nil
	})
}
