package html

import (
	_ "embed"
	"strings"

	"vocero/corpus"
	"vocero/ingest/day"
)

//go:embed lexicon/meta.txt
var metaFile string

// metaNames are the names of meta elements by field, the surest first.
var metaNames = parseLists(metaFile)

// parseLists reads lines of a name, a colon and words with commas between them.
func parseLists(file string) map[string][]string {
	lists := map[string][]string{}
	for row := range strings.Lines(file) {
		name, list, ok := strings.Cut(row, ":")
		if !ok || strings.HasPrefix(row, "#") {
			continue
		}
		for word := range strings.SplitSeq(list, ", ") {
			lists[name] = append(lists[name], strings.TrimSpace(word))
		}
	}
	return lists
}

// The places on a page where a field can be found.
const (
	fromLinkedData = "json-ld"
	fromOpenGraph  = "opengraph"
	fromMeta       = "meta"
	fromMicrodata  = "microdata"
	fromTime       = "time"
	fromHTML       = "html" // an element of the page or of its head
	fromText       = "text"
	fromURL        = "url"
	fromScript     = "script"
	fromModified   = "modified" // a day of publication that is that of the last change, as the page tells no other
)

// claim is a value that a place on the page gives for a field.
type claim struct{ value, from string }

// first is the first claim with a value that read accepts, as read gives it.
func first(claims []claim, read func(string) string) claim {
	for _, c := range claims {
		if v := read(squeeze(c.value)); v != "" {
			return claim{v, c.from}
		}
	}
	return claim{}
}

// meta are the claims of the meta elements that give a field.
func (p *page) meta(field string) []claim {
	var claims []claim
	for _, name := range metaNames[field] {
		for _, v := range p.metas[name] {
			claims = append(claims, claim{v, metaPlace(name)})
		}
	}
	return claims
}

func metaPlace(name string) string {
	if strings.HasPrefix(name, "og:") || strings.HasPrefix(name, "article:") {
		return fromOpenGraph
	}
	return fromMeta
}

func (p *page) og(name string) []claim {
	var claims []claim
	for _, v := range p.metas["og:"+name] {
		claims = append(claims, claim{v, fromOpenGraph})
	}
	return claims
}

// ld are the claims of the article's JSON-LD for any of the keys.
func (p *page) ld(o map[string]any, keys ...string) []claim {
	var claims []claim
	for _, key := range keys {
		for _, v := range stringsOf(o[key]) {
			claims = append(claims, claim{v, fromLinkedData})
		}
	}
	return claims
}

// item are the claims of elements marked with a property of microdata.
func (p *page) item(props ...string) []claim {
	var claims []claim
	for _, prop := range props {
		for _, n := range p.items[prop] {
			value := firstOf(attribute(n, "datetime"), attribute(n, "content"), asDate(attribute(n, "title")))
			if value == "" {
				value = textOf(n)
			}
			claims = append(claims, claim{value, fromMicrodata})
		}
	}
	return claims
}

// inOrder is all claims of the lists, one list after the other.
func inOrder(lists ...[]claim) []claim {
	var all []claim
	for _, l := range lists {
		all = append(all, l...)
	}
	return all
}

// asDate reads a claim that is a date and writes it as EDTF.
func asDate(s string) string {
	d, err := day.Parse(s)
	if err != nil || !sensible(d) {
		return ""
	}
	return d.String()
}

// sensible says whether a release can have been published on a day. 1970 began
// with the count of many computers' seconds, and is what they say for nothing.
func sensible(d corpus.Date) bool {
	return d.Year > 1970 && d.Year <= 2100
}
