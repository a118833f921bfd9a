package fetch

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"sync"
	"time"

	"vocero/corpus"
	"vocero/ingest/crawl/robots"
)

// ruling is a host's robots.txt, or why it could not be had, until it is old.
type ruling struct {
	mu    sync.Mutex
	file  *robots.File
	err   error
	until time.Time
}

// How long a robots.txt is believed: the RFC asks for no more than a day; one
// that could not be had is asked for again sooner.
const (
	believed     = 24 * time.Hour
	disbelieved  = 5 * time.Minute
	maxRulings   = 4096
	robotsHops   = 5
	noRobotsHost = "robots.txt of %s cannot be had, and without it nothing is allowed: %v"
)

// Sitemaps are the sitemaps that the robots.txt of address's host names.
func (f *Fetcher) Sitemaps(ctx context.Context, u *url.URL) ([]string, error) {
	file, err := f.robotsOf(ctx, u)
	if err != nil {
		return nil, err
	}
	return file.Sitemaps, nil
}

// robotsOf has the host's robots.txt, and fetches it where it is not known or
// old. One that is not there allows everything; one that cannot be had because
// the server fails allows nothing for now.
func (f *Fetcher) robotsOf(ctx context.Context, u *url.URL) (*robots.File, error) {
	r := f.rulingOf(u.Scheme + "://" + u.Host)
	r.mu.Lock()
	defer r.mu.Unlock()
	if time.Now().Before(r.until) {
		return r.file, r.err
	}
	file, err := f.fetchRobots(ctx, &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"})
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	r.file, r.err, r.until = file, nil, time.Now().Add(believed)
	if err != nil {
		r.until = time.Now().Add(disbelieved)
		if later, ok := errors.AsType[*Later](err); ok && later.After.After(r.until) {
			r.until = later.After
		}
		failure := failed(noRobotsHost, u.Host, f.failure(ctx, err))
		if known, ok := errors.AsType[*corpus.Failure](f.failure(ctx, err)); ok && known.Reason == corpus.Refused {
			r.err = known // to come back does not help
		} else {
			r.err = &Later{After: r.until, Failure: failure}
		}
	}
	return r.file, r.err
}

func (f *Fetcher) rulingOf(name string) *ruling {
	f.mu.Lock()
	defer f.mu.Unlock()
	r := f.robots[name]
	if r == nil {
		if len(f.robots) >= maxRulings {
			clear(f.robots)
		}
		r = &ruling{}
		f.robots[name] = r
	}
	return r
}

func (f *Fetcher) fetchRobots(ctx context.Context, u *url.URL) (*robots.File, error) {
	cookies := newCookies()
	for range robotsHops + 1 {
		var a Answer
		next, err := f.once(ctx, u, Request{}, cookies, &a, func(a *Answer, body io.Reader) error {
			var err error
			a.Bytes, err = io.ReadAll(io.LimitReader(body, robots.MaxBytes))
			return err
		})
		switch {
		case a.Status >= 400 && a.Status < 500 && a.Status != http.StatusTooManyRequests:
			return &robots.File{}, nil // there is none
		case err != nil:
			return nil, err
		case next == nil:
			return robots.Parse(a.Bytes), nil
		}
		u = next
	}
	return &robots.File{}, nil // the RFC: after five redirects it is taken for not there
}
