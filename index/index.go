// Package index says what searching releases means: an [Index] takes releases
// in, with a cursor into the corpus, and answers a [Request] with a [Page] of
// hits, exact totals and facets.
//
//	ix, err := bleve.Open(folder)
//	err = index.Sync(ctx, store, ix)
//	q, err := query.Parse("trata org:USAID amount>=1M")
//	page, err := ix.Search(ctx, index.Request{Query: q, Size: 10, Facets: []index.FacetName{index.Persons}})
//
// An index holds nothing that can't be made again from the corpus; texts for
// snippets come from there, see [Snippets].
package index

import (
	"context"
	"errors"

	"vocero/corpus"
	"vocero/index/query"
)

// Index finds releases. Every method is safe for concurrent use. indextest
// holds what every Index must do.
type Index interface {
	// Put adds releases, or replaces those of the same document ID, together
	// with the cursor of the corpus's change that they end at: when it returns
	// nil both are durable, when it returns an error neither is. A release with
	// a Failure removes its document.
	Put(ctx context.Context, batch []corpus.Release, at corpus.Cursor) error

	// Delete removes documents by ID, whether they are there or not.
	Delete(ctx context.Context, ids []string) error

	// Cursor returns the cursor of the last Put, or 0.
	Cursor(ctx context.Context) (corpus.Cursor, error)

	// Search answers one request from one state of the index. Its error is
	// ErrAfter for a Request.After that no page of this request gave, or an
	// *Unanswerable for a query that this index can't answer.
	Search(ctx context.Context, r Request) (Page, error)

	Close() error
}

// ErrFormat says that the index was written by another version of the program
// and must be rebuilt.
var ErrFormat = errors.New("the index has another format: rebuild it")

// ErrDamaged says that the index can't be trusted and must be rebuilt.
var ErrDamaged = errors.New("the index is damaged: rebuild it")

// ErrAfter says that Request.After isn't the Next of a page of this request.
var ErrAfter = errors.New("after: not the end of a page of this search")

// Unanswerable is the error for a query that is well formed, but more than the
// index can answer.
type Unanswerable struct {
	Part   string // of the query, as it prints
	Reason string
}

// Error names the part and the reason.
func (u *Unanswerable) Error() string { return u.Part + ": " + u.Reason }

// Request asks for a page of hits and for facets over all hits.
type Request struct {
	Query     query.Node
	Size      int         // hits on the page; 0 asks for totals and facets only
	After     string      // Page.Next of the page before; "" is the first page
	Sort      Sort        // zero: by relevance
	Facets    []FacetName // which facets to count
	FacetSize int         // values of each; 0 is 10
}

// Sort is the order of hits. Hits that are equal in it go by publication, the
// newest first, then by ID.
type Sort string

// The orders of hits.
const (
	ByRelevance Sort = ""
	Newest      Sort = "newest" // by publication; undated releases last
	Oldest      Sort = "oldest" // by publication; undated releases last
)

// Page is the answer to a Request.
type Page struct {
	Total  int     // of all hits, exact
	Hits   []Hit   // in the order asked for
	Facets []Facet // as asked for, in that order
	Next   string  // Request.After for the page that follows; "" at the end
}

// Hit is a document found.
type Hit struct {
	ID        string
	Version   int // of the document, as it was indexed
	Score     float64
	Published corpus.Date
}

// FacetName is the name of a facet, by which a value can be asked for too.
type FacetName string

// The facets.
const (
	Persons    FacetName = "person"
	Orgs       FacetName = "org"
	Places     FacetName = "place"
	Roles      FacetName = "role" // in lower case
	Publishers FacetName = "publisher"
	Countries  FacetName = "country"
	Langs      FacetName = "lang"
	Sources    FacetName = "source"
	Years      FacetName = "year"     // of publication: 2021
	Months     FacetName = "month"    // of publication: 2021-05
	TextYears  FacetName = "date"     // named in the text: 2021
	Currencies FacetName = "currency" // ISO 4217 code
	Bands      FacetName = "amount"   // by powers of ten: USD 1M..10M
)

// FacetNames lists all facets.
var FacetNames = [...]FacetName{Persons, Orgs, Places, Roles, Publishers, Countries, Langs,
	Sources, Years, Months, TextYears, Currencies, Bands}

// Facet counts all hits of a search by one of their properties.
type Facet struct {
	Name   FacetName
	Values []Count // most frequent first, then by value
	More   int     // number of values beyond these
}

// Count is the number of hits that have a value.
type Count struct {
	Value string
	Count int
}
