package bankfile

import (
	"bytes"

	"ganlan/fault"
)

// What a file can be, by its content.
const (
	isEmpty    = "empty"
	isText     = "text"
	isWorkbook = "workbook" // and whatever else comes in the containers of workbooks
)

// formats are told by their first bytes. Those with a name in English only are formats of tables that can be saved anew.
var formats = []struct{ begins, zh, en string }{
	{"PK\x03\x04", isWorkbook, ""}, {"PK\x05\x06", isWorkbook, ""}, {"\xd0\xcf\x11\xe0", isWorkbook, ""},
	{"%PDF", "PDF", "a PDF"}, {"\x89PNG", "图片（PNG）", "a picture (PNG)"}, {"\xff\xd8\xff", "图片（JPEG）", "a picture (JPEG)"},
	{"GIF8", "图片（GIF）", "a picture (GIF)"}, {"II*\x00", "图片（TIFF）", "a picture (TIFF)"}, {"MM\x00*", "图片（TIFF）", "a picture (TIFF)"},
	{"Rar!", "压缩包（RAR）", "an archive (RAR)"}, {"7z\xbc\xaf", "压缩包（7z）", "an archive (7z)"}, {"\x1f\x8b", "压缩包（gzip）", "an archive (gzip)"},
	{"{\\rtf", "RTF 文档", "a document (RTF)"}, {"SQLite format 3", "数据库文件（SQLite）", "a database (SQLite)"},
	{"\x09\x08\x10\x00", "", "Excel 5/95 .xls"}, {"\x09\x08\x08\x00", "", "Excel 5/95 .xls"}, {"\x09\x04\x06\x00", "", "Excel 4 .xls"},
	{"\x09\x02\x06\x00", "", "Excel 3 .xls"}, {"\x09\x00\x04\x00", "", "Excel 2 .xls"},
}

// markups are told by the first words of a text.
var markups = []struct{ begins, holds, name string }{
	{"<!doctype html", "", "HTML"}, {"<html", "", "HTML"}, {"<table", "", "HTML"}, {"<head", "", "HTML"}, {"<meta", "", "HTML"}, {"<style", "", "HTML"},
	{"<?xml", "<html", "HTML"}, {"<?xml", "urn:schemas-microsoft-com:office:spreadsheet", "XML Spreadsheet 2003"}, {"<?xml", "", "XML"},
	{"<workbook", "", "XML Spreadsheet 2003"}, {"mime-version:", "", "MHTML"}, {"<!--", "<table", "HTML"},
}

// sniff names the format by content, never by the file's name; a name that is none of the three above is refused as such.
func sniff(head []byte) (format string, refused *fault.Fault) {
	for _, x := range formats {
		if bytes.HasPrefix(head, []byte(x.begins)) {
			switch {
			case x.zh == isWorkbook:
				return isWorkbook, nil
			case x.zh == "":
				return "", FaultFormat.New().Set("format", x.en)
			}
			return "", FaultPicture.New().Set("format", x.zh).Set("format_en", x.en)
		}
	}
	text := bytes.TrimLeft(bytes.ReplaceAll(head[:min(len(head), 8<<10)], []byte{0}, nil), "\xef\xbb\xbf\xff\xfe \t\r\n") // of UTF-16 too
	lower := bytes.ToLower(text)
	for _, x := range markups {
		if bytes.HasPrefix(lower, []byte(x.begins)) && bytes.Contains(lower, []byte(x.holds)) {
			return "", FaultFormat.New().Set("format", x.name)
		}
	}
	if len(bytes.Trim(head, "\xef\xbb\xbf \t\r\n\x1a\x00")) == 0 {
		return isEmpty, nil
	}
	return isText, nil
}
