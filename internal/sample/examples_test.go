package sample

import (
	"slices"
	"strconv"
	"testing"

	"ganlan/money"
)

func TestTheFaultySetHasOneFaultOfEachKind(t *testing.T) {
	tables := Faulty(330783)
	files := map[string][][]string{}
	for _, table := range tables {
		files[table.Name+".csv"] = append([][]string{table.Columns}, table.All()...)
	}
	var faults []string
	for _, k := range tables[3].All() {
		row, _ := strconv.Atoi(k[1])
		if lines := files[k[0]]; row < 2 || row > len(lines) || !slices.Contains(lines[0], k[2]) {
			t.Errorf("the key points at %v, which is not there", k)
		}
		faults = append(faults, k[3])
	}
	want := []string{"身份证号校验码不符", "日期不存在", "到期日早于起始日", "金额为负", "利率为空", "合同号重复", "交易类型不明",
		"还款超过余额", "合同不存在", "出库日早于入库日"}
	if !slices.Equal(faults, want) {
		t.Errorf("faults %q, want %q", faults, want)
	}
	if n := len(files["contracts.csv"]); n != 14 {
		t.Errorf("%d lines of contracts, want 14: titles, twelve contracts, one of them again", n)
	}
}

func TestEveryNoteIsDrawnOnceAndNeverOverpaid(t *testing.T) {
	entities, refunds, extended, owing := 0, 0, 0, 0
	c := New(330783, 60, 60)
	for i := range 60 {
		g := c.guaranteed(i)
		var drawn money.Fen
		for _, n := range g.Notes {
			drawn += n.Amount
			paid := repaidBy(n.Repaid, Export)
			if paid > n.Amount || n.Amount <= 0 || n.Start < g.Start || n.End > g.End || n.Start > yearEnd || n.Start >= n.End {
				t.Fatalf("note %s of %d from %s to %s: %d repaid", n.No, n.Amount, n.Start, n.End, paid)
			}
			if f := n.Fee; f.Fee <= 0 || f.Refund < 0 || f.Refund >= f.Fee || f.Paid < n.Start || f.To != n.End-1 {
				t.Fatalf("note %s: fee %v", n.No, f)
			}
			refunds += int(min(n.Fee.Refund, 1))
			if n.Extended > n.End {
				extended++
			}
			if paid < n.Amount {
				owing++
			}
		}
		if len(g.Notes) == 0 || drawn > g.Amount || g.Entity == (g.HouseholdNo != "") || g.Jobs > g.Employees {
			t.Fatalf("contract %s: %d notes, %d drawn of %d", g.No, len(g.Notes), drawn, g.Amount)
		}
		if g.Entity {
			entities++
		}
	}
	if entities != 20 || refunds == 0 || extended == 0 || owing == 0 {
		t.Errorf("entities %d, refunds %d, extensions %d, notes still owed %d", entities, refunds, extended, owing)
	}
}
