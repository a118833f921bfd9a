package html

import (
	_ "embed"
	"math"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

//go:embed lexicon/weights.txt
var weightsFile string

// weights are what each of marks is worth, and last what they begin from.
var weights = parseWeights(weightsFile)

func parseWeights(file string) []float64 {
	worth := map[string]float64{}
	for row := range strings.Lines(file) {
		name, value, ok := strings.Cut(strings.TrimSpace(row), ": ")
		if ok && !strings.HasPrefix(row, "#") {
			worth[name], _ = strconv.ParseFloat(value, 64) // TestWeights reads them strictly
		}
	}
	all := make([]float64, len(marks)+1)
	for i, m := range marks {
		all[i] = worth[m.name]
	}
	all[len(marks)] = worth[bias]
	return all
}

const bias = "bias"

// weigh decides by a sum of weights: what a line's ballot says of it, how it
// reads and what stands around it, each worth what a logistic regression gave
// it (lexicon/weights.txt). What was taken by points is one of the marks.
// Captions, what stands twice and what follows the end of the article stay as
// they were decided: the regression learned nothing of them.
func weigh(candidates []candidate, taken []bool) []bool {
	take := make([]bool, len(candidates))
	for i := range candidates {
		switch c := &candidates[i]; {
		case c.title || c.about:
		case c.caption || c.after || c.again:
			take[i] = taken[i]
		default:
			take[i] = worth(c) > c.margin()
		}
	}
	return take
}

// margin is what a line must be worth more than. What stands around articles
// are short lines, and few of those that they hold are missed.
func (c *candidate) margin() float64 {
	if c.short && !c.prose && !c.taken {
		return 1
	}
	return 0
}

func worth(c *candidate) float64 {
	sum := weights[len(marks)]
	for i, m := range marks {
		if w := weights[i]; w != 0 {
			sum += w * m.of(c)
		}
	}
	return sum
}

// candidate is a line with what is known of it before it is weighed.
type candidate struct {
	*ballot
	text         string
	inLinks      int // bytes of text in links
	apart        bool
	tag          atom.Atom  // of the nearest paragraph, item or heading that holds it
	names        verdict    // of the elements around it
	around       [3]measure // what the elements hold that hold the line's own, from the inside
	behind       bool       // it stands below the last line of prose that the rules take
	sum          int        // of its points
	taken        bool       // by them
	before, next *candidate
}

// mark is something that speaks for or against a line.
type mark struct {
	name string
	of   func(*candidate) float64
}

// near is how many elements about a line have names that speak of it.
const near = 6

// surroundings says where a line stands in the tree, which readability changes
// later.
func (b *body) surroundings(l *line) candidate {
	c := candidate{text: l.text, inLinks: l.linked, apart: l.apart}
	for i, n := 0, l.node; n != nil && i < near; i, n = i+1, n.Parent {
		c.names |= b.judge.of(n)
		if i < 4 && c.tag == 0 {
			c.tag = blockOf(n)
		}
		if i >= 1 && i <= len(c.around) {
			c.around[i-1] = b.held[n]
		}
	}
	return c
}

// introduce gives candidates their ballots and their neighbours.
func introduce(candidates []candidate, votes []ballot) {
	taken := decide(votes, enough)
	last := len(votes) - 1
	for last > 0 && !(votes[last].ours && votes[last].prose) {
		last--
	}
	for i := range candidates {
		c := &candidates[i]
		c.ballot, c.sum, c.taken, c.behind = &votes[i], votes[i].points(), taken[i], last > 0 && i > last
		if i > 0 {
			c.before = &candidates[i-1]
		}
		if i+1 < len(candidates) {
			c.next = &candidates[i+1]
		}
	}
}

// blockOf is the kind of an element that holds a line of its own.
func blockOf(n *html.Node) atom.Atom {
	switch n.DataAtom {
	case atom.P, atom.Li, atom.Td, atom.Blockquote, atom.Pre, atom.Dd, atom.Dt, atom.Figcaption:
		return n.DataAtom
	}
	if isHeading(n) {
		return n.DataAtom
	}
	return 0
}

// marks are all of them, in the order of the weights.
var marks = append(steps(), []mark{
	{"ours", is(func(c *candidate) bool { return c.ours })},
	{"theirs", is(func(c *candidate) bool { return c.theirs })},
	{"nobody's", is(func(c *candidate) bool { return !c.ours && !c.theirs })},
	{"dropped", is(func(c *candidate) bool { return c.dropped })},
	{"above the headline", is(func(c *candidate) bool { return c.above })},
	{"lead", is(func(c *candidate) bool { return c.lead })},
	{"behind the prose", is(func(c *candidate) bool { return c.behind })},
	{"also", is(func(c *candidate) bool { return c.sort == isAlso })},
	{"credit", is(func(c *candidate) bool { return c.sort == isCredit })},
	{"asking", is(func(c *candidate) bool { return c.sort == isAsking })},
	{"prose", is(func(c *candidate) bool { return c.prose })},
	{"heading", is(func(c *candidate) bool { return c.heading })},
	{"h2", is(func(c *candidate) bool { return c.tag == atom.H2 })},
	{"item", is(func(c *candidate) bool { return c.tag == atom.Li })},
	{"paragraph", is(func(c *candidate) bool { return c.tag == atom.P })},
	{"no block", is(func(c *candidate) bool { return c.tag == 0 })},
	{"apart", is(func(c *candidate) bool { return c.apart })},
	{"mostly links", is(func(c *candidate) bool { return c.linked })},
	{"links", func(c *candidate) float64 { return share(c.inLinks, len(c.text)) }},
	{"length", func(c *candidate) float64 { return math.Log1p(float64(len(c.text))) }},
	{"over 20 bytes", is(func(c *candidate) bool { return len(c.text) > 20 })},
	{"over 80 bytes", is(func(c *candidate) bool { return len(c.text) > 80 })},
	{"over 160 bytes", is(func(c *candidate) bool { return len(c.text) > 160 })},
	{"over 320 bytes", is(func(c *candidate) bool { return len(c.text) > 320 })},
	{"full stop", is(func(c *candidate) bool { return endsIn(c.text, ".", "!", "?", ":", `"`, "”", "…", "»") })},
	{"colon", is(func(c *candidate) bool { return endsIn(c.text, ":") })},
	{"bar", is(func(c *candidate) bool { return strings.Contains(c.text, "|") })},
	{"copyright", is(func(c *candidate) bool { return strings.Contains(c.text, "©") })},
	{"named dropped", is(func(c *candidate) bool { return c.names&isDropped != 0 })},
	{"named body", is(func(c *candidate) bool { return c.names&isBody != 0 })},
	{"named lead", is(func(c *candidate) bool { return c.names&isLead != 0 })},
	{"links around", func(c *candidate) float64 { return share(c.around[0].links, c.around[0].text) }},
	{"links around that", func(c *candidate) float64 { return share(c.around[1].links, c.around[1].text) }},
	{"links around all", func(c *candidate) float64 { return share(c.around[2].links, c.around[2].text) }},
	{"prose around", func(c *candidate) float64 { return share(c.around[0].prose, c.around[0].text) }},
	{"prose around that", func(c *candidate) float64 { return share(c.around[1].prose, c.around[1].text) }},
	{"prose around all", func(c *candidate) float64 { return share(c.around[2].prose, c.around[2].text) }},
	{"first", is(func(c *candidate) bool { return c.before == nil })},
	{"after links", is(func(c *candidate) bool { return c.before != nil && c.before.linked })},
	{"after taken", is(func(c *candidate) bool { return c.before != nil && c.before.taken })},
	{"after ours", is(func(c *candidate) bool { return c.before != nil && c.before.ours })},
	{"after theirs", is(func(c *candidate) bool { return c.before != nil && c.before.theirs })},
	{"after prose", is(func(c *candidate) bool { return c.before != nil && c.before.prose })},
	{"before links", is(func(c *candidate) bool { return c.next != nil && c.next.linked })},
	{"before taken", is(func(c *candidate) bool { return c.next != nil && c.next.taken })},
	{"before ours", is(func(c *candidate) bool { return c.next != nil && c.next.ours })},
	{"before theirs", is(func(c *candidate) bool { return c.next != nil && c.next.theirs })},
	{"before prose", is(func(c *candidate) bool { return c.next != nil && c.next.prose })},
}...)

// steps are a mark for each number of points that a line reaches.
func steps() []mark {
	const lowest, highest = -3, 7
	var all []mark
	for n := lowest; n <= highest; n++ {
		all = append(all, mark{strconv.Itoa(n) + " points", is(func(c *candidate) bool { return c.sum >= n })})
	}
	return all
}

func is(said func(*candidate) bool) func(*candidate) float64 {
	return func(c *candidate) float64 {
		if said(c) {
			return 1
		}
		return 0
	}
}

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

func endsIn(s string, ends ...string) bool {
	for _, end := range ends {
		if strings.HasSuffix(s, end) {
			return true
		}
	}
	return false
}
