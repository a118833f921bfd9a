// Package api answers searches over a corpus and its index, as values that
// print as JSON, and over HTTP:
//
//	page, err := api.Search(ctx, folder, api.Request{Query: "trata org:USAID"})
//	http.Serve(listener, api.Handler(folder))
//
// The command line prints the same values, so that a script finds the same
// shape wherever it asks. Offsets are Unicode code points.
package api

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"slices"

	"vocero/corpus"
	"vocero/corpus/sqlite"
	"vocero/extract/wire"
	"vocero/index"
	"vocero/index/bleve"
	"vocero/index/query"
)

// ErrNoData says that the folder holds no corpus or no index.
var ErrNoData = errors.New("no corpus there")

// Request is one search.
type Request struct {
	Query     string
	Size      int        // hits on the page
	After     string     // Page.Next of the page before
	Sort      index.Sort // zero: by relevance
	Unit      string     // of amounts in order; "" is that of the query
	Freshness index.Freshness
	Choices   []index.Choice
	Facets    []index.FacetRequest
	FacetSize int // values of each facet that names no size of its own; 0 is 10
	Snippets  int // sentences shown of each hit
}

// Page is the answer to a Request.
type Page struct {
	Query  string  `json:"query"` // as it was understood
	Total  int     `json:"total"`
	Hits   []Hit   `json:"hits"`
	Facets []Facet `json:"facets,omitempty"`
	Next   string  `json:"next,omitempty"`
}

// Hit is a release found.
type Hit struct {
	Meta
	Score    float64   `json:"score"`
	Snippets []Snippet `json:"snippets,omitempty"`
}

// Meta is what is known about a release.
type Meta struct {
	ID        string `json:"id"`
	Version   int    `json:"version"`
	Parent    string `json:"parent,omitempty"` // the release that this one was attached to
	Title     string `json:"title,omitempty"`
	URL       string `json:"url,omitempty"`
	Publisher string `json:"publisher,omitempty"`
	Country   string `json:"country,omitempty"`
	Lang      string `json:"lang,omitempty"`
	Published string `json:"published,omitempty"`
}

// Snippet is a sentence of a hit: where it stands in the release's text, and
// what in it answers the query, as ranges into Text.
type Snippet struct {
	Start int      `json:"start"`
	End   int      `json:"end"`
	Text  string   `json:"text"`
	Marks [][2]int `json:"marks"`
}

// Facet counts all hits by one of their properties.
type Facet struct {
	Name   string  `json:"name"`
	Values []Count `json:"values"`
	More   int     `json:"more,omitempty"` // values beyond these
}

// Count is the number of hits that have a value.
type Count struct {
	Value  string  `json:"value"`
	Count  int     `json:"count"`
	Chosen bool    `json:"chosen,omitempty"`
	Of     int     `json:"of,omitempty"`    // releases in the whole index, by significance
	Score  float64 `json:"score,omitempty"` // by significance
}

// Document is a release with all that was found in it.
type Document struct {
	Meta
	Text     string         `json:"text"`
	Mentions []wire.Mention `json:"mentions"`
	Entities []wire.Entity  `json:"entities"`
	Facts    []wire.Fact    `json:"facts"`
}

// Search answers r from the corpus and index in a data folder. A query that
// cannot be read is a *query.Error; a folder without a corpus is ErrNoData.
func Search(ctx context.Context, folder string, r Request) (Page, error) {
	q, err := query.Parse(r.Query)
	if err != nil {
		return Page{}, err
	}
	store, ix, err := open(ctx, folder)
	if err != nil {
		return Page{}, err
	}
	defer store.Close()
	defer ix.Close()
	found, err := ix.Search(ctx, r.of(q))
	if err != nil {
		return Page{}, err
	}
	page := Page{Query: q.String(), Total: found.Total, Hits: []Hit{}, Facets: facets(found.Facets), Next: found.Next}
	for _, h := range found.Hits {
		hit, err := show(ctx, store, q, h, r.Snippets)
		if err != nil {
			return Page{}, fmt.Errorf("show hit %s: %w", h.ID, err)
		}
		page.Hits = append(page.Hits, hit)
	}
	return page, nil
}

