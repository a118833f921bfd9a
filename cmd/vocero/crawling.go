package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"sync"
	"time"

	"github.com/spf13/pflag"

	"vocero/corpus"
	"vocero/ingest/crawl"
	"vocero/ingest/crawl/fetch"
)

// crawling is what a run crawls with, and its crawls. The frontier that they
// keep is the store's, once it is open.
type crawling struct {
	corpus.Frontier
	fetcher *fetch.Fetcher
	options crawl.Options // for addresses of the command line

	mu     sync.Mutex
	crawls []*crawl.Crawl
}

// crawlFlags are those of commands that fetch.
type crawlFlags struct {
	private          bool
	whole            bool
	include, exclude []string
	pages            int
	pause            time.Duration
}

func (f *crawlFlags) add(flags *pflag.FlagSet) {
	flags.BoolVar(&f.private, "allow-private", false, "fetch from addresses of private networks and of this machine too")
	flags.DurationVar(&f.pause, "pause", 0, "least pause between two requests to a host (default 1s)")
	flags.IntVar(&f.pages, "max-pages", 0, "pages fetched in one run of a crawl; the next run goes on (default 10000)")
	f.addScope(flags)
}

// addScope adds the flags that say what belongs to a section.
func (f *crawlFlags) addScope(flags *pflag.FlagSet) {
	flags.BoolVar(&f.whole, "whole", false, "follow a section's lists to their end even where a feed or sitemap names releases")
	flags.StringSliceVar(&f.include, "include", nil, "take only addresses like this `pattern`: host/path/*, or /path/* of the site")
	flags.StringSliceVar(&f.exclude, "exclude", nil, "take no address like this `pattern`")
}

func (p *program) crawling(f crawlFlags) *crawling {
	return &crawling{
		fetcher: fetch.New(fetch.Options{AllowPrivate: f.private, Pause: f.pause, UserAgent: "vocero/" + version()}),
		options: crawl.Options{Whole: f.whole, Include: f.include, Exclude: f.exclude, MaxPages: f.pages},
	}
}

func (w *crawling) close() { w.fetcher.Close() }

// open begins a crawl at an address.
func (w *crawling) open(ctx context.Context, address string) (iter.Seq2[corpus.Raw, error], error) {
	o := w.options
	o.Start = address
	c, err := w.begin(o)
	if err != nil {
		return nil, err
	}
	return c.Releases(ctx), nil
}

// begin begins a crawl whose frontier is the store's.
func (w *crawling) begin(o crawl.Options) (*crawl.Crawl, error) {
	o.Fetcher, o.Frontier = w.fetcher, w
	c, err := crawl.New(o)
	if err != nil {
		return nil, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.crawls = append(w.crawls, c)
	return c, nil
}

// stored tells the crawls what the store has.
func (w *crawling) stored(ctx context.Context, raws []corpus.Raw) error {
	w.mu.Lock()
	crawls := w.crawls
	w.mu.Unlock()
	for _, c := range crawls {
		if err := c.Stored(ctx, raws); err != nil {
			return err
		}
	}
	return nil
}

// finish ends the crawls; stored says that the store has all that they gave.
func (w *crawling) finish(ctx context.Context, stored bool) error {
	var errs []error
	for _, c := range w.crawls {
		errs = append(errs, c.Finish(ctx, stored))
	}
	return errors.Join(errs...)
}

// writeCrawls says what a person should know of the crawls of a run.
func (p *program) writeCrawls(w *crawling) {
	for _, c := range w.crawls {
		switch r := c.Report(); {
		case r.More:
			fmt.Fprintf(p.stderr, "%s: ended after %d pages; the next run goes on\n", c.Start(), r.Fetched)
		case r.Later > 0:
			fmt.Fprintf(p.stderr, "%s: %d pages wait until their host wants to be asked again\n", c.Start(), r.Later)
		}
	}
}
