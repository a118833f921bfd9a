package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"vocero/corpus"

	"github.com/blevesearch/bleve/v2"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/en" // analyzers by name
	_ "github.com/blevesearch/bleve/v2/analysis/lang/es"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/fr"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/pt"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search/query"
)

// langs have an analyzer, and a field, each.
var langs = []string{"es", "en", "pt", "fr"}

// rawBleve is bleve without anything of ours.
type rawBleve struct {
	ix     bleve.Index
	fields []string // that words are asked in
	make   func(*release) map[string]any
}

// newTuned is bleve as a careful user sets it up: nothing dynamic, nothing
// stored, no _all; texts with term vectors and without columns; facets as
// keywords with columns alone.
func newTuned(folder string) (engine, error) {
	text := func(analyzer string) *mapping.FieldMapping {
		f := bleve.NewTextFieldMapping()
		f.Analyzer, f.Store, f.IncludeInAll, f.DocValues, f.IncludeTermVectors = analyzer, false, false, false, true
		return f
	}
	keyword := bleve.NewKeywordFieldMapping()
	keyword.Store, keyword.IncludeInAll, keyword.IncludeTermVectors, keyword.DocValues = false, false, false, true
	number := bleve.NewNumericFieldMapping()
	number.Store, number.IncludeInAll, number.DocValues = false, false, false
	doc := bleve.NewDocumentStaticMapping()
	b := &rawBleve{}
	for _, lang := range langs {
		for _, part := range []string{"text_", "title_"} {
			doc.AddFieldMappingsAt(part+lang, text(lang))
			b.fields = append(b.fields, part+lang)
		}
	}
	for _, name := range []string{"person", "org", "place"} {
		doc.AddFieldMappingsAt(name, keyword)
		doc.AddFieldMappingsAt(name+"_words", text("standard"))
	}
	for _, name := range []string{"publisher", "lang", "year", "month", "day", "date"} {
		doc.AddFieldMappingsAt(name, keyword)
	}
	doc.AddFieldMappingsAt("amount", number)
	m := bleve.NewIndexMapping()
	m.DefaultMapping = doc
	m.StoreDynamic, m.IndexDynamic, m.DocValuesDynamic = false, false, false
	b.make = func(r *release) map[string]any {
		d := common(r)
		lang := r.Document.Lang
		d["text_"+lang], d["title_"+lang] = r.Document.Text, r.Document.Title
		for _, name := range []string{"person", "org", "place"} {
			d[name+"_words"] = d[name]
		}
		return d
	}
	return b, b.open(filepath.Join(folder, "bleve"), m)
}

// newDefaults is bleve as its first example has it.
func newDefaults(folder string) (engine, error) {
	b := &rawBleve{fields: []string{"text", "title"}}
	b.make = func(r *release) map[string]any {
		d := common(r)
		d["text"], d["title"] = r.Document.Text, r.Document.Title
		return d
	}
	return b, b.open(filepath.Join(folder, "bleve"), bleve.NewIndexMapping())
}

// open opens what was built before, or makes it.
func (b *rawBleve) open(path string, m mapping.IndexMapping) (err error) {
	if b.ix, err = bleve.Open(path); errors.Is(err, bleve.ErrorIndexPathDoesNotExist) {
		b.ix, err = bleve.New(path, m)
	}
	return err
}

// common is what both hold beside the text.
func common(r *release) map[string]any {
	d := map[string]any{
		"person": names(r, corpus.Person), "org": names(r, corpus.Organization), "place": names(r, corpus.Place),
		"publisher": r.Document.Publisher, "lang": r.Document.Lang, "day": r.Document.Published.String(),
	}
	if p := r.Document.Published; !p.IsZero() {
		d["year"], d["month"] = fmt.Sprint(p.Year), corpus.Date{Year: p.Year, Month: p.Month}.String()
	}
	var amounts []float64
	var dates []string
	for i := range r.Annotations.Amounts {
		v, _ := r.Annotations.Amounts[i].Low.Float64()
		amounts = append(amounts, v)
	}
	for i := range r.Annotations.Dates {
		dates = append(dates, r.Annotations.Dates[i].EDTF)
	}
	d["amount"], d["date"] = amounts, dates
	return d
}

func (b *rawBleve) put(_ context.Context, batch []release) error {
	bb := b.ix.NewBatch()
	for i := range batch {
		if err := bb.Index(batch[i].Document.ID, b.make(&batch[i])); err != nil {
			return err
		}
	}
	return b.ix.Batch(bb)
}

func (b *rawBleve) search(ctx context.Context, q question) (int, error) {
	found, err := b.result(ctx, q)
	if err != nil {
		return 0, err
	}
	return int(found.Total), nil
}

func (b *rawBleve) top(ctx context.Context, q question) (ids []string, err error) {
	found, err := b.result(ctx, q)
	if err != nil {
		return nil, err
	}
	for _, h := range found.Hits {
		ids = append(ids, h.ID)
	}
	return ids, nil
}

func (b *rawBleve) result(ctx context.Context, q question) (*bleve.SearchResult, error) {
	r := bleve.NewSearchRequestOptions(b.query(q), 10, 0, false)
	if q.facets {
		for _, name := range []string{"person", "org", "publisher", "year"} {
			r.AddFacet(name, bleve.NewFacetRequest(name, 10))
		}
	}
	if q.newest {
		r.SortBy([]string{"-day", "_id"})
	}
	return b.ix.SearchInContext(ctx, r)
}

func (b *rawBleve) query(q question) query.Query {
	whole := strings.Join(q.words, " ")
	switch q.how {
	case prefix:
		return b.inFields(func(field string) query.Query {
			p := bleve.NewPrefixQuery(whole)
			p.SetField(field)
			return p
		})
	case phrase:
		return b.inFields(func(field string) query.Query {
			p := bleve.NewMatchPhraseQuery(whole)
			p.SetField(field)
			return p
		})
	}
	return b.inFields(func(field string) query.Query {
		m := bleve.NewMatchQuery(whole)
		m.SetField(field)
		if q.how == and {
			m.SetOperator(query.MatchQueryOperatorAnd)
		}
		return m
	})
}

// inFields asks in every field, with more weight in titles.
func (b *rawBleve) inFields(ask func(field string) query.Query) query.Query {
	var all []query.Query
	for _, field := range b.fields {
		q := ask(field)
		if boosted, ok := q.(query.BoostableQuery); ok && strings.HasPrefix(field, "title") {
			boosted.SetBoost(2)
		}
		all = append(all, q)
	}
	return bleve.NewDisjunctionQuery(all...)
}

func (b *rawBleve) close() error { return b.ix.Close() }
