package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"vocero/cmd/internal/api"
)

func (p *program) compareCommand() *cobra.Command {
	a := asked{request: api.Request{FacetSize: 10}}
	facets := ""
	c := &cobra.Command{
		Use:   "compare A B",
		Short: "Show what two queries find, side by side",
		Long: `Counts the hits of two queries by the values of facets, beside one another, with
the share that each value has of all hits of its query. All counts are exact.

Facets: ` + facetNames() + `.`,
		Example: `  vocero compare org:Minsa 'org:"Ministerio del Ambiente"'
  vocero compare --of role,currency published:2021 published:2022
  vocero compare --only lang:es 'person:Kenna' 'person:Quinn'`,
		Args:              cobra.ExactArgs(2),
		ValidArgsFunction: p.completeAlone,
		RunE: func(c *cobra.Command, args []string) error {
			r, err := a.read(args)
			if err != nil {
				return err
			}
			counted, err := api.ParseFacets(facets)
			if err != nil {
				return err
			}
			request := api.CompareRequest{A: args[0], B: args[1], Choices: r.Choices, Size: r.FacetSize}
			for _, f := range counted {
				request.Facets = append(request.Facets, f.Name)
			}
			return p.compare(c.Context(), request)
		},
	}
	a.flags(p, c)
	c.Flags().StringVar(&facets, "of", "person,org,place,role,year", "what to count by, with commas between, or all")
	c.Flags().IntVarP(&a.request.FacetSize, "size", "n", 10, "values of each; -1 is all")
	completeWith(c, "of", completeFacets)
	return p.paging(c)
}

func (p *program) compare(ctx context.Context, r api.CompareRequest) error {
	s, folder, err := p.asking(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	found, err := api.Compare(ctx, s, r)
	if err != nil {
		if bad, ok := errors.AsType[*api.BadSide](err); ok {
			return explainQuery(bad, bad.Query, folder)
		}
		return explain(err, folder)
	}
	if p.asJSON {
		err = json.NewEncoder(p.stdout).Encode(found)
	} else {
		w := bufio.NewWriter(p.stdout)
		writeComparison(w, found, p.palette(), p.width())
		err = w.Flush()
	}
	if err == nil && found.A.Total == 0 && found.B.Total == 0 {
		return noHit
	}
	return err
}

func writeComparison(w io.Writer, c api.Comparison, colours palette, width int) {
	for _, side := range []struct{ name, text string }{
		{colours.paint(colours.first, "A"), found(c.A.Total) + " for " + c.A.Query},
		{colours.paint(colours.second, "B"), found(c.B.Total) + " for " + c.B.Query},
		{" ", found(c.Both) + " in both"},
	} {
		fmt.Fprintf(w, "%s  %s\n", side.name, wrap(printable(side.text), width-3))
	}
	label := 0
	for _, f := range c.Facets {
		label = max(label, columns(f.Name))
		for _, v := range f.Values {
			label = max(label, columns(printable(v.Value)))
		}
	}
	for _, f := range c.Facets {
		if len(f.Values) > 0 {
			fmt.Fprintln(w)
			writeCompared(w, f, c, colours, min(label, width*2/5), width)
		}
	}
}

// writeCompared writes a table: a value, and for each query how many hits have
// it, which share that is of its hits, and the share as a bar.
func writeCompared(w io.Writer, f api.ComparedFacet, c api.Comparison, colours palette, label, width int) {
	const number, percent, gap = 6, 6, 2
	most := 0.0
	for _, v := range f.Values {
		most = max(most, share(v.A, c.A.Total), share(v.B, c.B.Total))
	}
	bars := max((width-label)/2-number-percent-gap, 2)
	fmt.Fprintf(w, "%s%*s%*s\n", colours.strong(fitted(f.Name, label)), number, "A", percent+gap+bars+number, "B")
	for _, v := range f.Values {
		fmt.Fprint(w, fitted(printable(v.Value), label))
		a, b := share(v.A, c.A.Total), share(v.B, c.B.Total)
		fmt.Fprintf(w, "%*d%*s ", number, v.A, percent, percentOf(a))
		left := barOf(a/most, bars)
		fmt.Fprint(w, colours.paint(colours.first, left))
		fmt.Fprintf(w, "%*d%*s", bars-columns(left)+gap-1+number, v.B, percent, percentOf(b))
		if right := barOf(b/most, bars); right != "" {
			fmt.Fprint(w, " "+colours.paint(colours.second, right))
		}
		fmt.Fprintln(w)
	}
}

func share(n, of int) float64 { return float64(n) / float64(max(of, 1)) }

// percentOf is a share in whole percent; what is not nothing says so.
func percentOf(share float64) string {
	switch {
	case share == 0:
		return "–"
	case share < 0.005:
		return "<1 %"
	}
	return fmt.Sprintf("%.0f %%", share*100)
}
