// Package crawl has releases from the web: one page, a feed, a sitemap, or a
// section of a newsroom with its lists.
//
//	c, err := crawl.New(crawl.Options{Fetcher: fetcher, Frontier: store, Start: "https://ministry.example/noticias"})
//	summary, err := ingest.Run(ctx, ingest.Config{Stored: c.Stored, …}, c.Releases(ctx))
//	err = c.Finish(ctx, err == nil)
//
// What a crawl has found and visited lies in a frontier: killed at any time, it
// goes on from there, and later runs visit only what is new or due again.
//
// From its start a crawl finds out by itself what to do. A page that is a
// release is taken, and that is all. A feed or sitemap gives what it names. A
// list of releases is searched for the feed and the sitemaps that name what it
// lists; where there are none, its pages are followed one by one.
package crawl

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"net/url"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"vocero/corpus"
	"vocero/ingest/crawl/address"
	"vocero/ingest/crawl/fetch"
)

// Options says what to crawl, and how far; Fetcher, Frontier and Start must be there.
type Options struct {
	Fetcher  *fetch.Fetcher
	Frontier corpus.Frontier
	Start    string // an address
	Name     string // of the crawl in the frontier; "": the start's address
	Source   string // the standing source's id, put on what is yielded
	Kind     string // what the start was when it was last read, see Report.Kind; "": to be found out

	Include []string // patterns of addresses that belong to it, see address.Scope
	Exclude []string // and that do not
	Whole   bool     // follow a section's lists even where a feed or sitemap names releases

	MaxPages    int // fetched in one run; 10,000
	MaxRevisits int // of them, releases that are known; 500
	MaxDepth    int // lists below the start's; 3
	Hosts       int // asked at once; 8

	See func(Event) // called with what becomes of each address, one at a time
}

func (o Options) withDefaults() Options {
	o.MaxPages = cmp.Or(o.MaxPages, 10_000)
	o.MaxRevisits = cmp.Or(o.MaxRevisits, 500)
	o.MaxDepth = cmp.Or(o.MaxDepth, 3)
	o.Hosts = cmp.Or(o.Hosts, 8)
	if o.See == nil {
		o.See = func(Event) {}
	}
	return o
}

// Event is what became of an address.
type Event struct {
	URL  string
	From string // the address that names it
	What What
	Why  string // why it was passed over, or did not go
}

// What is the kind of an Event.
type What string

// The kinds of events.
const (
	Took    What = "release"     // a release, yielded
	Read    What = "read"        // a list, feed or sitemap, read
	Found   What = "found"       // most likely a release, to be fetched
	Follow  What = "follow"      // a list, feed or sitemap, to be read
	Passed  What = "passed over" // and why
	Faulty  What = "failed"      // and why
	Same    What = "unchanged"   // since the last visit
	Waiting What = "later"       // its host wants to be asked later
)

// Report says what a run has seen so far.
type Report struct {
	Kind       string // what the start is: "page", "feed", "sitemap", "section"; "" where not known yet
	Fetched    int    // pages asked for
	Releases   int    // yielded
	Bytes      int64  // of them
	Named      int    // releases that the start, its feeds and sitemaps name now
	Failed     int
	Lists      int // pages that were named as releases, and are none
	Unmodified int
	Later      int  // whose host wants to be asked later
	More       bool // MaxPages ended the run: the next goes on
}

// Crawl is one crawl. Its methods may be called from several goroutines.
type Crawl struct {
	options Options
	start   *url.URL
	scope   address.Scope
	section section

	mu      sync.Mutex
	done    map[string]bool // addresses dealt with in this run
	pending []pending       // yielded and not known to be stored
	report  Report
	revisit int
	err     error // of the frontier
}

// New makes a crawl. It fetches nothing yet.
func New(o Options) (*Crawl, error) {
	o = o.withDefaults()
	start, err := address.Parse(o.Start)
	if err != nil {
		return nil, fmt.Errorf("%q is no address to crawl: %w", o.Start, err)
	}
	scope, err := address.NewScope(start, o.Include, o.Exclude)
	if err != nil {
		return nil, err
	}
	o.Name = cmp.Or(o.Name, start.String())
	return &Crawl{options: o, start: start, scope: scope, section: newSection(start, scope), done: map[string]bool{}}, nil
}

// Tried is how many pages were fetched, and had something new, for releases.
func (r Report) Tried() int { return r.Releases + r.Failed + r.Lists }

// Start is the address at which the crawl begins, normalised.
func (c *Crawl) Start() string { return c.start.String() }

// Report says what the run has seen so far.
func (c *Crawl) Report() Report {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.report
}

