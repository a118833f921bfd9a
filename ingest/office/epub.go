package office

import (
	"encoding/xml"
	"io/fs"
	"path"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"vocero/corpus"
	"vocero/ingest/archive"
	"vocero/ingest/charset"
)

// EPUB reads a book (EPUB 2 and 3), its chapters in the order in which they are
// read. One whose text is encrypted is refused.
func EPUB(b []byte, l archive.Limits) (Document, error) {
	folder, err := open(b, l)
	if folder == nil {
		return Document{}, err
	}
	p, err := openPackage(folder)
	if err != nil {
		return Document{}, err
	}
	encryption, _ := fs.ReadFile(folder, "META-INF/encryption.xml") // fonts alone may be, too
	w := &blocks{most: len(b)*100 + 1<<20}
	for _, file := range p.chapters {
		if strings.Contains(string(encryption), `URI="`+file+`"`) {
			return Document{}, &corpus.Failure{Reason: corpus.Refused, Detail: "the book is encrypted"}
		}
		page, err := fs.ReadFile(folder, file)
		if err != nil {
			return Document{}, malformed("%s: %v", file, err)
		}
		w.page(charset.Decode(page, ""))
	}
	doc := Document{Text: w.all()}
	properties(folder, p.name, &doc)
	doc.Title, doc.Named = doc.Named, ""
	return doc, nil
}

// epubPackage is what lists a book's chapters.
type epubPackage struct {
	name     string
	chapters []string
}

func openPackage(folder *archive.Folder) (epubPackage, error) {
	var p epubPackage
	err := tokens(folder, "META-INF/container.xml", func(_ *xml.Decoder, t xml.Token) error {
		if e, ok := t.(xml.StartElement); ok && e.Name.Local == "rootfile" && p.name == "" {
			p.name = attribute(e, "full-path")
		}
		return nil
	})
	if err != nil {
		return p, err
	}
	files := map[string]string{}
	err = tokens(folder, p.name, func(_ *xml.Decoder, t xml.Token) error {
		e, ok := t.(xml.StartElement)
		switch {
		case !ok:
		case e.Name.Local == "item" && strings.Contains(attribute(e, "media-type"), "html") && !strings.Contains(attribute(e, "properties"), "nav"):
			files[attribute(e, "id")] = path.Join(path.Dir(p.name), attribute(e, "href"))
		case e.Name.Local == "itemref" && attribute(e, "linear") != "no":
			if file := files[attribute(e, "idref")]; file != "" {
				p.chapters = append(p.chapters, file)
			}
		}
		return nil
	})
	return p, err
}

// page adds a chapter's blocks.
func (b *blocks) page(page string) {
	z := html.NewTokenizer(strings.NewReader(page))
	var text strings.Builder
	k, skipped := paragraph, 0
	end := func() {
		b.add(k, strings.Join(strings.Fields(text.String()), " "))
		text.Reset()
		k = paragraph
	}
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			end()
			return
		case html.TextToken:
			if skipped == 0 {
				text.Write(z.Text()) // entities are read already
			}
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			switch atom.Lookup(name) {
			case atom.Head, atom.Script, atom.Style:
				if kind == html.StartTagToken {
					skipped++
				} else if kind == html.EndTagToken {
					skipped = max(0, skipped-1)
				}
			case atom.Li:
				end()
				if kind == html.StartTagToken {
					k = item
				}
			case atom.Td, atom.Th:
				text.WriteByte(' ')
			case atom.Tr:
				end()
				k = row
			case atom.P, atom.Div, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Blockquote, atom.Section, atom.Body, atom.Ul, atom.Ol, atom.Table:
				end()
			case atom.Br:
				text.WriteByte(' ')
			}
		}
	}
}
