// Package office takes the release out of a word processor's document: DOCX
// (Office Open XML), DOC (Word before 2007), ODT (OpenDocument) and RTF, and out of
// a book in EPUB:
//
//	doc, err := office.DOCX(bytes, archive.Limits{})
//
// What was deleted with its changes tracked, comments, field codes, hidden text
// and what repeats on every page are left out; notes stand at the end. The error
// is a [corpus.Failure].
package office

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"golang.org/x/net/html/charset"

	"vocero/corpus"
	"vocero/ingest/archive"
)

// Document is a release as its file gives it. Fields that it does not give are
// empty.
type Document struct {
	Title     string // the paragraph that is styled as the title
	Named     string // the title in the file's properties, which often is that of another
	Published string // when it was made, in ISO 8601
	Lang      string
	Text      string // paragraphs with an empty line between; items and rows of tables on lines of their own, cells with a tab between
}

// blocks are the paragraphs of a text, as they come.
type blocks struct {
	text  strings.Builder
	notes []string // footnotes and endnotes
	last  kind
	most  int // bytes of text that are kept: the rest is over every bound
}

// kind says how a block stands to the next of its kind.
type kind int

const (
	nothing kind = iota
	paragraph
	item // of a list
	row  // of a table
)

// add puts a block after those before it: items and rows close together, other
// blocks with an empty line between.
func (b *blocks) add(k kind, text string) {
	text = strings.Trim(text, " \t\n\u00a0")
	if text == "" || b.text.Len() > b.most {
		return
	}
	switch {
	case b.last == nothing:
	case b.last == k && k != paragraph:
		b.text.WriteByte('\n')
	default:
		b.text.WriteString("\n\n")
	}
	b.text.WriteString(text)
	b.last = k
}

// all is the text, with the notes at its end.
func (b *blocks) all() string {
	for _, note := range b.notes {
		b.add(paragraph, note)
	}
	return b.text.String()
}

// open opens the archive that a document is.
func open(b []byte, l archive.Limits) (*archive.Folder, error) {
	return archive.Zip(strings.NewReader(string(b)), int64(len(b)), l)
}

// part opens one of the document's XML parts.
func part(folder *archive.Folder, name string) (*xml.Decoder, io.Closer, error) {
	f, err := folder.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, malformed("it has no %s", name)
	}
	if err != nil {
		return nil, nil, err
	}
	d := xml.NewDecoder(f)
	d.CharsetReader = charset.NewReaderLabel
	d.Strict = false
	return d, f, nil
}

// tokens calls visit for each token of a part, until its end. An element that
// visit wants to leave out it skips itself.
func tokens(folder *archive.Folder, name string, visit func(*xml.Decoder, xml.Token) error) error {
	d, f, err := part(folder, name)
	if err != nil {
		return err
	}
	defer f.Close()
	for depth := 0; ; {
		t, err := d.RawToken()
		if err == io.EOF {
			return nil
		}
		if err == nil {
			switch t.(type) {
			case xml.StartElement:
				depth++
			case xml.EndElement:
				depth--
			}
			if depth > maxDepth {
				return malformed("%s is nested more than %d deep", name, maxDepth)
			}
			err = visit(d, t)
		}
		if err != nil {
			if f, ok := errors.AsType[*corpus.Failure](err); ok {
				return f
			}
			return malformed("%s: %v", name, err)
		}
	}
}

// maxDepth bounds elements within elements: real documents have some 30.
const maxDepth = 1000

// skip passes over the rest of the element that was just begun.
func skip(d *xml.Decoder) error {
	for depth := 1; depth > 0; {
		t, err := d.RawToken()
		if err != nil {
			return err
		}
		switch t.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
	}
	return nil
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// properties reads title, language and date from the part that holds what the
// file says of itself.
func properties(folder *archive.Folder, name string, doc *Document) {
	into := map[string]*string{"title": &doc.Named, "language": &doc.Lang, "created": &doc.Published, "creation-date": &doc.Published}
	var to *string
	_ = tokens(folder, name, func(_ *xml.Decoder, t xml.Token) error { // without them the document is as good
		switch t := t.(type) {
		case xml.StartElement:
			to = into[t.Name.Local]
		case xml.EndElement:
			to = nil
		case xml.CharData:
			if to != nil && len(*to) < 1000 {
				*to += string(t)
			}
		}
		return nil
	})
	doc.Named = strings.TrimSpace(doc.Named)
	doc.Lang, _, _ = strings.Cut(strings.ToLower(strings.TrimSpace(doc.Lang)), "-")
}

func malformed(format string, args ...any) error {
	return &corpus.Failure{Reason: corpus.Malformed, Detail: fmt.Sprintf(format, args...)}
}
