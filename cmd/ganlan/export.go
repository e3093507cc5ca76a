package main

import (
	"io"
	"os"
	"slices"
	"strings"

	"ganlan/bankfile"
	"ganlan/claim"
	"ganlan/fault"
	"ganlan/form"
	"ganlan/ident"
	"ganlan/internal/calc"
	"ganlan/scheme"
	"ganlan/subsidy"
)

var (
	faultExportWhy = &fault.Def{Code: "EXPORT_WHY", What: "导出证件号全号要写明理由", Do: "加上 --why 理由，或用 --ids middle",
		WhatEn: "a reason is needed to export whole identity numbers", DoEn: "add --why REASON, or use --ids middle"}
	faultEncoding = &fault.Def{Code: "ENCODING_LACKS", What: "{encoding} 中没有“{char}”这个字", Do: "改用 --encoding gb18030 或 utf-8",
		WhatEn: "{encoding} has no character {char}", DoEn: "use --encoding gb18030 or utf-8"}
)

// checkExport refuses whole identity numbers without a reason.
func (c *calcCmd) checkExport() error {
	if c.Export != "" && ident.Hide(c.IDs) == ident.HideNone && strings.TrimSpace(c.Why) == "" {
		return exit(exitUsage, faultExportWhy.New())
	}
	return nil
}

// exported names the list; how much of the identity numbers it shows is part of its name (interchange G2).
func (c *calcCmd) exported() calc.Exported {
	name := "贴息明细-" + ident.Hide(c.IDs).Name() + "." + c.Export
	return calc.Exported{File: name, IDs: c.IDs, Why: strings.TrimSpace(c.Why)}
}

// export writes the list of all rows.
func (w *claimWriter) export() error {
	if w.c.Export == "" {
		return nil
	}
	const name = "forms/detail.yaml"
	data, err := w.g.standard(name)
	if err != nil {
		return err
	}
	def, faults := form.Load("standard/"+name, data)
	if faults.Err() == nil {
		faults = def.Check(claim.FormFields())
	}
	if err := faults.Err(); err != nil {
		return exit(exitScheme, err)
	}
	if !slices.ContainsFunc(w.res.Rows, func(r *subsidy.Row) bool { return r.Note != "" }) {
		def.Columns = slices.DeleteFunc(def.Columns, func(c form.Column) bool { return c.Field.Name == "note_no" })
	}
	s := w.run.Plan.Scheme
	sheet := claim.Sheet{Plan: w.run.Plan, Rows: w.res.Rows, Totals: w.res.Totals, Hide: ident.Hide(w.c.IDs), All: true,
		Names: claim.Names{Status: w.run.Profile.StatusName, Purpose: w.run.Profile.PurposeName, IDType: idTypeName,
			Reason: func(code string) string { return reasonOf(s, code, fault.Zh) }}}
	if s.Status == scheme.Draft {
		def.Title = "（模拟，不得申报）" + def.Title
	}
	file := w.c.exported().File
	out, err := os.OpenFile(w.dir.path(file), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer out.Close()
	if w.c.Export == "csv" {
		err = writeCSV(out, file, def, sheet.Fill(def), bankfile.Encoding(strings.ToUpper(w.c.Encoding)))
	} else {
		err = form.Write(out, def, sheet.Fill(def), form.Meta{At: w.at.Format("2006-01-02 15:04:05"), CheckCode: w.sum.Check})
	}
	if err != nil {
		return err
	}
	return out.Close()
}

// writeCSV writes a list as csv. UTF-8 has its mark, so that spreadsheet programs know it. A character that the encoding
// lacks refuses the list: another encoding is for the user to choose, and no character is ever replaced.
func writeCSV(w io.Writer, file string, def *form.Definition, rows form.Rows, e bankfile.Encoding) error {
	if e == bankfile.UTF8 {
		if _, err := io.WriteString(w, "\ufeff"); err != nil {
			return err
		}
	}
	line := 0
	err := form.WriteText(w, def, rows, func(s string) ([]byte, error) {
		line++
		out, bad, ok := e.Encode(s)
		if !ok {
			return nil, fault.List{faultEncoding.At(fault.Place{File: file, Row: line}).Set("char", string(bad)).Set("encoding", e)}
		}
		return out, nil
	})
	return exit(exitInput, err)
}
