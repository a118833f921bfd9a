// Package html takes the release out of a web page: its text without what
// stands around it, and what the page says of itself:
//
//	article, err := html.Parse(page, "https://ministry.example/news/1")
//
// The text is found by readability, the metadata by JSON-LD, OpenGraph, other
// meta elements and the page's own marks, in this order.
package html

import (
	"cmp"
	"fmt"
	"net/url"
	"strings"

	"github.com/PuerkitoBio/goquery"
)

// Article is a release as its page gives it. Fields that the page does not
// give are empty.
type Article struct {
	Title     string
	Text      string // without the headline; paragraphs with an empty line between, items and rows of tables on lines of their own, cells with a tab between
	Published string // as the page writes it
	Publisher string
	Country   string            // ISO 3166-1 alpha-2, where the page's locale names it
	Lang      string            // ISO 639-1
	Canonical string            // absolute address
	From      map[string]string // field name → where it was found: json-ld, opengraph, meta, time, html
}

// Parse reads a page, which was had at address ("" where that is not known).
// Any bytes can be parsed; a page nested too deeply for a tree gives its plain
// text.
func Parse(page, address string) (Article, error) {
	base, err := url.Parse(address)
	if err != nil {
		base = &url.URL{}
	}
	root := tree(page)
	doc := goquery.NewDocumentFromNode(root)
	article := Article{From: map[string]string{}}
	metadata(doc, base, &article)
	if article.Title == "" {
		article.set("title", &article.Title, firstText(doc, "title"), "html")
	}
	article.Title = withoutSite(article.Title, article.Publisher)
	article.Text = mainText(root, base, article.Title)
	if strings.TrimSpace(article.Text) == "" {
		return article, fmt.Errorf("the page at %q has no text", address)
	}
	return article, nil
}

func (a *Article) set(field string, to *string, value, from string) {
	value = strings.Join(strings.Fields(value), " ")
	if *to == "" && value != "" {
		*to = value
		a.From[field] = from
	}
}

func firstText(doc *goquery.Document, selector string) string {
	return doc.Find(selector).First().Text()
}

// withoutSite takes the site's name off a title that ends or begins with it:
// "A release | Ministry", "Ministry - A release".
func withoutSite(title, site string) string {
	if site == "" || strings.EqualFold(title, site) {
		return title
	}
	for _, mark := range []string{" | ", " - ", " – ", " — ", " :: ", " » ", " · "} {
		if before, after, ok := strings.Cut(title, mark); ok && strings.EqualFold(before, site) {
			return after
		}
		if at := strings.LastIndex(title, mark); at > 0 && strings.EqualFold(title[at+len(mark):], site) {
			return title[:at]
		}
	}
	return title
}

func absolute(base *url.URL, ref string) string {
	u, err := base.Parse(cmp.Or(strings.TrimSpace(ref), "#"))
	if err != nil || ref == "" || !u.IsAbs() {
		return ""
	}
	return u.String()
}
