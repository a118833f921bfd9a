package bleve

import (
	"cmp"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// matches is what a part of a query matches in one state of the index, told
// segment by segment: first which documents, as a set, then how relevant those
// are that turned out to be hits. It belongs to one search, which takes one
// segment after the other.
type matches interface {
	// in returns the documents of a segment that match, of within alone unless
	// that is nil. The set must not be changed.
	in(segment int, within *roaring.Bitmap) (*roaring.Bitmap, error)

	// score adds to scores how relevant documents are, all of which match and
	// are of the segment that in was asked for last.
	score(segment int, d documents, scores []float64) error

	// most is a bound on the documents that match, by which the rarest part is
	// read first.
	most() uint64
}

// documents are some of one segment, as a set and in order.
type documents struct {
	set  *roaring.Bitmap
	list []uint32
}

func inOrder(set *roaring.Bitmap) documents { return documents{set, set.ToArray()} }

// among returns what set and within have in common; within is nil for all.
func among(set, within *roaring.Bitmap) *roaring.Bitmap {
	if within == nil {
		return set
	}
	return roaring.And(set, within)
}

// add adds a weight to what each document of set has in to, by its place in
// d's list.
func (d documents) add(set *roaring.Bitmap, weight float64, to []float64) {
	if set == d.set {
		for at := range to {
			to[at] += weight
		}
		return
	}
	if set.GetCardinality() > muchLarger*uint64(len(d.list)) {
		set = roaring.And(set, d.set)
	}
	var buffer [256]uint32
	at, it := 0, set.ManyIterator()
	for n := it.NextMany(buffer[:]); n > 0; n = it.NextMany(buffer[:]) {
		for _, doc := range buffer[:n] {
			for at < len(d.list) && d.list[at] < doc {
				at++
			}
			if at == len(d.list) {
				return
			}
			if d.list[at] == doc {
				to[at] += weight
			}
		}
	}
}

// muchLarger is how many times larger a set is to have what it shares with
// another told before one goes over it.
const muchLarger = 4

// noMatches is what matches nothing.
type noMatches struct{}

func (noMatches) in(int, *roaring.Bitmap) (*roaring.Bitmap, error) { return roaring.New(), nil }
func (noMatches) score(int, documents, []float64) error            { return nil }
func (noMatches) most() uint64                                     { return 0 }

// allMatches is what matches every document.
type allMatches struct{ reading *reading }

func (a allMatches) in(segment int, within *roaring.Bitmap) (*roaring.Bitmap, error) {
	if within != nil {
		return within, nil
	}
	return a.reading.segments[segment].DocNumbersLive(), nil
}
func (allMatches) score(int, documents, []float64) error { return nil }
func (allMatches) most() uint64                          { return 1<<64 - 1 }

// andMatches is what matches all of some parts and none of others. It is as
// relevant as the parts together.
type andMatches struct{ must, not []matches }

func newAnd(must, not []matches) *andMatches {
	must = slices.Clone(must)
	slices.SortStableFunc(must, func(a, b matches) int { return cmp.Compare(a.most(), b.most()) })
	return &andMatches{must, not}
}

func (a *andMatches) in(segment int, within *roaring.Bitmap) (found *roaring.Bitmap, err error) {
	found = within
	for _, m := range a.must {
		if found, err = m.in(segment, found); err != nil || found.IsEmpty() {
			return found, err
		}
	}
	for _, m := range a.not {
		out, err := m.in(segment, found)
		if err != nil {
			return nil, err
		}
		found = roaring.AndNot(found, out)
	}
	return found, nil
}

func (a *andMatches) score(segment int, d documents, scores []float64) error {
	for _, m := range a.must {
		if err := m.score(segment, d, scores); err != nil {
			return err
		}
	}
	return nil
}

func (a *andMatches) most() uint64 { return a.must[0].most() }

// orMatches is what matches one part at least. It is as relevant as the parts
// that match together, times the share of all parts that they are.
type orMatches struct {
	of  []matches
	now []*roaring.Bitmap // what each part matches in the segment
}

func newOr(of []matches) matches {
	switch len(of) {
	case 0:
		return noMatches{}
	case 1:
		return of[0]
	}
	return &orMatches{of, make([]*roaring.Bitmap, len(of))}
}

func (o *orMatches) in(segment int, within *roaring.Bitmap) (*roaring.Bitmap, error) {
	for i, m := range o.of {
		var err error
		if o.now[i], err = m.in(segment, within); err != nil {
			return nil, err
		}
	}
	return roaring.FastOr(o.now...), nil
}

func (o *orMatches) score(segment int, d documents, scores []float64) error {
	sums, matching := make([]float64, len(d.list)), make([]int, len(d.list))
	for i, m := range o.of {
		own := inOrder(among(o.now[i], d.set))
		of := make([]float64, len(own.list))
		if err := m.score(segment, own, of); err != nil {
			return err
		}
		at := 0
		for n, doc := range own.list {
			for d.list[at] != doc {
				at++
			}
			sums[at] += of[n]
			matching[at]++
		}
	}
	for at, sum := range sums {
		scores[at] += sum * float64(matching[at]) / float64(len(o.of))
	}
	return nil
}

func (o *orMatches) most() (sum uint64) {
	for _, m := range o.of {
		if n := m.most(); n > 1<<32 {
			return n
		} else {
			sum += n
		}
	}
	return sum
}
