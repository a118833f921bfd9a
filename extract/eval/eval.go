// Package eval scores annotations against gold, by the rules of the gold
// tools' own scorer and to its digit:
//
//	documents, err := eval.ReadGold("../shared/gold/dev")
//	report, err := eval.Run(ctx, extractor.Annotate, documents, eval.Options{})
//	report.WriteText(os.Stdout, 0)
//
// A mention counts when its span and kind are right; the edges of dates are
// forgiven words that leave the value as it is, and nothing counts that touches
// a place which gold leaves out. Beside that a Report has the scores by
// language, how well confidences are calibrated, and how well mentions of one
// individual are kept together.
package eval

import (
	"context"
	"fmt"
	"runtime"
	"time"

	"golang.org/x/sync/errgroup"

	"vocero/corpus"
	"vocero/extract/wire"
)

// Kinds are the kinds that are scored, in the order of the table.
func Kinds() []corpus.Kind {
	return []corpus.Kind{
		corpus.Person, corpus.RoleKind, corpus.Organization, corpus.Place,
		corpus.Money, corpus.Percent, corpus.DateKind,
	}
}

// Annotate is what is scored: an extractor's method of that name.
type Annotate func(context.Context, corpus.Document) (corpus.Annotations, error)

// Options says what to score; the zero value scores everything.
type Options struct {
	Kinds   []corpus.Kind // nil for all of Kinds
	Workers int           // documents annotated at once, 0 for one a core
}

// Run annotates the gold documents and scores what was found. A document that
// the extractor fails on counts as one with nothing found and is named in
// Report.Failed; the error is that of a canceled context.
func Run(ctx context.Context, annotate Annotate, documents []Gold, o Options) (*Report, error) {
	predicted := make([]wire.Annotated, len(documents))
	failed := make([]error, len(documents))
	began := time.Now()
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(o.workers())
	for i := range documents {
		g.Go(func() error {
			d := &documents[i].Document
			found, err := annotate(ctx, *d)
			failed[i] = err
			predicted[i] = wire.Encode(d, &found)
			return ctx.Err()
		})
	}
	if err := g.Wait(); err != nil {
		return nil, fmt.Errorf("evaluate: %w", err)
	}
	report := newReport(o.kinds())
	report.Seconds = time.Since(began).Seconds()
	for i := range documents {
		report.add(&documents[i], &predicted[i])
		if failed[i] != nil {
			report.Failed = append(report.Failed, fmt.Sprintf("%s: %v", documents[i].Document.ID, failed[i]))
		}
	}
	return report, nil
}

// Compare scores predictions that were made elsewhere against gold, by the
// documents' IDs. Gold without a prediction counts as one with nothing found.
func Compare(documents []Gold, predicted []wire.Annotated, o Options) *Report {
	byID := make(map[string]*wire.Annotated, len(predicted))
	for i := range predicted {
		byID[predicted[i].ID] = &predicted[i]
	}
	report := newReport(o.kinds())
	for i := range documents {
		p, ok := byID[documents[i].Document.ID]
		if !ok {
			report.Missing++
			p = &wire.Annotated{}
		}
		report.add(&documents[i], p)
	}
	return report
}

func (o *Options) kinds() []corpus.Kind {
	if o.Kinds == nil {
		return Kinds()
	}
	return o.Kinds
}

func (o *Options) workers() int {
	if o.Workers < 1 {
		return runtime.GOMAXPROCS(0)
	}
	return o.Workers
}
