package desk

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"syscall"
	"time"

	"ganlan/fault"
	"ganlan/internal/store"
)

// Finding is what the doctor found of one thing. A thing that is well has no faults.
type Finding struct {
	Name   string // data, keys, schema, chain, agreement, disk, clock
	Text   string
	Faults fault.List
}

// leastFree is the free space below which the doctor warns: about a county year of a hundred thousand contracts.
const leastFree = 500 << 20 // bytes

// Classes of fault of the doctor.
var (
	faultKeyOpen = &fault.Def{Code: "MASTER_KEY_OPEN", What: "主密钥文件“{file}”可被他人读取（权限 {mode}）", Do: "运行 chmod 600 {file}，并考虑轮换密钥",
		WhatEn: "the master key's file {file} can be read by others (mode {mode})", DoEn: "run chmod 600 {file} and think of rotating the keys"}
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
	end, err := ChainEnd{}, error(nil)
	clockErr := d.DB.Look(ctx, clock(), func(tx *store.Tx) error {
		end.Entries, end.Digest, err = store.VerifyAudit(ctx, tx)
		return store.CheckClock(ctx, tx)
	})
	return append(out,
		found("schema", d.DB.Kind()+" "+strconv.FormatInt(d.DB.Schema(), 10), nil),
		found("keys", d.master.ID(), keyMode(dir)),
		found("chain", fmt.Sprintf("%d %s", end.Entries, end.Digest), err),
		found("agreement", "", d.Invariants(ctx).Err()),
		disk(dir),
		found("clock", clock().Format(time.RFC3339), clockErr))
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

func disk(dir string) Finding {
	var st syscall.Statfs_t
	if err := syscall.Statfs(dir, &st); err != nil {
		return found("disk", "", folder(dir, err))
	}
	free := int64(st.Bavail) * int64(st.Bsize)
	f := found("disk", fmt.Sprintf("%d MB", free>>20), nil)
	if free < leastFree {
		f.Faults = fault.List{faultDiskLow.New().Set("free", free>>20).Set("least", leastFree>>20)}
	}
	return f
}
