package bleve

import (
	"fmt"
	"slices"

	"github.com/RoaringBitmap/roaring/v2/roaring64"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/search"
	bindex "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// inDictionary finds the documents that have a term with prefix that passes
// the test. It goes over each segment's dictionary once and gathers documents
// in a bitmap, as ranges stand for thousands of terms.
func (r *reading) inDictionary(field, prefix string, test func(term string) bool) (search.Searcher, error) {
	found := roaring64.New()
	err := r.gather(field, prefix, test, false, func(doc uint64, _ segment.Posting) { found.Add(doc) })
	return newBitmapSearcher(found), err
}

// rangeTerm stands in a pattern, and in the places of a match, for all terms
// of a range.
const rangeTerm = "\xff"

// placedInDictionary does the same, and gives the places too, as rangeTerm's.
func (r *reading) placedInDictionary(field, prefix string, test func(term string) bool) (search.Searcher, error) {
	found, at := roaring64.New(), make(map[uint64][]search.FieldTermLocation)
	err := r.gather(field, prefix, test, true, func(doc uint64, p segment.Posting) {
		found.Add(doc)
		for _, l := range p.Locations() {
			at[doc] = append(at[doc], search.FieldTermLocation{Field: field, Term: rangeTerm, Location: search.Location{
				Pos: l.Pos(), Start: l.Start(), End: l.End(), ArrayPositions: slices.Clone(search.ArrayPositions(l.ArrayPositions()))}})
		}
	})
	return &bitmapSearcher{at: found.Iterator(), count: found.GetCardinality(), places: at}, err
}

// gather calls found for the documents that have such terms, once for each.
func (r *reading) gather(field, prefix string, test func(string) bool, placed bool, found func(doc uint64, p segment.Posting)) error {
	snapshot, ok := r.reader.(*scorch.IndexSnapshot)
	if !ok {
		return fmt.Errorf("index reader is a %T", r.reader)
	}
	first := uint64(0)
	for _, s := range snapshot.Segments() {
		if err := r.ctx.Err(); err != nil {
			return err
		}
		in := func(p segment.Posting) { found(first+p.Number(), p) }
		if err := gatherSegment(s, field, prefix, test, placed, in); err != nil {
			return fmt.Errorf("read terms of %s: %w", field, err)
		}
		first += uint64(s.FullSize())
	}
	return nil
}

func gatherSegment(s *scorch.SegmentSnapshot, field, prefix string, test func(string) bool, placed bool, found func(segment.Posting)) error {
	dict, err := s.Segment().Dictionary(field)
	if err != nil {
		return err
	}
	var start, end []byte
	if prefix != "" {
		start, end = []byte(prefix), append([]byte(prefix), 0xff) // no term has 0xff
	}
	var list segment.PostingsList
	var postings segment.PostingsIterator
	terms := dict.AutomatonIterator(nil, start, end)
	for {
		e, err := terms.Next()
		if err != nil || e == nil {
			return err
		}
		if !test(e.Term) {
			continue
		}
		if list, err = dict.PostingsList([]byte(e.Term), s.Deleted(), list); err != nil {
			return err
		}
		postings = list.Iterator(false, false, placed, postings)
		p, err := postings.Next()
		for ; p != nil && err == nil; p, err = postings.Next() {
			found(p)
		}
		if err != nil {
			return err
		}
	}
}

// bitmapSearcher goes over documents found beforehand; it ranks none.
type bitmapSearcher struct {
	at     roaring64.IntPeekable64
	count  uint64
	places map[uint64][]search.FieldTermLocation // nil where they aren't asked for
}

func newBitmapSearcher(found *roaring64.Bitmap) *bitmapSearcher {
	return &bitmapSearcher{at: found.Iterator(), count: found.GetCardinality()}
}

// Next returns the next document, or nil at the end.
func (b *bitmapSearcher) Next(ctx *search.SearchContext) (*search.DocumentMatch, error) {
	if !b.at.HasNext() {
		return nil, nil
	}
	m := ctx.DocumentMatchPool.Get()
	doc := b.at.Next()
	m.IndexInternalID = bindex.NewIndexInternalID(m.IndexInternalID, doc)
	m.FieldTermLocations = append(m.FieldTermLocations, b.places[doc]...)
	return m, nil
}

// Advance returns the first document from id on, or nil at the end.
func (b *bitmapSearcher) Advance(ctx *search.SearchContext, id bindex.IndexInternalID) (*search.DocumentMatch, error) {
	b.at.AdvanceIfNeeded(id.Value())
	return b.Next(ctx)
}

func (b *bitmapSearcher) Close() error               { return nil }
func (b *bitmapSearcher) Weight() float64            { return 0 }
func (b *bitmapSearcher) SetQueryNorm(float64)       {}
func (b *bitmapSearcher) Count() uint64              { return b.count }
func (b *bitmapSearcher) Min() int                   { return 0 }
func (b *bitmapSearcher) Size() int                  { return 0 }
func (b *bitmapSearcher) DocumentMatchPoolSize() int { return 1 }
