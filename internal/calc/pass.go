package calc

import (
	"slices"
	"sync"

	"ganlan/bankfile"
	"ganlan/claim"
	"ganlan/fault"
	"ganlan/figure"
	"ganlan/subsidy"
)

// job is one batch on its way; done closes when its part is there.
type job struct {
	batch Batch
	part  part
	done  chan struct{}
}

// part is what one batch came to.
type part struct {
	csv      []byte
	nos      []string // where rows wait to be put in order: the contract of each row and its end in csv
	ends     []int
	faults   fault.List
	warned   fault.List
	diffs    []claim.Difference
	differ   []differing
	kept     []*subsidy.Row
	only     []*subsidy.Facts
	unsorted []bankfile.Kind
	n        int
}

// pass reads all files once. It reports the files that were not in order; nothing it wrote is then of use.
func (r *Run) pass(out Output) (unsorted []bankfile.Kind, err error) {
	pass, err := r.source.Pass(r.Plan.Scope())
	if err != nil {
		return nil, err
	}
	defer pass.Close()
	queue, todo, stop := make(chan *job, 2*r.Workers), make(chan *job, 2*r.Workers), make(chan struct{})
	readErr := make(chan error, 1)
	go func() { readErr <- feedJobs(pass, queue, todo, stop) }()
	workers := make([]*worker, r.Workers)
	var wg sync.WaitGroup
	for i := range workers {
		workers[i] = newWorker(r)
		wg.Go(func() { workers[i].work(todo) })
	}
	faults := append(fault.List(nil), r.refused...)
	w := writer{run: r, out: out}
	for j := range queue {
		<-j.done
		if len(j.part.unsorted) > 0 && unsorted == nil {
			unsorted = j.part.unsorted
			close(stop)
		}
		if unsorted == nil && err == nil {
			faults = append(faults, j.part.faults...)
			err = w.take(j, len(faults.Refusals()) > 0)
		}
	}
	wg.Wait()
	if e := <-readErr; err == nil {
		err = e
	}
	if err != nil || unsorted != nil {
		return unsorted, err
	}
	return nil, r.merge(workers, &w, faults)
}

// feedJobs cuts batches until the end, or until told to stop.
func feedJobs(pass Pass, queue, todo chan<- *job, stop <-chan struct{}) error {
	defer close(queue)
	defer close(todo)
	for {
		b, more, err := pass.Next()
		if err != nil || !more {
			return err
		}
		j := &job{batch: b, done: make(chan struct{})}
		select {
		case <-stop:
			return nil
		case queue <- j:
			todo <- j
		}
	}
}

// merge adds up what the workers counted and refuses the run when anything was wrong.
func (r *Run) merge(workers []*worker, w *writer, faults fault.List) error {
	for _, x := range workers {
		if err := r.res.Totals.Merge(x.totals); err != nil {
			return err
		}
	}
	faults = append(faults, r.source.Check()...)
	unproved(faults)
	r.res.Warned.add(faults.Warnings())
	if refused := faults.Refusals(); len(refused) > 0 {
		refused.Sort()
		return refused
	}
	return w.end()
}

// worker computes batches with memory of its own.
type worker struct {
	run    *Run
	reader Reader
	engine *subsidy.Engine
	totals *claim.Totals
	spared []*subsidy.Facts
	group  []*subsidy.Facts
	rows   []subsidy.Row
	keep   bool
}

func newWorker(r *Run) *worker {
	return &worker{run: r, reader: r.source.Reader(), engine: subsidy.NewEngine(r.Plan), totals: claim.NewTotals(),
		keep: r.Keep || claim.NeedsWhole(r.Plan)}
}

func (w *worker) work(todo <-chan *job) {
	for j := range todo {
		w.batch(j)
		close(j.done)
	}
}

// needed refuses a loan that lacks a fact which the scheme cannot do without: a record may hold loans of other schemes, whose
// files were not asked for it.
func (w *worker) needed(x *bankfile.Loan, p *part) bool {
	ok := true
	for i := range w.run.Plan.Scheme.Facts {
		if f := &w.run.Plan.Scheme.Facts[i]; f.Need && !x.Contract.Facts[f.Key].Given() {
			g := figure.FaultNeeded.At(fault.Place{Row: x.Contract.Row}).Set("fact", f.Zh).Set("fact_en", f.En)
			w.run.source.Place(g, "contract_no")
			p.faults.Add(g)
			ok = false
		}
	}
	return ok
}

