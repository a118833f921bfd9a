package html

import (
	"encoding/json"
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"vocero/ingest/day"
)

// page is what a page says of itself, gathered in one walk over its tree. Names
// of properties are in small letters.
type page struct {
	address *url.URL
	judge   *judge
	locale  string              // of the html element
	metas   map[string][]string // meta elements by their name, property, itemprop or http-equiv
	items   map[string][]*html.Node
	links   map[string]string // link elements by their rel
	objects []map[string]any  // of JSON-LD
	scripts []string          // beginnings of other scripts with data
	title   string            // of the head
	heads   []*html.Node      // h1
	titled  []*html.Node      // lower headings whose names say that they are a title
	times   []*html.Node
	dated   []*html.Node       // elements whose names speak of a date
	signed  []*html.Node       // elements whose names speak of an author
	place   map[*html.Node]int // where the elements kept here stand in the page
	walked  int
	crumbs  []*html.Node // lists of steps from the first page to this one
}

// most bounds the elements of one sort that are kept: no honest page has more.
const most = 200

func gather(root *html.Node, address *url.URL, names *judge) *page {
	p := &page{address: address, judge: names, metas: map[string][]string{}, items: map[string][]*html.Node{}, links: map[string]string{}, place: map[*html.Node]int{}}
	elements(root, func(n *html.Node) bool {
		p.walked++
		p.element(n)
		return n.DataAtom != atom.Script && n.DataAtom != atom.Svg
	})
	return p
}

func (p *page) element(n *html.Node) {
	switch n.DataAtom {
	case atom.Html:
		p.locale = firstOf(p.locale, attribute(n, "lang"), attribute(n, "xml:lang"))
		return
	case atom.Meta:
		for _, key := range []string{"name", "property", "itemprop", "http-equiv"} {
			if name := strings.ToLower(strings.TrimSpace(attribute(n, key))); name != "" {
				name = colons.Replace(name)
				p.metas[name] = append(p.metas[name], squeeze(attribute(n, "content")))
			}
		}
	case atom.Link:
		if rel := strings.ToLower(attribute(n, "rel")); p.links[rel] == "" {
			p.links[rel] = attribute(n, "href")
		}
	case atom.Script:
		p.script(n)
		return
	case atom.Title:
		p.title = firstOf(p.title, textOf(n))
	case atom.H1:
		p.keep(&p.heads, n)
	case atom.H2, atom.H3:
		if p.judge.of(n)&isTitle != 0 {
			p.keep(&p.titled, n)
		}
	case atom.Time:
		p.keep(&p.times, n)
	}
	if props := attribute(n, "itemprop") + " " + attribute(n, "property"); n.DataAtom != atom.Meta && props != " " {
		for prop := range strings.FieldsSeq(strings.ToLower(props)) {
			if len(p.items[prop]) < most {
				p.items[prop] = append(p.items[prop], n)
			}
		}
	}
	p.named(n)
}

// colons writes the names of Dublin Core in one way: dc:date and DC.date.
var colons = strings.NewReplacer("dc:", "dc.", "dcterms:", "dcterms.", "dc_", "dc.")

func (p *page) keep(list *[]*html.Node, n *html.Node) {
	if len(*list) < most {
		*list = append(*list, n)
		p.place[n] = p.walked
	}
}

// named files an element by what its names speak of.
func (p *page) named(n *html.Node) {
	v := p.judge.of(n)
	if v&isDate != 0 {
		p.keep(&p.dated, n)
	}
	if v&isAuthor != 0 || n.DataAtom == atom.A && strings.Contains(attribute(n, "rel"), "author") {
		p.keep(&p.signed, n)
	}
	if v&isTrail != 0 {
		p.keep(&p.crumbs, n)
	}
}

// script keeps the data that a script element holds.
func (p *page) script(n *html.Node) {
	const longest = 2 << 20
	if n.FirstChild == nil || len(n.FirstChild.Data) > longest {
		return
	}
	data := n.FirstChild.Data
	if strings.Contains(strings.ToLower(attribute(n, "type")), "ld+json") {
		p.linkedData(data)
		return
	}
	if strings.Contains(data, "ublish") || strings.Contains(data, "reated") {
		p.scripts = append(p.scripts, data)
	}
}

// linkedData reads JSON-LD, also where it is wrapped in a comment or a CDATA
// section, or holds ends of lines within its strings.
func (p *page) linkedData(text string) {
	text = strings.TrimSpace(text)
	for _, wrap := range [][2]string{{"<!--", "-->"}, {"//<![CDATA[", "//]]>"}, {"<![CDATA[", "]]>"}} {
		text = strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(text, wrap[0]), wrap[1]))
	}
	var data any
	if json.Unmarshal([]byte(text), &data) != nil {
		text = strings.TrimRight(strings.NewReplacer("\n", " ", "\r", " ", "\t", " ").Replace(text), "; ")
		if json.Unmarshal([]byte(text), &data) != nil {
			p.scripts = append(p.scripts, text) // a date in it can be read all the same
			return
		}
	}
	walkObjects(data, 0, func(o map[string]any) {
		if len(p.objects) < most {
			p.objects = append(p.objects, o)
		}
	})
}

// walkObjects calls visit for every object within v, to a depth that no honest
// page exceeds.
func walkObjects(v any, depth int, visit func(map[string]any)) {
	const deepest = 20
	if depth > deepest {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			walkObjects(x, depth+1, visit)
		}
	case map[string]any:
		visit(v)
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage", "itemListElement"} {
			walkObjects(v[key], depth+1, visit)
		}
	}
}

// order says how the page writes dates in figures: English pages of no country
// are mostly American.
func (p *page) order() day.Order {
	locale := strings.ToLower(strings.ReplaceAll(p.locale, "_", "-"))
	host := p.address.Hostname()
	if locale == "en-us" || locale == "en" && countryOf(host) == "" && host != "" || strings.HasSuffix(host, ".gov") || strings.HasSuffix(host, ".mil") {
		return day.MonthFirst
	}
	return day.DayFirst
}

// squeeze puts one space for all white space within s, and none around it.
func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

// textOf is the text of an element on one line.
func textOf(n *html.Node) string {
	var parts []string
	for _, l := range linesOf(n, hidden) {
		parts = append(parts, l.text)
	}
	if n.DataAtom == atom.Title && n.FirstChild != nil { // in the head, which has no lines
		return squeeze(n.FirstChild.Data)
	}
	return squeeze(strings.Join(parts, " "))
}

func firstOf(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}
