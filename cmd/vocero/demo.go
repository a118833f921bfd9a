package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"vocero/corpus/samples"
	"vocero/ingest"
	"vocero/ingest/file"
)

func (p *program) demoCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "demo",
		Short: "Show what vocero does, on a few sample releases",
		Long: `Takes a few sample releases through everything, into the folder demo within
the data folder, and shows what can be asked of them. A second run finds them
there and changes nothing.`,
		Example: "  vocero demo",
		Args:    cobra.NoArgs,
		RunE:    func(c *cobra.Command, _ []string) error { return p.demo(c.Context()) },
	}
}

// demoSteps are what the demo shows after the releases were taken in.
var demoSteps = []struct {
	title string
	args  []string // as on the command line
}{
	{"What was found in one release", []string{"show", "es-pe-agua-1"}},
	{"Words, with what the hits are about", []string{"search", "agua", "--size=3", "--snippets=1", "--facets=person,org,place,year"}},
	{"A fact: who holds a role", []string{"search", "fact(role:ministra)", "--size=3", "--snippets=1"}},
	{"Sums and dates in the text", []string{"search", "amount>=1M EUR date:2024", "--size=3"}},
}

func (p *program) demo(ctx context.Context) error {
	folder, err := p.dataFolder()
	if err != nil {
		return err
	}
	p.data = filepath.Join(folder, "demo")
	colours := p.palette()
	fmt.Fprintf(p.stdout, "%s\n", colours.strong("Taking in the sample releases (people, bodies and facts are invented)"))
	decoder := ingest.NewDecoder(ingest.DecoderOptions{})
	defer decoder.Close()
	source, total := file.Loader{Folder: samples.Releases()}.Tree()
	summary, err := p.takeIn(ctx, p.data, decoder, &crawling{}, source, total, 0)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "%d new, %d changed, %d unchanged, %d failed\n", summary.New, summary.Changed, summary.Unchanged, summary.Failed)
	if summary.Failed > 0 {
		return errors.Join(someFailed, p.writeSummary(summary))
	}
	for _, step := range demoSteps {
		fmt.Fprintf(p.stdout, "\n%s\n$ vocero %s\n\n", colours.strong("── "+step.title), quoted(step.args))
		if err := p.demoStep(ctx, step.args); err != nil {
			return fmt.Errorf("%s: %w", quoted(step.args), err)
		}
	}
	p.next(colours)
	return nil
}

// demoStep runs another verb within this program, on the demo's folder.
func (p *program) demoStep(ctx context.Context, args []string) error {
	inner := *p // the verb's flags are its own
	c := inner.command()
	c.SetArgs(append([]string{"--data", p.data, "--color", p.color, "--no-pager"}, args...))
	c.SetOut(p.stdout)
	c.SetErr(p.stderr)
	return c.ExecuteContext(ctx)
}

func (p *program) next(colours palette) {
	name := commandName()
	at := " --data " + shellQuoted(p.data)
	fmt.Fprintf(p.stdout, "\n%s\n", colours.strong("── What to type next"))
	for _, line := range []string{
		name + at + " search 'near(person:Farfán role:ministra)'",
		name + at + " facets 'published:2024'",
		name + at + " show fr-fr-climat-1",
		name + " ingest FOLDER          # your own releases, into a folder of their own",
		name + " search --help          # all that can be asked",
	} {
		fmt.Fprintln(p.stdout, "  "+line)
	}
}

// commandName is how this program was called: a stranger who has only cloned
// it has no vocero to type.
func commandName() string {
	exe, err := os.Executable()
	if err == nil && strings.Contains(exe, "go-build") {
		return "go run ./cmd/vocero"
	}
	return "vocero"
}

func quoted(args []string) string {
	q := make([]string, len(args))
	for i, a := range args {
		q[i] = shellQuoted(a)
	}
	return strings.Join(q, " ")
}

// shellQuoted is s as a POSIX shell reads it back.
func shellQuoted(s string) string {
	if s != "" && !strings.ContainsFunc(s, func(r rune) bool {
		return !strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_=,./:@%+", r)
	}) {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
