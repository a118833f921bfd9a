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
	"vocero/ingest"
	"vocero/ingest/crawl"
	"vocero/ingest/crawl/fetch"
	"vocero/ingest/warc"
)

// crawling is what a run crawls with, its crawls, and the standing sources that
// it runs. The frontier that the crawls keep is the store's, once it is open.
type crawling struct {
	corpus.Frontier
	fetcher *fetch.Fetcher
	archive *warc.Writer   // nil where none is kept
	inside  *fetch.Fetcher // for sources on private networks
	options crawl.Options  // for addresses of the command line

	mu     sync.Mutex
	crawls []*crawl.Crawl
	runs   map[string]*sourceRun // by the source's id
}

// crawlFlags are those of commands that fetch.
type crawlFlags struct {
	private          bool
	whole            bool
	include, exclude []string
	pages            int
	warc             string
	pause            time.Duration
}

func (f *crawlFlags) add(flags *pflag.FlagSet) {
	flags.BoolVar(&f.private, "allow-private", false, "fetch from addresses of private networks and of this machine too")
	f.addPace(flags)
	f.addScope(flags)
}

// addPace adds the flags that say how fast and how long to crawl, and where to
// keep what was had.
func (f *crawlFlags) addPace(flags *pflag.FlagSet) {
	flags.DurationVar(&f.pause, "pause", 0, "least pause between two requests to a host (default 1s)")
	flags.IntVar(&f.pages, "max-pages", 0, "pages fetched in one run of a crawl; the next run goes on (default 10000; of a standing source 1000)")
	flags.StringVar(&f.warc, "warc", "", "keep all that servers said, as web archives in `folder`")
}

// addScope adds the flags that say what belongs to a section.
func (f *crawlFlags) addScope(flags *pflag.FlagSet) {
	flags.BoolVar(&f.whole, "whole", false, "follow a section's lists to their end even where a feed or sitemap names releases")
	flags.StringSliceVar(&f.include, "include", nil, "take only addresses like this `pattern`: host/path/*, or /path/* of the site")
	flags.StringSliceVar(&f.exclude, "exclude", nil, "take no address like this `pattern`")
}

func (p *program) crawling(f crawlFlags) (*crawling, error) {
	w := &crawling{runs: map[string]*sourceRun{}, options: crawl.Options{Whole: f.whole, Include: f.include, Exclude: f.exclude, MaxPages: f.pages}}
	o := fetch.Options{AllowPrivate: f.private, Pause: f.pause, UserAgent: "vocero/" + version()}
	if f.warc != "" {
		var err error
		if w.archive, err = warc.Create(f.warc, o.UserAgent); err != nil {
			return nil, err
		}
		o.Record = w.archive.Record
	}
	w.fetcher = fetch.New(o)
	o.AllowPrivate = true
	w.inside = fetch.New(o)
	return w, nil
}

func (w *crawling) close() error {
	w.fetcher.Close()
	w.inside.Close()
	if w.archive == nil {
		return nil
	}
	return w.archive.Close()
}

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
	o.Frontier = w
	if o.Fetcher == nil {
		o.Fetcher = w.fetcher
	}
	c, err := crawl.New(o)
	if err != nil {
		return nil, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.crawls = append(w.crawls, c)
	return c, nil
}

// stored tells the crawls and the sources' runs what the store has.
func (w *crawling) stored(ctx context.Context, inputs []ingest.Input) error {
	raws := make([]corpus.Raw, len(inputs))
	w.mu.Lock()
	crawls := w.crawls
	for i, in := range inputs {
		raws[i] = in.Raw
		if r := w.runs[in.Raw.Source]; r != nil {
			r.count(in)
		}
		if in.Outcome == corpus.NoText {
			for _, c := range crawls {
				c.Failed(in.Raw)
			}
		}
	}
	w.mu.Unlock()
	for _, c := range crawls {
		if err := c.Stored(ctx, raws); err != nil {
			return err
		}
	}
	return nil
}

// finish ends the crawls, and records the runs of sources; stored says that the
// store has all that they gave.
func (w *crawling) finish(ctx context.Context, store corpus.Store, stored bool) error {
	var errs []error
	for _, c := range w.crawls {
		errs = append(errs, c.Finish(ctx, stored))
	}
	if stored {
		for _, r := range w.runs {
			errs = append(errs, r.record(ctx, store))
		}
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
