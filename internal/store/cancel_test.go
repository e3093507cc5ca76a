package store

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"ganlan/internal/seal"
	"ganlan/internal/storetest"
)

// Whoever goes away in the middle of an act spoils no later one; the act is there whole or not at all, and it is there when
// it was acknowledged.
func TestAnActThatIsCancelledInTheMiddleSpoilsNoLaterOne(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db := opened(t, t.TempDir(), url)
		random := rand.New(rand.NewPCG(1, 2))
		rounds, most := 400, 4000
		if url != "" {
			rounds, most = 60, 200_000 // each cancelled one costs a connection
		}
		acknowledged, cancelled := int64(0), 0
		for i := range rounds {
			ctx, cancel := context.WithCancel(t.Context())
			steps := random.IntN(most)
			go func() {
				for range steps { // some steps of work: a moment that no clock measures
					_ = fmt.Sprint(i)
				}
				cancel()
			}()
			err := db.Do(ctx, time.Now(), func(tx *Tx) error {
				for k := range 20 {
					if err := SetSetting(ctx, tx, fmt.Sprint(i, "-", k), "x"); err != nil {
						return err
					}
				}
				_, err := db.Append(ctx, tx, seal.Entry{Act: "perhaps"})
				return err
			})
			<-ctx.Done()
			if err == nil {
				acknowledged++
			} else {
				cancelled++
			}
			if err := appendOne(t.Context(), db, time.Now(), "next"); err != nil {
				t.Fatalf("round %d: the next act: %v", i, err)
			}
		}
		n, err := verify(t, db)
		var rows int64
		if e := db.Look(t.Context(), time.Now(), func(tx *Tx) error {
			_, err := one(t.Context(), tx, "select count(*) from setting", nil, &rows)
			return err
		}); e != nil || err != nil {
			t.Fatal(e, err)
		}
		done := n - int64(rounds)
		if rows != 20*done || done < acknowledged || done > int64(rounds) {
			t.Errorf("%d acts are there with %d rows, %d were acknowledged", done, rows, acknowledged)
		}
		t.Logf("%d of %d cancelled", cancelled, rounds)
	})
}
