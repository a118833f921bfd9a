package crawl

import (
	"cmp"
	"context"
	"strings"

	"vocero/corpus"
)

// pending are visits whose release was yielded and is not known to be stored.
type pending struct {
	visits []corpus.Visit
	url    string // of the Raw
}

// wait notes that a release is on its way to the store.
func (c *Crawl) wait(t taken) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pending = append(c.pending, pending{t.visits, t.raw.URL})
}

// Failed says that what was fetched gave no release: it is fetched whole when it
// is visited again, whether or not it has changed. It comes before Stored.
func (c *Crawl) Failed(raw corpus.Raw) {
	c.mu.Lock()
	defer c.mu.Unlock()
	name := cmp.Or(raw.Path, raw.URL)
	for _, p := range c.pending {
		if name != p.url && !partOf(name, p.url) {
			continue
		}
		for i := range p.visits {
			p.visits[i].ETag, p.visits[i].LastModified = "", ""
		}
	}
}

// Stored says that releases were stored, in the order in which they were
// yielded: only now are their visits over. It is what ingest.Config.Stored
// wants; releases of others are passed over.
func (c *Crawl) Stored(ctx context.Context, raws []corpus.Raw) error {
	c.mu.Lock()
	over := 0
	for i := range raws {
		name := cmp.Or(raws[i].URL, raws[i].Path)
		for j := over; j < len(c.pending); j++ {
			if name == c.pending[j].url {
				over = j + 1
				break
			}
			// A part of an archive: what came before it is stored, it may have more parts.
			if raws[i].URL == "" && partOf(name, c.pending[j].url) {
				over = j
				break
			}
		}
	}
	c.mu.Unlock()
	return c.settle(ctx, over)
}

func partOf(path, url string) bool {
	rest, found := strings.CutPrefix(path, url)
	return found && url != "" && (strings.HasPrefix(rest, "!") || strings.HasPrefix(rest, "#"))
}

// settle ends the visits of the first n of what is pending. They stay pending
// until the frontier knows: due counts on it.
func (c *Crawl) settle(ctx context.Context, n int) error {
	c.mu.Lock()
	var visits []corpus.Visit
	for _, p := range c.pending[:n] {
		visits = append(visits, p.visits...)
	}
	c.mu.Unlock()
	if len(visits) == 0 {
		return nil
	}
	if err := c.put(ctx, visits...); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pending = append([]pending(nil), c.pending[n:]...)
	return nil
}

// Finish ends a run: when all that was yielded is stored, no visit of it is
// repeated. It returns the frontier's error if there was one.
func (c *Crawl) Finish(ctx context.Context, stored bool) error {
	c.mu.Lock()
	err, n := c.err, len(c.pending)
	c.mu.Unlock()
	if err != nil || !stored {
		return err
	}
	return c.settle(ctx, n)
}
