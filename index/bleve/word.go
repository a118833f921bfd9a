package bleve

import (
	"vocero/index/terms"

	"github.com/RoaringBitmap/roaring/v2"
)

// wordMatches is the documents that have one word of a query, in any of its
// forms, languages and fields, ranked by all fields together.
type wordMatches struct {
	sets    [][]weighedSet // of each segment; those weighed by length first
	lengths *lengths
	rarity  float64
	count   uint64
}

// weighedSet is the documents of a segment that have the word in one kind of
// field. They may be the segment's own, not to be changed.
type weighedSet struct {
	weight    float64
	byLength  bool
	within    bool // all of them are in the first kind's
	documents *roaring.Bitmap
}

// fieldTerms are terms that stand for one word in a field.
type fieldTerms struct {
	field string
	terms []string
}

// fieldKind is the fields that count the same, such as the titles of all
// languages, with what is looked for in each.
type fieldKind struct {
	weight   float64
	byLength bool
	of       []fieldTerms
	within   bool // what the first kind hasn't, in the same place of its list, this hasn't either
}

// word finds the documents that have any of some terms in their fields, ranked.
func (r *reading) word(of []fieldTerms) (matches, error) {
	return r.wordOf([]fieldKind{{weight: 1, of: of}})
}

// textWord finds the documents of which the text has a word, given with what
// it may stand for.
func (r *reading) textWord(alternatives []string) (matches, error) {
	kinds := make([]fieldKind, 0, 5)
	of := make([]fieldTerms, len(terms.Languages))
	for i, lang := range terms.Languages {
		of[i].terms = stems(alternatives, lang, "")
	}
	for _, field := range [...]string{textField, oftenField, muchField, titleField, leadField} {
		k := fieldKind{weight: weights[field].weight, byLength: weights[field].byLength}
		for i, lang := range terms.Languages {
			k.of = append(k.of, fieldTerms{field + lang, of[i].terms})
		}
		k.within = field != textField && field != titleField
		kinds = append(kinds, k)
	}
	return r.wordOf(kinds)
}

// wordOf finds a word by kinds of fields, of which those by length come first.
func (r *reading) wordOf(kinds []fieldKind) (matches, error) {
	w := &wordMatches{lengths: r.lengths, sets: make([][]weighedSet, len(r.segments))}
	for at := range r.segments {
		most := uint64(0)
		var absent []bool // by the place in the first kind's list
		for i, k := range kinds {
			documents, none, err := r.inKind(at, k, absent)
			if err != nil {
				return nil, err
			}
			if i == 0 {
				absent = none
			}
			if documents.IsEmpty() {
				continue
			}
			w.sets[at] = append(w.sets[at], weighedSet{k.weight, k.byLength, k.within, documents})
			most = max(most, documents.GetCardinality())
		}
		w.count += most
	}
	var err error
	w.rarity, err = rarity(r.reader, w.count)
	return w, err
}

// inKind returns the documents of a segment that have any of the terms, and
// which of the fields have none.
func (r *reading) inKind(at int, k fieldKind, absent []bool) (*roaring.Bitmap, []bool, error) {
	var sets []*roaring.Bitmap
	none := make([]bool, len(k.of))
	for i, f := range k.of {
		if none[i] = true; k.within && absent[i] {
			continue
		}
		set, err := r.having(at, f.field, f.terms)
		if err != nil {
			return nil, nil, err
		}
		if !set.IsEmpty() {
			sets = append(sets, set)
			none[i] = false
		}
	}
	if len(sets) == 1 {
		return sets[0], none, nil
	}
	return roaring.FastOr(sets...), none, nil
}

func (w *wordMatches) in(segment int, within *roaring.Bitmap) (*roaring.Bitmap, error) {
	var found *roaring.Bitmap
	for _, s := range w.sets[segment] {
		switch {
		case found == nil:
			found = among(s.documents, within)
		case !s.within:
			found = roaring.Or(found, among(s.documents, within))
		}
	}
	if found == nil {
		found = roaring.New()
	}
	return found, nil
}

// score weighs the fields that have the word, those by length first.
func (w *wordMatches) score(segment int, d documents, scores []float64) error {
	frequencies := make([]float64, len(d.list))
	byLength := false
	divide := func() error {
		if !byLength || w.lengths == nil {
			return nil
		}
		byLength = false
		return w.lengths.divide(segment, d, frequencies)
	}
	for _, s := range w.sets[segment] {
		if !s.byLength {
			if err := divide(); err != nil {
				return err
			}
		}
		byLength = byLength || s.byLength
		d.add(s.documents, s.weight, frequencies)
	}
	if err := divide(); err != nil {
		return err
	}
	for at, f := range frequencies {
		scores[at] += relevance(w.rarity, f)
	}
	return nil
}

func (w *wordMatches) most() uint64 { return w.count }
