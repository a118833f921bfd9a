package pdf

import (
	"cmp"
	"math"
	"slices"
)

// read puts the pieces of a page into the order in which they are read: the
// columns one after another, each from top to bottom, and what stands across
// them where it stands. It returns lines, numbered by blocks.
func read(pieces []run) []row {
	o := &order{size: median(pieces, func(r run) float64 { return r.height() })}
	o.read(pieces, 0)
	return o.rows
}

type order struct {
	size   float64 // height of most lines
	rows   []row
	blocks int
}

// maxColumns bounds how often columns are divided.
const maxColumns = 4

func (o *order) read(pieces []run, depth int) {
	x, ok := 0.0, false
	if depth < maxColumns {
		x, ok = o.gutter(pieces)
	}
	if !ok {
		o.rows = append(o.rows, rows(pieces, o.blocks)...)
		o.blocks++
		return
	}
	slices.SortStableFunc(pieces, func(a, b run) int { return cmp.Compare(a.y0, b.y0) })
	var across, left, right []run
	columns := func() {
		if len(left) > 0 {
			o.read(left, depth+1)
		}
		if len(right) > 0 {
			o.read(right, depth+1)
		}
		left, right = nil, nil
	}
	flat := func() {
		if len(across) > 0 {
			o.read(across, depth+1)
		}
		across = nil
	}
	for _, p := range pieces {
		if p.x0 < x && p.x1 > x {
			columns()
			across = append(across, p)
			continue
		}
		flat()
		if p.x1 <= x {
			left = append(left, p)
		} else {
			right = append(right, p)
		}
	}
	columns()
	flat()
}

// What makes two columns: so many lines on each side, of so many letters, and
// not more lines across than a part of all.
const (
	columnLines   = 4
	columnLetters = 18
	mostAcross    = 0.5
)

// gutter finds where the pieces stand in two columns: the place that the fewest
// pieces cross, with enough on both sides that are no cells of a table.
func (o *order) gutter(pieces []run) (x float64, ok bool) {
	if len(pieces) < 2*columnLines {
		return 0, false
	}
	all := pieces[0].box
	for _, p := range pieces {
		all = all.union(p.box)
	}
	best := math.Inf(1)
	for at := all.x0 + 0.15*all.width(); at < all.x0+0.85*all.width(); at += 2 {
		crossing, left, right := 0, []run{}, []run{}
		for _, p := range pieces {
			switch {
			case p.x1 <= at-0.3*o.size:
				left = append(left, p)
			case p.x0 >= at+0.3*o.size:
				right = append(right, p)
			default:
				crossing++
			}
		}
		if len(left) < columnLines || len(right) < columnLines || float64(crossing) > mostAcross*float64(len(pieces)) {
			continue
		}
		// Of places that are crossed as little the one in the middle of the gap.
		cost := float64(crossing)/float64(min(len(left), len(right))) - 0.001*space(left, right, at)
		if cost < best && columnar(left, right) {
			best, x, ok = cost, at, true
		}
	}
	return x, ok && best < 1
}

// space is how far the nearest piece is from at, to one side or the other.
func space(left, right []run, at float64) float64 {
	nearest := math.Inf(1)
	for _, p := range left {
		nearest = min(nearest, at-p.x1)
	}
	for _, p := range right {
		nearest = min(nearest, p.x0-at)
	}
	return min(nearest, 50)
}

// columnar says whether pieces left and right are text that runs on, and no
// cells of one table: their lines are long, or do not stand side by side.
func columnar(left, right []run) bool {
	l, r := span(left), span(right)
	if shared := min(l.y1, r.y1) - max(l.y0, r.y0); shared < 0.3*min(l.height(), r.height()) {
		return false
	}
	letters := func(r run) float64 { return float64(r.letters()) }
	if median(left, letters) >= columnLetters && median(right, letters) >= columnLetters {
		return true
	}
	fewer, more := left, right
	if len(right) < len(left) {
		fewer, more = right, left
	}
	aligned := 0
	for _, p := range fewer {
		for _, q := range more {
			if math.Abs(p.y1-q.y1) < 0.12*p.height() {
				aligned++
				break
			}
		}
	}
	return float64(aligned) < 0.6*float64(len(fewer))
}

func span(pieces []run) box {
	b := pieces[0].box
	for _, p := range pieces {
		b = b.union(p.box)
	}
	return b
}

// median is the middle one of the values that f gives.
func median[T any](list []T, f func(T) float64) float64 {
	if len(list) == 0 {
		return 0
	}
	values := make([]float64, len(list))
	for i, v := range list {
		values[i] = f(v)
	}
	slices.Sort(values)
	return values[len(values)/2]
}
