package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"

	"ganlan/internal/storetest"
)

// seeds are those of this run: 20, or GANLAN_SEEDS of them; GANLAN_SEED repeats one alone.
func seeds(t *testing.T) (out []uint64) {
	t.Helper()
	number := func(name string, otherwise uint64) uint64 {
		s, ok := os.LookupEnv(name)
		if !ok {
			return otherwise
		}
		n, err := strconv.ParseUint(s, 10, 64)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		return n
	}
	if one := number("GANLAN_SEED", 0); one > 0 {
		return []uint64{one}
	}
	for s := range number("GANLAN_SEEDS", 20) {
		out = append(out, s+1)
	}
	return out
}

// blows are the kinds of fault; a seed picks one by its number and everything else about it by chance.
var blows = []struct {
	name string
	only string // the one kind of database that it concerns
	hit  func(*campaign)
}{
	{"import killed", "", killImport},
	{"accounts killed", "", killClerks},
	{"backup killed", "", killBackup},
	{"restore killed", "", killRestore},
	{"migration killed", "", killMigration},
	{"disk full", "sqlite", fillDisk},
	{"file torn", "sqlite", tearFile},
	{"log torn", "sqlite", tearLog},
	{"clock set back", "", setBack},
	{"keys rotated, killed", "", killRotation},
	{"server killed", "postgres", killServer},
	{"run killed", "", killRun},
}

// campaign is one blow against one database, with the chance of its seed.
type campaign struct {
	*testing.T
	*rand.Rand
	*office
	place
}

// After each fault everything in the database agrees, nothing that was acknowledged is missing, nothing half-done is to be
// seen, and the next act works. What was acknowledged is what the parent process saw of the child: its exit, or a line.
func TestTheFaultCampaignLeavesEverythingInAgreement(t *testing.T) {
	offices := map[string]*office{}
	for _, kind := range storetest.Kinds {
		offices[kind] = newOffice(t, kind)
	}
	for _, seed := range seeds(t) {
		blow := blows[int(seed-1)%len(blows)]
		for i, kind := range storetest.Kinds {
			if blow.only != "" && blow.only != kind {
				continue
			}
			t.Run(fmt.Sprintf("seed %d, %s, %s", seed, blow.name, kind), func(t *testing.T) {
				c := &campaign{T: t, Rand: rand.New(rand.NewPCG(seed, uint64(i))), office: offices[kind]}
				c.place = c.copied(c.base)
				begun := time.Now()
				blow.hit(c)
				t.Logf("repeat with GANLAN_SEED=%d; %.1f s", seed, time.Since(begun).Seconds())
			})
		}
	}
}
