package bleve

import (
	"vocero/index/query"
	"vocero/index/terms"

	"github.com/RoaringBitmap/roaring/v2"
)

// nameBonus is how much more relevant a release is for each two words of the
// query that stand in a row in a name that was found in it: banco mundial in
// World Bank's, rather than a bank and the world.
const nameBonus = 1.15

// named returns each phrase of the query, and each two of its words in a row.
func named(n query.Node) []nameRow {
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
	var names []nameRow
	for _, row := range rows {
		if len(row) >= 2 {
			names = append(names, newNameRow(row))
		}
	}
	return names
}

// nameRow is words in a row, as the names of each kind may have them.
type nameRow []pattern

func newNameRow(words []string) nameRow {
	var patterns nameRow
	for _, field := range [...]string{personField, orgField, placeField} {
		p := pattern{field: field}
		for _, w := range words {
			p.row = append(p.row, []string{w})
		}
		patterns = append(patterns, p)
	}
	return patterns
}

// inNames returns the documents of a segment, of within alone, of which a name
// has the words of a row.
func (r *reading) inNames(at int, row nameRow, within *roaring.Bitmap) (*roaring.Bitmap, error) {
	set := roaring.New()
	for i := range row {
		if err := r.phraseIn(at, &row[i], within, func(doc uint32, _ float64) { set.Add(doc) }); err != nil {
			return nil, err
		}
	}
	return set, nil
}
