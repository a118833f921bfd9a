package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"vocero/corpus"
	"vocero/extract"
	"vocero/extract/wire"
	"vocero/ingest"
)

// inputLimit bounds one input of extract, a line or a whole file.
const inputLimit = 20 << 20

func (p *program) extractCommand() *cobra.Command {
	var lines bool
	var given corpus.Given
	c := &cobra.Command{
		Use:   "extract [FILE|-...]",
		Short: "Find what is in a release and print it; store nothing",
		Long: `Annotates releases and prints what was found, without a data folder. A file is
one release (text, HTML, PDF, DOCX and others); with --jsonl it is JSON lines, and each line in
gives one JSON line out:

  {"id","lang","text","mentions":[…],"entities":[…],"facts":[…]}

Offsets are Unicode code points, half-open, into the text of the same line.`,
		Example: "  vocero extract release.txt\n  vocero extract --jsonl releases.jsonl > found.jsonl",
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
	return c
}

func (p *program) extractAll(ctx context.Context, e *extract.Extractor, args []string, lines bool, given corpus.Given) error {
	failed := false
	for _, arg := range args {
		in, err := p.open(arg)
		if err == nil && lines {
			err = p.extractLines(ctx, e, in)
		} else if err == nil {
			err = p.extractFile(ctx, e, in, given)
		}
		if in != nil {
			in.Close()
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

func (p *program) extractFile(ctx context.Context, e *extract.Extractor, in io.Reader, given corpus.Given) error {
	b, err := io.ReadAll(io.LimitReader(in, inputLimit+1))
	if err != nil {
		return err
	}
	decoder := ingest.NewDecoder(decoderOptions(ingest.Limits{}, nil, "tesseract"))
	defer decoder.Close()
	a, err := annotate(ctx, e, decoder.Decode, corpus.Raw{Bytes: b, Given: given})
	if err != nil {
		return err
	}
	if p.asJSON {
		return json.NewEncoder(p.stdout).Encode(a)
	}
	w := bufio.NewWriter(p.stdout)
	writeAnnotated(w, a, p.palette(), p.width())
	return w.Flush()
}

// extractLines annotates JSON lines, many at once, and keeps their order. A
// line that fails is named on stderr and gives no line out.
func (p *program) extractLines(ctx context.Context, e *extract.Extractor, in io.Reader) error {
	scanner := bufio.NewScanner(in)
	scanner.Buffer(make([]byte, 64<<10), inputLimit)
	w := bufio.NewWriter(p.stdout)
	defer w.Flush()
	const together = 64
	failed, at := 0, 0
	for more := true; more; {
		var lines [][]byte
		for len(lines) < together {
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
	return annotate(ctx, e, ingest.Decode, l.Raw())
}

func annotate(ctx context.Context, e *extract.Extractor, with decodeFunc, raw corpus.Raw) (wire.Annotated, error) {
	doc, err := decode(ctx, with, raw)
	if err != nil {
		return wire.Annotated{}, err
	}
	found, err := e.Annotate(ctx, doc)
	if err != nil {
		return wire.Annotated{}, err
	}
	a := wire.Encode(&doc, &found)
	a.ID = raw.Given.ID // nothing is stored, so no other id would lead anywhere
	return a, nil
}
