// Package crawl has releases from the web: one page, or the entries of a feed.
//
//	fetcher := crawl.NewFetcher(crawl.Options{})
//	for raw, err := range fetcher.Releases(ctx, "https://ministry.example/feed") { … }
//
// It says who it is, asks robots.txt first, and goes to no address of a private
// network unless it is told to.
package crawl

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"

	"vocero/corpus"
	"vocero/ingest/feed"
)

// Options tunes a Fetcher; zero values are the defaults.
type Options struct {
	UserAgent    string        // "vocero"
	Timeout      time.Duration // of one request, 30 s
	MaxBytes     int64         // of one answer, 20 MB
	Pause        time.Duration // between two requests to a host, 1 s
	AllowPrivate bool          // go to loopback and private addresses too
}

// Fetcher fetches pages. It is safe for concurrent use.
type Fetcher struct {
	options Options
	client  *http.Client
	mu      sync.Mutex
	robots  map[string]*rules // by scheme and host
	last    map[string]time.Time
}

const maxRedirects = 10

// NewFetcher makes a fetcher.
func NewFetcher(o Options) *Fetcher {
	if o.UserAgent == "" {
		o.UserAgent = "vocero"
	}
	if o.Timeout == 0 {
		o.Timeout = 30 * time.Second
	}
	if o.MaxBytes == 0 {
		o.MaxBytes = 20 << 20
	}
	if o.Pause == 0 {
		o.Pause = time.Second
	}
	f := &Fetcher{options: o, robots: map[string]*rules{}, last: map[string]time.Time{}}
	dialer := &net.Dialer{Timeout: 10 * time.Second, Control: f.control}
	f.client = &http.Client{
		Timeout:   o.Timeout,
		Transport: &http.Transport{DialContext: dialer.DialContext, TLSHandshakeTimeout: 10 * time.Second, MaxResponseHeaderBytes: 256 << 10, IdleConnTimeout: 30 * time.Second},
		CheckRedirect: func(r *http.Request, via []*http.Request) error {
			if len(via) >= maxRedirects {
				return refused("more than %d redirects", maxRedirects)
			}
			return checkScheme(r.URL)
		},
	}
	return f
}

// Close lets go of connections that are kept open.
func (f *Fetcher) Close() { f.client.CloseIdleConnections() }

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
	raw := corpus.Raw{URL: address, Via: "http", Fetched: time.Now()}
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return raw, refused("%q is no address", address)
	}
	if err := checkScheme(u); err != nil {
		return raw, err
	}
	allowed, err := f.allowed(ctx, u)
	if err != nil {
		return raw, err
	}
	if !allowed {
		return raw, refused("robots.txt of %s does not allow it", u.Host)
	}
	response, err := f.do(ctx, u)
	if err != nil {
		return raw, f.failure(ctx, err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return raw, failed("the server answered %s", response.Status)
	}
	raw.Bytes, err = io.ReadAll(io.LimitReader(response.Body, f.options.MaxBytes+1))
	if err != nil {
		return raw, f.failure(ctx, err)
	}
	if int64(len(raw.Bytes)) > f.options.MaxBytes {
		return raw, &corpus.Failure{Reason: corpus.TooLarge, Detail: fmt.Sprintf("more than %d bytes", f.options.MaxBytes)}
	}
	raw.ContentType = response.Header.Get("Content-Type")
	return raw, nil
}

// do sends a request once the host's pause is over.
func (f *Fetcher) do(ctx context.Context, u *url.URL) (*http.Response, error) {
	if err := f.wait(ctx, u.Host); err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("User-Agent", f.options.UserAgent)
	request.Header.Set("Accept", "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,*/*;q=0.5")
	return f.client.Do(request)
}

// wait takes the host's next turn and waits for it.
func (f *Fetcher) wait(ctx context.Context, host string) error {
	f.mu.Lock()
	now := time.Now()
	turn := f.last[host].Add(f.options.Pause)
	if turn.Before(now) {
		turn = now
	}
	f.last[host] = turn
	f.mu.Unlock()
	timer := time.NewTimer(turn.Sub(now))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (f *Fetcher) failure(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if known, ok := errors.AsType[*corpus.Failure](err); ok {
		return known
	}
	return &corpus.Failure{Reason: corpus.Unreadable, Detail: err.Error()}
}

func checkScheme(u *url.URL) error {
	if u.Scheme != "http" && u.Scheme != "https" {
		return refused("%q: only http and https", u.Scheme)
	}
	return nil
}

func refused(format string, args ...any) error {
	return &corpus.Failure{Reason: corpus.Refused, Detail: fmt.Sprintf(format, args...)}
}

func failed(format string, args ...any) error {
	return &corpus.Failure{Reason: corpus.Unreadable, Detail: fmt.Sprintf(format, args...)}
}
