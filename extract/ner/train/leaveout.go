package train

import (
	"cmp"
	"context"
	"iter"
	"maps"
	"slices"
	"strings"

	"vocero/extract/gold"
	"vocero/extract/ner/crf"
)

// Held are releases of some publishers and a model that was made without them.
type Held struct {
	Groups    []string
	Documents []gold.Document
	Model     *crf.Model
}

// LeaveOut trains once for each fold: without its groups, on all others. It
// tells how well names are found in releases of publishers never seen. With 0
// folds each group is one.
func LeaveOut(ctx context.Context, documents []gold.Document, folds int, o Options) iter.Seq2[Held, error] {
	return func(yield func(Held, error) bool) {
		for _, groups := range spread(documents, folds) {
			h := Held{Groups: groups}
			var rest []gold.Document
			for _, d := range documents {
				if slices.Contains(groups, Group(d.ID)) {
					h.Documents = append(h.Documents, d)
				} else {
					rest = append(rest, d)
				}
			}
			var err error
			h.Model, err = Fit(ctx, rest, o)
			if !yield(h, err) || err != nil {
				return
			}
		}
	}
}

// Group is what an annotated release is left out with: its ID without the
// number at its end, "es-oea" of "es-oea-012".
func Group(id string) string {
	if at := strings.LastIndexByte(id, '-'); at > 0 {
		id = id[:at]
	}
	return strings.TrimRight(id, "0123456789")
}

// spread puts the groups into folds, the largest first, each into the fold that
// has the fewest releases.
func spread(documents []gold.Document, folds int) [][]string {
	sizes := map[string]int{}
	for i := range documents {
		sizes[Group(documents[i].ID)]++
	}
	groups := slices.SortedFunc(maps.Keys(sizes), func(a, b string) int {
		return cmp.Or(cmp.Compare(sizes[b], sizes[a]), cmp.Compare(a, b))
	})
	if folds <= 0 || folds > len(groups) {
		folds = len(groups)
	}
	out, of := make([][]string, folds), make([]int, folds)
	for _, g := range groups {
		least := slices.Index(of, slices.Min(of))
		out[least] = append(out[least], g)
		of[least] += sizes[g]
	}
	return out
}
