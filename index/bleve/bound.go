package bleve

import (
	"context"
	"fmt"
	"time"
)

// maxSearch bounds the time that one search may take.
const maxSearch = 2 * time.Second

var errSlow = fmt.Errorf("it took longer than %v: ask for less", maxSearch)

// bound ends a search that takes too long. Reading columns into memory, which
// the first search does for all that follow, doesn't count. It belongs to the
// one goroutine of its search.
type bound struct {
	timer *time.Timer
	left  time.Duration
	since time.Time
}

// withBound returns a context that ends with errSlow; release must be called.
func withBound(ctx context.Context) (_ context.Context, b *bound, release func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	b = &bound{left: maxSearch, since: time.Now()}
	b.timer = time.AfterFunc(maxSearch, func() { cancel(errSlow) })
	return ctx, b, func() {
		b.timer.Stop()
		cancel(nil)
	}
}

// pause stops the time until what it returns is called.
func (b *bound) pause() (resume func()) {
	if b == nil || !b.timer.Stop() {
		return func() {} // not bound, or over
	}
	b.left -= time.Since(b.since)
	return func() {
		b.since = time.Now()
		b.timer.Reset(max(b.left, 0))
	}
}
