package fetch_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"vocero/corpus"
	"vocero/ingest/crawl/fetch"
	"vocero/ingest/crawl/webtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const sites = `
-- https://m.example/robots.txt --
User-agent: *
Disallow: /privado
-- https://m.example/nota --
<html><p>Abre el museo
-- https://m.example/alt --
< 301
< Location: /nota?utm_source=x
-- https://m.example/hintenherum --
< 302
< Location: https://m.example/privado/1
-- https://m.example/privado/1 --
secreto
-- https://m.example/mudada --
< Content-Type: text/html
<html><head><meta http-equiv="refresh" content="0; url=/alt"></head><body>Nos mudamos
-- https://m.example/sola --
< Content-Type: text/html
<meta http-equiv="refresh" content="1; url=/sola"><p>En vivo
-- https://m.example/puerta --
< Content-Type: text/html
<meta http-equiv="refresh" content="0; url=/privado/1">
-- https://m.example/noria --
< Content-Type: text/html
<meta http-equiv="refresh" content="0; url=/noria2">
-- https://m.example/noria2 --
< Content-Type: text/html
<meta http-equiv="refresh" content="0; url=/noria">
-- https://m.example/circulo --
< 302
< Location: /circulo2
-- https://m.example/circulo2 --
< 307
< Location: /circulo
-- https://m.example/ftp --
< 302
< Location: ftp://m.example/x
-- https://m.example/nada --
< 302
-- https://m.example/prohibido --
< 403
-- https://m.example/zstd --
< Content-Encoding: zstd
x
-- https://down.example/robots.txt --
< 503
-- https://down.example/nota --
nota
-- https://slow.example/robots.txt --
User-agent: vocero
Crawl-delay: 7
-- https://slow.example/1 --
1
-- https://moved.example/robots.txt --
< 301
< Location: https://m.example/robots.txt
-- https://moved.example/privado --
secreto
`

// inMemory runs a test in a bubble whose clock jumps, against sites.
func inMemory(t *testing.T, o fetch.Options, test func(*testing.T, *webtest.Internet, *fetch.Fetcher)) {
	synctest.Test(t, func(t *testing.T) {
		web := webtest.Parse([]byte(sites))
		o.Transport = web
		test(t, web, fetch.New(o))
	})
}

func get(t *testing.T, f *fetch.Fetcher, address string) (fetch.Answer, *corpus.Failure) {
	t.Helper()
	a, err := f.Get(t.Context(), fetch.Request{URL: address})
	if err == nil {
		return a, nil
	}
	failure, ok := errors.AsType[*corpus.Failure](err)
	if !ok {
		t.Errorf("%s: the error %v is no failure", address, err)
	}
	return a, failure
}

func TestGet(t *testing.T) {
	inMemory(t, fetch.Options{}, func(t *testing.T, _ *webtest.Internet, f *fetch.Fetcher) {
		for _, c := range []struct {
			address, found, text string
			reason               corpus.Reason
			detail               string
		}{
			{"https://m.example/nota", "https://m.example/nota", "Abre el museo", "", ""},
			{"HTTPS://M.example/./nota#x", "https://m.example/nota", "Abre el museo", "", ""},
			{"https://m.example/alt", "https://m.example/nota", "Abre el museo", "", ""},
			{"https://m.example/privado/1", "", "", corpus.Refused, "robots.txt"},
			{"https://m.example/hintenherum", "", "", corpus.Refused, "robots.txt"},
			{"https://moved.example/privado", "", "", corpus.Refused, "robots.txt"},
			{"https://m.example/mudada", "https://m.example/nota", "Abre el museo", "", ""},
			{"https://m.example/sola", "https://m.example/sola", "En vivo", "", ""},
			{"https://m.example/puerta", "", "", corpus.Refused, "robots.txt"},
			{"https://m.example/noria", "", "", corpus.Refused, "circle"},
			{"https://m.example/circulo", "", "", corpus.Refused, "circle"},
			{"https://m.example/ftp", "", "", corpus.Refused, "only http and https"},
			{"https://m.example/nada", "", "", corpus.Unreadable, "no address"},
			{"https://m.example/prohibido", "", "", corpus.Refused, "403"},
			{"https://m.example/404", "", "", corpus.Unreadable, "404"},
			{"https://m.example/zstd", "", "", corpus.Unsupported, "zstd"},
			{"https://down.example/nota", "", "", corpus.Unreadable, "without it nothing is allowed"},
			{"gopher://m.example/", "", "", corpus.Refused, "only http and https"},
			{"nota", "", "", corpus.Refused, "no address"},
		} {
			a, failure := get(t, f, c.address)
			switch {
			case failure == nil && c.reason != "":
				t.Errorf("%s: no failure", c.address)
			case failure != nil && (failure.Reason != c.reason || !strings.Contains(failure.Detail, c.detail)):
				t.Errorf("%s: %v, want %s %s", c.address, failure, c.reason, c.detail)
			case failure == nil && (a.URL != c.found || !strings.Contains(string(a.Bytes), c.text)):
				t.Errorf("%s: %+v", c.address, a)
			}
		}
	})
}

func TestConditional(t *testing.T) {
	inMemory(t, fetch.Options{}, func(t *testing.T, web *webtest.Internet, f *fetch.Fetcher) {
		first, _ := get(t, f, "https://m.example/nota")
		again, err := f.Get(t.Context(), fetch.Request{URL: "https://m.example/nota", ETag: first.ETag, LastModified: first.LastModified})
		if err != nil || again.Status != http.StatusNotModified || len(again.Bytes) != 0 {
			t.Errorf("%+v, %v", again, err)
		}
		web.Set("https://m.example/nota", "otra")
		again, err = f.Get(t.Context(), fetch.Request{URL: "https://m.example/nota", ETag: first.ETag})
		if err != nil || string(again.Bytes) != "otra" {
			t.Errorf("%+v, %v", again, err)
		}
	})
}

// A site that sends everybody round until they show its cookie is read.
func TestCookieWall(t *testing.T) {
	inMemory(t, fetch.Options{}, func(t *testing.T, web *webtest.Internet, f *fetch.Fetcher) {
		web.Handle("https://wall.example/nota", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if c, err := r.Cookie("visto"); err == nil && c.Value == "1" {
				fmt.Fprint(w, "detrás")
				return
			}
			http.SetCookie(w, &http.Cookie{Name: "visto", Value: "1"})
			http.Redirect(w, r, "/nota", http.StatusFound)
		}))
		if a, failure := get(t, f, "https://wall.example/nota"); failure != nil || string(a.Bytes) != "detrás" {
			t.Errorf("%v, %+v", failure, a)
		}
		n := 0
		web.Handle("https://wall.example/infinito", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			n++
			http.SetCookie(w, &http.Cookie{Name: "n", Value: fmt.Sprint(n)})
			http.Redirect(w, r, "/infinito", http.StatusFound)
		}))
		if _, failure := get(t, f, "https://wall.example/infinito"); failure == nil || failure.Detail != "more than 10 redirects" || n != 11 {
			t.Errorf("%v after %d requests", failure, n)
		}
	})
}

// One request at a time to a host, a pause after each; hosts do not wait for one another.
func TestPace(t *testing.T) {
	inMemory(t, fetch.Options{Pause: time.Second}, func(t *testing.T, web *webtest.Internet, f *fetch.Fetcher) {
		var at, most atomic.Int32
		for _, name := range []string{"a", "b"} {
			web.Handle("https://"+name+".example/x", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				most.Store(max(most.Load(), at.Add(1)))
				time.Sleep(100 * time.Millisecond)
				at.Add(-1)
				fmt.Fprint(w, "x")
			}))
		}
		began := time.Now()
		var wait sync.WaitGroup
		for i := range 8 {
			wait.Go(func() {
				if _, err := f.Get(t.Context(), fetch.Request{URL: "https://" + string(rune('a'+i%2)) + ".example/x"}); err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		// robots.txt, then four pages with pauses between: 4 s and 4 × 100 ms
		if took := time.Since(began); took != 4400*time.Millisecond || most.Load() != 2 {
			t.Errorf("took %v, at most %d at once", took, most.Load())
		}
	})
}

// A host that takes its time gets time; one that says so is left alone.
func TestAdaptivePause(t *testing.T) {
	inMemory(t, fetch.Options{}, func(t *testing.T, web *webtest.Internet, f *fetch.Fetcher) {
		web.Handle("https://tired.example/x", http.HandlerFunc(func(http.ResponseWriter, *http.Request) { time.Sleep(8 * time.Second) }))
		for range 12 {
			get(t, f, "https://tired.example/x")
		}
		began := time.Now()
		get(t, f, "https://tired.example/x")
		if took := time.Since(began); took < 20*time.Second {
			t.Errorf("a host that takes 8 s is asked again after %v", took-8*time.Second)
		}

		busy := 2
		web.Handle("https://busy.example/x", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			if busy--; busy >= 0 {
				w.Header().Set("Retry-After", "30")
				w.WriteHeader(http.StatusTooManyRequests)
			}
		}))
		began = time.Now()
		if _, failure := get(t, f, "https://busy.example/x"); failure != nil {
			t.Error(failure)
		}
		if took := time.Since(began); took < 60*time.Second || took > 70*time.Second {
			t.Errorf("asked again after %v, not twice 30 s", took)
		}
	})
}

func TestRetryAfterLong(t *testing.T) {
	inMemory(t, fetch.Options{}, func(t *testing.T, web *webtest.Internet, f *fetch.Fetcher) {
		until := time.Now().Add(2 * time.Hour)
		web.Handle("https://busy.example/x", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", until.UTC().Format(http.TimeFormat))
			w.WriteHeader(http.StatusServiceUnavailable)
		}))
		began := time.Now()
		for range 3 { // the second and third do not even ask
			_, err := f.Get(t.Context(), fetch.Request{URL: "https://busy.example/x"})
			later, ok := errors.AsType[*fetch.Later](err)
			if !ok || later.After.Sub(until).Abs() > time.Second {
				t.Errorf("%v, %+v", err, later)
			}
		}
		if took := time.Since(began); took > time.Minute {
			t.Errorf("waited %v for a host that wants hours", took)
		}
		if n := len(web.Requests()); n != 2 {
			t.Errorf("%d requests, not robots.txt and one", n)
		}
	})
}

func TestCrawlDelay(t *testing.T) {
	inMemory(t, fetch.Options{UserAgent: "vocero/1.0"}, func(t *testing.T, _ *webtest.Internet, f *fetch.Fetcher) {
		get(t, f, "https://slow.example/1")
		began := time.Now()
		get(t, f, "https://slow.example/1")
		if took := time.Since(began); took != 7*time.Second {
			t.Errorf("asked again after %v, not 7 s", took)
		}
	})
}

// robots.txt is asked for once a day, and again sooner where it could not be had.
func TestRobotsChanges(t *testing.T) {
	inMemory(t, fetch.Options{}, func(t *testing.T, web *webtest.Internet, f *fetch.Fetcher) {
		get(t, f, "https://m.example/nota")
		web.Set("https://m.example/robots.txt", "User-agent: *\nDisallow: /")
		if _, failure := get(t, f, "https://m.example/nota"); failure != nil {
			t.Error("robots.txt is not kept:", failure)
		}
		time.Sleep(25 * time.Hour)
		if _, failure := get(t, f, "https://m.example/nota"); failure == nil {
			t.Error("a robots.txt that has changed is not seen after a day")
		}

		get(t, f, "https://down.example/nota")
		web.Set("https://down.example/robots.txt", "")
		time.Sleep(10 * time.Minute)
		if _, failure := get(t, f, "https://down.example/nota"); failure != nil {
			t.Error("robots.txt is not asked for again:", failure)
		}
		asked := web.Requests()
		if n := len(slices.DeleteFunc(asked, func(a string) bool { return a != "https://m.example/robots.txt" })); n != 2 {
			t.Errorf("robots.txt of m.example was asked for %d times", n)
		}
	})
}

func TestCanceled(t *testing.T) {
	inMemory(t, fetch.Options{}, func(t *testing.T, _ *webtest.Internet, f *fetch.Fetcher) {
		get(t, f, "https://slow.example/1")
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		if _, err := f.Get(ctx, fetch.Request{URL: "https://slow.example/1"}); !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
	})
}

func TestSitemaps(t *testing.T) {
	inMemory(t, fetch.Options{}, func(t *testing.T, web *webtest.Internet, f *fetch.Fetcher) {
		web.Set("https://m.example/robots.txt", "Sitemap: https://m.example/s.xml")
		got, err := f.Sitemaps(t.Context(), mustParse("https://m.example/x"))
		if err != nil || !slices.Equal(got, []string{"https://m.example/s.xml"}) {
			t.Errorf("%q, %v", got, err)
		}
	})
}
