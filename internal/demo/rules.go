package demo

import (
	"io/fs"
	"path"
	"strings"
	"testing/fstest"

	"ganlan/day"
	"ganlan/internal/store"
	"ganlan/scheme"
)

// paper is the policy document that the county's schemes rest upon.
func (s *story) paper() store.Document {
	return store.Document{Area: Area, Org: s.orgs["finance"], Number: "东财金融〔2024〕1号", Title: "扩中家庭贷款贴息和保费补助实施办法（试行）",
		Issuer: "橄榄县财政局（虚构）", Issued: day.Of(2024, 1, 18), From: day.Of(2024, 1, 18), To: day.None}
}

// schemes are those that the county uses.
var schemes = []string{Area + "-gongfu-2024", Area + "-nongchuang-2024", Area + "-lianfu-2024"}

// policies records the document and the schemes; another person approves them.
func (s *story) policies() error {
	who, err := s.as("fin.chen")
	if err != nil {
		return err
	}
	doc, err := s.d.DocumentRecord(s.ctx, who, s.paper())
	if err != nil {
		return err
	}
	s.document = doc
	s.out.Documents++
	for _, id := range schemes {
		if err := s.approved(id, day.Of(2024, 1, 1), doc.ID); err != nil {
			return err
		}
	}
	return nil
}

// approved records a scheme's folder and lets another person approve it.
func (s *story) approved(id string, from day.Date, document int64) error {
	f, err := scheme.Find(s.Policies, id)
	if err != nil {
		return err
	}
	handler, err := s.as("fin.chen")
	if err != nil {
		return err
	}
	v, err := s.d.SchemeRecord(s.ctx, handler, f, from, document)
	if err != nil {
		return err
	}
	reviewer, err := s.as("fin.lin")
	if err != nil {
		return err
	}
	s.out.Schemes++
	_, err = s.d.SchemeApprove(s.ctx, reviewer, v.ID, v.Rev)
	return err
}

// draft makes the document hold for another year, and records a scheme with a higher rate that nobody has approved yet: it can be
// simulated, and no claim can rest upon it.
func (s *story) draft() error {
	who, err := s.as("fin.chen")
	if err != nil {
		return err
	}
	longer := s.document
	longer.To = day.Of(2026, 12, 31)
	if s.document, err = s.d.DocumentRecord(s.ctx, who, longer); err != nil {
		return err
	}
	tree, err := changed(s.Policies, schemes[0], "is: 1.8%", "is: 2.0%")
	if err != nil {
		return err
	}
	f, err := scheme.Find(tree, schemes[0])
	if err != nil {
		return err
	}
	v, err := s.d.SchemeRecord(s.ctx, who, f, day.Of(2026, 1, 1), s.document.ID)
	s.drafted = v.ID
	s.out.Schemes++
	return err
}

// changed is a scheme's area with one text of the scheme in the place of another.
func changed(policies fs.FS, id, old, text string) (fs.FS, error) {
	f, err := scheme.Find(policies, id)
	if err != nil {
		return nil, err
	}
	tree := fstest.MapFS{}
	err = fs.WalkDir(f.FS, path.Dir(f.Dir), func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(f.FS, name)
		if name == path.Join(f.Dir, "scheme.yaml") {
			data = []byte(strings.Replace(string(data), old, text, 1))
		}
		tree[name] = &fstest.MapFile{Data: data}
		return err
	})
	return tree, err
}
