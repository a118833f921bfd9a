package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"vocero/corpus"
)

func failures(t *testing.T, s *suite) {
	when := time.Date(2024, 5, 17, 8, 30, 0, 123456789, time.UTC)
	broken := func(name string, reason corpus.Reason) corpus.Release {
		return corpus.Release{
			Raw:     corpus.Raw{Path: name, URL: "https://obras.example/" + name, Bytes: []byte(name), Fetched: when},
			Failure: &corpus.Failure{Reason: reason, Detail: "at byte 3: " + name, Means: "by hand"},
		}
	}
	outcomes := s.put(broken("a", corpus.Malformed), Release(1), broken("b", corpus.Empty))
	same(t, "outcomes", outcomes, []corpus.Outcome{corpus.NoText, corpus.New, corpus.NoText})
	s.put(broken("c", corpus.TooLarge))
	s.put(broken("a", corpus.Unsupported)) // fails again, of something else

	var want []corpus.FailedInput
	for _, r := range []corpus.Release{broken("a", corpus.Unsupported), broken("c", corpus.TooLarge), broken("b", corpus.Empty)} {
		want = append(want, corpus.FailedInput{Key: r.Raw.Key(), URL: r.Raw.URL, Path: r.Raw.Path, Failure: *r.Failure, When: when})
	}
	same(t, "failures", s.failed(), want)
	for range s.Store.Failures(s.ctx) {
		break // an early end is no error
	}
}

// forgetFailures holds that only what lies in what was read leaves.
func forgetFailures(t *testing.T, s *suite) {
	broken := func(r corpus.Raw) corpus.Release {
		return corpus.Release{Raw: r, Failure: &corpus.Failure{Reason: corpus.Malformed}}
	}
	s.put(broken(corpus.Raw{Path: "a.jsonl#1"}), broken(corpus.Raw{Path: "a.jsonl#2"}), broken(corpus.Raw{Path: "a.jsonl"}),
		broken(corpus.Raw{Path: "a.jsonl#3", Given: corpus.Given{ID: "tres"}}), broken(corpus.Raw{Path: "a.jsonl!x.pdf"}),
		broken(corpus.Raw{Path: `a.jsonl"#1`}), broken(corpus.Raw{Path: "a.jsonl.gz"}), broken(corpus.Raw{Path: "a.json"}),
		broken(corpus.Raw{URL: "https://obras.example/a.zip"}), broken(corpus.Raw{Path: "https://obras.example/a.zip!1"}))
	for _, name := range []string{"a.jsonl", "https://obras.example/a.zip", "b"} {
		if err := s.ForgetFailures(s.ctx, name, []string{"path:a.jsonl#2"}); err != nil {
			t.Fatal(err)
		}
	}
	var left []string
	for _, f := range s.failed() {
		left = append(left, f.Key)
	}
	same(t, "what is left", left, []string{"path:a.json", "path:a.jsonl.gz", `path:a.jsonl"#1`, "path:a.jsonl#2"})
}

func failureAndBack(t *testing.T, s *suite) {
	s.put(Release(1))
	broken := corpus.Release{Raw: Release(1).Raw, Failure: &corpus.Failure{Reason: corpus.Unreadable}}
	broken.Raw.Bytes = nil
	s.put(broken)
	if got := s.failed(); len(got) != 1 {
		t.Fatalf("failures: %v", got)
	}
	s.get(Release(1).Document.ID) // what was there stays
	same(t, "outcomes", s.put(Release(1)), []corpus.Outcome{corpus.Unchanged})
	if got := s.failed(); len(got) != 0 {
		t.Errorf("failures after all went well: %v", got)
	}
}

func known(t *testing.T, s *suite) {
	ok, bad := Release(1), corpus.Release{Raw: Release(2).Raw, Failure: &corpus.Failure{Reason: corpus.Empty}}
	revised := Revised(ok, "Nota.")
	bad.Failure.Means = "by hand"
	bad.Raw.Fetched = time.Date(2024, 5, 17, 8, 30, 0, 0, time.UTC)
	check := func(what string, raw corpus.Raw, want bool) {
		t.Helper()
		got, failed, err := s.Known(s.ctx, raw.Key(), raw.Hash())
		if got != want || err != nil || failed != nil {
			t.Errorf("%s: Known = %v, %v, %v", what, got, failed, err)
		}
	}
	check("before", ok.Raw, false)
	s.put(ok, bad)
	check("stored", ok.Raw, true)
	if got, failed, err := s.Known(s.ctx, bad.Raw.Key(), bad.Raw.Hash()); !got || err != nil {
		t.Errorf("failed: Known = %v, %v", got, err)
	} else {
		same(t, "what is recorded of it", failed, &corpus.FailedInput{Key: bad.Raw.Key(), URL: bad.Raw.URL, Path: bad.Raw.Path, Failure: *bad.Failure, When: bad.Raw.Fetched})
	}
	check("revised, before", revised.Raw, false)
	s.put(revised)
	check("revised", revised.Raw, true)
	check("no longer the newest", ok.Raw, false)
	if got, _, err := s.Known(s.ctx, ok.Raw.Key(), "not hexadecimal"); got || err != nil {
		t.Errorf("a strange hash: Known = %v, %v", got, err)
	}
}

