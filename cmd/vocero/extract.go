package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"vocero/corpus"
	"vocero/extract"
	"vocero/extract/wire"
	"vocero/ingest"
)

// inputLimit bounds a line of extract.
const inputLimit = 20 << 20

func (p *program) extractCommand() *cobra.Command {
	var lines bool
	var given corpus.Given
	c := &cobra.Command{
		Use:   "extract [FILE|-...]",
		Short: "Find what is in a release and print it; store nothing",
		Long: `Annotates releases and prints what was found, without a data folder. A file may
be of every format that ingest takes; of one that holds many releases (a mailbox,
an archive, a table, JSON lines), and of a folder, each is done, under its name:
notas.zip!a.pdf, correo.mbox#ID@host. --json gives one JSON line for each:

  {"id","lang","text","mentions":[…],"entities":[…],"facts":[…]}

Offsets are Unicode code points, half-open, into the text of the same line. With
--jsonl the input is such lines, and its texts are taken as they are.`,
		Example: "  vocero extract release.txt\n  vocero extract --json mail.mbox | jq .facts\n  vocero extract --jsonl releases.jsonl > found.jsonl",
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				args = []string{"-"}
			}
			extractor, err := p.extractor()
			if err != nil {
				return err
			}
			return p.extractAll(c.Context(), extractor, args, lines, given)
		},
	}
	flags := c.Flags()
	p.modelFlag(flags)
	flags.BoolVar(&lines, "jsonl", false, "the input is JSON lines")
	flags.StringVar(&given.Published, "published", "", "day of publication, for files that do not say it (2021-05-17)")
	flags.StringVar(&given.Country, "country", "", "`code` of the country, for files that do not say it")
	flags.StringVar(&given.Lang, "lang", "", "`code` of the language, for files that do not say it")
	return p.paging(c)
}

func (p *program) extractAll(ctx context.Context, e *extract.Extractor, args []string, lines bool, given corpus.Given) error {
	decoder := ingest.NewDecoder(decoderOptions(ingest.Limits{}, nil, "tesseract"))
	defer decoder.Close()
	x := &extracting{program: p, extractor: e, decoder: decoder, given: given, several: len(args) > 1}
	failed := false
	for _, arg := range args {
		var err error
		if lines {
			err = p.extractJSONL(ctx, e, arg)
		} else {
			err = x.extract(ctx, arg)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			failed = true
			if !errors.Is(err, someFailed) {
				fmt.Fprintf(p.stderr, "vocero: %s: %v\n", arg, err)
			}
		}
	}
	if failed {
		return someFailed
	}
	return nil
}

// extracting is a run of extract over inputs of any format.
type extracting struct {
	*program
	extractor *extract.Extractor
	decoder   *ingest.Decoder
	given     corpus.Given
	several   bool // releases: each has its heading
	written   int
}

// extracted is a release with what was found in it, or why there is none.
type extracted struct {
	name  string // as the argument has it, with the place in it
	doc   corpus.Document
	found wire.Annotated
	err   error
}

// together is how many releases are worked on before they are written in their order.
const together = 16

