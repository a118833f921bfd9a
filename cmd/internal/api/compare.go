package api

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"vocero/index"
)

// CompareRequest asks for the facets of two searches beside one another.
type CompareRequest struct {
	A, B    string // queries
	Choices []index.Choice
	Facets  []index.FacetName
	Size    int // values of each facet; 0 is 10
}

// Comparison is the answer to a CompareRequest.
type Comparison struct {
	A      Side            `json:"a"`
	B      Side            `json:"b"`
	Both   int             `json:"both"` // releases that both find
	Facets []ComparedFacet `json:"facets"`
}

// Side is one of the searches compared.
type Side struct {
	Query string `json:"query"` // as it was understood
	Total int    `json:"total"`
}

// ComparedFacet counts the hits of both searches by one of their properties:
// those values first that have the larger share of either, but all years and
// months in their order.
type ComparedFacet struct {
	Name   string          `json:"name"`
	Values []ComparedCount `json:"values"`
}

// ComparedCount is the number of hits of each search that have a value.
type ComparedCount struct {
	Value string `json:"value"`
	A     int    `json:"a"`
	B     int    `json:"b"`
}

// BadSide is the error of one of the queries that Compare was asked with.
type BadSide struct {
	Name  string // A or B
	Query string
	Err   error
}

// Error names the query and what is wrong with it.
func (b *BadSide) Error() string { return fmt.Sprintf("query %s: %v", b.Name, b.Err) }

// Unwrap returns Err.
func (b *BadSide) Unwrap() error { return b.Err }

// Compare answers r by searches of s, with exact counts. An error that is of one
// query alone is a *BadSide.
func Compare(ctx context.Context, s Searcher, r CompareRequest) (Comparison, error) {
	r.Size = cmp.Or(r.Size, 10)
	c := comparing{searcher: s, request: r}
	a, err := c.search(ctx, r.A, c.facets())
	if err != nil {
		return Comparison{}, &BadSide{"A", r.A, err}
	}
	b, err := c.search(ctx, r.B, c.facets())
	if err != nil {
		return Comparison{}, &BadSide{"B", r.B, err}
	}
	both, err := c.search(ctx, "("+a.Query+") ("+b.Query+")", nil)
	if err != nil {
		return Comparison{}, err
	}
	found := Comparison{A: Side{a.Query, a.Total}, B: Side{b.Query, b.Total}, Both: both.Total, Facets: []ComparedFacet{}}
	for i := range r.Facets {
		f, err := c.facet(ctx, a, b, i)
		if err != nil {
			return Comparison{}, err
		}
		found.Facets = append(found.Facets, f)
	}
	return found, nil
}

type comparing struct {
	searcher Searcher
	request  CompareRequest
}

// facets asks for the most frequent values, but for all years and months.
func (c *comparing) facets() []index.FacetRequest {
	facets := index.FacetsOf(c.request.Size, c.request.Facets...)
	for i := range facets {
		if inTime(facets[i].Name) {
			facets[i].Size = -1
		}
	}
	return facets
}

func inTime(name index.FacetName) bool {
	return name == index.Years || name == index.Months || name == index.TextYears
}

func (c *comparing) search(ctx context.Context, query string, facets []index.FacetRequest, more ...index.Choice) (Page, error) {
	return c.searcher.Search(ctx, Request{Query: query, Facets: facets, Choices: slices.Concat(c.request.Choices, more)})
}

// facet puts the i-th facets of two pages together.
func (c *comparing) facet(ctx context.Context, a, b Page, i int) (ComparedFacet, error) {
	ofA, ofB := a.Facets[i].Values, b.Facets[i].Values
	f := ComparedFacet{Name: a.Facets[i].Name, Values: []ComparedCount{}}
	name := index.FacetName(f.Name)
	countA, err := c.counts(ctx, a.Query, name, ofA, ofB)
	if err != nil {
		return f, err
	}
	countB, err := c.counts(ctx, b.Query, name, ofB, ofA)
	if err != nil {
		return f, err
	}
	for value, n := range countA {
		f.Values = append(f.Values, ComparedCount{value, n, countB[value]})
	}
	if inTime(name) {
		slices.SortFunc(f.Values, func(v, w ComparedCount) int { return cmp.Compare(v.Value, w.Value) })
		return f, nil
	}
	share := func(v ComparedCount) float64 {
		return max(float64(v.A)/float64(max(a.Total, 1)), float64(v.B)/float64(max(b.Total, 1)))
	}
	slices.SortFunc(f.Values, func(v, w ComparedCount) int {
		return cmp.Or(cmp.Compare(share(w), share(v)), cmp.Compare(v.Value, w.Value))
	})
	if c.request.Size > 0 {
		f.Values = f.Values[:min(len(f.Values), c.request.Size)]
	}
	return f, nil
}

// counts returns the counts of own, and those that the same search gives the
// values that only the other search has among its most frequent: chosen, they
// are counted however few they are.
func (c *comparing) counts(ctx context.Context, query string, name index.FacetName, own, other []Count) (map[string]int, error) {
	counts := make(map[string]int, len(own)+len(other))
	for _, v := range own {
		counts[v.Value] = v.Count
	}
	var missing []string
	for _, v := range other {
		if _, ok := counts[v.Value]; !ok {
			counts[v.Value] = 0
			missing = append(missing, v.Value)
		}
	}
	if len(missing) == 0 {
		return counts, nil
	}
	page, err := c.search(ctx, query, index.FacetsOf(1, name), index.Choice{Facet: name, Values: missing})
	if err != nil {
		return nil, err
	}
	for _, v := range page.Facets[0].Values {
		if _, ok := counts[v.Value]; ok {
			counts[v.Value] = v.Count
		}
	}
	return counts, nil
}
