package bleve

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"vocero/index"
	"vocero/index/query"

	"github.com/RoaringBitmap/roaring/v2/roaring64"
	"github.com/blevesearch/bleve/v2/search"
	bindex "github.com/blevesearch/bleve_index_api"
)

// Search answers a request from the newest state of the index: one pass over
// all hits counts them and their facets and keeps those of the page.
func (ix *Index) Search(ctx context.Context, r index.Request) (page index.Page, err error) {
	ctx, bound, release := withBound(ctx)
	defer release()
	reader, err := ix.scorch.Reader()
	if err != nil {
		return page, fmt.Errorf("search: %w", err)
	}
	defer func() { err = errors.Join(err, reader.Close()) }()
	page, err = (&searching{&ix.columns, reader, bound}).page(ctx, r)
	if err != nil {
		return index.Page{}, explain(ctx, r, err)
	}
	return page, nil
}

// searching is what one search reads from.
type searching struct {
	columns *columns
	reader  bindex.IndexReader
	bound   *bound
}

// column returns the values of a field.
func (s *searching) column(field string) (*column, error) {
	c, err := s.columns.column(s.reader, field)
	if err == nil {
		c.bound = s.bound
	}
	return c, err
}

func (s *searching) page(ctx context.Context, r index.Request) (index.Page, error) {
	after, err := parseAfter(r)
	if err != nil {
		return index.Page{}, err
	}
	c, err := s.newCollector(ctx, r)
	if err != nil {
		return index.Page{}, err
	}
	top := &top{size: max(r.Size, 0), before: c.before}
	c.keep = func(h hit) error {
		if after != nil {
			if later, err := c.before(after, &h); err != nil || !later {
				return err
			}
		}
		return top.add(h)
	}
	if c.order == index.ByRelevance && r.Freshness.HalfLife == 0 {
		c.late = top.late
	}
	if r.Size <= 0 {
		c.keep = nil
	}
	if err := c.run(ctx); err != nil {
		return index.Page{}, err
	}
	p, err := c.page(ctx, top)
	if err == nil && p.Total == 0 {
		p.DidYouMean, err = s.didYouMean(ctx, r)
	}
	return p, err
}

// didYouMean returns the query with near words, if that has hits.
func (s *searching) didYouMean(ctx context.Context, r index.Request) (query.Node, error) {
	near, err := (&reading{ctx: ctx, reader: s.reader}).nearer(r.Query)
	if err != nil || near == nil {
		return nil, err
	}
	c, err := s.newCollector(ctx, index.Request{Query: near, Sort: index.Newest, Literal: true, Choices: r.Choices})
	if err != nil {
		return nil, err
	}
	if err := c.run(ctx); err != nil || c.total == 0 {
		return nil, err
	}
	return near, nil
}

// All yields every hit from one state of the index, which it holds until the
// end. Only finding the hits is bounded in time, not what is done with them.
func (ix *Index) All(ctx context.Context, r index.Request) iter.Seq2[index.Hit, error] {
	r.Size, r.After, r.Facets = 0, "", nil
	return func(yield func(index.Hit, error) bool) {
		reader, err := ix.scorch.Reader()
		if err != nil {
			yield(index.Hit{}, fmt.Errorf("search: %w", err))
			return
		}
		defer reader.Close() // only read
		within, bound, release := withBound(ctx)
		defer release()
		c, err := (&searching{&ix.columns, reader, bound}).newCollector(within, r)
		var all []hit
		if err == nil {
			c.keep = func(h hit) error { all = append(all, h); return nil }
			err = c.run(within)
		}
		if err != nil {
			yield(index.Hit{}, explain(within, r, err))
			return
		}
		for h, err := range c.inOrder(all) {
			if err = errors.Join(err, ctx.Err()); !yield(h, err) || err != nil {
				return
			}
		}
	}
}

// explain keeps the errors that say what to ask otherwise, and names the query
// in others.
func explain(ctx context.Context, r index.Request, err error) error {
	if _, ok := errors.AsType[*index.Unanswerable](err); ok || errors.Is(err, index.ErrAfter) {
		return err
	}
	if ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	if errors.Is(err, errSlow) {
		return &index.Unanswerable{Part: r.Query.String(), Reason: errSlow.Error()}
	}
	return fmt.Errorf("search %s: %w", r.Query, err)
}

// collector goes over all hits of a search once.
type collector struct {
	reader   bindex.IndexReader
	searcher search.Searcher
	request  index.Request
	order    index.Sort
	asked    query.Node // with what it was expanded to
	expanded []index.Expansion
	narrow   narrowing
	keep     func(hit) error          // nil where hits are counted only
	late     func(score float64) bool // whether a hit of that score comes after the page; may be nil
	seen     int
	total    int
	days     *column
	amounts  *amountColumn // nil unless they are the order
	fresh    freshness
	groups   *groups             // nil where each copy is a hit of its own
	names    []*roaring64.Bitmap // documents in which words of the query are a name
	facets   []*counter
}

