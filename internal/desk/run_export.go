package desk

import (
	"bytes"
	"context"
	"io"
	"strconv"

	"ganlan/internal/auth"
	"ganlan/internal/store"
)

// RunExport writes the results of a done run: the very bytes of results.csv, and in a simulation a last column that says so.
// The audit keeps who took them.
func (d *Desk) RunExport(ctx context.Context, who auth.Actor, id int64, why string, to io.Writer) (r store.Run, err error) {
	if r, err = d.runOf(ctx, id); err != nil {
		return r, err
	}
	on := &Object{Kind: "run", ID: strconv.FormatInt(id, 10), Reason: why}
	err = d.act(ctx, who, auth.RunExport, auth.Place{Area: r.Area, Org: r.Org}, on, func(tx *store.Tx) (any, error) {
		if err := finished(&r); err != nil {
			return nil, err
		}
		plan, err := d.keptPlan(ctx, tx, &r)
		if err != nil {
			return nil, err
		}
		mark := marker{to: to, marked: r.Simulation}
		sum, err := newResultsSum(plan, mark.line)
		if err != nil {
			return nil, err
		}
		if err := store.EachRunRow(ctx, tx, id, sum.add); err != nil {
			return nil, err
		}
		if sum.text() != headText(&r) {
			return nil, faultRunShort.New().Set("id", id).Set("head", headText(&r)).Set("rows", sum.text())
		}
		return map[string]any{"rows": r.Rows, "digest": r.Digest, "simulation": r.Simulation}, nil
	})
	return r, err
}

// marker writes lines, and in each of a simulation's says what it is.
type marker struct {
	to     io.Writer
	marked bool
	begun  bool
}

func (m *marker) line(b []byte) error {
	if m.marked {
		text := ",模拟不得申报 SIMULATION\n"
		if !m.begun {
			text = ",simulation\n"
		}
		b = append(bytes.TrimSuffix(bytes.Clone(b), []byte("\n")), text...)
	}
	m.begun = true
	_, err := m.to.Write(b)
	return err
}
