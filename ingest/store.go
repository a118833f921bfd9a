package ingest

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"vocero/corpus"
)

// A batch is stored when it has so many inputs, so many bytes or is so old.
const (
	batchItems = 256
	batchBytes = 8 << 20
	batchAge   = time.Second
)

// storer puts finished items into the store, a batch at a time.
type storer struct {
	config  Config
	summary Summary
	begun   time.Time
	batch   []*item
	bytes   int
	due     <-chan time.Time // when the batch gets too old; nil while it is empty
	synced  bool             // AfterBatch was called

	failing map[string]string // by key, the names of inputs that failed in what is still being read
}

func newStorer(config Config) *storer {
	return &storer{config: config, begun: time.Now(), failing: map[string]string{}}
}

// store takes items in their order until the queue ends or one was dropped: what
// the store holds is always a beginning of what the source yields.
func (s *storer) store(ctx context.Context, r *reader) error {
	queue, done := r.queue, (<-chan struct{})(nil)
	var head *item // taken from the queue and not finished yet
	for {
		select {
		case it, ok := <-queue:
			if !ok {
				return s.finish(ctx, r)
			}
			head, queue, done = it, nil, it.done
			continue
		case <-done:
			if head.dropped {
				return s.finish(ctx, r)
			}
			s.add(head)
			queue, done = r.queue, nil
			if len(s.batch) < batchItems && s.bytes < batchBytes {
				continue
			}
		case <-s.due:
		}
		if err := s.flush(ctx, r); err != nil {
			return err
		}
	}
}

func (s *storer) add(it *item) {
	if len(s.batch) == 0 {
		s.due = time.After(batchAge)
	}
	s.batch = append(s.batch, it)
	s.bytes += len(it.release.Raw.Bytes) + len(it.release.Document.Text)
}

// finish stores the last batch, and lets AfterBatch catch up with what an
// earlier run left where this one stored nothing.
func (s *storer) finish(ctx context.Context, r *reader) error {
	if err := s.flush(ctx, r); err != nil || s.synced {
		return err
	}
	return s.sync(ctx)
}

// flush stores the batch and counts it.
func (s *storer) flush(ctx context.Context, r *reader) error {
	if len(s.batch) == 0 {
		return nil
	}
	stored, err := s.put(ctx)
	if err != nil {
		return err
	}
	var inputs []Input
	for _, it := range s.batch {
		r.stored(it)
		if it.end {
			if err := s.end(ctx, nameOf(&it.release.Raw)); err != nil {
				return err
			}
			continue
		}
		s.failed(it)
		in := Input{Raw: it.release.Raw, Outcome: it.outcome, Text: len(it.release.Document.Text)}
		in.Raw.Bytes = nil
		inputs = append(inputs, in)
	}
	if err := s.config.Stored(ctx, inputs); err != nil {
		return fmt.Errorf("after storing a batch: %w", err)
	}
	clear(s.batch) // so that nothing keeps the texts in memory
	s.batch, s.bytes, s.due = s.batch[:0], 0, nil
	s.config.Progress(Progress{Counts: s.summary.Counts, Total: s.config.Total, Elapsed: time.Since(s.begun)})
	if stored == 0 {
		return nil
	}
	return s.sync(ctx)
}

func (s *storer) sync(ctx context.Context) error {
	s.synced = true
	if err := s.config.AfterBatch(ctx); err != nil {
		return fmt.Errorf("after storing a batch: %w", err)
	}
	return nil
}

// put stores the releases of the batch and counts all of it.
func (s *storer) put(ctx context.Context) (stored int, err error) {
	releases := make([]corpus.Release, 0, len(s.batch))
	for _, it := range s.batch {
		if !it.known && !it.keyless && !it.end {
			releases = append(releases, it.release)
		}
	}
	var outcomes []corpus.Outcome
	if len(releases) > 0 {
		if outcomes, err = s.config.Store.Put(ctx, releases); err != nil {
			return 0, err
		}
	}
	for _, it := range s.batch {
		if it.end {
			continue
		}
		outcome := corpus.NoText
		if it.known {
			outcome = corpus.Unchanged
		} else if !it.keyless {
			outcome, outcomes = outcomes[0], outcomes[1:]
		}
		it.outcome = outcome
		s.count(it, outcome)
	}
	return len(releases), nil
}

// failed notes an input that failed, now or before, until all of what it lies in
// was read.
func (s *storer) failed(it *item) {
	if it.keyless {
		return
	}
	key := it.release.Raw.Key()
	if it.failed && it.known || it.outcome == corpus.NoText {
		s.failing[key] = nameOf(&it.release.Raw)
	} else if !it.known {
		delete(s.failing, key)
	}
}

// end forgets what failed earlier in what was read to its end now.
func (s *storer) end(ctx context.Context, name string) error {
	var still []string
	for key, of := range s.failing {
		if of == name || strings.HasPrefix(of, name+"#") || strings.HasPrefix(of, name+"!") {
			still = append(still, key)
			delete(s.failing, key)
		}
	}
	return s.config.Store.ForgetFailures(ctx, name, still)
}

// nameOf is where an input lies: its path, or the address that it was had at.
func nameOf(r *corpus.Raw) string { return cmp.Or(r.Path, r.URL) }

func (s *storer) count(it *item, outcome corpus.Outcome) {
	s.summary.Bytes += it.bytes
	switch outcome {
	case corpus.New:
		s.summary.New++
	case corpus.Changed:
		s.summary.Changed++
	case corpus.Unchanged:
		s.summary.Unchanged++
	case corpus.NoText:
		s.summary.Failed++
		if len(s.summary.Failures) < maxFailures {
			s.summary.Failures = append(s.summary.Failures, failedInput(it))
		}
	}
}

func failedInput(it *item) corpus.FailedInput {
	raw := &it.release.Raw
	f := corpus.FailedInput{URL: raw.URL, Path: raw.Path, Failure: *it.release.Failure, When: raw.Fetched}
	if !it.keyless {
		f.Key = raw.Key()
	}
	if f.When.IsZero() {
		f.When = time.Now()
	}
	return f
}
