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
	n, err := query.Parse(q.text)
	if err != nil {
		return 0, err
	}
	r := index.Request{Query: n, Size: 10}
	if q.facets {
		r.Facets = index.FacetsOf(10, index.Persons, index.Orgs, index.Publishers, index.Years)
	}
	if q.newest {
		r.Sort = index.Newest
	}
	page, err := v.ix.Search(ctx, r)
	return page.Total, err
}

func (v *vocero) close() error { return v.ix.Close() }
