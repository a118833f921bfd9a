// Package storetest holds what every corpus.Store must do. A store's own test
// passes a function that opens a new, empty store:
//
//	storetest.Run(t, func(t *testing.T) corpus.Store { … })
package storetest

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"vocero/corpus"
)

// Run checks a store. open returns a new, empty one each time that it is
// called; Run closes it.
func Run(t *testing.T, open func(t *testing.T) corpus.Store) {
	tests := []struct {
		name string
		run  func(*testing.T, *suite)
	}{
		{"Empty", empty},
		{"RoundTrip", roundTrip},
		{"OddText", oddText},
		{"LargeText", largeText},
		{"Decimals", decimals},
		{"Versions", versions},
		{"Unchanged", unchanged},
		{"TwiceInOneBatch", twiceInOneBatch},
		{"GivenID", givenID},
		{"Failures", failures},
		{"FailureAndBack", failureAndBack},
		{"ForgetFailures", forgetFailures},
		{"Known", known},
		{"NotFound", notFound},
		{"Changes", changes},
		{"ChangesInPages", changesInPages},
		{"ChangesWhileWriting", changesWhileWriting},
		{"Annotate", annotate},
		{"AnnotateOlderVersion", annotateOlderVersion},
		{"AnnotateNothing", annotateNothing},
		{"Copies", copies},
		{"CopiesSplit", copiesSplit},
		{"CopiesInAnyOrder", copiesInAnyOrder},
		{"Series", series},
		{"Cosmetic", cosmetic},
		{"Canceled", canceled},
		{"CanceledMidway", canceledMidway},
		{"Concurrent", concurrent},
		{"Sources", sources},
		{"Runs", runs},
		{"Bookmarks", bookmarks},
		{"Stats", stats},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			store := open(t)
			defer func() {
				if err := store.Close(); err != nil {
					t.Errorf("Close: %v", err)
				}
			}()
			test.run(t, &suite{t: t, ctx: t.Context(), Store: store})
		})
	}
}

// suite is a store whose errors end the test.
type suite struct {
	corpus.Store
	t   *testing.T
	ctx context.Context
}

func (s *suite) put(batch ...corpus.Release) []corpus.Outcome {
	s.t.Helper()
	outcomes, err := s.Put(s.ctx, batch)
	if err != nil {
		s.t.Fatalf("Put: %v", err)
	}
	return outcomes
}

func (s *suite) get(id string) corpus.Document {
	s.t.Helper()
	d, err := s.Get(s.ctx, id)
	if err != nil {
		s.t.Fatalf("Get(%q): %v", id, err)
	}
	return d
}

func (s *suite) stats() corpus.Stats {
	s.t.Helper()
	stats, err := s.Stats(s.ctx)
	if err != nil {
		s.t.Fatalf("Stats: %v", err)
	}
	return stats
}

// release reads back all three states of one version.
func (s *suite) release(id string, version int) corpus.Release {
	s.t.Helper()
	var r corpus.Release
	var err error
	if r.Document, err = s.Version(s.ctx, id, version); err != nil {
		s.t.Fatalf("Version(%q, %d): %v", id, version, err)
	}
	if r.Annotations, err = s.Store.Annotations(s.ctx, id, version); err != nil {
		s.t.Fatalf("Annotations(%q, %d): %v", id, version, err)
	}
	if r.Raw, err = s.Raw(s.ctx, id, version); err != nil {
		s.t.Fatalf("Raw(%q, %d): %v", id, version, err)
	}
	return r
}

// changed lists the documents that changed after a cursor, and the last cursor.
func (s *suite) changed(after corpus.Cursor) (ids []string, last corpus.Cursor) {
	s.t.Helper()
	last = after
	for change, err := range s.Changes(s.ctx, after) {
		if err != nil {
			s.t.Fatalf("Changes(%d): %v", after, err)
		}
		if change.Cursor <= last {
			s.t.Errorf("Changes(%d): cursor %d follows %d", after, change.Cursor, last)
		}
		last = change.Cursor
		ids = append(ids, change.Release.Document.ID)
	}
	return ids, last
}

func (s *suite) failed() []corpus.FailedInput {
	s.t.Helper()
	var list []corpus.FailedInput
	for f, err := range s.Store.Failures(s.ctx) {
		if err != nil {
			s.t.Fatalf("Failures: %v", err)
		}
		list = append(list, f)
	}
	return list
}

// same compares by what things mean: empty lists and nil ones, 2E+6 and 2000000
// and one instant in two time zones are the same.
func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty(), sameDecimal, sameTime); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

var sameTime = cmp.Comparer(func(a, b time.Time) bool { return a.Equal(b) })
