package main

import (
	"io"
	"path/filepath"
	"slices"

	"ganlan/form"
	"ganlan/internal/sample"
)

// The example year: one county, always the same.
const (
	exampleSeed        = 330783
	exampleContracts   = 1600
	exampleFamilies    = 2000
	slipsOfEach        = 4
	guaranteeContracts = 60
)

// writeExamples writes the example county and what goes with it. Running it again changes no byte.
func writeExamples(dir string) error {
	county := sample.New(exampleSeed, exampleContracts, exampleFamilies)
	slips := county.Slips(slipsOfEach)
	small := sample.New(exampleSeed, guaranteeContracts, guaranteeContracts)
	for _, part := range []struct {
		name   string
		gbk    bool
		tables []sample.Table
	}{
		{"csv", true, county.BankStyle(slips)},
		{"expected", false, []sample.Table{county.Differences(slips)}},
		{"faulty", false, sample.Faulty(exampleSeed)},
		{"guarantee", false, small.Guarantee()},
	} {
		f := folder{dir: filepath.Join(dir, part.name), gbk: part.gbk}
		if err := f.write(part.tables); err != nil {
			return err
		}
	}
	return writeBooks(filepath.Join(dir, "xlsx"), county.BankStyle(slips))
}

// writeBooks writes each table as a workbook of the same shape as the csv: title, unit, column titles, rows, total.
func writeBooks(dir string, tables []sample.Table) error {
	for _, t := range tables {
		lines := append(append(slices.Clone(t.Above), t.Columns), t.All()...)
		err := writeFile(filepath.Join(dir, t.Name+".xlsx"), func(w io.Writer) error {
			return form.WriteTable(w, t.Name, lines[0], lines[1:])
		})
		if err != nil {
			return err
		}
	}
	return nil
}
