package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strconv"

	"github.com/spf13/cobra"

	"vocero/cmd/internal/api"
	"vocero/index"
)

func (p *program) timelineCommand() *cobra.Command {
	var a asked
	by := ""
	c := &cobra.Command{
		Use:   "timeline [QUERY...]",
		Short: "Show when the hits were published, as bars",
		Long: `Counts the hits of a query, or all releases, by month or year of publication, or
by the years that their texts name. Without --by it is months, or years where
the months would be more than 48. A long gap is shown as such.`,
		Example: `  vocero timeline 'trata "crimen organizado"'
  vocero timeline --by year person:Kenna
  vocero timeline --by date 'amount>=1M USD'
  vocero timeline --json --by month lang:es | jq -r '.facets[0].values[] | [.value, .count] | @csv'`,
		ValidArgsFunction: p.completeQuery,
		RunE: func(c *cobra.Command, args []string) error {
			r, err := a.read(args)
			if err != nil {
				return err
			}
			return p.timeline(c.Context(), r, by)
		},
	}
	a.flags(p, c)
	c.Flags().StringVar(&by, "by", "", "year or month of publication, or date: the years that the texts name")
	completeWith(c, "by", oneOf("year", "month", "date"))
	return p.paging(c)
}

// manyMonths is where a timeline goes by years instead.
const manyMonths = 48

func (p *program) timeline(ctx context.Context, r api.Request, by string) error {
	names := []index.FacetName{index.Months, index.Years}
	switch name := index.FacetName(by); name {
	case "":
	case index.Months, index.Years, index.TextYears:
		names = []index.FacetName{name}
	default:
		return fmt.Errorf("--by %q: year, month or date", by)
	}
	for _, name := range names {
		r.Facets = append(r.Facets, index.FacetRequest{Name: name, Order: index.ByValue})
	}
	page, err := p.page(ctx, r)
	if err != nil {
		return err
	}
	if by == "" && len(page.Facets[0].Values) > manyMonths {
		page.Facets = page.Facets[1:]
	}
	page.Facets = page.Facets[:1]
	if p.asJSON {
		err = json.NewEncoder(p.stdout).Encode(page)
	} else {
		w := bufio.NewWriter(p.stdout)
		writeTimeline(w, page, p.palette(), p.width())
		err = w.Flush()
	}
	if err == nil && page.Total == 0 {
		return noHit
	}
	return err
}

func writeTimeline(w io.Writer, page api.Page, colours palette, width int) {
	facet := page.Facets[0]
	most, dated := 0, 0
	for _, v := range facet.Values {
		most = max(most, v.Count)
		dated += v.Count
	}
	values := facet.Values
	label, number := len("2021"), len(strconv.Itoa(most))
	switch index.FacetName(facet.Name) {
	case index.Months:
		label = len("2021-05")
	case index.TextYears:
		values = everyYear(values)
	}
	for _, v := range withoutGaps(values) {
		if v.Value == "" {
			fmt.Fprintln(w, colours.faint(fmt.Sprintf("%*s", label/2+1, "⋮")))
			continue
		}
		if v.Count == 0 {
			fmt.Fprintln(w, colours.faint(v.Value))
			continue
		}
		share := float64(v.Count) / float64(most)
		fmt.Fprintf(w, "%s %s %d\n", fitted(v.Value, label), colours.paint(colours.first, barOf(share, width-label-number-2)), v.Count)
	}
	total := found(page.Total) + " for " + printable(page.Query)
	if n := page.Total - dated; n > 0 && facet.Name != string(index.TextYears) {
		total += fmt.Sprintf("; %d without a day of publication", n)
	}
	if len(facet.Values) > 0 {
		fmt.Fprintln(w)
	}
	fmt.Fprintln(w, wrap(colours.faint(total), width))
}

// withoutGaps is a histogram with one nameless value in the place of more than
// three months or years in a row that have no hit.
func withoutGaps(values []api.Count) []api.Count {
	const few = 3
	var out []api.Count
	zeros := 0
	for _, v := range values {
		if v.Count > 0 && zeros > few {
			out = append(out[:len(out)-zeros], api.Count{})
		}
		out = append(out, v)
		if zeros++; v.Count > 0 {
			zeros = 0
		}
	}
	return out
}

// everyYear puts the years between those of a histogram in.
func everyYear(values []api.Count) []api.Count {
	var out []api.Count
	last := 0
	for _, v := range values {
		year, err := strconv.Atoi(v.Value)
		for err == nil && last > 0 && last+1 < year {
			last++
			out = append(out, api.Count{Value: fmt.Sprintf("%04d", last)})
		}
		out = append(out, v)
		last = year
	}
	return out
}
