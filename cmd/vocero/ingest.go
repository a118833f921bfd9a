package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"vocero/corpus"
	"vocero/extract/text"
	"vocero/ingest"
	"vocero/ingest/fields"
)

// memoryLimit is what an ingest asks the runtime to stay below, so that a
// batch job leaves the machine to others.
const memoryLimit = 400 << 20

func (p *program) ingestCommand() *cobra.Command {
	var defaults corpus.Given
	var workers int
	var web crawlFlags
	var all bool
	var limits ingest.Limits
	var columns, tesseract string
	c := &cobra.Command{
		Use:   "ingest PATH|URL|-...",
		Short: "Take releases in: store, annotate and index them",
		Long: `Takes in releases from folders, files and addresses, finds what is in them,
and makes them searchable. An address may be that of a release, a feed, a sitemap
or a section of a newsroom: what it lists is found by its feed or sitemap, else by
following its pages, and a crawl that was ended goes on. What was taken in before is passed over; what has
changed becomes a new version. Each file is known by its content: text, HTML, PDF,
DOCX, DOC, ODT, RTF, EPUB, mail, Markdown, JSON, tables and archives of all these. "-"
reads standard input, such as JSON lines:

  {"id","url","title","text","lang","published","country","publisher"}

of which only text must be there. Any file may have such a JSON, without the
text, beside it (release.pdf, release.json). What columns of tables and fields of
JSON mean is guessed from their names in four languages; --map says it.`,
		Example: "  vocero ingest releases/\n  vocero ingest https://ministry.example/noticias\n  vocero ingest --all\n  vocero ingest mail.mbox archive.zip notas.xlsx --map title=Titular,text=Bajada+Cuerpo\n" +
			"  zcat releases.jsonl.gz | vocero ingest -",
		Args: func(_ *cobra.Command, args []string) error {
			if all != (len(args) == 0) {
				return errors.New("say what to take in: folders, files, addresses, - or --all for the standing sources that are due")
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) (err error) {
			if all {
				return p.runSources(c.Context(), web, due)
			}
			crawling, err := p.crawling(web)
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, crawling.close()) }()
			m, err := fields.Parse(columns)
			if err != nil {
				return err
			}
			decoder := ingest.NewDecoder(decoderOptions(limits, m, tesseract))
			defer decoder.Close()
			expander := &ingest.Expander{Limits: limits, Fields: m, Fetcher: crawling.fetcher, Crawl: crawling.open, Ends: true}
			return p.ingest(c.Context(), args, crawling, expander, decoder, defaults, workers)
		},
	}
	c.Flags().StringVar(&defaults.Publisher, "publisher", "", "publisher of releases that do not say theirs")
	c.Flags().StringVar(&defaults.Country, "country", "", "`code` of the country of releases that do not say theirs")
	c.Flags().StringVar(&defaults.Lang, "lang", "", "`code` of the language of releases that do not say theirs")
	c.Flags().BoolVar(&all, "all", false, "run the standing sources that are due (see vocero source)")
	c.Flags().IntVar(&workers, "workers", 0, "releases worked on at once (default: one a processor)")
	c.Flags().StringVar(&columns, "map", "", "columns or fields that hold the parts of a release: `PART=COLUMN,...`")
	c.Flags().StringVar(&tesseract, "tesseract", "tesseract", "`program` that reads scanned pages, where there is one")
	limitFlags(c.Flags(), &limits)
	web.add(c.Flags())
	return c
}

// limitFlags are the bounds of one input, for machines with more to spend and
// for sources that are trusted less.
func limitFlags(flags *pflag.FlagSet, l *ingest.Limits) {
	flags.IntVar(&l.Raw, "max-bytes", 0, "bytes of one release as it came (default 20 MB)")
	flags.IntVar(&l.Text, "max-text", 0, "bytes of text of one release (default 2 MB)")
	flags.IntVar(&l.Ratio, "max-ratio", 0, "bytes that unpack from each byte of an archive (default 100)")
	flags.IntVar(&l.Depth, "max-depth", 0, "archives within archives (default 10)")
	flags.IntVar(&l.Entries, "max-entries", 0, "files in one archive or mail (default 1000)")
	flags.DurationVar(&l.Time, "max-time", 0, "time for one release (default 30s)")
	flags.IntVar(&l.Memory, "max-memory", 0, "bytes of memory for one PDF (default 256 MB)")
}

