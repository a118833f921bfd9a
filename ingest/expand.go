package ingest

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"runtime/debug"
	"slices"
	"strings"

	"vocero/corpus"
	"vocero/ingest/archive"
	"vocero/ingest/charset"
	"vocero/ingest/crawl"
	"vocero/ingest/crawl/fetch"
	"vocero/ingest/fields"
	"vocero/ingest/file"
	"vocero/ingest/table"
	"vocero/ingest/warc"
)

// Expander opens inputs that hold many releases: each becomes a Raw of its own
// with a path that says where it lies, so that it is known again:
//
//	x.zip!press/a.pdf        a file of an archive, and x.zip!y.tar.gz!b.html
//	x.jsonl#12, x.csv#12     a line or row, and x.xlsx#Sheet1!12, x.ods#Sheet1!12
//	x.mbox#ID@host           a message, by its Message-ID
//	x.eml!informe.pdf        what is attached to one; its Parent is the message's document
//
// Parts that are stored already are passed over by Run like any other input, so
// that an archive goes on where an earlier run was cut off.
type Expander struct {
	Limits  Limits
	Fields  fields.Map                                                                      // what tables and JSON call the parts of a release
	Fetcher *fetch.Fetcher                                                                  // for what feeds announce; nil: feeds are failures
	Ends    bool                                                                            // yield also, with the error ErrEnd, each input that was opened to its end
	Crawl   func(ctx context.Context, address string) (iter.Seq2[corpus.Raw, error], error) // for addresses; nil: they are errors
}

// Expand yields what source yields, with inputs that hold many opened.
func (e *Expander) Expand(ctx context.Context, source iter.Seq2[corpus.Raw, error]) iter.Seq2[corpus.Raw, error] {
	return func(yield func(corpus.Raw, error) bool) {
		for raw, err := range source {
			if err != nil {
				if !yield(raw, err) {
					return
				}
				continue
			}
			content := raw.Bytes
			raw.Bytes = nil
			if !e.opening(ctx, yield).whole(raw, bytes.NewReader(content)) {
				return
			}
		}
	}
}

// Parts yields the releases that content holds, of which raw says what is known
// beside it: it is what a [file.Loader] needs.
func (e *Expander) Parts(ctx context.Context) func(corpus.Raw, io.Reader) iter.Seq2[corpus.Raw, error] {
	return func(raw corpus.Raw, content io.Reader) iter.Seq2[corpus.Raw, error] {
		return func(yield func(corpus.Raw, error) bool) {
			e.opening(ctx, yield).whole(raw, content)
		}
	}
}

// opening is one input being opened. Its methods return false when no more is
// asked for.
type opening struct {
	e       *Expander
	ctx     context.Context
	limits  Limits
	entries int   // of archives, those within them included
	bytes   int64 // of all that was yielded
	next    func(corpus.Raw, error) bool
	outside bool // within next: a panic is not ours
	cut     bool // not all of it was read
}

func (e *Expander) opening(ctx context.Context, yield func(corpus.Raw, error) bool) *opening {
	return &opening{e: e, ctx: ctx, limits: e.Limits.withDefaults(), next: yield}
}

func (o *opening) yield(raw corpus.Raw, err error) bool {
	o.bytes += int64(len(raw.Bytes))
	o.outside = true
	goOn := o.next(raw, err)
	o.outside = false
	return goOn
}

// whole opens raw and says when that went to its end.
func (o *opening) whole(raw corpus.Raw, content io.Reader) bool {
	goOn := o.guarded(raw, content)
	if !goOn || o.cut || !o.e.Ends || o.ctx.Err() != nil {
		return goOn
	}
	raw.Bytes = nil
	return o.yield(raw, ErrEnd)
}

// guarded opens raw. A panic of one of the readers is a failure of this input.
func (o *opening) guarded(raw corpus.Raw, content io.Reader) (goOn bool) {
	defer func() {
		if o.outside {
			return
		}
		if p := recover(); p != nil {
			o.cut = true
			goOn = o.yield(raw, &corpus.Failure{Reason: corpus.Failed, Detail: fmt.Sprintf("panic: %v%s", p, panicPlace(debug.Stack()))})
		}
	}()
	return o.open(raw, content, 0)
}