func notFound(t *testing.T, s *suite) {
	s.put(Release(1))
	id := Release(1).Document.ID
	_, get := s.Get(s.ctx, "nobody")
	_, version := s.Version(s.ctx, id, 2)
	_, zero := s.Version(s.ctx, id, 0)
	_, annotations := s.Store.Annotations(s.ctx, id, 2)
	_, raw := s.Raw(s.ctx, "nobody", 1)
	for i, err := range []error{get, version, zero, annotations, raw, s.DeleteSource(s.ctx, "nobody")} {
		if !errors.Is(err, corpus.ErrNotFound) {
			t.Errorf("%d: %v", i, err)
		}
	}
}

func canceled(t *testing.T, s *suite) {
	s.put(Release(1))
	ctx, cancel := context.WithCancel(s.ctx)
	cancel()
	_, put := s.Put(ctx, []corpus.Release{Release(2)})
	_, _, known := s.Known(ctx, "k", "h")
	_, get := s.Get(ctx, Release(1).Document.ID)
	_, annotations := s.Store.Annotations(ctx, Release(1).Document.ID, 1)
	_, stats := s.Store.Stats(ctx)
	annotate := s.Store.Annotate(ctx, []corpus.Annotations{{Document: Release(1).Document.ID, Version: 1}})
	bookmark := s.PutBookmark(ctx, "name", "value")
	source := s.PutSource(ctx, corpus.Source{ID: "s"})
	var changes error
	for _, changes = range s.Changes(ctx, 0) {
	}
	for i, err := range []error{put, known, get, annotations, stats, annotate, bookmark, source, changes} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%d: %v", i, err)
		}
	}
	same(t, "release", s.release(Release(1).Document.ID, 1).Annotations.Extractor, Release(1).Annotations.Extractor)
	if got := s.stats(); got.Documents != 1 || got.Sources != 0 {
		t.Errorf("canceled calls left %+v", got)
	}
}

// canceledMidway cancels a Put at many moments: it stores all or nothing, says
// which, and the store goes on.
func canceledMidway(t *testing.T, s *suite) {
	batch := make([]corpus.Release, 100)
	var all int
	for n, wait := 0, time.Duration(0); wait < 20*time.Millisecond; n, wait = n+1, wait+2*time.Millisecond {
		for i := range batch {
			batch[i] = Release(n*len(batch) + i)
		}
		ctx, cancel := context.WithTimeout(s.ctx, wait)
		_, err := s.Put(ctx, batch)
		cancel()
		switch {
		case err == nil:
			all += len(batch)
		case !errors.Is(err, context.DeadlineExceeded):
			t.Fatalf("canceled after %v: %v", wait, err)
		}
		if got := s.stats(); got.Documents != all {
			t.Fatalf("canceled after %v with %v: %d documents, want %d", wait, err, got.Documents, all)
		}
	}
	s.put(Release(1_000_000))
}

func concurrent(t *testing.T, s *suite) {
	var wg sync.WaitGroup
	for w := range 4 {
		wg.Go(func() {
			for i := range 10 {
				if _, err := s.Put(s.ctx, []corpus.Release{Release(w*10 + i), Release(1000)}); err != nil {
					t.Error(err)
				}
			}
		})
		wg.Go(func() {
			for range 10 {
				for change, err := range s.Changes(s.ctx, 0) {
					if err != nil {
						t.Error(err)
					} else if len(change.Release.Annotations.Mentions) == 0 {
						t.Error("a change without its annotations")
					}
				}
			}
		})
	}
	wg.Wait()
	if got := s.stats(); got.Documents != 41 || got.Versions != 41 {
		t.Errorf("got %+v", got)
	}
}

