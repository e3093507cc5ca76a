package desk

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"ganlan/bankfile"
	"ganlan/fault"
	"ganlan/ident"
	"ganlan/internal/auth"
	"ganlan/internal/calc"
	"ganlan/internal/seal"
	"ganlan/internal/store"
	"ganlan/loan"
	"ganlan/money"
)

// Upload is what a bank or an office hands in: contracts with their ledger, and notes, fees and a name list where there are
// any; or a name list alone.
type Upload struct {
	Area     string // of the programme
	Org      int64  // whose contracts they are
	Profile  *bankfile.Profile
	Inputs   calc.Inputs
	Progress func(done, total int64) // bytes, once while checking and once while keeping; may be nil
}

// Imported is what an import came to.
type Imported struct {
	ID                        int64 // number of the import
	Batches                   []store.Batch
	Added, Changed, Unchanged int          // contracts
	Absent                    int          // contracts that hold and are not in the files: they stay
	LinesAdded, LinesEnded    int          // of ledger, notes and fees
	Lists                     []ListChange // name list, former years, approvals, as far as handed in
	Differences               []Difference // the first thousand
	Warned                    fault.List
}

// Difference is what a later file says otherwise of a contract. Numbers of persons and accounts are masked.
type Difference struct {
	Contract   string            `json:"contract"`
	Fields     []FieldDifference `json:"fields"`
	LinesAdded int               `json:"lines_added"`
	LinesEnded int               `json:"lines_ended"`
}

// FieldDifference is one value that changed.
type FieldDifference struct {
	Key string `json:"key"`
	Old string `json:"old"`
	New string `json:"new"`
}

// mostDifferences is how many contracts that differ are told one by one; all are counted.
const mostDifferences = 1000

// FactsImport keeps what the files say, all of it or nothing: the files are read and checked as a calculation reads them
// before anything is touched, then kept in one transaction. What holds and is said otherwise is superseded; what is said
// again is left; the very same files again are refused.
func (d *Desk) FactsImport(ctx context.Context, who auth.Actor, up Upload) (out Imported, err error) {
	at, on := auth.Place{Area: up.Area, Org: up.Org}, &Object{Kind: "import"}
	if err := who.May(auth.FactsImport, at); err != nil {
		return out, d.refuse(ctx, who, auth.FactsImport, on, err)
	}
	if !complete(&up.Inputs) {
		return out, d.refuse(ctx, who, auth.FactsImport, on, faultParts.New())
	}
	if up.Profile, err = d.declared(ctx, up.Profile, up.Area); err != nil {
		return out, d.refuse(ctx, who, auth.FactsImport, on, err)
	}
	r := calc.NewReading(up.Profile, up.Inputs, up.Progress)
	defer r.Close()
	if err := r.Check(); err != nil {
		return out, d.refuse(ctx, who, auth.FactsImport, on, err)
	}
	batches, err := batchesOf(up, who)
	if err != nil {
		return out, err
	}
	err = d.act(ctx, who, auth.FactsImport, at, on, func(tx *store.Tx) (any, error) {
		k := &keeping{d: d, ctx: ctx, tx: tx, who: who, up: up, r: r, batches: batches}
		k.out.Warned = r.Warned
		if err := k.all(); err != nil {
			return nil, store.Told(err)
		}
		out, on.ID = k.out, fmt.Sprint(k.out.ID)
		return importText(&out), nil
	})
	return out, err
}

// complete reports whether the files go together: contracts with their ledger, to which notes and fees belong, or lists alone.
func complete(in *calc.Inputs) bool {
	lists := in.List != nil || in.History != nil || in.Approvals != nil
	if in.Contracts == nil {
		return lists && in.Ledger == nil && in.Notes == nil && in.Fees == nil
	}
	return in.Ledger != nil
}

// batchesOf are the files of an upload by kind, with their digests.
func batchesOf(up Upload, who auth.Actor) (map[bankfile.Kind]*store.Batch, error) {
	out := map[bankfile.Kind]*store.Batch{}
	for kind, in := range up.Inputs.All() {
		digest, err := seal.DigestOf(io.NewSectionReader(in.Data, 0, in.Size))
		if err != nil {
			return nil, fmt.Errorf("desk: reading %s: %w", in.Name, err)
		}
		out[kind] = &store.Batch{Kind: string(kind), Area: up.Area, Org: up.Org, File: in.Name, Digest: digest, Bytes: in.Size, Maker: who.ID, Login: who.Login}
	}
	return out, nil
}

