package bleve

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"vocero/index"
	"vocero/index/query"

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
	s, err := ix.searching(ctx, reader, bound)
	if err == nil {
		defer ix.opened.give(s.reading)
		page, err = s.page(r)
	}
	if err != nil {
		return index.Page{}, explain(ctx, r, err)
	}
	return page, nil
}

// searching is what one search reads from.
type searching struct {
	*reading
	columns *columns
	bound   *bound
}

func (ix *Index) searching(ctx context.Context, reader bindex.IndexReader, bound *bound) (*searching, error) {
	r, err := newReading(ctx, reader)
	if err != nil {
		return nil, err
	}
	ix.columns.state(r.segments)
	ix.opened.take(r)
	return &searching{r, &ix.columns, bound}, nil
}

// column returns the values of a field.
func (s *searching) column(field string) *column { return s.columns.column(field, s.segments, s.bound) }

func (s *searching) page(r index.Request) (index.Page, error) {
	after, err := parseAfter(r)
	if err != nil {
		return index.Page{}, err
	}
	c, err := s.newCollector(r)
	if err != nil {
		return index.Page{}, err
	}
	defer c.release()
	top := &top{size: r.Size, before: c.before}
	if r.Size > 0 {
		c.top = top
		c.keep = func(h hit) error {
			if after != nil {
				if later, err := c.before(after, &h); err != nil || !later {
					return err
				}
			}
			return top.add(h)
		}
	}
	if err := c.run(); err != nil {
		return index.Page{}, err
	}
	p, err := c.page(top)
	if err == nil && p.Total == 0 {
		p.DidYouMean, err = s.didYouMean(r)
	}
	return p, err
}

// didYouMean returns the query with near words, if that has hits.
func (s *searching) didYouMean(r index.Request) (query.Node, error) {
	near, err := s.nearer(r.Query)
	if err != nil || near == nil {
		return nil, err
	}
	c, err := s.newCollector(index.Request{Query: near, Sort: index.Newest, Literal: true, Choices: r.Choices})
	if err != nil {
		return nil, err
	}
	defer c.release()
	if err := c.run(); err != nil || c.total == 0 {
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
		var all []hit
		var c *collector
		s, err := ix.searching(within, reader, bound)
		if err == nil {
			defer ix.opened.give(s.reading)
			c, err = s.newCollector(r)
		}
		if err == nil {
			c.keep = func(h hit) error { all = append(all, h); return nil }
			err = c.run()
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
