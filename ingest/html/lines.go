package html

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// line is a run of text that a reader sees on a line of its own: a paragraph, an
// item, a row of a table, a heading, a caption.
type line struct {
	text   string
	node   *html.Node // the innermost block that holds all of it
	apart  bool       // an empty line stands before it
	linked int        // bytes of text in links
}

// linesOf is the text of a tree as a reader sees it, in reading order. The
// elements for which skip says so are left out; skip may be nil.
func linesOf(n *html.Node, skip func(*html.Node) bool) []line {
	w := writer{skip: skip, block: n}
	w.node(n)
	w.end()
	return w.lines
}

// join writes lines as text: what stands apart has an empty line before it.
func join(lines []line) string {
	var b strings.Builder
	for i, l := range lines {
		switch {
		case i == 0:
		case l.apart:
			b.WriteString("\n\n")
		default:
			b.WriteString("\n")
		}
		b.WriteString(l.text)
	}
	return b.String()
}

// writer collects words to lines and keeps, for the next word, the space that
// is due before it.
type writer struct {
	lines  []line
	out    strings.Builder // of the line that is being written
	linked int
	due    space
	gap    space // what stood before the line that is being written
	block  *html.Node
	holder *html.Node // the block of the line that is being written
	link   int        // links that are open
	pre    int        // elements whose ends of lines count that are open
	broken bool       // what is due was asked for by a <br>
	skip   func(*html.Node) bool
}

type space int

const (
	none space = iota
	blank
	cell
	lineBreak
	paragraph
)

func (w *writer) space(s space) { w.due = max(w.due, s) }

// lineBreak sets off what follows a <br>; two of them are how many pages part
// paragraphs.
func (w *writer) lineBreak() {
	if w.broken && w.due == lineBreak {
		w.due = paragraph
	}
	w.space(lineBreak)
	w.broken = true
}

func (w *writer) text(s string) {
	if s == "" {
		return
	}
	s = unseen.Replace(s)
	if w.pre > 0 {
		for i, l := range strings.Split(s, "\n") {
			if i > 0 {
				w.due = max(w.due, lineBreak)
			}
			w.words(l)
		}
		return
	}
	w.words(s)
}

// unseen takes out what readers do not see: places where a word may be broken,
// and spaces without width.
var unseen = strings.NewReplacer("\u00ad", "", "\u200b", "", "\u2060", "", "\ufeff", "")

func (w *writer) words(s string) {
	if s == "" {
		return
	}
	if isSpace(s[0]) {
		w.space(blank)
	}
	for i, word := range strings.Fields(s) {
		if i > 0 {
			w.space(blank)
		}
		w.word(word)
	}
	if isSpace(s[len(s)-1]) {
		w.space(blank)
	}
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' }

func (w *writer) word(s string) {
	if w.due >= lineBreak {
		w.end()
	}
	if w.out.Len() == 0 {
		w.holder = w.block
	} else {
		w.out.WriteString([...]string{none: "", blank: " ", cell: "\t"}[w.due])
		w.holder = common(w.holder, w.block)
	}
	w.due, w.broken = none, false
	w.out.WriteString(s)
	if w.link > 0 {
		w.linked += len(s)
	}
}

// common is the innermost element that holds both a and b. Words of one line
// are never far from each other.
func common(a, b *html.Node) *html.Node {
	if a == b {
		return a
	}
	for x, steps := a, 0; x != nil && steps < 4; x, steps = x.Parent, steps+1 {
		for y, more := b, 0; y != nil && more < 4; y, more = y.Parent, more+1 {
			if x == y {
				return x
			}
		}
	}
	return a
}

func (w *writer) end() {
	if w.out.Len() > 0 {
		w.lines = append(w.lines, line{text: w.out.String(), node: w.holder, apart: w.gap == paragraph, linked: w.linked})
		w.out.Reset()
		w.linked = 0
	}
	w.gap, w.due = w.due, none
}

func (w *writer) node(n *html.Node) {
	if n.Type == html.TextNode {
		w.text(n.Data)
		return
	}
	around, unread := spaceAround(n)
	if unread || w.skip != nil && n.Type == html.ElementNode && w.skip(n) {
		w.space(around)
		return
	}
	if n.DataAtom == atom.Br {
		w.lineBreak()
		return
	}
	defer func(block *html.Node, link, pre int) { w.block, w.link, w.pre = block, link, pre }(w.block, w.link, w.pre)
	switch {
	case n.DataAtom == atom.A:
		w.link++
	case n.DataAtom == atom.Pre || n.DataAtom == atom.Textarea:
		w.pre++
	}
	if around >= cell {
		w.block = n
	}
	w.space(around)
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c)
	}
	w.space(around)
}

// spaceAround says how an element is set off from what stands beside it, and
// whether it holds no text for readers.
func spaceAround(n *html.Node) (around space, unread bool) {
	if n.Type != html.ElementNode {
		return none, n.Type == html.CommentNode
	}
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Head, atom.Svg, atom.Iframe, atom.Object, atom.Canvas,
		atom.Audio, atom.Video, atom.Button, atom.Select, atom.Input, atom.Textarea, atom.Math, atom.Dialog, atom.Datalist, atom.Map:
		return none, true
	case atom.P, atom.Div, atom.Section, atom.Article, atom.Header, atom.Footer, atom.Main, atom.Aside, atom.Nav, atom.Blockquote,
		atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Ul, atom.Ol, atom.Dl, atom.Table, atom.Figure,
		atom.Figcaption, atom.Pre, atom.Address, atom.Body, atom.Hr, atom.Form, atom.Fieldset, atom.Details, atom.Summary,
		atom.Center, atom.Legend, atom.Menu, atom.Hgroup:
		return paragraph, false
	case atom.Li, atom.Tr, atom.Dt, atom.Dd, atom.Br, atom.Caption, atom.Option:
		return lineBreak, false
	case atom.Td, atom.Th:
		return cell, false
	}
	return none, false
}