// decoderOptions adds to what the flags say what this machine has.
func decoderOptions(limits ingest.Limits, m fields.Map, tesseract string) ingest.DecoderOptions {
	o := ingest.DecoderOptions{Limits: limits, Fields: m}
	if cache, err := os.UserCacheDir(); err == nil {
		o.Cache = filepath.Join(cache, "vocero", "wasm")
	}
	if path, err := exec.LookPath(tesseract); err == nil {
		o.Tesseract = path
	}
	return o
}

func (p *program) ingest(ctx context.Context, args []string, w *crawling, e *ingest.Expander, d *ingest.Decoder, defaults corpus.Given, workers int) error {
	folder, err := p.dataFolder()
	if err != nil {
		return err
	}
	source, total, err := p.sources(ctx, args, e)
	if err != nil {
		return err
	}
	summary, err := p.takeIn(ctx, folder, d, w, withDefaults(source, defaults), total, workers)
	if err != nil && ctx.Err() == nil {
		return err
	}
	p.writeCrawls(w)
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
// store and the index of folder. Crawls among it keep their frontier in the store.
func (p *program) takeIn(ctx context.Context, folder string, d *ingest.Decoder, w *crawling, source iter.Seq2[corpus.Raw, error], total, workers int) (ingest.Summary, error) {
	debug.SetMemoryLimit(memoryLimit)
	extractor, err := p.extractor()
	if err != nil {
		return ingest.Summary{}, err
	}
	store, err := p.writing(ctx, folder)
	if err != nil {
		return ingest.Summary{}, err
	}
	defer store.Close()
	ix, err := p.indexing(ctx, folder, store)
	if err != nil {
		return ingest.Summary{}, err
	}
	defer ix.close()
	w.Frontier = store
	bar := newBar(p.stderr)
	defer bar.end()
	summary, err := ingest.Run(ctx, ingest.Config{
		Store: store,
		Decode: func(ctx context.Context, raw corpus.Raw) (corpus.Document, error) {
			return decode(ctx, d.Decode, raw)
		},
		Annotate:   extractor.Annotate,
		Means:      fmt.Sprintf("%s; extractor %s", d.Means(), extractor.Version()),
		AfterBatch: ix.sync,
		Stored:     w.stored,
		Workers:    workers,
		Timeout:    d.Limits().Time,
		Total:      total,
		Progress:   bar.show,
	}, source)
	return summary, errors.Join(err, w.finish(ctx, store, err == nil))
}

// decode makes a document of raw bytes and settles its language, which ingest
// leaves open where nobody said it.
func decode(ctx context.Context, with decodeFunc, raw corpus.Raw) (corpus.Document, error) {
	doc, err := with(ctx, raw)
	if err == nil && doc.Lang == "" {
		doc.Lang = text.Language(doc.Text)
	}
	return doc, err
}

// sources chains the inputs that args name, and adds up how many there are, or
// 0 where one of them cannot be counted.
func (p *program) sources(ctx context.Context, args []string, e *ingest.Expander) (iter.Seq2[corpus.Raw, error], int, error) {
	var all []iter.Seq2[corpus.Raw, error]
	sum, counted := 0, true
	for _, arg := range args {
		source, total, err := e.Open(ctx, arg, p.stdin)
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

// withDefaults says what is true of releases that do not say it of themselves.
func withDefaults(source iter.Seq2[corpus.Raw, error], d corpus.Given) iter.Seq2[corpus.Raw, error] {
	return func(yield func(corpus.Raw, error) bool) {
		for raw, err := range source {
			raw.Default = d
			if !yield(raw, err) {
				return
			}
		}
	}
}

type decodeFunc = func(context.Context, corpus.Raw) (corpus.Document, error)
