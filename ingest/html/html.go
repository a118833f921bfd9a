// Package html takes the release out of a web page: its text without what
// stands around it, and what the page says of itself:
//
//	article, err := html.Parse(ctx, page, "https://ministry.example/news/1")
//
// The text is found by a vote over the page's lines: rules over the tree
// (body.go, with what the names of elements mean in lexicon/names.txt),
// readability, and what each line reads like; the votes are weighed with what
// stands around them (weigh.go). The metadata come from JSON-LD,
// OpenGraph, other meta elements, microdata, time elements, the page's text and
// its address; Article.From says which.
package html

import (
	"cmp"
	"context"
	"net/url"
	"strings"

	"vocero/corpus"
)

// Article is a release as its page gives it. Fields that the page does not
// give are empty.
type Article struct {
	Title     string
	Text      string // without the headline; paragraphs with an empty line between, items and rows of tables on lines of their own, cells with a tab between
	Published string // EDTF: 2021-05-03, or 2021-05 where the page tells no day
	Modified  string // EDTF
	Publisher string
	Country   string // ISO 3166-1 alpha-2, or INT for an international body
	Authors   []string
	Section   string            // the part of the site: "Noticias", "Press releases"
	Lang      string            // ISO 639-1
	Canonical string            // absolute address
	From      map[string]string // field in small letters → where it was found, see the from constants
}

// Parse reads the text of a page, which was had at address ("" where that is not known).
// Any bytes can be parsed; a page nested too deeply for a tree is read tag by
// tag. The error is a [corpus.Failure], where the page has no text, or the cause
// for which ctx ended.
func Parse(ctx context.Context, text, address string) (Article, error) {
	base, err := url.Parse(address)
	if err != nil {
		base = &url.URL{}
	}
	root, err := tree(ctx, text)
	if err != nil {
		return Article{}, err
	}
	b := newBody(root)
	said := gather(root, base, &b.judge)
	article := describe(said, b)
	article.Text = b.mainText(ctx, root, said, &article)
	if ctx.Err() != nil {
		return Article{}, context.Cause(ctx)
	}
	if strings.TrimSpace(article.Text) == "" {
		return article, &corpus.Failure{Reason: corpus.Empty, Detail: "the page " + cmp.Or(address, "given") + " has no text"}
	}
	article.checkLanguage()
	return article, nil
}

// describe fills in all but the text.
func describe(p *page, b *body) Article {
	a := Article{From: map[string]string{}}
	set := func(field string, to *string, c claim) {
		if *to = c.value; c.value != "" {
			a.From[field] = c.from
		}
	}
	o := p.article()
	set("publisher", &a.Publisher, p.publisher(o))
	set("title", &a.Title, p.headline(b, o, a.Publisher))
	b.find(p, a.Title)
	changed := p.modified(b, o)
	set("modified", &a.Modified, changed)
	set("published", &a.Published, p.published(b, o, changed))
	set("country", &a.Country, p.country(o))
	set("section", &a.Section, p.section(b, o))
	set("lang", &a.Lang, first(inOrder(p.ld(o, "inLanguage"), p.og("locale"), []claim{{p.locale, fromHTML}}, p.meta("lang")), language))
	set("url", &a.Canonical, p.canonical(o))
	var from string
	if a.Authors, from = p.authors(b, o, a.Publisher); from != "" {
		a.From["author"] = from
	}
	return a
}