func sources(t *testing.T, s *suite) {
	when := time.Date(2024, 5, 17, 8, 30, 0, 0, time.FixedZone("Lima", -5*3600))
	b := corpus.Source{ID: "b", URL: "https://b.example/rss", Kind: "feed", Publisher: "B", Country: "PE", Lang: "es", Added: when}
	a := corpus.Source{ID: "a", URL: "/datos", Kind: "folder", Added: when}
	for _, source := range []corpus.Source{b, a} {
		if err := s.PutSource(s.ctx, source); err != nil {
			t.Fatal(err)
		}
	}
	b.LastRun, b.LastNew, b.LastError, b.Failures, b.Warning = when.Add(time.Hour), 7, "no answer", 2, "names nothing"
	b.LastSuccess, b.NextRun, b.Every = when, when.Add(2*time.Hour), 6*time.Hour
	b.Include, b.Exclude, b.Whole, b.Private, b.Paused = []string{"/noticias/*"}, []string{"/a,b", "/c"}, true, true, true
	if err := s.PutSource(s.ctx, b); err != nil {
		t.Fatal(err)
	}
	list := func() []corpus.Source {
		got, err := s.Sources(s.ctx)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	same(t, "sources", list(), []corpus.Source{a, b})
	if err := s.DeleteSource(s.ctx, "a"); err != nil {
		t.Fatal(err)
	}
	same(t, "sources after DeleteSource", list(), []corpus.Source{b})
	if err := s.DeleteSource(s.ctx, "a"); !errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("a source that is not there is deleted: %v", err)
	}
}

func runs(t *testing.T, s *suite) {
	when := time.Date(2024, 5, 17, 8, 30, 0, 0, time.UTC)
	if err := s.PutSource(s.ctx, corpus.Source{ID: "s"}); err != nil {
		t.Fatal(err)
	}
	var put []corpus.SourceRun
	for i := range 5 {
		r := corpus.SourceRun{Source: "s", Began: when.Add(time.Duration(i) * time.Hour), Ended: when.Add(time.Duration(i)*time.Hour + time.Minute),
			Named: 10 + i, Tried: 9, Decoded: 8, Text: 7000, New: 6, Changed: 2, Failed: 1, Error: "no answer", Warning: "names less"}
		put = append(put, r)
		other := r
		other.Source = "other"
		for _, r := range []corpus.SourceRun{r, other} {
			if err := s.PutRun(s.ctx, r); err != nil {
				t.Fatal(err)
			}
		}
	}
	got, err := s.Runs(s.ctx, "s", 2)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "the last runs", got, []corpus.SourceRun{put[4], put[3]})
	if err := s.DeleteSource(s.ctx, "s"); err != nil {
		t.Fatal(err)
	}
	if got, err = s.Runs(s.ctx, "s", 2); err != nil || len(got) != 0 {
		t.Errorf("runs of a source that was deleted: %v, %v", got, err)
	}
}

func bookmarks(t *testing.T, s *suite) {
	want := func(name, value string) {
		t.Helper()
		if got, err := s.Bookmark(s.ctx, name); got != value || err != nil {
			t.Errorf("Bookmark(%q) = %q, %v; want %q", name, got, err, value)
		}
	}
	want("index", "")
	for i, name := range []string{"index", "feed", "index"} {
		if err := s.PutBookmark(s.ctx, name, fmt.Sprint(i)); err != nil {
			t.Fatal(err)
		}
	}
	want("index", "2")
	want("feed", "1")
}

func stats(t *testing.T, s *suite) {
	first, second := Release(1), Revised(Release(2), "¡Se corrige!")
	s.put(first, Release(2))
	s.put(second, corpus.Release{Raw: corpus.Raw{Path: "x"}, Failure: &corpus.Failure{Reason: corpus.Empty}})
	if err := s.PutSource(s.ctx, corpus.Source{ID: "s"}); err != nil {
		t.Fatal(err)
	}
	got := s.stats()
	if got.StoreBytes <= 0 {
		t.Errorf("StoreBytes = %d", got.StoreBytes)
	}
	_, cursor := s.changed(0)
	got.StoreBytes = 0
	same(t, "stats", got, corpus.Stats{
		Documents: 2, Versions: 3, Failures: 1, Sources: 1, Cursor: cursor,
		TextBytes: int64(len(first.Document.Text) + len(second.Document.Text)),
	})
}

// ids lists the ids of Release(n) for each n.
func ids(ns ...int) []string {
	var list []string
	for _, n := range ns {
		list = append(list, Release(n).Document.ID)
	}
	return slices.Clip(list)
}
