package desk

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"ganlan/internal/seal"
	"ganlan/internal/store"
	"ganlan/internal/storetest"
)

const benchEntries = 1_000_000

// BenchmarkAuditVerify walks a chain of a million entries as the command does; it may take 30 seconds.
func BenchmarkAuditVerify(b *testing.B) {
	for _, kind := range storetest.Kinds {
		b.Run(kind, func(b *testing.B) {
			d, err := Init(b.Context(), b.TempDir(), storetest.URL(b, kind), ticking())
			must(b, err)
			defer d.Close()
			must(b, d.DB.Do(b.Context(), d.Clock(), func(tx *store.Tx) error { return chained(b.Context(), tx) }))
			b.ResetTimer()
			for range b.N {
				end, err := d.AuditVerify(b.Context(), audits)
				if err != nil || end.Entries != benchEntries {
					b.Fatal(end, err)
				}
			}
			b.ReportMetric(benchEntries*float64(b.N)/b.Elapsed().Seconds(), "entries/s")
		})
	}
}

// chained appends entries behind the one there is, such as an import or a decision leaves.
func chained(ctx context.Context, tx *store.Tx) error {
	const wide, at = 15, 27 // the entries behind the first are a multiple of 27
	var text strings.Builder
	for i := range wide * at {
		text.WriteString(map[bool]string{true: "),(", false: ","}[i%wide == 0])
		fmt.Fprintf(&text, "$%d", i+1)
	}
	st, err := tx.PrepareContext(ctx, "insert into audit (seq, at, actor, role, org, origin, act, kind, object, before, after, result, reason, prev, digest) values "+text.String()[2:]+")")
	if err != nil {
		return err
	}
	defer st.Close()
	prev, row := "", make([]any, 0, wide*at)
	if err := tx.QueryRowContext(ctx, "select digest from audit_head where id = 1").Scan(&prev); err != nil {
		return err
	}
	for seq := int64(2); seq <= benchEntries; seq++ {
		e := seal.Entry{Seq: seq, At: tx.Now, Actor: "li.ming", Role: "finance_handler", Org: "1858540145737728000", From: "10.0.0.1", Act: "facts.confirm", Kind: "import",
			Object: fmt.Sprint(1858540145737728000 + seq), Before: `{"state":"rejected","login":"wang.fang"}`, After: `{"maker":"chen.wei","state":"confirmed"}`, Result: "done",
			Reason: "已与信贷系统核对"}.Link(prev)
		prev = e.Digest
		row = append(row, e.Seq, e.At, e.Actor, e.Role, e.Org, e.From, e.Act, e.Kind, e.Object, e.Before, e.After, e.Result, e.Reason, e.Prev, e.Digest)
		if len(row) < cap(row) {
			continue
		}
		if _, err := st.ExecContext(ctx, row...); err != nil {
			return err
		}
		row = row[:0]
	}
	_, err = tx.ExecContext(ctx, "update audit_head set seq = $1, at = $2, digest = $3 where id = 1", benchEntries, tx.Now, prev)
	return err
}
