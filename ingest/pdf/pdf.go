// Package pdf takes the release out of a PDF: its paragraphs in the order in
// which a person reads them, columns one after another, words joined that were
// divided at the end of a line, and without what repeats on every page:
//
//	reader := pdf.NewReader(pdf.Options{})
//	defer reader.Close()
//	doc, err := reader.Parse(ctx, bytes)
//
// The file is read by PDFium, compiled to WebAssembly: it sees no files and no
// network, has a bound of memory, ends with its context, and each document has
// an instance of its own, which is thrown away after it.
package pdf

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"sync"

	"github.com/klippa-app/go-pdfium"
	pdferrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"

	"vocero/corpus"
)

// Options says how a Reader works. The zero value is good, but for a Cache.
type Options struct {
	// Cache is a folder in which the compiled engine is kept, so that the next
	// program need not compile it: it takes some seconds. "": it is not kept.
	Cache string

	Memory    int    // bytes that one document may take; 0: 256 MB
	Pages     int    // that are read of one document; 0: 2,000
	Text      int    // bytes of text after which reading ends, for no more is taken; 0: 2 MB
	Tesseract string // the program that reads scanned pages; "": they are a failure
}

// Document is a release as its file gives it. Fields that it does not give are
// empty.
type Document struct {
	Head      []Block // what stands on the first page above its text, and what is set larger below
	Named     string  // the title in the file's properties, which often is that of another
	Published string  // when the file was made, in ISO 8601
	Text      string  // paragraphs with an empty line between; rows of tables on lines of their own, cells with a tab between
	Pages     int
	Scanned   bool // the text was read from pictures
}

// Reader reads PDFs. It starts its engine with the first, and may be used by
// many goroutines at once.
type Reader struct {
	o    Options
	mu   sync.Mutex
	pool pdfium.Pool // nil until the first document
}

// NewReader returns a Reader, to be closed after use.
func NewReader(o Options) *Reader {
	if o.Memory == 0 {
		o.Memory = 256 << 20
	}
	if o.Pages == 0 {
		o.Pages = 2000
	}
	if o.Text == 0 {
		o.Text = 2 << 20
	}
	return &Reader{o: o}
}

// Close ends the engine.
func (r *Reader) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.pool == nil {
		return nil
	}
	err := r.pool.Close()
	r.pool = nil
	return err
}

// Parse reads a document. The error is a [corpus.Failure], or that of ctx.
func (r *Reader) Parse(ctx context.Context, b []byte) (Document, error) {
	pool, err := r.started()
	if err != nil {
		return Document{}, fmt.Errorf("start the PDF engine: %w", err)
	}
	instance, err := pool.GetInstanceWithContext(ctx)
	if err != nil {
		return Document{}, because(ctx, fmt.Errorf("start the PDF engine: %w", err))
	}
	killed := make(chan struct{})
	alive := context.AfterFunc(ctx, func() {
		defer close(killed)
		_ = instance.Kill()
	})
	doc, err := r.parse(ctx, instance, b)
	if alive() {
		_ = instance.Close() // what a document leaves behind goes with its instance
	} else {
		<-killed
	}
	if err != nil {
		return Document{}, because(ctx, err)
	}
	return doc, nil
}

// because is why a document could not be read: the context's end, where that
// was it.
func because(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	if _, ok := errors.AsType[*corpus.Failure](err); ok {
		return err
	}
	return malformed("PDF: %v", err)
}

// started returns the engine, which the first call compiles.
func (r *Reader) started() (pdfium.Pool, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.pool != nil {
		return r.pool, nil
	}
	const page = 64 << 10
	config := wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(uint32(max(r.o.Memory/page, 512))). // below that the engine does not start
		WithCloseOnContextDone(true)
	if r.o.Cache != "" {
		if cache, err := wazero.NewCompilationCacheWithDir(r.o.Cache); err == nil { // without it, it only takes longer
			config = config.WithCompilationCache(cache)
		}
	}
	pool, err := webassembly.Init(webassembly.Config{
		Context:  experimental.WithCompilationWorkers(context.Background(), runtime.GOMAXPROCS(0)),
		MaxTotal: 2 * runtime.GOMAXPROCS(0), RuntimeConfig: config,
		FSConfig: wazero.NewFSConfig(), Stdout: io.Discard, Stderr: io.Discard,
	})
	if err != nil {
		return nil, err
	}
	r.pool = pool
	return pool, nil
}

// parse reads the pages in one instance of the engine.
func (r *Reader) parse(ctx context.Context, in pdfium.Pdfium, b []byte) (Document, error) {
	opened, err := in.OpenDocument(&requests.OpenDocument{File: &b})
	switch {
	case errors.Is(err, pdferrors.ErrPassword):
		return Document{}, &corpus.Failure{Reason: corpus.Refused, Detail: "the document is encrypted"}
	case err != nil:
		return Document{}, err
	}
	count, err := in.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: opened.Document})
	if err != nil {
		return Document{}, err
	}
	if count.PageCount == 0 {
		return Document{}, malformed("PDF: it has no pages")
	}
	if count.PageCount > r.o.Pages {
		return Document{}, &corpus.Failure{Reason: corpus.TooLarge, Detail: fmt.Sprintf("%d pages; at most %d are taken", count.PageCount, r.o.Pages)}
	}
	doc := Document{Pages: count.PageCount}
	var pages []page
	for i, size := 0, 0; i < count.PageCount && size <= r.o.Text; i++ {
		p, err := readPage(in, opened.Document, i)
		if err != nil {
			return Document{}, fmt.Errorf("page %d: %w", i+1, err)
		}
		pages = append(pages, p)
		size += len(p.glyphs)
	}
	doc.Named, doc.Published = properties(in, opened.Document)
	if scanned(pages) {
		doc.Scanned = true
		doc.Text, err = r.recognized(ctx, in, opened.Document, count.PageCount)
		return doc, err
	}
	doc.Head, doc.Text = compose(pages)
	return doc, nil
}

// least is the number of letters on a page below which it is taken for a picture.
const least = 25

// scanned says whether the pages hold pictures of text: next to no letters.
func scanned(pages []page) bool {
	letters := 0
	for _, p := range pages {
		for _, g := range p.glyphs {
			if g.r > ' ' {
				letters++
			}
		}
	}
	return letters < least*len(pages)
}

// properties reads what the file says of itself.
func properties(in pdfium.Pdfium, d references.FPDF_DOCUMENT) (title, made string) {
	get := func(tag string) string {
		v, err := in.FPDF_GetMetaText(&requests.FPDF_GetMetaText{Document: d, Tag: tag})
		if err != nil {
			return ""
		}
		return v.Value
	}
	return saneTitle(get("Title")), saneDate(get("CreationDate"))
}

func malformed(format string, args ...any) error {
	return &corpus.Failure{Reason: corpus.Malformed, Detail: fmt.Sprintf(format, args...)}
}
