package ingest

import (
	"cmp"
	"context"
	_ "embed"
	"encoding/json"
	"strings"
	"sync"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"vocero/corpus"
	"vocero/ingest/charset"
	"vocero/ingest/html"
	"vocero/ingest/mail"
	"vocero/ingest/markdown"
	"vocero/ingest/office"
)

// parseMail reads a message by its text part or, where that says less than the
// one in HTML, by that.
func (d *Decoder) parseMail(raw corpus.Raw) (corpus.Document, error) {
	m, err := mail.Parse(raw.Bytes, d.limits.mail())
	if err != nil {
		return corpus.Document{}, err
	}
	text := m.Plain
	raw.Given = merge(raw.Given, corpus.Given{Title: m.Subject, Published: m.Published, Publisher: m.From, Lang: m.Lang})
	if m.HTML != "" {
		article, err := html.Parse(m.HTML, "")
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

// parsePDF reads a PDF. Its title is the largest line that is one, or else what
// it is in other formats.
func (d *Decoder) parsePDF(ctx context.Context, raw corpus.Raw) (corpus.Document, error) {
	doc, err := d.pdf.Parse(ctx, raw.Bytes)
	if err != nil {
		return corpus.Document{}, err
	}
	styled := ""
	for _, line := range doc.Titles {
		if styled = clean(line); isTitle(styled) {
			break
		}
		styled = ""
	}
	text := clean(charset.Repair(doc.Text))
	raw.Given = merge(raw.Given, corpus.Given{Title: headline(text, styled, clean(doc.Named)), Published: doc.Published})
	return withTitle(raw, text), nil
}

// isTitle says whether a line can be a release's title: of some words, mostly
// letters, and none that stands above every release.
func isTitle(line string) bool {
	letters := 0
	for _, r := range line {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return len(strings.Fields(line)) >= 3 && letters*3 > len(line) && !strings.HasSuffix(line, ":") && !isKicker(line)
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

// headline finds a release's title: what is styled as one, else what the file
// is named where the text begins with it, else the first line that is none that
// stands above every release of its sender.
func headline(text, styled, named string) string {
	if styled != "" && !isKicker(styled) {
		return styled
	}
	beginning := squeezed(text[:min(len(text), 1500)])
	if len(named) > 15 && !isKicker(named) && strings.Contains(beginning, squeezed(named)) {
		return named
	}
	lines := 0
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || isKicker(line) {
			continue
		}
		if lines++; lines > 3 {
			break
		}
		if n := len(line); n >= 15 && n <= maxTitle && !strings.HasSuffix(line, ".") && !strings.HasSuffix(line, ":") && !strings.Contains(line, "\t") {
			return line
		}
	}
	return ""
}

// squeezed is s in small letters with single spaces.
func squeezed(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

//go:embed kickers.txt
var kickersFile string

var kickers = sync.OnceValue(func() []string {
	var all []string
	for line := range strings.Lines(kickersFile) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			all = append(all, folded(line))
		}
	}
	return all
})

// isKicker says whether a line stands above every release of a sender: "Nota de
// prensa Nº 12", a place and a date, an address.
func isKicker(line string) bool {
	f := folded(line)
	if f == "" || strings.ContainsAny(line, "@") || strings.Contains(line, "www.") || strings.Contains(line, "://") {
		return true
	}
	words := strings.Fields(f)
	for _, k := range kickers() {
		if rest, ok := strings.CutPrefix(f+" ", k+" "); ok && len(words) <= len(strings.Fields(k))+6 && (strings.ContainsAny(rest, "0123456789") || strings.TrimSpace(rest) == "" || strings.Contains(k, " ") && len(strings.Fields(rest)) <= 3) {
			return true
		}
	}
	digits := 0
	for _, w := range words {
		if strings.ContainsAny(w, "0123456789") {
			digits++
		}
	}
	return len(words) <= 8 && digits >= 2 // a place and a date
}

// folded is a line in small letters without accents and signs.
func folded(line string) string {
	s := strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r):
			return -1
		case unicode.IsLetter(r), unicode.IsDigit(r):
			return unicode.ToLower(r)
		}
		return ' '
	}, norm.NFD.String(line))
	return strings.Join(strings.Fields(s), " ")
}
