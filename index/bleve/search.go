package bleve

import (
	"context"
	"errors"
	"fmt"
	"time"

	"vocero/index"

	"github.com/blevesearch/bleve/v2/search"
	bindex "github.com/blevesearch/bleve_index_api"
)

// maxSearch bounds the time that one search may take.
const maxSearch = 10 * time.Second

// Search answers a request from the newest state of the index: one pass over
// all hits counts them and their facets and keeps those of the page.
func (ix *Index) Search(ctx context.Context, r index.Request) (page index.Page, err error) {
	ctx, cancel := context.WithTimeoutCause(ctx, maxSearch, errSlow)
	defer cancel()
	reader, err := ix.scorch.Reader()
	if err != nil {
		return page, fmt.Errorf("search: %w", err)
	}
	defer func() { err = errors.Join(err, reader.Close()) }()
	page, err = ix.search(ctx, reader, r)
	if _, ok := errors.AsType[*index.Unanswerable](err); ok || err == nil || errors.Is(err, index.ErrAfter) {
		return page, err
	}
	if ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	return index.Page{}, fmt.Errorf("search %s: %w", r.Query, err)
}

var errSlow = fmt.Errorf("it took longer than %v: ask for less", maxSearch)

func (ix *Index) search(ctx context.Context, reader bindex.IndexReader, r index.Request) (index.Page, error) {
	after, err := parseAfter(r)
	if err != nil {
		return index.Page{}, err
	}
	rd := &reading{ctx: ranked(ctx), reader: reader}
	s, err := rd.compile(r.Query)
	if err != nil {
		return index.Page{}, err
	}
	c, err := ix.newCollector(reader, r, after)
	if err != nil {
		return index.Page{}, closeAll([]search.Searcher{s}, err)
	}
	err = errors.Join(c.run(ctx, s), s.Close())
	if err != nil {
		return index.Page{}, err
	}
	return c.page()
}

// ranked asks for BM25 in bleve's way.
func ranked(ctx context.Context) context.Context {
	model := search.GetScoringModelCallbackFn(func() string { return bindex.BM25Scoring })
	return context.WithValue(ctx, search.GetScoringModelCallbackKey, model)
}

// collector goes over all hits of a search once.
type collector struct {
	reader  bindex.IndexReader
	request index.Request
	after   *hit // the last of the page before
	top     top
	total   int
	days    *column
	facets  []*counter
}

func (ix *Index) newCollector(reader bindex.IndexReader, r index.Request, after *hit) (*collector, error) {
	c := &collector{reader: reader, request: r, after: after}
	var err error
	if c.days, err = ix.columns.column(reader, publishedField); err != nil {
		return nil, err
	}
	for _, name := range r.Facets {
		values, err := ix.columns.column(reader, facetField+string(name))
		if err != nil {
			return nil, err
		}
		c.facets = append(c.facets, newCounter(name, values))
	}
	c.top = top{size: r.Size, before: c.before}
	return c, nil
}

// run reads all hits.
func (c *collector) run(ctx context.Context, s search.Searcher) error {
	sc := &search.SearchContext{
		DocumentMatchPool: search.NewDocumentMatchPool(s.DocumentMatchPoolSize()+1, 0),
		IndexReader:       c.reader,
	}
	for {
		m, err := s.Next(sc)
		if err != nil || m == nil {
			return err
		}
		if c.total&1023 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		c.total++
		if err := c.take(m); err != nil {
			return err
		}
		sc.DocumentMatchPool.Put(m)
	}
}

func (c *collector) take(m *search.DocumentMatch) error {
	doc := m.IndexInternalID.Value()
	for _, f := range c.facets {
		if err := f.count(doc); err != nil {
			return err
		}
	}
	if c.request.Size <= 0 {
		return nil
	}
	day, err := c.days.first(doc)
	if err != nil {
		return err
	}
	h := hit{doc: doc, score: m.Score, day: day}
	if c.after != nil {
		later, err := c.before(c.after, &h)
		if err != nil || !later {
			return err
		}
	}
	return c.top.add(h)
}

// page makes the answer of what was collected.
func (c *collector) page() (index.Page, error) {
	p := index.Page{Total: c.total}
	for _, f := range c.facets {
		p.Facets = append(p.Facets, f.facet(c.request.FacetSize))
	}
	hits, more, err := c.top.sorted()
	if err != nil {
		return p, err
	}
	for i := range hits {
		h, err := c.hit(&hits[i])
		if err != nil {
			return p, err
		}
		p.Hits = append(p.Hits, h)
	}
	if more {
		p.Next = formatAfter(c.request, hits[len(hits)-1])
	}
	return p, nil
}
