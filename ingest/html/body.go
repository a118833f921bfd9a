package html

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// body is what the rules of one page work with: its lines, and how much prose
// each element holds.
type body struct {
	root    *html.Node
	judge   judge
	lines   []line // all that a reader can see
	held    map[*html.Node]measure
	dropped map[*html.Node]bool
	head    int                 // place of the headline among the lines
	headAt  int                 // place of the headline among the elements
	headed  map[*html.Node]bool // the headline and what holds it
	open    bool                // nothing counts as aside
}

// measure is what an element holds, in bytes.
type measure struct {
	text  int // all of it
	prose int // in lines that read like sentences
	links int // in links
}

func newBody(root *html.Node) *body {
	b := &body{root: bodyElement(root), judge: judge{known: map[string]verdict{}}, held: map[*html.Node]measure{}, dropped: map[*html.Node]bool{}, headed: map[*html.Node]bool{}}
	b.lines = linesOf(b.root, hidden)
	b.measure()
	b.drop(b.root)
	b.measure()
	return b
}

// bodyElement is the page's body or, where it has none, all of it.
func bodyElement(root *html.Node) *html.Node {
	found := root
	elements(root, func(n *html.Node) bool {
		if n.DataAtom == atom.Body && found == root {
			found = n
		}
		return n.DataAtom == atom.Html
	})
	return found
}

// hidden says whether an element is not shown.
func hidden(n *html.Node) bool {
	if strings.Contains(strings.ToLower(attribute(n, "class")), "paywall") {
		return false // the text is there, and a script shows it to some
	}
	if hasAttribute(n, "hidden") || attribute(n, "aria-hidden") == "true" && n.DataAtom != atom.Div && n.DataAtom != atom.Section {
		return true
	}
	style := attribute(n, "style")
	if style == "" {
		return false
	}
	style = strings.ToLower(strings.ReplaceAll(style, " ", ""))
	return strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden")
}

// measure sums up what each element holds outside of what was dropped.
func (b *body) measure() {
	clear(b.held)
	for _, l := range b.lines {
		if b.inDropped(l.node) {
			continue
		}
		m := measure{text: len(l.text), links: l.linked}
		if l.prose() {
			m.prose = len(l.text) - l.linked
		}
		for n := l.node; n != nil; n = n.Parent {
			h := b.held[n]
			b.held[n] = measure{h.text + m.text, h.prose + m.prose, h.links + m.links}
		}
	}
}

func (b *body) inDropped(n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if b.dropped[n] {
			return true
		}
	}
	return false
}

// prose says whether a line reads like a sentence or several.
func (l *line) prose() bool {
	if l.linked*10 > len(l.text)*4 {
		return false
	}
	if l.node.DataAtom == atom.H1 || isHeading(l.node) && len(l.text) < 120 {
		return false
	}
	return len(l.text) >= 100 || len(l.text) >= 50 && strings.ContainsAny(l.text[len(l.text)-4:], ".!?:…”\"»")
}

// drop marks the elements below n that are no part of an article by their kind
// or their names. An element that holds most of the page's prose is misnamed.
func (b *body) drop(n *html.Node) {
	all := b.held[b.root].prose
	elements(n, func(c *html.Node) bool {
		held := b.held[c]
		if held.text == 0 {
			return false
		}
		if b.isForeign(c, held) && held.prose*2 <= all {
			b.dropped[c] = true
			return false
		}
		return true
	})
}

// little is the text of an element, in bytes, that may be a date, a name or a
// button rather than a part of the article.
const little = 120

// isForeign says whether the element is no part of an article.
func (b *body) isForeign(n *html.Node, held measure) bool {
	switch n.DataAtom {
	case atom.Nav, atom.Footer, atom.Aside, atom.Menu, atom.Label, atom.Fieldset:
		return true
	case atom.Header:
		return held.prose*3 < held.text && held.links*4 > held.text
	case atom.Form:
		return held.prose*3 < held.text
	case atom.P, atom.H1, atom.Blockquote, atom.Em, atom.Strong, atom.B, atom.I:
		return b.judge.of(n)&isDropped != 0 && held.prose == 0
	}
	v := b.judge.of(n)
	switch {
	case v&(isBody|isPart) != 0 && held.prose*4 > held.text:
		return false
	case v&isLead != 0 && held.prose*2 > held.text:
		return false
	case v&isDropped != 0:
		return true
	case v&isDoubtful != 0:
		return held.prose*3 < held.text && (held.links*4 > held.text || held.text < little)
	}
	return false
}

// main is the element that holds the article: the one that is named so and
// holds the most prose, else the one where most of the prose is.
func (b *body) main() *html.Node {
	const enough = 250
	var named, parts, tags []*html.Node
	elements(b.root, func(n *html.Node) bool {
		if b.dropped[n] || b.held[n].text == 0 {
			return false
		}
		switch v := b.judge.of(n); {
		case v&isBody != 0 || attribute(n, "itemprop") == "articleBody":
			named = append(named, n)
		case n.DataAtom == atom.Article:
			tags = append(tags, n)
		case v&isPart != 0 || n.DataAtom == atom.Main || attribute(n, "role") == "main":
			parts = append(parts, n)
		}
		return true
	})
	for _, candidates := range [][]*html.Node{named, tags, parts} {
		if best := b.richest(candidates); best != nil && b.held[best].prose >= enough {
			return best
		}
	}
	return b.densest()
}

// richest is the element with the most prose, of several that are equal the innermost.
func (b *body) richest(candidates []*html.Node) *html.Node {
	var best *html.Node
	for _, n := range candidates {
		if best == nil || b.held[n].prose > b.held[best].prose || within(n, best) && b.held[n].prose*10 >= b.held[best].prose*9 {
			best = n
		}
	}
	return best
}

// densest is the innermost element that holds most of the page's prose.
func (b *body) densest() *html.Node {
	n := b.root
	for {
		next := n
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if b.held[c].prose*10 > b.held[n].prose*7 && b.held[c].prose > 0 {
				next = c
			}
		}
		if next == n || next.DataAtom == atom.P {
			return n
		}
		n = next
	}
}
