package bleve

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// phraseMatches is the documents of which a field has words in a row, found
// beforehand: how rare they are says how relevant.
type phraseMatches struct {
	found  []map[uint32]float64 // of each segment: how often, by weight
	sets   []*roaring.Bitmap
	rarity float64
	count  uint64
}

// phrases finds the documents of which a field has the words of its pattern in
// a row. Which documents have all words is told by bitmaps; places are read of
// those alone, the rarest word's first.
func (r *reading) phrases(patterns []pattern) (matches, error) {
	p := &phraseMatches{found: make([]map[uint32]float64, len(r.segments)), sets: make([]*roaring.Bitmap, len(r.segments))}
	for at := range r.segments {
		p.found[at], p.sets[at] = make(map[uint32]float64), roaring.New()
		add := func(doc uint32, frequency float64) {
			p.found[at][doc] += frequency
			p.sets[at].Add(doc)
		}
		for i := range patterns {
			if err := r.phraseIn(at, &patterns[i], nil, add); err != nil {
				return nil, err
			}
		}
		p.count += p.sets[at].GetCardinality()
	}
	var err error
	p.rarity, err = rarity(r.reader, p.count)
	return p, err
}

func (p *phraseMatches) in(segment int, within *roaring.Bitmap) (*roaring.Bitmap, error) {
	return among(p.sets[segment], within), nil
}

func (p *phraseMatches) score(segment int, d documents, scores []float64) error {
	for at, doc := range d.list {
		scores[at] += relevance(p.rarity, p.found[segment][doc])
	}
	return nil
}

func (p *phraseMatches) most() uint64 { return p.count }

// phraseIn calls found for the documents of a segment, of within alone unless
// that is nil, that have a pattern, with how often by weight.
func (r *reading) phraseIn(at int, p *pattern, within *roaring.Bitmap, found func(doc uint32, frequency float64)) error {
	words, candidates, err := r.phraseWords(at, p, within)
	if err != nil || candidates.IsEmpty() {
		return err
	}
	weight := weights[kindOf(p.field)]
	var starts, places []int
	for n, it := 0, candidates.Iterator(); it.HasNext(); n++ {
		if n&255 == 0 && r.ctx.Err() != nil {
			return r.ctx.Err()
		}
		doc := it.Next()
		if starts, places, err = rowStarts(words, doc, starts[:0], places); err != nil {
			return err
		}
		if len(starts) == 0 {
			continue
		}
		frequency := weight.weight * float64(len(starts))
		if weight.byLength && r.lengths != nil {
			length, err := r.lengths.factor(at, doc)
			if err != nil {
				return err
			}
			frequency /= length
		}
		found(doc, frequency)
	}
	return nil
}

// rowStarts appends where a document has all words in their row. places is
// room to read into.
func rowStarts(words []phraseWord, doc uint32, starts, places []int) (_, _ []int, err error) {
	for i := range words {
		w := &words[i]
		if places, err = w.places(doc, places[:0]); err != nil {
			return nil, nil, err
		}
		if i == 0 {
			for _, place := range places {
				starts = append(starts, place-w.row)
			}
		} else {
			starts = slices.DeleteFunc(starts, func(start int) bool {
				_, follows := slices.BinarySearch(places, start+w.row)
				return !follows
			})
		}
		if len(starts) == 0 {
			break
		}
	}
	return starts, places, nil
}

// phraseWord reads the places of one word of a phrase, in any of its forms.
type phraseWord struct {
	row   int // its number within the phrase
	count uint64
	forms []*placeReader
}

// phraseWords returns the words of a pattern, the rarest first, and the
// documents that have them all.
func (r *reading) phraseWords(at int, p *pattern, within *roaring.Bitmap) ([]phraseWord, *roaring.Bitmap, error) {
	var words []phraseWord
	all := within
	for row, terms := range p.row {
		w := phraseWord{row: row}
		var have []*roaring.Bitmap
		for _, term := range terms {
			list, err := r.postings(at, p.field, term)
			if err != nil {
				return nil, nil, err
			}
			if set := r.setOf(list); set != nil && !set.IsEmpty() {
				have = append(have, set)
				w.count += set.GetCardinality()
				w.forms = append(w.forms, &placeReader{list: list})
			}
		}
		if all = among(roaring.FastOr(have...), all); all.IsEmpty() {
			return nil, all, nil
		}
		words = append(words, w)
	}
	slices.SortStableFunc(words, func(a, b phraseWord) int { return cmp.Compare(a.count, b.count) })
	return words, all, nil
}

// places appends where a document has the word, sorted. Documents must be
// asked for in order.
func (w *phraseWord) places(doc uint32, to []int) (_ []int, err error) {
	for _, form := range w.forms {
		if to, err = form.places(doc, to); err != nil {
			return to, err
		}
	}
	if len(w.forms) > 1 {
		slices.Sort(to)
	}
	return to, nil
}

// placeReader reads the places of one term in one segment.
type placeReader struct {
	list     segment.PostingsList
	postings segment.PostingsIterator // nil before the first
	now      segment.Posting          // nil before the first
	doc      uint64                   // of now, or noDocument at the end
}

const noDocument = ^uint64(0)

// places appends where a document has the term. Documents must be asked for
// in order.
func (p *placeReader) places(doc uint32, to []int) (_ []int, err error) {
	if p.doc == noDocument {
		return to, nil
	}
	if p.postings == nil {
		p.postings = p.list.Iterator(false, false, true, nil)
	}
	if p.now == nil || p.doc < uint64(doc) {
		if p.now, err = p.postings.Advance(uint64(doc)); err != nil {
			return to, fmt.Errorf("read places: %w", err)
		}
		if p.now == nil {
			p.doc = noDocument
			return to, nil
		}
		p.doc = p.now.Number()
	}
	if p.doc == uint64(doc) {
		for _, l := range p.now.Locations() {
			to = unpack(to, l.Pos(), l.Start(), l.End(), l.ArrayPositions())
		}
	}
	return to, nil
}
