// Package ingest takes releases in: it turns raw bytes into documents and
// carries them, annotated, into the corpus:
//
//	summary, err := ingest.Run(ctx, ingest.Config{
//		Store:    store,
//		Decode:   ingest.Decode,
//		Annotate: extractor.Annotate,
//	}, file.Releases(ctx, folder))
//
// Run is the way from a source's bytes to the corpus; Decode sniffs a format
// and hands the bytes to the package that parses it.
package ingest

import (
	"context"
	"errors"
	"runtime"
	"time"

	"vocero/corpus"
)

// Config says what Run works with. Store and Decode must be there; the rest
// may be zero.
//
// Decode and Annotate are called from several goroutines at once. Both must end
// soon after their context does.
type Config struct {
	Store    corpus.Store
	Decode   func(context.Context, corpus.Raw) (corpus.Document, error)
	Annotate func(context.Context, corpus.Document) (corpus.Annotations, error) // nil: no annotations

	// AfterBatch is called after each batch that was stored, and once at the end
	// of a run that stored nothing, never twice at once: here an index catches up
	// with the store. Its error ends the run.
	AfterBatch func(context.Context) error

	// Stored is called with the inputs of each batch once they are stored, in the
	// source's order, with those that were known already among them: here a
	// crawl learns which visits are over. Its error ends the run.
	Stored func(context.Context, []Input) error

	// Means says in words what inputs are decoded and annotated with, see
	// [Decoder.Means]. What failed with other means is tried again.
	Means string

	Workers  int            // documents decoded and annotated at once; 0: one a processor
	Timeout  time.Duration  // for one document; 0: 30 s
	Total    int            // inputs expected, for Progress; 0: not known
	Progress func(Progress) // called after each batch: about once a second while inputs come
}

// ErrEnd is the error with which a source says that all that lies in the Raw, a
// file or an archive, was yielded: what is recorded as failed in it and did not
// fail again is forgotten then.
var ErrEnd = errors.New("the end of an input")

// Input is an input that was dealt with.
type Input struct {
	Raw     corpus.Raw // without its bytes
	Outcome corpus.Outcome
	Text    int // bytes of the document's text, 0 where it was known already
}

// The defaults of Config.
const defaultTimeout = 30 * time.Second

func (c Config) withDefaults() (Config, error) {
	if c.Store == nil || c.Decode == nil {
		return c, errors.New("ingest: Config without Store or Decode")
	}
	if c.Annotate == nil {
		c.Annotate = func(context.Context, corpus.Document) (corpus.Annotations, error) { return corpus.Annotations{}, nil }
	}
	if c.AfterBatch == nil {
		c.AfterBatch = func(context.Context) error { return nil }
	}
	if c.Stored == nil {
		c.Stored = func(context.Context, []Input) error { return nil }
	}
	if c.Progress == nil {
		c.Progress = func(Progress) {}
	}
	if c.Workers <= 0 {
		c.Workers = runtime.GOMAXPROCS(0)
	}
	if c.Timeout <= 0 {
		c.Timeout = defaultTimeout
	}
	return c, nil
}

// Counts says what became of inputs.
type Counts struct {
	New       int
	Changed   int
	Unchanged int
	Failed    int
	Bytes     int64 // of raw input
}

// Done is the number of inputs that were dealt with.
func (c Counts) Done() int { return c.New + c.Changed + c.Unchanged + c.Failed }

// Progress is how far a run has come. All that it counts is stored durably.
type Progress struct {
	Counts
	Total   int // inputs expected, or 0 where that is not known
	Elapsed time.Duration
}

// Rate is the number of inputs a second since the beginning.
func (p Progress) Rate() float64 {
	if p.Elapsed <= 0 {
		return 0
	}
	return float64(p.Done()) / p.Elapsed.Seconds()
}

// Left is how long the rest takes at that rate, or 0 where it cannot be told.
func (p Progress) Left() time.Duration {
	if p.Done() == 0 || p.Total <= p.Done() {
		return 0
	}
	return time.Duration(float64(p.Elapsed) / float64(p.Done()) * float64(p.Total-p.Done()))
}

// Summary is what a run did.
type Summary struct {
	Counts
	Failures []corpus.FailedInput // the first maxFailures; Failed counts all
	Elapsed  time.Duration
}

// maxFailures bounds Summary.Failures; the store has them all.
const maxFailures = 1000
