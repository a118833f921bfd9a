package html

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

//go:embed lexicon/authors.txt
var authorsFile string

// authorWords are words before, between and instead of the names of authors.
var authorWords = parseLists(authorsFile)

// authors are the names of the persons who signed the article.
func (p *page) authors(b *body, o map[string]any, publisher string) ([]string, string) {
	var linked []claim
	for _, name := range p.namesOf(o["author"]) {
		linked = append(linked, claim{name, fromLinkedData})
	}
	if len(linked) == 0 {
		for _, name := range p.namesOf(o["creator"]) {
			linked = append(linked, claim{name, fromLinkedData})
		}
	}
	for _, claims := range [][]claim{linked, p.meta("author"), p.authorItems(b), p.signatures(b), p.bylines(b)} {
		var names []string
		from := ""
		for _, c := range claims {
			for _, name := range people(c.value, publisher) {
				if !slices.Contains(names, name) {
					names = append(names, name)
					from = c.from
				}
			}
			if (from == fromHTML || from == fromText) && len(names) > 0 {
				break // the first signature; others repeat it, or are of other articles
			}
		}
		if len(names) > 0 {
			return names, from
		}
	}
	return nil, ""
}

func (p *page) authorItems(b *body) []claim {
	var found []claim
	for _, n := range p.items["author"] {
		if b.aside(n) {
			continue
		}
		named := n
		for _, inner := range p.items["name"] {
			if within(inner, n) {
				named = inner
				break
			}
		}
		found = append(found, claim{firstOf(attribute(named, "content"), textOf(named)), fromMicrodata})
	}
	return found
}

// signatures are the texts of short elements whose names speak of an author.
func (p *page) signatures(b *body) []claim {
	const longest = 100
	var found []claim
	for _, n := range p.signed {
		if b.aside(n) || size(n, longest) > longest {
			continue
		}
		if text := textOf(n); text != "" {
			found = append(found, claim{text, fromHTML})
		}
	}
	return found
}

// bylines are the lines about the headline that begin with a word like "by".
func (p *page) bylines(b *body) []claim {
	const longest, around = 60, 12
	var found []claim
	head := b.head
	for i := max(0, head-around/3); i < min(len(b.lines), head+around); i++ {
		text := b.lines[i].text
		if len(text) <= longest && !b.aside(b.lines[i].node) && withoutBy(text) != text {
			found = append(found, claim{text, fromText})
		}
	}
	return found
}

var noName = regexp.MustCompile(`(?i)https?:|www\.|@|\d{2}|[|<>{}\[\]]`)

// people splits a signature into names and leaves out what is none: addresses,
// times, the publisher, words that stand for nobody.
func people(signature, publisher string) []string {
	var names []string
	for _, name := range separatorsOfNames.Split(withoutBy(unescape(signature)), -1) {
		name = strings.Trim(withoutBy(strings.Trim(name, " ,:;–-•·©")), " ,:;–-•·©")
		if isName(name) && !isSite(name, publisher) {
			names = append(names, name)
		}
	}
	return names
}

// withoutBy takes off the words before a name: by, written by, author.
func withoutBy(text string) string {
	for changed := true; changed; {
		changed = false
		for _, word := range authorWords["before"] {
			if len(text) < len(word) || !strings.EqualFold(text[:len(word)], word) {
				continue
			}
			if next, _ := utf8.DecodeRuneInString(text[len(word):]); len(text) == len(word) || !unicode.IsLetter(next) {
				text, changed = strings.TrimLeft(text[len(word):], " :,–-\u00a0"), true
			}
		}
	}
	return text
}

var separatorsOfNames = regexp.MustCompile(`\s*(?:;|, | / | \| |\||·|•|\n| und | and | y | e | et | & )\s*`)

func isName(s string) bool {
	const longest = 60
	if len(s) < 2 || len(s) > longest || noName.MatchString(s) || len(strings.Fields(s)) > 5 {
		return false
	}
	low := strings.ToLower(strings.Trim(s, "."))
	return !slices.Contains(authorWords["nobody"], low)
}
