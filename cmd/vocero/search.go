package main

import (
	"bufio"
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

const queryHelp = `
  trata "crimen organizado"        words in any inflection, phrases
  obra AND NOT (puente OR camino)  operators, brackets, -word
  person:Kenna org:OIT place:Lima  names; also role: publisher: country: lang: title:
  amount>=1M USD   percent>30      sums and percentages in the text
  date:2020..2022  published:2021  days named in the text; day of publication
  fact(person:Kenna role:embajadora)   who holds which role: one statement
  near(person:Kenna amount>1M)         in one sentence`

func (p *program) searchCommand() *cobra.Command {
	request := api.Request{Snippets: 2}
	var sort, facets string
	c := &cobra.Command{
		Use:     "search QUERY...",
		Short:   "Search the releases",
		Long:    "Searches the releases. Words beside one another must all be there.\n" + queryHelp,
		Example: "  vocero search 'trata org:USAID amount>=1M date:2020..2022'\n  vocero search --facets person,org 'fact(role:ministra)'",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) (err error) {
			request.Query = strings.Join(args, " ")
			if request.Sort, err = api.ParseSort(sort); err != nil {
				return err
			}
			if request.Facets, err = api.ParseFacets(facets); err != nil {
				return err
			}
			return p.search(c.Context(), request)
		},
	}
	flags := c.Flags()
	flags.IntVarP(&request.Size, "size", "n", 10, "hits to show")
	flags.StringVar(&request.After, "after", "", "go on after this: what the page before printed as its next")
	flags.StringVar(&sort, "sort", "relevance", "relevance, newest or oldest")
	flags.StringVar(&facets, "facets", "", "count the hits by these, with commas between, or all")
	flags.IntVar(&request.Snippets, "snippets", 2, "sentences to show of each hit")
	return c
}

func (p *program) facetsCommand() *cobra.Command {
	request := api.Request{FacetSize: 20}
	var facets string
	c := &cobra.Command{
		Use:     "facets [QUERY...]",
		Short:   "Count the releases by who, what, where and when",
		Example: "  vocero facets --of person,role 'org:Minsa'",
		RunE: func(c *cobra.Command, args []string) (err error) {
			request.Query = "*"
			if len(args) > 0 {
				request.Query = strings.Join(args, " ")
			}
			if request.Facets, err = api.ParseFacets(facets); err != nil {
				return err
			}
			return p.search(c.Context(), request)
		},
	}
	c.Flags().StringVar(&facets, "of", "person,org,place,role,publisher,year", "what to count by, with commas between, or all")
	c.Flags().IntVarP(&request.FacetSize, "size", "n", 20, "values of each")
	return c
}

func (p *program) search(ctx context.Context, r api.Request) error {
	s, folder, err := p.asking(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	page, err := s.Search(ctx, r)
	if err != nil {
		return explainQuery(err, r.Query, folder)
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
	fmt.Fprintln(w, colours.faint(found(page.Total)+" for "+page.Query))
	for _, f := range page.Facets {
		writeFacet(w, f, colours, width)
	}
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
	title := h.Title
	if title == "" {
		title = h.ID
	}
	fmt.Fprintln(w, wrap(colours.strong(title), width))
	var about []string
	for _, s := range []string{h.ID, h.Published, h.Publisher, h.Country} {
		if s != "" {
			about = append(about, s)
		}
	}
	fmt.Fprintln(w, colours.faint(strings.Join(about, " · ")))
	for _, s := range h.Snippets {
		fmt.Fprintln(w, indent(wrap(highlighted(s, colours), width-4), "    "))
	}
}

// highlighted is a snippet on one line with what answers the query marked: in
// colour, or between asterisks where there is none.
func highlighted(s api.Snippet, colours palette) string {
	runes := []rune(s.Text)
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

func writeFacet(w io.Writer, f api.Facet, colours palette, width int) {
	if len(f.Values) == 0 {
		return
	}
	var parts []string
	for _, v := range f.Values {
		parts = append(parts, fmt.Sprintf("%s %s", v.Value, colours.faint(fmt.Sprint(v.Count))))
	}
	if f.More > 0 {
		parts = append(parts, colours.faint(fmt.Sprintf("and %d more", f.More)))
	}
	const label = 11
	lines := wrap(strings.Join(parts, " · "), width-label)
	lines = strings.ReplaceAll(lines, "\n", "\n"+strings.Repeat(" ", label))
	fmt.Fprintf(w, "%s%s%s\n", colours.strong(f.Name), strings.Repeat(" ", max(label-len(f.Name), 1)), lines)
}
