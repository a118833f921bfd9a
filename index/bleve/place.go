package bleve

import "slices"

// places holds the sorted positions of the words of patterns within one
// document.
type places map[rowKey][]int

// rowKey is a word of a pattern.
type rowKey struct {
	pattern *pattern
	row     int
}

// starts returns where the pattern's row begins, each word after the other.
func (p *pattern) starts(in places) []int {
	found := slices.Clone(in[rowKey{p, 0}])
	for i := range p.row[1:] {
		next := in[rowKey{p, i + 1}]
		found = slices.DeleteFunc(found, func(start int) bool {
			_, follows := slices.BinarySearch(next, start+i+1)
			return !follows
		})
	}
	return found
}

// windows returns where stretches begin that hold all words of the row within
// slop more words than they are, in any order: for each place of each word, the
// one that begins there.
func (p *pattern) windows(in places) []int {
	row := make([][]int, len(p.row))
	var all []int
	for i := range p.row {
		row[i] = in[rowKey{p, i}]
		all = append(all, row[i]...)
	}
	slices.Sort(all)
	return slices.DeleteFunc(slices.Compact(all), func(start int) bool {
		return !fits(row, start, start+len(p.row)+p.slop)
	})
}

// fits says whether each word has a place of its own in [start, end): the
// places are given out in the order of the words, the first that is free.
func fits(row [][]int, start, end int) bool {
	var taken []int
	for _, places := range row {
		i, _ := slices.BinarySearch(places, start)
		for i < len(places) && slices.Contains(taken, places[i]) {
			i++
		}
		if i == len(places) || places[i] >= end {
			return false
		}
		taken = append(taken, places[i])
	}
	return true
}

// units returns the units of a document that match rel, sorted.
func (rel *relation) units(in places) []int {
	switch {
	case rel.or != nil:
		var found []int
		for i := range rel.or {
			found = append(found, rel.or[i].units(in)...)
		}
		slices.Sort(found)
		return slices.Compact(found)
	case rel.and == nil:
		return rel.leaf(in)
	}
	found := rel.and[0].units(in)
	for i := range rel.and[1:] {
		other := rel.and[i+1].units(in)
		found = slices.DeleteFunc(found, func(u int) bool { return !has(other, u) })
	}
	for i := range rel.not {
		other := rel.not[i].units(in)
		found = slices.DeleteFunc(found, func(u int) bool { return has(other, u) })
	}
	return found
}

func (rel *relation) leaf(in places) []int {
	var found []int
	for i := range rel.patterns {
		p := &rel.patterns[i]
		at := p.starts
		if p.slop > 0 {
			at = p.windows
		}
		for _, position := range at(in) {
			found = append(found, position>>rel.bits(p.field))
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

func has(sorted []int, n int) bool {
	_, found := slices.BinarySearch(sorted, n)
	return found
}