// newCollector compiles a request for one state of the index. What it opens,
// run closes.
func (s *searching) newCollector(ctx context.Context, r index.Request) (*collector, error) {
	c := &collector{reader: s.reader, request: r, order: r.Sort, fresh: newFreshness(r.Freshness)}
	var err error
	if c.days, err = s.column(publishedField); err != nil {
		return nil, err
	}
	if c.groups, err = s.groups(r); err != nil {
		return nil, err
	}
	for _, f := range r.Facets {
		values, err := s.column(facetField + string(f.Name))
		if err != nil {
			return nil, err
		}
		c.facets = append(c.facets, newCounter(f, values))
	}
	if c.amounts, err = s.amountsOf(r); err != nil {
		return nil, err
	}
	rd := &reading{ctx: ctx, reader: s.reader}
	if r.Sort == index.ByRelevance {
		words, err := s.column(lengthField)
		if err != nil {
			return nil, err
		}
		rd.lengths = &lengths{words, make(map[string]float64)}
		if c.names, err = rd.named(r.Query); err != nil {
			return nil, err
		}
	}
	if c.narrow, err = rd.narrowing(r); err != nil {
		return nil, err
	}
	c.asked = r.Query
	if !r.Literal {
		if c.asked, c.expanded, err = rd.expanded(r.Query); err != nil {
			return nil, err
		}
	}
	if c.searcher, err = rd.compile(c.asked); err != nil {
		return nil, err
	}
	if c.narrow.must != nil {
		c.searcher, err = rd.conjunction([]search.Searcher{c.searcher, newBitmapSearcher(c.narrow.must)})
	}
	return c, err
}

// run reads all hits.
func (c *collector) run(ctx context.Context) (err error) {
	defer func() { err = errors.Join(err, c.searcher.Close()) }()
	sc := &search.SearchContext{
		DocumentMatchPool: search.NewDocumentMatchPool(c.searcher.DocumentMatchPoolSize()+1, 0),
		IndexReader:       c.reader,
	}
	for ; ; c.seen++ {
		m, err := c.searcher.Next(sc)
		if err != nil {
			return err
		}
		if m == nil {
			return c.keepGroups()
		}
		if c.seen&1023 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if err := c.take(m.IndexInternalID.Value(), m.Score); err != nil {
			return err
		}
		sc.DocumentMatchPool.Put(m)
	}
}

// take counts a match, and keeps it if it is a hit.
func (c *collector) take(doc uint64, score float64) error {
	missing, ok := c.narrow.test(doc)
	if !ok {
		return nil
	}
	group, err := c.groups.of(doc)
	if err != nil {
		return err
	}
	if err := c.count(doc, group, missing); err != nil || missing != "" {
		return err
	}
	for _, named := range c.names {
		if named.Contains(doc) {
			score *= nameBonus
		}
	}
	if group == "" {
		c.total++
		if c.keep == nil || c.late != nil && c.late(score) {
			return nil
		}
	}
	day, err := c.days.first(doc)
	if err != nil {
		return err
	}
	h := hit{doc: doc, score: score * c.fresh.factor(day), day: day}
	if c.amounts != nil {
		if h.amount, err = c.amounts.of(doc); err != nil {
			return err
		}
	}
	if group == "" {
		return c.keep(h)
	}
	h.group = group
	return c.groups.add(group, h, c.before)
}

// count counts a match in all facets, or in the one whose choices it misses.
func (c *collector) count(doc uint64, group string, missing index.FacetName) error {
	for _, f := range c.facets {
		if missing != "" && missing != f.request.Name {
			continue
		}
		var err error
		if group == "" {
			err = f.count(doc)
		} else {
			err = f.countOnce(doc, group)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// keepGroups counts and keeps the hits that stand for others.
func (c *collector) keepGroups() error {
	if c.groups == nil {
		return nil
	}
	c.total += len(c.groups.found)
	if c.keep == nil {
		return nil
	}
	for _, h := range c.groups.found {
		if err := c.keep(h); err != nil {
			return err
		}
	}
	return nil
}

// page makes the answer of what was collected.
func (c *collector) page(ctx context.Context, top *top) (index.Page, error) {
	p := index.Page{Total: c.total, Asked: c.asked, Expanded: c.expanded}
	for _, f := range c.facets {
		facet, err := f.facet(ctx, c)
		if err != nil {
			return p, err
		}
		p.Facets = append(p.Facets, facet)
	}
	hits, err := top.sorted()
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
	if top.more {
		p.Next = formatAfter(c.request, hits[len(hits)-1])
	}
	return p, nil
}
