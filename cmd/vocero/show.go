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
	"vocero/corpus"
	"vocero/extract/wire"
)

func (p *program) showCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "show ID...",
		Short: "Show releases with everything found in them",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			for _, id := range args {
				if err := p.show(c.Context(), id); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

func (p *program) show(ctx context.Context, id string) error {
	folder, err := p.dataFolder()
	if err != nil {
		return err
	}
	d, err := api.Get(ctx, folder, id)
	if errors.Is(err, corpus.ErrNotFound) {
		fmt.Fprintf(p.stderr, "vocero: no release has the id %s\n", id)
		return noHit
	}
	if err != nil {
		return explain(err, folder)
	}
	if p.asJSON {
		return json.NewEncoder(p.stdout).Encode(d)
	}
	w := bufio.NewWriter(p.stdout)
	colours, width := p.palette(), p.width()
	for _, line := range []string{d.ID, d.Publisher, d.URL} {
		if line != "" {
			fmt.Fprintln(w, colours.faint(line))
		}
	}
	if d.Parent != "" {
		fmt.Fprintln(w, colours.faint("attached to "+d.Parent))
	}
	fmt.Fprintln(w)
	a := wire.Annotated{Text: d.Text, Mentions: d.Mentions, Entities: d.Entities, Facts: d.Facts}
	writeAnnotated(w, a, colours, width)
	return w.Flush()
}

// writeAnnotated shows a text with its marks, and what they mean under it.
func writeAnnotated(w io.Writer, a wire.Annotated, colours palette, width int) {
	fmt.Fprintln(w, wrap(strings.TrimSpace(marked(a.Text, a.Mentions, colours)), width))
	if l := legend(colours); l != "" {
		fmt.Fprintf(w, "\n%s\n", l)
	}
	section(w, colours, "Who holds which role", len(a.Facts), func() {
		for _, f := range a.Facts {
			fmt.Fprintln(w, "  "+factLine(f, colours))
		}
	})
	values(w, a.Mentions, colours, "Amounts", corpus.Money, corpus.Percent)
	values(w, a.Mentions, colours, "Dates", corpus.DateKind)
}

func section(w io.Writer, colours palette, title string, n int, body func()) {
	if n > 0 {
		fmt.Fprintf(w, "\n%s\n", colours.strong(title))
		body()
	}
}

func factLine(f wire.Fact, colours palette) string {
	s := colours.kind(corpus.Person, f.Holder) + " – " + colours.kind(corpus.RoleKind, f.Role)
	if f.Org != "" && !strings.Contains(f.Role, f.Org) {
		s += ", " + colours.kind(corpus.Organization, f.Org)
	}
	if f.Status != "" {
		s += " (" + string(f.Status) + ")"
	}
	if f.When != "" {
		s += " " + colours.kind(corpus.DateKind, f.When)
	}
	return s
}

// values lists the mentions of some kinds with what they are worth.
func values(w io.Writer, mentions []wire.Mention, colours palette, title string, kinds ...corpus.Kind) {
	var lines []string
	for _, m := range mentions {
		for _, k := range kinds {
			if m.Kind == k {
				lines = append(lines, valueLine(m, colours))
			}
		}
	}
	section(w, colours, title, len(lines), func() {
		for _, l := range lines {
			fmt.Fprintln(w, "  "+l)
		}
	})
}

func valueLine(m wire.Mention, colours palette) string {
	value := m.Value
	if m.Kind == corpus.Percent {
		value += " %"
	}
	if m.Mod != "" {
		value += " (" + string(m.Mod) + ")"
	}
	return m.Text + " = " + colours.kind(m.Kind, value)
}
