package main

import (
	"fmt"
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
	lookup         func(string) (string, bool) // environ, and whether it is set

	data   string // --data
	model  string // --model, of the verbs that annotate
	asJSON bool   // --json
	color  string // --color

	noPager  bool      // --no-pager
	terminal io.Writer // what stdout is while it leads to the pager, else nil
}

const about = `vocero turns press releases into evidence: it finds people, roles,
organizations, places, amounts and dates in them, each with its place in the
text, and makes all of it searchable.`

// environment is what the program reads of its environment.
var environment = [...][2]string{
	{"VOCERO_DATA", "the data folder, where --data does not say it"},
	{"XDG_DATA_HOME", "where the folder vocero lies, where neither says it (default: ~/.local/share)"},
	{"PAGER", "what shows long output on a terminal (default: less); empty or cat for none"},
	{"NO_COLOR", "not empty, it leaves colours out"},
}

func (p *program) command() *cobra.Command {
	root := &cobra.Command{
		Use:           "vocero",
		Short:         "Turns press releases into evidence",
		Long:          about + "\n\nBegin with: vocero demo\n\n" + exitCodes() + "\n\n" + environmentText(),
		Version:       version(),
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	flags := root.PersistentFlags()
	flags.StringVar(&p.data, "data", "", "data `folder` (default: $VOCERO_DATA, or vocero in the user's data directory)")
	flags.BoolVar(&p.asJSON, "json", false, "print JSON: one document, or one object a line")
	flags.BoolVar(&p.noPager, "no-pager", false, "print at once, also what is longer than the terminal")
	flags.StringVar(&p.color, "color", "auto", "colour the output: auto, always or never")
	root.AddCommand(
		p.demoCommand(), p.ingestCommand(), p.sourceCommand(), p.extractCommand(),
		p.searchCommand(), p.facetsCommand(), p.timelineCommand(), p.compareCommand(),
		p.showCommand(), p.exportCommand(), p.batchCommand(), p.saveCommand(), p.runCommand(), p.serveCommand(),
		p.statusCommand(), p.checkCommand(), p.reindexCommand(), p.reannotateCommand(), p.modelCommand(),
	)
	root.AddCommand(p.manCommand())
	helpful(root)
	completeWith(root, "color", oneOf("auto", "always", "never"))
	return root
}

func environmentText() string {
	text := "Environment:"
	for _, v := range environment {
		text += fmt.Sprintf("\n  %-14s %s", v[0], v[1])
	}
	return text
}

// screen is where what is printed for a person goes in the end.
func (p *program) screen() io.Writer {
	if p.terminal != nil {
		return p.terminal
	}
	return p.stdout
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
	if p.environ("NO_COLOR") != "" || p.environ("TERM") == "dumb" || !isTerminal(p.screen()) {
		return palette{}
	}
	return ansi
}

// width is the number of columns to fill: the terminal's, or 100.
func (p *program) width() int {
	if f, ok := p.screen().(*os.File); ok {
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