// importText is an import as the audit holds it.
func importText(x *Imported) any {
	type file struct {
		Kind, File, SM3 string
		Rows, Kept      int64
		KeptFen         int64
	}
	type list struct {
		Kind         string
		Added, Ended int
	}
	out := struct {
		Files                             []file
		Added, Changed, Unchanged, Absent int
		LinesAdded, LinesEnded            int
		Lists                             []list
	}{nil, x.Added, x.Changed, x.Unchanged, x.Absent, x.LinesAdded, x.LinesEnded, nil}
	for _, l := range x.Lists {
		out.Lists = append(out.Lists, list{l.Kind, l.Added, l.Ended})
	}
	for _, b := range x.Batches {
		out.Files = append(out.Files, file{b.Kind, b.File, b.Digest, b.Rows, b.Kept, b.KeptFen})
	}
	return out
}

// keeping is an import under way.
type keeping struct {
	d       *Desk
	ctx     context.Context
	tx      *store.Tx
	who     auth.Actor
	up      Upload
	r       *calc.Reading
	batches map[bankfile.Kind]*store.Batch
	out     Imported

	marks     map[string]store.ContractMark
	contracts *store.ContractAdder
	lines     *store.LineAdder
}

func (k *keeping) all() error {
	if err := k.refuseSame(); err != nil {
		return err
	}
	for _, kind := range bankfile.Kinds() {
		if b := k.batches[kind]; b != nil {
			b.ID = k.tx.NewID()
			if k.out.ID == 0 {
				k.out.ID = b.ID
			}
			b.Import, b.Rows = k.out.ID, int64(k.r.Rows[kind])
		}
	}
	if k.up.Inputs.Contracts != nil {
		if err := k.loans(); err != nil {
			return err
		}
	}
	for _, l := range areaLists {
		if err := l.keep(k); err != nil {
			return err
		}
	}
	for _, kind := range bankfile.Kinds() {
		if b := k.batches[kind]; b != nil {
			if err := store.AddBatch(k.ctx, k.tx, k.d.Ring, b); err != nil {
				return err
			}
			k.out.Batches = append(k.out.Batches, *b)
		}
	}
	return nil
}

// refuseSame refuses files that are, all of them, the last ones of their kinds.
func (k *keeping) refuseSame() error {
	last := map[string]store.Batch{}
	err := store.EachBatch(k.ctx, k.tx, k.d.Ring, k.tx.Now, "area = $2 and org = $3", []any{k.up.Area, k.up.Org}, func(b store.Batch) error { last[b.Kind] = b; return nil })
	if err != nil {
		return err
	}
	var files []string
	at := int64(0)
	for kind, b := range k.batches {
		was, ok := last[string(kind)]
		if !ok || was.Digest != b.Digest {
			return nil
		}
		files, at = append(files, b.File), max(at, was.Recorded)
	}
	slices.Sort(files)
	return faultSame.New().Set("files", strings.Join(files, ", ")).Set("at", moment(at))
}

// nextSeq is the number of an import of an area's list.
func (k *keeping) nextSeq(kind string) (int64, error) {
	n := int64(1)
	err := store.EachBatch(k.ctx, k.tx, k.d.Ring, k.tx.Now, "area = $2 and kind = $3", []any{k.up.Area, kind}, func(b store.Batch) error { n = b.Seq + 1; return nil })
	return n, err
}

// loans keeps the contracts and their lines.
func (k *keeping) loans() (err error) {
	if k.marks, err = store.ContractMarks(k.ctx, k.tx, k.up.Org); err != nil {
		return err
	}
	k.contracts, k.lines = store.NewContractAdder(k.tx), store.NewLineAdder(k.tx, k.up.Org)
	known, seen := len(k.marks), 0
	err = k.r.Each(func(x *bankfile.Loan) error {
		if _, ok := k.marks[x.Contract.No]; ok {
			seen++
		}
		return k.loan(x)
	})
	if err != nil {
		return err
	}
	for _, kind := range []bankfile.Kind{bankfile.Contracts, bankfile.Ledger, bankfile.Notes, bankfile.Fees} {
		if b := k.batches[kind]; b != nil {
			b.Whole = known == seen
		}
	}
	if k.out.Absent = known - seen; k.out.Absent > 0 {
		k.out.Warned.Add(faultAbsent.New().Set("n", k.out.Absent))
	}
	if err := k.contracts.Flush(k.ctx); err != nil {
		return err
	}
	return k.lines.Flush(k.ctx)
}

