// Package fetch gets single addresses from the web, politely and within bounds:
//
//	fetcher := fetch.New(fetch.Options{UserAgent: "vocero/1.0"})
//	answer, err := fetcher.Get(ctx, fetch.Request{URL: "https://ministry.example/nota"})
//
// It asks robots.txt first, goes to one host with one request at a time and a
// pause that the host's own answers set, follows redirects itself and asks all
// of it again at each hop, connects to no address of a private network, and
// bounds what it reads by bytes, by the ratio of compression and by time.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"

	"vocero/corpus"
	"vocero/ingest/crawl/address"
	"vocero/ingest/crawl/robots"
)

// Options tunes a Fetcher; zero values are the defaults.
type Options struct {
	UserAgent    string        // "vocero"
	Timeout      time.Duration // of one request, to the last byte: 30 s
	MaxBytes     int64         // of one answer, packed and unpacked: 20 MB
	MaxRatio     int64         // of unpacked to packed bytes: 100
	MaxRedirects int           // 10
	Pause        time.Duration // least pause between two requests to a host: 1 s
	MaxWait      time.Duration // longest that a request waits for its host; beyond, it is [Later]: 2 min
	PerHost      int           // requests to a host at once: 1
	AllowPrivate bool          // go to loopback and private addresses, and to any port, too
	IgnoreRobots bool          // for sites of one's own

	// Record is called with every exchange that came to an end, robots.txt and
	// redirects among them, from several goroutines. Its error ends the request.
	Record func(Exchange) error

	// Transport makes the requests; nil dials. One that is given has to refuse
	// private addresses itself.
	Transport http.RoundTripper
}

func (o Options) withDefaults() Options {
	if o.UserAgent == "" {
		o.UserAgent = "vocero"
	}
	if o.Timeout <= 0 {
		o.Timeout = 30 * time.Second
	}
	if o.MaxBytes <= 0 {
		o.MaxBytes = 20 << 20
	}
	if o.MaxRatio <= 0 {
		o.MaxRatio = 100
	}
	if o.MaxRedirects <= 0 {
		o.MaxRedirects = 10
	}
	if o.Pause <= 0 {
		o.Pause = time.Second
	}
	if o.MaxWait <= 0 {
		o.MaxWait = 2 * time.Minute
	}
	if o.PerHost <= 0 {
		o.PerHost = 1
	}
	return o
}

// Fetcher fetches addresses. It is safe for concurrent use.
type Fetcher struct {
	options Options
	client  *http.Client
	pace    pace
	mu      sync.Mutex
	robots  map[string]*ruling // by scheme and host
}

// New makes a fetcher.
func New(o Options) *Fetcher {
	o = o.withDefaults()
	f := &Fetcher{options: o, robots: map[string]*ruling{}}
	f.pace = pace{options: o, hosts: map[string]*host{}}
	transport := o.Transport
	if transport == nil {
		transport = dialing(o)
	}
	f.client = &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return f
}

// dialing is the transport that goes to the network. It takes no proxy from the
// environment, which could reach what the guard refuses, and unpacks nothing:
// Fetcher does, within its bounds.
func dialing(o Options) *http.Transport {
	dialer := &net.Dialer{Timeout: 10 * time.Second, Control: guard(o.AllowPrivate)}
	return &http.Transport{
		DialContext:            dialer.DialContext,
		TLSHandshakeTimeout:    10 * time.Second,
		ResponseHeaderTimeout:  20 * time.Second,
		MaxResponseHeaderBytes: 256 << 10,
		IdleConnTimeout:        30 * time.Second,
		MaxIdleConns:           64,
		MaxIdleConnsPerHost:    1,
		DisableCompression:     true,
		ForceAttemptHTTP2:      true,
	}
}

// Close lets go of connections that are kept open.
func (f *Fetcher) Close() { f.client.CloseIdleConnections() }

// Request asks for an address. ETag and LastModified are those of the answer
// had before: when nothing has changed since, the next is a 304 without bytes.
type Request struct {
	URL          string
	ETag         string
	LastModified string
	MaxBytes     int64         // 0: that of Options
	Timeout      time.Duration // 0: that of Options
}

// Answer is what came back.
type Answer struct {
	URL          string // where it was found in the end, normalised
	Status       int    // 200 or 304 when the error is nil; else what the server said, or 0
	ContentType  string
	ETag         string
	LastModified string
	Fetched      time.Time
	Bytes        []byte // unpacked
}

