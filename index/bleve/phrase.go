package bleve

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/search"
	bindex "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// found is a document with how often it has a phrase, by weight.
type found struct {
	doc       uint64
	frequency float64
}

// phrases finds the documents of which a field has the words of its pattern in
// a row. Which documents have all words is told by bitmaps; places are read of
// those alone, the rarest word's first.
func (r *reading) phrases(patterns []pattern) (search.Searcher, error) {
	all, err := r.phraseDocuments(patterns)
	if err != nil {
		return nil, err
	}
	rare, err := rarity(r.reader, uint64(len(all)))
	return &phraseSearcher{found: all, rarity: rare}, err
}

func (r *reading) phraseDocuments(patterns []pattern) ([]found, error) {
	snapshot, ok := r.reader.(*scorch.IndexSnapshot)
	if !ok {
		return nil, fmt.Errorf("index reader is a %T", r.reader)
	}
	var all []found
	first := uint64(0)
	for _, s := range snapshot.Segments() {
		from := len(all)
		for i := range patterns {
			var err error
			if all, err = r.phraseIn(s, first, &patterns[i], all); err != nil {
				return nil, err
			}
		}
		all = append(all[:from], added(all[from:])...)
		first += uint64(s.FullSize())
	}
	return all, nil
}

// added makes one of what several patterns found in the same document.
func added(of []found) []found {
	slices.SortFunc(of, func(a, b found) int { return cmp.Compare(a.doc, b.doc) })
	kept := of[:0]
	for _, f := range of {
		if n := len(kept); n > 0 && kept[n-1].doc == f.doc {
			kept[n-1].frequency += f.frequency
		} else {
			kept = append(kept, f)
		}
	}
	return kept
}

// phraseIn appends what one segment, whose first document has the number
// first, has of a pattern.
func (r *reading) phraseIn(s *scorch.SegmentSnapshot, first uint64, p *pattern, to []found) ([]found, error) {
	words, candidates, err := phraseWords(s, p)
	if err != nil || candidates.IsEmpty() {
		return to, err
	}
	weight := weights[kindOf(p.field)]
	var starts, places []int
	for n, it := 0, candidates.Iterator(); it.HasNext(); n++ {
		if n&255 == 0 && r.ctx.Err() != nil {
			return to, r.ctx.Err()
		}
		doc := uint64(it.Next())
		for i := range words {
			w := &words[i]
			if places, err = w.places(doc, places[:0]); err != nil {
				return to, err
			}
			if i == 0 {
				starts = append(starts[:0], places...)
				for j := range starts {
					starts[j] -= w.row
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
		if len(starts) > 0 {
			frequency := weight.weight * float64(len(starts))
			if weight.byLength && r.lengths != nil {
				length, err := r.lengths.factor(first + doc)
				if err != nil {
					return to, err
				}
				frequency /= length
			}
			to = append(to, found{first + doc, frequency})
		}
	}
	return to, nil
}

// phraseWord reads the places of one word of a phrase, in any of its forms.
type phraseWord struct {
	row   int // its number within the phrase
	count uint64
	forms []placeReader
}

// placeReader reads the places of one term in one segment.
type placeReader struct {
	postings segment.PostingsIterator
	now      segment.Posting // nil at the end
	doc      uint64
}

// phraseWords returns the words of a pattern, the rarest first, and the
// documents that have them all.
func phraseWords(s *scorch.SegmentSnapshot, p *pattern) ([]phraseWord, *roaring.Bitmap, error) {
	var words []phraseWord
	var all *roaring.Bitmap
	for row, terms := range p.row {
		w := phraseWord{row: row}
		var have []*roaring.Bitmap
		for _, term := range terms {
			list, err := postings(s, p.field, term)
			if err != nil {
				return nil, nil, err
			}
			if set := documents(list); set != nil && !set.IsEmpty() {
				have = append(have, set)
				w.count += set.GetCardinality()
				w.forms = append(w.forms, placeReader{postings: list.Iterator(false, false, true, nil)})
			}
		}
		documents := roaring.FastOr(have...)
		if all == nil {
			all = documents
		} else {
			all.And(documents)
		}
		if all.IsEmpty() {
			return nil, all, nil
		}
		words = append(words, w)
	}
	slices.SortStableFunc(words, func(a, b phraseWord) int { return cmp.Compare(a.count, b.count) })
	return words, all, nil
}

// places appends where a document has the word, sorted. Documents must be
// asked for in order.
func (w *phraseWord) places(doc uint64, to []int) (_ []int, err error) {
	for i := range w.forms {
		f := &w.forms[i]
		if f.doc == noDocument {
			continue
		}
		if f.now == nil || f.doc < doc {
			if f.now, err = f.postings.Advance(doc); err != nil {
				return to, fmt.Errorf("read places: %w", err)
			}
			if f.now == nil {
				f.doc = noDocument
				continue
			}
			f.doc = f.now.Number()
		}
		if f.doc == doc {
			for _, l := range f.now.Locations() {
				to = unpack(to, l.Pos(), l.Start(), l.End(), l.ArrayPositions())
			}
		}
	}
	if len(w.forms) > 1 {
		slices.Sort(to)
	}
	return to, nil
}

const noDocument = ^uint64(0)

// phraseSearcher goes over documents that were found beforehand.
type phraseSearcher struct {
	found  []found
	rarity float64
	at     int
}

// Next returns the next document, or nil at the end.
func (p *phraseSearcher) Next(ctx *search.SearchContext) (*search.DocumentMatch, error) {
	if p.at == len(p.found) {
		return nil, nil
	}
	f := p.found[p.at]
	p.at++
	m := ctx.DocumentMatchPool.Get()
	m.IndexInternalID = bindex.NewIndexInternalID(m.IndexInternalID, f.doc)
	m.Score = relevance(p.rarity, f.frequency)
	return m, nil
}

// Advance returns the first document from id on, or nil at the end.
func (p *phraseSearcher) Advance(ctx *search.SearchContext, id bindex.IndexInternalID) (*search.DocumentMatch, error) {
	n, _ := slices.BinarySearchFunc(p.found[p.at:], id.Value(), func(f found, doc uint64) int { return cmp.Compare(f.doc, doc) })
	p.at += n
	return p.Next(ctx)
}

func (p *phraseSearcher) Close() error               { return nil }
func (p *phraseSearcher) Weight() float64            { return 0 }
func (p *phraseSearcher) SetQueryNorm(float64)       {}
func (p *phraseSearcher) Count() uint64              { return uint64(len(p.found)) }
func (p *phraseSearcher) Min() int                   { return 0 }
func (p *phraseSearcher) Size() int                  { return 0 }
func (p *phraseSearcher) DocumentMatchPoolSize() int { return 1 }
