package ingest

import (
	"context"
	"fmt"
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
}

func newStorer(config Config) *storer {
	return &storer{config: config, begun: time.Now()}
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
	inputs := make([]Input, len(s.batch))
	for i, it := range s.batch {
		r.stored(it)
		inputs[i] = Input{Raw: it.release.Raw, Outcome: it.outcome, Text: len(it.release.Document.Text)}
		inputs[i].Raw.Bytes = nil
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
		if !it.known && !it.keyless {
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
