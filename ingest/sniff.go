package ingest

import (
	"bytes"
	"io"
	"regexp"

	"vocero/ingest/archive"
	"vocero/ingest/warc"
)

// Format is what the bytes of a release are.
type Format string

// The formats that can be told apart.
const (
	Text     Format = "text"
	Markdown Format = "Markdown"
	JSON     Format = "json" // an object: one release; or a list of them
	HTML     Format = "html"
	PDF      Format = "PDF"
	DOCX     Format = "DOCX"
	ODT      Format = "ODT"
	RTF      Format = "RTF"
	EPUB     Format = "EPUB"
	Compound Format = "compound" // Word before 2007; Excel, PowerPoint and Outlook are told apart by its reader
	Mail     Format = "mail"     // one message: a release and what is attached to it
	Nothing  Format = "nothing"  // no bytes, or only white space

	// These hold many releases.
	Feed      Format = "feed"       // RSS or Atom
	JSONLines Format = "JSON lines" // one object a line
	Mailbox   Format = "mailbox"    // mbox
	XLSX      Format = "XLSX"
	ODS       Format = "ODS"
	ZIP       Format = "ZIP"
	TAR       Format = "TAR"
	WARC      Format = "web archive" // WARC or ARC, packed or not
	Packed    Format = "packed"      // gzip, bzip2, xz or zstd

	Binary Format = "binary" // is not taken
)

// sniffed is how much of the beginning is looked at.
const sniffed = 2048

// magics are the bytes with which formats begin.
var magics = []struct {
	bytes  string
	format Format
}{
	{"PK\x03\x04", ZIP}, {"PK\x05\x06", ZIP}, {`{\rtf`, RTF}, {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Compound},
	{string(archive.Gzip), Packed}, {string(archive.XZ), Packed}, {string(archive.Zstd), Packed},
}

// Sniff tells the format by the bytes alone: names and declared types lie. Of
// what is long its beginning is enough, but the documents that are ZIP archives
// (DOCX, ODT, XLSX, ODS, EPUB) are told from others only by all of it.
func Sniff(b []byte) Format {
	if warc.Is(b) {
		return WARC
	}
	for _, m := range magics {
		if !bytes.HasPrefix(b, []byte(m.bytes)) {
			continue
		}
		if m.format == ZIP {
			return sniffZIP(bytes.NewReader(b), int64(len(b)))
		}
		return m.format
	}
	head := bytes.TrimPrefix(b[:min(len(b), sniffed)], []byte("\xef\xbb\xbf"))
	head = bytes.TrimLeft(head, " \t\r\n\f")
	switch {
	case len(head) == 0:
		return Nothing
	case utf16(b):
		return Text
	case bytes.Contains(b[:min(len(b), 1024)], []byte("%PDF-")): // the standard lets it stand so late
		return PDF
	case bzip2Begins.Match(b[:min(len(b), 10)]):
		return Packed
	case len(b) > 262 && string(b[257:262]) == "ustar":
		return TAR
	case head[0] == '{' || head[0] == '[':
		return sniffJSON(head)
	case head[0] == '<':
		return markup(bytes.ToLower(head))
	case binary(head):
		return Binary
	}
	return sniffText(head)
}

var bzip2Begins = regexp.MustCompile(`^BZh[1-9](?s:1AY&SY|\x17rE8P\x90)`)

// sniffJSON tells lines of objects from one value.
func sniffJSON(head []byte) Format {
	if head[0] == '[' && !listBegins.Match(head) {
		return sniffText(head)
	}
	if head[0] == '[' {
		return JSON
	}
	line, rest, ended := bytes.Cut(head, []byte("\n"))
	line, rest = bytes.TrimRight(line, " \t\r"), bytes.TrimLeft(rest, " \t\r\n")
	if ended && bytes.HasSuffix(line, []byte("}")) && bytes.HasPrefix(rest, []byte("{")) {
		return JSONLines
	}
	return JSON
}

