// Package page reads a page of a newsroom as a crawler must: which links it
// has, which of them lead to releases and which to the next page of a list, and
// whether the page is a release itself or a list of them.
//
//	p := page.Parse(body, contentType, base)
//	if p.Kind() == page.Listing { … p.Items() … p.Next() … }
//
// It goes through the page once, tag by tag, and builds no tree: no nesting is
// too deep for it.
package page

import (
	"bytes"
	"io"
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"

	"vocero/ingest/crawl/address"
)

// Page is what a crawler sees of a page.
type Page struct {
	URL       *url.URL // where it was had
	Title     string
	Canonical *url.URL // nil where the page names none
	Feeds     []Feed   // that it announces
	Links     []Link   // each address once, in the order of the page

	signs signs
}

// Feed is a feed that a page announces.
type Feed struct {
	URL   *url.URL
	Title string
}

// Link is a link of a page.
type Link struct {
	URL  *url.URL // normalised
	Text string   // the longest that it is called by
	Menu bool     // it stands in a menu, a header, a footer or beside the content
	Next bool     // it says that it leads to the next page of the list
	head bool     // it is, or holds, a heading
	more bool     // it is called "read more" or the like
}

// The bounds of one page: what is beyond them is not looked at.
const (
	maxLinks = 5000
	maxText  = 300
	maxOpen  = 4096
)

// Parse reads a page that was had at base. Any bytes can be read.
func Parse(b []byte, contentType string, base *url.URL) *Page {
	p := &Page{URL: base}
	var r io.Reader = bytes.NewReader(b)
	if decoded, err := charset.NewReader(r, contentType); err == nil {
		r = decoded
	}
	w := &walker{page: p, base: base, tokens: html.NewTokenizer(r), links: map[string]int{}}
	w.tokens.SetMaxBuf(4 << 20)
	w.walk()
	return p
}

// walker goes through a page's tags.
type walker struct {
	page   *Page
	base   *url.URL
	tokens *html.Tokenizer
	open   []element // elements that hold others
	aside  int       // how many of them are no content
	heads  int       // how many are headings
	prose  int       // how many are paragraphs
	inner  int       // how many are the main part or an article
	link   int       // index into page.Links of the open link, plus one
	text   strings.Builder
	links  map[string]int // by address, plus one
	para   int            // letters of the open paragraph outside links
	title  bool
	json   bool
	script strings.Builder
}

type element struct {
	name  atom.Atom
	aside bool
}

func (w *walker) walk() {
	for {
		switch w.tokens.Next() {
		case html.ErrorToken: // the end, or a tag beyond all bounds
			w.closeLink()
			return
		case html.TextToken:
			w.say(w.tokens.Text())
		case html.StartTagToken, html.SelfClosingTagToken:
			w.start(w.tokens.Token())
		case html.EndTagToken:
			name, _ := w.tokens.TagName()
			w.end(atom.Lookup(name))
		}
	}
}

func (w *walker) say(text []byte) {
	switch {
	case w.json:
		if w.script.Len()+len(text) < 1<<20 {
			w.script.Write(text)
		}
		return
	case w.title:
		w.page.Title = clip(w.page.Title + string(text))
		return
	}
	letters := countLetters(text)
	if letters == 0 && w.link == 0 {
		return
	}
	if w.link > 0 && w.text.Len() < maxText {
		w.text.WriteString(html.UnescapeString(string(text)))
	}
	w.page.signs.text(letters, w.link > 0, w.aside > 0, w.prose > 0)
	if w.link == 0 && w.prose > 0 && w.aside == 0 {
		w.para += letters
	}
}

func (w *walker) start(t html.Token) {
	attr := func(name string) string { return attribute(t, name) }
	switch t.DataAtom {
	case atom.A, atom.Area:
		w.closeLink()
		w.openLink(attr("href"), attr("rel"), attr("aria-label")+" "+attr("title"), attr("class"))
		return
	case atom.Button:
		for _, name := range [...]string{"data-url", "data-href", "data-next", "data-next-url", "hx-get"} {
			if ref := attr(name); ref != "" {
				w.openLink(ref, "", attr("aria-label"), attr("class"))
				break
			}
		}
	case atom.Title:
		w.title = w.page.Title == "" && len(w.open) < 8
		return
	case atom.Base:
		if u, err := w.page.URL.Parse(attr("href")); err == nil && u.Host != "" {
			w.base = u
		}
	case atom.Link:
		w.headLink(t)
	case atom.Meta:
		w.meta(t)
	case atom.Script:
		w.json = strings.EqualFold(attr("type"), "application/ld+json")
		return
	case atom.Time:
		w.page.signs.times++
	}
	w.page.signs.element(t, w.aside > 0)
	if t.Type == html.SelfClosingTagToken || !holds[t.DataAtom] || len(w.open) >= maxOpen {
		return
	}
	if t.DataAtom == atom.P {
		w.para = 0
	}
	e := element{t.DataAtom, isAside(t) || t.DataAtom == atom.Header && w.inner == 0}
	w.open = append(w.open, e)
	w.count(e, 1)
}

