package ingest

import (
	"context"
	"iter"
	"time"

	"vocero/corpus"
)

// Run takes in what source yields: it skips what the store knows already,
// decodes and annotates the rest side by side, and stores it in the source's
// order, a batch in one transaction.
//
// An input that cannot be read, decoded or annotated is stored with its Failure
// and counted; so is an error that the source yields with the Raw that it
// belongs to (without one it is only counted), but for [ErrEnd]. An error of the
// store or of AfterBatch ends the run. What failed is passed over like what the
// store has, until it changes or what it failed of may have passed.
//
// When ctx is canceled, what has been finished by then, in the source's order,
// is stored, and Run returns the Summary and ctx's error; the next run goes on
// from there. source must end soon after ctx does. No goroutine outlives Run.
func Run(ctx context.Context, config Config, source iter.Seq2[corpus.Raw, error]) (Summary, error) {
	config, err := config.withDefaults()
	if err != nil {
		return Summary{}, err
	}
	reading, stop := context.WithCancel(ctx)
	defer stop()
	storing, end := withGrace(ctx, grace)
	defer end()

	r, s := newReader(config), newStorer(config)
	go r.read(reading, source)
	err = s.store(storing, r)
	stop()
	for range r.queue { // ends when the reader and its workers have ended
	}
	s.summary.Elapsed = time.Since(s.begun)
	if err == nil {
		err = r.err
	}
	if ctx.Err() != nil && (err == nil || storing.Err() != nil) {
		err = ctx.Err()
	}
	return s.summary, err
}

// grace is how long the last batch may take to store after ctx was canceled.
const grace = 10 * time.Second

// withGrace returns a context that lives on for d after ctx is canceled.
func withGrace(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	longer, cancel := context.WithCancel(context.WithoutCancel(ctx))
	forget := context.AfterFunc(ctx, func() {
		select {
		case <-time.After(d):
			cancel()
		case <-longer.Done():
		}
	})
	return longer, func() { forget(); cancel() }
}
