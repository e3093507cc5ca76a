package desk

import (
	"bytes"
	"context"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing/fstest"
	"time"
	"unicode/utf8"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/internal/auth"
	"ganlan/internal/calc"
	"ganlan/internal/seal"
	"ganlan/internal/store"
	"ganlan/rule"
	"ganlan/scheme"
)

// Classes of fault of scheme versions.
var (
	faultNoVersion = &fault.Def{Code: "SCHEME_VERSION_MISSING", What: "没有已批准、在 {day} 适用的方案 {scheme}", Do: "先登记并批准该方案的一个版本",
		WhatEn: "no approved version of {scheme} holds on {day}", DoEn: "record and approve one first"}
	faultNoDocument = &fault.Def{Code: "DOCUMENT_UNKNOWN", What: "没有编号为 {document} 的政策文件", Do: "用 ganlan document list 查看编号，或先登记文件",
		WhatEn: "there is no policy document {document}", DoEn: "see the numbers with ganlan document list, or record it first"}
	faultNotRecorded = &fault.Def{Code: "SCHEME_NOT_OPEN", What: "该版本的状态是“{state}”，不能批准", Do: "核对版本；已批准的无须再批",
		WhatEn: "the version is {state} and cannot be approved", DoEn: "check which version is meant"}
	faultNotText = &fault.Def{Code: "SCHEME_FILE_NO_TEXT", What: "方案文件夹中的“{file}”不是文本", Do: "把它移出方案文件夹；方案只由文本文件组成",
		WhatEn: "{file} in the scheme's folder is not text", DoEn: "move it out: a scheme is made of text files"}
	faultTampered = &fault.Def{Code: "SCHEME_TAMPERED", What: "方案 {scheme} 的存档文件与登记时的摘要不符", Do: "停止使用，与备份和原文件夹比对",
		WhatEn: "the kept files of {scheme} are not those that were recorded", DoEn: "do not use it; compare with a backup and the original folder"}
)

// SchemeRecord keeps a scheme's folder as a version that holds from a day on, once approved. It is refused with the faults of
// its files; a parameter that the documents leave open is given with each run and is no fault here.
func (d *Desk) SchemeRecord(ctx context.Context, who auth.Actor, f scheme.Folder, from day.Date, document int64) (v store.SchemeVersion, err error) {
	rules, faults := calc.LoadRules(f, nil)
	faults = slices.DeleteFunc(faults.Refusals(), func(x *fault.Fault) bool { return x.Def == rule.FaultRequired })
	v = store.SchemeVersion{Org: who.Org, Scheme: f.ID, Document: document, Dir: f.Dir, State: store.SchemeRecorded, From: from, Maker: who.ID, Login: who.Login}
	if rules != nil {
		h := rules.Top()
		v.Area, v.Kind, v.Title, v.Hash = h.Area, string(h.Kind), h.Title.Zh, h.Hash
	}
	on := &Object{Kind: "scheme", ID: f.ID}
	err = d.act(ctx, who, auth.SchemeRecord, auth.Place{Area: v.Area, Org: v.Org}, on, func(tx *store.Tx) (any, error) {
		if err := faults.Err(); err != nil {
			return nil, err
		}
		files, err := filesOf(f)
		if err != nil {
			return nil, err
		}
		if err := d.rests(ctx, tx, who, document); err != nil {
			return nil, err
		}
		v.Digest = digestOf(files)
		if v, err = store.AddSchemeVersion(ctx, tx, d.Ring, v, 0); err != nil {
			return nil, err
		}
		for _, x := range files {
			if err := store.AddSchemeFile(ctx, tx, v.ID, x); err != nil {
				return nil, err
			}
		}
		on.ID = strconv.FormatInt(v.ID, 10)
		return versionText(v), nil
	})
	return v, err
}

// rests refuses a document that is not there, or out of the actor's reach. 0 is none.
func (d *Desk) rests(ctx context.Context, tx *store.Tx, who auth.Actor, document int64) error {
	if document == 0 {
		return nil
	}
	found := false
	reach, args := who.Filter(auth.SchemeRead, "area", "org", 3)
	err := store.EachDocument(ctx, tx, d.Ring, tx.Now, "id = $2 and "+reach, append([]any{document}, args...), func(store.Document) error { found = true; return nil })
	if err == nil && !found {
		err = faultNoDocument.New().Set("document", document)
	}
	return err
}

// versionText is a version as the audit holds it.
func versionText(v store.SchemeVersion) map[string]string {
	return map[string]string{"scheme": v.Scheme, "state": v.State, "sha256": v.Hash, "sm3": v.Digest, "from": v.From.String(), "checker": v.Checker}
}

