// Package demo builds an invented county in an empty data folder: offices and their people, policies, loans with their history,
// calculations. Everything goes through the acts of the desk, each at its moment of an invented past. It refuses a folder that
// holds anything, and a machine whose clock stands before the end of the story.
package demo

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"time"

	"ganlan/bankfile"
	"ganlan/fault"
	"ganlan/internal/sample"
)

// Area is the area of the county: that of the schemes it uses. Its people and firms carry numbers of an area that no place has.
const Area = "330783"

// Bounds of the number of households.
const (
	LeastHouseholds = 10
	MostHouseholds  = 1_000_000
)

// Options say what is built, and where.
type Options struct {
	Dir, URL   string // data folder; PostgreSQL in place of its SQLite file
	Seed       uint64
	Households int
	Policies   fs.FS             // holds the folders of the schemes
	Profile    *bankfile.Profile // how files are read
	LPR        []byte            // published rates
	Benchmark  []byte
	Machine    func() time.Time // the machine's clock, which the story never runs ahead of
	Tell       func(zh, en string)
}

// Classes of fault of the invented county.
var (
	faultTaken = &fault.Def{Code: "DEMO_FOLDER_TAKEN", What: "“{dir}”里已有内容，虚构县只建在空文件夹中", Do: "换一个文件夹；不要把虚构数据和真实数据放在一起",
		WhatEn: "{dir} is not empty, and an invented county is built in an empty folder", DoEn: "choose another one, and never mix invented data with real ones"}
	faultHouseholds = &fault.Def{Code: "DEMO_SIZE", What: "户数 {n} 不在 {least}～{most} 之内", Do: "改写 --households",
		WhatEn: "{n} households are not within {least} … {most}", DoEn: "change --households"}
	faultEarly = &fault.Def{Code: "DEMO_CLOCK", What: "本机时钟 {now} 早于虚构县故事的末日 {end}", Do: "校准本机时钟",
		WhatEn: "the machine's clock, {now}, stands before the last day of the story, {end}", DoEn: "set the machine's clock"}
)

// Refused reports whether Build refused to begin: nothing was made.
func Refused(err error) bool {
	for _, f := range fault.From(err) {
		if f.Def == faultTaken || f.Def == faultHouseholds || f.Def == faultEarly {
			return true
		}
	}
	return false
}

// Build builds the county. A story that is broken off leaves a folder that is good for nothing; it says so.
func Build(ctx context.Context, o Options) (*County, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	tmp, err := os.MkdirTemp("", "ganlan-demo-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(tmp)
	s := &story{Options: o, ctx: ctx, tmp: tmp, clock: &clock{machine: o.Machine}, orgs: map[string]int64{}, people: map[string]*person{},
		sample: sample.New(o.Seed, share(o.Households, 60), o.Households).Within(Area),
		out:    County{Dir: o.Dir, Area: Area, Seed: o.Seed, Households: o.Households}}
	defer func() {
		if s.d != nil {
			_ = s.d.Close()
		}
	}()
	if err := s.tellAll(); err != nil {
		return nil, err
	}
	return &s.out, nil
}

func (o *Options) check() error {
	var faults fault.List
	if o.Households < LeastHouseholds || o.Households > MostHouseholds {
		faults.Add(faultHouseholds.New().Set("n", o.Households).Set("least", LeastHouseholds).Set("most", MostHouseholds))
	}
	if now := o.Machine(); now.Before(lastDay) {
		faults.Add(faultEarly.New().Set("now", now.Format(time.DateTime)).Set("end", lastDay.Format(time.DateOnly)))
	}
	entries, err := os.ReadDir(o.Dir)
	if len(entries) > 0 {
		faults.Add(faultTaken.New().Set("dir", o.Dir))
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return faults.Err()
}

// share is a part of the households in per cent, never less than a handful.
func share(households, percent int) int { return max(households*percent/100, 9) }
