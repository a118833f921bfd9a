// Package index says what searching releases means: an [Index] takes releases
// in, with a cursor into the corpus, and answers a [Request] with a [Page] of
// hits, exact totals and facets.
//
//	ix, err := bleve.Open(folder)
//	err = index.Sync(ctx, store, ix)
//	q, err := query.Parse("trata org:USAID amount>=1M")
//	page, err := ix.Search(ctx, index.Request{Query: q, Size: 10, Facets: []index.FacetRequest{{Name: index.Persons}}})
//
// An index holds nothing that can't be made again from the corpus; texts for
// snippets come from there, see [Snippets].
package index

import (
	"context"
	"errors"
	"iter"

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

	// All yields every hit of a request, in its order and from one state of the
	// index, however many there are. Size, After and Facets count for nothing.
	// An error, as Search's, ends it.
	All(ctx context.Context, r Request) iter.Seq2[Hit, error]

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
	Size      int            // hits on the page; 0 asks for totals and facets only
	After     string         // Page.Next of the page before; "" is the first page
	Sort      Sort           // zero: by relevance
	Unit      string         // of the amounts that Largest and Smallest go by, an ISO 4217 code or "%"; "" is that of the query
	Freshness Freshness      // zero: relevance is by words alone
	Literal   bool           // without what acronyms stand for, see Page.Expanded
	Choices   []Choice       // facet values that hits must have, or must not
	Copies    bool           // each copy of a release is a hit of its own, see Hit.Group
	Facets    []FacetRequest // which facets to count
}

// Sort is the order of hits. Hits that are equal in it go by publication, the
// newest first, then by ID.
type Sort string

// The orders of hits.
const (
	ByRelevance Sort = ""
	Newest      Sort = "newest"   // by publication; undated releases last
	Oldest      Sort = "oldest"   // by publication; undated releases last
	Largest     Sort = "largest"  // by the largest amount in Request.Unit; releases without one last
	Smallest    Sort = "smallest" // by the smallest; releases without one last
)

// Sorts lists all orders.
var Sorts = [...]Sort{ByRelevance, Newest, Oldest, Largest, Smallest}

// Freshness adds to the relevance of what was published not long before a day:
// twice as relevant on that day, by half of that HalfLife days earlier.
type Freshness struct {
	Day      corpus.Date // fresh are the releases of this day
	HalfLife int         // days; 0 leaves relevance as it is
}

// Page is the answer to a Request.
type Page struct {
	Total  int     // of all hits, exact
	Hits   []Hit   // in the order asked for
	Facets []Facet // as asked for, in that order
	Next   string  // Request.After for the page that follows; "" at the end

	// Asked is the query as it was searched: with what Expanded says, unless the
	// request was Literal. Snippets are to be taken by it.
	Asked    query.Node
	Expanded []Expansion

	// DidYouMean is, of a search without a hit, the query with its words that no
	// release has replaced by near ones that give hits; nil if there are none.
	DidYouMean query.Node
}

// Expansion is a part of a query for which others are searched too: an acronym
// and the names that releases give it, or a name and its acronyms. What a query
// excludes is never expanded.
type Expansion struct {
	Part string   // of the query
	To   []string // the most frequent first
}

// Hit is a document found.
type Hit struct {
	ID        string
	Version   int     // of the document, as it was indexed
	Score     float64 // means something where hits are ordered by relevance
	Published corpus.Date

	// Group is that of a release that has copies, and "" where it has none or
	// where Request.Copies makes each a hit of its own. One hit stands for all
	// of the group that match: the release that is shown for it, or the first in
	// the order where only copies match. Totals and facets count it once, each
	// facet's values those of all that match.
	Group string
}
