package bleve

import (
	"cmp"
	"container/heap"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"iter"
	"slices"
	"strconv"

	"vocero/corpus"
	"vocero/index"
)

// hit is a document found, with what it is ordered by.
type hit struct {
	segment int    // of this state of the index
	doc     uint32 // within the segment
	score   float64
	day     string // EDTF, "" if unknown
	amount  string // encoded, "" if there is none; only where it is the order
	id      string // read only where the rest is equal
	group   string // "" if it has no copies
}

// before says whether a stands before b in the order of the request.
func (c *collector) before(a, b *hit) (bool, error) {
	if order := c.compare(a, b); order != 0 {
		return order < 0, nil
	}
	if err := errors.Join(c.identify(a), c.identify(b)); err != nil {
		return false, err
	}
	return a.id < b.id, nil
}

// identify reads a hit's ID unless it has it.
func (c *collector) identify(h *hit) error {
	if h.id != "" {
		return nil
	}
	id, err := c.reading.segments[h.segment].DocID(uint64(h.doc))
	if err != nil {
		return fmt.Errorf("read id: %w", err)
	}
	h.id = string(id)
	return nil
}

// compare orders hits by all but their IDs.
func (c *collector) compare(a, b *hit) int {
	newest := cmp.Compare(b.day, a.day) // "" comes last
	switch c.order {
	case index.Newest:
		return newest
	case index.Oldest:
		if a.day != "" && b.day != "" {
			return -newest
		}
		return newest
	case index.Largest, index.Smallest:
		return cmp.Or(c.compareAmounts(a.amount, b.amount), newest)
	}
	return cmp.Or(cmp.Compare(b.score, a.score), newest)
}

// compareAmounts orders amounts, of which "" comes last.
func (c *collector) compareAmounts(a, b string) int {
	if c.order == index.Smallest && a != "" && b != "" {
		return cmp.Compare(a, b)
	}
	return cmp.Compare(b, a)
}

// inOrder yields hits in the order of the request. IDs are read of those alone
// that are equal in the rest, and of each when its turn comes.
func (c *collector) inOrder(all []hit) iter.Seq2[index.Hit, error] {
	slices.SortFunc(all, func(a, b hit) int { return c.compare(&a, &b) })
	return func(yield func(index.Hit, error) bool) {
		for start, end := 0, 0; start < len(all); start = end {
			for end = start + 1; end < len(all) && c.compare(&all[start], &all[end]) == 0; end++ {
			}
			equal := all[start:end]
			for i := range equal {
				if err := c.identify(&equal[i]); err != nil {
					yield(index.Hit{}, err)
					return
				}
			}
			slices.SortFunc(equal, func(a, b hit) int { return cmp.Compare(a.id, b.id) })
			for i := range equal {
				h, err := c.hit(&equal[i])
				if !yield(h, err) || err != nil {
					return
				}
			}
		}
	}
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

// last returns the last of the hits that are kept if there is no room for more,
// or nil.
func (t *top) last() *hit {
	if t == nil || t.size == 0 || len(t.hits) < t.size {
		return nil
	}
	return &t.hits[0]
}

// sorted empties the heap, first hit first.
func (t *top) sorted() ([]hit, error) {
	out := make([]hit, len(t.hits))
	for i := len(out) - 1; i >= 0; i-- {
		out[i] = heap.Pop(t).(hit)
	}
	return out, t.err
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
	err := c.identify(h)
	out := index.Hit{ID: h.id, Score: h.score, Group: h.group}
	if err != nil {
		return out, err
	}
	if h.day != "" {
		if out.Published, err = corpus.ParseDate(h.day); err != nil {
			return out, fmt.Errorf("%w: %w", index.ErrDamaged, err)
		}
	}
	version, err := c.versions.first(h.segment, h.doc)
	if err != nil {
		return out, err
	}
	out.Version, _ = strconv.Atoi(version)
	return out, nil
}

// mark is what Page.Next carries: where the page ended, and of which search.
type mark struct {
	Search uint64  `json:"q"`
	Score  float64 `json:"s"`
	Day    string  `json:"d"`
	Amount string  `json:"a,omitempty"`
	ID     string  `json:"i"`
}

// fingerprint tells one search from another; sizes and facets may change
// between its pages.
func fingerprint(r index.Request) uint64 {
	h := fnv.New64a()
	fmt.Fprintf(h, "%s\x00%s\x00%s\x00%v\x00%t\x00%t\x00", r.Query, r.Sort, r.Unit, r.Freshness, r.Literal, r.Copies)
	for _, c := range r.Choices {
		fmt.Fprintf(h, "%s\x00%q\x00%t\x00", c.Facet, c.Values, c.Not)
	}
	return h.Sum64()
}

func formatAfter(r index.Request, last hit) string {
	b, _ := json.Marshal(mark{fingerprint(r), last.score, last.day, last.amount, last.id}) // plain fields always marshal
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
	return &hit{score: m.Score, day: m.Day, amount: m.Amount, id: m.ID}, nil
}