// open yields raw with content's bytes or, where they hold many releases, those.
func (o *opening) open(raw corpus.Raw, content io.Reader, depth int) bool {
	if o.ctx.Err() != nil {
		return false
	}
	buffered := bufio.NewReaderSize(content, tableHead)
	head, err := buffered.Peek(2 * sniffed)
	if err != nil && err != io.EOF && len(head) == 0 {
		return o.fail(raw, err)
	}
	format := Sniff(head)
	if depth >= o.limits.Depth && slices.Contains(holders, format) {
		return o.fail(raw, tooLarge("archives within archives", depth+1, o.limits.Depth))
	}
	if bytes.HasPrefix(head, []byte("\xef\xbb\xbf")) && (format == JSON || format == JSONLines) {
		_, _ = buffered.Discard(3) // they were peeked
	}
	switch format {
	case JSONLines:
		return o.lines(raw, buffered)
	case Packed:
		return o.packed(raw, buffered, head, depth)
	case ZIP, TAR, XLSX, ODS:
		return o.archived(raw, content, buffered, format, depth)
	case WARC:
		return o.warc(raw, buffered, depth)
	case Feed:
		return o.feed(raw, buffered)
	case JSON:
		return o.json(raw, buffered)
	case Mail:
		return o.mail(raw, buffered, depth)
	case Mailbox:
		return o.mailbox(raw, buffered, depth)
	case Text:
		head, _ = buffered.Peek(tableHead)
		_, known := table.Delimiter(head, o.e.Fields.KnowsText)
		if name := strings.ToLower(raw.Path); known || strings.HasSuffix(name, ".csv") || strings.HasSuffix(name, ".tsv") {
			return o.rows(raw, table.CSV(buffered, o.e.Fields.KnowsText, o.limits.Raw))
		}
	}
	return o.yield(file.Whole(raw, buffered, int64(o.limits.Raw)))
}

// tableHead is how much of a text is looked at for a table's row of names.
const tableHead = 8 << 10

// holders are the formats that hold files, which may be of these formats again.
var holders = []Format{ZIP, TAR, WARC, Packed, Mail, Mailbox}

// fail yields why what raw holds cannot be read, or not to its end.
func (o *opening) fail(raw corpus.Raw, err error) bool {
	o.cut = true
	return o.failPart(raw, err)
}

// failPart yields why a part cannot be read; what lies beside it can.
func (o *opening) failPart(raw corpus.Raw, err error) bool {
	if _, ok := errors.AsType[*corpus.Failure](err); !ok {
		err = &corpus.Failure{Reason: corpus.Unreadable, Detail: err.Error()}
	}
	return o.yield(raw, err)
}

// within makes the Raw of a part of raw, which inherits what is true of both.
func within(raw corpus.Raw, mark, name string) corpus.Raw {
	part := raw
	part.Path = cmp.Or(raw.Path, raw.URL) + mark + name
	part.Given = corpus.Given{Lang: raw.Given.Lang, Country: raw.Given.Country, Publisher: raw.Given.Publisher}
	part.URL, part.ContentType, part.Bytes = "", "", nil
	return part
}

// lines yields the objects of JSON lines.
func (o *opening) lines(raw corpus.Raw, r io.Reader) bool {
	for line, err := range file.Lines(r, cmp.Or(raw.Path, raw.URL), raw.Via, o.e.Fields.Identity) {
		line.Source, line.Parent = raw.Source, raw.Parent
		line.Given = merge(line.Given, within(raw, "", "").Given)
		o.cut = o.cut || err != nil // an error ends the lines
		if !o.yield(line, err) || o.ctx.Err() != nil {
			return false
		}
	}
	return true
}

// json yields one release, the objects of a list of them or, where the first
// line is a whole object and more follow, those of the lines.
func (o *opening) json(raw corpus.Raw, r *bufio.Reader) bool {
	name := strings.TrimSuffix(strings.ToLower(raw.Path), ".gz")
	named := name == "-" || strings.HasSuffix(name, ".jsonl") || strings.HasSuffix(name, ".ndjson")
	first, err := file.FirstLine(r, o.limits.Raw)
	if err != nil {
		return o.fail(raw, err)
	}
	rest := io.MultiReader(bytes.NewReader(first), r)
	next, _ := r.Peek(sniffed)
	follows := len(bytes.TrimSpace(next)) > 0
	whole := json.Valid(first) && first[0] == '{'
	if whole && (named || follows) || named && len(bytes.TrimSpace(first)) > 1 {
		return o.lines(raw, rest)
	}
	return o.value(raw, rest)
}

// value yields the release in one JSON value, or those in a list.
func (o *opening) value(raw corpus.Raw, r io.Reader) bool {
	whole, err := file.Whole(raw, r, int64(o.limits.Raw))
	if err != nil {
		return o.yield(whole, err)
	}
	text := []byte(charset.Decode(whole.Bytes, ""))
	objects := o.e.Fields.Objects(text)
	if objects == nil {
		id := o.e.Fields.Identity(text)
		whole.Given.ID, whole.Given.URL = cmp.Or(whole.Given.ID, id.ID), cmp.Or(whole.Given.URL, id.URL)
		return o.yield(whole, nil)
	}
	for i, object := range objects {
		id, number := o.identity(object)
		if number = "id:" + number; number == "id:" {
			number = fmt.Sprint(i + 1)
		}
		part := within(raw, "#", number)
		part.Bytes, part.ContentType = object, "application/json"
		part.Given = merge(id, part.Given)
		if !o.yield(part, nil) {
			return false
		}
	}
	return true
}

