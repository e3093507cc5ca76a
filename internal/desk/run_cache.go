package desk

import (
	"context"
	"sync"

	"ganlan/internal/store"
)

// runCache keeps what is the same for every shard and every explanation of a run: compiled plans, and the list that was read
// last, which as known at a time never changes. It never holds loans. A nil cache keeps nothing.
type runCache struct {
	mu    sync.Mutex
	plans map[string]*runPlan
	at    int64
	area  string
	homes *areaHomes
}

// mostPlans is how many plans are kept.
const mostPlans = 32

func (c *runCache) plan(key string) *runPlan {
	if c == nil {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.plans[key]
}

func (c *runCache) keepPlan(key string, p *runPlan) {
	if c == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.plans == nil || len(c.plans) >= mostPlans {
		c.plans = map[string]*runPlan{}
	}
	c.plans[key] = p
}

// homesFor are an area's lists as known at a time. Shards that begin together wait for the first, which reads them.
func (d *Desk) homesFor(ctx context.Context, tx *store.Tx, at int64, area string) (*areaHomes, error) {
	c := d.cache
	if c == nil {
		c = &runCache{}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.homes != nil && c.at == at && c.area == area {
		return c.homes, nil
	}
	h, err := d.homesOf(ctx, tx, at, area)
	if err == nil {
		c.at, c.area, c.homes = at, area, h
	}
	return h, err
}
