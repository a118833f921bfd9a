package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"vocero/corpus"
	"vocero/extract"
	"vocero/extract/eval"
	"vocero/extract/gold"
	"vocero/extract/ner/crf"
	"vocero/extract/ner/train"
)

// leftOut is how names are found in the releases of a publisher that the model
// was not trained on.
type leftOut struct {
	Group     string       `json:"group"`
	Documents int          `json:"documents"`
	Report    *eval.Report `json:"report"`
}

// leaveOut trains without each publisher in turn and scores on it.
func (p *program) leaveOut(ctx context.Context, folders []string, folds int, from resources) error {
	documents, err := train.Read(folders)
	if err != nil {
		return err
	}
	var o train.Options
	if err := from.load(ctx, &o); err != nil {
		return err
	}
	var rows []leftOut
	var all []eval.Gold
	taggers := map[string]*crf.Tagger{} // by the ID of a release that it was not trained on
	for held, err := range train.LeaveOut(ctx, documents, folds, o) {
		if err != nil {
			return err
		}
		tagger := crf.NewTagger(held.Model)
		for _, group := range held.Groups {
			of := inGroup(held.Documents, group)
			for i := range of {
				taggers[of[i].Document.ID] = tagger
			}
			report, err := scoreNames(ctx, of, taggers)
			if err != nil {
				return err
			}
			rows = append(rows, leftOut{group, len(of), report})
			fmt.Fprintf(p.stderr, "%s left out: %.3f\n", group, nameF1(report, eval.Names()...))
			all = append(all, of...)
		}
	}
	slices.SortFunc(rows, func(a, b leftOut) int { return strings.Compare(a.Group, b.Group) })
	total, err := scoreNames(ctx, all, taggers)
	if err != nil {
		return err
	}
	if p.asJSON {
		return json.NewEncoder(p.stdout).Encode(append(rows, leftOut{"", len(all), total}))
	}
	return writeLeftOut(p.stdout, rows, total)
}

func inGroup(documents []gold.Document, group string) []eval.Gold {
	var out []eval.Gold
	for i := range documents {
		if train.Group(documents[i].ID) == group {
			out = append(out, eval.FromDocument(&documents[i]))
		}
	}
	return out
}

// scoreNames scores the names of documents, each found by its own tagger.
func scoreNames(ctx context.Context, documents []eval.Gold, taggers map[string]*crf.Tagger) (*eval.Report, error) {
	annotate := func(ctx context.Context, d corpus.Document) (corpus.Annotations, error) {
		return extract.NewWith(taggers[d.ID]).Annotate(ctx, d)
	}
	return eval.Run(ctx, annotate, documents, eval.Options{Kinds: eval.Names()})
}

func nameF1(r *eval.Report, kinds ...corpus.Kind) float64 {
	_, _, f := r.Total(kinds...).PRF()
	return f
}

func writeLeftOut(w io.Writer, rows []leftOut, total *eval.Report) error {
	fmt.Fprintf(w, "%-14s%9s%7s%8s%14s%7s%7s%7s%7s\n", "left out", "releases", "names", "person", "organization", "place", "P", "R", "F1")
	line := func(name string, documents int, r *eval.Report) {
		c := r.Total(eval.Names()...)
		precision, recall, f := c.PRF()
		fmt.Fprintf(w, "%-14s%9d%7d%8.3f%14.3f%7.3f%7.3f%7.3f%7.3f\n", name, documents, c.TP+c.FN,
			nameF1(r, corpus.Person), nameF1(r, corpus.Organization), nameF1(r, corpus.Place), precision, recall, f)
	}
	mean := 0.0
	for _, row := range rows {
		line(row.Group, row.Documents, row.Report)
		mean += nameF1(row.Report, eval.Names()...) / float64(len(rows))
	}
	line("all", total.Documents, total)
	_, err := fmt.Fprintf(w, "mean F1 of the groups %.3f, expected calibration error %.3f\n", mean, total.Calibration.ECE())
	return err
}
