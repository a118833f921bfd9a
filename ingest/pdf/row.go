package pdf

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// box is a place on a page, from the left and from the top, in points.
type box struct{ x0, y0, x1, y1 float64 }

func (b box) height() float64 { return b.y1 - b.y0 }
func (b box) width() float64  { return b.x1 - b.x0 }

func (b box) union(c box) box {
	return box{min(b.x0, c.x0), min(b.y0, c.y0), max(b.x1, c.x1), max(b.y1, c.y1)}
}

// beside says whether two boxes stand on one line: half of the lower one's
// height is shared.
func (b box) beside(c box) bool {
	return min(b.y1, c.y1)-max(b.y0, c.y0) > 0.5*min(b.height(), c.height())
}

// run is a piece of a line without a wide gap in it.
type run struct {
	box
	size float64 // mean height of its signs
	text string
}

func (r *run) letters() int { return utf8.RuneCountInString(r.text) }

// gap is how far apart signs of one run may stand, in heights of their font: a
// justified line has wide spaces, columns and cells stand wider.
const gap = 1.3

// runs divides signs into pieces of lines, in the order of the file.
func runs(glyphs []glyph) []run {
	var all []run
	var current *run
	var text strings.Builder
	var last box // of the sign before: those of one ligature share theirs
	spaced, signs := false, 0
	end := func() {
		if current != nil {
			current.text = strings.Join(strings.Fields(text.String()), " ")
			if current.text != "" {
				current.size /= float64(signs)
				all = append(all, *current)
			}
		}
		text.Reset()
		current, spaced, signs = nil, false, 0
	}
	for _, g := range glyphs {
		if g.r == ' ' || g.r == '\u00a0' || g.r == '\t' {
			spaced = current != nil
			continue
		}
		b := box{g.x0, g.y0, g.x1, g.y1}
		if current != nil {
			h := current.height()
			if !current.beside(b) || b.x0-current.x1 > gap*h || b.x0 < last.x0-0.5*h {
				end()
			}
		}
		if current == nil {
			current = &run{box: b}
		} else if spaced || b.x0-current.x1 > 0.3*current.height() {
			text.WriteByte(' ')
		}
		current.box, last, spaced = current.union(b), b, false
		current.size += b.height()
		signs++
		text.WriteString(sign(g.r))
	}
	end()
	return all
}

// sign is a glyph as text: ligatures as their letters, bullets of symbol fonts as one.
func sign(r rune) string {
	switch r {
	case 0xfb00:
		return "ff"
	case 0xfb01:
		return "fi"
	case 0xfb02:
		return "fl"
	case 0xfb03:
		return "ffi"
	case 0xfb04:
		return "ffl"
	case 0xad, 0x2, 0xfffe, 0x2010, 0x2011: // hyphens, of which PDFium marks those at the end of a line
		return "-"
	case 0xf0b7, 0xf0a7, 0xf0d8, 0xf076, 0xf0fc:
		return "•"
	}
	if r < ' ' {
		return ""
	}
	return string(r)
}

// row is a line of a block: its pieces from left to right, cells with a tab between.
type row struct {
	box
	size  float64 // height of most of its signs
	text  string
	cells int
	block int // rows of one block stand under one another

	repeats bool // at the top of other pages too
}

// rows puts the pieces of one block into lines, from top to bottom.
func rows(pieces []run, block int) []row {
	slices.SortStableFunc(pieces, func(a, b run) int { return cmp.Compare(a.y0+a.y1, b.y0+b.y1) })
	var lines [][]run
	var boxes []box
	for _, p := range pieces {
		at := -1
		for i := len(lines) - 1; i >= 0 && i >= len(lines)-3; i-- {
			if boxes[i].beside(p.box) {
				at = i
				break
			}
		}
		if at < 0 {
			lines, boxes = append(lines, nil), append(boxes, p.box)
			at = len(lines) - 1
		}
		lines[at] = append(lines[at], p)
		if p.width() > boxes[at].width() { // the widest piece says where the line stands
			boxes[at] = p.box
		}
	}
	all := make([]row, len(lines))
	for i, line := range lines {
		all[i] = joinRuns(line, block)
	}
	return all
}

func joinRuns(line []run, block int) row {
	slices.SortStableFunc(line, func(a, b run) int { return cmp.Compare(a.x0, b.x0) })
	r := row{box: line[0].box, block: block, cells: 1}
	most := 0
	var text strings.Builder
	for i, p := range line {
		if i > 0 {
			switch space := p.x0 - r.x1; {
			case space > gap*p.height():
				text.WriteByte('\t')
				r.cells++
			case space > 0.12*p.height():
				text.WriteByte(' ')
			}
		}
		text.WriteString(p.text)
		if n := p.letters(); n > most {
			most, r.size = n, p.size
		}
		r.box = r.union(p.box)
	}
	r.text = text.String()
	return r
}
