package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"vocero/cmd/internal/api"
	"vocero/index"
)

func (p *program) facetsCommand() *cobra.Command {
	a := asked{request: api.Request{FacetSize: 20}}
	var facets, prefix string
	c := &cobra.Command{
		Use:   "facets [QUERY...]",
		Short: "Count the releases by who, what, where and when",
		Long: `Counts all hits of a query, or all releases, by the values of facets. A facet may
carry the order of its values: person:significant has those first that are
typical of the hits against all releases, month:value is a histogram.

Facets: ` + facetNames() + `.`,
		Example: `  vocero facets --of person,role 'org:Minsa'
  vocero facets --of org:significant 'trata "crimen organizado"'
  vocero facets --of person --prefix Lu
  vocero facets --of publisher,lang --not lang:es 'amount>=1M USD'`,
		ValidArgsFunction: p.completeQuery,
		RunE: func(c *cobra.Command, args []string) error {
			r, err := a.read(args)
			if err != nil {
				return err
			}
			if r.Facets, err = api.ParseFacets(facets); err != nil {
				return err
			}
			for i := range r.Facets {
				r.Facets[i].Prefix = prefix
			}
			return p.search(c.Context(), r)
		},
	}
	a.flags(p, c)
	flags := c.Flags()
	flags.StringVar(&facets, "of", "person,org,place,role,publisher,year", "what to count by, with commas between, or all")
	flags.StringVar(&prefix, "prefix", "", "only values that begin with this, whatever case and accents")
	flags.IntVarP(&a.request.FacetSize, "size", "n", 20, "values of each; -1 is all")
	completeWith(c, "of", completeFacets)
	return p.paging(c)
}

// facetNames lists all facets.
func facetNames() string {
	names := make([]string, len(index.FacetNames))
	for i, name := range index.FacetNames {
		names[i] = string(name)
	}
	return strings.Join(names, ", ")
}

// writeFacets writes a paragraph for each facet that has values, its name before it.
func writeFacets(w io.Writer, facets []api.Facet, colours palette, width int) {
	label := len("publisher ") + 1
	for _, f := range facets {
		label = max(label, len(f.Name)+1)
	}
	for _, f := range facets {
		if len(f.Values) > 0 {
			fmt.Fprint(w, colours.strong(fitted(f.Name, label)))
			lines := wrap(facetLine(f, colours), width-label)
			fmt.Fprintln(w, strings.ReplaceAll(lines, "\n", "\n"+strings.Repeat(" ", label)))
		}
	}
}

func facetLine(f api.Facet, colours palette) string {
	var parts []string
	for _, v := range f.Values {
		value, count := printable(v.Value), fmt.Sprint(v.Count)
		if v.Chosen {
			value = colours.strong(value)
		}
		if v.Of > 0 {
			count += fmt.Sprintf(" of %d", v.Of)
		}
		parts = append(parts, value+" "+colours.faint(count))
	}
	if f.More > 0 {
		parts = append(parts, colours.faint(fmt.Sprintf("and %d more", f.More)))
	}
	return strings.Join(parts, " · ")
}
