package crawl

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
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

// visit fetches one address, does with it what its kind asks for, and stores
// what is known then. What is a release goes to out; out says whether to go on.
func (c *Crawl) visit(ctx context.Context, v corpus.Visit, out func(taken) bool) {
	if v.Kind == corpus.VisitListing && c.section.isNamed() && !c.options.Whole {
		c.over(ctx, &v, "a feed or sitemap names the releases")
		return
	}
	c.count(func(r *Report) { r.Fetched++ })
	var err error
	if v.Kind == corpus.VisitSitemap || v.Kind == corpus.VisitStart && namesSitemap(c.start) {
		err = c.visitSitemap(ctx, v, out)
	} else {
		err = c.visitPage(ctx, v, out)
	}
	if err != nil && ctx.Err() == nil {
		c.fail(err)
	}
}

// over ends a visit that gives nothing.
func (c *Crawl) over(ctx context.Context, v *corpus.Visit, why string) {
	v.Due, v.Note = time.Time{}, why
	c.see(Event{URL: v.URL, From: v.From, What: Passed, Why: why})
	if err := c.put(ctx, *v); err != nil && ctx.Err() == nil {
		c.fail(err)
	}
}

// visitPage fetches what is no sitemap. Its error is the frontier's.
func (c *Crawl) visitPage(ctx context.Context, v corpus.Visit, out func(taken) bool) error {
	request := fetch.Request{URL: v.URL}
	if v.Kind != corpus.VisitStart && v.Kind != corpus.VisitListing { // what lists say is wanted each time
		request.ETag, request.LastModified = v.ETag, v.LastModified
	}
	a, err := c.options.Fetcher.Get(ctx, request)
	if err != nil {
		return c.fault(ctx, v, a, err, out)
	}
	c.visited(&v, a)
	if a.Status == http.StatusNotModified {
		return c.unmodified(ctx, v)
	}
	final, err := address.Parse(a.URL)
	if err != nil {
		return err
	}
	switch {
	case feed.Is(a.Bytes):
		return c.feed(ctx, v, a, out)
	case sitemap.Is(a.Bytes):
		return c.sitemapPage(ctx, v, a, out)
	case !isHTML(a):
		return c.release(v, a, final, nil, out)
	}
	p := page.Parse(a.Bytes, a.ContentType, final)
	switch v.Kind {
	case corpus.VisitStart:
		switch {
		case c.options.Kind == "feed" || c.options.Kind == "sitemap":
			return c.fault(ctx, v, a, &corpus.Failure{Reason: corpus.Malformed, Detail: "a page where a " + c.options.Kind + " was"}, out)
		case c.options.Kind == "section": // whatever it looks like by now
		case p.Kind() == page.Release, len(p.Items()) == 0 && len(p.Feeds) == 0 && final.Path != "/":
			c.count(func(r *Report) { r.Kind, r.Named = "page", 1 })
			return c.release(v, a, final, p, out)
		}
		return c.startList(ctx, v, p)
	case corpus.VisitListing:
		if p.Kind() == page.Release && page.PageNumber(final) == 0 {
			return c.release(v, a, final, p, out)
		}
		return c.list(ctx, v, p)
	case corpus.VisitFeed:
		c.over(ctx, &v, "a page where a feed was")
		return nil
	}
	if p.Kind() == page.Listing && !trusted(v, final) {
		return c.listForRelease(ctx, v, p)
	}
	return c.release(v, a, final, p, out)
}

// visited notes what an answer says.
func (c *Crawl) visited(v *corpus.Visit, a fetch.Answer) {
	v.Fetched, v.Tries, v.Note = a.Fetched, 0, ""
	if a.ETag != "" || a.LastModified != "" || a.Status == http.StatusOK {
		v.ETag, v.LastModified = a.ETag, a.LastModified
	}
	v.Due = time.Time{}
}

func (c *Crawl) unmodified(ctx context.Context, v corpus.Visit) error {
	c.count(func(r *Report) { r.Unmodified++ })
	c.see(Event{URL: v.URL, From: v.From, What: Same})
	switch v.Kind {
	case corpus.VisitFeed, corpus.VisitSitemap, corpus.VisitStart:
		c.names(v)
	case corpus.VisitKnown, corpus.VisitRelease:
		v.Due = again(v)
	}
	return c.put(ctx, v)
}

// names counts what a feed or sitemap names.
func (c *Crawl) names(v corpus.Visit) {
	if v.Named > 0 {
		c.section.setNamed()
		c.count(func(r *Report) { r.Named += v.Named })
	}
}

