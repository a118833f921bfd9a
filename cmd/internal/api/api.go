// Package api answers searches over a corpus and its index, as values that
// print as JSON, and over HTTP:
//
//	s, err := api.Open(ctx, folder)
//	page, err := s.Search(ctx, api.Request{Query: "trata org:USAID"})
//	http.Serve(listener, api.Handler(s))
//
// The command line prints the same values, so that a script finds the same
// shape wherever it asks. Offsets are Unicode code points.
package api

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"slices"

	"vocero/corpus"
	"vocero/extract/wire"
	"vocero/index"
	"vocero/index/query"
)

// ErrNoData says that the folder holds no corpus or no index.
var ErrNoData = errors.New("no corpus there")

// Searcher answers searches: a [Service] of this process, or a [Client] of the
// one that has the index open. It is safe for concurrent use.
type Searcher interface {
	// Search answers r. A query that cannot be read is a *query.Error, one that
	// is too much an *index.Unanswerable, an After of another search index.ErrAfter.
	Search(ctx context.Context, r Request) (Page, error)

	// All yields every hit of r in its order, however many there are, with as
	// many snippets as r asks for. Its errors are those of Search; one ends it.
	All(ctx context.Context, r Request) iter.Seq2[Hit, error]

	// Get returns a release by its ID in its newest version, or corpus.ErrNotFound.
	Get(ctx context.Context, id string) (Document, error)

	Close() error
}

// Request is one search.
type Request struct {
	Query     string
	Size      int        // hits on the page
	After     string     // Page.Next of the page before
	Sort      index.Sort // zero: by relevance
	Unit      string     // of amounts in order; "" is that of the query
	Freshness index.Freshness
	Literal   bool // without what acronyms stand for
	Choices   []index.Choice
	Facets    []index.FacetRequest
	FacetSize int // values of each facet that names no size of its own; 0 is 10
	Snippets  int // sentences shown of each hit

	// AllCopies makes each copy of a release a hit of its own; otherwise one
	// stands for all.
	AllCopies bool

	// Bare leaves the hits of All with their ID, version and day of publication:
	// what the index has of them, without a look into the corpus.
	Bare bool
}

// Page is the answer to a Request.
type Page struct {
	Query  string  `json:"query"` // as it was understood
	Total  int     `json:"total"`
	Hits   []Hit   `json:"hits"`
	Facets []Facet `json:"facets,omitempty"`
	Next   string  `json:"next,omitempty"`

	Expanded   []Expansion `json:"expanded,omitempty"`
	DidYouMean string      `json:"did_you_mean,omitempty"` // of a search without a hit: a query that has some
}

// Expansion is an acronym of the query with the names that are searched too, or
// a name with its acronyms; Request.Literal searches without.
type Expansion struct {
	Part string   `json:"part"`
	To   []string `json:"to"`
}

// Hit is a release found.
type Hit struct {
	Meta
	Score    float64   `json:"score"`
	Snippets []Snippet `json:"snippets,omitempty"`
	Copies   *Copies   `json:"copies,omitempty"` // that it stands for
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
	Modified  string `json:"modified,omitempty"`
	Author    string `json:"author,omitempty"`
	Section   string `json:"section,omitempty"`

	// Origins says where each field was found: json-ld, opengraph, meta, url, …
	Origins map[string]string `json:"origins,omitempty"`
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
	Copies   *Copies        `json:"copies,omitempty"`
}

// of is r for the index.
func (r Request) of(q query.Node) index.Request {
	facets := slices.Clone(r.Facets)
	for i := range facets {
		facets[i].Size = cmp.Or(facets[i].Size, r.FacetSize)
	}
	return index.Request{Query: q, Size: r.Size, After: r.After, Sort: r.Sort, Unit: r.Unit,
		Freshness: r.Freshness, Literal: r.Literal, Choices: r.Choices, Facets: facets, Copies: r.AllCopies}
}

func show(ctx context.Context, store corpus.Store, q query.Node, h index.Hit, n int) (Hit, error) {
	doc, err := store.Version(ctx, h.ID, h.Version)
	if err != nil {
		return Hit{}, err
	}
	hit := Hit{Meta: meta(&doc), Score: h.Score}
	if h.Group != "" {
		if hit.Copies, err = copiesOf(ctx, store, h.ID); err != nil {
			return Hit{}, err
		}
	}
	if n == 0 {
		return hit, nil
	}
	var found corpus.Annotations
	if index.Annotated(q) {
		if found, err = store.Annotations(ctx, h.ID, h.Version); err != nil {
			return Hit{}, err
		}
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
		Modified: d.Modified.String(), Author: d.Author, Section: d.Section, Origins: d.Origins,
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
