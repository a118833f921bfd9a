package html

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// headline is the title of the article, without the name of the site. The h1
// decides where the page's other titles bear it out: they are cut, the h1 is
// what readers see.
func (p *page) headline(b *body, o map[string]any, site string) claim {
	claims := inOrder(p.ld(o, "headline"), p.og("title"), p.item("headline"),
		p.meta("title"), []claim{{firstOf(p.metas["twitter:title"]...), fromMeta}})
	own := func(part string) bool { return isSite(part, site) || hostNames(p.address.Hostname(), part) }
	head := p.head(b, claims, own)
	if head != "" {
		for _, c := range append(claims, claim{p.title, fromHTML}) {
			if c.value = withoutSite(unescape(c.value), own); alike(head, c.value) {
				return claim{withoutKicker(head, c.value, own), fromHTML}
			}
		}
	}
	read := func(s string) string {
		if s = withoutBar(withoutSite(unescape(s), own)); own(s) {
			return ""
		}
		return s
	}
	if c := first(claims, read); c.value != "" {
		return c
	}
	// A lone h1 is the headline even where the page's title is another; a title
	// that only some h1 is like is not.
	if head != "" && len(p.heads) == 1 && len(head) >= leastTitle {
		return claim{head, fromHTML}
	}
	if c := first([]claim{{withoutTail(p.title), fromHTML}, {head, fromHTML}}, read); c.value != "" {
		return c
	}
	return first([]claim{{p.title, fromHTML}}, unescape)
}

const (
	leastTitle   = 8   // bytes
	longestTitle = 300 // bytes
)

// head is the text of the h1 that is most like one of the titles, else of the
// first one that may be a headline; the name of the site is none.
func (p *page) head(b *body, titles []claim, own func(string) bool) string {
	best := ""
	for _, n := range slices.Concat(p.heads, p.titled) {
		text := p.titleOf(n)
		if text == "" || len(text) > longestTitle || b.aside(n) || own(text) || p.names(text) {
			continue
		}
		for _, t := range append(titles, claim{p.title, fromHTML}) {
			if alike(text, withoutSite(unescape(t.value), own)) {
				return text
			}
		}
		if n.DataAtom == atom.H1 {
			best = firstOf(best, text)
		}
	}
	return best
}

// titleOf is the text of a heading without the line above the headline that
// some pages put into it.
func (p *page) titleOf(n *html.Node) string {
	var parts []string
	for _, l := range linesOf(n, func(c *html.Node) bool { return hidden(c) || c != n && p.judge.of(c)&isKicker != 0 }) {
		parts = append(parts, l.text)
	}
	return firstOf(squeeze(strings.Join(parts, " ")), textOf(n))
}

// names says whether a text is how the site calls itself: the end of the page's
// title after a mark.
func (p *page) names(text string) bool {
	head := withoutSite(p.title, func(part string) bool { return isSite(part, text) })
	return len(head) >= leastTitle && len(head)+len(text) <= len(p.title) && strings.HasSuffix(bare(p.title), bare(text))
}

// withoutKicker cuts what stands before the title within the headline, as where
// a line above it is part of the h1, and the name of the site after it.
func withoutKicker(head, title string, own func(string) bool) string {
	if at := strings.LastIndex(head, title); at > 0 && at+len(title) == len(head) && len(title) >= 2*leastTitle {
		return title
	}
	return withoutSite(head, own)
}

// alike says whether a title is the headline, or the headline with the name of
// the site, a cut or another mark.
func alike(head, title string) bool {
	h, t := bare(head), bare(title)
	if len(h) < leastTitle || t == "" {
		return h != "" && h == t
	}
	return strings.Contains(t, h) || len(t)*2 > len(h) && strings.Contains(h, t)
}

// bare is a title's letters and figures in small letters, with a space for what
// stands between them.
func bare(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(unescape(s)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r)
	}), " ")
}

func unescape(s string) string {
	if strings.Contains(s, "&") {
		s = html.UnescapeString(s)
	}
	return squeeze(s)
}

// withoutSite takes the site's name off a title that ends or begins with it:
// "A release | Ministry", "Ministry - A release".
func withoutSite(title string, own func(part string) bool) string {
	for _, mark := range []string{" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " « ", " • ", " < ", " > ", " / ", ": ", " |", "| "} {
		if before, after, ok := strings.Cut(title, mark); ok && own(before) && after != "" {
			return strings.TrimSpace(after)
		}
		if at := strings.LastIndex(title, mark); at > 0 && own(title[at+len(mark):]) {
			return strings.TrimSpace(title[:at])
		}
	}
	return title
}

// withoutTail takes a last part off a title that is short beside the rest and
// set off by a mark that headlines do not use.
func withoutTail(title string) string {
	for _, mark := range []string{" | ", " :: ", " » ", " « ", " • ", " · ", " — ", " – ", " - "} {
		at := strings.LastIndex(title, mark)
		if at < 0 {
			continue
		}
		head, tail := title[:at], title[at+len(mark):]
		if len(strings.Fields(tail)) <= 4 && len(head) > len(tail)*3/2 && len(strings.Fields(head)) >= 3 {
			return withoutTail(strings.TrimSpace(head))
		}
	}
	return title
}

// withoutBar takes a short last part without figures off a title, behind a mark
// that is for the name of the site.
func withoutBar(title string) string {
	for _, mark := range []string{" | ", " :: ", " » ", " • ", " · "} {
		at := strings.LastIndex(title, mark)
		if at < leastTitle {
			continue
		}
		if tail := title[at+len(mark):]; len(strings.Fields(tail)) <= 5 && len(tail) < at && !strings.ContainsAny(tail, "0123456789") {
			return strings.TrimSpace(title[:at])
		}
	}
	return title
}

// isSite says whether a part of a title is the site's name, or the host's.
func isSite(part, site string) bool {
	a, b := bare(part), bare(site)
	if a == "" || b == "" {
		return false
	}
	if a == b {
		return true
	}
	a, b = strings.ReplaceAll(a, " ", ""), strings.ReplaceAll(strings.TrimPrefix(b, "www "), " ", "")
	return a == b || utf8.RuneCountInString(a) >= 4 && (strings.HasPrefix(b, a) || strings.HasPrefix(a, b) && len(b) >= 6)
}
