package main

import (
	"context"

	"vocero/corpus"
	"vocero/index"
	"vocero/index/bleve"
	"vocero/index/query"
)

// vocero is the index that is measured.
type vocero struct {
	ix *bleve.Index
	at corpus.Cursor
}

func newVocero(folder string) (engine, error) {
	ix, err := bleve.Open(folder)
	return &vocero{ix: ix}, err
}

func (v *vocero) put(ctx context.Context, batch []release) error {
	v.at += corpus.Cursor(len(batch))
	return v.ix.Put(ctx, batch, v.at)
}

func (v *vocero) search(ctx context.Context, q question) (int, error) {
	page, err := v.page(ctx, q)
	return page.Total, err
}

func (v *vocero) top(ctx context.Context, q question) (ids []string, err error) {
	page, err := v.page(ctx, q)
	for _, h := range page.Hits {
		ids = append(ids, h.ID)
	}
	return ids, err
}

func (v *vocero) page(ctx context.Context, q question) (index.Page, error) {
	n, err := query.Parse(q.text)
	if err != nil {
		return index.Page{}, err
	}
	r := index.Request{Query: n, Size: 10}
	if q.facets {
		r.Facets = index.FacetsOf(10, index.Persons, index.Orgs, index.Publishers, index.Years)
	}
	if q.newest {
		r.Sort = index.Newest
	}
	return v.ix.Search(ctx, r)
}

func (v *vocero) close() error { return v.ix.Close() }
