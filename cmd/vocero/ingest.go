package main

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"runtime/debug"

	"github.com/spf13/cobra"

	"vocero/corpus"
	"vocero/extract"
	"vocero/extract/text"
	"vocero/index"
	"vocero/ingest"
	"vocero/ingest/crawl"
	"vocero/ingest/crawl/fetch"
)

// memoryLimit is what an ingest asks the runtime to stay below, so that a
// batch job leaves the machine to others.
const memoryLimit = 400 << 20

func (p *program) ingestCommand() *cobra.Command {
	var defaults corpus.Given
	var workers int
	var private bool
	c := &cobra.Command{
		Use:   "ingest PATH|URL|-...",
		Short: "Take releases in: store, annotate and index them",
		Long: `Takes in releases from folders, files and addresses, finds what is in them,
and makes them searchable. What was taken in before is passed over; what has
changed becomes a new version. "-" reads JSON lines from standard input:

  {"id","url","title","text","lang","published","country","publisher"}

of which only text must be there. Text files may have such a JSON, without
the text, beside them (release.txt, release.json).`,
		Example: "  vocero ingest releases/\n  zcat releases.jsonl.gz | vocero ingest -",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			fetcher := crawl.NewFetcher(fetch.Options{AllowPrivate: private, UserAgent: "vocero/" + version()})
			defer fetcher.Close()
			return p.ingest(c.Context(), args, fetcher, defaults, workers)
		},
	}
	c.Flags().StringVar(&defaults.Publisher, "publisher", "", "publisher of releases that do not say theirs")
	c.Flags().StringVar(&defaults.Country, "country", "", "`code` of the country of releases that do not say theirs")
	c.Flags().StringVar(&defaults.Lang, "lang", "", "`code` of the language of releases that do not say theirs")
	c.Flags().IntVar(&workers, "workers", 0, "releases worked on at once (default: one a processor)")
	c.Flags().BoolVar(&private, "allow-private", false, "fetch from addresses of private networks and of this machine too")
	return c
}

func (p *program) ingest(ctx context.Context, args []string, fetcher *crawl.Fetcher, defaults corpus.Given, workers int) error {
	folder, err := p.dataFolder()
	if err != nil {
		return err
	}
	source, total, err := p.sources(ctx, args, fetcher)
	if err != nil {
		return err
	}
	summary, err := p.takeIn(ctx, folder, withDefaults(source, defaults), total, workers)
	if err != nil && ctx.Err() == nil {
		return err
	}
	if werr := p.writeSummary(summary); werr != nil {
		return werr
	}
	if err != nil {
		return err
	}
	if summary.Failed > 0 {
		return someFailed
	}
	return nil
}

// takeIn carries what source yields through decoding and annotation into the
// store and the index of folder.
func (p *program) takeIn(ctx context.Context, folder string, source iter.Seq2[corpus.Raw, error], total, workers int) (ingest.Summary, error) {
	debug.SetMemoryLimit(memoryLimit)
	extractor, err := extract.New()
	if err != nil {
		return ingest.Summary{}, err
	}
	store, err := p.writing(ctx, folder)
	if err != nil {
		return ingest.Summary{}, err
	}
	defer store.Close()
	ix, err := p.liveIndex(ctx, folder, store)
	if err != nil {
		return ingest.Summary{}, err
	}
	defer ix.Close()
	bar := newBar(p.stderr)
	defer bar.end()
	return ingest.Run(ctx, ingest.Config{
		Store:      store,
		Decode:     decode,
		Annotate:   extractor.Annotate,
		AfterBatch: func(ctx context.Context) error { return index.Sync(ctx, store, ix) },
		Workers:    workers,
		Total:      total,
		Progress:   bar.show,
	}, source)
}

// decode makes a document of raw bytes and settles its language, which ingest
// leaves open where nobody said it.
func decode(ctx context.Context, raw corpus.Raw) (corpus.Document, error) {
	doc, err := ingest.Decode(ctx, raw)
	if err == nil && doc.Lang == "" {
		doc.Lang = text.Language(doc.Text)
	}
	return doc, err
}

// sources chains the inputs that args name, and adds up how many there are, or
// 0 where one of them cannot be counted.
func (p *program) sources(ctx context.Context, args []string, fetcher *crawl.Fetcher) (iter.Seq2[corpus.Raw, error], int, error) {
	var all []iter.Seq2[corpus.Raw, error]
	sum, counted := 0, true
	for _, arg := range args {
		source, total, err := ingest.Open(ctx, arg, ingest.Options{Stdin: p.stdin, Fetcher: fetcher})
		if err != nil {
			return nil, 0, fmt.Errorf("open %s: %w", arg, err)
		}
		all = append(all, source)
		sum += total
		counted = counted && total > 0
	}
	if !counted {
		sum = 0
	}
	return func(yield func(corpus.Raw, error) bool) {
		for _, source := range all {
			for raw, err := range source {
				if !yield(raw, err) {
					return
				}
			}
		}
	}, sum, nil
}

// withDefaults fills in what the releases do not say of themselves.
func withDefaults(source iter.Seq2[corpus.Raw, error], d corpus.Given) iter.Seq2[corpus.Raw, error] {
	return func(yield func(corpus.Raw, error) bool) {
		for raw, err := range source {
			raw.Given.Publisher = cmp.Or(raw.Given.Publisher, d.Publisher)
			raw.Given.Country = cmp.Or(raw.Given.Country, d.Country)
			raw.Given.Lang = cmp.Or(raw.Given.Lang, d.Lang)
			if !yield(raw, err) {
				return
			}
		}
	}
}