// batch reads and computes one batch; loans of one household stand side by side when they must be computed together.
func (w *worker) batch(j *job) {
	p := &j.part
	p.csv = make([]byte, 0, 20<<10) // a row takes about 40 bytes
	home := ""
	w.group = w.group[:0]
	p.unsorted = w.reader.Read(j.batch, func(x *bankfile.Loan) {
		p.n++
		if !w.needed(x, p) || !w.price(x, p) {
			return
		}
		if w.run.byHome {
			if x.Group != home {
				w.compute(p)
			}
			home = x.Group
			f := &subsidy.Facts{}
			w.facts(x, f)
			w.group = append(w.group, cloneFacts(f))
			return
		}
		w.group = append(w.group[:0], w.spare())
		w.facts(x, w.group[0])
		w.compute(p)
	})
	w.compute(p)
	p.faults = append(p.faults, w.reader.Faults()...)
}

// spare is facts to be used again for contract after contract.
func (w *worker) spare() *subsidy.Facts {
	if w.spared == nil {
		w.spared = []*subsidy.Facts{{}}
	}
	return w.spared[0]
}

// compute settles the group at hand and puts its rows out.
func (w *worker) compute(p *part) {
	if len(w.group) == 0 {
		return
	}
	group := w.group
	w.group = w.group[:0]
	w.engine.Reset()
	rows, err := w.engine.Group(group, w.rows[:0])
	w.rows = rows
	for _, f := range w.engine.Warned {
		w.run.source.Place(f, "")
		p.warned.Add(f)
	}
	w.engine.Warned = w.engine.Warned[:0]
	if err != nil {
		p.faults = append(p.faults, w.run.placed(err, group[0])...)
		return
	}
	if only := w.run.Only; only != "" && slices.ContainsFunc(group, func(f *subsidy.Facts) bool { return f.Contract.No == only }) {
		for _, f := range group {
			p.only = append(p.only, cloneFacts(f))
		}
	}
	for i := range rows {
		w.put(p, &rows[i])
	}
	for len(rows) > 0 {
		n := 1
		for n < len(rows) && rows[n].Facts == rows[0].Facts {
			n++
		}
		w.compare(p, group, rows[:n])
		rows = rows[n:]
	}
}

// compare holds the bank's own figures of one contract against its rows.
func (w *worker) compare(p *part, group []*subsidy.Facts, rows []subsidy.Row) {
	if ds := claim.Differences(w.run.Plan, w.run.tolerance, rows); len(ds) > 0 {
		p.diffs = append(p.diffs, ds...)
		w.differ(p, group, ds[0].Contract)
	}
	if f := claim.CheckBalance(rows); f != nil {
		w.run.source.Place(f, "")
		p.warned.Add(f)
	}
}

// put counts a row and writes or keeps it. Rows of a claim that is settled as a whole are only kept.
func (w *worker) put(p *part, r *subsidy.Row) {
	if w.keep {
		p.kept = append(p.kept, keepRow(r))
	}
	if claim.NeedsWhole(w.run.Plan) {
		return
	}
	if err := w.totals.Add(r); err != nil {
		p.faults = append(p.faults, w.run.placed(err, r.Facts)...)
	}
	if w.run.Each != nil {
		w.run.Each(r)
	}
	p.csv = appendRow(p.csv, w.run.Plan, r)
	if w.run.byHome {
		p.nos, p.ends = append(p.nos, r.Facts.Contract.No), append(p.ends, len(p.csv))
	}
}

// keepRow keeps a row beyond its batch, without its ledger.
func keepRow(r *subsidy.Row) *subsidy.Row {
	k := *r
	k.Facts = &subsidy.Facts{Contract: r.Facts.Contract}
	k.Parts = slices.Clone(r.Parts)
	k.FeeParts = slices.Clone(r.FeeParts)
	k.Fees = slices.Clone(r.Fees)
	return &k
}
