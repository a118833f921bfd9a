package main

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"vocero/cmd/internal/api"
	"vocero/cmd/internal/export"
)

// batch is a list of names or queries to ask, one after another.
type batch struct {
	match  string // how an entry is asked, see matches
	column string // the name or number of the column that holds the entries
	within string // a query that all hits must answer too
	counts bool   // only how many hits each has
	size   int    // hits shown of each
}

// matches make a query of an entry.
var matches = map[string]func(string) string{
	"phrase": quote,
	"words":  func(s string) string { return eachWord(s, quote) },
	"fuzzy":  func(s string) string { return eachWord(s, func(w string) string { return w + "~" }) },
	"person": func(s string) string { return "person:" + quote(s) },
	"org":    func(s string) string { return "org:" + quote(s) },
	"query":  func(s string) string { return s },
}

// quote is s as a phrase.
func quote(s string) string { return `"` + strings.ReplaceAll(s, `"`, " ") + `"` }

func eachWord(s string, as func(string) string) string {
	words := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" \t,;:()\"~*", r) })
	for i, w := range words {
		words[i] = as(w)
	}
	return strings.Join(words, " ")
}

func (p *program) batchCommand() *cobra.Command {
	b := batch{}
	c := &cobra.Command{
		Use:   "batch FILE.csv|-",
		Short: "Ask a list of names or queries, and make a table of what is found",
		Long: `Reads a list, an entry a line or in a column of a CSV table, asks one after
another, and prints a CSV table: a row for each hit with its sentence, and one for
each entry without. An entry that cannot be asked has its error in the table, and
the others go on. With --json each entry is an object on a line.

--match says how an entry is asked: as the phrase that it is, as words in any
order, fuzzy (a letter or two may differ), as a person or an organization that was
found in the text, or as a query of its own.`,
		Example: "  vocero batch names.csv > hits.csv\n  vocero batch people.csv --column Nombre --match person --within 'published:2024' --counts\n" +
			"  printf 'trata\\nminería ilegal\\n' | vocero batch -",
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if matches[b.match] == nil {
				return fmt.Errorf("--match %q: phrase, words, fuzzy, person, org or query", b.match)
			}
			in, err := p.open(args[0])
			if err != nil {
				return err
			}
			defer in.Close()
			return p.batch(c.Context(), in, b)
		},
	}
	flags := c.Flags()
	flags.StringVar(&b.match, "match", "phrase", "phrase, words, fuzzy, person, org or query")
	flags.StringVar(&b.column, "column", "", "`name` or number of the column with the entries (default: the first)")
	flags.StringVar(&b.within, "within", "", "a `query` that all hits must answer too")
	flags.BoolVar(&b.counts, "counts", false, "a row for each entry, with how many releases it is in")
	flags.IntVarP(&b.size, "size", "n", 10, "hits of each entry")
	completeWith(c, "match", oneOf(slices.Sorted(maps.Keys(matches))...))
	completeWith(c, "within", p.completeAlone)
	return p.paging(c)
}

// batchAnswer is what became of one entry.
type batchAnswer struct {
	Entry string    `json:"entry"`
	Query string    `json:"query"`
	Total int       `json:"total"`
	Hits  []api.Hit `json:"hits,omitempty"`
	Error string    `json:"error,omitempty"`
}

func (p *program) batch(ctx context.Context, in io.Reader, b batch) error {
	s, folder, err := p.asking(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	w := bufio.NewWriter(p.stdout)
	out := p.batchWriter(w, b)
	some, failed := false, 0
	err = eachEntry(in, b.column, func(entry string) error {
		a, err := b.ask(ctx, s, entry)
		if err := ctx.Err(); err != nil {
			return err
		}
		if err != nil {
			failed++
			a.Error = explain(err, folder).Error()
		}
		some = some || a.Total > 0
		return out(a)
	})
	if err := errors.Join(err, w.Flush()); err != nil {
		return err
	}
	switch {
	case failed > 0:
		fmt.Fprintf(p.stderr, "vocero: %d entries could not be asked; the table says why\n", failed)
		return someFailed
	case !some:
		return noHit
	}
	return nil
}

func (b batch) ask(ctx context.Context, s api.Searcher, entry string) (batchAnswer, error) {
	a := batchAnswer{Entry: entry, Query: matches[b.match](entry)}
	text := a.Query
	if b.within != "" {
		text = "(" + text + ") (" + b.within + ")"
	}
	r := api.Request{Query: text, Size: b.size, Snippets: 1}
	if b.counts {
		r.Size = 0
	}
	page, err := s.Search(ctx, r)
	if err != nil {
		return a, err
	}
	a.Query, a.Total, a.Hits = page.Query, page.Total, page.Hits
	return a, nil
}

// eachEntry calls do with each entry of a list that is not empty. A first line
// that names the column is none.
func eachEntry(in io.Reader, column string, do func(string) error) error {
	rows := csv.NewReader(bufio.NewReader(in))
	rows.FieldsPerRecord, rows.LazyQuotes, rows.TrimLeadingSpace = -1, true, true
	at := 0
	if n, err := strconv.Atoi(column); err == nil && n > 0 {
		at, column = n-1, ""
	}
	for line := 1; ; line++ {
		row, err := rows.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read the list: %w", err)
		}
		if line == 1 {
			row[0] = strings.TrimPrefix(row[0], "\ufeff")
			if column != "" {
				if at = slices.IndexFunc(row, func(s string) bool { return strings.EqualFold(strings.TrimSpace(s), column) }); at < 0 {
					return fmt.Errorf("the list has no column %q; there are: %s", column, strings.Join(row, ", "))
				}
				continue
			}
		}
		if at >= len(row) {
			continue
		}
		if entry := strings.TrimSpace(row[at]); entry != "" {
			if err := do(entry); err != nil {
				return err
			}
		}
	}
}

// batchWriter writes answers: JSON lines, or CSV.
func (p *program) batchWriter(w io.Writer, b batch) func(batchAnswer) error {
	if p.asJSON {
		out := json.NewEncoder(w)
		return func(a batchAnswer) error { return out.Encode(a) }
	}
	out := csv.NewWriter(w)
	head := []string{"entry", "total", "id", "published", "publisher", "title", "url", "sentence", "error"}
	if b.counts {
		head = []string{"entry", "total", "query", "error"}
	}
	begun := false
	row := func(cells ...string) {
		for i := range cells {
			cells[i] = export.Harmless(cells[i])
		}
		_ = out.Write(cells) // Error, below, has it
	}
	return func(a batchAnswer) error {
		if !begun {
			begun = true
			row(head...)
		}
		total := strconv.Itoa(a.Total)
		switch {
		case b.counts:
			row(a.Entry, total, a.Query, a.Error)
		case len(a.Hits) == 0:
			row(a.Entry, total, "", "", "", "", "", "", a.Error)
		}
		for _, h := range a.Hits {
			sentence := ""
			if len(h.Snippets) > 0 {
				sentence = strings.Join(strings.Fields(h.Snippets[0].Text), " ")
			}
			row(a.Entry, total, h.ID, h.Published, h.Publisher, h.Title, h.URL, sentence, "")
		}
		out.Flush()
		return out.Error()
	}
}
