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
	s := segmentPlaces{reading: u.reading, at: at, terms: make(map[fieldTerm]*placeReader), ranges: make(map[fieldTerm]rangePlaces)}
	found := roaring.New()
	if err := s.open(&u.rel, within); err != nil {
		return nil, err
	}
	candidates, err := s.candidates(&u.rel)
	if err != nil {
		return nil, err
	}
	for n, it := 0, among(candidates, within).Iterator(); it.HasNext(); n++ {
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
	terms   map[fieldTerm]*placeReader
	ranges  map[fieldTerm]rangePlaces
}

// rangePlaces are the positions of all terms of a range, by document.
type rangePlaces struct {
	set    *roaring.Bitmap
	places map[uint32][]int
}

// open finds all terms of a relation in the segment, also of what must not be
// there, and reads its ranges.
func (s *segmentPlaces) open(rel *relation, within *roaring.Bitmap) error {
	for _, parts := range [][]relation{rel.and, rel.or, rel.not} {
		for i := range parts {
			if err := s.open(&parts[i], within); err != nil {
				return err
			}
		}
	}
	for i := range rel.patterns {
		p := &rel.patterns[i]
		if p.test != nil {
			if err := s.openRange(p, within); err != nil {
				return err
			}
			continue
		}
		for _, alternatives := range p.row {
			for _, term := range alternatives {
				list, err := s.reading.postings(s.at, p.field, term)
				if err != nil {
					return err
				}
				if list.Count() > 0 {
					s.terms[fieldTerm{p.field, term}] = &placeReader{list: list}
				}
			}
		}
	}
	return nil
}

func (s *segmentPlaces) openRange(p *pattern, within *roaring.Bitmap) error {
	r := rangePlaces{roaring.New(), make(map[uint32][]int)}
	err := s.reading.gather(s.at, p.field, p.prefix, p.test, func(list segment.PostingsList) error {
		postings := list.Iterator(false, false, true, nil)
		for {
			posting, err := postings.Next()
			if err != nil || posting == nil {
				return err
			}
			doc := uint32(posting.Number())
			if within != nil && !within.Contains(doc) {
				continue
			}
			r.set.Add(doc)
			for _, l := range posting.Locations() {
				r.places[doc] = unpack(r.places[doc], l.Pos(), l.Start(), l.End(), l.ArrayPositions())
			}
		}
	})
	s.ranges[fieldTerm{p.field, p.row[0][0]}] = r
	return err
}

// candidates returns the documents that hold what rel asks for, wherever.
func (s *segmentPlaces) candidates(rel *relation) (*roaring.Bitmap, error) {
	var found *roaring.Bitmap
	for i := range rel.and {
		part, err := s.candidates(&rel.and[i])
		if err != nil {
			return nil, err
		}
		found = among(part, found)
	}
	if found != nil {
		return found, nil
	}
	found = roaring.New()
	for i := range rel.or {
		part, err := s.candidates(&rel.or[i])
		if err != nil {
			return nil, err
		}
		found.Or(part)
	}
	for i := range rel.patterns {
		part, err := s.holding(&rel.patterns[i])
		if err != nil {
			return nil, err
		}
		found.Or(part)
	}
	return found, nil
}

// holding returns the documents that have every word of a pattern.
func (s *segmentPlaces) holding(p *pattern) (*roaring.Bitmap, error) {
	if p.test != nil {
		return s.ranges[fieldTerm{p.field, p.row[0][0]}].set, nil
	}
	var all *roaring.Bitmap
	for _, alternatives := range p.row {
		set, err := s.reading.having(s.at, p.field, alternatives)
		if err != nil {
			return nil, err
		}
		all = among(set, all)
	}
	if all == nil {
		all = roaring.New()
	}
	return all, nil
}

// of returns the positions within one document. Documents must be asked for in
// order.
func (s *segmentPlaces) of(doc uint32) (places, error) {
	in := make(places)
	for term, reader := range s.terms {
		found, err := reader.places(doc, nil)
		if err != nil {
			return nil, err
		}
		if len(found) > 0 {
			in[term] = found
		}
	}
	for term, r := range s.ranges {
		if found := r.places[doc]; len(found) > 0 {
			slices.Sort(found)
			in[term] = slices.Compact(found)
		}
	}
	return in, nil
}
