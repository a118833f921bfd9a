package html

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// lines is the text of a tree as a reader sees it: blocks with an empty line
// between them, items, rows and lines broken by hand on lines of their own.
func lines(n *html.Node) string {
	var w writer
	w.node(n)
	return strings.TrimSpace(w.out.String())
}

// writer puts out words and, before the next one, the space that is due.
type writer struct {
	out strings.Builder
	due space
}

type space int

const (
	none space = iota
	blank
	lineBreak
	paragraph
)

func (w *writer) space(s space) { w.due = max(w.due, s) }

func (w *writer) text(s string) {
	if s == "" {
		return
	}
	if first := s[0]; first == ' ' || first == '\n' || first == '\t' || first == '\r' {
		w.space(blank)
	}
	for i, word := range strings.Fields(s) {
		if i > 0 {
			w.space(blank)
		}
		w.word(word)
	}
	if last := s[len(s)-1]; last == ' ' || last == '\n' || last == '\t' || last == '\r' {
		w.space(blank)
	}
}

func (w *writer) word(s string) {
	if w.out.Len() > 0 {
		w.out.WriteString([...]string{none: "", blank: " ", lineBreak: "\n", paragraph: "\n\n"}[w.due])
	}
	w.due = none
	w.out.WriteString(s)
}

func (w *writer) node(n *html.Node) {
	if n.Type == html.TextNode {
		w.text(n.Data)
		return
	}
	around, skip := spaceAround(n)
	if skip {
		return
	}
	w.space(around)
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c)
	}
	w.space(around)
}

// spaceAround says how an element is set off from what stands beside it, and
// whether it holds no text for readers.
func spaceAround(n *html.Node) (around space, skip bool) {
	if n.Type != html.ElementNode {
		return none, n.Type == html.CommentNode
	}
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Head, atom.Svg, atom.Iframe, atom.Button, atom.Select:
		return none, true
	case atom.P, atom.Div, atom.Section, atom.Article, atom.Header, atom.Footer, atom.Main, atom.Aside, atom.Blockquote,
		atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Ul, atom.Ol, atom.Dl, atom.Table, atom.Figure,
		atom.Figcaption, atom.Pre, atom.Address, atom.Body, atom.Hr, atom.Form, atom.Fieldset:
		return paragraph, false
	case atom.Li, atom.Tr, atom.Dt, atom.Dd, atom.Br, atom.Caption:
		return lineBreak, false
	case atom.Td, atom.Th:
		return blank, false
	}
	return none, false
}

// plain is the text of a page whose tree cannot be built: without its tags,
// scripts and styles, block elements as ends of lines.
func plain(page string) string {
	var w writer
	z := html.NewTokenizer(strings.NewReader(page))
	hidden := 0
	for {
		switch z.Next() {
		case html.ErrorToken:
			return strings.TrimSpace(w.out.String())
		case html.TextToken:
			if hidden == 0 {
				w.text(string(z.Text()))
			}
		case html.StartTagToken:
			hidden += w.tag(z)
		case html.EndTagToken:
			hidden = max(hidden-w.tag(z), 0)
		case html.SelfClosingTagToken:
			w.tag(z)
		}
	}
}

// tag sets off what comes next and returns 1 for an element without text.
func (w *writer) tag(z *html.Tokenizer) int {
	name, _ := z.TagName()
	around, skip := spaceAround(&html.Node{Type: html.ElementNode, DataAtom: atom.Lookup(name)})
	w.space(around)
	if skip {
		return 1
	}
	return 0
}
