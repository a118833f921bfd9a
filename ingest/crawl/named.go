package crawl

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"vocero/corpus"
	"vocero/ingest/crawl/address"
	"vocero/ingest/crawl/fetch"
	"vocero/ingest/crawl/page"
	"vocero/ingest/crawl/sitemap"
	"vocero/ingest/feed"
)

// maxFeedPages is how far back the pages of a feed are followed.
const maxFeedPages = 200

// feed takes what a feed names: what it carries whole goes out at once.
func (c *Crawl) feed(ctx context.Context, v corpus.Visit, a fetch.Answer, out func(taken) bool) error {
	if v.Kind == corpus.VisitStart {
		c.section.setOpen()
		c.count(func(r *Report) { r.Kind = "feed" })
	}
	f, err := feed.Parse(a.Bytes, a.URL)
	if err != nil {
		return c.fault(ctx, v, a, err, out)
	}
	now := time.Now()
	var found, whole []corpus.Visit
	v.Named = 0
	for _, e := range f.Entries {
		u, err := address.Parse(e.URL)
		why := ""
		if err != nil {
			why = "no address to fetch"
		} else if why = c.section.why(u, corpus.VisitFeed); why == "" {
			why = address.Trap(u, now)
		}
		if why != "" {
			c.see(Event{URL: e.URL, From: v.URL, What: Passed, Why: why})
			continue
		}
		v.Named++
		visit := corpus.Visit{URL: u.String(), Kind: corpus.VisitRelease, From: v.URL, Given: e.Given, Modified: e.Updated, Due: now}
		if e.Content == "" {
			c.see(Event{URL: visit.URL, From: v.URL, What: Found})
			found = append(found, visit)
			continue
		}
		visit.Kind, visit.Due, visit.Fetched, visit.Note = corpus.VisitKnown, time.Time{}, a.Fetched, "whole in the feed"
		whole = append(whole, visit)
		raw := corpus.Raw{Source: c.options.Source, URL: visit.URL, Bytes: []byte(e.Content), ContentType: "text/html; charset=utf-8", Given: e.Given, Fetched: a.Fetched, Via: "feed"}
		c.count(func(r *Report) { r.Releases++; r.Bytes += int64(len(raw.Bytes)) })
		c.see(Event{URL: visit.URL, From: v.URL, What: Took})
		if !out(taken{visits: []corpus.Visit{visit}, raw: raw}) {
			return nil
		}
	}
	added, err := c.options.Frontier.AddVisits(ctx, c.options.Name, found)
	if err != nil {
		return err
	}
	fresh, err := c.unknown(ctx, whole)
	if err != nil {
		return err
	}
	if err := c.olderEntries(ctx, v, f.Next, added+fresh > 0); err != nil {
		return err
	}
	if v.Depth == 0 {
		c.names(v)
	}
	c.see(Event{URL: v.URL, From: v.From, What: Read})
	return c.put(ctx, v)
}

// unknown counts visits that the frontier does not know.
func (c *Crawl) unknown(ctx context.Context, visits []corpus.Visit) (int, error) {
	var urls []string
	for _, v := range visits {
		urls = append(urls, v.URL)
	}
	known, err := c.options.Frontier.Visits(ctx, c.options.Name, urls)
	return len(urls) - len(known), err
}

// olderEntries sends the crawl to a feed's next page, as long as there is
// something new.
func (c *Crawl) olderEntries(ctx context.Context, v corpus.Visit, next string, fresh bool) error {
	u, err := address.Parse(next)
	if next == "" || err != nil || v.Depth >= maxFeedPages || !fresh {
		return nil
	}
	now := time.Now()
	visit := corpus.Visit{URL: u.String(), Kind: corpus.VisitFeed, From: v.URL, Depth: v.Depth + 1, Due: now, Modified: now}
	c.see(Event{URL: visit.URL, From: v.URL, What: Follow})
	_, err = c.options.Frontier.AddVisits(ctx, c.options.Name, []corpus.Visit{visit})
	return err
}

// The bounds of sitemaps: the protocol's 50 MB, and how far indexes may lead.
const (
	maxSitemap    = 50 << 20
	sitemapTime   = 5 * time.Minute
	maxIndexDepth = 3
	sitemapBatch  = 500
	sitemapAgain  = 12 * time.Hour
)

// namesSitemap says whether a start most likely is a sitemap, by its address.
func namesSitemap(u *url.URL) bool {
	p := strings.ToLower(u.Path)
	return strings.HasSuffix(p, ".xml.gz") || strings.HasSuffix(p, ".xml") && strings.Contains(p, "sitemap")
}

