package fetch

import (
	"cmp"
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptrace"
	"net/url"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/publicsuffix"

	"vocero/corpus"
	"vocero/ingest/crawl/address"
)

// Exchange is one request and its answer, as evidence of what a server said.
type Exchange struct {
	Request *http.Request
	Status  string // "200 OK"
	Proto   string // "HTTP/1.1"
	Header  http.Header
	Body    []byte // as sent, still packed; without the marks of chunks
	Cut     bool   // the body is longer, or broke off
	When    time.Time
	IP      string // of the server, where known
}

// once makes one request in the host's turn and fills in a. It returns the
// address to which the answer redirects, if it does.
func (f *Fetcher) once(ctx context.Context, u *url.URL, r Request, cookies *cookies, a *Answer, read func(*Answer, io.Reader) error) (next *url.URL, err error) {
	h, err := f.pace.enter(ctx, u.Host)
	if err != nil {
		return nil, err
	}
	began := time.Now()
	limits := f.options
	limits.MaxBytes, limits.Timeout = cmp.Or(r.MaxBytes, limits.MaxBytes), cmp.Or(r.Timeout, limits.Timeout)
	limited, cancel := context.WithTimeout(ctx, limits.Timeout)
	defer cancel()
	var busy bool
	var after time.Time
	defer func() { f.pace.leave(h, time.Since(began), busy, after) }()

	ip := ""
	request, err := f.request(httptrace.WithClientTrace(limited, &httptrace.ClientTrace{
		GotConn: func(c httptrace.GotConnInfo) { ip = c.Conn.RemoteAddr().String() },
	}), u, r, cookies)
	if err != nil {
		return nil, err
	}
	response, err := f.client.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	cookies.jar.SetCookies(u, response.Cookies())
	a.Status, a.Fetched = response.StatusCode, began
	a.ContentType = response.Header.Get("Content-Type")
	a.ETag, a.LastModified = response.Header.Get("ETag"), response.Header.Get("Last-Modified")
	busy = a.Status == http.StatusTooManyRequests || a.Status == http.StatusServiceUnavailable
	if busy {
		after = retryAfter(response.Header.Get("Retry-After"), time.Now())
	}
	next, err = redirect(u, response)
	body := newBody(response, limits)
	if next == nil && err == nil {
		err = f.take(a, r, body, read, after)
	}
	if f.options.Record != nil && ctx.Err() == nil {
		cut := body.rest(smallBody)
		e := Exchange{Request: request, Status: response.Status, Proto: response.Proto, Header: response.Header,
			Body: body.raw.Bytes(), Cut: cut, When: began, IP: hostOf(ip)}
		if recordErr := f.options.Record(e); recordErr != nil && err == nil {
			err = recordErr
		}
	}
	return next, err
}

// smallBody is how much of an answer that nobody reads is kept as evidence.
const smallBody = 64 << 10

// take reads the body of an answer that is one, and makes a failure of the rest.
func (f *Fetcher) take(a *Answer, r Request, body *body, read func(*Answer, io.Reader) error, after time.Time) error {
	switch {
	case a.Status == http.StatusOK:
		reader, err := body.unpacked()
		if err != nil {
			return err
		}
		return body.fault(read(a, reader))
	case a.Status == http.StatusNotModified && (r.ETag != "" || r.LastModified != ""):
		return nil
	}
	failure := failed("the server answered %d %s", a.Status, http.StatusText(a.Status))
	if wait := time.Until(after); wait > f.options.MaxWait {
		return &Later{After: after, Failure: failure}
	}
	if a.Status == http.StatusUnauthorized || a.Status == http.StatusForbidden || a.Status == http.StatusUnavailableForLegalReasons {
		failure.Reason = corpus.Refused
	}
	return failure
}

func (f *Fetcher) request(ctx context.Context, u *url.URL, r Request, cookies *cookies) (*http.Request, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("User-Agent", f.options.UserAgent)
	request.Header.Set("Accept", "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/feed+json,*/*;q=0.5")
	request.Header.Set("Accept-Encoding", "gzip")
	if r.ETag != "" {
		request.Header.Set("If-None-Match", r.ETag)
	}
	if r.LastModified != "" {
		request.Header.Set("If-Modified-Since", r.LastModified)
	}
	for _, c := range cookies.jar.Cookies(u) {
		request.AddCookie(c)
	}
	return request, nil
}

// redirect gives the address to which an answer sends on, normalised.
func redirect(u *url.URL, response *http.Response) (*url.URL, error) {
	switch response.StatusCode {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
	default:
		return nil, nil
	}
	where := response.Header.Get("Location")
	to, err := u.Parse(where)
	if err != nil || where == "" {
		return nil, failed("a redirect to no address: %q", where)
	}
	next, err := address.Normalize(to)
	if err != nil {
		return nil, refused("a redirect to %q: %v", where, err)
	}
	return next, nil
}

// retryAfter reads a Retry-After, in seconds or as a date; a year is the most
// that is believed.
func retryAfter(value string, now time.Time) time.Time {
	value = strings.TrimSpace(value)
	const most = 365 * 24 * 60 * 60
	if s, err := strconv.Atoi(value); err == nil && s >= 0 {
		return now.Add(time.Duration(min(s, most)) * time.Second)
	}
	if t, err := http.ParseTime(value); err == nil && t.After(now) && t.Before(now.Add(most*time.Second)) {
		return t
	}
	return time.Time{}
}

func hostOf(address string) string {
	if at := strings.LastIndexByte(address, ':'); at > 0 {
		address = address[:at]
	}
	return strings.Trim(address, "[]")
}

// cookies are those of one chain of redirects, and the hops that it has made.
type cookies struct {
	jar  *cookiejar.Jar
	hops map[string]bool
}

func newCookies() *cookies {
	jar, _ := cookiejar.New(&cookiejar.Options{PublicSuffixList: publicsuffix.List}) // never fails
	return &cookies{jar: jar, hops: map[string]bool{}}
}

// seen notes a hop and says whether it is new: one to an address with cookies
// with which it was asked before only goes round.
func (c *cookies) seen(u *url.URL) bool {
	key := u.String()
	for _, cookie := range c.jar.Cookies(u) {
		key += "\n" + cookie.Name + "=" + cookie.Value
	}
	fresh := !c.hops[key]
	c.hops[key] = true
	return fresh
}
