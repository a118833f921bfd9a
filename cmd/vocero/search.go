package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"vocero/cmd/internal/api"
	"vocero/index/query"
)

// sorts are the orders in which hits can come.
var sorts = [...]string{"relevance", "newest", "oldest", "largest", "smallest"}

const queryHelp = `
  trata "crimen organizado"        words in any inflection, phrases
  obra AND NOT (puente OR camino)  operators, brackets, -word
  person:Kenna org:OIT place:Lima  names; also role: publisher: country: lang: title:
  amount>=1M USD   percent>30      sums and percentages in the text
  date:2020..2022  published:2021  days named in the text; day of publication
  fact(person:Kenna role:embajadora)   who holds which role: one statement
  near(person:Kenna amount>1M)         in one sentence`

func (p *program) searchCommand() *cobra.Command {
	a := asked{request: api.Request{Snippets: 2}}
	var sort, facets string
	var all, ids, null bool
	c := &cobra.Command{
		Use:   "search QUERY...",
		Short: "Search the releases",
		Long:  "Searches the releases. Words beside one another must all be there.\n" + queryHelp,
		Example: `  vocero search 'trata org:USAID amount>=1M date:2020..2022'
  vocero search --facets person,org:significant 'fact(role:ministra)'
  vocero search --sort largest 'amount>=1M USD'
  vocero search --all --json lang:pt > hits.jsonl
  vocero search -0 'org:Minsa' | xargs -0 -n 1 vocero show`,
		Args:              cobra.MinimumNArgs(1),
		ValidArgsFunction: p.completeQuery,
		RunE: func(c *cobra.Command, args []string) (err error) {
			r, err := a.read(args)
			if err != nil {
				return err
			}
			if r.Sort, err = api.ParseSort(sort); err != nil {
				return err
			}
			if r.Facets, err = api.ParseFacets(facets); err != nil {
				return err
			}
			switch {
			case null:
				return p.listIDs(c.Context(), r, !c.Flags().Changed("size"), "\x00")
			case ids:
				return p.listIDs(c.Context(), r, !c.Flags().Changed("size"), "\n")
			case all:
				return p.searchAll(c.Context(), r)
			}
			return p.search(c.Context(), r)
		},
	}
	a.flags(p, c)
	flags := c.Flags()
	flags.IntVarP(&a.request.Size, "size", "n", 10, "hits to show")
	flags.BoolVar(&all, "all", false, "show every hit, however many; with --json one a line")
	flags.BoolVar(&ids, "ids", false, "print the IDs of all hits, one a line, or of --size many")
	flags.BoolVarP(&null, "null", "0", false, "as --ids, each ended by a zero byte, as xargs -0 reads them")
	flags.BoolVar(&a.request.Literal, "literal", false, "without the names that acronyms stand for")
	flags.StringVar(&a.request.After, "after", "", "go on after this: what the page before printed as its next")
	flags.StringVar(&sort, "sort", "relevance", "relevance, newest, oldest, largest or smallest (by amount)")
	flags.StringVar(&a.request.Unit, "unit", "", "currency of the amounts to sort by (default: that of the query)")
	flags.StringVar(&facets, "facets", "", "count the hits by these, with commas between, or all")
	flags.IntVar(&a.request.Snippets, "snippets", 2, "sentences to show of each hit")
	completeWith(c, "sort", oneOf(sorts[:]...))
	completeWith(c, "facets", completeFacets)
	c.MarkFlagsMutuallyExclusive("all", "after")
	c.MarkFlagsMutuallyExclusive("all", "size")
	c.MarkFlagsMutuallyExclusive("all", "facets")
	return p.paging(c)
}

// asked is what verbs that search have in common: a query, and the values that
// hits must have or must not.
type asked struct {
	request   api.Request
	only, not []string
}

func (a *asked) flags(p *program, c *cobra.Command) {
	c.Flags().StringArrayVar(&a.only, "only", nil, "only hits with this `facet:value`, as in org:Minsa; more of one facet are alternatives")
	c.Flags().StringArrayVar(&a.not, "not", nil, "no hits with this `facet:value`")
	c.Flags().BoolVar(&a.request.AllCopies, "all-copies", false, "take each copy of a release for itself, not one for all")
	completeWith(c, "only", p.completeChoice)
	completeWith(c, "not", p.completeChoice)
}

// read makes the request: the arguments are the query, and none asks for
// everything.
func (a *asked) read(args []string) (api.Request, error) {
	r := a.request
	r.Query = strings.Join(args, " ")
	if len(args) == 0 {
		r.Query = "*"
	}
	var err error
	r.Choices, err = api.ParseChoices(a.only, a.not)
	return r, err
}

func (p *program) search(ctx context.Context, r api.Request) error {
	page, err := p.page(ctx, r)
	if err != nil {
		return err
	}
	if p.asJSON {
		err = json.NewEncoder(p.stdout).Encode(page)
	} else {
		err = p.writePage(page, r)
	}
	if err == nil && page.Total == 0 {
		return noHit
	}
	return err
}

// page answers one request.
func (p *program) page(ctx context.Context, r api.Request) (api.Page, error) {
	s, folder, err := p.asking(ctx)
	if err != nil {
		return api.Page{}, err
	}
	defer s.Close()
	page, err := s.Search(ctx, r)
	if err != nil {
		return api.Page{}, explainQuery(err, r.Query, folder)
	}
	return page, nil
}

