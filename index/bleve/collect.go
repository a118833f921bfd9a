package bleve

import (
	"slices"

	"vocero/index"
	"vocero/index/query"

	"github.com/RoaringBitmap/roaring/v2"
)

// collector goes over all hits of a search once: it counts them and their
// facets as sets, and weighs them one by one only to keep the first.
type collector struct {
	*reading
	matches  matches
	request  index.Request
	order    index.Sort
	asked    query.Node // with what it was expanded to
	expanded []index.Expansion
	narrow   narrowing
	keep     func(hit) error // nil where hits are counted only
	top      *top            // what keep fills; nil if it keeps all
	total    int
	days     *column
	versions *column
	amounts  *amountColumn // nil unless they are the order
	fresh    freshness
	groups   *groups // nil where each copy is a hit of its own
	names    []nameRow
	facets   []*counter
	scored   []scored  // of each segment that has hits to keep
	best     []float64 // the best scores, as many as the page has room for, the lowest first
	floor    float64   // what hits in no group need to get onto the page
}

// newCollector compiles a request for one state of the index. Its release must
// be called.
func (s *searching) newCollector(r index.Request) (*collector, error) {
	c := &collector{reading: s.reading, request: r, order: r.Sort, fresh: newFreshness(r.Freshness),
		days: s.column(publishedField), versions: s.column(versionField), groups: s.groups(r), narrow: s.narrowing(r)}
	var err error
	if c.amounts, err = s.amountsOf(r); err != nil {
		return nil, err
	}
	s.lengths = nil
	if r.Sort == index.ByRelevance {
		s.lengths = &lengths{column: s.column(lengthField)}
		c.names = named(r.Query)
	}
	c.asked = r.Query
	if !r.Literal {
		if c.asked, c.expanded, err = s.expanded(r.Query); err != nil {
			return nil, err
		}
	}
	m, err := s.compile(c.asked)
	if err != nil {
		return nil, err
	}
	c.matches = c.narrow.all(m)
	for _, f := range r.Facets {
		c.facets = append(c.facets, newCounter(f, s.column(facetField+string(f.Name))))
	}
	return c, nil
}

// release gives back what the collector counted with.
func (c *collector) release() {
	for _, f := range c.facets {
		f.release()
	}
}

// run reads all hits: first all segments', to know what score it takes to get
// onto the page; then those again that have it.
func (c *collector) run() error {
	for at := range c.segments {
		if err := c.ctx.Err(); err != nil {
			return err
		}
		if err := c.segment(at); err != nil {
			return err
		}
	}
	for i := range c.scored {
		if err := c.ctx.Err(); err != nil {
			return err
		}
		if err := c.weigh(&c.scored[i]); err != nil {
			return err
		}
	}
	return c.keepGroups()
}

// segment reads the hits of one segment.
func (c *collector) segment(at int) error {
	matching, err := c.matches.in(at, nil)
	if err != nil || matching.IsEmpty() {
		return err
	}
	hits, without, err := c.narrow.hits(at, matching)
	if err != nil {
		return err
	}
	single, grouped, err := c.groups.part(at, hits)
	if err != nil {
		return err
	}
	for _, f := range c.facets {
		fs, fg := single, grouped
		if others, ok := without[f.request.Name]; ok {
			if fs, fg, err = c.groups.part(at, others); err != nil {
				return err
			}
		}
		if err := c.count(f, at, fs, fg); err != nil {
			return err
		}
	}
	c.total += int(single.GetCardinality())
	if c.keep == nil {
		hits = grouped
	}
	if hits == nil || hits.IsEmpty() {
		return nil
	}
	s := scored{documents: inOrder(hits), segment: at, grouped: grouped}
	if s.scores, err = c.scores(at, s.documents); err != nil {
		return err
	}
	c.raise(&s)
	c.scored = append(c.scored, s)
	return nil
}

// scored are the hits of a segment with how relevant they are.
type scored struct {
	documents
	segment int
	grouped *roaring.Bitmap // those in a group; nil for none
	scores  []float64
}

func (s *scored) inGroup(doc uint32) bool { return s.grouped != nil && s.grouped.Contains(doc) }

