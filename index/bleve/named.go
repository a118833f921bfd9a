package bleve

import (
	"vocero/index/query"
	"vocero/index/terms"

	"github.com/RoaringBitmap/roaring/v2/roaring64"
)

// nameBonus is how much more relevant a release is for each two words of the
// query that stand in a row in a name that was found in it: banco mundial in
// World Bank's, rather than a bank and the world.
const nameBonus = 1.15

// named returns for each phrase of the query, and each two of its words in a
// row, the documents of which a name has them.
func (r *reading) named(n query.Node) ([]*roaring64.Bitmap, error) {
	var rows [][]string
	switch n := n.(type) {
	case query.Phrase:
		rows = append(rows, terms.Words(n.Text))
	case query.And:
		var before []string
		for _, part := range n.Of {
			var words []string
			switch part := part.(type) {
			case query.Phrase:
				rows = append(rows, terms.Words(part.Text))
			case query.Word:
				if !part.Prefix && part.Fuzzy == 0 {
					words = terms.Words(part.Text)
				}
			}
			if len(before) == 1 && len(words) == 1 {
				rows = append(rows, []string{before[0], words[0]})
			}
			before = words
		}
	}
	var sets []*roaring64.Bitmap
	for _, row := range rows {
		if len(row) < 2 {
			continue
		}
		set, err := r.inNames(row)
		if err != nil {
			return nil, err
		}
		if !set.IsEmpty() {
			sets = append(sets, set)
		}
	}
	return sets, nil
}

// inNames returns the documents of which a name has words in a row.
func (r *reading) inNames(words []string) (*roaring64.Bitmap, error) {
	var patterns []pattern
	for _, field := range []string{personField, orgField, placeField} {
		p := pattern{field: field}
		for _, w := range words {
			p.row = append(p.row, []string{w})
		}
		patterns = append(patterns, p)
	}
	found, err := r.phraseDocuments(patterns)
	set := roaring64.New()
	for _, f := range found {
		set.Add(f.doc)
	}
	return set, err
}
