package crawl

import (
	"context"
	"iter"

	"vocero/corpus"
	"vocero/ingest/crawl/fetch"
	"vocero/ingest/feed"
)

// Entries yields the releases that a feed announces which was had otherwise,
// from a file: from the feed where it carries them whole, else from their pages.
func Entries(ctx context.Context, fetcher *fetch.Fetcher, raw corpus.Raw) iter.Seq2[corpus.Raw, error] {
	return func(yield func(corpus.Raw, error) bool) {
		f, err := feed.Parse(raw.Bytes, raw.URL)
		if err != nil {
			yield(raw, err)
			return
		}
		for _, e := range f.Entries {
			release := corpus.Raw{URL: e.URL, Bytes: []byte(e.Content), ContentType: "text/html; charset=utf-8", Via: "feed", Fetched: raw.Fetched}
			var err error
			if e.Content == "" {
				var a fetch.Answer
				a, err = fetcher.Get(ctx, fetch.Request{URL: e.URL})
				release = corpus.Raw{URL: a.URL, Bytes: a.Bytes, ContentType: a.ContentType, Via: "http", Fetched: a.Fetched}
			}
			release.Source, release.Given = raw.Source, e.Given
			if !yield(release, err) || ctx.Err() != nil {
				return
			}
		}
	}
}
