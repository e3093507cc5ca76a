package desk

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"

	"ganlan/fault"
	"ganlan/internal/store"
)

// Finding is what the doctor found of one thing. A thing that is well has no faults.
type Finding struct {
	Name   string // data, config, keys, schema, chain, agreement, disk, clock, backup
	Text   string
	Faults fault.List
	Notes  fault.List // what should be seen to, though all is well
}

// Classes of fault of the doctor.
var (
	faultKeyOpen = &fault.Def{Code: "MASTER_KEY_OPEN", What: "主密钥文件“{file}”可被他人读取（权限 {mode}）", Do: "运行 chmod 600 {file}，并考虑轮换密钥",
		WhatEn: "the master key's file {file} can be read by others (mode {mode})", DoEn: "run chmod 600 {file} and think of rotating the keys"}
	faultBackupOld = &fault.Def{Code: "BACKUP_OLD", What: "最近 {days} 天没有备份（上次：{last}）", Do: "运行 ganlan backup，并设定时任务",
		WhatEn: "no backup was made within {days} days (the last: {last})", DoEn: "run ganlan backup, and set up a timer"}
	faultDiskLow = &fault.Def{Code: "DISK_LOW", What: "数据所在磁盘只剩 {free} MB", Do: "至少腾出 {least} MB",
		WhatEn: "only {free} MB are free where the data are", DoEn: "free at least {least} MB"}
)

// Doctor looks at a data folder and says of each thing whether it is well. It changes nothing but the schema, which opening
// brings up to date.
func Doctor(ctx context.Context, dir, url string, clock func() time.Time) []Finding {
	d, err := Open(ctx, dir, url)
	out := []Finding{found("data", dir, err)}
	if err != nil {
		return out
	}
	defer d.Close()
	d.Clock = clock
	x := &examined{}
	x.clockErr = d.DB.Look(ctx, clock(), func(tx *store.Tx) error {
		x.end.Entries, x.end.Digest, x.chainErr = store.VerifyAudit(ctx, tx)
		if err := x.read(ctx, tx); err != nil {
			return err
		}
		return store.CheckClock(ctx, tx)
	})
	return append(out,
		found("config", x.settings(), nil),
		found("schema", d.DB.Kind()+" "+strconv.FormatInt(d.DB.Schema(), 10), nil),
		found("keys", d.master.ID(), keyMode(dir)),
		found("chain", fmt.Sprintf("%d %s", x.end.Entries, x.end.Digest), x.chainErr),
		found("agreement", "", d.Invariants(ctx).Err()),
		disk(dir, x.value[diskLeast]),
		found("clock", clock().Format(time.RFC3339), x.clockErr),
		x.backup(clock()))
}

// examined is what the doctor read in the database.
type examined struct {
	end                ChainEnd
	chainErr, clockErr error
	value              map[string]int
	unusual            []string
	first, last        int64 // times of the first entry and of the last backup, milliseconds; 0 when there is none
}

func (x *examined) read(ctx context.Context, tx *store.Tx) error {
	rules, err := ruleValues(ctx, tx)
	if err != nil {
		return err
	}
	x.value = map[string]int{}
	for _, r := range rules {
		if x.value[r.Name] = r.Value; r.Value != r.Usual {
			x.unusual = append(x.unusual, fmt.Sprintf("%s=%d", r.Name, r.Value))
		}
	}
	set, err := store.Settings(ctx, tx)
	if err != nil {
		return err
	}
	x.last, _ = strconv.ParseInt(set[lastBackup], 10, 64)
	x.first, err = store.FirstEntryAt(ctx, tx)
	return err
}

// settings are those that are not as usual.
func (x *examined) settings() string { return strings.Join(x.unusual, " ") }

// backup notes a last backup that is too old. Data that are younger than that need none yet.
func (x *examined) backup(now time.Time) Finding {
	text := "—"
	if x.last > 0 {
		text = time.UnixMilli(x.last).Format(time.RFC3339)
	}
	f := found("backup", text, nil)
	days := x.value[backupDays]
	since := now.AddDate(0, 0, -days).UnixMilli()
	if days > 0 && x.last < since && x.first > 0 && x.first < since {
		f.Notes = fault.List{faultBackupOld.New().Set("days", days).Set("last", text)}
	}
	return f
}

func found(name, text string, err error) Finding {
	f := Finding{Name: name, Text: text}
	if err != nil {
		f.Faults = broken(name, err)
	}
	return f
}

func keyMode(dir string) error {
	st, err := os.Stat(KeyFile(dir))
	if err != nil {
		return folder(KeyFile(dir), err)
	}
	if m := st.Mode().Perm(); m&0o077 != 0 {
		return faultKeyOpen.New().Set("file", KeyFile(dir)).Set("mode", fmt.Sprintf("%04o", m))
	}
	return nil
}

func disk(dir string, least int) Finding {
	var st syscall.Statfs_t
	if err := syscall.Statfs(dir, &st); err != nil {
		return found("disk", "", folder(dir, err))
	}
	free := int64(st.Bavail) * int64(st.Bsize)
	f := found("disk", fmt.Sprintf("%d MB", free>>20), nil)
	if free>>20 < int64(least) {
		f.Faults = fault.List{faultDiskLow.New().Set("free", free>>20).Set("least", least)}
	}
	return f
}
