package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"vocero/extract"
	"vocero/extract/eval"
	"vocero/extract/gold"
	"vocero/extract/ner"
)

func (p *program) modelCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "model",
		Short: "Train the tagger of names; score the extractor",
	}
	var errors, folds int
	var leaveOut bool
	var from resources
	measure := &cobra.Command{
		Use:   "eval GOLD_DIR...",
		Short: "Score the extractor against annotated releases",
		Long: `Scores what the extractor finds against annotated releases (NAME.tagged with
NAME.json beside it): precision, recall and F1 by kind, values, links, then the
same by language, calibration and clusters.

With --leave-out it tells how names are found in releases of a publisher never
seen: for each group of releases (es-oea of es-oea-012) it trains a model on the
others, as model train would with these resources, and scores it on the group.
Classes of words are learnt once, from all texts.`,
		Example: "  vocero model eval gold/\n  vocero model eval --errors 5 --model own.bin gold/",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if leaveOut {
				return p.leaveOut(c.Context(), args, folds, from)
			}
			return p.eval(c.Context(), args, errors)
		},
	}
	measure.Flags().IntVar(&errors, "errors", 0, "errors to list of each kind")
	measure.Flags().BoolVar(&leaveOut, "leave-out", false, "train without each publisher and score on it")
	measure.Flags().IntVar(&folds, "folds", 0, "with --leave-out: train so `many` times, each without several groups (default: one each)")
	from.flags(measure.Flags())
	p.modelFlag(measure.Flags())
	c.AddCommand(measure, p.trainCommand())
	return c
}

// modelFlag adds --model to a verb that annotates.
func (p *program) modelFlag(flags *pflag.FlagSet) {
	flags.StringVar(&p.model, "model", "", "`file` with a model of names that model train made (default: the embedded one)")
}

// extractor is the one that --model asks for.
func (p *program) extractor() (*extract.Extractor, error) {
	if p.model == "" {
		return extract.New()
	}
	f, err := os.Open(p.model)
	if err != nil {
		return nil, fmt.Errorf("open the model: %w", err)
	}
	defer f.Close()
	names, err := ner.Read(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", p.model, err)
	}
	return extract.NewWith(names), nil
}

func (p *program) eval(ctx context.Context, folders []string, errors int) error {
	var documents []gold.Document
	for _, folder := range folders {
		more, err := gold.Read(folder)
		if err != nil {
			return fmt.Errorf("read %s: %w", folder, err)
		}
		documents = append(documents, more...)
	}
	if len(documents) == 0 {
		return fmt.Errorf("read %v: no annotated release", folders)
	}
	scored := make([]eval.Gold, len(documents))
	for i := range documents {
		scored[i] = eval.FromDocument(&documents[i])
	}
	extractor, err := p.extractor()
	if err != nil {
		return err
	}
	report, err := eval.Run(ctx, extractor.Annotate, scored, eval.Options{})
	if err != nil {
		return err
	}
	report.GoldClusters = goldClusters(documents, scored)
	if p.asJSON {
		return json.NewEncoder(p.stdout).Encode(report)
	}
	if err := report.WriteText(p.stdout, errors); err != nil {
		return err
	}
	return report.WriteDetail(p.stdout)
}
