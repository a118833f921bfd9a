package bleve

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	bindex "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// reading is one state of the index as one search reads it, segment by segment.
type reading struct {
	ctx          context.Context
	reader       bindex.IndexReader
	segments     []*scorch.SegmentSnapshot
	dictionaries dictionaries
	lengths      *lengths                 // nil where nothing is ranked
	iterator     segment.PostingsIterator // used over and over
}

func newReading(ctx context.Context, reader bindex.IndexReader) (*reading, error) {
	snapshot, ok := reader.(*scorch.IndexSnapshot)
	if !ok {
		return nil, fmt.Errorf("index reader is a %T", reader)
	}
	return &reading{ctx: ctx, reader: reader, segments: snapshot.Segments()}, nil
}

// dictionary returns the terms of a field in a segment.
func (r *reading) dictionary(at int, field string) (segment.TermDictionary, error) {
	key := dictionaryKey{r.segments[at].Segment(), field}
	dict, known := r.dictionaries[key]
	if known {
		return dict, nil
	}
	dict, err := r.segments[at].Segment().Dictionary(field)
	if err != nil {
		return nil, fmt.Errorf("read terms of %s: %w", field, err)
	}
	if r.dictionaries == nil {
		r.dictionaries = make(dictionaries)
	}
	r.dictionaries[key] = dict
	return dict, nil
}

// dictionaries are those that were opened of segments' fields. Only one search
// at a time may read from them.
type dictionaries map[dictionaryKey]segment.TermDictionary

type dictionaryKey struct {
	segment segment.Segment
	field   string
}

// openDictionaries keeps dictionaries for the searches that follow, as long as
// the index has the same segments.
type openDictionaries struct {
	mu       sync.Mutex
	segments []segment.Segment
	free     []dictionaries
}

// take gives r dictionaries that were opened before, if there are any.
func (o *openDictionaries) take(r *reading) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.of(r) {
		o.segments, o.free = make([]segment.Segment, len(r.segments)), nil
		for i, s := range r.segments {
			o.segments[i] = s.Segment()
		}
	}
	if last := len(o.free) - 1; last >= 0 {
		r.dictionaries, o.free = o.free[last], o.free[:last]
	}
}

// give takes those of r back, which must not read any more.
func (o *openDictionaries) give(r *reading) {
	const most = 16 // as many as may search at a time
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.of(r) && len(o.free) < most && r.dictionaries != nil {
		o.free = append(o.free, r.dictionaries)
	}
	r.dictionaries = nil
}

// of says whether the segments are those of r.
func (o *openDictionaries) of(r *reading) bool {
	return slices.EqualFunc(o.segments, r.segments, func(a segment.Segment, b *scorch.SegmentSnapshot) bool { return a == b.Segment() })
}

// postings returns the documents of a term in a segment, without deleted ones.
func (r *reading) postings(at int, field, term string) (segment.PostingsList, error) {
	dict, err := r.dictionary(at, field)
	if err != nil {
		return nil, err
	}
	list, err := dict.PostingsList([]byte(term), r.segments[at].Deleted(), nil)
	if err != nil {
		return nil, fmt.Errorf("read %s in %s: %w", term, field, err)
	}
	return list, nil
}

// having returns the documents of a segment that have any of some terms. They
// may be the segment's own, not to be changed.
func (r *reading) having(at int, field string, terms []string) (*roaring.Bitmap, error) {
	var sets []*roaring.Bitmap
	for _, term := range terms {
		list, err := r.postings(at, field, term)
		if err != nil {
			return nil, err
		}
		if set := r.setOf(list); set != nil && !set.IsEmpty() {
			sets = append(sets, set)
		}
	}
	if len(sets) == 1 {
		return sets[0], nil
	}
	return roaring.FastOr(sets...), nil
}

// setOf returns the documents of a list, or nil if it has none.
func (r *reading) setOf(list segment.PostingsList) *roaring.Bitmap {
	r.iterator = list.Iterator(false, false, false, r.iterator)
	it, ok := r.iterator.(segment.OptimizablePostingsIterator)
	if !ok {
		return nil // the iterator of an empty list
	}
	if doc, one := it.DocNum1Hit(); one {
		return roaring.BitmapOf(uint32(doc))
	}
	return it.ActualBitmap()
}

// gather calls found for the documents of a segment that have a term with
// prefix that passes the test, once for each term. Ranges stand for thousands
// of terms, so it goes over the dictionary once.
func (r *reading) gather(at int, field, prefix string, test func(term string) bool, found func(segment.PostingsList) error) error {
	dict, err := r.dictionary(at, field)
	if err != nil {
		return err
	}
	var start, end []byte
	if prefix != "" {
		start, end = []byte(prefix), append([]byte(prefix), 0xff) // no term has 0xff
	}
	var list segment.PostingsList
	terms := dict.AutomatonIterator(nil, start, end)
	for n := 0; ; n++ {
		if n&255 == 0 && r.ctx.Err() != nil {
			return r.ctx.Err()
		}
		e, err := terms.Next()
		if err != nil {
			return fmt.Errorf("read terms of %s: %w", field, err)
		}
		if e == nil {
			return nil
		}
		if !test(e.Term) {
			continue
		}
		if list, err = dict.PostingsList([]byte(e.Term), r.segments[at].Deleted(), list); err == nil {
			err = found(list)
		}
		if err != nil {
			return fmt.Errorf("read terms of %s: %w", field, err)
		}
	}
}

// termMatches is what has any of some terms, matched whole.
type termMatches struct {
	reading *reading
	field   string
	terms   []string
}

func (t termMatches) in(segment int, within *roaring.Bitmap) (*roaring.Bitmap, error) {
	set, err := t.reading.having(segment, t.field, t.terms)
	if err != nil {
		return nil, err
	}
	return among(set, within), nil
}
func (termMatches) score(int, documents, []float64) error { return nil }
func (termMatches) most() uint64                          { return 1 << 31 } // after all words

// rangeMatches is what has a term with prefix that passes the test.
type rangeMatches struct {
	reading       *reading
	field, prefix string
	test          func(term string) bool
}

func (m rangeMatches) in(at int, within *roaring.Bitmap) (*roaring.Bitmap, error) {
	found := roaring.New()
	err := m.reading.gather(at, m.field, m.prefix, m.test, func(list segment.PostingsList) error {
		if set := m.reading.setOf(list); set != nil {
			found.Or(set)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return among(found, within), nil
}
func (rangeMatches) score(int, documents, []float64) error { return nil }
func (rangeMatches) most() uint64                          { return 1 << 32 }
