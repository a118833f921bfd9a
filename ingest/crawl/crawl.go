// Package crawl has releases from the web: one page, or the entries of a feed.
//
//	fetcher := crawl.NewFetcher(fetch.Options{})
//	for raw, err := range fetcher.Releases(ctx, "https://ministry.example/feed") { … }
package crawl

import (
	"bytes"
	"context"
	"iter"

	"vocero/corpus"
	"vocero/ingest/crawl/fetch"
	"vocero/ingest/feed"
)

// Fetcher has releases from addresses. It is safe for concurrent use.
type Fetcher struct{ fetch *fetch.Fetcher }

// NewFetcher makes a fetcher.
func NewFetcher(o fetch.Options) *Fetcher { return &Fetcher{fetch.New(o)} }

// Close lets go of connections that are kept open.
func (f *Fetcher) Close() { f.fetch.Close() }

// Releases yields the release at address or, where that is a feed, those that
// the feed announces: from the feed where it carries them whole, else from
// their own pages.
func (f *Fetcher) Releases(ctx context.Context, address string) iter.Seq2[corpus.Raw, error] {
	return func(yield func(corpus.Raw, error) bool) {
		raw, err := f.Get(ctx, address)
		if err != nil || !isFeed(raw.Bytes) {
			yield(raw, err)
			return
		}
		for raw, err := range f.Entries(ctx, raw) {
			if !yield(raw, err) || ctx.Err() != nil {
				return
			}
		}
	}
}

// Entries yields the releases that a feed announces.
func (f *Fetcher) Entries(ctx context.Context, raw corpus.Raw) iter.Seq2[corpus.Raw, error] {
	return func(yield func(corpus.Raw, error) bool) {
		entries, err := feed.Parse(raw.Bytes)
		if err != nil {
			yield(raw, err)
			return
		}
		for _, e := range entries {
			release := corpus.Raw{URL: e.URL, Bytes: []byte(e.Content), ContentType: "text/html; charset=utf-8", Via: "feed", Fetched: raw.Fetched}
			var err error
			if e.Content == "" {
				release, err = f.Get(ctx, e.URL)
			}
			release.Given = e.Given
			if !yield(release, err) || ctx.Err() != nil {
				return
			}
		}
	}
}

// Get fetches one address. Its error is a [corpus.Failure], or ctx's; the Raw
// that is returned beside it names the address.
func (f *Fetcher) Get(ctx context.Context, address string) (corpus.Raw, error) {
	a, err := f.fetch.Get(ctx, fetch.Request{URL: address})
	return corpus.Raw{URL: a.URL, Bytes: a.Bytes, ContentType: a.ContentType, Via: "http", Fetched: a.Fetched}, err
}

// isFeed says whether a document's root is that of RSS or Atom.
func isFeed(b []byte) bool {
	head := bytes.ToLower(b[:min(len(b), 2048)])
	if bytes.Contains(head, []byte("<html")) {
		return false
	}
	for _, root := range []string{"<rss", "<feed", "<rdf:rdf"} {
		if bytes.Contains(head, []byte(root)) {
			return true
		}
	}
	return false
}
