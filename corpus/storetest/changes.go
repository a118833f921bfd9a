package storetest

import (
	"errors"
	"testing"

	"vocero/corpus"
)

func changes(t *testing.T, s *suite) {
	s.put(Release(1), Release(2), Release(3))
	got, first := s.changed(0)
	same(t, "changes", got, ids(1, 2, 3))

	s.put(Revised(Release(1), "Nota."), Release(4))
	got, last := s.changed(0)
	same(t, "changes from the beginning", got, ids(2, 3, 1, 4))
	got, _ = s.changed(first)
	same(t, "changes since then", got, ids(1, 4))
	got, _ = s.changed(last)
	same(t, "changes after the last", got, []string{})

	for change, err := range s.Changes(s.ctx, first) {
		if err != nil {
			t.Fatal(err)
		}
		want := s.release(change.Release.Document.ID, change.Release.Document.Version)
		if change.Release.Document.ID == Release(1).Document.ID && change.Release.Document.Version != 2 {
			t.Errorf("the change has version %d", change.Release.Document.Version)
		}
		want.Raw = corpus.Raw{}
		same(t, "change", change.Release, want)
	}
}

func changesInPages(t *testing.T, s *suite) {
	const n = 1000 // more than anybody's page
	batch := make([]corpus.Release, n)
	for i := range batch {
		batch[i] = Release(i)
		batch[i].Annotations.Mentions = batch[i].Annotations.Mentions[:i%5]
	}
	s.put(batch...)
	i := 0
	for change, err := range s.Changes(s.ctx, 0) {
		if err != nil {
			t.Fatal(err)
		}
		if change.Release.Document.Text != batch[i].Document.Text || len(change.Release.Annotations.Mentions) != i%5 {
			t.Fatalf("change %d is %q with %d mentions", i, change.Release.Document.ID, len(change.Release.Annotations.Mentions))
		}
		if i++; i == n/2 {
			break
		}
	}
	if got, _ := s.changed(0); len(got) != n {
		t.Errorf("%d changes, want %d", len(got), n)
	}
}

// changesWhileWriting writes from within the loop over Changes: neither waits
// for the other, and what is written comes later in the same loop.
func changesWhileWriting(t *testing.T, s *suite) {
	s.put(Release(1))
	var got []string
	for change, err := range s.Changes(s.ctx, 0) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, change.Release.Document.ID)
		if n := len(got) + 1; n <= 3 {
			s.put(Release(n))
		}
	}
	same(t, "changes", got, ids(1, 2, 3))
}

func annotate(t *testing.T, s *suite) {
	s.put(Release(1), Release(2), Release(3))
	_, cursor := s.changed(0)

	next := Release(2).Annotations
	next.Document, next.Version, next.Extractor = Release(2).Document.ID, 1, "next"
	next.Mentions, next.Facts = next.Mentions[1:2], nil
	if err := s.Store.Annotate(s.ctx, []corpus.Annotations{next}); err != nil {
		t.Fatal(err)
	}
	same(t, "annotations", s.release(Release(2).Document.ID, 1).Annotations, next)
	got, _ := s.changed(cursor)
	same(t, "changes since then", got, ids(2))
	got, _ = s.changed(0)
	same(t, "changes from the beginning", got, ids(1, 3, 2))
	if stats := s.stats(); stats.Versions != 3 {
		t.Errorf("Annotate made a version: %+v", stats)
	}
}

func annotateOlderVersion(t *testing.T, s *suite) {
	s.put(Release(1), Release(2))
	s.put(Revised(Release(1), "Nota."))
	s.put(Release(3))
	_, cursor := s.changed(0)

	id := Release(1).Document.ID
	if err := s.Store.Annotate(s.ctx, []corpus.Annotations{{Document: id, Version: 1, Extractor: "next"}}); err != nil {
		t.Fatal(err)
	}
	if got := s.release(id, 1).Annotations; got.Extractor != "next" || len(got.Mentions) != 0 {
		t.Errorf("version 1 has %d mentions of %q", len(got.Mentions), got.Extractor)
	}
	if got := s.release(id, 2).Annotations; got.Extractor == "next" || len(got.Mentions) == 0 {
		t.Errorf("version 2 has %d mentions of %q", len(got.Mentions), got.Extractor)
	}
	n := 0
	for change, err := range s.Changes(s.ctx, cursor) {
		if err != nil {
			t.Fatal(err)
		}
		n++
		if d := change.Release.Document; d.ID != id || d.Version != 2 {
			t.Errorf("the change is %s version %d, not the newest", d.ID, d.Version)
		}
	}
	if n != 1 {
		t.Errorf("%d changes", n)
	}
}

func annotateNothing(t *testing.T, s *suite) {
	s.put(Release(1))
	_, cursor := s.changed(0)
	id := Release(1).Document.ID
	err := s.Store.Annotate(s.ctx, []corpus.Annotations{{Document: id, Version: 1}, {Document: id, Version: 2}})
	if !errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("Annotate of a version that is not there: %v", err)
	}
	if got := s.release(id, 1).Annotations; len(got.Mentions) == 0 {
		t.Error("a batch that failed took annotations away")
	}
	if got, _ := s.changed(cursor); len(got) != 0 {
		t.Errorf("a batch that failed left changes: %v", got)
	}
}
