package api

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"vocero/corpus"
	"vocero/corpus/sqlite"
	"vocero/index"
	"vocero/index/bleve"
	"vocero/index/query"

	"github.com/google/go-cmp/cmp"
)

// TestSearchers holds a Service and a Client of it to the same answers.
func TestSearchers(t *testing.T) {
	folder, store, ix := filled(t, 25)
	service := New(store, ix)
	stop, err := service.Listen(t.Context(), folder)
	if err != nil {
		t.Fatal(err)
	}
	client, err := Open(t.Context(), folder) // the index is open for writing, so it is a client
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := client.(*Client); !ok {
		t.Errorf("Open beside a writer gave a %T", client)
	}
	for name, s := range map[string]Searcher{"service": service, "client": client} {
		t.Run(name, func(t *testing.T) { testSearcher(t, s) })
	}
	if err := errors.Join(client.Close(), stop(), ix.Close()); err != nil {
		t.Fatal(err)
	}
	alone, err := Open(t.Context(), folder) // the writer has gone
	if err != nil {
		t.Fatal(err)
	}
	defer alone.Close()
	testSearcher(t, alone)
}

func testSearcher(t *testing.T, s Searcher) {
	r := Request{Query: "agua", Size: 10, Snippets: 1, Facets: index.FacetsOf(5, index.Langs)}
	page, err := s.Search(t.Context(), r)
	if err != nil || page.Total != 25 || len(page.Hits) != 10 || page.Next == "" {
		t.Fatalf("search: %v, %d of %d hits, next %q", err, len(page.Hits), page.Total, page.Next)
	}
	if want := []Facet{{Name: "lang", Values: []Count{{Value: "es", Count: 25}}}}; !cmp.Equal(page.Facets, want) {
		t.Errorf("facets: %s", cmp.Diff(want, page.Facets))
	}
	if len(page.Hits[0].Snippets) != 1 || len(page.Hits[0].Snippets[0].Marks) == 0 {
		t.Errorf("snippets: %+v", page.Hits[0].Snippets)
	}
	r.After = "nonsense"
	if _, err := s.Search(t.Context(), r); !errors.Is(err, index.ErrAfter) {
		t.Errorf("after: %v", err)
	}
	n := 0
	for hit, err := range s.All(t.Context(), Request{Query: "agua", Sort: index.Oldest}) {
		if err != nil || hit.ID != fmt.Sprintf("n%02d", n) {
			t.Fatalf("hit %d of all: %v, %s", n, err, hit.ID)
		}
		n++
	}
	if n != 25 {
		t.Errorf("all: %d hits", n)
	}
	for range s.All(t.Context(), Request{Query: "agua"}) {
		break // an All that is left early ends
	}
	var bad *query.Error
	if _, err := s.Search(t.Context(), Request{Query: "amount>=mucho"}); !errors.As(err, &bad) || bad.Column == 0 {
		t.Errorf("bad query: %v", err)
	}
	for _, err := range s.All(t.Context(), Request{Query: "amount>=mucho"}) {
		if !errors.As(err, &bad) {
			t.Errorf("bad query of all: %v", err)
		}
	}
	if d, err := s.Get(t.Context(), "n03"); err != nil || d.Text != text(3) {
		t.Errorf("get: %v, %q", err, d.Text)
	}
	if _, err := s.Get(t.Context(), "a/b?c"); !errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("get what is not there: %v", err)
	}
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Search(canceled, Request{Query: "agua"}); !errors.Is(err, context.Canceled) {
		t.Errorf("canceled: %v", err)
	}
}

// TestSyncThroughTheSocket stores a release beside the process that has the
// index open, and has it found.
func TestSyncThroughTheSocket(t *testing.T) {
	folder, store, ix := filled(t, 2)
	defer ix.Close()
	stop, err := New(store, ix).Listen(t.Context(), folder)
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	put(t, store, 2)
	client, err := Dial(t.Context(), folder)
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	if err := client.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	if page, err := client.Search(t.Context(), Request{Query: "id:n02"}); err != nil || page.Total != 1 {
		t.Errorf("after Sync: %v, %d hits", err, page.Total)
	}
}

// TestLockedIsSaidAtOnce holds the index without answering for it.
func TestLockedIsSaidAtOnce(t *testing.T) {
	folder, _, ix := filled(t, 1)
	defer ix.Close()
	begun := time.Now()
	if _, err := Open(t.Context(), folder); !errors.Is(err, corpus.ErrLocked) {
		t.Errorf("locked: %v", err)
	}
	if waited := time.Since(begun); waited > 5*time.Second {
		t.Errorf("said after %v", waited)
	}
}

// filled makes a data folder with n releases, n00 and on, its index open for writing.
func filled(t *testing.T, n int) (string, *sqlite.Store, *bleve.Index) {
	t.Helper()
	folder := t.TempDir()
	store, err := sqlite.Open(t.Context(), folder)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	for i := range n {
		put(t, store, i)
	}
	ix, err := bleve.Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	if err := index.Sync(t.Context(), store, ix); err != nil {
		t.Fatal(err)
	}
	return folder, store, ix
}

func put(t *testing.T, store corpus.Store, i int) {
	t.Helper()
	id := fmt.Sprintf("n%02d", i)
	day := corpus.DateOf(time.Date(2024, 1, 1+i, 0, 0, 0, 0, time.UTC))
	_, err := store.Put(t.Context(), []corpus.Release{{
		Raw:      corpus.Raw{Given: corpus.Given{ID: id}, Bytes: []byte(text(i)), Via: "file"},
		Document: corpus.Document{ID: id, Lang: "es", Published: day, Text: text(i)},
	}})
	if err != nil {
		t.Fatal(err)
	}
}

func text(i int) string { return fmt.Sprintf("El agua llega al barrio número %d.", i) }
