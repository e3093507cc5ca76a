package store

import (
	"bytes"
	"slices"
	"testing"

	"ganlan/internal/storetest"
)

// The rows of an older program are loaded into its schema, and the schema then goes on to ours.
func TestADumpOfAnOlderSchemaIsLoadedAndBroughtUpToDate(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		old, err := OpenEmpty(t.Context(), Options{Dir: t.TempDir()}, 33)
		if err != nil {
			t.Fatal(err)
		}
		defer old.Close()
		for range 250 {
			if err := actWithIDs(t.Context(), old); err != nil {
				t.Fatal(err)
			}
		}
		var dump bytes.Buffer
		var want []TableRows
		err = old.Look(t.Context(), morning, func(tx *Tx) error { want, err = old.Dump(t.Context(), tx, &dump); return err })
		if err != nil {
			t.Fatal(err)
		}
		db, err := OpenEmpty(t.Context(), Options{Dir: t.TempDir(), URL: url}, 33)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		var got []TableRows
		err = db.Aside(t.Context(), morning, func(tx *Tx) error { got, err = db.Load(t.Context(), tx, bytes.NewReader(dump.Bytes())); return err })
		if err != nil || !slices.Equal(got, want) {
			t.Fatalf("%v, not %v: %v", got, want, err)
		}
		if err := db.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		if done, err := db.applied(t.Context()); err != nil || !slices.Contains(done, slices.Max(Versions())) {
			t.Errorf("%v %v", done, err)
		}
		if n, err := verify(t, db); n != 250 || err != nil {
			t.Errorf("%d entries, %v", n, err)
		}
	})
}

func FuzzADumpThatIsNoneIsRefusedWithoutAPanic(f *testing.F) {
	f.Add([]byte("T\x02a\x02\x02bR\x01\x02E\x02Z"))
	f.Add([]byte("T\x02a\x02\x02bR\x02\xff\xff\xff\xff\x0f"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := ReadDump(bytes.NewReader(data), DumpSink{}); err == nil && data[len(data)-1] != dumpAll {
			t.Error("half a dump passed")
		}
	})
}
