package bleve

import (
	"math"

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

// naming tells of the documents of one segment how many rows their names have.
// Positions are read of those alone that are asked for.
type naming struct {
	kinds []namingKind
	rows  int
}

// namingKind is one row in names of one kind.
type namingKind struct {
	row        int
	words      []phraseWord
	candidates *roaring.Bitmap
}

// naming returns nil where no document of within can have a row in a name.
func (r *reading) naming(at int, rows []nameRow, within *roaring.Bitmap) (*naming, error) {
	n := &naming{rows: len(rows)}
	for row, patterns := range rows {
		for i := range patterns {
			words, candidates, err := r.phraseWords(at, &patterns[i], within)
			if err != nil {
				return nil, err
			}
			if !candidates.IsEmpty() {
				n.kinds = append(n.kinds, namingKind{row, words, candidates})
			}
		}
	}
	if len(n.kinds) == 0 {
		return nil, nil
	}
	return n, nil
}

// most is what a document's relevance is multiplied with at most.
func (n *naming) most() float64 {
	if n == nil {
		return 1
	}
	return math.Pow(nameBonus, float64(n.rows))
}

// bonus is what a document's relevance is multiplied with. Documents must be
// asked for in order.
func (n *naming) bonus(doc uint32) (float64, error) {
	if n == nil {
		return 1, nil
	}
	bonus, had := 1.0, -1
	for i := range n.kinds {
		k := &n.kinds[i]
		if k.row == had || !k.candidates.Contains(doc) {
			continue
		}
		starts, _, err := rowStarts(k.words, doc, nil, nil)
		if err != nil {
			return 1, err
		}
		if len(starts) > 0 {
			bonus *= nameBonus
			had = k.row
		}
	}
	return bonus, nil
}
