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
	var errors, folds int
	var leaveOut bool
	var resources string
	measure := &cobra.Command{
		Use:   "eval GOLD_DIR...",
		Short: "Score the extractor against annotated releases",
		Long: `Scores what the extractor finds against annotated releases (NAME.tagged with
NAME.json beside it): precision, recall and F1 by kind, values, links, then the
same by language, calibration and clusters.

With --leave-out it tells how names are found in releases of a publisher never
seen: for each group of releases (es-oea of es-oea-012) it trains a model on the
others, as model train would with these resources, and scores it on the group.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if leaveOut {
				return p.leaveOut(c.Context(), args, folds, resources)
			}
			return p.eval(c.Context(), args, errors)
		},
	}
	measure.Flags().IntVar(&errors, "errors", 0, "errors to list of each kind")
	measure.Flags().BoolVar(&leaveOut, "leave-out", false, "train without each publisher and score on it")
	measure.Flags().IntVar(&folds, "folds", 0, "with --leave-out: train so `many` times, each without several groups (default: one each)")
	measure.Flags().StringVar(&resources, "resources", "", "with --leave-out: `folder` that model train is given")
	c.AddCommand(measure, p.trainCommand())
	return c
}

func (p *program) eval(ctx context.Context, folders []string, errors int) error {
	var documents []eval.Gold
	for _, folder := range folders {
		more, err := eval.ReadGold(folder)
		if err != nil {
			return fmt.Errorf("read %s: %w", folder, err)
		}
		documents = append(documents, more...)
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
