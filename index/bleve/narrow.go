package bleve

import (
	"slices"

	"vocero/index"

	"github.com/RoaringBitmap/roaring/v2"
)

// narrowing is what the choices of a request leave of the matches of its query.
type narrowing struct {
	must, not []termMatches // choices that hide nothing, and that exclude
	chosen    []chosen      // of facets that are counted, and show more than was chosen
}

// chosen are the documents of one choice.
type chosen struct {
	facet index.FacetName
	termMatches
}

func (r *reading) narrowing(request index.Request) (n narrowing) {
	for _, choice := range request.Choices {
		m := termMatches{r, facetField + string(choice.Facet), choice.Values}
		counted := slices.ContainsFunc(request.Facets, func(f index.FacetRequest) bool { return f.Name == choice.Facet })
		switch {
		case choice.Not:
			n.not = append(n.not, m)
		case counted:
			n.chosen = append(n.chosen, chosen{choice.Facet, m})
		default:
			n.must = append(n.must, m)
		}
	}
	return n
}

// all returns m, narrowed by the choices that no facet shows more than.
func (n *narrowing) all(m matches) matches {
	if len(n.must) == 0 && len(n.not) == 0 {
		return m
	}
	must, not := []matches{m}, []matches(nil)
	for _, c := range n.must {
		must = append(must, c)
	}
	for _, c := range n.not {
		not = append(not, c)
	}
	return newAnd(must, not)
}

// hits returns what of a segment's matches the choices leave, and for a facet
// that has choices of its own what they would leave without those.
func (n *narrowing) hits(at int, matching *roaring.Bitmap) (hits *roaring.Bitmap, without map[index.FacetName]*roaring.Bitmap, err error) {
	hits = matching
	if len(n.chosen) == 0 {
		return hits, nil, nil
	}
	without = make(map[index.FacetName]*roaring.Bitmap)
	for _, c := range n.chosen {
		without[c.facet] = matching
	}
	for _, c := range n.chosen {
		set, err := c.in(at, matching)
		if err != nil {
			return nil, nil, err
		}
		hits = roaring.And(hits, set)
		for facet, others := range without {
			if facet != c.facet {
				without[facet] = roaring.And(others, set)
			}
		}
	}
	return hits, without, nil
}
