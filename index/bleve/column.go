package bleve

import (
	"fmt"
	"sync"

	"github.com/blevesearch/bleve/v2/index/scorch"
	bindex "github.com/blevesearch/bleve_index_api"
)

// columns keeps the values of counted fields in memory, segment by segment:
// what a facet would otherwise read from disk for every hit. A segment never
// changes, so its columns are made once, when enough hits ask for them, and
// dropped with it.
type columns struct {
	mu     sync.Mutex
	fields map[string]*columnStore
}

// columnStore is what is in memory of one field. Values are numbered across
// segments, so that counting needs no strings.
type columnStore struct {
	mu       sync.Mutex
	values   []string // only appended to
	numbers  map[string]uint32
	segments map[uint64]*segmentColumn
}

// segmentColumn holds the values of a segment's documents by number: those of
// document i are numbers[ends[i-1]:ends[i]].
type segmentColumn struct {
	ends    []uint32
	numbers []uint32
}

func (c *segmentColumn) of(doc uint64) []uint32 {
	start := uint32(0)
	if doc > 0 {
		start = c.ends[doc-1]
	}
	return c.numbers[start:c.ends[doc]]
}

func (c *columns) store(field string) *columnStore {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.fields == nil {
		c.fields = make(map[string]*columnStore)
	}
	s := c.fields[field]
	if s == nil {
		s = &columnStore{numbers: make(map[string]uint32), segments: make(map[uint64]*segmentColumn)}
		c.fields[field] = s
	}
	return s
}

// column is a field's values as one state of the index has them. It is read
// by one search, in the order of documents.
type column struct {
	store    *columnStore
	field    string
	snapshot *scorch.IndexSnapshot
	reader   bindex.DocValueReader
	bound    *bound // of the search

	segment    *scorch.SegmentSnapshot // that of the last document read
	start, end uint64                  // its documents
	loaded     *segmentColumn          // nil while they are read from disk
	values     []string                // by number
	asked      int                     // documents read of it from disk
	id         bindex.IndexInternalID
}

// column returns the values of field in one state of the index.
func (c *columns) column(reader bindex.IndexReader, field string) (*column, error) {
	snapshot, ok := reader.(*scorch.IndexSnapshot)
	if !ok {
		return nil, fmt.Errorf("index reader is a %T", reader)
	}
	values, err := reader.DocValueReader([]string{field})
	if err != nil {
		return nil, fmt.Errorf("read column %s: %w", field, err)
	}
	s := c.store(field)
	s.forget(snapshot)
	return &column{store: s, field: field, snapshot: snapshot, reader: values}, nil
}

// forget drops the segments that the newest state no longer has.
func (s *columnStore) forget(snapshot *scorch.IndexSnapshot) {
	s.mu.Lock()
	defer s.mu.Unlock()
	live := make(map[uint64]bool)
	for _, segment := range snapshot.Segments() {
		live[segment.Id()] = true
	}
	for id := range s.segments {
		if !live[id] {
			delete(s.segments, id)
		}
	}
}

// visit calls number for each value of a document that is in memory, or value
// where it isn't.
func (c *column) visit(doc uint64, number func(uint32), value func([]byte)) error {
	numbers, loaded, err := c.numbers(doc)
	if err != nil {
		return err
	}
	if !loaded {
		return c.read(doc, value)
	}
	for _, n := range numbers {
		number(n)
	}
	return nil
}

// numbers returns a document's values by number if they are in memory, where
// they get when enough documents have been asked for.
func (c *column) numbers(doc uint64) (_ []uint32, loaded bool, err error) {
	if c.segment == nil || doc < c.start || doc >= c.end {
		c.enter(doc)
	}
	if c.loaded == nil {
		if c.asked++; c.asked <= worthLoading(c.end-c.start) {
			return nil, false, nil
		}
		if err := c.load(); err != nil {
			return nil, false, err
		}
	}
	return c.loaded.of(doc - c.start), true, nil
}

// worthLoading is the number of a segment's documents beyond which reading all
// of them into memory costs less than reading on one by one.
func worthLoading(documents uint64) int { return 64 + int(documents/16) }

func (c *column) read(doc uint64, value func([]byte)) error {
	c.id = bindex.NewIndexInternalID(c.id, doc)
	if err := c.reader.VisitDocValues(c.id, func(_ string, term []byte) { value(term) }); err != nil {
		return fmt.Errorf("read column %s: %w", c.field, err)
	}
	return nil
}

// enter goes to the segment that holds a document.
func (c *column) enter(doc uint64) {
	c.start, c.end, c.asked = 0, 0, 0
	for _, c.segment = range c.snapshot.Segments() {
		c.start, c.end = c.end, c.end+uint64(c.segment.FullSize())
		if doc < c.end {
			break
		}
	}
	c.store.mu.Lock()
	defer c.store.mu.Unlock()
	c.loaded, c.values = c.store.segments[c.segment.Id()], c.store.values
}

// load reads a whole segment into memory, unless another search just did.
func (c *column) load() error {
	defer c.bound.pause()()
	c.store.mu.Lock()
	defer c.store.mu.Unlock()
	if c.loaded = c.store.segments[c.segment.Id()]; c.loaded == nil {
		loaded := &segmentColumn{ends: make([]uint32, 0, c.end-c.start)}
		for doc := c.start; doc < c.end; doc++ {
			err := c.read(doc, func(term []byte) { loaded.numbers = append(loaded.numbers, c.store.number(term)) })
			if err != nil {
				return err
			}
			loaded.ends = append(loaded.ends, uint32(len(loaded.numbers)))
		}
		c.store.segments[c.segment.Id()], c.loaded = loaded, loaded
	}
	c.values = c.store.values
	return nil
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

// first returns a document's value, or "".
func (c *column) first(doc uint64) (found string, err error) {
	numbers, loaded, err := c.numbers(doc)
	if err != nil {
		return "", err
	}
	if !loaded {
		err = c.read(doc, func(value []byte) { found = string(value) })
	} else if len(numbers) > 0 {
		found = c.values[numbers[0]]
	}
	return found, err
}
