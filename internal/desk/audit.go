package desk

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"

	"ganlan/internal/auth"
	"ganlan/internal/seal"
	"ganlan/internal/store"
)

// ChainEnd is the end of an audit chain. Whoever notes it elsewhere notices a chain that was cut off or rewritten later.
type ChainEnd struct {
	Entries int64  `json:"entries"`
	Digest  string `json:"digest"`
}

// AuditVerify walks the whole chain. The fault names the first entry that is wrong.
func (d *Desk) AuditVerify(ctx context.Context, who auth.Actor) (end ChainEnd, err error) {
	err = d.look(ctx, who, auth.AuditRead, auth.Place{}, func(tx *store.Tx) error {
		end.Entries, end.Digest, err = store.VerifyAudit(ctx, tx)
		return err
	})
	return end, err
}

// AuditExport writes the chain as lines of JSON that AuditVerifyFile reads: first the end, then the entries. The export has
// an entry of its own, the last one in the file.
func (d *Desk) AuditExport(ctx context.Context, who auth.Actor, to io.Writer) (end ChainEnd, err error) {
	if err := d.act(ctx, who, auth.AuditExport, auth.Place{}, &Object{Kind: "audit"}, func(*store.Tx) (any, error) { return nil, nil }); err != nil {
		return end, err
	}
	out := bufio.NewWriter(to)
	lines := json.NewEncoder(out)
	lines.SetEscapeHTML(false)
	err = d.DB.Look(ctx, d.Clock(), func(tx *store.Tx) error {
		if end.Entries, end.Digest, err = store.VerifyAudit(ctx, tx); err != nil {
			return err
		}
		if err := lines.Encode(end); err != nil {
			return err
		}
		return store.EachEntry(ctx, tx, 0, func(e *seal.Entry) error { return lines.Encode(e) })
	})
	if err != nil {
		return end, err
	}
	return end, out.Flush()
}

// AuditVerifyFile checks an exported chain without any database.
func AuditVerifyFile(from io.Reader) (end ChainEnd, err error) {
	r := bufio.NewReader(from)
	if err := readLine(r, 1, &end); err != nil {
		return end, err
	}
	var v seal.Verifier
	for line := 2; ; line++ {
		var e seal.Entry
		if err := readLine(r, line, &e); err == io.EOF {
			break
		} else if err != nil {
			return end, err
		}
		if err := v.Next(&e); err != nil {
			return end, err
		}
	}
	if n, digest := v.End(); n != end.Entries || digest != end.Digest {
		return end, FaultAuditCut.New().Set("want", end.Entries).Set("digest", end.Digest).Set("got", n)
	}
	return end, nil
}

// readLine reads one line of JSON that holds just the fields of into.
func readLine(r *bufio.Reader, line int, into any) error {
	data, err := r.ReadBytes('\n')
	if err == io.EOF && len(data) == 0 && line > 1 {
		return io.EOF
	}
	if err != nil && err != io.EOF {
		return err
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return FaultAuditFile.New().Set("line", line).Set("text", err.Error())
	}
	return nil
}
