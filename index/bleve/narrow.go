package bleve

import (
	"slices"

	"vocero/index"

	"github.com/RoaringBitmap/roaring/v2/roaring64"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// narrowing is what the choices of a request leave of the matches of its query.
type narrowing struct {
	must    *roaring64.Bitmap // documents of choices that hide nothing; nil for all
	mustNot *roaring64.Bitmap // nil for none
	chosen  []chosen          // of facets that are counted, and show more than was chosen
}

// chosen holds the documents of one choice.
type chosen struct {
	facet     index.FacetName
	documents *roaring64.Bitmap
}

func (r *reading) narrowing(request index.Request) (n narrowing, err error) {
	for _, choice := range request.Choices {
		documents, err := r.having(choice)
		if err != nil {
			return n, err
		}
		counted := slices.ContainsFunc(request.Facets, func(f index.FacetRequest) bool { return f.Name == choice.Facet })
		switch {
		case choice.Not && n.mustNot == nil:
			n.mustNot = documents
		case choice.Not:
			n.mustNot.Or(documents)
		case counted:
			n.chosen = append(n.chosen, chosen{choice.Facet, documents})
		case n.must == nil:
			n.must = documents
		default:
			n.must.And(documents)
		}
	}
	return n, nil
}

// having finds the documents that have any of a choice's values.
func (r *reading) having(choice index.Choice) (*roaring64.Bitmap, error) {
	found := roaring64.New()
	for _, value := range choice.Values {
		is := func(term string) bool { return term == value }
		add := func(doc uint64, _ segment.Posting) { found.Add(doc) }
		if err := r.gather(facetField+string(choice.Facet), value, is, false, add); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// test says whether a match is a hit. With missing it isn't, but would be
// without the choices of that one facet, which then counts it all the same.
func (n *narrowing) test(doc uint64) (missing index.FacetName, ok bool) {
	if n.mustNot != nil && n.mustNot.Contains(doc) {
		return "", false
	}
	for i := range n.chosen {
		c := &n.chosen[i]
		if c.documents.Contains(doc) {
			continue
		}
		if missing != "" && missing != c.facet {
			return "", false
		}
		missing = c.facet
	}
	return missing, true
}
