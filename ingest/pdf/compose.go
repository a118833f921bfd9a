package pdf

import (
	"bytes"
	"math"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// compose makes of the pages one text, and finds what stands on the first page
// above it.
func compose(pages []page) (head []Block, text string) {
	lines := make([][]row, len(pages))
	for i, p := range pages {
		lines[i] = read(runs(p.glyphs))
	}
	lines = withoutRunning(lines, pages)
	c := composer{size: bodySize(lines)}
	for i, rows := range lines {
		c.page(rows)
		c.aside(runs(pages[i].others))
		if i == 0 {
			head = c.head(pages[0].width)
		}
	}
	return head, string(c.text)
}

// bodySize is the height of most of a document's letters.
func bodySize(pages [][]row) float64 {
	var sizes []float64
	for _, rows := range pages {
		for _, r := range rows {
			for range max(1, utf8.RuneCountInString(r.text)/10) {
				sizes = append(sizes, r.size)
			}
		}
	}
	return median(sizes, func(s float64) float64 { return s })
}

// composer writes rows as paragraphs.
type composer struct {
	size float64
	text []byte
	last row // that was written; its text is empty at the beginning

	paragraphs []paragraph
}

// paragraph is where one stands in the text, and the size of its largest line.
type paragraph struct {
	from, to int
	size     float64
	rows     []row // as they are set
}

// page writes the rows of one.
func (c *composer) page(rows []row) {
	for len(rows) > 0 {
		n := 1
		for n < len(rows) && rows[n].block == rows[0].block {
			n++
		}
		c.block(rows[:n])
		rows = rows[n:]
	}
}

// block writes rows that stand under one another.
func (c *composer) block(rows []row) {
	b := shape{size: c.size}
	var steps []float64
	for i := 1; i < len(rows); i++ {
		if s := rows[i].y1 - rows[i-1].y1; s > 0 && math.Abs(rows[i].size-rows[i-1].size) < 0.1*rows[i].size {
			steps = append(steps, s)
		}
	}
	b.step = median(steps, func(s float64) float64 { return s })
	for i, r := range rows {
		how := newParagraph
		if i > 0 {
			b.box = place(rows[max(0, i-near):min(len(rows), i+near)], r)
			how = b.joins(rows[i-1], r)
		} else if c.continues(r) {
			how = sameLine
		}
		c.write(r, how)
	}
}

// near is how many lines on either side say how wide a line may be.
const near = 4

// place is where the rows of one size stand: a title may be wider than its text.
func place(rows []row, of row) box {
	b := of.box
	for _, r := range rows {
		if alike(r, of) {
			b = b.union(r.box)
		}
	}
	return b
}

// alike says whether two rows are set in one size.
func alike(a, b row) bool { return math.Abs(a.size-b.size) <= 0.15*max(a.size, b.size) }

// aside writes what runs up or down a margin.
func (c *composer) aside(pieces []run) {
	for _, p := range pieces {
		c.write(row{text: p.text, block: -1}, newParagraph)
	}
}

// joint says how a row follows the one before.
type joint int

const (
	newParagraph joint = iota
	newLine
	sameLine
)

// shape is a block's place, and how far its lines stand apart.
type shape struct {
	box
	step float64
	size float64 // of the document's text
}

// joins says how r follows before, in one block.
func (b shape) joins(before, r row) joint {
	step := r.y1 - before.y1
	large := before.size > 1.15*b.size
	switch {
	case !alike(r, before):
		return newParagraph
	case step > 1.35*b.step && step > 1.5*r.size && !large, step > 2.2*r.size:
		return newParagraph
	case r.cells > 1 || before.cells > 1, bulleted(r.text):
		return newLine
	case divided.MatchString(before.text):
		return sameLine
	case large && !ends(before.text):
		return sameLine // a title is broken where it looks well
	case b.width()-before.width() > b.firstWord(r)+0.5*r.size && !b.full(before):
		if ends(before.text) {
			return newParagraph
		}
		return newLine
	case r.x0 > b.x0+0.8*r.size && before.x0 < b.x0+0.4*r.size && ends(before.text):
		return newParagraph
	}
	return sameLine
}

// full says whether a row reaches to the block's right edge.
func (b shape) full(r row) bool { return r.x1 > b.x1-0.03*b.width() }

// firstWord is about how wide a row's first word is.
func (b shape) firstWord(r row) float64 {
	word, _, _ := strings.Cut(r.text, " ")
	return r.width() * float64(utf8.RuneCountInString(word)+1) / float64(max(1, utf8.RuneCountInString(r.text)))
}

// continues says whether r goes on with a sentence of the block or page before.
func (c *composer) continues(r row) bool {
	first, _ := utf8.DecodeRuneInString(r.text)
	return c.last.text != "" && c.last.cells == 1 && r.cells == 1 && unicode.IsLower(first) && !ends(c.last.text) &&
		alike(c.last, r)
}

func (c *composer) write(r row, how joint) {
	switch {
	case len(c.text) == 0:
	case how == sameLine:
		c.glue(r.text)
		c.last = r
		p := &c.paragraphs[len(c.paragraphs)-1]
		p.to, p.size, p.rows = len(c.text), max(p.size, r.size), append(p.rows, r)
		return
	case how == newLine:
		c.text = append(c.text, '\n')
	default:
		c.text = append(c.text, "\n\n"...)
	}
	c.paragraphs = append(c.paragraphs, paragraph{len(c.text), len(c.text) + len(r.text), r.size, []row{r}})
	c.text = append(c.text, r.text...)
	c.last = r
}

// glue writes what follows on the same line. A word that was divided becomes
// one again: its hyphen goes where small letters stand on both sides.
func (c *composer) glue(text string) {
	stem, divided := bytes.CutSuffix(c.text, []byte("-"))
	before, _ := utf8.DecodeLastRune(stem)
	after, _ := utf8.DecodeRuneInString(text)
	switch {
	case divided && unicode.IsLower(before) && unicode.IsLower(after):
		c.text = stem
	case divided && unicode.IsLetter(before) && unicode.IsLetter(after):
	default:
		c.text = append(c.text, ' ')
	}
	c.text = append(c.text, text...)
}

// ends says whether a text ends as a sentence does.
func ends(text string) bool {
	text = strings.TrimRight(text, `"'”’»)]`)
	return strings.HasSuffix(text, ".") || strings.HasSuffix(text, "!") || strings.HasSuffix(text, "?") ||
		strings.HasSuffix(text, ":") || strings.HasSuffix(text, "…")
}

var bullet = regexp.MustCompile(`^(?:[•●○▪■◦‣·➢✓*]|[-–—] |\(?(?:\d{1,2}|[a-zA-Z])[.)] )`)

// divided is a line that ends within a word.
var divided = regexp.MustCompile(`\p{L}-$`)

func bulleted(text string) bool { return bullet.MatchString(text) }
