package crawl

import (
	"context"
	"net/url"
	"strings"
	"time"

	"vocero/corpus"
	"vocero/ingest/crawl/address"
	"vocero/ingest/crawl/page"
)

// maxFeeds is how many of the feeds that a page announces are looked at.
const maxFeeds = 4

// startList reads the list at the start: it learns what releases look like
// here, and sends the crawl to feeds, sitemaps and the pages of the list.
func (c *Crawl) startList(ctx context.Context, v corpus.Visit, p *page.Page) error {
	c.section.learn(p.Items())
	c.count(func(r *Report) { r.Kind = "section"; r.Named += len(p.Items()) })
	now := time.Now()
	var visits []corpus.Visit
	for _, f := range p.Feeds {
		why := c.whyNoFeed(f)
		if why == "" && len(visits) == maxFeeds {
			why = "enough feeds"
		}
		if why != "" {
			c.see(Event{URL: f.URL.String(), From: v.URL, What: Passed, Why: why})
			continue
		}
		visits = append(visits, corpus.Visit{URL: f.URL.String(), Kind: corpus.VisitFeed, From: v.URL, Due: now, Modified: now})
	}
	maps, err := c.sitemaps(ctx, v, now)
	if err != nil {
		return err
	}
	visits = append(visits, maps...)
	for _, visit := range visits {
		c.see(Event{URL: visit.URL, From: v.URL, What: Follow})
	}
	if _, err := c.options.Frontier.AddVisits(ctx, c.options.Name, visits); err != nil {
		return err
	}
	return c.list(ctx, v, p)
}

// sitemaps are those that robots.txt names or, where it names none, the one that
// most sites have.
func (c *Crawl) sitemaps(ctx context.Context, v corpus.Visit, now time.Time) ([]corpus.Visit, error) {
	guess := corpus.Visit{URL: c.start.Scheme + "://" + c.start.Host + "/sitemap.xml", Kind: corpus.VisitSitemap, From: v.URL, Due: now}
	named, _ := c.options.Fetcher.Sitemaps(ctx, c.start) // without robots.txt nothing is fetched, which is said there
	var visits []corpus.Visit
	for _, m := range named {
		u, err := c.start.Parse(m)
		if err != nil {
			continue
		}
		if u, err = address.Normalize(u); err == nil && address.SameSite(u, c.start) {
			visits = append(visits, corpus.Visit{URL: u.String(), Kind: corpus.VisitSitemap, From: c.start.Host + "/robots.txt", Due: now, Modified: now})
		}
	}
	if len(visits) > 0 {
		return visits, nil
	}
	known, err := c.options.Frontier.Visits(ctx, c.options.Name, []string{guess.URL})
	if len(known) > 0 && !known[0].Fetched.IsZero() {
		guess.Modified = now // it is there
	}
	return []corpus.Visit{guess}, err
}

// whyNoFeed says why a feed that the start announces is not looked at.
func (c *Crawl) whyNoFeed(f page.Feed) string {
	for _, text := range []string{f.Title, f.URL.Path} {
		text = strings.ToLower(text)
		for _, word := range []string{"comment", "comentario", "commentaire"} {
			if strings.Contains(text, word) {
				return "a feed of comments"
			}
		}
	}
	return c.scope.Why(f.URL)
}

// maxBarren is how many pages of a list in a row may name nothing new before
// it is taken for one that never ends.
const maxBarren = 2

