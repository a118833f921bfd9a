package ingest

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	stdhtml "html"
	"maps"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"vocero/corpus"
	"vocero/ingest/charset"
	"vocero/ingest/fields"
	"vocero/ingest/html"
	"vocero/ingest/pdf"
)

// Decoder makes documents of bytes. It may be used by many goroutines at once.
type Decoder struct {
	limits Limits
	fields fields.Map
	pdf    *pdf.Reader
	means  string
}

// Version of the formats' readers. It goes up when one of them reads what it
// failed to read before.
const Version = 2

// DecoderOptions says how a Decoder works; the zero value is good.
type DecoderOptions struct {
	Limits    Limits
	Fields    fields.Map // what JSON calls the parts of a release
	Cache     string     // folder in which the compiled PDF engine is kept; "": it is not kept
	Tesseract string     // the program that reads scanned pages; "": they are failures
}

// NewDecoder returns a Decoder, to be closed after use.
func NewDecoder(o DecoderOptions) *Decoder {
	limits := o.Limits.withDefaults()
	return &Decoder{limits: limits, fields: o.Fields, pdf: pdf.NewReader(pdf.Options{
		Cache: o.Cache, Tesseract: o.Tesseract, Memory: limits.Memory, Text: limits.Text,
	}), means: means(limits, o)}
}

// means says what can make an input go well that failed.
func means(l Limits, o DecoderOptions) string {
	s := fmt.Sprintf("formats %d; time %v, bytes %d, text %d, ratio %d, depth %d, entries %d, memory %d",
		Version, l.Time, l.Raw, l.Text, l.Ratio, l.Depth, l.Entries, l.Memory)
	if o.Tesseract != "" {
		s += "; tesseract"
	}
	if len(o.Fields) > 0 {
		s += fmt.Sprint("; fields ", o.Fields)
	}
	return s
}

// Means says in words what d decodes with: its version, its limits and its
// helpers. An input that failed may go well with other means.
func (d *Decoder) Means() string { return d.means }

// Limits are the bounds that d keeps, its defaults filled in.
func (d *Decoder) Limits() Limits { return d.limits }

// Close frees what the decoder's engines hold.
func (d *Decoder) Close() error { return d.pdf.Close() }

// Decode makes a document of one release with a Decoder of the default options.
// Who has many makes a Decoder for them.
func Decode(ctx context.Context, raw corpus.Raw) (corpus.Document, error) {
	d := NewDecoder(DecoderOptions{})
	defer d.Close()
	return d.Decode(ctx, raw)
}

// Decode makes a document of bytes, whose format is told by the bytes. What was
// given beside them is believed before what they say themselves. Lang is left
// empty where neither says it. Inputs that hold many releases are for an
// [Expander]. The error is a [corpus.Failure], or that of ctx.
func (d *Decoder) Decode(ctx context.Context, raw corpus.Raw) (corpus.Document, error) {
	if err := ctx.Err(); err != nil {
		return corpus.Document{}, err
	}
	if len(raw.Bytes) > d.limits.Raw {
		return corpus.Document{}, tooLarge("bytes", len(raw.Bytes), d.limits.Raw)
	}
	doc, err := d.parse(ctx, raw)
	if err != nil {
		return corpus.Document{}, err
	}
	doc.ID = corpus.DocumentID(&raw)
	doc.Source, doc.Parent = raw.Source, raw.Parent
	if strings.TrimSpace(doc.Text) == "" {
		return corpus.Document{}, &corpus.Failure{Reason: corpus.Empty, Detail: "no text"}
	}
	if len(doc.Text) > d.limits.Text {
		return corpus.Document{}, tooLarge("bytes of text", len(doc.Text), d.limits.Text)
	}
	return doc, nil
}

func tooLarge(what string, n, most int) error {
	return &corpus.Failure{Reason: corpus.TooLarge, Detail: fmt.Sprintf("%d %s; at most %d are taken", n, what, most)}
}

func (d *Decoder) parse(ctx context.Context, raw corpus.Raw) (corpus.Document, error) {
	switch format := Sniff(raw.Bytes); format {
	case Nothing:
		return corpus.Document{}, &corpus.Failure{Reason: corpus.Empty, Detail: "no bytes but white space"}
	case JSON, JSONLines:
		return d.parseJSON(ctx, raw)
	case HTML:
		return parseHTML(ctx, raw, charset.Decode(raw.Bytes, raw.ContentType))
	case Text:
		return d.parsePlain(ctx, raw)
	case Markdown:
		return d.parseMarkdown(raw)
	case Mail:
		return d.parseMail(ctx, raw)
	case PDF:
		return d.parsePDF(ctx, raw)
	case DOCX, ODT, RTF, EPUB, Compound:
		return d.parseOffice(raw, format)
	default:
		return corpus.Document{}, &corpus.Failure{Reason: corpus.Unsupported, Detail: "the format is " + string(format)}
	}
}

