package crawl

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"vocero/corpus"
)

// Memory is a frontier that is gone with the process: for trying a source out.
type Memory struct {
	mu     sync.Mutex
	crawls map[string]*visited
}

// visited are the visits of a crawl in the order in which they were added.
type visited struct {
	visits []corpus.Visit
	at     map[string]int
}

var _ corpus.Frontier = (*Memory)(nil)

// order is that of corpus.VisitKind.
var order = []corpus.VisitKind{corpus.VisitStart, corpus.VisitFeed, corpus.VisitSitemap, corpus.VisitRelease, corpus.VisitListing, corpus.VisitKnown}

func (m *Memory) of(crawl string) *visited {
	if m.crawls == nil {
		m.crawls = map[string]*visited{}
	}
	c := m.crawls[crawl]
	if c == nil {
		c = &visited{at: map[string]int{}}
		m.crawls[crawl] = c
	}
	return c
}

func (c *visited) put(v corpus.Visit) {
	if i, known := c.at[v.URL]; known {
		c.visits[i] = v
		return
	}
	c.at[v.URL] = len(c.visits)
	c.visits = append(c.visits, v)
}

// AddVisits is corpus.Frontier.AddVisits.
func (m *Memory) AddVisits(ctx context.Context, crawl string, visits []corpus.Visit) (added int, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	c := m.of(crawl)
	for _, v := range visits {
		i, known := c.at[v.URL]
		switch {
		case !known:
			c.put(v)
			added++
		case (!c.visits[i].Fetched.IsZero() || c.visits[i].Due.IsZero()) && v.Modified.After(c.visits[i].Fetched):
			c.visits[i].Due, c.visits[i].Modified = v.Due, v.Modified
		case c.visits[i].Fetched.IsZero() && c.visits[i].Given == (corpus.Given{}):
			c.visits[i].Given = v.Given
		}
	}
	return added, ctx.Err()
}

// PutVisits is corpus.Frontier.PutVisits.
func (m *Memory) PutVisits(ctx context.Context, crawl string, visits []corpus.Visit) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	for _, v := range visits {
		m.of(crawl).put(v)
	}
	return nil
}

// Visits is corpus.Frontier.Visits.
func (m *Memory) Visits(ctx context.Context, crawl string, urls []string) ([]corpus.Visit, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	c := m.of(crawl)
	var visits []corpus.Visit
	for _, url := range urls {
		if i, known := c.at[url]; known {
			visits = append(visits, c.visits[i])
		}
	}
	return visits, ctx.Err()
}

// DueVisits is corpus.Frontier.DueVisits.
func (m *Memory) DueVisits(ctx context.Context, crawl string, at time.Time, n int) ([]corpus.Visit, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var due []corpus.Visit
	for _, v := range m.of(crawl).visits {
		if !v.Due.IsZero() && !v.Due.After(at) {
			due = append(due, v)
		}
	}
	slices.SortStableFunc(due, func(a, b corpus.Visit) int {
		return cmp.Or(cmp.Compare(slices.Index(order, a.Kind), slices.Index(order, b.Kind)), a.Due.Compare(b.Due))
	})
	return due[:min(n, len(due))], ctx.Err()
}

// DeleteVisits is corpus.Frontier.DeleteVisits.
func (m *Memory) DeleteVisits(ctx context.Context, crawl string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.crawls, crawl)
	return ctx.Err()
}
