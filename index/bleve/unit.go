package bleve

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// unitMatches is the documents of which one unit, a fact or a sentence, matches
// a relation as a whole. Those that hold what it asks for, wherever, are told
// by bitmaps; of them alone positions are read.
type unitMatches struct {
	reading *reading
	rel     relation
}

func (u *unitMatches) in(at int, within *roaring.Bitmap) (*roaring.Bitmap, error) {
	s := segmentPlaces{reading: u.reading, at: at, within: within, rows: make(map[rowKey]*rowPlaces)}
	found := roaring.New()
	if err := s.open(&u.rel); err != nil {
		return nil, err
	}
	for n, it := 0, among(s.candidates(&u.rel), within).Iterator(); it.HasNext(); n++ {
		if n&255 == 0 && u.reading.ctx.Err() != nil {
			return nil, u.reading.ctx.Err()
		}
		doc := it.Next()
		in, err := s.of(doc)
		if err != nil {
			return nil, err
		}
		if len(u.rel.units(in)) > 0 {
			found.Add(doc)
		}
	}
	return found, nil
}
func (*unitMatches) score(int, documents, []float64) error { return nil }
func (*unitMatches) most() uint64                          { return 1 << 40 } // last: each document costs most

// segmentPlaces reads the positions of all that a relation names in one segment.
type segmentPlaces struct {
	reading *reading
	at      int
	within  *roaring.Bitmap // nil for all
	rows    map[rowKey]*rowPlaces
}

// rowPlaces are the places of one word of a pattern, in any of its forms: read
// when a document is asked for, or of all documents beforehand where the forms
// are many.
type rowPlaces struct {
	set      *roaring.Bitmap
	forms    []*placeReader
	gathered map[uint32][]int
}

// manyForms is how many forms a word has for it to cost less to read all of
// their places than to ask each form for each document.
const manyForms = 16

// open finds all that a relation names in the segment, also what must not be
// there.
func (s *segmentPlaces) open(rel *relation) error {
	for _, parts := range [][]relation{rel.and, rel.or, rel.not} {
		for i := range parts {
			if err := s.open(&parts[i]); err != nil {
				return err
			}
		}
	}
	for i := range rel.patterns {
		p := &rel.patterns[i]
		for row, forms := range p.row {
			r := &rowPlaces{set: roaring.New()}
			s.rows[rowKey{p, row}] = r
			for _, form := range forms {
				if err := s.add(r, p.field, form, len(forms) > manyForms); err != nil {
					return err
				}
			}
		}
		if p.test == nil {
			continue
		}
		r := &rowPlaces{set: roaring.New()}
		s.rows[rowKey{p, 0}] = r
		if err := s.reading.gather(s.at, p.field, p.prefix, p.test, func(list segment.PostingsList) error { return s.gather(r, list) }); err != nil {
			return err
		}
	}
	return nil
}

// add adds a form to a word.
func (s *segmentPlaces) add(r *rowPlaces, field, form string, gather bool) error {
	if err := s.reading.ctx.Err(); err != nil {
		return err
	}
	list, err := s.reading.postings(s.at, field, form)
	if err != nil {
		return err
	}
	if gather {
		return s.gather(r, list)
	}
	if set := s.reading.setOf(list); set != nil {
		r.set.Or(set)
		r.forms = append(r.forms, &placeReader{list: list})
	}
	return nil
}

// gather reads all places of a list.
func (s *segmentPlaces) gather(r *rowPlaces, list segment.PostingsList) error {
	if r.gathered == nil {
		r.gathered = make(map[uint32][]int)
	}
	postings := list.Iterator(false, false, true, nil)
	for {
		posting, err := postings.Next()
		if err != nil || posting == nil {
			return err
		}
		doc := uint32(posting.Number())
		if s.within != nil && !s.within.Contains(doc) {
			continue
		}
		r.set.Add(doc)
		for _, l := range posting.Locations() {
			r.gathered[doc] = unpack(r.gathered[doc], l.Pos(), l.Start(), l.End(), l.ArrayPositions())
		}
	}
}

// candidates returns the documents that hold what rel asks for, wherever.
func (s *segmentPlaces) candidates(rel *relation) *roaring.Bitmap {
	if len(rel.and) > 0 {
		all := s.candidates(&rel.and[0])
		for i := range rel.and[1:] {
			all = roaring.And(all, s.candidates(&rel.and[i+1]))
		}
		return all
	}
	found := roaring.New()
	for i := range rel.or {
		found.Or(s.candidates(&rel.or[i]))
	}
	for i := range rel.patterns {
		p := &rel.patterns[i]
		if len(p.row) == 0 && p.test == nil {
			continue
		}
		all := s.rows[rowKey{p, 0}].set
		for row := 1; row < len(p.row); row++ {
			all = roaring.And(all, s.rows[rowKey{p, row}].set)
		}
		found.Or(all)
	}
	return found
}

// of returns the places within one document. Documents must be asked for in
// order.
func (s *segmentPlaces) of(doc uint32) (places, error) {
	in := make(places, len(s.rows))
	for key, r := range s.rows {
		if !r.set.Contains(doc) {
			continue
		}
		found := r.gathered[doc]
		for _, form := range r.forms {
			var err error
			if found, err = form.places(doc, found); err != nil {
				return nil, err
			}
		}
		slices.Sort(found)
		in[key] = slices.Compact(found)
	}
	return in, nil
}
