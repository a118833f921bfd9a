package ingest

import (
	"cmp"
	"context"
	"encoding/json"
	"strings"
	"time"

	"vocero/corpus"
	"vocero/ingest/charset"
	"vocero/ingest/html"
	"vocero/ingest/mail"
	"vocero/ingest/markdown"
	"vocero/ingest/office"
)

// parseMail reads a message by its text part or, where that says less than the
// one in HTML, by that.
func (d *Decoder) parseMail(ctx context.Context, raw corpus.Raw) (corpus.Document, error) {
	m, err := mail.Parse(raw.Bytes, d.limits.mail())
	if err != nil {
		return corpus.Document{}, err
	}
	text := m.Plain
	raw.Given = merge(raw.Given, corpus.Given{Title: m.Subject, Published: m.Published, Publisher: m.From, Lang: m.Lang})
	if m.HTML != "" {
		article, err := html.Parse(ctx, m.HTML, "")
		if ctx.Err() != nil {
			return corpus.Document{}, context.Cause(ctx)
		}
		if plain := len(strings.Fields(text)); err == nil && len(strings.Fields(article.Text)) > plain+plain/4 {
			text = article.Text
		}
	}
	return parseText(raw, strings.TrimSpace(clean(text))), nil
}

// parseMarkdown reads Markdown, and its front matter like the fields of a JSON
// object.
func (d *Decoder) parseMarkdown(raw corpus.Raw) (corpus.Document, error) {
	doc := markdown.Parse(clean(charset.Decode(raw.Bytes, raw.ContentType)))
	fields := map[string]string{}
	for _, f := range doc.Fields {
		fields[f[0]] = f[1]
	}
	object, _ := json.Marshal(fields) // strings always marshal
	given, err := d.fields.Read(object)
	if err != nil {
		return corpus.Document{}, err
	}
	given.ID = "" // which release it is has been settled
	raw.Given = merge(raw.Given, given.Given)
	raw.Given.Title = cmp.Or(raw.Given.Title, doc.Title)
	return withTitle(raw, strings.TrimSpace(doc.Text)), nil
}

// parsePDF reads a PDF. Its title is the headline of its first page, or else what
// it is in other formats.
func (d *Decoder) parsePDF(ctx context.Context, raw corpus.Raw) (corpus.Document, error) {
	doc, err := d.pdf.Parse(ctx, raw.Bytes)
	if err != nil {
		return corpus.Document{}, err
	}
	text := clean(charset.Repair(doc.Text))
	for i, b := range doc.Head {
		for j, row := range b.Rows {
			doc.Head[i].Rows[j] = clean(charset.Repair(row))
		}
	}
	set := setTitle(doc.Head, text)
	raw.Given = merge(raw.Given, corpus.Given{Title: headline(text, set, clean(doc.Named)), Published: doc.Published})
	return withTitle(raw, text), nil
}

// parseOffice reads a word processor's document.
func (d *Decoder) parseOffice(raw corpus.Raw, format Format) (corpus.Document, error) {
	var doc office.Document
	var err error
	switch format {
	case DOCX:
		doc, err = office.DOCX(raw.Bytes, d.limits.document())
	case ODT:
		doc, err = office.ODT(raw.Bytes, d.limits.document())
	case RTF:
		doc, err = office.RTF(raw.Bytes)
	case Compound:
		doc, err = office.DOC(raw.Bytes)
	case EPUB:
		doc, err = office.EPUB(raw.Bytes, d.limits.document())
	}
	if err != nil {
		return corpus.Document{}, err
	}
	text := clean(doc.Text)
	raw.Given = merge(raw.Given, corpus.Given{Title: headline(text, clean(doc.Title), clean(doc.Named)), Published: made(doc.Published), Lang: doc.Lang})
	return withTitle(raw, text), nil
}

// made is the day on which a file says that it was made, or "" where it cannot be:
// templates and broken clocks give days long past or still to come.
func made(s string) string {
	d, err := ParseDate(s)
	if err != nil || d.Year < 1990 || d.Time().After(time.Now().AddDate(0, 0, 2)) {
		return ""
	}
	return d.String()
}

// withTitle is the document of a text in which the title stands, if not always
// at its beginning.
func withTitle(raw corpus.Raw, text string) corpus.Document {
	if title := raw.Given.Title; title != "" && strings.Contains(squeezed(text), squeezed(title)) {
		doc := given(raw)
		doc.Text = text
		return doc
	}
	return parseText(raw, text)
}
