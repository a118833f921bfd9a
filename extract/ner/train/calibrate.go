package train

import (
	"context"
	"math"

	"vocero/corpus"
	"vocero/extract/gold"
	"vocero/extract/ner/crf"
	"vocero/extract/text"
)

// outcome is a name that was found: with what probability, and whether rightly.
type outcome struct {
	logit float64
	right bool
}

// calibrate leaves a fifth of the releases out, trains on the others,
// and fits the logistic function that makes the model's probabilities what share
// of names is right (Platt, 1999).
func calibrate(ctx context.Context, documents []gold.Document, o Options) (slope, offset float64, err error) {
	const folds = 5
	if len(documents) < 4*folds {
		if o.From != nil {
			return o.From.Slope, o.From.Offset, nil
		}
		return 1, 0, nil // too few to leave any out
	}
	o.Progress = func(int, float64) {}
	var all []outcome
	var rest, out []gold.Document
	for i, d := range documents {
		if i%folds == 0 {
			out = append(out, d)
		} else {
			rest = append(rest, d)
		}
	}
	model, err := fit(ctx, rest, o, crf.Header{})
	if err != nil {
		return 0, 0, err
	}
	tagger := crf.NewTagger(model)
	for i := range out {
		all = append(all, outcomes(tagger, &out[i])...)
	}
	slope, offset = platt(all)
	return slope, offset, nil
}

func outcomes(tagger *crf.Tagger, d *gold.Document) []outcome {
	want := map[corpus.Span]corpus.Kind{}
	var excluded []corpus.Span
	for _, m := range d.Mentions {
		if m.Kind == gold.Excluded {
			excluded = append(excluded, m.Span)
			continue
		}
		if crf.KindIndex(m.Kind) >= 0 {
			want[m.Span] = m.Kind
		}
	}
	var all []outcome
next:
	for _, m := range tagger.FindRaw(text.Parse(d.Text, d.Lang)) {
		for _, x := range excluded {
			if m.Span.Overlaps(x) {
				continue next
			}
		}
		const most = 1 - 1e-6
		p := min(max(m.Confidence, 1-most), most)
		all = append(all, outcome{math.Log(p / (1 - p)), want[m.Span] == m.Kind})
	}
	return all
}

// platt fits slope and offset by gradient descent on the logarithmic loss, which
// is convex in them.
func platt(all []outcome) (slope, offset float64) {
	slope = 1
	if len(all) == 0 {
		return slope, 0
	}
	const steps, rate = 2000, 0.05
	for range steps {
		var ds, do float64
		for _, o := range all {
			p := 1 / (1 + math.Exp(-(slope*o.logit + offset)))
			if o.right {
				p--
			}
			ds += p * o.logit
			do += p
		}
		slope -= rate * ds / float64(len(all))
		offset -= rate * do / float64(len(all))
	}
	return slope, offset
}
