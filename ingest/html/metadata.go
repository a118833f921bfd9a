package html

import (
	"encoding/json"
	"net/url"
	"strings"

	"github.com/PuerkitoBio/goquery"
)

// metadata fills in what the page says of itself, the surest sources first.
func metadata(doc *goquery.Document, base *url.URL, a *Article) {
	linkedData(doc, base, a)
	openGraph(doc, base, a)
	others(doc, base, a)
}

// linkedData reads JSON-LD objects that describe an article.
func linkedData(doc *goquery.Document, base *url.URL, a *Article) {
	const from = "json-ld"
	doc.Find(`script[type="application/ld+json"]`).Each(func(_ int, s *goquery.Selection) {
		var data any
		if json.Unmarshal([]byte(s.Text()), &data) != nil {
			return
		}
		walkObjects(data, 0, func(o map[string]any) {
			if !isArticle(o["@type"]) {
				return
			}
			a.set("title", &a.Title, stringOf(o["headline"]), from)
			a.set("published", &a.Published, stringOf(o["datePublished"]), from)
			a.set("publisher", &a.Publisher, nameOf(o["publisher"]), from)
			a.set("lang", &a.Lang, language(stringOf(o["inLanguage"])), from)
			a.set("canonical", &a.Canonical, absolute(base, stringOf(o["url"])), from)
		})
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
		walkObjects(v["@graph"], depth+1, visit)
		walkObjects(v["mainEntity"], depth+1, visit)
	}
}

func isArticle(kind any) bool {
	switch kind := kind.(type) {
	case string:
		return strings.HasSuffix(kind, "Article") || kind == "BlogPosting" || kind == "Report"
	case []any:
		for _, k := range kind {
			if isArticle(k) {
				return true
			}
		}
	}
	return false
}

func stringOf(v any) string {
	s, _ := v.(string)
	return s
}

func nameOf(v any) string {
	switch v := v.(type) {
	case map[string]any:
		return stringOf(v["name"])
	case []any:
		if len(v) > 0 {
			return nameOf(v[0])
		}
	}
	return stringOf(v)
}

func openGraph(doc *goquery.Document, base *url.URL, a *Article) {
	const from = "opengraph"
	property := func(name string) string {
		return doc.Find(`meta[property="`+name+`"]`).First().AttrOr("content", "")
	}
	a.set("title", &a.Title, property("og:title"), from)
	a.set("published", &a.Published, property("article:published_time"), from)
	a.set("publisher", &a.Publisher, property("og:site_name"), from)
	locale := property("og:locale")
	a.set("lang", &a.Lang, language(locale), from)
	a.set("country", &a.Country, region(locale), from)
	a.set("canonical", &a.Canonical, absolute(base, property("og:url")), from)
}

// dates are the names under which other meta elements give the day of publication.
var dates = [...]string{"date", "dc.date", "dc.date.issued", "dcterms.date", "dcterms.created", "dcterms.issued",
	"pubdate", "publishdate", "publish_date", "publication_date", "article.published", "sailthru.date", "parsely-pub-date"}

func others(doc *goquery.Document, base *url.URL, a *Article) {
	named := map[string]string{}
	doc.Find("meta[name],meta[itemprop]").Each(func(_ int, s *goquery.Selection) {
		name := strings.ToLower(s.AttrOr("name", s.AttrOr("itemprop", "")))
		if _, ok := named[name]; !ok {
			named[name] = s.AttrOr("content", "")
		}
	})
	for _, name := range dates {
		a.set("published", &a.Published, named[name], "meta")
	}
	a.set("published", &a.Published, named["datepublished"], "meta")
	a.set("published", &a.Published, doc.Find("article time[datetime],time[pubdate],time[itemprop=datePublished]").First().AttrOr("datetime", ""), "time")
	a.set("published", &a.Published, doc.Find("time[datetime]").First().AttrOr("datetime", ""), "time")
	a.set("title", &a.Title, named["dc.title"], "meta")
	if h1 := doc.Find("article h1,main h1,h1"); h1.Length() > 0 {
		a.set("title", &a.Title, h1.First().Text(), "html")
	}
	a.set("publisher", &a.Publisher, named["dc.publisher"], "meta")
	a.set("publisher", &a.Publisher, named["application-name"], "meta")
	lang := doc.Find("html").AttrOr("lang", doc.Find("html").AttrOr("xml:lang", ""))
	a.set("lang", &a.Lang, language(lang), "html")
	a.set("country", &a.Country, region(lang), "html")
	a.set("canonical", &a.Canonical, absolute(base, doc.Find(`link[rel="canonical"]`).AttrOr("href", "")), "html")
}

// language is the ISO 639-1 code that a locale begins with: "es-PE", "pt_BR".
func language(locale string) string {
	code, _, _ := strings.Cut(strings.ReplaceAll(locale, "_", "-"), "-")
	if len(code) != 2 {
		return ""
	}
	return strings.ToLower(code)
}

// region is the ISO 3166-1 code that a locale ends with. en-US and es-ES are
// what software puts in everywhere, and say nothing.
func region(locale string) string {
	_, code, _ := strings.Cut(strings.ReplaceAll(locale, "_", "-"), "-")
	if code = strings.ToUpper(code); len(code) != 2 || code == "US" || code == "ES" {
		return ""
	}
	return code
}
