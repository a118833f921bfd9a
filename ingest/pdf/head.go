package pdf

import (
	"math"
	"strings"
)

// Block is what stands together on the first page: lines of one size under one
// another. It is for whoever looks for the release's title.
type Block struct {
	Rows    []string // as they are set; cells that stand beside one another with a tab between
	Size    float64  // of its letters, where those of the text have 1
	Gap     float64  // to the block above, in heights of its letters; beyond reach where they stand in different columns
	Middle  float64  // of its width, where the page's is 1
	Repeats bool     // it stands at the top of other pages too
	Below   bool     // it stands below the beginning of the text
}

// String is the block's text in one line.
func (b Block) String() string {
	return strings.Join(strings.Fields(strings.Join(b.Rows, " ")), " ")
}

// Where a head ends: so many blocks, and at what is as long as this.
const (
	mostBlocks = 24
	aParagraph = 160
)

// head gives the blocks of the page that was written last, to where its text
// begins, and of what follows those that are set larger.
func (c *composer) head(width float64) (blocks []Block) {
	below := false
	for i, p := range c.paragraphs {
		size := p.size / c.size
		below = below || c.isText(p, size)
		if below && size < 1.15 || len(blocks) == mostBlocks {
			continue
		}
		b := Block{Size: size, Gap: math.Inf(1), Below: below}
		place := p.rows[0].box
		for _, r := range p.rows {
			b.Rows = append(b.Rows, r.text)
			b.Repeats = b.Repeats || r.repeats
			place = place.union(r.box)
		}
		b.Middle = (place.x0 + place.x1) / 2 / width
		if i > 0 {
			last := c.paragraphs[i-1].rows
			if before := last[len(last)-1]; before.y1 <= p.rows[0].y1 {
				b.Gap = max(0, p.rows[0].y0-before.y1) / p.rows[0].size
			}
		}
		blocks = append(blocks, b)
	}
	return blocks
}

// isText says whether a paragraph is one of the release's text: no larger than
// most of it, and long, or of whole sentences.
func (c *composer) isText(p paragraph, size float64) bool {
	text := string(c.text[p.from:p.to])
	return size < 1.07 && (len(text) >= aParagraph || len(p.rows) > 1 && len(text) >= aParagraph/2 && ends(text) && !strings.HasSuffix(text, ":"))
}
