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
	reading *reading
	segment int
	rows    []nameRow
	within  *roaring.Bitmap // what may be asked for
	kinds   []namingKind
	opened  bool

	starts, places []int // room to read into
}

// namingKind is one row in names of one kind.
type namingKind struct {
	row        int
	words      []phraseWord
	candidates *roaring.Bitmap
}

// maxBonus is what a document's relevance is multiplied with at most.
func maxBonus(rows []nameRow) float64 { return math.Pow(nameBonus, float64(len(rows))) }

// bonus is what a document's relevance is multiplied with. Documents must be
// asked for in order.
func (n *naming) bonus(doc uint32) (float64, error) {
	if err := n.open(); err != nil {
		return 1, err
	}
	bonus, had := 1.0, -1
	for i := range n.kinds {
		k := &n.kinds[i]
		if k.row == had || !k.candidates.Contains(doc) {
			continue
		}
		var err error
		if n.starts, n.places, err = rowStarts(k.words, doc, n.starts[:0], n.places); err != nil {
			return 1, err
		}
		if len(n.starts) > 0 {
			bonus *= nameBonus
			had = k.row
		}
	}
	return bonus, nil
}

// open looks the words up when they are first asked for.
func (n *naming) open() error {
	if n.opened {
		return nil
	}
	n.opened = true
	for row, patterns := range n.rows {
		for i := range patterns {
			words, candidates, err := n.reading.phraseWords(n.segment, &patterns[i], n.within)
			if err != nil {
				return err
			}
			if !candidates.IsEmpty() {
				n.kinds = append(n.kinds, namingKind{row, words, candidates})
			}
		}
	}
	return nil
}
