package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"vocero/extract"
	"vocero/extract/eval"
)

func (p *program) modelCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "model",
		Short: "Train the tagger of names; score the extractor",
	}
	var errors int
	measure := &cobra.Command{
		Use:   "eval GOLD_DIR",
		Short: "Score the extractor against annotated releases",
		Long: `Scores what the extractor finds against annotated releases (NAME.tagged with
NAME.json beside it): precision, recall and F1 by kind, values, links, then the
same by language, calibration and clusters.`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return p.eval(c.Context(), args[0], errors) },
	}
	measure.Flags().IntVar(&errors, "errors", 0, "errors to list of each kind")
	c.AddCommand(measure, p.trainCommand())
	return c
}

func (p *program) eval(ctx context.Context, folder string, errors int) error {
	documents, err := eval.ReadGold(folder)
	if err != nil {
		return fmt.Errorf("read %s: %w", folder, err)
	}
	extractor, err := extract.New()
	if err != nil {
		return err
	}
	report, err := eval.Run(ctx, extractor.Annotate, documents, eval.Options{})
	if err != nil {
		return err
	}
	if p.asJSON {
		return json.NewEncoder(p.stdout).Encode(report)
	}
	if err := report.WriteText(p.stdout, errors); err != nil {
		return err
	}
	return report.WriteDetail(p.stdout)
}
