package desk

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/hex"
	"encoding/json"
	"io"
	"path/filepath"
	"strconv"
	"time"

	"ganlan/internal/auth"
	"ganlan/internal/seal"
	"ganlan/internal/store"
)

// backupFormat begins the head of every backup.
const backupFormat = "ganlan-backup-1"

// BackupHead is the first line of a backup, in plain text: whose it is and what it goes with. Everything after it is sealed
// and bound to it. The master key is not in it.
type BackupHead struct {
	Format  string          `json:"format"`
	Program string          `json:"program"`
	Schema  int64           `json:"schema"`
	Engine  string          `json:"engine"`
	MadeAt  int64           `json:"made_at"` // milliseconds
	Audit   ChainEnd        `json:"audit"`
	Key     seal.WrappedKey `json:"key"`
}

// BackupInfo is what a backup holds.
type BackupInfo struct {
	BackupHead
	Tables []store.TableRows `json:"tables"`
	Digest string            `json:"digest"` // SM3 of the content
}

// Backup writes everything in the database, as it is at one moment, into one sealed file, while others go on working. Its own
// entry comes first and is in it. The file is there whole or not at all, readable by its owner alone; a file that is there is
// never overwritten. program is the program's name and version.
func (d *Desk) Backup(ctx context.Context, who auth.Actor, to, program string) (info BackupInfo, err error) {
	on := &Object{Kind: "backup", ID: filepath.Base(to)}
	if err := who.May(auth.BackupMake, auth.Place{}); err != nil {
		return info, d.refuse(ctx, who, auth.BackupMake, on, err)
	}
	part, err := newPart(to)
	if err != nil {
		return info, d.refuse(ctx, who, auth.BackupMake, on, err)
	}
	defer part.drop()
	if err := d.act(ctx, who, auth.BackupMake, auth.Place{}, on, func(*store.Tx) (any, error) { return nil, nil }); err != nil {
		return info, err
	}
	err = d.DB.Look(ctx, d.Clock(), func(tx *store.Tx) error {
		info, err = d.writeBackup(ctx, tx, part.file, program)
		return err
	})
	if err == nil {
		err = part.place()
	}
	if err != nil {
		return BackupInfo{}, folder(to, err)
	}
	return info, d.noteBackup(ctx, info)
}

// lastBackup is the setting that says when the last backup was made.
const lastBackup = "backup.last"

func (d *Desk) noteBackup(ctx context.Context, info BackupInfo) error {
	return d.DB.Aside(ctx, d.Clock(), func(tx *store.Tx) error {
		return store.SetSetting(ctx, tx, lastBackup, strconv.FormatInt(info.MadeAt, 10))
	})
}

// writeBackup writes the head, and after it the sealed stream: the compressed dump, then its digest.
func (d *Desk) writeBackup(ctx context.Context, tx *store.Tx, to io.Writer, program string) (info BackupInfo, err error) {
	info.BackupHead = BackupHead{Format: backupFormat, Program: program, Schema: d.DB.Schema(), Engine: d.DB.Kind(), MadeAt: tx.Now}
	if info.Audit.Entries, info.Audit.Digest, err = store.AuditEnd(ctx, tx); err != nil {
		return info, err
	}
	if info.Key, err = d.master.NewKey(tx.Now, seal.StreamKey); err != nil {
		return info, err
	}
	head, err := json.Marshal(info.BackupHead)
	if err != nil {
		return info, err
	}
	head = append(head, '\n')
	out := bufio.NewWriterSize(to, 1<<20)
	if _, err := out.Write(head); err != nil {
		return info, err
	}
	stream, err := seal.NewStreamWriter(out, d.master, info.Key, head)
	if err != nil {
		return info, err
	}
	small, _ := gzip.NewWriterLevel(stream, gzip.BestSpeed)
	digest := seal.NewHash()
	if info.Tables, err = d.DB.Dump(ctx, tx, io.MultiWriter(small, digest)); err != nil {
		return info, err
	}
	sum := digest.Sum(nil)
	info.Digest = hex.EncodeToString(sum)
	for _, end := range []func() error{small.Close, func() error { _, err := stream.Write(sum); return err }, stream.Close, out.Flush} {
		if err := end(); err != nil {
			return info, err
		}
	}
	return info, nil
}

// Time is when the backup was made.
func (h BackupHead) Time() time.Time { return time.UnixMilli(h.MadeAt) }
