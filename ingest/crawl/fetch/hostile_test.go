package fetch_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"vocero/corpus"
	"vocero/ingest/crawl/fetch"
)

func mustParse(s string) *url.URL {
	u, err := url.Parse(s)
	if err != nil {
		panic(err)
	}
	return u
}

// listen answers each connection with say, once it has read a request.
func listen(t *testing.T, say func(net.Conn)) (base string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				_ = c.SetDeadline(time.Now().Add(10 * time.Second))
				if _, err := http.ReadRequest(bufio.NewReader(c)); err == nil {
					say(c)
				}
			}()
		}
	}()
	return "http://" + l.Addr().String() + "/"
}

const ok = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"

// bomb is n bytes of one letter, packed.
func bomb(n int64) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = io.CopyN(z, letters{}, n)
	_ = z.Close()
	return b.Bytes()
}

type letters struct{}

func (letters) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'a'
	}
	return len(p), nil
}

// What a server may do to a crawler. None of it hangs, leaks or exceeds a bound.
func TestHostileServers(t *testing.T) {
	giant := bytes.Repeat(bomb(16<<20), 64) // members of gzip in a row are one stream: 1 GiB
	drip := func(c net.Conn, text string) {
		for {
			if _, err := io.WriteString(c, text); err != nil {
				return
			}
			time.Sleep(20 * time.Millisecond)
		}
	}
	for _, test := range []struct {
		name   string
		say    func(net.Conn)
		reason corpus.Reason // "" where it is read
		detail string
	}{
		{"silence", func(c net.Conn) { _, _ = io.Copy(io.Discard, c) }, corpus.Unreadable, "not done after"},
		{"slow header", func(c net.Conn) { io.WriteString(c, "HTTP/1.1 200 OK\r\n"); drip(c, "X: y\r\n") }, corpus.Unreadable, "not done after"},
		{"slow body", func(c net.Conn) { io.WriteString(c, ok+"Content-Length: 999999\r\n\r\n"); drip(c, "x") }, corpus.Unreadable, "not done after"},
		{"endless", func(c net.Conn) { io.WriteString(c, ok+"\r\n"); io.Copy(c, letters{}) }, corpus.TooLarge, "more than 2097152 bytes"},
		{"endless chunks", func(c net.Conn) {
			io.WriteString(c, ok+"Transfer-Encoding: chunked\r\n\r\n")
			for {
				if _, err := fmt.Fprintf(c, "2000\r\n%s\r\n", strings.Repeat("x", 0x2000)); err != nil {
					return
				}
			}
		}, corpus.TooLarge, "more than 2097152 bytes"},
		{"endless header", func(c net.Conn) {
			io.WriteString(c, "HTTP/1.1 200 OK\r\n")
			for {
				if _, err := io.WriteString(c, "X: "+strings.Repeat("y", 4096)+"\r\n"); err != nil {
					return
				}
			}
		}, corpus.Unreadable, "exceeded"},
		{"gzip bomb", func(c net.Conn) {
			fmt.Fprintf(c, "%sContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n", ok, len(giant))
			_, _ = c.Write(giant)
		}, corpus.TooLarge, "unpacked"},
		{"small gzip bomb", func(c net.Conn) {
			b := bomb(3 << 20)
			fmt.Fprintf(c, "%sContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n", ok, len(b))
			_, _ = c.Write(b)
		}, corpus.TooLarge, "unpacked more than"},
		{"cut gzip", func(c net.Conn) {
			b := bomb(1000)
			fmt.Fprintf(c, "%sContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n", ok, len(b)-5)
			_, _ = c.Write(b[:len(b)-5])
		}, corpus.Unreadable, "broke off"},
		{"damaged gzip", func(c net.Conn) {
			b := bomb(1000)
			b[len(b)-6] ^= 0xff
			fmt.Fprintf(c, "%sContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n", ok, len(b))
			_, _ = c.Write(b)
		}, corpus.Malformed, "cannot be unpacked"},
		{"gzip that is none", func(c net.Conn) { io.WriteString(c, ok+"Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnota") }, "", ""},
		{"short", func(c net.Conn) { io.WriteString(c, ok+"Content-Length: 100\r\n\r\nnota") }, corpus.Unreadable, "broke off after 4 of 100 bytes"},
		{"long", func(c net.Conn) { io.WriteString(c, ok+"Content-Length: 4\r\n\r\nnota y más") }, "", ""},
		{"negative length", func(c net.Conn) { io.WriteString(c, ok+"Content-Length: -4\r\n\r\nnota") }, corpus.Unreadable, "Content-Length"},
		{"two lengths", func(c net.Conn) { io.WriteString(c, ok+"Content-Length: 4\r\nContent-Length: 5\r\n\r\nnotas") }, corpus.Unreadable, "Content-Length"},
		{"broken chunks", func(c net.Conn) { io.WriteString(c, ok+"Transfer-Encoding: chunked\r\n\r\nzz\r\nnota") }, corpus.Unreadable, "chunk"},
		{"cut chunks", func(c net.Conn) { io.WriteString(c, ok+"Transfer-Encoding: chunked\r\n\r\n4\r\nnota\r\n") }, corpus.Unreadable, "broke off"},
		{"no HTTP", func(c net.Conn) { io.WriteString(c, "SSH-2.0-OpenSSH\r\n") }, corpus.Unreadable, "malformed HTTP"},
		{"nothing", func(net.Conn) {}, corpus.Unreadable, "EOF"},
		{"unending hints", func(c net.Conn) { drip(c, "HTTP/1.1 103 Early Hints\r\n\r\n") }, corpus.Unreadable, ""},
		{"old HTTP", func(c net.Conn) { io.WriteString(c, "HTTP/1.0 200 OK\r\n\r\nnota") }, "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := fetch.New(fetch.Options{Timeout: 500 * time.Millisecond, Pause: time.Millisecond, MaxBytes: 2 << 20, AllowPrivate: true, IgnoreRobots: true})
			defer f.Close()
			began := time.Now()
			a, failure := get(t, f, listen(t, test.say))
			if took := time.Since(began); took > 5*time.Second {
				t.Errorf("took %v", took)
			}
			switch {
			case failure == nil && test.reason != "":
				t.Errorf("%d bytes were taken", len(a.Bytes))
			case failure == nil && string(a.Bytes) != "nota":
				t.Errorf("got %q", a.Bytes)
			case failure != nil && (failure.Reason != test.reason || !strings.Contains(failure.Detail, test.detail)):
				t.Errorf("%v; want %s, %q", failure, test.reason, test.detail)
			}
			if len(a.Bytes) > 2<<20 {
				t.Errorf("%d bytes were kept", len(a.Bytes))
			}
		})
	}
}

