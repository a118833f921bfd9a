package storetest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"vocero/corpus"
)

// RunFrontier checks a frontier. open returns a new, empty one each time that
// it is called.
func RunFrontier(t *testing.T, open func(t *testing.T) corpus.Frontier) {
	for name, test := range map[string]func(*testing.T, *frontier){
		"RoundTrip": visitRoundTrip, "Add": addVisits, "Due": dueVisits, "Apart": crawlsApart, "Canceled": canceledFrontier,
	} {
		t.Run(name, func(t *testing.T) { test(t, &frontier{t, t.Context(), open(t)}) })
	}
}

// frontier is one whose errors end the test.
type frontier struct {
	t        *testing.T
	ctx      context.Context
	frontier corpus.Frontier
}

func (f *frontier) put(crawl string, visits ...corpus.Visit) {
	f.t.Helper()
	if err := f.frontier.PutVisits(f.ctx, crawl, visits); err != nil {
		f.t.Fatal(err)
	}
}

func (f *frontier) add(crawl string, visits ...corpus.Visit) int {
	f.t.Helper()
	added, err := f.frontier.AddVisits(f.ctx, crawl, visits)
	if err != nil {
		f.t.Fatal(err)
	}
	return added
}

func (f *frontier) visits(crawl string, urls ...string) []corpus.Visit {
	f.t.Helper()
	visits, err := f.frontier.Visits(f.ctx, crawl, urls)
	if err != nil {
		f.t.Fatal(err)
	}
	return visits
}

func (f *frontier) due(crawl string, at time.Time, n int) (urls []string) {
	f.t.Helper()
	visits, err := f.frontier.DueVisits(f.ctx, crawl, at, n)
	if err != nil {
		f.t.Fatal(err)
	}
	for _, v := range visits {
		urls = append(urls, v.URL)
	}
	return urls
}

var noon = time.Date(2024, 5, 17, 12, 0, 0, 123, time.UTC)

func visitRoundTrip(t *testing.T, f *frontier) {
	v := corpus.Visit{URL: "https://m.example/1", Kind: corpus.VisitListing, From: "https://m.example/", Depth: 2, Barren: 1,
		Given: corpus.Given{Title: "¡Día!", Published: "2024-05"}, Modified: noon, Due: noon.Add(time.Hour), Fetched: noon, Changed: noon.Add(-time.Hour),
		ETag: `"x"`, LastModified: "Fri", Hash: "abc", Named: 12, Tries: 3, Note: "the server answered 404"}
	f.put("c", v)
	same(t, "visit", f.visits("c", v.URL, "https://m.example/other"), []corpus.Visit{v})
	v = corpus.Visit{URL: v.URL, Kind: corpus.VisitRelease}
	f.put("c", v)
	same(t, "visit put again", f.visits("c", v.URL), []corpus.Visit{v})
}

func addVisits(t *testing.T, f *frontier) {
	known := corpus.Visit{URL: "u/known", Kind: corpus.VisitRelease, Fetched: noon, Note: "kept"}
	waiting := corpus.Visit{URL: "u/waiting", Kind: corpus.VisitRelease, Due: noon}
	f.put("c", known, waiting)
	fresh := corpus.Visit{URL: "u/fresh", Kind: corpus.VisitRelease, Due: noon}
	again := corpus.Visit{URL: "u/known", Kind: corpus.VisitListing, Due: noon, Modified: noon.Add(-time.Second)}
	later := corpus.Visit{URL: "u/waiting", Kind: corpus.VisitRelease, Due: noon.Add(time.Hour), Modified: noon, Given: corpus.Given{Title: "said later"}}
	if n := f.add("c", fresh, again, later, fresh); n != 1 {
		t.Errorf("%d added, not 1", n)
	}
	same(t, "known", f.visits("c", "u/known"), []corpus.Visit{known})
	waiting.Given = later.Given
	same(t, "waiting", f.visits("c", "u/waiting"), []corpus.Visit{waiting})
	again.Modified = noon.Add(time.Second)
	if n := f.add("c", again); n != 0 {
		t.Errorf("%d added, not 0", n)
	}
	known.Due, known.Modified = again.Due, again.Modified
	same(t, "modified", f.visits("c", "u/known"), []corpus.Visit{known})
	f.put("c", corpus.Visit{URL: "u/never", Kind: corpus.VisitRelease})
	f.add("c", corpus.Visit{URL: "u/never", Kind: corpus.VisitRelease, Due: noon, Modified: noon})
	if got := f.due("c", noon, 1); len(got) != 1 {
		t.Errorf("what was not to be fetched is not due after a change: %v", got)
	}
}

func dueVisits(t *testing.T, f *frontier) {
	at := func(d time.Duration, url string, kind corpus.VisitKind) corpus.Visit {
		return corpus.Visit{URL: url, Kind: kind, Due: noon.Add(d)}
	}
	f.add("c", at(0, "listing", corpus.VisitListing), at(0, "b", corpus.VisitRelease), at(-time.Hour, "a", corpus.VisitRelease), at(0, "c", corpus.VisitRelease),
		at(time.Hour, "later", corpus.VisitRelease), corpus.Visit{URL: "never", Kind: corpus.VisitRelease},
		at(0, "map", corpus.VisitSitemap), at(0, "feed", corpus.VisitFeed), at(0, "start", corpus.VisitStart))
	want := []string{"start", "feed", "map", "a", "b", "c", "listing"}
	same(t, "due", f.due("c", noon, 100), want)
	same(t, "the first", f.due("c", noon, 2), want[:2])
	f.put("c", corpus.Visit{URL: "b", Kind: corpus.VisitRelease, Due: noon.Add(time.Minute)}, corpus.Visit{URL: "start", Kind: corpus.VisitStart})
	same(t, "due after some were visited", f.due("c", noon, 100), []string{"feed", "map", "a", "c", "listing"})
	same(t, "due later", f.due("c", noon.Add(2*time.Hour), 100), []string{"feed", "map", "a", "c", "b", "later", "listing"})
}

func crawlsApart(t *testing.T, f *frontier) {
	for i := range 300 {
		f.add(fmt.Sprint("c", i%2), corpus.Visit{URL: fmt.Sprintf("u%03d", i/2), Kind: corpus.VisitRelease, Due: noon})
	}
	if n := len(f.due("c0", noon, 1000)); n != 150 {
		t.Errorf("%d due", n)
	}
	if err := f.frontier.DeleteVisits(f.ctx, "c0"); err != nil {
		t.Fatal(err)
	}
	if n, other := len(f.due("c0", noon, 1000)), len(f.due("c1", noon, 1000)); n != 0 || other != 150 {
		t.Errorf("%d left of the crawl that was deleted, %d of the other", n, other)
	}
}

func canceledFrontier(t *testing.T, f *frontier) {
	ctx, cancel := context.WithCancel(f.ctx)
	cancel()
	if err := f.frontier.PutVisits(ctx, "c", []corpus.Visit{{URL: "u", Kind: corpus.VisitStart}}); err == nil {
		t.Error("a canceled put says nothing")
	}
	if got := f.visits("c", "u"); len(got) != 0 {
		t.Errorf("a canceled put left %v", got)
	}
}