// Later says that a host wants to be asked again only after a time, or that it
// cannot be asked now because its robots.txt cannot be had.
type Later struct {
	After   time.Time
	Failure *corpus.Failure
}

func (l *Later) Error() string { return l.Failure.Error() }

// Unwrap gives the failure.
func (l *Later) Unwrap() error { return l.Failure }

// Get fetches an address whole. Its error is a [corpus.Failure], in a [Later]
// where to come back helps, or ctx's. The Answer beside an error has what is known.
func (f *Fetcher) Get(ctx context.Context, r Request) (Answer, error) {
	a, err := f.Stream(ctx, r, func(a *Answer, body io.Reader) error {
		var err error
		a.Bytes, err = io.ReadAll(body)
		return err
	})
	if err != nil {
		a.Bytes = nil // a part of a page is no evidence
	}
	return a, err
}

// Stream is Get for an answer that is read as it comes: read is called with its
// body if it is a 200, and may be called again from the beginning where a try
// broke off. Within the bounds of Options, Timeout is that of the whole.
func (f *Fetcher) Stream(ctx context.Context, r Request, read func(*Answer, io.Reader) error) (Answer, error) {
	u, err := address.Parse(r.URL)
	if err != nil {
		return Answer{URL: r.URL}, refused("%q is no address to fetch: %v", r.URL, err)
	}
	for try := 1; ; try++ {
		a, err := f.follow(ctx, u, r, read)
		if err == nil || try == tries || ctx.Err() != nil || !passing(a, err) {
			return a, f.failure(ctx, err)
		}
	}
}

// tries is how often an address is asked for when the fault may pass.
const tries = 3

// passing says whether a fault may be gone at the next try, after the host's pause.
func passing(a Answer, err error) bool {
	if _, later := errors.AsType[*Later](err); later {
		return false
	}
	switch a.Status {
	case 0, http.StatusOK:
		return broken(err)
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	}
	return false
}

// follow asks for an address and for those to which it redirects, by its answer
// or by its page.
func (f *Fetcher) follow(ctx context.Context, u *url.URL, r Request, read func(*Answer, io.Reader) error) (Answer, error) {
	cookies := newCookies() // some sites answer with nothing but redirects until they see their cookie
	for hop := 0; ; hop++ {
		a := Answer{URL: u.String(), Fetched: time.Now()}
		if err := f.ask(ctx, u); err != nil {
			return a, err
		}
		next, err := f.once(ctx, u, r, cookies, &a, read)
		if next == nil && err == nil {
			next = refreshed(u, &a)
		}
		if err != nil || next == nil {
			return a, err
		}
		if hop == f.options.MaxRedirects {
			return a, refused("more than %d redirects", f.options.MaxRedirects)
		}
		if !cookies.seen(next) {
			return a, refused("the redirects go round in a circle at %s", next)
		}
		u = next
	}
}

// failure makes of any fault what the package promises.
func (f *Fetcher) failure(ctx context.Context, err error) error {
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	}
	if later, ok := errors.AsType[*Later](err); ok {
		return later
	}
	if known, ok := errors.AsType[*corpus.Failure](err); ok {
		return known
	}
	if refusal := refusedByGuard(err); refusal != nil {
		return refusal
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return failed("not done after %v", f.options.Timeout)
	}
	return &corpus.Failure{Reason: corpus.Unreadable, Detail: err.Error()}
}

func refused(format string, args ...any) *corpus.Failure {
	return &corpus.Failure{Reason: corpus.Refused, Detail: fmt.Sprintf(format, args...)}
}

func failed(format string, args ...any) *corpus.Failure {
	return &corpus.Failure{Reason: corpus.Unreadable, Detail: fmt.Sprintf(format, args...)}
}

func tooLarge(format string, args ...any) *corpus.Failure {
	return &corpus.Failure{Reason: corpus.TooLarge, Detail: fmt.Sprintf(format, args...)}
}

// ask says why robots.txt does not allow an address.
func (f *Fetcher) ask(ctx context.Context, u *url.URL) error {
	if f.options.IgnoreRobots {
		return nil
	}
	file, err := f.robotsOf(ctx, u)
	if err != nil {
		return err
	}
	rules := file.For(robots.Token(f.options.UserAgent))
	f.pace.wanted(u.Host, rules.Delay)
	if !rules.Allow(u.RequestURI()) {
		return refused("robots.txt of %s does not allow it", u.Host)
	}
	return nil
}
