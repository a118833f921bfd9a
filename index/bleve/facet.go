package bleve

import (
	"cmp"
	"slices"
	"strings"

	"vocero/corpus"
	"vocero/index"
	"vocero/index/terms"

	"github.com/RoaringBitmap/roaring/v2"
)

// counter counts the values of one facet over the hits of a search.
type counter struct {
	request index.FacetRequest
	column  *column
	counts  []int32             // by number
	counted []uint32            // the numbers that have a count
	once    map[groupValue]bool // of groups of copies
}

func newCounter(r index.FacetRequest, c *column) *counter {
	f := &counter{request: r, column: c}
	if counts, ok := c.store.counts.Get().(*[]int32); ok {
		f.counts = *counts
	}
	return f
}

// release gives the room for counts back.
func (f *counter) release() {
	for _, n := range f.counted {
		f.counts[n] = 0
	}
	counts := f.counts
	f.counts, f.counted = nil, nil
	f.column.store.counts.Put(&counts)
}

// count counts some documents of a segment.
func (f *counter) count(at int, documents *roaring.Bitmap) error {
	in, err := f.column.in(at, int(documents.GetCardinality()))
	if err != nil {
		return err
	}
	var buffer [256]uint32
	var own []uint32
	it := documents.ManyIterator()
	for n := it.NextMany(buffer[:]); n > 0; n = it.NextMany(buffer[:]) {
		for _, doc := range buffer[:n] {
			if in != nil {
				own = in.of(doc)
			} else if own, err = f.column.read(at, doc, own[:0]); err != nil {
				return err
			}
			for _, number := range own {
				f.add(number)
			}
		}
	}
	return nil
}

func (f *counter) add(number uint32) {
	if int(number) >= len(f.counts) {
		f.counts = append(f.counts, make([]int32, len(f.column.values)-len(f.counts))...)
	}
	if f.counts[number] == 0 {
		f.counted = append(f.counted, number)
	}
	f.counts[number]++
}

// defaultFacetSize is how many values a facet gives when none is asked for.
const defaultFacetSize = 10

// facet returns the values in the order asked for.
func (f *counter) facet(c *collector) (index.Facet, error) {
	var err error
	size := cmp.Or(f.request.Size, defaultFacetSize)
	all, more := f.values(c.request.Choices, size)
	switch f.request.Order {
	case index.BySignificance:
		if all, err = f.significant(c, all); err != nil {
			return index.Facet{}, err
		}
	case index.ByValue:
		slices.SortFunc(all, func(a, b index.Count) int { return cmp.Compare(a.Value, b.Value) })
		all, size = f.withGaps(all), -1
	default:
		slices.SortFunc(all, byCount)
	}
	if size < 0 || size > len(all) {
		size = len(all)
	}
	shown := all[:size:size]
	for _, v := range all[size:] {
		if v.Chosen {
			shown = append(shown, v)
		}
	}
	return index.Facet{Name: f.request.Name, Values: shown, More: len(all) - len(shown) + more}, nil
}

func byCount(a, b index.Count) int {
	return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
}

// values returns what was counted, and what was chosen though it has no hit.
// By count they are the size most frequent at least; more are left out.
func (f *counter) values(choices []index.Choice, size int) (all []index.Count, more int) {
	chosen := make(map[string]bool)
	for _, choice := range choices {
		if choice.Facet == f.request.Name && !choice.Not {
			for _, value := range choice.Values {
				chosen[value] = true
			}
		}
	}
	least := int32(0)
	if f.request.Order == index.ByCount && f.request.Prefix == "" && size > 0 {
		least = f.least(size)
	}
	prefix := terms.Fold(f.request.Prefix)
	for _, n := range f.counted {
		value := f.column.values[n]
		switch {
		case chosen[value]:
			all = append(all, index.Count{Value: value, Count: int(f.counts[n]), Chosen: true})
			delete(chosen, value)
		case f.counts[n] < least:
			more++
		case prefix == "" || strings.HasPrefix(terms.Fold(value), prefix):
			all = append(all, index.Count{Value: value, Count: int(f.counts[n])})
		}
	}
	for value := range chosen {
		all = append(all, index.Count{Value: value, Chosen: true})
	}
	return all, more
}