// Releases yields the releases of one run. It ends when nothing more is due,
// when MaxPages were fetched, or soon after ctx is canceled.
func (c *Crawl) Releases(ctx context.Context) iter.Seq2[corpus.Raw, error] {
	return func(yield func(corpus.Raw, error) bool) {
		if err := c.begin(ctx); err != nil {
			c.fail(err)
			return
		}
		for ctx.Err() == nil {
			batch, err := c.due(ctx)
			if err != nil {
				c.fail(err)
				return
			}
			if len(batch) == 0 {
				return
			}
			for t := range c.visitAll(ctx, batch) {
				c.wait(t)
				if !yield(t.raw, t.err) {
					return
				}
			}
		}
	}
}

// fail keeps the first error of the frontier for Finish.
func (c *Crawl) fail(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.err == nil && !errors.Is(err, context.Canceled) {
		c.err = err
	}
}

// begin makes the start due. It is asked for at the beginning of each run: what
// a section's list looks like says what belongs to it.
func (c *Crawl) begin(ctx context.Context) error {
	v := corpus.Visit{URL: c.start.String(), Kind: corpus.VisitStart}
	known, err := c.options.Frontier.Visits(ctx, c.options.Name, []string{v.URL})
	if err != nil {
		return err
	}
	if len(known) > 0 && known[0].Kind == corpus.VisitStart {
		v = known[0]
	}
	v.Due = time.Now()
	return c.put(ctx, v)
}

// batchVisits is how many visits are asked of the frontier at once.
const batchVisits = 64

// due is the next batch of visits: of one kind, so that what the kinds before
// it find comes first.
func (c *Crawl) due(ctx context.Context) ([]corpus.Visit, error) {
	c.mu.Lock()
	n := batchVisits + len(c.pending) // what is pending is due still
	c.mu.Unlock()
	for {
		visits, err := c.options.Frontier.DueVisits(ctx, c.options.Name, time.Now(), n)
		if err != nil {
			return nil, err
		}
		if batch := c.choose(visits); len(batch) > 0 || len(visits) < n || c.Report().More {
			return batch, nil
		}
		n *= 2
	}
}

// choose takes from what is due what this run has not dealt with yet.
func (c *Crawl) choose(visits []corpus.Visit) []corpus.Visit {
	c.mu.Lock()
	defer c.mu.Unlock()
	left := c.options.MaxPages - c.report.Fetched
	var batch []corpus.Visit
	for _, v := range visits {
		if c.done[v.URL] || len(batch) > 0 && v.Kind != batch[0].Kind {
			continue
		}
		if v.Kind == corpus.VisitKnown {
			if c.revisit >= c.options.MaxRevisits {
				break
			}
			c.revisit++
		}
		if len(batch) == left {
			c.report.More = true
			break
		}
		batch = append(batch, v)
		c.done[v.URL] = true
	}
	return batch
}

// taken is a release, or why it could not be had, on its way out.
type taken struct {
	visits []corpus.Visit // that are over when it is stored
	raw    corpus.Raw
	err    error
}

// visitAll makes visits: those of one host one after the other, several hosts
// side by side. No goroutine outlives the loop over it.
func (c *Crawl) visitAll(ctx context.Context, visits []corpus.Visit) iter.Seq[taken] {
	return func(yield func(taken) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		out := make(chan taken)
		go func() {
			defer close(out)
			var group errgroup.Group
			group.SetLimit(c.options.Hosts)
			for _, same := range byHost(visits) {
				group.Go(func() error {
					for _, v := range same {
						if ctx.Err() != nil {
							break
						}
						c.visit(ctx, v, func(t taken) bool {
							select {
							case out <- t:
								return true
							case <-ctx.Done():
								return false
							}
						})
					}
					return nil
				})
			}
			_ = group.Wait() // its functions return no error
		}()
		stopped := false
		for t := range out {
			if !stopped && !yield(t) {
				stopped = true
				cancel()
			}
		}
	}
}

// byHost parts visits by their hosts, in the order in which these come.
func byHost(visits []corpus.Visit) [][]corpus.Visit {
	at := map[string]int{}
	var parts [][]corpus.Visit
	for _, v := range visits {
		host := ""
		if u, err := url.Parse(v.URL); err == nil {
			host = u.Host
		}
		i, known := at[host]
		if !known {
			i = len(parts)
			at[host] = i
			parts = append(parts, nil)
		}
		parts[i] = append(parts[i], v)
	}
	return parts
}

// count changes the report.
func (c *Crawl) count(change func(*Report)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	change(&c.report)
}

func (c *Crawl) see(e Event) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.options.See(e)
}

func (c *Crawl) put(ctx context.Context, visits ...corpus.Visit) error {
	return c.options.Frontier.PutVisits(ctx, c.options.Name, visits)
}