// All yields every hit of r in its order, however many there are, with as many
// snippets as r asks for. Its errors are those of Search; an error ends it.
func All(ctx context.Context, folder string, r Request) iter.Seq2[Hit, error] {
	return func(yield func(Hit, error) bool) {
		q, err := query.Parse(r.Query)
		if err != nil {
			yield(Hit{}, err)
			return
		}
		store, ix, err := open(ctx, folder)
		if err != nil {
			yield(Hit{}, err)
			return
		}
		defer store.Close()
		defer ix.Close()
		for h, err := range ix.All(ctx, r.of(q)) {
			var hit Hit
			if err == nil {
				hit, err = show(ctx, store, q, h, r.Snippets)
			}
			if !yield(hit, err) || err != nil {
				return
			}
		}
	}
}

// of is r for the index.
func (r Request) of(q query.Node) index.Request {
	facets := slices.Clone(r.Facets)
	for i := range facets {
		facets[i].Size = cmp.Or(facets[i].Size, r.FacetSize)
	}
	return index.Request{Query: q, Size: r.Size, After: r.After, Sort: r.Sort, Unit: r.Unit,
		Freshness: r.Freshness, Choices: r.Choices, Facets: facets}
}

// Get returns a release by its ID in its newest version, or corpus.ErrNotFound.
func Get(ctx context.Context, folder, id string) (Document, error) {
	store, err := openStore(ctx, folder)
	if err != nil {
		return Document{}, err
	}
	defer store.Close()
	doc, err := store.Get(ctx, id)
	if err != nil {
		return Document{}, err
	}
	found, err := store.Annotations(ctx, id, doc.Version)
	if err != nil {
		return Document{}, err
	}
	a := wire.Encode(&doc, &found)
	return Document{Meta: meta(&doc), Text: a.Text, Mentions: a.Mentions, Entities: a.Entities, Facts: a.Facts}, nil
}

func openStore(ctx context.Context, folder string) (corpus.Store, error) {
	store, err := sqlite.OpenReadOnly(ctx, folder)
	if err != nil {
		return nil, noData(err)
	}
	return store, nil
}

// open opens what a search needs; both must be closed.
func open(ctx context.Context, folder string) (corpus.Store, *bleve.Index, error) {
	store, err := openStore(ctx, folder)
	if err != nil {
		return nil, nil, err
	}
	ix, err := bleve.OpenReadOnly(folder)
	if err != nil {
		return nil, nil, errors.Join(noData(err), store.Close())
	}
	return store, ix, nil
}

func noData(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%w: %w", ErrNoData, err)
	}
	return err
}

func show(ctx context.Context, store corpus.Store, q query.Node, h index.Hit, n int) (Hit, error) {
	doc, err := store.Version(ctx, h.ID, h.Version)
	if err != nil {
		return Hit{}, err
	}
	hit := Hit{Meta: meta(&doc), Score: h.Score}
	if n == 0 {
		return hit, nil
	}
	found, err := store.Annotations(ctx, h.ID, h.Version)
	if err != nil {
		return Hit{}, err
	}
	points := corpus.NewPoints(doc.Text)
	for _, s := range index.Snippets(q, doc, found, n) {
		start := points.Of(s.Span.Start)
		snippet := Snippet{Start: start, End: points.Of(s.Span.End), Text: s.Span.Of(doc.Text), Marks: [][2]int{}}
		for _, m := range s.Marks {
			snippet.Marks = append(snippet.Marks, [2]int{points.Of(m.Start) - start, points.Of(m.End) - start})
		}
		hit.Snippets = append(hit.Snippets, snippet)
	}
	return hit, nil
}

func meta(d *corpus.Document) Meta {
	return Meta{
		ID: d.ID, Version: d.Version, Parent: d.Parent, Title: d.Title, URL: d.URL, Publisher: d.Publisher,
		Country: d.Country, Lang: d.Lang, Published: d.Published.String(),
	}
}

func facets(found []index.Facet) []Facet {
	var out []Facet
	for _, f := range found {
		facet := Facet{Name: string(f.Name), Values: []Count{}, More: f.More}
		for _, v := range f.Values {
			facet.Values = append(facet.Values, Count(v))
		}
		out = append(out, facet)
	}
	return out
}