// parsePlain reads what is text to the eye. In UTF-16 it may yet be HTML or JSON.
func (d *Decoder) parsePlain(ctx context.Context, raw corpus.Raw) (corpus.Document, error) {
	text := charset.Decode(raw.Bytes, raw.ContentType)
	if bytes.IndexByte(raw.Bytes, 0) >= 0 {
		switch Sniff([]byte(text)) {
		case HTML:
			return parseHTML(ctx, raw, text)
		case JSON:
			raw.Bytes = []byte(text)
			return d.parseJSON(ctx, raw)
		}
	}
	return parseText(raw, clean(text)), nil
}

// parseJSON reads one release as a JSON object. A text that is HTML is read as such.
func (d *Decoder) parseJSON(ctx context.Context, raw corpus.Raw) (corpus.Document, error) {
	r, err := d.fields.Read([]byte(charset.Decode(raw.Bytes, "")))
	if err != nil {
		return corpus.Document{}, &corpus.Failure{Reason: corpus.Malformed, Detail: "JSON: " + err.Error()}
	}
	raw.Given = merge(raw.Given, r.Given)
	if Sniff([]byte(r.Text)) == HTML {
		raw.Given.Title = stdhtml.UnescapeString(raw.Given.Title)
		return parseHTML(ctx, raw, "<html><body><article>"+r.Text+"</article></body></html>")
	}
	return parseText(raw, clean(r.Text)), nil
}

// parseText takes text as it is. Where its first line stands apart it is the
// title; a title that was given and does not begin the text is put before it.
func parseText(raw corpus.Raw, text string) corpus.Document {
	doc := given(raw)
	switch {
	case doc.Title != "" && !begins(strings.TrimSpace(text), doc.Title):
		text = doc.Title + "\n\n" + text
	case doc.Title == "":
		first, rest, ok := strings.Cut(text, "\n")
		if first = strings.TrimSpace(first); ok && len(first) <= maxTitle && strings.HasPrefix(strings.TrimLeft(rest, " \t"), "\n") {
			doc.Title = first
		}
	}
	doc.Text = text
	return doc
}

// begins says whether text begins with title, as whole words.
func begins(text, title string) bool {
	rest, ok := strings.CutPrefix(text, title)
	next, _ := utf8.DecodeRuneInString(rest)
	return ok && (rest == "" || !unicode.IsLetter(next) && !unicode.IsDigit(next))
}

// maxTitle is the longest first line, in bytes, that is taken for a title.
const maxTitle = 400

func parseHTML(ctx context.Context, raw corpus.Raw, page string) (corpus.Document, error) {
	article, err := html.Parse(ctx, page, cmp.Or(raw.URL, raw.Given.URL))
	if err != nil {
		return corpus.Document{}, err
	}
	beside := raw.Given
	raw.Given = merge(beside, corpus.Given{
		URL: article.Canonical, Title: article.Title, Lang: article.Lang,
		Published: article.Published, Publisher: article.Publisher, Country: article.Country,
		Author: strings.Join(article.Authors, "; "), Section: article.Section, Modified: article.Modified,
	})
	doc := parseText(raw, clean(article.Text))
	doc.Origins = origins(beside, article.From)
	return doc, nil
}

// origins says where each field of a document was found: beside the page, or
// where on the page.
func origins(beside corpus.Given, page map[string]string) map[string]string {
	from := maps.Clone(page)
	for field, value := range map[string]string{
		"title": beside.Title, "lang": beside.Lang, "published": beside.Published, "publisher": beside.Publisher,
		"country": beside.Country, "author": beside.Author, "section": beside.Section, "modified": beside.Modified,
		"url": beside.URL,
	} {
		if value != "" {
			from[field] = "given"
		}
	}
	return from
}

// given is the document as far as what came beside the text says it, or what is
// true where nobody does.
func given(raw corpus.Raw) corpus.Document {
	g := merge(raw.Given, raw.Default)
	published, _ := ParseDate(g.Published) // a date that cannot be read is no date
	modified, _ := ParseDate(g.Modified)
	return corpus.Document{
		URL: cmp.Or(raw.URL, g.URL), Publisher: clean(g.Publisher), Country: strings.ToUpper(strings.TrimSpace(g.Country)),
		Lang: strings.ToLower(strings.TrimSpace(g.Lang)), Published: published, Title: strings.TrimSpace(clean(g.Title)),
		Modified: modified, Author: strings.TrimSpace(clean(g.Author)), Section: strings.TrimSpace(clean(g.Section)),
	}
}

// merge fills in what a does not say with what b says.
func merge(a, b corpus.Given) corpus.Given {
	return corpus.Given{
		ID: cmp.Or(a.ID, b.ID), URL: cmp.Or(a.URL, b.URL), Title: cmp.Or(a.Title, b.Title), Lang: cmp.Or(a.Lang, b.Lang),
		Published: cmp.Or(a.Published, b.Published), Country: cmp.Or(a.Country, b.Country), Publisher: cmp.Or(a.Publisher, b.Publisher),
		Author: cmp.Or(a.Author, b.Author), Section: cmp.Or(a.Section, b.Section), Modified: cmp.Or(a.Modified, b.Modified),
	}
}

// clean makes text what Document.Text must be: valid UTF-8 in NFC, with \n for
// every end of line and no control characters.
func clean(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r < ' ' || r == 0x7f || r == '\ufeff':
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
	return norm.NFC.String(s)
}