// searchAll writes every hit as it comes.
func (p *program) searchAll(ctx context.Context, r api.Request) error {
	w := bufio.NewWriter(p.stdout)
	colours, width := p.palette(), p.width()
	lines := json.NewEncoder(w)
	n, err := p.eachHit(ctx, r, func(n int, h api.Hit) error {
		if p.asJSON {
			return lines.Encode(h)
		}
		if n > 0 {
			fmt.Fprintln(w)
		}
		writeHit(w, h, colours, width)
		return nil
	})
	if err == nil && !p.asJSON {
		if n > 0 {
			fmt.Fprintln(w)
		}
		fmt.Fprintln(w, colours.faint(found(n)+" for "+printable(r.Query)))
	}
	if flushErr := w.Flush(); err == nil {
		err = flushErr
	}
	if err == nil && n == 0 {
		return noHit
	}
	return err
}

// listIDs writes the IDs of hits, each ended by end: of all, or of one page.
func (p *program) listIDs(ctx context.Context, r api.Request, all bool, end string) error {
	r.Snippets = 0
	w := bufio.NewWriter(p.stdout)
	n := 0
	var err error
	if all {
		r.Bare = true
		n, err = p.eachHit(ctx, r, func(_ int, h api.Hit) error {
			_, err := w.WriteString(h.ID + end)
			return err
		})
	} else {
		var page api.Page
		page, err = p.page(ctx, r)
		for _, h := range page.Hits {
			w.WriteString(h.ID + end) // Flush gives its error
		}
		n = page.Total
	}
	if flushErr := w.Flush(); err == nil {
		err = flushErr
	}
	if err == nil && n == 0 {
		return noHit
	}
	return err
}

// eachHit calls do with every hit of r, which n others came before, and returns
// how many there were.
func (p *program) eachHit(ctx context.Context, r api.Request, do func(n int, h api.Hit) error) (int, error) {
	s, folder, err := p.asking(ctx)
	if err != nil {
		return 0, err
	}
	defer s.Close()
	n := 0
	for h, err := range s.All(ctx, r) {
		if err != nil {
			return n, explainQuery(err, r.Query, folder)
		}
		if err := do(n, h); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// explainQuery says what a person can do about an error of a search.
func explainQuery(err error, text, folder string) error {
	if bad, ok := errors.AsType[*query.Error](err); ok {
		return fmt.Errorf("the query cannot be read:\n%s", pointAt(text, bad))
	}
	return explain(err, folder)
}

// pointAt shows the query with a mark under the column of its error.
func pointAt(text string, e *query.Error) string {
	s := "  " + text + "\n  " + strings.Repeat(" ", max(e.Column-1, 0)) + "^ " + e.Message
	if e.Suggestion != "" {
		s += "\n  " + e.Suggestion
	}
	return s
}

func (p *program) writePage(page api.Page, r api.Request) error {
	w := bufio.NewWriter(p.stdout)
	colours, width := p.palette(), p.width()
	for i, h := range page.Hits {
		if i > 0 {
			fmt.Fprintln(w)
		}
		writeHit(w, h, colours, width)
	}
	if len(page.Hits) > 0 {
		fmt.Fprintln(w)
	}
	fmt.Fprintln(w, colours.faint(found(page.Total)+" for "+printable(page.Query)))
	for _, e := range page.Expanded {
		fmt.Fprintln(w, colours.faint(printable(e.Part+" also as "+strings.Join(e.To, ", ")+" (--literal leaves it out)")))
	}
	if page.DidYouMean != "" {
		fmt.Fprintln(w, "did you mean "+printable(page.DidYouMean)+"?")
	}
	writeFacets(w, page.Facets, colours, width)
	if page.Next != "" && len(page.Hits) > 0 && len(page.Hits) < page.Total && r.Size > 0 {
		fmt.Fprintln(w, colours.faint("more: --after "+page.Next))
	}
	return w.Flush()
}

func found(n int) string {
	if n == 1 {
		return "1 release"
	}
	return fmt.Sprintf("%d releases", n)
}

func writeHit(w io.Writer, h api.Hit, colours palette, width int) {
	fmt.Fprintln(w, wrap(colours.strong(printable(cmp.Or(h.Title, h.ID))), width))
	fmt.Fprintln(w, wrap(colours.faint(printable(dotted(h.ID, h.Published, h.Publisher, h.Country))), width))
	if also := alsoPublished(h.Copies); also != "" {
		fmt.Fprintln(w, wrap(colours.faint(printable(also)), width))
	}
	for _, s := range h.Snippets {
		fmt.Fprintln(w, indent(wrap(highlighted(s, colours), width-4), "    "))
	}
}

// highlighted is a snippet on one line with what answers the query marked: in
// colour, or between asterisks where there is none.
func highlighted(s api.Snippet, colours palette) string {
	runes := []rune(printable(s.Text))
	var out strings.Builder
	at := 0
	for _, m := range s.Marks {
		out.WriteString(string(runes[at:m[0]]))
		match := string(runes[m[0]:m[1]])
		if colours.match == "" {
			match = "*" + match + "*"
		}
		out.WriteString(colours.paint(colours.match, match))
		at = m[1]
	}
	out.WriteString(string(runes[at:]))
	return strings.Join(strings.Fields(out.String()), " ")
}
