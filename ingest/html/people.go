package html

import (
	_ "embed"
	"iter"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"vocero/ingest/day"
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
	for _, claims := range [][]claim{linked, p.meta("author"), p.authorItems(b), p.labelled(), p.signatures(b), p.bylines(b)} {
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
	for _, n := range p.byHead(b, p.signed) {
		if b.aside(n) || size(n, longest) > longest {
			continue
		}
		if text := textOf(n); text != "" {
			found = append(found, claim{text, fromHTML})
		}
	}
	return found
}

// labelled is what is shown to who shares the page, beside a label: WordPress
// writes "Written by" and the author's name.
func (p *page) labelled() []claim {
	var found []claim
	for _, n := range []string{"1", "2"} {
		label, data := firstOf(p.metas["twitter:label"+n]...), firstOf(p.metas["twitter:data"+n]...)
		if label != "" && withoutBy(label) == "" {
			found = append(found, claim{data, fromMeta})
		}
	}
	return found
}

// bylines are the lines about the headline that begin with a word like "by", and
// those below such a word alone.
func (p *page) bylines(b *body) []claim {
	const longest, around = 60, 12
	var found []claim
	head := b.head
	for i := max(0, head-around/3); i < min(len(b.lines), head+around); i++ {
		text := b.lines[i].text
		if withoutBy(text) == "" && i+1 < len(b.lines) {
			text += " " + b.lines[i+1].text
		}
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
	signature = handle.ReplaceAllString(withoutBy(unescape(signature)), "")
	for _, name := range separatorsOfNames.Split(untilDay(signature), -1) {
		name = strings.Trim(withoutBy(strings.Trim(name, " ,:;–-•·©")), " ,:;–-•·©")
		if isName(name) && !isSite(name, publisher) {
			names = append(names, name)
		}
	}
	return names
}

// handle is a name on a network after that of its holder.
var handle = regexp.MustCompile(`\s+\(?@\w+\)?`)

// untilDay cuts a signature where it goes on with the day.
func untilDay(signature string) string {
	for at, word := range wordsOf(signature) {
		if at > 0 && (slices.Contains(authorWords["day"], word) || day.IsMonth(word) && (nextIsNumber(signature[at+len(word):]) || dayBefore.MatchString(signature[:at]))) {
			return dayBefore.ReplaceAllString(signature[:at], "")
		}
	}
	return signature
}

// dayBefore is a day of the month, and of the week before it.
var dayBefore = regexp.MustCompile(`\s(?:\pL{2,3}[.,]*\s+)?\d{1,2}[.,]?\s*$`)

// wordsOf are the words of a text in small letters, with the bytes where they
// begin. A text whose letters change their length has none.
func wordsOf(text string) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		low := strings.ToLower(text)
		if len(low) != len(text) {
			return
		}
		at := 0
		for word := range strings.FieldsFuncSeq(low, func(r rune) bool { return !unicode.IsLetter(r) }) {
			at += strings.Index(low[at:], word)
			if !yield(at, word) {
				return
			}
			at += len(word)
		}
	}
}

func nextIsNumber(text string) bool {
	text = strings.TrimLeft(text, " .")
	return text != "" && text[0] >= '0' && text[0] <= '9'
}

// withoutBy takes off the words before a name: by, written by, author.
func withoutBy(text string) string {
	for changed := true; changed; {
		changed = false
		for _, word := range authorWords["before"] {
			if len(text) < len(word) || !strings.EqualFold(text[:len(word)], word) {
				continue
			}
			next, _ := utf8.DecodeRuneInString(text[len(word):])
			glued := unicode.IsUpper(next) && slices.Contains(authorWords["glued"], word) && text[len(word)-1] >= 'a'
			if len(text) == len(word) || !unicode.IsLetter(next) || glued {
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