// again is when a release that is known is visited next: after half of the
// time for which it has stayed as it is.
func again(v corpus.Visit) time.Time {
	const least, most = 24 * time.Hour, 60 * 24 * time.Hour
	return v.Fetched.Add(min(max(v.Fetched.Sub(v.Changed)/2, least), most))
}

// trusted says whether who named a release knows that it is one.
func trusted(v corpus.Visit, final *url.URL) bool {
	return (v.Given.Title != "" || v.Kind == corpus.VisitKnown) && page.NotRelease(final) == ""
}

// release sends what was fetched on its way.
func (c *Crawl) release(v corpus.Visit, a fetch.Answer, final *url.URL, p *page.Page, out func(taken) bool) error {
	raw := corpus.Raw{Source: c.options.Source, URL: final.String(), Bytes: a.Bytes, ContentType: a.ContentType, Given: v.Given, Fetched: a.Fetched, Via: "http"}
	raw.Given.URL = ""
	if p != nil {
		raw.Given.Publisher = "" // the page knows better than the name of a feed
		if p.Canonical != nil && address.SamePage(p.Canonical, final) {
			raw.URL = p.Canonical.String()
		}
	}
	sum := sha256.Sum256(a.Bytes)
	if hash := hex.EncodeToString(sum[:]); hash != v.Hash {
		v.Hash, v.Changed = hash, a.Fetched
	}
	if v.Kind != corpus.VisitStart {
		v.Kind = corpus.VisitKnown
	}
	v.Due = again(v)
	c.count(func(r *Report) { r.Releases++; r.Bytes += int64(len(a.Bytes)) })
	c.see(Event{URL: raw.URL, From: v.From, What: Took})
	visits := []corpus.Visit{v}
	if raw.URL != v.URL { // so that the page is not fetched again under its other address
		visits = append(visits, corpus.Visit{URL: raw.URL, Kind: corpus.VisitKnown, From: v.From, Fetched: a.Fetched, Note: "the same as " + v.URL})
	}
	out(taken{visits: visits, raw: raw})
	return nil
}

// How long a visit that failed waits: an hour, then twice as long each time.
const (
	firstWait = time.Hour
	maxTries  = 8
	robotWait = 7 * 24 * time.Hour
)

// fault notes that an address could not be had. It goes out as a failure where
// it is the start, or a release that nobody has had yet.
func (c *Crawl) fault(ctx context.Context, v corpus.Visit, a fetch.Answer, err error, out func(taken) bool) error {
	if ctx.Err() != nil {
		return nil
	}
	failure := corpus.FailureOf(err)
	v.Note = failure.Error()
	if later, ok := errors.AsType[*fetch.Later](err); ok {
		v.Due = later.After
		c.count(func(r *Report) { r.Later++ })
		c.see(Event{URL: v.URL, From: v.From, What: Waiting, Why: fmt.Sprintf("%s (until %s)", failure.Error(), later.After.UTC().Format(time.RFC3339))})
		if v.Kind == corpus.VisitStart {
			out(taken{visits: []corpus.Visit{v}, raw: corpus.Raw{Source: c.options.Source, URL: v.URL, Fetched: a.Fetched, Via: "http"}, err: err})
		}
		return c.put(ctx, v)
	}
	v.Tries++
	switch {
	case a.Status == http.StatusGone, a.Status == http.StatusNotFound && v.Tries > 1, v.Tries >= maxTries:
		v.Due = time.Time{}
	case failure.Reason == corpus.Refused:
		v.Due = time.Now().Add(robotWait)
	default:
		v.Due = time.Now().Add(firstWait << (v.Tries - 1))
	}
	c.see(Event{URL: v.URL, From: v.From, What: Faulty, Why: failure.Error()})
	if v.Kind == corpus.VisitStart || v.Kind == corpus.VisitRelease || v.Kind == corpus.VisitFeed && v.Depth == 0 {
		c.count(func(r *Report) { r.Failed++ })
		out(taken{visits: []corpus.Visit{v}, raw: corpus.Raw{Source: c.options.Source, URL: v.URL, Fetched: a.Fetched, Via: "http"}, err: err})
		return nil
	}
	return c.put(ctx, v)
}

// isHTML says whether an answer that is neither a feed nor a sitemap is a page:
// by its bytes, for types lie.
func isHTML(a fetch.Answer) bool {
	head := bytes.ToLower(bytes.TrimLeft(a.Bytes[:min(len(a.Bytes), 1024)], "\xef\xbb\xbf \t\r\n"))
	if len(head) < 2 || head[0] != '<' {
		return strings.Contains(strings.ToLower(a.ContentType), "text/html") && bytes.Contains(head, []byte("<"))
	}
	return head[1] == '!' || 'a' <= head[1] && head[1] <= 'z' || bytes.Contains(head, []byte("<html"))
}
