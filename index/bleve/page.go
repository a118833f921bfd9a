package bleve

import (
	"cmp"
	"container/heap"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"strconv"

	"vocero/corpus"
	"vocero/index"

	bindex "github.com/blevesearch/bleve_index_api"
)

// hit is a document found, with what it is ordered by.
type hit struct {
	doc   uint64 // number within this state of the index
	score float64
	day   string // EDTF, "" if unknown
	id    string // read only where the rest is equal
}

// before says whether a stands before b in the order of the request.
func (c *collector) before(a, b *hit) (bool, error) {
	if order := c.compare(a, b); order != 0 {
		return order < 0, nil
	}
	for _, h := range []*hit{a, b} {
		if h.id != "" {
			continue
		}
		id, err := c.reader.ExternalID(bindex.NewIndexInternalID(nil, h.doc))
		if err != nil {
			return false, fmt.Errorf("read id: %w", err)
		}
		h.id = id
	}
	return a.id < b.id, nil
}

// compare orders hits by all but their IDs.
func (c *collector) compare(a, b *hit) int {
	newest := cmp.Compare(b.day, a.day) // "" comes last
	switch {
	case c.request.Sort == index.Newest:
		return newest
	case c.request.Sort == index.Oldest && a.day != "" && b.day != "":
		return -newest
	case c.request.Sort == index.Oldest:
		return newest
	}
	return cmp.Or(cmp.Compare(b.score, a.score), newest)
}

// top keeps the first hits in an order: a heap of which the last is on top.
type top struct {
	size   int
	before func(a, b *hit) (bool, error)
	hits   []hit
	more   bool  // some were left out
	err    error // of before, which heap can't pass on
}

func (t *top) add(h hit) error {
	if len(t.hits) < t.size {
		heap.Push(t, h)
		return t.err
	}
	t.more = true
	if better, err := t.before(&h, &t.hits[0]); err != nil || !better {
		return err
	}
	t.hits[0] = h
	heap.Fix(t, 0)
	return t.err
}

// sorted empties the heap, first hit first, and says whether more were left out.
func (t *top) sorted() ([]hit, bool, error) {
	out := make([]hit, len(t.hits))
	for i := len(out) - 1; i >= 0; i-- {
		out[i] = heap.Pop(t).(hit)
	}
	return out, t.more, t.err
}

// The methods of heap.Interface.

func (t *top) Len() int      { return len(t.hits) }
func (t *top) Swap(i, j int) { t.hits[i], t.hits[j] = t.hits[j], t.hits[i] }
func (t *top) Push(h any)    { t.hits = append(t.hits, h.(hit)) }
func (t *top) Pop() any {
	last := len(t.hits) - 1
	h := t.hits[last]
	t.hits = t.hits[:last]
	return h
}
func (t *top) Less(i, j int) bool {
	later, err := t.before(&t.hits[j], &t.hits[i])
	if err != nil {
		t.err = err
	}
	return later
}

// hit makes the answer's hit of one collected.
func (c *collector) hit(h *hit) (index.Hit, error) {
	out := index.Hit{ID: h.id, Score: h.score}
	internal := bindex.NewIndexInternalID(nil, h.doc)
	var err error
	if out.ID == "" {
		if out.ID, err = c.reader.ExternalID(internal); err != nil {
			return out, fmt.Errorf("read id: %w", err)
		}
		h.id = out.ID
	}
	if h.day != "" {
		if out.Published, err = corpus.ParseDate(h.day); err != nil {
			return out, fmt.Errorf("%w: %w", index.ErrDamaged, err)
		}
	}
	values, err := c.reader.DocValueReader([]string{versionField})
	if err != nil {
		return out, fmt.Errorf("read version: %w", err)
	}
	err = values.VisitDocValues(internal, func(_ string, term []byte) { out.Version, _ = strconv.Atoi(string(term)) })
	return out, err
}

// mark is what Page.Next carries: where the page ended, and of which search.
type mark struct {
	Search uint64  `json:"q"`
	Score  float64 `json:"s"`
	Day    string  `json:"d"`
	ID     string  `json:"i"`
}

// fingerprint tells one search from another; sizes and facets may change
// between its pages.
func fingerprint(r index.Request) uint64 {
	h := fnv.New64a()
	fmt.Fprintf(h, "%s\x00%s", r.Query, r.Sort)
	return h.Sum64()
}

func formatAfter(r index.Request, last hit) string {
	b, _ := json.Marshal(mark{fingerprint(r), last.score, last.day, last.id}) // plain fields always marshal
	return base64.RawURLEncoding.EncodeToString(b)
}

func parseAfter(r index.Request) (*hit, error) {
	if r.After == "" {
		return nil, nil
	}
	b, err := base64.RawURLEncoding.DecodeString(r.After)
	var m mark
	if err != nil || json.Unmarshal(b, &m) != nil || m.Search != fingerprint(r) || m.ID == "" {
		return nil, index.ErrAfter
	}
	return &hit{score: m.Score, day: m.Day, id: m.ID}, nil
}
