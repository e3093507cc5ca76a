package main

import (
	"bytes"
	"slices"

	"ganlan/bankfile"
	"ganlan/form"
)

// fileTemplateCmd writes an empty file to be filled in.
type fileTemplateCmd struct {
	Kind    string `arg:"" help:"What the file will hold: contracts, ledger, list, notes, fees, history, approvals …" placeholder:"KIND"`
	Out     string `required:"" help:"Workbook to write; one that is there is not written over." placeholder:"F.xlsx"`
	Profile string `help:"Profile whose names the columns bear." placeholder:"NAME"`
}

// Run writes the template under the profile's own names of columns and words.
func (c *fileTemplateCmd) Run(g *globals) error {
	p, err := g.profile(c.Profile)
	if err != nil {
		return err
	}
	kind := bankfile.Kind(c.Kind)
	if !slices.Contains(bankfile.Kinds(), kind) {
		return exit(exitUsage, (&fileLookCmd{Kind: c.Kind}).checkKind())
	}
	var buf bytes.Buffer
	if err := form.WriteTemplate(&buf, p.Template(kind)); err != nil {
		return err
	}
	return writeNew(c.Out, buf.Bytes())
}
