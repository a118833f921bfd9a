package main

import (
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"vocero/index/bleve"
)

func (p *program) checkCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "check",
		Example: "  vocero check",
		Short:   "Read the whole index and say whether it is what was written",
		Long: `Reads every file of the live index and compares it with its checksum. A damaged
index is exit code 2; nothing is lost with it: vocero reindex makes it anew from
the stored releases.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			folder, err := p.dataFolder()
			if err != nil {
				return err
			}
			if err := bleve.Check(c.Context(), folder); err != nil {
				return explain(err, folder)
			}
			if p.asJSON {
				return json.NewEncoder(p.stdout).Encode(map[string]string{"index": "whole"})
			}
			_, err = fmt.Fprintln(p.stdout, "the index is whole")
			return err
		},
	}
}