// packed opens one compressed stream. What it holds keeps the stream's path.
func (o *opening) packed(raw corpus.Raw, r io.Reader, head []byte, depth int) bool {
	c := archive.Bzip2
	for _, other := range []archive.Compression{archive.Gzip, archive.XZ, archive.Zstd} {
		if bytes.HasPrefix(head, []byte(other)) {
			c = other
		}
	}
	content, err := archive.Unpack(r, c, o.limits.archive())
	if err != nil {
		return o.fail(raw, err)
	}
	defer content.Close()
	raw.ContentType = ""
	return o.open(raw, content, depth+1)
}

// archived opens what holds files, or documents that are ZIP archives.
func (o *opening) archived(raw corpus.Raw, content, buffered io.Reader, format Format, depth int) bool {
	at, size, ok := archive.At(content)
	if !ok {
		var done func()
		var err error
		if at, size, done, err = archive.Spool(buffered, o.limits.archive()); err != nil {
			return o.fail(raw, err)
		}
		defer done()
	}
	all := io.NewSectionReader(at, 0, size)
	var folder *archive.Folder
	var err error
	if format == TAR {
		folder, err = archive.Tar(at, size, o.limits.archive())
	} else {
		kind := sniffZIP(at, size)
		if kind == XLSX || kind == ODS {
			if folder, err = archive.Zip(at, size, o.limits.document()); folder == nil {
				return o.fail(raw, err)
			}
			read := table.XLSX
			if kind == ODS {
				read = table.ODS
			}
			return o.rows(raw, read(folder, o.e.Fields.KnowsText, o.limits.Raw))
		}
		if kind != ZIP {
			return o.yield(file.Whole(raw, all, int64(o.limits.Raw)))
		}
		folder, err = archive.Zip(at, size, o.limits.archive())
	}
	if folder != nil && !o.folder(raw, folder, depth) {
		return false
	}
	if err != nil {
		return o.fail(raw, err)
	}
	return true
}

// folder yields the releases in an archive's files, as those of a folder on disk.
func (o *opening) folder(raw corpus.Raw, folder *archive.Folder, depth int) bool {
	goOn, enough := true, error(nil)
	unpacked := o.limits.archive().WithDefaults().Unpacked
	loader := file.Loader{Folder: folder, Known: known, Parts: func(part corpus.Raw, content io.Reader) iter.Seq2[corpus.Raw, error] {
		return func(stop func(corpus.Raw, error) bool) {
			inner := within(raw, "!", part.Path)
			if o.entries++; o.entries > o.limits.Entries {
				enough = tooLarge("files in it and in the archives within", o.entries, o.limits.Entries)
			} else if o.bytes > unpacked {
				enough = tooLarge("bytes in it and in the archives within", int(o.bytes), int(unpacked))
			}
			if enough != nil {
				stop(corpus.Raw{}, nil)
				return
			}
			inner.Given, inner.URL = merge(part.Given, inner.Given), part.URL
			if goOn = o.open(inner, content, depth+1); !goOn {
				stop(corpus.Raw{}, nil)
			}
		}
	}}
	source, _ := loader.Tree()
	for part, err := range source { // the files that could not be opened
		if enough != nil {
			return o.fail(raw, enough)
		}
		if !goOn || !o.failPart(within(raw, "!", part.Path), err) {
			return false
		}
	}
	return goOn
}

// warc yields the documents of a web archive, under the addresses at which they
// were had.
func (o *opening) warc(raw corpus.Raw, r io.Reader, depth int) bool {
	given := within(raw, "", "").Given
	for part, err := range warc.Releases(r, cmp.Or(raw.Path, raw.URL), int64(o.limits.Raw)) {
		part.Source, part.Given = raw.Source, given
		content := part.Bytes
		part.Bytes = nil
		if err != nil && !o.fail(part, err) || err == nil && !o.open(part, bytes.NewReader(content), depth+1) {
			return false
		}
	}
	return true
}

// feed yields what a feed announces.
func (o *opening) feed(raw corpus.Raw, r io.Reader) bool {
	whole, err := file.Whole(raw, r, int64(o.limits.Raw))
	if err != nil {
		return o.yield(whole, err)
	}
	if o.e.Fetcher == nil {
		return o.fail(whole, &corpus.Failure{Reason: corpus.Unsupported, Detail: "a feed, and nothing to fetch its releases with"})
	}
	for release, err := range crawl.Entries(o.ctx, o.e.Fetcher, whole) {
		if !o.yield(release, err) {
			return false
		}
	}
	return true
}

// known says whether bytes begin a format that holds releases and that no text
// is mistaken for: files without a telling name are taken by it.
func known(head []byte) bool {
	switch Sniff(head) {
	case PDF, DOCX, ODT, RTF, EPUB, Compound, Mail, Mailbox, XLSX, ODS, ZIP, TAR, WARC, Packed, HTML, JSONLines, Feed:
		return true
	}
	return false
}