// least returns the count of the last of the size most frequent values.
func (f *counter) least(size int) int32 {
	if len(f.counted) <= size {
		return 0
	}
	first := make([]int32, 0, size) // the largest counts, the last in front
	for _, n := range f.counted {
		count := f.counts[n]
		if len(first) == size && count <= first[0] {
			continue
		}
		i, _ := slices.BinarySearch(first, count)
		if len(first) < size {
			first = slices.Insert(first, i, count)
		} else {
			copy(first, first[1:i])
			first[i-1] = count
		}
	}
	return first[0]
}

// withGaps puts the years or months between two values of a histogram in.
func (f *counter) withGaps(all []index.Count) []index.Count {
	next := map[index.FacetName]func(corpus.Date) corpus.Date{
		index.Years:  func(d corpus.Date) corpus.Date { return corpus.Date{Year: d.Year + 1} },
		index.Months: nextMonth,
	}[f.request.Name]
	if next == nil || len(all) == 0 {
		return all
	}
	var whole []index.Count
	for _, v := range all {
		if len(whole) > 0 {
			day, err := corpus.ParseDate(whole[len(whole)-1].Value)
			for err == nil {
				if day = next(day); day.String() >= v.Value {
					break
				}
				whole = append(whole, index.Count{Value: day.String()})
			}
		}
		whole = append(whole, v)
	}
	return whole
}

func nextMonth(d corpus.Date) corpus.Date {
	if d.Month == 12 {
		return corpus.Date{Year: d.Year + 1, Month: 1}
	}
	return corpus.Date{Year: d.Year, Month: d.Month + 1}
}

// maxWeighed bounds how many values, the most frequent, are weighed against
// the whole index.
const maxWeighed = 2000

// significant weighs values by the JLH score: the share of hits that have the
// value less that of the whole index, times the ratio of the two.
func (f *counter) significant(c *collector, all []index.Count) ([]index.Count, error) {
	of, err := c.everything()
	if err != nil || c.total == 0 {
		return nil, err
	}
	least := 1
	if c.total >= 10 {
		least = 2 // a value of one hit among many is chance
	}
	slices.SortFunc(all, byCount)
	var typical []index.Count
	for _, v := range all[:min(len(all), maxWeighed)] {
		if v.Count < least {
			break
		}
		if v.Of, err = of.having(facetField+string(f.request.Name), v.Value); err != nil {
			return nil, err
		}
		here, everywhere := float64(v.Count)/float64(c.total), float64(v.Of)/float64(of.documents)
		if v.Score = (here - everywhere) * (here / everywhere); v.Score > 0 {
			typical = append(typical, v)
		}
	}
	slices.SortFunc(typical, func(a, b index.Count) int { return cmp.Or(cmp.Compare(b.Score, a.Score), byCount(a, b)) })
	return typical, nil
}

// everything is the whole index, in which a release counts once with its copies
// unless each of them is a hit of its own.
type everything struct {
	collector *collector
	grouped   []*roaring.Bitmap // of each segment; nil for none
	documents int
}

func (c *collector) everything() (*everything, error) {
	e := &everything{collector: c, grouped: make([]*roaring.Bitmap, len(c.segments))}
	var live []*roaring.Bitmap
	for at, s := range c.segments {
		live = append(live, s.DocNumbersLive())
		var err error
		if _, e.grouped[at], err = c.groups.part(at, live[at]); err != nil {
			return nil, err
		}
	}
	var err error
	e.documents, err = e.count(func(at int) (*roaring.Bitmap, error) { return live[at], nil })
	return e, err
}

// having counts the releases that have a value.
func (e *everything) having(field, value string) (int, error) {
	return e.count(func(at int) (*roaring.Bitmap, error) { return e.collector.having(at, field, []string{value}) })
}

// count counts the releases of a set of each segment.
func (e *everything) count(set func(at int) (*roaring.Bitmap, error)) (n int, err error) {
	groups := make(map[uint32]bool) // by number
	for at, grouped := range e.grouped {
		of, err := set(at)
		if err != nil {
			return 0, err
		}
		n += int(of.GetCardinality())
		if grouped == nil {
			continue
		}
		for it := roaring.And(of, grouped).Iterator(); it.HasNext(); n-- {
			number, err := e.collector.groups.ids.of(at, it.Next())
			if err != nil {
				return 0, err
			}
			groups[number[0]] = true
		}
	}
	return n + len(groups), nil
}
