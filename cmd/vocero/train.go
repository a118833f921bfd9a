package main

import (
	"bytes"
	"context"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"vocero/extract/ner"
	"vocero/extract/ner/train"
)

func (p *program) trainCommand() *cobra.Command {
	var out, resources string
	var options train.Options
	c := &cobra.Command{
		Use:   "train GOLD_DIR... -o FILE",
		Short: "Make a model of names from annotated releases",
		Long: `Trains the tagger of names on annotated releases (NAME.tagged with NAME.json
beside it) and writes the model. The same input gives the same bytes. Without
--resources it builds on the words that the embedded model knows.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			options.Folders = args
			return p.train(c.Context(), options, resources, out)
		},
	}
	flags := c.Flags()
	flags.StringVarP(&out, "output", "o", "", "`file` to write the model to")
	flags.StringVar(&resources, "resources", "", "`folder` of names, classes of words and annotated texts of others")
	flags.IntVar(&options.Epochs, "epochs", 0, "times to go through the releases (default 12)")
	flags.Uint64Var(&options.Seed, "seed", 0, "begins the order in which they are gone through")
	if err := c.MarkFlagRequired("output"); err != nil {
		panic(err) // the flag stands above
	}
	return c
}

func (p *program) train(ctx context.Context, o train.Options, resources, out string) error {
	if err := loadResources(&o, resources); err != nil {
		return err
	}
	o.Progress = func(epoch int, loss float64) { fmt.Fprintf(p.stderr, "round %d: loss %.5f\n", epoch, loss) }
	model, err := train.Train(ctx, o)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := model.Write(&b); err != nil {
		return err
	}
	if err := os.WriteFile(out, b.Bytes(), 0o644); err != nil {
		return fmt.Errorf("write the model: %w", err)
	}
	fmt.Fprintf(p.stderr, "%s: %d releases, %s\n", out, model.Documents, bytesOf(int64(b.Len())))
	return nil
}

// loadResources fills in what the model is to know beside the releases: what a
// folder holds, or what the embedded model knows.
func loadResources(o *train.Options, folder string) error {
	if folder == "" {
		tagger, err := ner.Load()
		if err != nil {
			return err
		}
		o.Lexicon = tagger.Lexicon()
		return nil
	}
	var err error
	if o.Lexicon, err = train.ReadLexicon(folder); err != nil {
		return err
	}
	o.More, err = train.ReadCorpora(folder)
	return err
}
