package ingest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"

	"vocero/corpus"
)

// What may wait between the source and the store: enough that workers go on
// while a batch is stored.
const (
	queueItems = 2 * batchItems
	queueBytes = 4 * batchBytes
)

// reader takes inputs from a source and has workers make releases of them.
type reader struct {
	config  Config
	queue   chan *item // in the source's order; closed when all is read and worked
	err     error      // why reading ended; set before queue is closed
	room    *semaphore.Weighted
	waiting latest
}

// item is an input on its way.
type item struct {
	release corpus.Release
	hash    string
	keyless bool           // nothing tells it from another: it cannot be stored
	known   bool           // there is nothing to do
	failed  bool           // known, and it gave no document
	end     bool           // no input: it says that all that lies in Raw was yielded
	dropped bool           // canceled before it was finished
	bytes   int64          // of raw input
	size    int64          // of the room that it takes
	outcome corpus.Outcome // of storing it
	done    chan struct{}  // closed when the fields above no longer change
}

func newReader(config Config) *reader {
	return &reader{
		config:  config,
		queue:   make(chan *item, queueItems),
		room:    semaphore.NewWeighted(queueBytes),
		waiting: latest{hashes: map[string]string{}},
	}
}

// read queues what the source yields and lets at most config.Workers work on it.
func (r *reader) read(ctx context.Context, source iter.Seq2[corpus.Raw, error]) {
	defer close(r.queue)
	var workers errgroup.Group
	workers.SetLimit(r.config.Workers)
	defer workers.Wait()
	for raw, err := range source {
		if ctx.Err() != nil {
			return
		}
		if r.err = r.queueOne(ctx, &workers, raw, err); r.err != nil {
			return
		}
	}
}

func (r *reader) queueOne(ctx context.Context, workers *errgroup.Group, raw corpus.Raw, sourceErr error) error {
	it := &item{release: corpus.Release{Raw: raw}, hash: raw.Hash(), bytes: int64(len(raw.Bytes)), done: make(chan struct{})}
	switch {
	case errors.Is(sourceErr, ErrEnd):
		it.end = true
	case sourceErr != nil:
		r.fail(it, sourceErr)
		it.keyless = raw.URL == "" && raw.Path == "" && raw.Given.ID == "" && raw.Given.URL == ""
	default:
		var err error
		if it.known, it.failed, err = r.known(ctx, raw.Key(), it.hash); err != nil {
			return err
		}
	}
	if it.known {
		it.release.Raw.Bytes = nil
	}
	it.size = min(int64(len(it.release.Raw.Bytes)), queueBytes)
	if err := r.room.Acquire(ctx, it.size); err != nil {
		return nil // canceled: nothing is wrong with this input
	}
	select {
	case r.queue <- it:
	case <-ctx.Done():
		return nil
	}
	if !it.known && !it.end {
		r.waiting.set(raw.Key(), it.hash)
	}
	if it.known || it.end || it.release.Failure != nil {
		close(it.done)
		return nil
	}
	workers.Go(func() error {
		defer close(it.done)
		r.work(ctx, it)
		return nil
	})
	return nil
}

// known says whether the newest input under key, on its way or stored, is this
// one, and whether it failed. One that may go well now is not known.
func (r *reader) known(ctx context.Context, key, hash string) (known, failed bool, err error) {
	if newest, ok := r.waiting.get(key); ok {
		return newest == hash, false, nil // what becomes of the one on its way counts
	}
	known, failure, err := r.config.Store.Known(ctx, key, hash)
	if err != nil && ctx.Err() != nil {
		return false, false, nil // canceled: the loop ends
	}
	if failure != nil && r.mayGoWell(failure) {
		known = false
	}
	return known, failure != nil, err
}

// rest is how long an input that failed of what comes and goes, a machine that
// was busy or a helper that broke, is left alone.
const rest = 24 * time.Hour

func (r *reader) mayGoWell(f *corpus.FailedInput) bool {
	switch f.Failure.Reason {
	case corpus.TooSlow, corpus.Failed, corpus.Unreadable:
		if time.Since(f.When) >= rest {
			return true
		}
	}
	return f.Failure.Means != r.config.Means
}

// fail notes why an input gave no document, and what it was tried with.
func (r *reader) fail(it *item, err error) {
	failure := *corpus.FailureOf(err) // a copy: one failure may be that of many
	failure.Means = r.config.Means
	it.release.Failure = &failure
}

// work turns the input into a release, or notes why that did not go.
func (r *reader) work(ctx context.Context, it *item) {
	limited, cancel := context.WithTimeoutCause(ctx, r.config.Timeout, r.tooSlow())
	defer cancel()
	err := r.decode(limited, &it.release)
	switch {
	case err == nil:
	case ctx.Err() != nil:
		it.dropped = true
	case limited.Err() != nil:
		r.fail(it, r.tooSlow())
	default:
		r.fail(it, err)
	}
	if it.release.Failure != nil {
		it.release.Document, it.release.Annotations = corpus.Document{}, corpus.Annotations{}
	}
}

func (r *reader) tooSlow() *corpus.Failure {
	return &corpus.Failure{Reason: corpus.TooSlow, Detail: fmt.Sprintf("not done after %v", r.config.Timeout)}
}

// decode makes the document and its annotations. A panic of a parser is a
// failure of this one input.
func (r *reader) decode(ctx context.Context, release *corpus.Release) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &corpus.Failure{Reason: corpus.Failed, Detail: fmt.Sprintf("panic: %v%s", p, panicPlace(debug.Stack()))}
		}
	}()
	if release.Document, err = r.config.Decode(ctx, release.Raw); err != nil {
		return err
	}
	if release.Document.ID == "" {
		release.Document.ID = corpus.DocumentID(&release.Raw)
	}
	release.Annotations, err = r.config.Annotate(ctx, release.Document)
	return err
}

// panicPlace finds in a stack the file and line that panicked.
func panicPlace(stack []byte) string {
	_, below, _ := strings.Cut(string(stack), "\npanic(")
	lines := strings.Split(below, "\n") // panic's arguments and place, then the caller and its place
	if len(lines) < 4 {
		return ""
	}
	place, _, _ := strings.Cut(strings.TrimSpace(lines[3]), " ")
	return " at " + place[strings.LastIndexByte(place, '/')+1:]
}

// stored makes the room of an item free again once the store has it.
func (r *reader) stored(it *item) {
	if !it.known && !it.end {
		r.waiting.clear(it.release.Raw.Key(), it.hash)
	}
	r.room.Release(it.size)
}

// latest holds, for each key on its way to the store, the hash of the newest input.
type latest struct {
	mu     sync.Mutex
	hashes map[string]string
}

func (l *latest) get(key string) (string, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	hash, ok := l.hashes[key]
	return hash, ok
}

func (l *latest) set(key, hash string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.hashes[key] = hash
}

// clear forgets the key unless a newer input follows on its way.
func (l *latest) clear(key, hash string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.hashes[key] == hash {
		delete(l.hashes, key)
	}
}
