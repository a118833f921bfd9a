package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"vocero/corpus"
	"vocero/corpus/sqlite"
	"vocero/ingest"
	"vocero/ingest/crawl"
	"vocero/ingest/source"
)

// What sources share of a machine: how many run at once, and how many pages of
// one are fetched before the others have their turn again.
const (
	sourcesAtOnce = 8
	sourcePages   = 1000
	comparedRuns  = 10 // runs that the next is compared with
)

// sourceRun is a run of a standing source.
type sourceRun struct {
	source corpus.Source
	run    corpus.SourceRun
	crawl  *crawl.Crawl // nil for a folder
	ended  bool
}

// sourceRuns runs sources: all that they give, in one stream.
func (p *program) sourceRuns(ctx context.Context, sources []corpus.Source, w *crawling, e *ingest.Expander) iter.Seq2[corpus.Raw, error] {
	var all []iter.Seq2[corpus.Raw, error]
	for _, s := range sources {
		r := &sourceRun{source: s, run: corpus.SourceRun{Source: s.ID, Named: -1}}
		w.runs[s.ID] = r
		all = append(all, r.releases(ctx, w, e))
	}
	return source.Merge(sourcesAtOnce, all...)
}

// releases yields what the source gives, and notes how it went.
func (r *sourceRun) releases(ctx context.Context, w *crawling, e *ingest.Expander) iter.Seq2[corpus.Raw, error] {
	return func(yield func(corpus.Raw, error) bool) {
		r.run.Began = time.Now()
		defer func() { r.run.Ended, r.ended = time.Now(), ctx.Err() == nil }()
		releases, err := r.open(ctx, w, e)
		if err != nil {
			r.run.Error = err.Error()
			return
		}
		given := corpus.Given{Publisher: r.source.Publisher, Country: r.source.Country, Lang: r.source.Lang}
		for raw, err := range withDefaults(releases, given) {
			raw.Source = r.source.ID
			if err != nil && err != ingest.ErrEnd && r.crawl != nil && raw.URL == r.crawl.Start() {
				r.run.Error = err.Error() // without its start there is no source
			}
			if !yield(raw, err) {
				return
			}
		}
	}
}

func (r *sourceRun) open(ctx context.Context, w *crawling, e *ingest.Expander) (iter.Seq2[corpus.Raw, error], error) {
	s := r.source
	if !isAddress(s.URL) {
		releases, _, err := e.Open(ctx, s.URL, nil)
		return releases, err
	}
	o := crawl.Options{Start: s.URL, Name: s.ID, Source: s.ID, Kind: s.Kind, Include: s.Include, Exclude: s.Exclude, Whole: s.Whole, MaxPages: sourcePages}
	if w.options.MaxPages > 0 {
		o.MaxPages = w.options.MaxPages
	}
	if s.Private {
		o.Fetcher = w.inside
	}
	var err error
	if r.crawl, err = w.begin(o); err != nil {
		return nil, err
	}
	return e.Expand(ctx, r.crawl.Releases(ctx)), nil
}

func isAddress(where string) bool {
	return strings.HasPrefix(where, "http://") || strings.HasPrefix(where, "https://")
}

// count adds an input that was dealt with.
func (r *sourceRun) count(in ingest.Input) {
	switch in.Outcome {
	case corpus.New:
		r.run.New++
	case corpus.Changed:
		r.run.Changed++
	case corpus.NoText:
		r.run.Failed++
		r.run.Tried++
	}
	if in.Text > 0 {
		r.run.Tried++
		r.run.Decoded++
		r.run.Text += int64(in.Text)
	}
}

// record stores the run, and what follows from it for the source.
func (r *sourceRun) record(ctx context.Context, store corpus.Store) error {
	if !r.ended {
		return nil // the next run goes on
	}
	more := false
	if r.crawl != nil {
		report := r.crawl.Report()
		r.run.Tried += report.Lists
		more = report.More
		r.source.Kind = cmp.Or(r.source.Kind, report.Kind)
		if r.run.Error == "" && report.Kind != "page" {
			r.run.Named = report.Named
		}
	}
	earlier, err := store.Runs(ctx, r.source.ID, comparedRuns)
	if err != nil {
		return err
	}
	r.source = source.After(r.source, r.run, earlier, more)
	r.run.Warning = r.source.Warning
	return errors.Join(store.PutRun(ctx, r.run), store.PutSource(ctx, r.source))
}

