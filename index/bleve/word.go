package bleve

import (
	"fmt"

	"vocero/index/terms"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/search"
	bindex "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// wordSearcher goes over the documents that have one word of a query, in any
// of its forms, languages and fields, and ranks them by all fields together.
type wordSearcher struct {
	segments []wordSegment
	lengths  *lengths
	rarity   float64
	count    uint64

	at    int         // the segment
	first uint64      // number of its first document
	sets  []setReader // of it; nil before its first document was read
}

// wordSegment is what one segment has of the word.
type wordSegment struct {
	size uint64
	sets []weighedSet
}

// weighedSet is the documents that have the word in one kind of field.
type weighedSet struct {
	weight    float64
	byLength  bool
	documents *roaring.Bitmap
}

type setReader struct {
	set *weighedSet
	at  roaring.IntPeekable
}

// fieldTerms are terms that stand for one word in a field.
type fieldTerms struct {
	field string
	terms []string
}

// word finds the documents that have any of some terms in their fields, ranked.
func (r *reading) word(of []fieldTerms) (search.Searcher, error) {
	return r.wordOf([]fieldKind{{weight: 1, of: of}})
}

// fieldKind is the fields that count the same, such as the titles of all
// languages, with what is looked for in each.
type fieldKind struct {
	weight   float64
	byLength bool
	of       []fieldTerms
	within   bool // what the first kind hasn't, in the same place of its list, this hasn't either
}

// textWord finds the documents of which the text has a word, given with what
// it may stand for.
func (r *reading) textWord(alternatives []string) (search.Searcher, error) {
	var kinds []fieldKind
	for _, field := range []string{textField, titleField, oftenField, muchField, leadField} {
		k := fieldKind{weight: weights[field].weight, byLength: weights[field].byLength}
		for _, lang := range terms.Languages {
			k.of = append(k.of, fieldTerms{field + lang, stems(alternatives, lang, "")})
		}
		k.within = field != textField && field != titleField
		kinds = append(kinds, k)
	}
	return r.wordOf(kinds)
}

func (r *reading) wordOf(kinds []fieldKind) (search.Searcher, error) {
	snapshot, ok := r.reader.(*scorch.IndexSnapshot)
	if !ok {
		return nil, fmt.Errorf("index reader is a %T", r.reader)
	}
	w := &wordSearcher{lengths: r.lengths}
	for _, s := range snapshot.Segments() {
		in := wordSegment{size: uint64(s.FullSize())}
		most := uint64(0)
		var absent []bool // by the place in the first kind's list
		for i, k := range kinds {
			documents, none, err := documentsOf(s, k, absent)
			if err != nil {
				return nil, err
			}
			if i == 0 {
				absent = none
			}
			if documents.IsEmpty() {
				continue
			}
			in.sets = append(in.sets, weighedSet{k.weight, k.byLength, documents})
			most = max(most, documents.GetCardinality())
		}
		w.count += most
		w.segments = append(w.segments, in)
	}
	var err error
	w.rarity, err = rarity(r.reader, w.count)
	return w, err
}

// documentsOf returns the documents of a segment that have any of the terms,
// and which of the fields have none. They must not be changed: they may be the
// segment's own.
func documentsOf(s *scorch.SegmentSnapshot, k fieldKind, absent []bool) (*roaring.Bitmap, []bool, error) {
	var sets []*roaring.Bitmap
	none := make([]bool, len(k.of))
	for i, f := range k.of {
		if none[i] = true; k.within && absent[i] {
			continue
		}
		for _, term := range f.terms {
			list, err := postings(s, f.field, term)
			if err != nil {
				return nil, nil, err
			}
			if set := documents(list); set != nil && !set.IsEmpty() {
				sets = append(sets, set)
				none[i] = false
			}
		}
	}
	if len(sets) == 1 {
		return sets[0], none, nil
	}
	return roaring.FastOr(sets...), none, nil
}

// postings returns the documents of a term in a segment, without deleted ones.
func postings(s *scorch.SegmentSnapshot, field, term string) (segment.PostingsList, error) {
	dict, err := s.Segment().Dictionary(field)
	if err != nil {
		return nil, fmt.Errorf("read terms of %s: %w", field, err)
	}
	list, err := dict.PostingsList([]byte(term), s.Deleted(), nil)
	if err != nil {
		return nil, fmt.Errorf("read %s in %s: %w", term, field, err)
	}
	return list, nil
}

// documents returns those of a list, or nil if it has none.
func documents(list segment.PostingsList) *roaring.Bitmap {
	it, ok := list.Iterator(false, false, false, nil).(segment.OptimizablePostingsIterator)
	if !ok {
		return nil // the iterator of an empty list
	}
	if doc, one := it.DocNum1Hit(); one {
		return roaring.BitmapOf(uint32(doc))
	}
	return it.ActualBitmap()
}

// Next returns the next document, or nil at the end.
func (w *wordSearcher) Next(ctx *search.SearchContext) (*search.DocumentMatch, error) {
	for ; w.at < len(w.segments); w.leave() {
		w.enter()
		if m, err := w.match(ctx); m != nil || err != nil {
			return m, err
		}
	}
	return nil, nil
}

// Advance returns the first document from id on, or nil at the end.
func (w *wordSearcher) Advance(ctx *search.SearchContext, id bindex.IndexInternalID) (*search.DocumentMatch, error) {
	doc := id.Value()
	for w.at < len(w.segments) && doc >= w.first+w.segments[w.at].size {
		w.leave()
	}
	if w.at < len(w.segments) && doc > w.first {
		w.enter()
		for i := range w.sets {
			w.sets[i].at.AdvanceIfNeeded(uint32(doc - w.first))
		}
	}
	return w.Next(ctx)
}

// enter begins with the segment, unless it was begun.
func (w *wordSearcher) enter() {
	if w.sets != nil {
		return
	}
	in := &w.segments[w.at]
	w.sets = make([]setReader, len(in.sets))
	for i := range in.sets {
		w.sets[i] = setReader{&in.sets[i], in.sets[i].documents.Iterator()}
	}
}

func (w *wordSearcher) leave() {
	w.first += w.segments[w.at].size
	w.at++
	w.sets = nil
}

// match ranks the first document of all sets, and passes it.
func (w *wordSearcher) match(ctx *search.SearchContext) (*search.DocumentMatch, error) {
	const none = ^uint32(0)
	doc := none
	for i := range w.sets {
		if at := w.sets[i].at; at.HasNext() {
			doc = min(doc, at.PeekNext())
		}
	}
	if doc == none {
		return nil, nil
	}
	whole, perLength := 0.0, 0.0
	for i := range w.sets {
		s := &w.sets[i]
		if !s.at.HasNext() || s.at.PeekNext() != doc {
			continue
		}
		s.at.Next()
		if s.set.byLength {
			perLength += s.set.weight
		} else {
			whole += s.set.weight
		}
	}
	if perLength > 0 && w.lengths != nil {
		length, err := w.lengths.factor(w.first + uint64(doc))
		if err != nil {
			return nil, err
		}
		whole += perLength / length
	}
	m := ctx.DocumentMatchPool.Get()
	m.IndexInternalID = bindex.NewIndexInternalID(m.IndexInternalID, w.first+uint64(doc))
	m.Score = relevance(w.rarity, whole)
	return m, nil
}

func (w *wordSearcher) Close() error               { return nil }
func (w *wordSearcher) Weight() float64            { return 0 }
func (w *wordSearcher) SetQueryNorm(float64)       {}
func (w *wordSearcher) Count() uint64              { return w.count }
func (w *wordSearcher) Min() int                   { return 0 }
func (w *wordSearcher) Size() int                  { return 0 }
func (w *wordSearcher) DocumentMatchPoolSize() int { return 1 }
