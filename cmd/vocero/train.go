package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"vocero/extract/ner"
	"vocero/extract/ner/train"
)

func (p *program) trainCommand() *cobra.Command {
	var out string
	var from resources
	var options train.Options
	c := &cobra.Command{
		Use:   "train GOLD_DIR... -o FILE",
		Short: "Make a model of names from annotated releases",
		Long: `Trains the tagger of names on annotated releases (NAME.tagged with NAME.json
beside it) and writes the model. The same input gives the same bytes. Without
--resources it builds on the words that the embedded model knows; with --adapt it
begins with the embedded model and moves it towards these releases, which is best
for some dozens of them.`,
		Example: "  vocero model train --adapt -o own.bin gold/",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			options.Folders = args
			return p.train(c.Context(), options, from, out)
		},
	}
	flags := c.Flags()
	flags.StringVarP(&out, "output", "o", "", "`file` to write the model to")
	from.flags(flags)
	flags.IntVar(&options.Epochs, "epochs", 0, "times to go through the releases (default 8)")
	flags.Uint64Var(&options.Seed, "seed", 0, "begins the order in which they are gone through")
	if err := c.MarkFlagRequired("output"); err != nil {
		panic(err) // the flag stands above
	}
	return c
}

func (p *program) train(ctx context.Context, o train.Options, from resources, out string) error {
	if err := from.load(ctx, &o); err != nil {
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

// resources are what a model is to know beside the releases: what a folder
// holds, or what the embedded model knows.
type resources struct {
	folder string
	texts  []string
	adapt  bool
}

func (r *resources) flags(flags *pflag.FlagSet) {
	flags.StringVar(&r.folder, "resources", "", "`folder` of names and of annotated texts of others")
	flags.StringArrayVar(&r.texts, "texts", nil, "with --resources: `folder` of releases as JSON lines (NAME.jsonl.gz) to learn classes of words from")
	flags.BoolVar(&r.adapt, "adapt", false, "begin with the embedded model")
}

func (r *resources) load(ctx context.Context, o *train.Options) error {
	if r.folder == "" {
		return r.fromEmbedded(o)
	}
	if r.adapt {
		return errors.New("--adapt begins with what the embedded model knows: it goes without --resources")
	}
	var err error
	if o.Lexicon, err = train.ReadLexicon(r.folder); err != nil {
		return err
	}
	if o.Stock, err = train.ReadStock(r.folder); err != nil {
		return err
	}
	if o.More, err = train.ReadCorpora(r.folder); err != nil {
		return err
	}
	texts, err := train.FindTexts(r.folder, r.texts...)
	if err != nil {
		return err
	}
	if o.Texts, err = texts.Hash(); err != nil {
		return err
	}
	return texts.Learn(ctx, o.Lexicon)
}

func (r *resources) fromEmbedded(o *train.Options) error {
	tagger, err := ner.Load()
	if err != nil {
		return err
	}
	o.Lexicon, o.Texts = tagger.Model().Lexicon(), tagger.Header().Texts
	if r.adapt {
		o.From = tagger.Model()
	}
	return nil
}