// listBegins is how a list of objects begins; a text may begin with a bracket too.
var listBegins = regexp.MustCompile(`^\[\s*(\{|\])`)

var (
	mailboxBegins = regexp.MustCompile(`^From \S+ .*\d{4}\r?\n>?[!-9;-~]+:`)
	headers       = regexp.MustCompile(`^(?:[!-9;-~]+:.*\r?\n(?:[ \t]+.*\r?\n)*)+`)
	sender        = regexp.MustCompile(`(?im)^from:`)
	mailOnly      = regexp.MustCompile(`(?im)^(?:message-id|received|mime-version|date|return-path):`)
	frontMatter   = regexp.MustCompile(`^(?:---[ \t]*\r?\n[\p{L}\p{N}_-]+[ \t]*:|\+\+\+[ \t]*\r?\n[\p{L}\p{N}_-]+[ \t]*=)`)
	heading       = regexp.MustCompile(`^#{1,6}[ \t]+\S`)
)

func sniffText(head []byte) Format {
	switch {
	case mailboxBegins.Match(head):
		return Mailbox
	case frontMatter.Match(head), heading.Match(head):
		return Markdown
	}
	h := headers.Find(head)
	if sender.Match(h) && mailOnly.Match(h) {
		return Mail
	}
	return Text
}

// sniffZIP tells the documents that are ZIP archives by the files in them.
func sniffZIP(r io.ReaderAt, size int64) Format {
	folder, _ := archive.Zip(r, size, archive.Limits{File: 1 << 10})
	if folder == nil {
		return ZIP
	}
	for _, d := range []struct {
		file   string
		format Format
	}{{"word/document.xml", DOCX}, {"xl/workbook.xml", XLSX}, {"META-INF/container.xml", EPUB}} {
		if folder.Has(d.file) {
			return d.format
		}
	}
	f, err := folder.Open("mimetype")
	if err != nil {
		return ZIP
	}
	defer f.Close()
	kind, _ := io.ReadAll(f)
	switch string(bytes.TrimSpace(kind)) {
	case "application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text-template":
		return ODT
	case "application/vnd.oasis.opendocument.spreadsheet", "application/vnd.oasis.opendocument.spreadsheet-template":
		return ODS
	case "application/epub+zip":
		return EPUB
	}
	return ZIP
}

// markup tells what begins with an angle bracket by the first names in it.
func markup(head []byte) Format {
	for _, name := range []string{"<rss", "<feed", "<rdf:rdf"} {
		if at := bytes.Index(head, []byte(name)); at >= 0 && !bytes.Contains(head[:at], []byte("<html")) {
			return Feed
		}
	}
	for _, name := range []string{"<html", "<!doctype html", "<head", "<body", "<div", "<p", "<article", "<meta", "<title", "<h1", "<style", "<script", "<link", "<header", "<nav", "<ul", "<a ", "<!--", "<table", "<section", "<main", "<span", "<br"} {
		if bytes.Contains(head, []byte(name)) {
			return HTML
		}
	}
	return Text
}

// binary says whether there are control characters that no text has.
func binary(head []byte) bool {
	if encodedWide(head) {
		return false
	}
	controls := 0
	for _, c := range head {
		if c == 0 {
			return true
		}
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' {
			controls++
		}
	}
	return controls*50 > len(head)
}

// encodedWide says whether the bytes are UTF-16 without a byte order mark: text
// in Latin letters has then a zero in nearly every second byte.
func encodedWide(b []byte) bool {
	var zeros [2]int
	for i, c := range b {
		if c == 0 {
			zeros[i%2]++
		}
	}
	half := len(b) / 2
	return half >= 4 && (zeros[0]*10 > half*8 && zeros[1]*20 < half || zeros[1]*10 > half*8 && zeros[0]*20 < half)
}

// utf16 says whether b begins with UTF-16's byte order mark.
func utf16(b []byte) bool {
	return bytes.HasPrefix(b, []byte("\xff\xfe")) || bytes.HasPrefix(b, []byte("\xfe\xff"))
}
