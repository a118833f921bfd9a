// Package extract finds in a release its people, bodies, places, roles, amounts
// and dates, with their places in the text:
//
//	extractor, err := extract.New()
//	found, err := extractor.Annotate(ctx, document)
//
// Each kind has a finder in a package of its own; here they are called one
// after another and what they see in the same words is settled.
package extract

import (
	"context"
	"fmt"

	"vocero/corpus"
	"vocero/extract/date"
	"vocero/extract/link"
	"vocero/extract/money"
	"vocero/extract/ner"
	"vocero/extract/ner/crf"
	"vocero/extract/role"
	"vocero/extract/text"
)

// Version is written into annotations; one that differs from what the corpus
// has says that a document can be annotated anew.
const Version = "6"

// maxText is the longest text, in bytes, that is annotated: about 600 pages.
const maxText = 2 << 20

// Extractor annotates documents. It is safe for concurrent use.
type Extractor struct {
	names   *crf.Tagger
	version string
}

// New loads the embedded models.
func New() (*Extractor, error) {
	names, err := ner.Load()
	if err != nil {
		return nil, fmt.Errorf("load extractor: %w", err)
	}
	return &Extractor{names: names, version: Version}, nil
}

// NewWith returns an extractor that finds names with a model of one's own.
func NewWith(names *crf.Tagger) *Extractor {
	h := names.Header()
	return &Extractor{names: names, version: Version + "+" + h.Data[:min(8, len(h.Data))]}
}

// Version is what the extractor writes into annotations: Version, and for a
// model of one's own what tells it from others.
func (e *Extractor) Version() string { return e.version }

// Annotate returns what d says, in order of place. The language is d's own, or
// judged by the text where d has none. A text too long to annotate, or one that
// breaks a finder, is a [corpus.Failure]; a canceled context is its error.
func (e *Extractor) Annotate(ctx context.Context, d corpus.Document) (corpus.Annotations, error) {
	if len(d.Text) > maxText {
		return corpus.Annotations{}, &corpus.Failure{
			Reason: corpus.TooLarge,
			Detail: fmt.Sprintf("%d bytes of text; at most %d are annotated", len(d.Text), maxText),
		}
	}
	found := corpus.Annotations{Document: d.ID, Version: d.Version, Extractor: e.version}
	if err := e.find(ctx, &d, &found); err != nil {
		return corpus.Annotations{}, fmt.Errorf("annotate %s: %w", d.ID, err)
	}
	return found, nil
}

// find calls the finders in the order in which they build on one another.
func (e *Extractor) find(ctx context.Context, d *corpus.Document, found *corpus.Annotations) error {
	lang := d.Lang
	var t *text.Text
	g := guard{ctx: ctx}
	g.run("language", func() {
		if lang == "" {
			lang = text.Language(d.Text)
		}
	})
	g.run("sentences", func() { t = text.Parse(d.Text, lang) })
	g.run("dates", func() {
		found.Dates = date.Find(d.Text, date.Context{Lang: lang, Country: d.Country, Published: d.Published})
	})
	g.run("amounts", func() {
		found.Amounts = money.Find(d.Text, money.Context{Lang: lang, Country: d.Country, Published: d.Published})
	})
	g.run("names", func() { found.Mentions = e.names.Find(t) })
	g.run("names, amounts and dates apart", func() { settleFigures(found) })
	g.run("roles", func() { found.Roles = role.Find(t, found.Mentions) })
	g.run("roles apart", func() { settleRoles(d.Text, found) })
	g.run("individuals", func() { link.Link(t, found) })
	return g.err
}
