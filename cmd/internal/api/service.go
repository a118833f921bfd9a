package api

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"runtime"

	"golang.org/x/sync/errgroup"

	"vocero/corpus"
	"vocero/corpus/sqlite"
	"vocero/extract/wire"
	"vocero/index"
	"vocero/index/bleve"
	"vocero/index/query"
)

// Service answers from a corpus and an index that this process has open.
type Service struct {
	store   corpus.Store
	index   index.Index
	close   func() error
	syncing chan struct{} // holds one token while the index catches up
}

// New makes a Service over a store and an index, which stay the caller's to close.
func New(store corpus.Store, ix index.Index) *Service {
	return &Service{store: store, index: ix, close: func() error { return nil }, syncing: make(chan struct{}, 1)}
}

// Open opens the corpus and index in a data folder for searching. Where another
// process has the index open for writing, the Searcher is a [Client] of it; its
// error is corpus.ErrLocked, at once, where that process does not answer, and
// ErrNoData for a folder without a corpus.
func Open(ctx context.Context, folder string) (Searcher, error) {
	store, err := sqlite.OpenReadOnly(ctx, folder)
	if err != nil {
		return nil, noData(err)
	}
	ix, err := bleve.OpenReadOnly(folder)
	if errors.Is(err, corpus.ErrLocked) {
		client, dialErr := Dial(ctx, folder)
		if dialErr != nil {
			return nil, errors.Join(err, store.Close())
		}
		return client, store.Close()
	}
	if err != nil {
		return nil, errors.Join(noData(err), store.Close())
	}
	s := New(store, ix)
	s.close = func() error { return errors.Join(ix.Close(), store.Close()) }
	return s, nil
}

// OpenCorpus opens the corpus in a data folder alone: the Service can Get, which
// needs no index, and nothing else. Its errors are those of Open.
func OpenCorpus(ctx context.Context, folder string) (*Service, error) {
	store, err := sqlite.OpenReadOnly(ctx, folder)
	if err != nil {
		return nil, noData(err)
	}
	s := New(store, nil)
	s.close = store.Close
	return s, nil
}

func noData(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%w: %w", ErrNoData, err)
	}
	return err
}

// Close closes what Open opened.
func (s *Service) Close() error { return s.close() }

// Sync brings the index up to date with the corpus. One call waits for another.
func (s *Service) Sync(ctx context.Context) error {
	select {
	case s.syncing <- struct{}{}:
		defer func() { <-s.syncing }()
		return index.Sync(ctx, s.store, s.index)
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Search answers r, see [Searcher].
func (s *Service) Search(ctx context.Context, r Request) (Page, error) {
	q, err := query.Parse(r.Query)
	if err != nil {
		return Page{}, err
	}
	found, err := s.index.Search(ctx, r.of(q))
	if err != nil {
		return Page{}, err
	}
	page := Page{Query: q.String(), Total: found.Total, Facets: facets(found.Facets), Next: found.Next}
	for _, e := range found.Expanded {
		page.Expanded = append(page.Expanded, Expansion(e))
	}
	if found.DidYouMean != nil {
		page.DidYouMean = found.DidYouMean.String()
	}
	page.Hits = make([]Hit, len(found.Hits))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i, h := range found.Hits {
		g.Go(func() (err error) {
			if page.Hits[i], err = show(ctx, s.store, found.Asked, h, r.Snippets); err != nil {
				return fmt.Errorf("show hit %s: %w", h.ID, err)
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return Page{}, err
	}
	return page, nil
}

// All yields every hit of r, see [Searcher].
func (s *Service) All(ctx context.Context, r Request) iter.Seq2[Hit, error] {
	return func(yield func(Hit, error) bool) {
		q, err := query.Parse(r.Query)
		if err != nil {
			yield(Hit{}, err)
			return
		}
		for h, err := range s.index.All(ctx, r.of(q)) {
			hit := Hit{Meta: Meta{ID: h.ID, Version: h.Version, Published: h.Published.String()}, Score: h.Score}
			if err == nil && !r.Bare {
				hit, err = show(ctx, s.store, q, h, r.Snippets)
			}
			if !yield(hit, err) || err != nil {
				return
			}
		}
	}
}

// Get returns a release, see [Searcher].
func (s *Service) Get(ctx context.Context, id string) (Document, error) {
	doc, err := s.store.Get(ctx, id)
	if err != nil {
		return Document{}, err
	}
	found, err := s.store.Annotations(ctx, id, doc.Version)
	if err != nil {
		return Document{}, err
	}
	copies, err := copiesOf(ctx, s.store, id)
	if err != nil {
		return Document{}, err
	}
	a := wire.Encode(&doc, &found)
	return Document{Meta: meta(&doc), Text: a.Text, Mentions: a.Mentions, Entities: a.Entities, Facts: a.Facts, Copies: copies}, nil
}
