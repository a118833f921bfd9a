package main

import (
	"io"
	"testing"

	"vocero/cmd/internal/api"
	"vocero/index"
)

// TestCompareCountsExactly holds each count of a comparison to the facet of all
// values, which needs no choice.
func TestCompareCountsExactly(t *testing.T) {
	folder := t.TempDir()
	if err := run(t.Context(), []string{"--data", folder, "ingest", "../../corpus/samples/releases"}, nil, io.Discard, io.Discard); err != nil {
		t.Fatal(err)
	}
	s, err := api.Open(t.Context(), folder)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	r := api.CompareRequest{A: "agua", B: "amount>0", Facets: index.FacetNames[:], Size: 2}
	c, err := api.Compare(t.Context(), s, r)
	if err != nil {
		t.Fatal(err)
	}
	filledIn := 0
	for _, f := range c.Facets {
		a, b := allCounts(t, s, r.A, f.Name), allCounts(t, s, r.B, f.Name)
		for _, v := range f.Values {
			if v.A != a[v.Value] || v.B != b[v.Value] {
				t.Errorf("%s %s: %d and %d, want %d and %d", f.Name, v.Value, v.A, v.B, a[v.Value], b[v.Value])
			}
			if v.A > 0 && v.B > 0 && v.A != v.B {
				filledIn++
			}
		}
	}
	if filledIn == 0 {
		t.Error("no value differs between the two: the test compares nothing")
	}
	both, err := s.Search(t.Context(), api.Request{Query: "agua amount>0"})
	if err != nil || c.Both != both.Total || c.Both == 0 {
		t.Errorf("%d in both, want %d (%v)", c.Both, both.Total, err)
	}
}

func allCounts(t *testing.T, s api.Searcher, query, facet string) map[string]int {
	t.Helper()
	page, err := s.Search(t.Context(), api.Request{Query: query, Facets: index.FacetsOf(-1, index.FacetName(facet))})
	if err != nil {
		t.Fatal(err)
	}
	counts := make(map[string]int)
	for _, v := range page.Facets[0].Values {
		counts[v.Value] = v.Count
	}
	return counts
}
