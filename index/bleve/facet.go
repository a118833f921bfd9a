package bleve

import (
	"cmp"
	"slices"

	"vocero/index"
)

// counter counts the values of one facet over the hits of a search.
type counter struct {
	name     index.FacetName
	column   *column
	byNumber []int          // of values in memory
	byValue  map[string]int // of others
	number   func(uint32)
	value    func([]byte)
}

func newCounter(name index.FacetName, c *column) *counter {
	f := &counter{name: name, column: c, byValue: make(map[string]int)}
	f.number = func(n uint32) {
		if int(n) >= len(f.byNumber) {
			f.byNumber = append(f.byNumber, make([]int, len(f.column.values)-len(f.byNumber))...)
		}
		f.byNumber[n]++
	}
	f.value = func(value []byte) { f.byValue[string(value)]++ }
	return f
}

func (f *counter) count(doc uint64) error { return f.column.visit(doc, f.number, f.value) }

// defaultFacetSize is how many values a facet gives when none is asked for.
const defaultFacetSize = 10

// facet returns the most frequent values.
func (f *counter) facet(size int) index.Facet {
	for n, count := range f.byNumber {
		if count > 0 {
			f.byValue[f.column.values[n]] += count
		}
	}
	all := make([]index.Count, 0, len(f.byValue))
	for value, count := range f.byValue {
		all = append(all, index.Count{Value: value, Count: count})
	}
	slices.SortFunc(all, func(a, b index.Count) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
	})
	shown := min(len(all), cmp.Or(max(size, 0), defaultFacetSize))
	return index.Facet{Name: f.name, Values: all[:shown:shown], More: len(all) - shown}
}
