package html

import (
	"context"
	"io"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// tree parses a page. Where it is nested more deeply than the parser takes
// (512 open elements), its tags are read one by one and what is too deep is
// hung higher, so that the same rules find its text and what it says of itself.
// The error is that of ctx.
func tree(ctx context.Context, page string) (*html.Node, error) {
	root, err := html.Parse(&until{ctx, strings.NewReader(page)})
	switch {
	case err == nil:
		return root, nil
	case ctx.Err() != nil:
		return nil, context.Cause(ctx)
	}
	return shallow(ctx, page)
}

// until reads until a context ends.
type until struct {
	ctx context.Context
	r   io.Reader
}

func (u *until) Read(b []byte) (int, error) {
	if u.ctx.Err() != nil {
		return 0, context.Cause(u.ctx)
	}
	return u.r.Read(b)
}

// deepest is how many elements shallow leaves open.
const deepest = 200

// shallow builds a tree of tags as they come, no deeper than deepest.
func shallow(ctx context.Context, page string) (*html.Node, error) {
	root := &html.Node{Type: html.DocumentNode}
	open := []*html.Node{root}
	z := html.NewTokenizer(&until{ctx, strings.NewReader(page)})
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return root, context.Cause(ctx)
		}
		token := z.Token()
		switch kind {
		case html.TextToken:
			open[len(open)-1].AppendChild(&html.Node{Type: html.TextNode, Data: token.Data})
		case html.StartTagToken, html.SelfClosingTagToken:
			n := &html.Node{Type: html.ElementNode, Data: token.Data, DataAtom: token.DataAtom, Attr: token.Attr}
			open = closeImplied(open, n.DataAtom)
			open[len(open)-1].AppendChild(n)
			if kind == html.StartTagToken && !void[n.DataAtom] && len(open) < deepest {
				open = append(open, n)
			}
		case html.EndTagToken:
			open = closed(open, token.DataAtom, token.Data)
		}
	}
}

// void are the elements that have no end tag.
var void = map[atom.Atom]bool{atom.Area: true, atom.Base: true, atom.Br: true, atom.Col: true, atom.Embed: true, atom.Hr: true,
	atom.Img: true, atom.Input: true, atom.Link: true, atom.Meta: true, atom.Param: true, atom.Source: true, atom.Track: true, atom.Wbr: true}

// closeImplied ends the element that a start tag of its kind ends: pages leave
// out the end tags of paragraphs, items, rows and cells.
func closeImplied(open []*html.Node, next atom.Atom) []*html.Node {
	top := open[len(open)-1].DataAtom
	if top == next && (top == atom.P || top == atom.Li || top == atom.Tr || top == atom.Td || top == atom.Dd || top == atom.Dt || top == atom.Option) {
		return open[:len(open)-1]
	}
	return open
}

// closed ends the innermost open element of the name, and what is open within
// it. An end tag without an open element says nothing.
func closed(open []*html.Node, name atom.Atom, data string) []*html.Node {
	for i := len(open) - 1; i > 0; i-- {
		if open[i].DataAtom == name && open[i].Data == data {
			return open[:i]
		}
	}
	return open
}

// elements calls visit for each element below n in document order, and for what
// is within it where visit says so.
func elements(n *html.Node, visit func(*html.Node) bool) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && visit(c) || c.Type == html.DocumentNode {
			elements(c, visit)
		}
	}
}

// attribute is the value of an attribute of n, or "".
func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

func hasAttribute(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

// within says whether n is holder or lies in it.
func within(n, holder *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == holder {
			return true
		}
	}
	return false
}