// loan keeps one contract, unless it says nothing new.
func (k *keeping) loan(x *bankfile.Loan) error {
	mac := k.d.contractMAC(k.up.Org, x.Contract)
	texts := linesText(x.Entries, x.Notes, x.Fees)
	was, known := k.marks[x.Contract.No]
	marks := k.lineMarks(x.Contract.No, texts, was.LinesMAC)
	switch {
	case !known:
		k.out.Added++
		return k.add(x, store.ContractMark{MAC: mac, LinesMAC: marks}, texts, staying{})
	case was.MAC == mac && was.LinesMAC == marks:
		k.out.Unchanged++
		return nil
	}
	k.out.Changed++
	old, err := k.contract(x.Contract.No)
	if err != nil {
		return err
	}
	plain, err := k.d.opened(old)
	if err != nil {
		return err
	}
	diff := Difference{Contract: x.Contract.No, Fields: differing(&plain, x.Contract)}
	if err := store.SupersedeContract(k.ctx, k.tx, was.Rev); err != nil {
		return err
	}
	added, ended := k.out.LinesAdded, k.out.LinesEnded
	stay, err := k.endLines(old, texts)
	if err != nil {
		return err
	}
	if err := k.add(x, store.ContractMark{ID: was.ID, MAC: mac, LinesMAC: marks}, texts, stay); err != nil {
		return err
	}
	if diff.LinesAdded, diff.LinesEnded = k.out.LinesAdded-added, k.out.LinesEnded-ended; len(k.out.Differences) < mostDifferences {
		k.out.Differences = append(k.out.Differences, diff)
	}
	return nil
}

// handedIn reports for each kind of lines whether the upload has its file: what no file speaks of stays.
func (k *keeping) handedIn() [lineKinds]bool {
	return [lineKinds]bool{true, k.up.Inputs.Notes != nil, k.up.Inputs.Fees != nil}
}

// lineMarks are the marks of a contract's lines of all kinds; a kind without a file keeps the mark it had.
func (k *keeping) lineMarks(no string, texts [lineKinds][]string, was string) string {
	marks := make([]string, lineKinds)
	copy(marks, strings.Split(was, "/"))
	for i, given := range k.handedIn() {
		if given {
			marks[i] = k.d.mark(no, texts[i])
		}
	}
	return strings.Join(marks, "/")
}

// contract is a contract as it holds.
func (k *keeping) contract(no string) (out *store.Contract, err error) {
	err = store.EachContract(k.ctx, k.tx, k.tx.Now, "org = $2 and no = $3", []any{k.up.Org, no}, func(c *store.Contract) error { out = c; return nil })
	if err == nil && out == nil {
		err = store.FaultChanged.New()
	}
	return out, err
}

// shown is a value as it may leave the desk.
func shown(f field) string {
	if f.key == "id_no" || f.key == "account" {
		return ident.Mask(f.text)
	}
	return f.text
}

// staying are lines that stay as they are: how many of each text, and all of them as they are kept.
type staying struct {
	left [lineKinds]map[string]int
	kept lineBytes
}

