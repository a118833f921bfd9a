package main

import (
	"io"
	"os"

	"github.com/spf13/cobra"
	"golang.org/x/term"
)

// program is one run of vocero: its streams, its environment and the flags
// that every verb shares.
type program struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	environ        func(string) string

	data   string // --data
	model  string // --model, of the verbs that annotate
	asJSON bool   // --json
	color  string // --color
}

const about = `vocero turns press releases into evidence: it finds people, roles,
organizations, places, amounts and dates in them, each with its place in the
text, and makes all of it searchable.`

const exitCodes = `Exit codes: 0 done, 1 no hit, 2 error, 3 some inputs failed, 10 no data
folder, 11 locked by another process, 12 written by a newer vocero, 130 interrupted.`

func (p *program) command() *cobra.Command {
	root := &cobra.Command{
		Use:           "vocero",
		Short:         "Turns press releases into evidence",
		Long:          about + "\n\nBegin with: vocero demo\n\n" + exitCodes,
		Version:       version(),
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	flags := root.PersistentFlags()
	flags.StringVar(&p.data, "data", "", "data `folder` (default: $VOCERO_DATA, or vocero in the user's data directory)")
	flags.BoolVar(&p.asJSON, "json", false, "print JSON: one document, or one object a line")
	flags.StringVar(&p.color, "color", "auto", "colour the output: auto, always or never")
	root.AddCommand(
		p.demoCommand(), p.ingestCommand(), p.extractCommand(),
		p.searchCommand(), p.facetsCommand(), p.timelineCommand(), p.compareCommand(),
		p.showCommand(), p.exportCommand(), p.batchCommand(), p.saveCommand(), p.runCommand(), p.serveCommand(),
		p.statusCommand(), p.reindexCommand(), p.reannotateCommand(), p.modelCommand(),
	)
	return root
}

// palette gives the colours for stdout: none when it is no terminal, when
// NO_COLOR is set, or when --color=never.
func (p *program) palette() palette {
	switch p.color {
	case "always":
		return ansi
	case "never":
		return palette{}
	}
	if p.environ("NO_COLOR") != "" || p.environ("TERM") == "dumb" || !isTerminal(p.stdout) {
		return palette{}
	}
	return ansi
}

// width is the number of columns to fill: the terminal's, or 100.
func (p *program) width() int {
	if f, ok := p.stdout.(*os.File); ok {
		if w, _, err := term.GetSize(int(f.Fd())); err == nil && w >= 40 {
			return min(w, 140)
		}
	}
	return 100
}

func isTerminal(w any) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