// filesOf are the files of a scheme's folder, and those beside it in its area's folder that it may rest upon.
func filesOf(f scheme.Folder) (out []store.SchemeFile, err error) {
	area := path.Dir(f.Dir)
	err = fs.WalkDir(f.FS, area, func(p string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() {
			if _, err := fs.Stat(f.FS, path.Join(p, "scheme.yaml")); err == nil && p != f.Dir {
				return fs.SkipDir
			}
			return nil
		}
		data, err := fs.ReadFile(f.FS, p)
		if !utf8.Valid(data) || bytes.IndexByte(data, 0) >= 0 {
			return faultNotText.New().Set("file", p)
		}
		out = append(out, store.SchemeFile{Path: p, Digest: seal.Digest(data), Content: string(data)})
		return err
	})
	return out, err
}

// digestOf covers the paths and digests of all files.
func digestOf(files []store.SchemeFile) string {
	var b strings.Builder
	for _, f := range files {
		b.WriteString(f.Path + "\x00" + f.Digest + "\x00")
	}
	return seal.Digest([]byte(b.String()))
}

// SchemeApprove approves a version that another person recorded. rev is the state that the actor has seen.
func (d *Desk) SchemeApprove(ctx context.Context, who auth.Actor, id, rev int64) (v store.SchemeVersion, err error) {
	now := d.Clock()
	if err := d.DB.Look(ctx, now, func(tx *store.Tx) error {
		return store.EachSchemeVersion(ctx, tx, d.Ring, now.UnixMilli(), "id = $2", []any{id}, func(x store.SchemeVersion) error { v = x; return nil })
	}); err != nil {
		return v, err
	}
	on := &Object{Kind: "scheme", ID: strconv.FormatInt(id, 10), Before: versionText(v)}
	err = d.act(ctx, who, auth.SchemeApprove, auth.Place{Area: v.Area, Org: v.Org, Maker: v.Maker}, on, func(tx *store.Tx) (any, error) {
		if v.State != store.SchemeRecorded {
			return nil, faultNotRecorded.New().Set("state", v.State)
		}
		v.State, v.Checker = store.SchemeApproved, who.Login
		v, err = store.AddSchemeVersion(ctx, tx, d.Ring, v, rev)
		return versionText(v), err
	})
	return v, err
}

// SchemeVersions are the versions in the actor's reach as they were known at a time.
func (d *Desk) SchemeVersions(ctx context.Context, who auth.Actor, known time.Time) (out []store.SchemeVersion, err error) {
	reach, args := who.Filter(auth.SchemeRead, "area", "org", 2)
	err = d.DB.Look(ctx, d.Clock(), func(tx *store.Tx) error {
		return store.EachSchemeVersion(ctx, tx, d.Ring, known.UnixMilli(), reach, args, func(x store.SchemeVersion) error { out = append(out, x); return nil })
	})
	return out, err
}

// SchemeOn is the approved version of a scheme that holds on a day, as known at a time: of those begun by the day the one
// that begins last, of these the one approved last. Its folder is read from what was kept.
func (d *Desk) SchemeOn(ctx context.Context, who auth.Actor, id string, on day.Date, known time.Time) (v store.SchemeVersion, f scheme.Folder, err error) {
	all, err := d.SchemeVersions(ctx, who, known)
	if err != nil {
		return v, f, err
	}
	found := false
	for _, x := range all { // in the order of their first days, then of their approvals
		if x.Scheme == id && x.State == store.SchemeApproved && x.From <= on {
			v, found = x, true
		}
	}
	if !found {
		return v, f, faultNoVersion.New().Set("scheme", id).Set("day", on)
	}
	f, err = d.schemeFolder(ctx, v)
	return v, f, err
}

// schemeFolder is a version's folder as it was recorded; files that were changed since are refused.
func (d *Desk) schemeFolder(ctx context.Context, v store.SchemeVersion) (scheme.Folder, error) {
	var files []store.SchemeFile
	err := d.DB.Look(ctx, d.Clock(), func(tx *store.Tx) (err error) {
		files, err = store.SchemeFiles(ctx, tx, v.ID)
		return err
	})
	if err != nil {
		return scheme.Folder{}, err
	}
	return folderOf(v, files)
}

func folderOf(v store.SchemeVersion, files []store.SchemeFile) (scheme.Folder, error) {
	tree := fstest.MapFS{}
	for i, f := range files {
		files[i].Digest = seal.Digest([]byte(f.Content))
		tree[f.Path] = &fstest.MapFile{Data: []byte(f.Content)}
	}
	if digestOf(files) != v.Digest {
		return scheme.Folder{}, faultTampered.New().Set("scheme", v.Scheme)
	}
	return scheme.Folder{FS: tree, Dir: v.Dir, ID: v.Scheme}, nil
}