// holds are the elements whose inside matters.
var holds = map[atom.Atom]bool{
	atom.Nav: true, atom.Header: true, atom.Footer: true, atom.Aside: true, atom.Menu: true, atom.Main: true, atom.Article: true,
	atom.Section: true, atom.Div: true, atom.Ul: true, atom.Ol: true, atom.Li: true, atom.Table: true, atom.Td: true, atom.Tr: true,
	atom.P: true, atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.Blockquote: true, atom.Form: true, atom.Body: true,
	atom.Dl: true, atom.Dd: true, atom.Dt: true, atom.Span: true,
}

func (w *walker) count(e element, n int) {
	if e.aside {
		w.aside += n
	}
	switch e.name {
	case atom.H1, atom.H2, atom.H3, atom.H4:
		w.heads += n
	case atom.P, atom.Blockquote:
		w.prose += n
	case atom.Main, atom.Article:
		w.inner += n
	}
}

// lookBack is how far an end tag looks for its beginning: pages that are well
// made find it at once.
const lookBack = 24

func (w *walker) end(name atom.Atom) {
	switch name {
	case atom.A, atom.Button:
		w.closeLink()
		return
	case atom.Title:
		w.title = false
		return
	case atom.Script:
		if w.json {
			w.page.signs.linkedData(w.script.String())
			w.script.Reset()
			w.json = false
		}
		return
	case atom.P:
		w.page.signs.paragraph(w.para)
		w.para = 0
	}
	if !holds[name] {
		return
	}
	for i := len(w.open) - 1; i >= 0 && i >= len(w.open)-lookBack; i-- {
		if w.open[i].name != name {
			continue
		}
		for _, e := range w.open[i:] {
			w.count(e, -1)
		}
		w.open = w.open[:i]
		return
	}
}

func (w *walker) openLink(ref, rel, label, class string) {
	rel = " " + strings.ToLower(rel) + " "
	to, err := w.base.Parse(strings.TrimSpace(ref))
	if err != nil || ref == "" || strings.HasPrefix(ref, "#") || len(w.page.Links) >= maxLinks {
		return
	}
	u, err := address.Normalize(to)
	if err != nil || strings.Contains(rel, " nofollow ") && strings.Contains(rel, " ugc ") {
		return
	}
	key := u.String()
	at := w.links[key]
	if at == 0 {
		w.page.Links = append(w.page.Links, Link{URL: u, Menu: w.aside > 0})
		at = len(w.page.Links)
		w.links[key] = at
	}
	link := &w.page.Links[at-1]
	link.Menu = link.Menu && w.aside > 0
	link.head = link.head || w.heads > 0 && w.aside == 0
	link.Next = link.Next || strings.Contains(rel, " next ") || nextClass.MatchString(class) || isNext(label)
	w.link = at
	w.text.Reset()
	w.page.signs.link(w.aside > 0)
}

func (w *walker) closeLink() {
	if w.link == 0 {
		return
	}
	link := &w.page.Links[w.link-1]
	text := clip(w.text.String())
	if isNext(text) {
		link.Next = true
	}
	switch {
	case isMore(text):
		link.more = true
	case len(text) > len(link.Text):
		link.Text = text
	}
	w.link = 0
	w.text.Reset()
}

// headLink reads a <link>: feeds, the canonical address, the next page.
func (w *walker) headLink(t html.Token) {
	rel := " " + strings.ToLower(attribute(t, "rel")) + " "
	to, err := w.base.Parse(strings.TrimSpace(attribute(t, "href")))
	if err != nil || attribute(t, "href") == "" {
		return
	}
	u, err := address.Normalize(to)
	if err != nil {
		return
	}
	kind := strings.ToLower(attribute(t, "type"))
	switch {
	case strings.Contains(rel, " alternate ") && isFeedType(kind) && len(w.page.Feeds) < 20:
		w.page.Feeds = append(w.page.Feeds, Feed{u, clip(attribute(t, "title"))})
	case strings.Contains(rel, " canonical ") && w.page.Canonical == nil:
		w.page.Canonical = u
	case strings.Contains(rel, " next "):
		w.page.Links = append(w.page.Links, Link{URL: u, Next: true, Text: "rel=next"})
		w.links[u.String()] = len(w.page.Links)
	}
}

func isFeedType(kind string) bool {
	switch kind {
	case "application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml":
		return true
	}
	return false
}

func (w *walker) meta(t html.Token) {
	content := strings.ToLower(attribute(t, "content"))
	switch strings.ToLower(attribute(t, "name") + attribute(t, "property")) {
	case "og:type":
		w.page.signs.ogType = content
	case "article:published_time", "article:modified_time":
		w.page.signs.articleTime = true
	}
}

func attribute(t html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func clip(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if len(s) > maxText {
		s = strings.ToValidUTF8(s[:maxText], "")
	}
	return s
}
