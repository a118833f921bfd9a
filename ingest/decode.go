package ingest

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"golang.org/x/text/unicode/norm"

	"vocero/corpus"
	"vocero/ingest/html"
)

// The bounds of one release.
const (
	maxRaw  = 20 << 20 // bytes as they came
	maxText = 2 << 20  // bytes of text
)

// Decode makes a document of bytes: text, HTML or one release as a JSON object,
// told apart by the bytes. What was given beside them is believed before what
// they say themselves. Lang is left empty where neither says it. The error is a
// [corpus.Failure], or that of ctx.
func Decode(ctx context.Context, raw corpus.Raw) (corpus.Document, error) {
	if err := ctx.Err(); err != nil {
		return corpus.Document{}, err
	}
	if len(raw.Bytes) > maxRaw {
		return corpus.Document{}, tooLarge("bytes", len(raw.Bytes), maxRaw)
	}
	doc, err := parse(raw)
	if err != nil {
		return corpus.Document{}, err
	}
	doc.ID = corpus.DocumentID(&raw)
	doc.Source = raw.Source
	if strings.TrimSpace(doc.Text) == "" {
		return corpus.Document{}, &corpus.Failure{Reason: corpus.Empty, Detail: "no text"}
	}
	if len(doc.Text) > maxText {
		return corpus.Document{}, tooLarge("bytes of text", len(doc.Text), maxText)
	}
	return doc, nil
}

func tooLarge(what string, n, most int) error {
	return &corpus.Failure{Reason: corpus.TooLarge, Detail: fmt.Sprintf("%d %s; at most %d are taken", n, what, most)}
}

func parse(raw corpus.Raw) (corpus.Document, error) {
	switch format := Sniff(raw.Bytes); format {
	case Nothing:
		return corpus.Document{}, &corpus.Failure{Reason: corpus.Empty, Detail: "no bytes but white space"}
	case JSON:
		return parseJSON(raw)
	case HTML:
		return parseHTML(raw)
	case Text:
		return parseText(raw, decodeText(raw.Bytes, raw.ContentType)), nil
	default:
		return corpus.Document{}, &corpus.Failure{Reason: corpus.Unsupported, Detail: "the format is " + string(format)}
	}
}

// release is one release as a JSON object.
type release struct {
	corpus.Given
	Text string `json:"text"`
}

func parseJSON(raw corpus.Raw) (corpus.Document, error) {
	var r release
	if err := json.Unmarshal([]byte(decodeText(raw.Bytes, "")), &r); err != nil {
		return corpus.Document{}, &corpus.Failure{Reason: corpus.Malformed, Detail: "JSON: " + err.Error()}
	}
	raw.Given = merge(raw.Given, r.Given)
	return parseText(raw, clean(r.Text)), nil
}

// parseText takes text as it is. Where its first line stands apart it is the
// title; a title that was given and does not begin the text is put before it.
func parseText(raw corpus.Raw, text string) corpus.Document {
	doc := given(raw)
	switch {
	case doc.Title != "" && !strings.HasPrefix(strings.TrimSpace(text), doc.Title):
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

// maxTitle is the longest first line, in bytes, that is taken for a title.
const maxTitle = 400

func parseHTML(raw corpus.Raw) (corpus.Document, error) {
	article, err := html.Parse(decodeText(raw.Bytes, raw.ContentType), cmp.Or(raw.URL, raw.Given.URL))
	if err != nil {
		return corpus.Document{}, &corpus.Failure{Reason: corpus.Malformed, Detail: err.Error()}
	}
	raw.Given = merge(raw.Given, corpus.Given{
		URL: article.Canonical, Title: article.Title, Lang: article.Lang,
		Published: article.Published, Publisher: article.Publisher, Country: article.Country,
	})
	return parseText(raw, clean(article.Text)), nil
}

// given is the document as far as what came beside the text says it.
func given(raw corpus.Raw) corpus.Document {
	g := raw.Given
	published, _ := ParseDate(g.Published) // a date that cannot be read is no date
	return corpus.Document{
		URL: cmp.Or(raw.URL, g.URL), Publisher: clean(g.Publisher), Country: strings.ToUpper(strings.TrimSpace(g.Country)),
		Lang: strings.ToLower(strings.TrimSpace(g.Lang)), Published: published, Title: strings.TrimSpace(clean(g.Title)),
	}
}

// merge fills in what a does not say with what b says.
func merge(a, b corpus.Given) corpus.Given {
	return corpus.Given{
		ID: cmp.Or(a.ID, b.ID), URL: cmp.Or(a.URL, b.URL), Title: cmp.Or(a.Title, b.Title), Lang: cmp.Or(a.Lang, b.Lang),
		Published: cmp.Or(a.Published, b.Published), Country: cmp.Or(a.Country, b.Country), Publisher: cmp.Or(a.Publisher, b.Publisher),
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
