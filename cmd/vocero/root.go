package main

import (
	"io"

	"github.com/spf13/cobra"
)

// program is one run of vocero: its streams, its environment and the flags
// that every verb shares.
type program struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	environ        func(string) string

	data   string // --data
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
		Long:          about + "\n\n" + exitCodes,
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
	return root
}
