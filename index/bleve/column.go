package bleve

import (
	"fmt"
	"slices"
	"sync"

	"github.com/blevesearch/bleve/v2/index/scorch"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// columns keeps the values of fields in memory, segment by segment: what a
// facet would otherwise read from disk for every hit. A segment never changes,
// so its columns are made once, when enough documents were asked of them, and
// dropped with it.
type columns struct {
	mu     sync.Mutex
	live   []uint64 // the segments of the newest state that was searched
	fields map[string]*columnStore
}

// columnStore is what is in memory of one field. Values are numbered from 1
// across segments, so that counting needs no strings.
type columnStore struct {
	mu       sync.Mutex
	values   []string // by number; only appended to
	numbers  map[string]uint32
	segments map[uint64]*segmentColumn
	asked    map[uint64]int // documents read from disk, by segment
	counts   sync.Pool      // of *[]int32, zeros
}

// segmentColumn holds the values of a segment's documents by number. Where none
// has more than one, that of document i is numbers[i], or 0; otherwise those
// are numbers[ends[i]:ends[i+1]].
type segmentColumn struct {
	ends    []uint32
	numbers []uint32
}

func (c *segmentColumn) of(doc uint32) []uint32 {
	if c.ends != nil {
		return c.numbers[c.ends[doc]:c.ends[doc+1]]
	}
	if c.numbers[doc] == 0 {
		return nil
	}
	return c.numbers[doc : doc+1]
}

// first returns the number of a document's value, or 0.
func (c *segmentColumn) first(doc uint32) uint32 {
	if c.ends == nil {
		return c.numbers[doc]
	}
	if own := c.of(doc); len(own) > 0 {
		return own[0]
	}
	return 0
}

// state drops the segments that one state of the index no longer has, if it
// isn't the one that was searched before.
func (c *columns) state(segments []*scorch.SegmentSnapshot) {
	live := make([]uint64, len(segments))
	for i, s := range segments {
		live[i] = s.Id()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if slices.Equal(c.live, live) {
		return
	}
	c.live = live
	for _, s := range c.fields {
		s.forget(live)
	}
}

func (s *columnStore) forget(live []uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id := range s.segments {
		if !slices.Contains(live, id) {
			delete(s.segments, id)
		}
	}
	for id := range s.asked {
		if !slices.Contains(live, id) {
			delete(s.asked, id)
		}
	}
}

func (c *columns) store(field string) *columnStore {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.fields == nil {
		c.fields = make(map[string]*columnStore)
	}
	s := c.fields[field]
	if s == nil {
		s = &columnStore{values: []string{""}, numbers: make(map[string]uint32),
			segments: make(map[uint64]*segmentColumn), asked: make(map[uint64]int)}
		c.fields[field] = s
	}
	return s
}

// column is a field's values as one search reads them.
type column struct {
	store    *columnStore
	field    []string // its name, as bleve wants it
	segments []*scorch.SegmentSnapshot
	bound    *bound

	loaded []*segmentColumn // of each segment; nil while it is read from disk
	values []string         // by number: all numbers that were given so far
	visits []segment.DocVisitState
}

// column returns the values of field.
func (c *columns) column(field string, segments []*scorch.SegmentSnapshot, bound *bound) *column {
	s := c.store(field)
	col := &column{store: s, field: []string{field}, segments: segments, bound: bound, loaded: make([]*segmentColumn, len(segments))}
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, in := range segments {
		col.loaded[i] = s.segments[in.Id()]
	}
	col.values = s.values
	return col
}

// in returns a segment's values, of which so many documents are asked for, if
// they are in memory, where they get when enough have been asked for by this
// and other searches; nil where each is to be read from disk.
func (c *column) in(at, asked int) (*segmentColumn, error) {
	if c.loaded[at] != nil || asked == 0 {
		return c.loaded[at], nil
	}
	defer c.bound.pause()()
	c.store.mu.Lock()
	defer c.store.mu.Unlock()
	id := c.segments[at].Id()
	if c.loaded[at] = c.store.segments[id]; c.loaded[at] == nil {
		c.store.asked[id] += asked
		if c.store.asked[id] <= worthLoading(c.segments[at].FullSize()) {
			return nil, nil
		}
		loaded, err := c.load(at)
		if err != nil {
			return nil, err
		}
		c.store.segments[id], c.loaded[at] = loaded, loaded
		delete(c.store.asked, id)
	}
	c.values = c.store.values
	return c.loaded[at], nil
}

// worthLoading is the number of a segment's documents beyond which reading all
// of them into memory costs less than reading on one by one, each of which
// unpacks the thousand around it.
func worthLoading(documents int64) int { return 16 + int(documents/64) }

// load reads a whole segment. The store is locked.
func (c *column) load(at int) (*segmentColumn, error) {
	size := uint32(c.segments[at].FullSize())
	loaded := &segmentColumn{ends: make([]uint32, 1, size+1)}
	most := uint32(0)
	for doc := range size {
		err := c.visit(at, doc, func(value []byte) { loaded.numbers = append(loaded.numbers, c.store.number(value)) })
		if err != nil {
			return nil, err
		}
		end := uint32(len(loaded.numbers))
		most = max(most, end-loaded.ends[doc])
		loaded.ends = append(loaded.ends, end)
	}
	if most > 1 {
		loaded.numbers = slices.Clip(loaded.numbers)
		return loaded, nil
	}
	single := make([]uint32, size)
	for doc := range size {
		for _, n := range loaded.of(doc) {
			single[doc] = n
		}
	}
	return &segmentColumn{numbers: single}, nil
}

// visit calls value for each value of a document, as they are on disk.
func (c *column) visit(at int, doc uint32, value func([]byte)) (err error) {
	in, ok := c.segments[at].Segment().(segment.DocValueVisitable)
	if !ok {
		return fmt.Errorf("segment is a %T", c.segments[at].Segment())
	}
	if c.visits == nil {
		c.visits = make([]segment.DocVisitState, len(c.segments))
	}
	c.visits[at], err = in.VisitDocValues(uint64(doc), c.field, func(_ string, term []byte) { value(term) }, c.visits[at])
	if err != nil {
		return fmt.Errorf("read column %s: %w", c.field[0], err)
	}
	return nil
}

// read appends the numbers of a document's values, which it reads from disk.
func (c *column) read(at int, doc uint32, to []uint32) ([]uint32, error) {
	c.store.mu.Lock()
	defer c.store.mu.Unlock()
	err := c.visit(at, doc, func(value []byte) { to = append(to, c.store.number(value)) })
	c.values = c.store.values
	return to, err
}

// of returns the numbers of a document's values.
func (c *column) of(at int, doc uint32) ([]uint32, error) {
	in, err := c.in(at, 1)
	if err != nil {
		return nil, err
	}
	if in == nil {
		return c.read(at, doc, nil)
	}
	return in.of(doc), nil
}

// first returns a document's value, or "".
func (c *column) first(at int, doc uint32) (string, error) {
	numbers, err := c.of(at, doc)
	if err != nil || len(numbers) == 0 {
		return "", err
	}
	return c.values[numbers[0]], nil
}

// number returns the number of a value, which it gives it if it has none.
func (s *columnStore) number(value []byte) uint32 {
	n, known := s.numbers[string(value)]
	if !known {
		n = uint32(len(s.values))
		s.values = append(s.values, string(value))
		s.numbers[s.values[n]] = n
	}
	return n
}