// endLines supersedes the lines that the files say no more; the others stay.
func (k *keeping) endLines(was *store.Contract, texts [lineKinds][]string) (stay staying, err error) {
	lines, err := k.d.linesOf(k.ctx, k.tx, was, k.tx.Now)
	if err != nil {
		return stay, err
	}
	old := linesText(lines.Entries, lines.Notes, lines.Fees)
	held := [lineKinds][]store.Held{lines.EntriesHeld, lines.NotesHeld, lines.FeesHeld}
	row := [lineKinds]func(int) int{func(i int) int { return lines.Entries[i].Row }, func(i int) int { return lines.Notes[i].Row }, func(i int) int { return lines.Fees[i].Row }}
	for kind, given := range k.handedIn() {
		said := map[string]int{}
		for _, t := range texts[kind] {
			said[t]++
		}
		stay.left[kind] = map[string]int{}
		for i, t := range old[kind] {
			if given && said[t] == 0 {
				if err := lineEnds[kind](k.ctx, k.tx, held[kind][i].Rev); err != nil {
					return stay, err
				}
				k.out.LinesEnded++
				continue
			}
			said[t]--
			stay.left[kind][t]++
			stay.kept.add(kind, held[kind][i].Rev, held[kind][i].Batch, row[kind](i), t)
		}
	}
	return stay, nil
}

// lineEnds supersede a line of each kind.
var lineEnds = [lineKinds]func(context.Context, *store.Tx, int64) error{store.SupersedeEntry, store.SupersedeNote, store.SupersedeFee}

// add puts in a contract and those of its lines that do not stay as they are.
func (k *keeping) add(x *bankfile.Loan, m store.ContractMark, texts [lineKinds][]string, stay staying) error {
	no := x.Contract.No
	fresh := func(kind, i, row int, file bankfile.Kind) (rev, batch int64) {
		t := texts[kind][i]
		if stay.left[kind][t] > 0 {
			stay.left[kind][t]--
			return 0, 0
		}
		k.out.LinesAdded++
		rev, batch = k.tx.NewID(), k.batches[file].ID
		stay.kept.add(kind, rev, batch, row, t)
		return rev, batch
	}
	for i := range x.Entries {
		e := &x.Entries[i]
		if rev, batch := fresh(ledgerLines, i, e.Row, bankfile.Ledger); rev != 0 {
			if err := k.count(bankfile.Ledger, e.Amount, k.lines.Entry(k.ctx, rev, batch, no, e)); err != nil {
				return err
			}
		}
	}
	for i := range x.Notes {
		n := &x.Notes[i]
		if rev, batch := fresh(noteLines, i, n.Row, bankfile.Notes); rev != 0 {
			if err := k.count(bankfile.Notes, n.Amount, k.lines.Note(k.ctx, rev, batch, no, n)); err != nil {
				return err
			}
		}
	}
	for i := range x.Fees {
		f := &x.Fees[i]
		if rev, batch := fresh(feeLines, i, f.Row, bankfile.Fees); rev != 0 {
			if err := k.count(bankfile.Fees, f.Fee, k.lines.Fee(k.ctx, rev, batch, no, f)); err != nil {
				return err
			}
		}
	}
	return k.addContract(x.Contract, m, &stay.kept)
}

func (k *keeping) addContract(c *loan.Contract, m store.ContractMark, lines *lineBytes) (err error) {
	s := store.Contract{Rev: k.tx.NewID(), ID: m.ID, Area: k.areaOf(c), Org: k.up.Org, Batch: k.batches[bankfile.Contracts].ID, Contract: *c,
		MAC: m.MAC, LinesMAC: m.LinesMAC, RowsMAC: k.d.rowsMAC(c.No, lines), Lines: lines.text(), Recorded: k.tx.Now}
	if s.ID == 0 {
		s.ID = s.Rev
	}
	s.RowMAC = k.d.rowMAC(&s)
	if s.IDSealed, s.IDIndex, err = k.d.sealed("id_no", s.Rev, c.IDNo); err != nil {
		return err
	}
	if s.AccountSealed, s.AccountIndex, err = k.d.sealed("account", s.Rev, c.Account); err != nil {
		return err
	}
	return k.count(bankfile.Contracts, c.Amount, k.contracts.Add(k.ctx, &s))
}

// areaOf is where a contract belongs: the borrower's place within the programme's area, else the area itself.
func (k *keeping) areaOf(c *loan.Contract) string {
	if auth.Within(c.Region, k.up.Area) {
		return c.Region
	}
	return k.up.Area
}

// count adds a row that was put in to its batch.
func (k *keeping) count(kind bankfile.Kind, amount money.Fen, err error) error {
	if err != nil {
		return err
	}
	b := k.batches[kind]
	sum, err := money.AddInt(b.KeptFen, int64(amount))
	b.Kept, b.KeptFen = b.Kept+1, sum
	return err
}
