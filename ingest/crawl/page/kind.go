package page

import (
	"encoding/json"
	"net/url"
	"path"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"vocero/ingest/crawl/address"
)

// Kind says what a page is to a crawler.
type Kind string

// The kinds of pages.
const (
	Release Kind = "release" // one text, to be taken in
	Listing Kind = "listing" // names others: a list of releases, a section, a home page
)

// signs are what tells a release from a listing, counted while reading.
type signs struct {
	ogType       string
	articleTime  bool
	isArticle    bool // linked data or microdata describe an article
	isCollection bool
	articles     int // <article> elements
	times        int
	inLinks      int // letters of the content within links
	outside      int // letters of the content outside links
	paragraphs   int // of some length, outside links
	inParagraphs int // their letters
	contentLinks int
	menuLinks    int
}

func (s *signs) text(letters int, inLink, aside, prose bool) {
	switch {
	case aside:
	case inLink:
		if !prose {
			s.inLinks += letters
		}
	default:
		s.outside += letters
	}
}

func (s *signs) link(aside bool) {
	if aside {
		s.menuLinks++
	} else {
		s.contentLinks++
	}
}

// longParagraph is the number of letters from which on a paragraph is prose:
// summaries in lists are shorter.
const longParagraph = 120

func (s *signs) paragraph(letters int) {
	if letters >= longParagraph {
		s.paragraphs++
		s.inParagraphs += letters
	}
}

func (s *signs) element(t html.Token, aside bool) {
	if t.DataAtom == atom.Article && !aside {
		s.articles++
	}
	if kind := attribute(t, "itemtype"); kind != "" && !aside {
		switch {
		case strings.HasSuffix(kind, "Article"):
			s.isArticle = s.isArticle || s.articles <= 1
		case strings.HasSuffix(kind, "CollectionPage"), strings.HasSuffix(kind, "ItemList"):
			s.isCollection = true
		}
	}
}

// linkedData looks in a JSON-LD block for what the page says that it is.
func (s *signs) linkedData(text string) {
	var data any
	if json.Unmarshal([]byte(text), &data) != nil {
		return
	}
	articles := 0
	var walk func(v any, depth int)
	walk = func(v any, depth int) {
		if depth > 6 {
			return
		}
		switch v := v.(type) {
		case []any:
			for _, x := range v {
				walk(x, depth+1)
			}
		case map[string]any:
			for _, kind := range typesOf(v["@type"]) {
				switch {
				case strings.HasSuffix(kind, "Article"), kind == "BlogPosting", kind == "Report":
					articles++
				case kind == "CollectionPage":
					s.isCollection = true
				}
			}
			walk(v["@graph"], depth+1)
		}
	}
	walk(data, 0)
	s.isArticle = s.isArticle || articles == 1
	s.isCollection = s.isCollection || articles > 2
}

func typesOf(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		var out []string
		for _, x := range v {
			if t, ok := x.(string); ok {
				out = append(out, t)
			}
		}
		return out
	}
	return nil
}

// Kind tells a release from a listing: by what the page says of itself, by how
// much of it is prose and how much the names of other pages, and by its address.
func (p *Page) Kind() Kind {
	if p.score() > 0 {
		return Release
	}
	return Listing
}

// score is above zero for a release. Its weights were set by hand on saved
// pages of newsrooms.
func (p *Page) score() float64 {
	s := &p.signs
	score := 0.0
	add := func(when bool, weight float64) {
		if when {
			score += weight
		}
	}
	add(s.ogType == "article" || strings.HasSuffix(s.ogType, ":article"), 1.5)
	add(s.isArticle, 2)
	add(s.articleTime, 1)
	add(s.isCollection, -2.5)
	add(s.ogType == "website", -0.5)
	add(address.IsSlug(p.URL), 1)
	add(p.URL.Path == "/" && p.URL.RawQuery == "", -3)
	add(PageNumber(p.URL) > 1, -2)
	items := len(p.Items())
	add(items >= 6, -1)
	add(items >= 12, -1)
	add(s.articles >= 4, -1)
	add(p.counted(), -1.5)
	add(p.counted() && items >= 5, -3.5)
	add(s.paragraphs >= 2, 1)
	add(s.paragraphs >= 4, 1)
	add(s.inParagraphs >= 1200, 1)
	if all := s.inLinks + s.outside; all > 0 {
		share := float64(s.inLinks) / float64(all)
		add(share < 0.2, 1)
		add(share > 0.4, -1)
		add(share > 0.6, -1)
	}
	add(s.outside < 150, -1)
	return score
}

// counted says whether the page is one of several that count on.
func (p *Page) counted() bool {
	for _, l := range p.Next() {
		if !l.Menu && PageNumber(l.URL) > 0 {
			return true
		}
	}
	return false
}

// Items are the links that most likely lead to releases: those of the content
// that are called by a headline, or whose address ends in words.
func (p *Page) Items() []Link {
	var items []Link
	for _, l := range p.Links {
		if p.isItem(l) {
			items = append(items, l)
		}
	}
	return items
}

