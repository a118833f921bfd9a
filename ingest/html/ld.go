package html

import (
	"slices"
	"strings"
)

// article is the JSON-LD object that describes what the page is about: an
// article before a page, and of several articles the first.
func (p *page) article() map[string]any {
	for _, kinds := range [][]string{{"NewsArticle", "ReportageNewsArticle", "PressRelease", "BlogPosting", "Article", "Report", "AnalysisNewsArticle", "OpinionNewsArticle", "TechArticle", "LiveBlogPosting", "ScholarlyArticle", "Posting", "SocialMediaPosting", "DiscussionForumPosting", "GovernmentService", "Recipe"}, {"WebPage", "ItemPage", "AboutPage"}} {
		for _, o := range p.objects {
			if isKind(o, kinds...) {
				return o
			}
		}
	}
	return nil
}

// isKind says whether an object is of one of the kinds.
func isKind(o map[string]any, kinds ...string) bool {
	for _, kind := range stringsOf(o["@type"]) {
		if slices.Contains(kinds, strings.TrimPrefix(strings.TrimPrefix(kind, "http://schema.org/"), "https://schema.org/")) {
			return true
		}
	}
	return false
}

func stringOf(v any) string {
	s, _ := v.(string)
	return s
}

// stringsOf is v where it is a string or a list of them.
func stringsOf(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		var all []string
		for _, x := range v {
			all = append(all, stringsOf(x)...)
		}
		return all
	}
	return nil
}

// namesOf are the names of the persons or bodies that v is: strings, objects
// with a name, or lists of them.
func (p *page) namesOf(v any) []string {
	switch v := v.(type) {
	case map[string]any:
		if names := stringsOf(v["name"]); len(names) > 0 {
			return names
		}
		return p.byID(stringOf(v["@id"]))
	case []any:
		var all []string
		for _, x := range v {
			all = append(all, p.namesOf(x)...)
		}
		return all
	case string:
		if strings.HasPrefix(v, "http") || strings.HasPrefix(v, "#") {
			return p.byID(v)
		}
		return []string{v}
	}
	return nil
}

// byID are the names of the object with this @id elsewhere on the page.
func (p *page) byID(id string) []string {
	if id == "" {
		return nil
	}
	for _, o := range p.objects {
		if stringOf(o["@id"]) == id {
			return stringsOf(o["name"])
		}
	}
	return nil
}