// extract annotates every release in what arg names.
func (x *extracting) extract(ctx context.Context, arg string) error {
	source, _, err := (&ingest.Expander{}).Open(ctx, arg, x.stdin)
	if err != nil {
		return err
	}
	where := newNaming(arg)
	var batch []*extracted
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	failed := 0
	flush := func() error {
		if err := errors.Join(g.Wait(), ctx.Err()); err != nil {
			return err
		}
		for _, r := range batch {
			if r.err != nil {
				failed++
				fmt.Fprintf(x.stderr, "vocero: %s: %s\n", printable(r.name), printable(r.err.Error()))
			} else if err := x.write(r, r.name != arg); err != nil {
				return err
			}
		}
		batch = batch[:0]
		return nil
	}
	for raw, err := range source {
		r := &extracted{name: where.name(raw), err: err}
		batch = append(batch, r)
		if err == nil {
			g.Go(func() error {
				r.doc, r.found, r.err = x.annotate(ctx, raw, r.name != arg, r.name)
				return nil
			})
		}
		if len(batch) == together {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	if err := flush(); err != nil {
		return err
	}
	if failed > 0 {
		return someFailed
	}
	return nil
}

// annotate makes a document of raw and finds what is in it. A part of an input is
// known by its name where nothing else says which it is.
func (x *extracting) annotate(ctx context.Context, raw corpus.Raw, part bool, name string) (corpus.Document, wire.Annotated, error) {
	ctx, cancel := context.WithTimeout(ctx, x.decoder.Limits().Time)
	defer cancel()
	raw.Default = x.given
	doc, found, err := annotate(ctx, x.extractor, x.decoder.Decode, raw)
	if found.ID == "" && part {
		found.ID = name
	}
	return doc, found, err
}

func (x *extracting) write(r *extracted, part bool) error {
	if x.asJSON {
		return json.NewEncoder(x.stdout).Encode(r.found)
	}
	w := bufio.NewWriter(x.stdout)
	colours, width := x.palette(), x.width()
	if x.written++; x.written > 1 {
		fmt.Fprintf(w, "\n%s\n\n", colours.faint(strings.Repeat("─", width)))
	}
	if part || x.several {
		about := dotted(r.name, r.doc.Published.String(), r.doc.Publisher, r.doc.Country, r.doc.Lang)
		fmt.Fprintf(w, "%s\n\n", colours.faint(wrap(printable(about), width)))
	}
	writeAnnotated(w, r.found, colours, width)
	return w.Flush()
}

// naming calls releases by the argument that they are in: a loader gives them
// whole paths.
type naming struct{ arg, absolute string }

func newNaming(arg string) naming {
	absolute, err := filepath.Abs(arg)
	if err != nil || arg == "-" {
		return naming{arg, arg}
	}
	if real, err := filepath.EvalSymlinks(absolute); err == nil {
		if info, err := os.Stat(absolute); err == nil && !info.IsDir() { // a file's link is followed, a folder's not
			absolute = real
		}
	}
	return naming{arg, absolute}
}

func (n naming) name(raw corpus.Raw) string {
	rest, found := strings.CutPrefix(raw.Path, n.absolute)
	if !found {
		return cmp.Or(raw.Path, raw.URL)
	}
	if strings.HasSuffix(n.arg, string(filepath.Separator)) {
		rest = strings.TrimPrefix(rest, string(filepath.Separator))
	}
	return n.arg + rest
}

func (p *program) extractJSONL(ctx context.Context, e *extract.Extractor, arg string) error {
	in, err := p.open(arg)
	if err != nil {
		return err
	}
	defer in.Close()
	return p.extractLines(ctx, e, in)
}

func (p *program) open(arg string) (io.ReadCloser, error) {
	if arg == "-" {
		return io.NopCloser(p.stdin), nil
	}
	f, err := os.Open(arg)
	if err != nil {
		return nil, err // not f: a nil *os.File is no nil ReadCloser
	}
	return f, nil
}

// extractLines annotates JSON lines, many at once, and keeps their order. A
// line that fails is named on stderr and gives no line out.
func (p *program) extractLines(ctx context.Context, e *extract.Extractor, in io.Reader) error {
	scanner := bufio.NewScanner(in)
	scanner.Buffer(make([]byte, 64<<10), inputLimit)
	w := bufio.NewWriter(p.stdout)
	defer w.Flush()
	const atOnce = 64
	failed, at := 0, 0
	for more := true; more; {
		var lines [][]byte
		for len(lines) < atOnce {
			if more = scanner.Scan(); !more {
				break
			}
			lines = append(lines, append([]byte(nil), scanner.Bytes()...))
		}
		n, err := p.extractTogether(ctx, e, w, lines, at)
		if err != nil {
			return err
		}
		failed, at = failed+n, at+len(lines)
	}
	if err := scanner.Err(); err != nil {
		return fmt.Errorf("line %d: %w", at+1, err)
	}
	if failed > 0 {
		return someFailed
	}
	return nil
}

func (p *program) extractTogether(ctx context.Context, e *extract.Extractor, w io.Writer, lines [][]byte, at int) (failed int, err error) {
	found := make([]wire.Annotated, len(lines))
	faults := make([]error, len(lines))
	var g errgroup.Group
	g.SetLimit(4)
	for i, line := range lines {
		g.Go(func() error {
			found[i], faults[i] = annotateLine(ctx, e, line)
			return nil
		})
	}
	if err := errors.Join(g.Wait(), ctx.Err()); err != nil {
		return 0, err
	}
	out := json.NewEncoder(w)
	for i := range lines {
		if errors.Is(faults[i], errBlank) {
			continue
		}
		if faults[i] != nil {
			failed++
			fmt.Fprintf(p.stderr, "vocero: line %d: %v\n", at+i+1, faults[i])
			continue
		}
		if err := out.Encode(found[i]); err != nil {
			return failed, err
		}
	}
	return failed, nil
}

// errBlank is an empty line, which is no release and no fault.
var errBlank = errors.New("blank line")

func annotateLine(ctx context.Context, e *extract.Extractor, line []byte) (wire.Annotated, error) {
	if len(line) == 0 {
		return wire.Annotated{}, errBlank
	}
	l, err := wire.ParseLine(line)
	if err != nil {
		return wire.Annotated{}, err
	}
	_, found, err := annotate(ctx, e, ingest.Decode, l.Raw())
	return found, err
}

func annotate(ctx context.Context, e *extract.Extractor, with decodeFunc, raw corpus.Raw) (corpus.Document, wire.Annotated, error) {
	doc, err := decode(ctx, with, raw)
	if err != nil {
		return doc, wire.Annotated{}, err
	}
	found, err := e.Annotate(ctx, doc)
	if err != nil {
		return doc, wire.Annotated{}, err
	}
	a := wire.Encode(&doc, &found)
	a.ID = raw.Given.ID // nothing is stored, so no other id would lead anywhere
	return doc, a, nil
}
