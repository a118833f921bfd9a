package office

import (
	"encoding/xml"
	"errors"
	"io/fs"
	"strconv"
	"strings"

	"vocero/corpus"
	"vocero/ingest/archive"
)

// ODT reads an OpenDocument text (ISO/IEC 26300).
func ODT(b []byte, l archive.Limits) (Document, error) {
	folder, err := open(b, l)
	if folder == nil {
		return Document{}, err
	}
	if manifest, err := fs.ReadFile(folder, "META-INF/manifest.xml"); err == nil && strings.Contains(string(manifest), "encryption-data") {
		return Document{}, &corpus.Failure{Reason: corpus.Refused, Detail: "the document is encrypted"}
	}
	x := &odt{blocks: blocks{most: len(b)*100 + 1<<20}}
	if err := tokens(folder, "content.xml", x.visit); err != nil {
		return Document{}, err
	}
	doc := Document{Title: x.title, Text: x.blocks.all()}
	properties(folder, "meta.xml", &doc)
	return doc, nil
}

// odt follows the tokens of a document's content.
type odt struct {
	blocks blocks
	open   []*paragraphs // paragraphs within paragraphs: notes and frames stand in them
	lists  int
	cells  [][]string
	notes  int // depth of elements within a note's body
	title  string
}

// paragraphs is one that has begun.
type paragraphs struct {
	text  strings.Builder
	style string
}

// odtDropped are elements whose text is none of the document's.
var odtDropped = map[string]bool{
	"tracked-changes": true, "annotation": true, "note-citation": true, "title": true, "desc": true, "automatic-styles": true,
	"sequence-decls": true, "font-face-decls": true, "scripts": true, "hidden-text": true, "binary-data": true, "ruby-text": true,
}

var errNesting = errors.New("paragraphs within paragraphs, more than 100 deep")

func (x *odt) visit(d *xml.Decoder, t xml.Token) error {
	switch t := t.(type) {
	case xml.StartElement:
		if odtDropped[t.Name.Local] {
			return skip(d)
		}
		return x.start(t)
	case xml.EndElement:
		x.end(t.Name.Local)
	case xml.CharData:
		x.write(strings.Join(strings.Split(string(t), "\n"), " "))
	}
	return nil
}

func (x *odt) write(s string) {
	if n := len(x.open); n > 0 {
		x.open[n-1].text.WriteString(s)
	}
}

func (x *odt) start(e xml.StartElement) error {
	switch e.Name.Local {
	case "p", "h":
		if len(x.open) > 100 {
			return errNesting
		}
		x.open = append(x.open, &paragraphs{style: strings.ToLower(attribute(e, "style-name"))})
	case "s":
		n, _ := strconv.Atoi(attribute(e, "c"))
		x.write(strings.Repeat(" ", min(max(n, 1), 100)))
	case "tab":
		x.write("\t")
	case "line-break":
		x.write("\n")
	case "list-item":
		x.lists++
	case "table-row":
		x.cells = append(x.cells, nil)
	case "table-cell":
		if n := len(x.cells); n > 0 {
			x.cells[n-1] = append(x.cells[n-1], "")
		}
	case "note-body":
		x.notes++
	}
	return nil
}

func (x *odt) end(name string) {
	switch name {
	case "p", "h":
		x.endParagraph(name == "h")
	case "list-item":
		x.lists--
	case "table-row":
		if n := len(x.cells); n > 0 {
			line := strings.Join(x.cells[n-1], "\t")
			x.cells = x.cells[:n-1]
			if n == 1 {
				x.blocks.add(row, line)
			} else if outer := x.cells[n-2]; len(outer) > 0 {
				outer[len(outer)-1] += " " + strings.ReplaceAll(line, "\t", " ")
			}
		}
	case "note-body":
		x.notes--
	}
}

func (x *odt) endParagraph(heading bool) {
	n := len(x.open)
	if n == 0 {
		return
	}
	p := x.open[n-1]
	text := p.text.String()
	if x.title == "" && strings.TrimSpace(text) != "" && (p.style == "title" || heading && x.blocks.last == nothing) {
		x.title = strings.Join(strings.Fields(text), " ")
	}
	x.open = x.open[:n-1]
	switch c := len(x.cells); {
	case x.notes > 0:
		x.blocks.notes = append(x.blocks.notes, text)
	case c > 0 && len(x.cells[c-1]) > 0:
		cell := &x.cells[c-1][len(x.cells[c-1])-1]
		*cell = strings.TrimSpace(*cell + " " + strings.Join(strings.Fields(text), " "))
	case x.lists > 0:
		x.blocks.add(item, text)
	default:
		x.blocks.add(paragraph, text)
	}
}
