package page

import (
	_ "embed"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// words.txt has the words by which pages call their links, a line for each
// kind and language.
//
//go:embed words.txt
var wordsFile string

var words = readWords(wordsFile)

func readWords(text string) map[string]map[string]bool {
	kinds := map[string]map[string]bool{}
	for line := range strings.Lines(text) {
		kind, list, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok || strings.HasPrefix(kind, "#") {
			continue
		}
		if kinds[kind] == nil {
			kinds[kind] = map[string]bool{}
		}
		for word := range strings.SplitSeq(list, ",") {
			kinds[kind][strings.TrimSpace(word)] = true
		}
	}
	return kinds
}

// isNext says whether a link's text calls the next page of a list.
func isNext(text string) bool { return words["next"][plain(text)] }

// isMore says whether a link's text only says that there is more to read.
func isMore(text string) bool { return words["more"][plain(text)] }

// plain is a text in small letters without the arrows around it, or the arrow
// where that is all.
func plain(text string) string {
	text = strings.ToLower(strings.TrimSpace(text))
	if bare := strings.TrimFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }); bare != "" {
		return strings.Join(strings.Fields(bare), " ")
	}
	return text
}

var nextClass = regexp.MustCompile(`(?i)(^|[\s_-])(next|siguiente|pager__item--next|load-?more)([\s_-]|$)`)

// asideName marks elements that are not the content of a page by their class,
// id or role.
var asideName = regexp.MustCompile(`(?i)(^|[\s_-])(nav|navbar|navigation|menu|submenu|mega-?menu|breadcrumbs?|migas?|footer|site-?header|masthead|sidebar|widget|widgets|share|sharing|social|cookies?|consent|banner|newsletter|related|relacionad[ao]s?|recommended|mas-leid[ao]s|most-read|tags?|skip-?links?|language-?switcher|idiomas?)([\s_-]|$)`)

// isAside says whether an element holds what is no content.
func isAside(t html.Token) bool {
	switch t.DataAtom {
	case atom.Nav, atom.Footer, atom.Aside, atom.Menu:
		return !pagerName.MatchString(attribute(t, "class") + " " + attribute(t, "id") + " " + attribute(t, "aria-label"))
	case atom.Body, atom.Main, atom.Article, atom.Span, atom.H1, atom.H2, atom.H3:
		return false
	}
	switch strings.ToLower(attribute(t, "role")) {
	case "navigation", "contentinfo", "complementary", "menu", "menubar", "search":
		return !pagerName.MatchString(attribute(t, "class") + " " + attribute(t, "id") + " " + attribute(t, "aria-label"))
	}
	name := attribute(t, "class") + " " + attribute(t, "id")
	return len(name) < 200 && asideName.MatchString(name) && !pagerName.MatchString(name)
}

// pagerName marks the numbers of pages below a list, which are often called a menu.
var pagerName = regexp.MustCompile(`(?i)(pager|paginat|paginador|paginación|paginacion|posts?-nav|nav-links|pages?-nav)`)

func countLetters(b []byte) int {
	n := 0
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n++
		}
		b = b[size:]
	}
	return n
}
