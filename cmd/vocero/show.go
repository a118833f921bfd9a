package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"vocero/cmd/internal/api"
	"vocero/corpus"
	"vocero/extract/wire"
)

func (p *program) showCommand() *cobra.Command {
	null := false
	c := &cobra.Command{
		Use:   "show ID...|-",
		Short: "Show releases with everything found in them",
		Long: `Shows releases by their IDs, with people, roles, organizations, places, amounts
and dates marked in the text, and under it who holds which role and what the
amounts and dates are worth. - reads the IDs from stdin, one a line.`,
		Example: `  vocero show es-pe-agua-1
  vocero show --json es-pe-agua-1 | jq .facts
  vocero search --ids --all 'fact(role:ministra)' | vocero show --json -`,
		Args:              cobra.MinimumNArgs(1),
		ValidArgsFunction: p.completeIDs,
		RunE: func(c *cobra.Command, args []string) error {
			separator := byte('\n')
			if null {
				separator = 0
			}
			ids, err := p.named(args, separator)
			if err != nil {
				return err
			}
			return p.show(c.Context(), ids)
		},
	}
	c.Flags().BoolVarP(&null, "null", "0", false, "the IDs on stdin end with a zero byte each, as search -0 gives them")
	return p.paging(c)
}

// named is what the arguments name: each itself, and for - what stdin holds,
// each ended by separator.
func (p *program) named(args []string, separator byte) ([]string, error) {
	var names []string
	for _, arg := range args {
		if arg != "-" {
			names = append(names, arg)
			continue
		}
		b, err := io.ReadAll(p.stdin)
		if err != nil {
			return nil, fmt.Errorf("read stdin: %w", err)
		}
		for name := range strings.SplitSeq(string(b), string(separator)) {
			if name = strings.TrimSuffix(name, "\r"); name != "" {
				names = append(names, name)
			}
		}
	}
	return names, nil
}

// show writes releases one after another. One that is not there is named on
// stderr, and the others are shown.
func (p *program) show(ctx context.Context, ids []string) error {
	folder, err := p.dataFolder()
	if err != nil {
		return err
	}
	corpusAlone, err := api.OpenCorpus(ctx, folder)
	if err != nil {
		return explain(err, folder)
	}
	defer corpusAlone.Close()
	w := bufio.NewWriter(p.stdout)
	shown := 0
	for _, id := range ids {
		d, err := corpusAlone.Get(ctx, id)
		if errors.Is(err, corpus.ErrNotFound) {
			fmt.Fprintf(p.stderr, "vocero: no release has the id %s\n", printable(id))
			continue
		}
		if err != nil {
			return explain(err, folder)
		}
		if err := p.writeRelease(w, d, shown > 0); err != nil {
			return err
		}
		shown++
	}
	switch err := w.Flush(); {
	case err != nil:
		return err
	case shown == 0:
		return noHit
	case shown < len(ids):
		return someFailed
	}
	return nil
}

func (p *program) writeRelease(w *bufio.Writer, d api.Document, follows bool) error {
	if p.asJSON {
		return json.NewEncoder(w).Encode(d)
	}
	colours, width := p.palette(), p.width()
	if follows {
		fmt.Fprintf(w, "\n%s\n\n", colours.faint(strings.Repeat("─", width)))
	}
	about := []string{dotted(d.ID, d.Published, d.Publisher, d.Country, d.Lang), d.URL}
	if d.Author != "" {
		about = append(about, "by "+d.Author)
	}
	if d.Parent != "" {
		about = append(about, "attached to "+d.Parent)
	}
	about = append(about, alsoPublished(d.Copies))
	for _, line := range about {
		if line != "" {
			fmt.Fprintln(w, colours.faint(wrap(printable(line), width)))
		}
	}
	fmt.Fprintln(w)
	writeAnnotated(w, wire.Annotated{Text: d.Text, Mentions: d.Mentions, Entities: d.Entities, Facts: d.Facts}, colours, width)
	return nil
}

// dotted joins what is known of something with dots between.
func dotted(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " · ")
}

// writeAnnotated shows a text with its marks, and what they mean under it.
func writeAnnotated(w io.Writer, a wire.Annotated, colours palette, width int) {
	fmt.Fprintln(w, wrap(strings.TrimSpace(marked(printable(a.Text), a.Mentions, colours)), width))
	if l := legend(a.Mentions, colours); l != "" {
		fmt.Fprintf(w, "\n%s\n", wrap(l, width))
	}
	section(w, colours, "Who holds which role", len(a.Facts), func() {
		for _, f := range a.Facts {
			fmt.Fprintln(w, hanging(factLine(f, colours), width))
		}
	})
	values(w, a.Mentions, colours, width, "Amounts", corpus.Money, corpus.Percent)
	values(w, a.Mentions, colours, width, "Dates", corpus.DateKind)
}

func section(w io.Writer, colours palette, title string, n int, body func()) {
	if n > 0 {
		fmt.Fprintf(w, "\n%s\n", colours.strong(title))
		body()
	}
}

// hanging is one of a list's lines, its later lines set in under the first.
func hanging(line string, width int) string {
	return "  " + strings.ReplaceAll(wrap(line, width-4), "\n", "\n    ")
}

func factLine(f wire.Fact, colours palette) string {
	f.Holder, f.Role, f.Org = printable(f.Holder), printable(f.Role), printable(f.Org)
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
func values(w io.Writer, mentions []wire.Mention, colours palette, width int, title string, kinds ...corpus.Kind) {
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
			fmt.Fprintln(w, hanging(l, width))
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
	return strings.Join(strings.Fields(printable(m.Text)), " ") + " = " + colours.kind(m.Kind, value)
}
