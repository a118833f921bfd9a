package bleve

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"vocero/corpus"
	"vocero/index"
	"vocero/index/terms"

	bindex "github.com/blevesearch/bleve_index_api"
)

// counter counts the values of one facet over the hits of a search.
type counter struct {
	request  index.FacetRequest
	column   *column
	byNumber []int32        // of values in memory
	counted  []uint32       // the numbers that have a count
	byValue  map[string]int // of values that aren't in memory
	value    func([]byte)
	once     map[groupValue]bool // of groups of copies
}

func newCounter(r index.FacetRequest, c *column) *counter {
	f := &counter{request: r, column: c, byValue: make(map[string]int)}
	f.value = func(value []byte) { f.byValue[string(value)]++ }
	return f
}

func (f *counter) count(doc uint64) error {
	numbers, loaded, err := f.column.numbers(doc)
	if err != nil {
		return err
	}
	if !loaded {
		return f.column.read(doc, f.value)
	}
	for _, n := range numbers {
		if int(n) >= len(f.byNumber) {
			f.byNumber = append(f.byNumber, make([]int32, len(f.column.values)-len(f.byNumber))...)
		}
		if f.byNumber[n] == 0 {
			f.counted = append(f.counted, n)
		}
		f.byNumber[n]++
	}
	return nil
}

// defaultFacetSize is how many values a facet gives when none is asked for.
const defaultFacetSize = 10

// facet returns the values in the order asked for.
func (f *counter) facet(ctx context.Context, c *collector) (index.Facet, error) {
	var err error
	size := cmp.Or(f.request.Size, defaultFacetSize)
	all, more := f.values(c.request.Choices, size)
	switch f.request.Order {
	case index.BySignificance:
		if all, err = f.significant(ctx, c, all); err != nil {
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
		if choice.Facet != f.request.Name || choice.Not {
			continue
		}
		for _, value := range choice.Values {
			chosen[value] = true
			f.byValue[value] += 0
		}
	}
	least := int32(0)
	if len(f.byValue) == 0 && f.request.Order == index.ByCount && f.request.Prefix == "" && size > 0 {
		least = f.least(size)
	}
	prefix := terms.Fold(f.request.Prefix)
	add := func(value string, count int) {
		if chosen[value] || prefix == "" || strings.HasPrefix(terms.Fold(value), prefix) {
			all = append(all, index.Count{Value: value, Count: count, Chosen: chosen[value]})
		}
	}
	for _, n := range f.counted {
		if f.byNumber[n] < least {
			more++
			continue
		}
		value := f.column.values[n]
		if other, both := f.byValue[value]; both {
			f.byValue[value] = other + int(f.byNumber[n])
			continue
		}
		add(value, int(f.byNumber[n]))
	}
	for value, count := range f.byValue {
		add(value, count)
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
		count := f.byNumber[n]
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
func (f *counter) significant(ctx context.Context, c *collector, all []index.Count) ([]index.Count, error) {
	documents, err := c.reader.DocCount()
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
		if v.Of, err = f.documents(ctx, c.reader, v.Value); err != nil {
			return nil, err
		}
		here, everywhere := float64(v.Count)/float64(c.total), float64(v.Of)/float64(documents)
		if v.Score = (here - everywhere) * (here / everywhere); v.Score > 0 {
			typical = append(typical, v)
		}
	}
	slices.SortFunc(typical, func(a, b index.Count) int { return cmp.Or(cmp.Compare(b.Score, a.Score), byCount(a, b)) })
	return typical, nil
}

// documents counts those of the whole index that have a value.
func (f *counter) documents(ctx context.Context, reader bindex.IndexReader, value string) (int, error) {
	r, err := reader.TermFieldReader(ctx, []byte(value), facetField+string(f.request.Name), false, false, false)
	if err != nil {
		return 0, fmt.Errorf("count %s: %w", value, err)
	}
	n := int(r.Count())
	return n, r.Close()
}
