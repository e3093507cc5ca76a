package main

import (
	"encoding/json"

	"ganlan/bankfile"
)

// The JSON of file look; docs/files.md lists the fields.
type findingJSON struct {
	Code    string `json:"code"`
	Warning bool   `json:"warning"`
	Sheet   string `json:"sheet,omitempty"`
	Row     int    `json:"row,omitempty"`
	Column  string `json:"column,omitempty"`
	What    string `json:"what"`
	Do      string `json:"do"`
}

type guessJSON struct {
	Kind    bankfile.Kind `json:"kind"`
	Sheet   string        `json:"sheet,omitempty"`
	Known   int           `json:"known_columns"`
	Of      int           `json:"columns"`
	Missing []string      `json:"missing"`
}

type sheetJSON struct {
	Name       string `json:"name"`
	Chosen     bool   `json:"chosen"`
	Blank      bool   `json:"blank"`
	Hidden     bool   `json:"hidden"`
	HiddenRows int    `json:"hidden_rows"`
}

type columnJSON struct {
	Title string `json:"title"`
	Key   string `json:"key,omitempty"`
}

type totalJSON struct {
	Sheet  string `json:"sheet,omitempty"`
	Row    int    `json:"row"`
	Title  string `json:"title"`
	Stated string `json:"stated"`
	Sum    string `json:"sum"`
	Part   bool   `json:"part"`
}

type reportJSON struct {
	File          string        `json:"file"`
	Usable        bool          `json:"usable"`
	Format        string        `json:"format,omitempty"`
	Encoding      string        `json:"encoding,omitempty"`
	Separator     string        `json:"separator,omitempty"`
	Sheets        []sheetJSON   `json:"sheets,omitempty"`
	Kind          bankfile.Kind `json:"kind,omitempty"`
	Guesses       []guessJSON   `json:"guesses,omitempty"`
	Profile       string        `json:"profile,omitempty"`
	HeaderRow     int           `json:"header_row,omitempty"`
	Columns       []columnJSON  `json:"columns"`
	Missing       []string      `json:"missing"`
	UnitFen       int64         `json:"unit_fen,omitempty"`
	HiddenRows    int           `json:"hidden_rows"`
	HiddenColumns []string      `json:"hidden_columns,omitempty"`
	Records       int           `json:"records"`
	Totals        []totalJSON   `json:"totals,omitempty"`
	First         [][]string    `json:"first"`
	Findings      []findingJSON `json:"findings"`
}

// lookJSON writes the reports for programs.
func (g *globals) lookJSON(all []*bankfile.Report) error {
	out, bad := []reportJSON{}, false
	for _, r := range all {
		x := g.reportJSON(r)
		out, bad = append(out, x), bad || !x.Usable
	}
	e := json.NewEncoder(g.out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(map[string]any{"files": out}); err != nil {
		return err
	}
	return refusedIf(bad)
}

// reportJSON is one report.
func (g *globals) reportJSON(r *bankfile.Report) reportJSON {
	x := reportJSON{File: r.File, Usable: r.Faults.Err() == nil, Format: r.Format, Encoding: r.Encoding, Separator: r.Separator, Kind: r.Kind, Profile: r.Profile,
		HeaderRow: r.HeaderRow, Columns: []columnJSON{}, Missing: append([]string{}, r.Missing...), UnitFen: int64(r.Unit), HiddenRows: r.HiddenRows, HiddenColumns: r.HiddenColumns,
		Records: r.Rows, First: append([][]string{}, r.First...), Findings: []findingJSON{}}
	for _, s := range r.Sheets {
		x.Sheets = append(x.Sheets, sheetJSON{s.Name, s.Chosen, s.Blank, s.Hidden, s.HiddenRows})
	}
	for _, k := range r.Guesses {
		x.Guesses = append(x.Guesses, guessJSON{k.Kind, k.Sheet, k.Known, k.Of, append([]string{}, k.Missing...)})
	}
	for _, c := range r.Columns {
		x.Columns = append(x.Columns, columnJSON(c))
	}
	for _, t := range r.Totals {
		x.Totals = append(x.Totals, totalJSON(t))
	}
	for _, f := range r.Faults {
		x.Findings = append(x.Findings, findingJSON{f.Code(), f.Def.Warning, f.Place.Sheet, f.Place.Row, f.Place.Column, f.What(g.lang()), f.Do(g.lang())})
	}
	return x
}
