package fetch

import (
	"context"
	"sync"
	"time"
)

// pace makes requests to a host wait for one another.
type pace struct {
	options Options
	mu      sync.Mutex
	hosts   map[string]*host
}

// host is a host's queue, and how long it wants to be left alone.
type host struct {
	turns  chan struct{} // as many as requests at once
	next   time.Time     // when the next request may begin
	pause  time.Duration // after each request, as adapted
	wanted time.Duration // by robots.txt
	took   time.Duration // by its answers, smoothed
}

// The bounds of a pause that adapts: a host that answers slowly is asked
// seldom, one that says that it is asked too often more and more seldom.
const (
	maxPause     = time.Minute
	restful      = 2 // pauses as long as the host took to answer, at least
	manyHosts    = 4096
	forgottenFor = time.Hour
)

func (p *pace) of(name string) *host {
	h := p.hosts[name]
	if h == nil {
		if len(p.hosts) >= manyHosts {
			p.forget()
		}
		h = &host{turns: make(chan struct{}, p.options.PerHost), pause: p.options.Pause}
		p.hosts[name] = h
	}
	return h
}

// forget drops hosts that have not been asked for long.
func (p *pace) forget() {
	for name, h := range p.hosts {
		if len(h.turns) == 0 && time.Since(h.next) > forgottenFor {
			delete(p.hosts, name)
		}
	}
}

// wanted notes the pause that robots.txt asks for; more than the longest pause
// would mean to wait for ever, and is cut to it.
func (p *pace) wanted(name string, d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	h := p.of(name)
	h.wanted = min(d, maxPause)
	h.pause = max(h.pause, h.wanted)
}

// enter waits for the host's next turn, or says from when on there is one where
// that is beyond MaxWait. leave ends the turn.
func (p *pace) enter(ctx context.Context, name string) (*host, error) {
	p.mu.Lock()
	h := p.of(name)
	p.mu.Unlock()
	select {
	case h.turns <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	p.mu.Lock()
	now := time.Now()
	wait := h.next.Sub(now)
	if wait <= p.options.MaxWait {
		h.next = now.Add(max(wait, 0)) // for others at once; leave sets it anew
		if p.options.PerHost > 1 {
			h.next = h.next.Add(h.pause)
		}
	}
	p.mu.Unlock()
	if wait > p.options.MaxWait {
		<-h.turns
		return nil, &Later{After: now.Add(wait), Failure: failed("%s wants to be left alone until %s", name, now.Add(wait).UTC().Format(time.RFC3339))}
	}
	if err := sleep(ctx, wait); err != nil {
		<-h.turns
		return nil, err
	}
	return h, nil
}

func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// leave ends a turn and sets the pause by how it went: how long the answer took,
// whether the host said that it is asked too often, and until when it wants none.
func (p *pace) leave(h *host, took time.Duration, busy bool, after time.Time) {
	p.mu.Lock()
	least := max(p.options.Pause, h.wanted)
	if busy {
		h.pause = min(2*max(h.pause, least), max(maxPause, least))
	} else {
		h.took = (3*h.took + took) / 4
		h.pause = max(least, min(restful*h.took, maxPause), h.pause*9/10)
	}
	if next := time.Now().Add(h.pause); next.After(h.next) {
		h.next = next
	}
	if after.After(h.next) {
		h.next = after
	}
	p.mu.Unlock()
	<-h.turns
}
