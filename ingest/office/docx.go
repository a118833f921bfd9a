package office

import (
	"encoding/xml"
	"strings"

	"vocero/ingest/archive"
)

// DOCX reads an Office Open XML document (ECMA-376, transitional or strict).
func DOCX(b []byte, l archive.Limits) (Document, error) {
	folder, err := open(b, l)
	if folder == nil {
		return Document{}, err
	}
	w := &docx{blocks: blocks{most: len(b)*100 + 1<<20}}
	if err := tokens(folder, "word/document.xml", w.visit); err != nil {
		return Document{}, err
	}
	w.endBlock()
	for _, name := range []string{"word/footnotes.xml", "word/endnotes.xml"} {
		if folder.Has(name) {
			notes := &docx{blocks: blocks{most: w.blocks.most}}
			if err := tokens(folder, name, notes.visit); err != nil {
				return Document{}, err
			}
			notes.endBlock()
			w.blocks.add(paragraph, notes.blocks.all())
		}
	}
	doc := Document{Title: w.title, Text: w.blocks.all()}
	properties(folder, "docProps/core.xml", &doc)
	return doc, nil
}

// docx follows the tokens of a document's main part.
type docx struct {
	blocks blocks
	text   strings.Builder // of the paragraph
	outer  []string        // paragraphs in which a text box stands
	inText bool
	hidden bool // of the run
	listed bool
	style  string
	title  string
	cells  [][]string // a row for each table within a table
}

// dropped are elements whose text is none of the document's: what was deleted,
// field codes, and the second form of what stands there in a newer one too.
var dropped = map[string]bool{
	"del": true, "moveFrom": true, "instrText": true, "delText": true, "Fallback": true, "fldData": true,
	"commentReference": true, "annotationRef": true, "pPrChange": true, "rPrChange": true, "sectPrChange": true,
	"footnoteRef": true, "endnoteRef": true, "rt": true,
}

func (x *docx) visit(d *xml.Decoder, t xml.Token) error {
	switch t := t.(type) {
	case xml.StartElement:
		if dropped[t.Name.Local] {
			return skip(d)
		}
		return x.start(d, t)
	case xml.EndElement:
		x.end(t.Name.Local)
	case xml.CharData:
		if x.inText && !x.hidden {
			x.text.Write(t)
		}
	}
	return nil
}

func (x *docx) start(d *xml.Decoder, e xml.StartElement) error {
	switch e.Name.Local {
	case "t":
		x.inText = true
	case "tab", "ptab":
		x.text.WriteByte('\t')
	case "br", "cr":
		x.text.WriteByte('\n')
	case "noBreakHyphen":
		x.text.WriteByte('-')
	case "tabs": // where the stops are
		return skip(d)
	case "numPr":
		x.listed = true
	case "pStyle":
		x.style = strings.ToLower(attribute(e, "val"))
	case "r":
		x.hidden = false
	case "vanish":
		x.hidden = attribute(e, "val") != "0" && attribute(e, "val") != "false"
	case "txbxContent":
		x.outer = append(x.outer, x.text.String())
		x.text.Reset()
	case "tr":
		x.endBlock()
		x.cells = append(x.cells, nil)
	case "footnote", "endnote":
		if kind := attribute(e, "type"); kind != "" && kind != "normal" { // the line above the notes
			return skip(d)
		}
	}
	return nil
}

func (x *docx) end(name string) {
	switch name {
	case "t":
		x.inText = false
	case "p":
		if n := len(x.cells); n > 0 { // a cell's paragraphs become one line
			x.text.WriteByte(' ')
			return
		}
		x.endBlock()
	case "tc":
		if n := len(x.cells); n > 0 {
			x.cells[n-1] = append(x.cells[n-1], strings.Join(strings.Fields(x.text.String()), " "))
			x.text.Reset()
		}
	case "tr":
		x.endRow()
	case "txbxContent":
		if n := len(x.outer); n > 0 {
			x.endBlock()
			x.text.WriteString(x.outer[n-1])
			x.outer = x.outer[:n-1]
		}
	}
}

// endRow writes a table's row; one of a table within a cell becomes text of it.
func (x *docx) endRow() {
	n := len(x.cells)
	if n == 0 {
		return
	}
	line := strings.Join(x.cells[n-1], "\t")
	x.cells = x.cells[:n-1]
	if n > 1 {
		x.text.WriteString(strings.ReplaceAll(line, "\t", " ") + " ")
		return
	}
	x.blocks.add(row, line)
}

// titles and headings are the names that Word gives its styles of title and
// first heading, by the language that it was installed in.
var (
	titles   = map[string]bool{"title": true, "ttulo": true, "título": true, "titre": true, "titolo": true, "titel": true, "ttol": true}
	headings = map[string]bool{"heading1": true, "ttulo1": true, "título1": true, "titre1": true, "titolo1": true, "berschrift1": true, "ttol1": true}
)

// beginning is how much text may stand before a heading that is the title.
const beginning = 300

func (x *docx) endBlock() {
	text := strings.TrimSpace(x.text.String())
	k := paragraph
	if x.listed {
		k = item
	}
	if x.title == "" && text != "" && (titles[x.style] || headings[x.style] && x.blocks.text.Len() < beginning) {
		x.title = strings.Join(strings.Fields(text), " ")
	}
	x.blocks.add(k, text)
	x.text.Reset()
	x.listed, x.style = false, ""
}
