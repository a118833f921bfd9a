package office

import (
	"cmp"
	"slices"
)

// run is what letters or paragraphs are that lie in a part of the main stream.
type run struct {
	from, to int // bytes
	style    int // number of a paragraph's
	is       mark
}

// mark says what a run is.
type mark uint8

const (
	deleted  mark = 1 << iota // with changes tracked
	hidden                    // from readers
	inTable                   // a paragraph of a cell
	endsRow                   // the mark at the end of a row
	innerRow                  // that of a table within a cell
	inList                    // an item
)

// The pages on which runs stand are of this size; each ends with how many it has.
const runPage = 512

// runs reads the runs of a document's pages, which b lists; each is read by of.
func (w *word) runs(b []byte, of func(page []byte, n, i int) run) (all []run) {
	pages := (len(b) - 4) / 8
	for i := range max(pages, 0) {
		at := int(u32(b, 4*(pages+1)+4*i)&0x3fffff) * runPage
		page := within(w.main, at, runPage)
		if page == nil || len(all) > len(w.main) {
			continue
		}
		n := int(page[runPage-1])
		for j := range n {
			r := of(page, n, j)
			r.from, r.to = int(u32(page, 4*j)), int(u32(page, 4*j+4))
			all = append(all, r)
		}
	}
	slices.SortStableFunc(all, func(a, b run) int { return cmp.Compare(a.from, b.from) })
	return all
}

// letterRun reads the i-th of n runs of letters on a page.
func letterRun(page []byte, n, i int) (r run) {
	at := 4*(n+1) + i
	if at >= runPage || page[at] == 0 {
		return r
	}
	at = 2 * int(page[at])
	r.change(within(page, at+1, int(page[at])))
	return r
}

// paragraphRun reads the i-th of n runs of paragraphs on a page.
func paragraphRun(page []byte, n, i int) (r run) {
	at := 4*(n+1) + 13*i
	if at >= runPage || page[at] == 0 {
		return r
	}
	at = 2 * int(page[at])
	size := 2*int(page[at]) - 1
	if size < 0 && at+1 < runPage { // the count stands in the next byte
		at++
		size = 2 * int(page[at])
	}
	if size >= 2 {
		r.style = u16(page, at+1)
		r.change(within(page, at+3, size-2))
	}
	return r
}

// The changes to what a run would be by its style that matter here, by their codes.
var changes = map[int]mark{
	0x0800: deleted, 0x083c: hidden, 0x2416: inTable, 0x2417: endsRow, 0x244c: innerRow, 0x460b: inList,
}

// change reads a list of changes: a code of two bytes, of which three bits say how
// long the value after it is, which for marks is 0 where it is off.
func (r *run) change(b []byte) {
	for len(b) >= 3 {
		code := u16(b, 0)
		b = b[2:]
		size := [8]int{1, 1, 2, 4, 2, 2, -1, 3}[code>>13]
		switch {
		case size > 0:
		case code == 0xd608: // the cells of a row
			size = u16(b, 0) + 1
		default:
			size = int(b[0]) + 1
		}
		if size > len(b) {
			return
		}
		if m := changes[code]; m != 0 {
			r.is &^= m
			if b[0] != 0 || size > 1 && b[1] != 0 {
				r.is |= m
			}
		}
		b = b[size:]
	}
}

// lookup finds the run in which a byte lies; last is where the one before was found.
func lookup(runs []run, at int, last *int) (run, bool) {
	if i := *last; i < len(runs) && runs[i].from <= at && at < runs[i].to {
		return runs[i], true
	}
	i, found := slices.BinarySearchFunc(runs, at, func(r run, at int) int { return cmp.Compare(r.from, at) })
	if !found {
		i--
	}
	if i < 0 || at >= runs[i].to {
		return run{}, false
	}
	*last = i
	return runs[i], true
}

// The numbers of Word's own styles that matter here.
const (
	styleHeading1 = 1
	styleTitle    = 62
	noStyle       = 0xfff
)

// styles reads a document's styles: by number, which of Word's own each is.
func styles(b []byte) (all []uint16) {
	head := u16(b, 0)
	n := u16(b, 2)
	for b = b[min(len(b), 2+head):]; len(b) >= 2 && len(all) < n; {
		size := u16(b, 0)
		id := uint16(noStyle)
		if size >= 2 {
			id = uint16(u16(b, 2) & 0xfff)
		}
		all = append(all, id)
		b = b[min(len(b), 2+size+size%2):]
	}
	return all
}