// No way of writing it leads to an address that is not of the public internet.
func TestPrivateAddresses(t *testing.T) {
	reached := false
	inside := listen(t, func(c net.Conn) { reached = true; io.WriteString(c, ok+"\r\nsecreto") })
	port := mustParse(inside).Port()
	for _, host := range []string{
		"127.0.0.1", "127.255.255.254", "localhost", "LOCALHOST.", "0.0.0.0", "[::]", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
		"[0:0:0:0:0:ffff:127.0.0.1]", "169.254.169.254", "[fe80::1]", "[fd00:ec2::254]", "10.0.0.1", "172.16.0.1", "192.168.1.1",
		"100.64.0.1", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[2001:db8::1]", "198.18.0.1", "192.0.2.1", "224.0.0.1", "255.255.255.255",
		"[::127.0.0.1]", "0", "127.1", "0x7f000001", "0177.0.0.1", "2130706433", "127.0.0.1.", "①②⑦.⓪.⓪.①",
	} {
		f := fetch.New(fetch.Options{Timeout: 5 * time.Second, Pause: time.Millisecond})
		_, failure := get(t, f, "http://"+host+":"+port+"/")
		if failure == nil {
			t.Errorf("%s was fetched", host)
		}
		f.Close()
	}
	for _, host := range []string{"127.0.0.1", "localhost", "[::ffff:7f00:1]", "169.254.169.254", "[::1]"} {
		f := fetch.New(fetch.Options{Pause: time.Millisecond})
		_, err := f.Get(t.Context(), fetch.Request{URL: "http://" + host + ":" + port + "/latest/meta-data"})
		failure, known := errors.AsType[*corpus.Failure](err)
		if !known || failure.Reason != corpus.Refused || !strings.Contains(failure.Detail, "private network") {
			t.Errorf("%s: %v", host, err)
		}
		f.Close()
	}
	if reached {
		t.Error("the server on this machine was reached")
	}
	f := fetch.New(fetch.Options{AllowPrivate: true, IgnoreRobots: true, Pause: time.Millisecond})
	defer f.Close()
	if _, failure := get(t, f, inside); failure != nil {
		t.Errorf("--allow-private: %v", failure)
	}
}

// A page outside that redirects inside is refused at the hop: with the guard of
// the real dialer, and a transport that leads the first host to this machine.
func TestRedirectInside(t *testing.T) {
	inside := listen(t, func(c net.Conn) { t.Error("reached"); io.WriteString(c, ok+"\r\nsecreto") })
	f := fetch.New(fetch.Options{Pause: time.Millisecond})
	defer f.Close()
	guarded := fetch.Guarded(f)
	outer := fetch.New(fetch.Options{Pause: time.Millisecond, IgnoreRobots: true, Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
		if r.URL.Path == "/page" {
			page := `<meta http-equiv=refresh content="0;url=` + inside + `">`
			return &http.Response{StatusCode: 200, Header: http.Header{"Content-Type": {"text/html"}}, Body: io.NopCloser(strings.NewReader(page)), Request: r}, nil
		}
		if r.URL.Host == "outside.example" {
			return &http.Response{StatusCode: 302, Header: http.Header{"Location": {inside}}, Body: http.NoBody, Request: r}, nil
		}
		return guarded.RoundTrip(r)
	})})
	defer outer.Close()
	for _, from := range []string{"http://outside.example/", "http://outside.example/page"} {
		if _, failure := get(t, outer, from); failure == nil || failure.Reason != corpus.Refused {
			t.Errorf("%s: got %v", from, failure)
		}
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (r roundTrip) RoundTrip(request *http.Request) (*http.Response, error) { return r(request) }

func TestRecord(t *testing.T) {
	var got []fetch.Exchange
	base := listen(t, func(c net.Conn) { io.WriteString(c, ok+"Content-Length: 4\r\n\r\nnota") })
	f := fetch.New(fetch.Options{AllowPrivate: true, Pause: time.Millisecond, Record: func(e fetch.Exchange) error { got = append(got, e); return nil }})
	defer f.Close()
	get(t, f, base+"nota")
	if len(got) != 2 || got[0].Request.URL.Path != "/robots.txt" || string(got[1].Body) != "nota" || got[1].IP != "127.0.0.1" || got[1].Cut || got[1].Status != "200 OK" {
		t.Errorf("recorded %+v", got)
	}
	disk := errors.New("disk full")
	f = fetch.New(fetch.Options{AllowPrivate: true, IgnoreRobots: true, Pause: time.Millisecond, Record: func(fetch.Exchange) error { return disk }})
	defer f.Close()
	if _, err := f.Get(t.Context(), fetch.Request{URL: base}); err == nil {
		t.Error("evidence that cannot be kept is not said")
	}
}
