package main

import (
	"path/filepath"

	"ganlan/internal/sample"
)

// The example year: one county, always the same.
const (
	exampleSeed      = 330783
	exampleContracts = 1600
	exampleFamilies  = 2000
	slipsOfEach      = 4
)

// writeExamples writes the example county and what goes with it. Running it again changes no byte.
func writeExamples(dir string) error {
	county := sample.New(exampleSeed, exampleContracts, exampleFamilies)
	slips := county.Slips(slipsOfEach)
	for _, step := range []struct {
		folder
		tables []sample.Table
	}{
		{folder{dir: filepath.Join(dir, "csv"), gbk: true}, county.BankStyle(slips)},
		{folder{dir: filepath.Join(dir, "expected")}, []sample.Table{county.Differences(slips)}},
	} {
		if err := step.write(step.tables); err != nil {
			return err
		}
	}
	return nil
}