// list reads a page of a list: its releases, its next page, and the lists below it.
func (c *Crawl) list(ctx context.Context, v corpus.Visit, p *page.Page) error {
	now := time.Now()
	var found []corpus.Visit
	items := map[string]bool{}
	for _, l := range p.Items() {
		items[l.URL.String()] = true
		if why := c.whyNoRelease(l.URL, now); why != "" {
			c.see(Event{URL: l.URL.String(), From: v.URL, What: Passed, Why: why})
			continue
		}
		c.see(Event{URL: l.URL.String(), From: v.URL, What: Found})
		found = append(found, corpus.Visit{URL: l.URL.String(), Kind: corpus.VisitRelease, From: v.URL, Depth: v.Depth, Due: now})
	}
	added, err := c.options.Frontier.AddVisits(ctx, c.options.Name, found)
	if err != nil {
		return err
	}
	v.Named = len(found)
	if added > 0 {
		v.Barren = 0
	} else {
		v.Barren++
	}
	if err := c.listsBeyond(ctx, v, p, items, added > 0); err != nil {
		return err
	}
	c.see(Event{URL: v.URL, From: v.From, What: Read})
	return c.put(ctx, v)
}

// listsBeyond sends the crawl to the next page of a list, and to lists below it.
// Pages that are known are visited again as long as those before them have
// something new.
func (c *Crawl) listsBeyond(ctx context.Context, v corpus.Visit, p *page.Page, items map[string]bool, fresh bool) error {
	now := time.Now()
	var visits []corpus.Visit
	next := map[string]bool{}
	for _, l := range p.Next() {
		next[l.URL.String()] = true
		why := c.whyNoList(l.URL, now)
		if why == "" && v.Barren > maxBarren {
			why = "the pages before it name nothing new"
		}
		if why != "" {
			c.see(Event{URL: l.URL.String(), From: v.URL, What: Passed, Why: why})
			continue
		}
		visit := corpus.Visit{URL: l.URL.String(), Kind: corpus.VisitListing, From: v.URL, Depth: v.Depth, Barren: v.Barren, Due: now}
		if fresh {
			visit.Modified = now
		}
		c.see(Event{URL: visit.URL, From: v.URL, What: Follow})
		visits = append(visits, visit)
	}
	for _, l := range p.Links {
		name := l.URL.String()
		if items[name] || next[name] || name == v.URL {
			continue
		}
		why := c.whyNoSublist(l, v, now)
		if why != "" {
			c.see(Event{URL: name, From: v.URL, What: Passed, Why: why})
			continue
		}
		c.see(Event{URL: name, From: v.URL, What: Follow})
		visits = append(visits, corpus.Visit{URL: name, Kind: corpus.VisitListing, From: v.URL, Depth: v.Depth + 1, Due: now})
	}
	_, err := c.options.Frontier.AddVisits(ctx, c.options.Name, visits)
	return err
}

func (c *Crawl) whyNoRelease(u *url.URL, now time.Time) string {
	if why := c.scope.Why(u); why != "" {
		return why
	}
	return address.Trap(u, now)
}

func (c *Crawl) whyNoList(u *url.URL, now time.Time) string {
	if !address.SameSite(u, c.start) {
		return "another site"
	}
	return address.Trap(u, now)
}

// whyNoSublist says why a link is not followed as a list of its own.
func (c *Crawl) whyNoSublist(l page.Link, v corpus.Visit, now time.Time) string {
	switch why := page.NotRelease(l.URL); {
	case !address.SameSite(l.URL, c.start):
		return "another site"
	case why != "":
		return why
	case !c.section.below(l.URL), c.section.prefix == "/":
		return "not below the section"
	case l.URL.RawQuery != "":
		return "another view of a list"
	case address.IsSlug(l.URL):
		return "not called by a headline"
	case v.Depth >= c.options.MaxDepth:
		return "too deep"
	}
	return c.whyNoList(l.URL, now)
}

// listForRelease deals with a page that was taken for a release by its address
// and is a list: one below the section is read as such.
func (c *Crawl) listForRelease(ctx context.Context, v corpus.Visit, p *page.Page) error {
	if v.Depth < c.options.MaxDepth && c.section.below(p.URL) && c.section.prefix != "/" && (c.options.Whole || !c.section.isNamed()) {
		v.Kind, v.Depth = corpus.VisitListing, v.Depth+1
		return c.list(ctx, v, p)
	}
	c.count(func(r *Report) { r.Lists++ })
	c.over(ctx, &v, "a list, no release")
	return nil
}