func (p *Page) isItem(l Link) bool {
	if l.Menu || l.Next || !address.SameSite(l.URL, p.URL) || l.URL.String() == p.URL.String() || NotRelease(l.URL) != "" {
		return false
	}
	words := len(strings.Fields(l.Text))
	headline := words >= 4 || len(l.Text) >= 30 || l.head && words >= 2
	slug := address.IsSlug(l.URL)
	return headline && (slug || l.head || deeper(l.URL, p.URL) || l.URL.RawQuery != "") || slug && (l.more || l.head || words >= 3)
}

// deeper says whether a lies below b.
func deeper(a, b *url.URL) bool {
	return strings.HasPrefix(a.Path, strings.TrimSuffix(b.Path, "/")+"/") && len(a.Path) > len(b.Path)+1
}

// notRelease are the addresses of pages that no newsroom publishes as releases.
var notRelease = regexp.MustCompile(`(?i)/(tags?|etiquetas?|categor(y|ies|ia|ias|ía|ías)|authors?|autor(es)?|search|buscar|busca|buscador|login|user|wp-admin|wp-login|contact[oe]?|contacto|about|feed|rss|mapa-del-sitio|sitemap|privacy|privacidad|aviso-legal|cookies|terminos[a-z-]*|accesibilidad|transparencia|share|print|imprimir)(/|\.[a-z]+$|$)`)

// NotRelease says why an address is none of a release, as far as it tells, or "".
func NotRelease(u *url.URL) string {
	switch {
	case u.Path == "/" && u.RawQuery == "":
		return "a home page"
	case PageNumber(u) > 0:
		return "a page of a list"
	case notRelease.MatchString(u.Path):
		return "a page of another kind"
	case !document(u):
		return "a file of another kind"
	}
	return ""
}

// document says whether an address may be one of a text, by its ending.
func document(u *url.URL) bool {
	switch ending := strings.ToLower(path.Ext(u.Path)); ending {
	case ".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".ico", ".css", ".js", ".mp3", ".mp4", ".m4a", ".avi", ".mov", ".wmv",
		".zip", ".rar", ".7z", ".exe", ".apk", ".ics", ".vcf", ".xls", ".xlsx", ".csv", ".ppt", ".pptx", ".kmz", ".woff", ".woff2", ".xml", ".rss", ".json", ".webm", ".ogg", ".wav":
		return false
	}
	return true
}

// Next are the addresses that continue the list: those that say so, and of the
// page numbers the one after the page's own. A link called by "more" is one only
// where its address counts pages.
func (p *Page) Next() []Link {
	var next []Link
	var pager *Link // to the lowest number above the page's own
	own := PageNumber(p.URL)
	for i := range p.Links {
		l := &p.Links[i]
		if !address.SameSite(l.URL, p.URL) || !document(l.URL) || l.URL.String() == p.URL.String() {
			continue
		}
		switch n := PageNumber(l.URL); {
		case n > own && (l.Next || l.more || label(l.Text) >= 2):
			if pager == nil || n < PageNumber(pager.URL) {
				pager = l
			}
		case n == 0 && l.Next && !address.IsSlug(l.URL):
			next = append(next, *l)
		}
	}
	if pager != nil {
		next = append(next, *pager)
	}
	for i := range next {
		next[i].Next = true
	}
	return next
}

// label is the number by which a link is called, or 0.
func label(text string) int {
	n, err := strconv.Atoi(strings.TrimFunc(text, func(r rune) bool { return r < '0' || r > '9' }))
	if err != nil {
		return 0
	}
	return n
}

// pageParameters are the names by which addresses count pages, or the entries
// before the page.
var pageParameters = map[string]bool{
	"page": true, "pagina": true, "página": true, "pag": true, "pg": true, "p": true, "paged": true, "pagenum": true, "pageno": true,
	"start": true, "offset": true, "b_start:int": true, "b_start": true, "from": true, "limitstart": true, "paginanum": true, "pagenum_rs": true,
	"npage": true, "currentpage": true, "cur": true, "desde": true, "pageindex": true, "page_num": true, "numpag": true,
}

var pageInPath = regexp.MustCompile(`(?i)/(?:page|pagina|pag|p|seite)[/_-]?([0-9]{1,5})(?:/|\.[a-z]{2,5})?$`)

// PageNumber is the number of a list's page that an address names, or how many
// entries lie before it, or 0.
func PageNumber(u *url.URL) int {
	if m := pageInPath.FindStringSubmatch(u.Path); m != nil {
		n, _ := strconv.Atoi(m[1])
		return n
	}
	if u.RawQuery == "" {
		return 0
	}
	for name, values := range u.Query() {
		if at := strings.LastIndexByte(name, '_'); at >= 0 && strings.HasSuffix(name, "_cur") {
			name = "cur" // a portal that puts the names of its windows before
		}
		if !pageParameters[strings.ToLower(name)] || len(values) == 0 {
			continue
		}
		parts := strings.Split(values[0], ",") // a CMS counts several lists at once: page=0,2
		if n, err := strconv.Atoi(parts[len(parts)-1]); err == nil && n > 0 && n < 1_000_000 {
			return n
		}
	}
	return 0
}