// write says how the run went.
func (p *program) writeRun(r *sourceRun) error {
	if p.asJSON {
		return json.NewEncoder(p.stdout).Encode(struct {
			Source  string `json:"source"`
			New     int    `json:"new"`
			Changed int    `json:"changed"`
			Failed  int    `json:"failed"`
			Named   int    `json:"named"`
			Error   string `json:"error,omitempty"`
			Warning string `json:"warning,omitempty"`
			Next    string `json:"next_run,omitempty"`
		}{r.source.ID, r.run.New, r.run.Changed, r.run.Failed, max(r.run.Named, 0), r.run.Error, r.run.Warning, when(r.source.NextRun)})
	}
	fmt.Fprintf(p.stderr, "%s: %d new, %d changed, %d failed\n", r.source.ID, r.run.New, r.run.Changed, r.run.Failed)
	if r.run.Error != "" {
		fmt.Fprintf(p.stderr, "  error: %s\n", r.run.Error)
	}
	if r.run.Warning != "" {
		fmt.Fprintf(p.stderr, "  look at it: %s\n", r.run.Warning)
	}
	return nil
}

// when is a time for people and scripts, or "".
func when(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02T15:04Z")
}

// runSources runs the standing sources that choose picks, and says how it went.
func (p *program) runSources(ctx context.Context, flags crawlFlags, choose func([]corpus.Source) ([]corpus.Source, error)) error {
	folder, sources, err := p.standing(ctx)
	if err != nil {
		return err
	}
	if sources, err = choose(sources); err != nil {
		return err
	}
	if len(sources) == 0 {
		if !p.asJSON {
			fmt.Fprintln(p.stderr, "no source is due")
		}
		return nil
	}
	w, summary, err := p.takeSources(ctx, folder, flags, sources)
	if err != nil && ctx.Err() == nil {
		return err
	}
	failed := summary.Failed > 0
	for _, s := range sources {
		r := w.runs[s.ID]
		failed = failed || r.run.Error != ""
		if werr := p.writeRun(r); werr != nil {
			return werr
		}
	}
	switch {
	case err != nil:
		return err
	case failed:
		return someFailed
	}
	return nil
}

// takeSources takes in what sources give.
func (p *program) takeSources(ctx context.Context, folder string, flags crawlFlags, sources []corpus.Source) (w *crawling, summary ingest.Summary, err error) {
	if w, err = p.crawling(flags); err != nil {
		return nil, summary, err
	}
	defer func() { err = errors.Join(err, w.close()) }()
	decoder := ingest.NewDecoder(decoderOptions(ingest.Limits{}, nil, "tesseract"))
	defer decoder.Close()
	e := &ingest.Expander{Fetcher: w.fetcher, Ends: true}
	summary, err = p.takeIn(ctx, folder, decoder, w, p.sourceRuns(ctx, sources, w, e), 0, 0)
	return w, summary, err
}

// standing reads the standing sources.
func (p *program) standing(ctx context.Context) (folder string, sources []corpus.Source, err error) {
	if folder, err = p.dataFolder(); err != nil {
		return "", nil, err
	}
	store, err := sqlite.OpenReadOnly(ctx, folder)
	if err != nil {
		return "", nil, explain(err, folder)
	}
	defer store.Close()
	sources, err = store.Sources(ctx)
	return folder, sources, err
}

// due picks the sources that are due.
func due(sources []corpus.Source) ([]corpus.Source, error) {
	now := time.Now()
	return slices.DeleteFunc(sources, func(s corpus.Source) bool { return !s.Due(now) }), nil
}

// lookAround is how often a server looks for sources that are due.
const lookAround = 30 * time.Second

// runWhenDue runs standing sources as they get due, until ctx ends. What goes
// wrong is said, and tried again: a server does not end of it.
func (p *program) runWhenDue(ctx context.Context, flags crawlFlags) error {
	quiet := *p // the summary of each run goes to stderr, where a server's words go
	quiet.asJSON = false
	tick := time.NewTicker(lookAround)
	defer tick.Stop()
	for {
		if err := quiet.runDue(ctx, flags); err != nil && ctx.Err() == nil {
			fmt.Fprintln(p.stderr, "ingest:", err)
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return nil
		}
	}
}

// runDue runs the sources that are due, if any. Where another process writes
// to the folder now, the next time is as good.
func (p *program) runDue(ctx context.Context, flags crawlFlags) error {
	_, sources, err := p.standing(ctx)
	if err != nil {
		return err
	}
	if sources, _ = due(sources); len(sources) == 0 {
		return nil
	}
	err = p.runSources(ctx, flags, due)
	if errors.Is(err, corpus.ErrLocked) || errors.Is(err, someFailed) {
		return nil // what failed was said
	}
	return err
}