// count counts the values of a facet, those of a group once.
func (c *collector) count(f *counter, at int, single, grouped *roaring.Bitmap) error {
	if err := f.count(at, single); err != nil || grouped == nil {
		return err
	}
	for it := grouped.Iterator(); it.HasNext(); {
		doc := it.Next()
		group, err := c.groups.ids.first(at, doc)
		if err == nil {
			err = f.countOnce(at, doc, group)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// raise raises the floor, the score that it takes to get onto the page: as many
// hits as it has room for have that much, not counting those in a group, which
// may turn out to be one.
func (c *collector) raise(s *scored) {
	if c.top == nil || c.order != index.ByRelevance || c.request.After != "" {
		return
	}
	best := c.best
	for i, score := range s.scores {
		full := len(best) == c.top.size
		if full && score <= best[0] || s.inGroup(s.list[i]) {
			continue
		}
		at, _ := slices.BinarySearch(best, score)
		if full {
			copy(best, best[1:at])
			best[at-1] = score
		} else {
			best = slices.Insert(best, at, score)
		}
	}
	if c.best = best; len(best) == c.top.size {
		c.floor = best[0]
	}
}

// weigh keeps hits of a segment that names may bring above the floor.
func (c *collector) weigh(s *scored) error {
	dated := len(s.list) // of how many the day is needed
	if c.order == index.ByRelevance {
		dated = 0 // of few
	}
	days, err := c.days.in(s.segment, dated)
	if err != nil {
		return err
	}
	most, names := maxBonus(c.names), naming{reading: c.reading, segment: s.segment, rows: c.names, within: s.set}
	for i, doc := range s.list {
		h := hit{segment: s.segment, doc: doc, score: s.scores[i]}
		inGroup := s.inGroup(doc)
		if !inGroup && h.score*most < c.floor {
			c.top.more = true
			continue
		}
		bonus, err := names.bonus(doc)
		if err != nil {
			return err
		}
		if h.score *= bonus; !inGroup && h.score < c.floor {
			c.top.more = true
			continue
		}
		if days != nil {
			h.day = c.days.values[days.first(doc)]
		} else if h.day, err = c.days.first(s.segment, doc); err != nil {
			return err
		}
		if err := c.take(h, inGroup); err != nil {
			return err
		}
		if last := c.top.last(); last != nil && c.order == index.ByRelevance {
			c.floor = max(c.floor, last.score)
		}
	}
	return nil
}

// take keeps a hit, or has its group keep it.
func (c *collector) take(h hit, inGroup bool) (err error) {
	if c.amounts != nil {
		if h.amount, err = c.amounts.of(h.segment, h.doc); err != nil {
			return err
		}
	}
	if !inGroup {
		if last := c.top.last(); last != nil && c.compare(&h, last) > 0 {
			c.top.more = true
			return nil
		}
		return c.keep(h)
	}
	if h.group, err = c.groups.ids.first(h.segment, h.doc); err != nil {
		return err
	}
	return c.groups.add(h, c.before)
}

// scores weighs the hits of a segment, if they go by relevance.
func (c *collector) scores(at int, d documents) ([]float64, error) {
	scores := make([]float64, len(d.list))
	if c.order != index.ByRelevance {
		return scores, nil
	}
	if err := c.matches.score(at, d, scores); err != nil {
		return nil, err
	}
	if c.fresh.halfLife == 0 {
		return scores, nil
	}
	for i, doc := range d.list {
		day, err := c.days.first(at, doc)
		if err != nil {
			return nil, err
		}
		scores[i] *= c.fresh.factor(day)
	}
	return scores, nil
}

// keepGroups counts and keeps the hits that stand for others.
func (c *collector) keepGroups() error {
	if c.groups == nil {
		return nil
	}
	c.total += len(c.groups.found)
	if c.keep == nil {
		return nil
	}
	for _, h := range c.groups.found {
		if err := c.keep(h); err != nil {
			return err
		}
	}
	return nil
}

// page makes the answer of what was collected.
func (c *collector) page(top *top) (index.Page, error) {
	p := index.Page{Total: c.total, Asked: c.asked, Expanded: c.expanded}
	for _, f := range c.facets {
		facet, err := f.facet(c)
		if err != nil {
			return p, err
		}
		p.Facets = append(p.Facets, facet)
	}
	hits, err := top.sorted()
	if err != nil {
		return p, err
	}
	for i := range hits {
		h, err := c.hit(&hits[i])
		if err != nil {
			return p, err
		}
		p.Hits = append(p.Hits, h)
	}
	if top.more {
		p.Next = formatAfter(c.request, hits[len(hits)-1])
	}
	return p, nil
}