// visitSitemap reads a sitemap as it comes. Its error is the frontier's.
func (c *Crawl) visitSitemap(ctx context.Context, v corpus.Visit, out func(taken) bool) error {
	request := fetch.Request{URL: v.URL, MaxBytes: maxSitemap, Timeout: sitemapTime}
	if v.Named > 0 { // an index is small, and what it leads to is wanted each time
		request.ETag, request.LastModified = v.ETag, v.LastModified
	}
	if v.Kind == corpus.VisitStart {
		c.section.setOpen()
		c.count(func(r *Report) { r.Kind = "sitemap" })
	}
	var broken error
	named := 0
	a, err := c.options.Fetcher.Stream(ctx, request, func(_ *fetch.Answer, body io.Reader) (err error) {
		named, err, broken = c.readSitemap(ctx, v, body)
		return err
	})
	if broken != nil {
		return broken
	}
	return c.sitemapRead(ctx, v, a, named, err, out)
}

// sitemapPage reads a sitemap that was fetched as a page: the start.
func (c *Crawl) sitemapPage(ctx context.Context, v corpus.Visit, a fetch.Answer, out func(taken) bool) error {
	if v.Kind != corpus.VisitStart {
		c.over(ctx, &v, "a sitemap, no release")
		return nil
	}
	c.section.setOpen()
	c.count(func(r *Report) { r.Kind = "sitemap" })
	named, err, broken := c.readSitemap(ctx, v, bytes.NewReader(a.Bytes))
	if broken != nil {
		return broken
	}
	return c.sitemapRead(ctx, v, a, named, err, out)
}

// sitemapRead notes how the reading of a sitemap went. What it named before a
// fault stands.
func (c *Crawl) sitemapRead(ctx context.Context, v corpus.Visit, a fetch.Answer, named int, err error, out func(taken) bool) error {
	if err != nil && named == 0 {
		return c.fault(ctx, v, a, err, out)
	}
	c.visited(&v, a)
	v.Due = time.Now().Add(sitemapAgain)
	if a.Status == http.StatusNotModified {
		return c.unmodified(ctx, v)
	}
	if err != nil {
		v.Note = corpus.FailureOf(err).Error()
	}
	v.Named = named
	c.names(v)
	c.see(Event{URL: v.URL, From: v.From, What: Read, Why: v.Note})
	return c.put(ctx, v)
}

// readSitemap puts what a sitemap names into the frontier, a batch at a time.
// err is the sitemap's fault, broken the frontier's.
func (c *Crawl) readSitemap(ctx context.Context, v corpus.Visit, body io.Reader) (named int, err, broken error) {
	now := time.Now()
	var batch []corpus.Visit
	flush := func() {
		if len(batch) > 0 && broken == nil {
			broken = c.addNamed(ctx, batch)
			batch = batch[:0]
		}
	}
	for e, readErr := range sitemap.Read(body) {
		if readErr != nil {
			err = readErr
			break
		}
		visit := corpus.Visit{From: v.URL, Depth: v.Depth, Modified: e.Modified, Due: now, Given: e.Given}
		u, parseErr := address.Parse(e.URL)
		switch {
		case parseErr != nil:
			continue
		case e.Map && (v.Depth >= maxIndexDepth || !address.SameSite(u, c.start)):
			c.see(Event{URL: e.URL, From: v.URL, What: Passed, Why: "a sitemap too deep, or of another site"})
			continue
		case e.Map:
			visit.URL, visit.Kind, visit.Depth = u.String(), corpus.VisitSitemap, v.Depth+1
			c.see(Event{URL: visit.URL, From: v.URL, What: Follow})
		default:
			why := c.section.why(u, corpus.VisitSitemap)
			if why == "" {
				why = page.NotRelease(u)
			}
			if why == "" {
				why = address.Trap(u, now)
			}
			if why != "" {
				c.see(Event{URL: e.URL, From: v.URL, What: Passed, Why: why})
				continue
			}
			named++
			visit.URL, visit.Kind = u.String(), corpus.VisitRelease
			c.see(Event{URL: visit.URL, From: v.URL, What: Found})
		}
		if batch = append(batch, visit); len(batch) == sitemapBatch {
			flush()
		}
		if broken != nil || ctx.Err() != nil {
			return named, ctx.Err(), broken
		}
	}
	flush()
	return named, err, broken
}

// addNamed adds what a sitemap names. Sitemaps that are known and not due again
// still name what they named.
func (c *Crawl) addNamed(ctx context.Context, visits []corpus.Visit) error {
	if _, err := c.options.Frontier.AddVisits(ctx, c.options.Name, visits); err != nil {
		return err
	}
	var maps []string
	for _, v := range visits {
		if v.Kind == corpus.VisitSitemap {
			maps = append(maps, v.URL)
		}
	}
	known, err := c.options.Frontier.Visits(ctx, c.options.Name, maps)
	for _, v := range known {
		if v.Due.After(time.Now()) {
			c.names(v)
		}
	}
	return err
}
