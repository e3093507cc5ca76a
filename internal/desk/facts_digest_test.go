package desk

import (
	"errors"
	"strings"
	"testing"

	"ganlan/day"
	"ganlan/internal/store"
	"ganlan/internal/storetest"
)

// with adds files to others.
func with(files map[string]string, more map[string]string) map[string]string {
	out := changed(files, "", "", "")
	delete(out, "")
	for k, v := range more {
		out[k] = v
	}
	return out
}

var lists = map[string]string{
	"notes":     "contract_no,note_no,start,end,amount\nA2,N1,2025-02-10,2026-02-10,30000.00\n",
	"history":   "household_no,year,scheme,paid\nJ1,2024,330783-gongfu-2024,100.00\nJ1,2024,330783-gongfu-2024,100.00\nJ2,2023,,20.00\n",
	"approvals": "household_no,money,reason\nJ2,300000.00,大病\n",
}

const copied = "insert into ledger_line (rev, org, batch, file_row, contract, note, day, kind, amount, new_end, recorded_at, superseded_at) " +
	"select rev + 1000000, org, batch, file_row, contract, note, day, kind, amount, new_end, recorded_at, superseded_at from ledger_line where contract = 'A1'"

// GB/T 22239-2019 8.1.4.7 b: business data keep their integrity where they are stored.
func TestAFactChangedBehindTheDesksBackIsNoticedAndRefusedWhereItIsUsed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		d := made(t, t.TempDir(), url)
		imported(t, d, with(small, lists))
		for name, x := range map[string]struct{ forge, found, used, contract string }{
			"an amount":                 {"update contract set amount = amount + 1 where no = 'A1'", "FACT_TAMPERED", "FACT_TAMPERED", "A1"},
			"a number taken away":       {"update contract set id_sealed = '' where no = 'A1'", "FACT_TAMPERED", "FACT_TAMPERED", "A1"},
			"an index":                  {"update contract set id_index = 'x' where no = 'A2'", "FACT_TAMPERED", "FACT_TAMPERED", "A2"},
			"a household":               {"update contract set household = 'J9' where no = 'A2'", "FACT_TAMPERED", "FACT_TAMPERED", "A2"},
			"an area":                   {"update contract set area = '990784' where no = 'A2'", "FACT_TAMPERED", "FACT_TAMPERED", "A2"},
			"a row of the file":         {"update contract set file_row = 99 where no = 'A2'", "FACT_TAMPERED", "FACT_TAMPERED", "A2"},
			"a time":                    {"update contract set recorded_at = recorded_at - 1 where no = 'A2'", "FACT_TAMPERED", "FACT_TAMPERED", "A2"},
			"a contract ended":          {"update contract set superseded_at = 99 where no = 'A2'", "FACT_TAMPERED", "", "A2"},
			"a line's amount":           {"update ledger_line set amount = amount + 1 where contract = 'A1'", "LINES_TAMPERED", "LINES_TAMPERED", "A1"},
			"a line's day":              {"update ledger_line set day = '2025-01-11' where contract = 'A1'", "LINES_TAMPERED", "LINES_TAMPERED", "A1"},
			"a line's row":              {"update ledger_line set file_row = 77 where contract = 'A1'", "LINES_TAMPERED", "LINES_TAMPERED", "A1"},
			"a line removed":            {"delete from ledger_line where contract = 'A1'", "LINES_TAMPERED", "LINES_TAMPERED", "A1"},
			"a line added":              {copied, "LINES_TAMPERED", "LINES_TAMPERED", "A1"},
			"a line moved":              {"update ledger_line set contract = 'A2' where contract = 'A1'", "LINES_TAMPERED", "LINES_TAMPERED", "A2"},
			"a line for nobody":         {"update ledger_line set contract = 'A3' where contract = 'A1'", "LINES_TAMPERED", "LINES_TAMPERED", "A1"},
			"a line ended":              {"update ledger_line set superseded_at = recorded_at + 5 where contract = 'A1'", "LINES_TAMPERED", "LINES_TAMPERED", "A1"},
			"a line of another bank":    {"update ledger_line set org = 8 where contract = 'A1'", "LINES_TAMPERED", "LINES_TAMPERED", "A1"},
			"the text of a line":        {"update contract set lines = lines || 'x' where no = 'A1'", "LINES_TAMPERED", "", "A1"},
			"a note":                    {"update note set end_day = '2027-01-01'", "LINES_TAMPERED", "LINES_TAMPERED", "A2"},
			"an interval":               {"update list_interval set valid_from = '2020-01-01' where household = 'J1'", "ROW_FORGED", "ROW_FORGED", ""},
			"an interval moved":         {"update list_interval set household = 'J3' where household = 'J1'", "ROW_FORGED", "ROW_FORGED", ""},
			"an interval removed":       {"delete from list_interval where household = 'J1'", "LIST_TAMPERED", "LIST_TAMPERED", ""},
			"a former year":             {"update paid_before set amount = 1 where household = 'J2'", "ROW_FORGED", "", ""},
			"one of two like years":     {"delete from paid_before where rev = (select min(rev) from paid_before where household = 'J1')", "LIST_TAMPERED", "", ""},
			"an approval":               {"update approval set amount = amount * 10", "ROW_FORGED", "", ""},
			"an approval removed":       {"delete from approval", "INVARIANT_BROKEN", "", ""},
			"what a file is said to be": {"update batch set login = 'nobody'", "ROW_FORGED", "ROW_FORGED", ""},
			"nothing":                   {"update contract set file_row = file_row", "", "", "A1"},
		} {
			err := d.DB.Do(t.Context(), d.Clock(), func(tx *store.Tx) error {
				if _, err := tx.ExecContext(t.Context(), x.forge); err != nil {
					return err
				}
				if found := codes(d.agree(t.Context(), tx)); !strings.Contains(found, x.found) || (x.found == "") != (found == "") {
					t.Errorf("%s: found %q, want %s", name, found, x.found)
				}
				if err := d.use(t, tx, x.contract); codeOf(err) != x.used || strings.HasSuffix(x.used, "S_TAMPERED") && !strings.Contains(err.Error(), x.contract) {
					t.Errorf("%s: used: %v, want %s", name, err, x.used)
				}
				return errUndo
			})
			if !errors.Is(err, errUndo) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

var errUndo = errors.New("not kept")

// use reads a contract with its lines, or the name list when none is named.
func (d *Desk) use(t *testing.T, tx *store.Tx, no string) error {
	now := tx.Now
	if no == "" {
		return nameList.each(t.Context(), d, tx, now, "990783", func(*store.AreaRow[day.Span]) error { return nil })
	}
	var all []store.Contract
	err := store.EachContract(t.Context(), tx, now, "no = $2", []any{no}, func(c *store.Contract) error { all = append(all, *c); return nil })
	for i := range all {
		_, e := d.factOf(t.Context(), tx, &all[i], now)
		err = errors.Join(err, e)
	}
	return err
}

func TestFormerYearsAndApprovalsAreKeptWholeWithTheirHistory(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		d := made(t, t.TempDir(), url)
		first := imported(t, d, with(small, lists))
		if len(first.Lists) != 3 || first.Lists[1].Added != 3 || first.Lists[2].Added != 1 {
			t.Fatalf("%+v", first.Lists)
		}
		between := d.Clock()
		again := imported(t, d, map[string]string{"history": strings.Replace(lists["history"], "J1,2024,330783-gongfu-2024,100.00\n", "", 1)})
		if x := again.Lists[0]; x.Added != 0 || x.Ended != 1 || len(x.Differences) != 1 || x.Differences[0].Household != "J1" || !x.Differences[0].Ended {
			t.Errorf("one of two like rows gone: %+v", x)
		}
		for at, want := range map[int64]int{between.UnixMilli(): 3, d.Clock().UnixMilli(): 2} {
			n := 0
			err := d.DB.Look(t.Context(), d.Clock(), func(tx *store.Tx) error {
				return paidList.each(t.Context(), d, tx, at, "990783", func(*store.AreaRow[store.Paid]) error { n++; return nil })
			})
			if n != want || err != nil {
				t.Errorf("%d rows, want %d: %v", n, want, err)
			}
		}
		same := imported(t, d, map[string]string{"approvals": "household_no,money,reason\nJ2,300000.00,大病\n\n"})
		if same.Lists[0].Added+same.Lists[0].Ended != 0 {
			t.Errorf("what says the same changes nothing: %+v", same.Lists)
		}
	})
}

func TestAListThatAnotherOfficeHandedInIsChangedByTheFinanceOfficeAlone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		d := made(t, t.TempDir(), url)
		imported(t, d, small)
		send := func(org int64, list string, finance bool) error {
			up := handedIn(t, map[string]string{"list": list})
			up.Org = org
			who := account(50+org, "loan_officer", org, "990783")
			if finance {
				who = account(50+org, "finance_handler", org, "990783")
			}
			_, err := d.FactsImport(t.Context(), who, up)
			return err
		}
		other := "household_no,valid_from,valid_to\nJ9,2024-01-01,\n"
		if err := send(8, other, false); codeOf(err) != "LIST_OF_ANOTHER" {
			t.Errorf("another bank: %v", err)
		}
		if err := send(8, small["list"]+"\n", false); err != nil {
			t.Errorf("another bank, the same list: %v", err)
		}
		if err := send(1, other, true); err != nil {
			t.Errorf("the finance office: %v", err)
		}
	})
}
