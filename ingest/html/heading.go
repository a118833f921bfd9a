package html

import (
	"cmp"
	"slices"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// find looks for the headline of the page, by which its dates and signatures
// are sought.
func (b *body) find(p *page, title string) {
	b.head, b.headAt = b.headLine(title), 0
	heads := slices.Concat(p.heads, p.titled)
	for _, is := range []func(a, b string) bool{same, alike} {
		for _, h := range heads {
			if title != "" && is(textOf(h), title) {
				b.headAt = p.place[h]
				b.holdHead(h)
				return
			}
		}
	}
	if len(p.heads) > 0 {
		b.headAt = p.place[p.heads[len(p.heads)-1]]
	}
}

// same says whether two titles differ in marks and capitals only.
func same(a, b string) bool { return bare(a) == bare(b) }

// holdHead marks what holds the headline: whatever its names, it is of the
// article.
func (b *body) holdHead(n *html.Node) {
	for ; n != nil; n = n.Parent {
		b.headed[n] = true
	}
}

// headLine is the place of the headline among the lines, or that of the first
// line of prose.
func (b *body) headLine(title string) int {
	for _, is := range []func(a, b string) bool{same, alike} {
		for i := range b.lines {
			if l := &b.lines[i]; isHeading(l.node) && is(l.text, title) {
				return i
			}
		}
	}
	for i := range b.lines {
		if l := &b.lines[i]; l.node.DataAtom == atom.H1 || l.prose() && !b.inDropped(l.node) {
			return i
		}
	}
	return 0
}

// How far an element may be from the headline, in elements.
const (
	nearby     = 200
	everywhere = 1 << 30
)

// above is how many times the distance counts of what stands above the headline:
// the site's head is there, with the day of today.
const above = 4

// far is how many elements lie between the headline and n.
func (p *page) far(b *body, n *html.Node) int {
	d := p.place[n] - b.headAt
	if d < 0 {
		return -above * d
	}
	return d
}

// byHead sorts elements by how far they are from the headline.
func (p *page) byHead(b *body, nodes []*html.Node) []*html.Node {
	sorted := slices.Clone(nodes)
	slices.SortStableFunc(sorted, func(x, y *html.Node) int { return cmp.Compare(p.far(b, x), p.far(b, y)) })
	return sorted
}

// aside says whether an element belongs to comments, to other articles or to
// what stands on every page.
func (b *body) aside(n *html.Node) bool {
	if b.open {
		return false
	}
	all := b.held[b.root].prose
	if b.judge.of(n)&(isDate|isAuthor) != 0 {
		n = n.Parent // its name says what it is, "news-list-author", not where
	}
	for ; n != nil && n != b.root; n = n.Parent {
		if b.headed[n] {
			return false
		}
		if b.held[n].prose*2 > all {
			continue // whatever its name, it holds the article
		}
		if n.DataAtom == atom.Footer && n.Parent == b.root || n.DataAtom == atom.Nav || b.judge.of(n)&isElsewhere != 0 {
			return true
		}
	}
	return false
}
