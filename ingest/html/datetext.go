package html

import (
	"cmp"
	_ "embed"
	"slices"
	"strings"
	"unicode"

	"vocero/ingest/day"
)

//go:embed lexicon/dates.txt
var datesFile string

// dateWords are the words before dates in texts, by what happened on them.
var dateWords = parseLists(datesFile)

// longestDateLine is the length in bytes of a line that may tell a date beside
// text.
const longestDateLine = 160

// inWords are the dates beside words that say what happened, or on the line
// below such a word, as in lists and tables of a release's details.
func (p *page) inWords(b *body, what string) []claim {
	var found []claim
	for i := range b.lines {
		l := &b.lines[i]
		if d := p.told(b, i, what); d != "" && !b.aside(l.node) {
			found = append(found, claim{d, fromText})
		}
	}
	return found
}

// told is the date that line i tells for what happened.
func (p *page) told(b *body, i int, what string) string {
	const longestEntry = 1000 // blogs close with a sentence on when, how and under what
	text := b.lines[i].text
	switch {
	case len(text) > longestEntry:
		return ""
	case len(text) > longestDateLine:
		return p.ofEntry(text, what)
	case i+1 < len(b.lines) && isLabel(text, what):
		if d, at, ok := day.Find(b.lines[i+1].text, p.order()); ok && at <= furthest && sensible(d) {
			return d.String()
		}
	}
	return p.beside(text, what)
}

// ofEntry is the date in a sentence about the text that it stands below: "This
// entry was posted on 3 May 2021 at 10:00 and is filed under Works."
func (p *page) ofEntry(text, what string) string {
	low := strings.ToLower(text)
	for _, start := range dateWords["entry "+what] {
		if strings.HasPrefix(low, start) {
			if d, _, ok := day.Find(text, p.order()); ok && sensible(d) {
				return d.String()
			}
		}
	}
	return ""
}

// isLabel says whether a line is no more than a word for what happened.
func isLabel(text, what string) bool {
	const longest = 40
	if len(text) > longest {
		return false
	}
	text = strings.TrimRight(strings.ToLower(text), " :")
	return slices.Contains(dateWords[what], text) || slices.Contains(dateWords["first "+what], text)
}

// beside is the date that follows a word which says that this happened on it.
func (p *page) beside(text, what string) string {
	if d := p.after(text, dateWords[what]); d != "" {
		return d
	}
	start := strings.TrimLeftFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
	low := strings.ToLower(start)
	for _, word := range dateWords["first "+what] {
		if rest, ok := strings.CutPrefix(low, word); ok && len(low) == len(start) {
			if d := p.soon(rest); d != "" {
				return d
			}
		}
	}
	return ""
}

// after is the date that follows one of the words in a text.
func (p *page) after(text string, words []string) string {
	low := strings.ToLower(text)
	if len(low) != len(text) {
		return ""
	}
	for _, word := range words {
		if at := indexWord(low, word); at >= 0 {
			if d := p.soon(text[at+len(word):]); d != "" {
				return d
			}
		}
	}
	return ""
}

// soon is the date that a text all but begins with.
func (p *page) soon(text string) string {
	d, at, ok := day.Find(text[:min(len(text), longestDateLine)], p.order())
	if ok && at <= furthest && sensible(d) {
		return d.String()
	}
	return ""
}

// furthest is how many bytes may stand between the word and its date: a mark, an
// article, the day of the week.
const furthest = 24

// indexWord is where a word stands in s on its own, or -1.
func indexWord(s, word string) int {
	for from := 0; ; {
		at := strings.Index(s[from:], word)
		if at < 0 {
			return -1
		}
		at += from
		if (at == 0 || !isLetterAt(s, at-1)) && (at+len(word) >= len(s) || !isLetterAt(s, at+len(word))) {
			return at
		}
		from = at + len(word)
	}
}

func isLetterAt(s string, at int) bool {
	c := s[at]
	return c >= 'a' && c <= 'z' || c >= 0x80
}

// aboutWords are the words of lines that say only when something happened.
var aboutWords = func() map[string]bool {
	words := map[string]bool{}
	for _, list := range dateWords {
		for _, phrase := range list {
			for word := range strings.FieldsSeq(phrase) {
				words[strings.Trim(word, ":")] = true
			}
		}
	}
	return words
}()

// isAbout says whether a line tells only when the article was published, or by
// whom. A place beside the day makes it a dateline, which is text.
func (p *page) isAbout(text string, authors []string) bool {
	name := strings.Trim(withoutBy(text), " .,:|")
	for _, a := range authors {
		if name == a {
			return true
		}
	}
	if isLabel(text, "published") || isLabel(text, "modified") {
		return true
	}
	if p.read(text) == "" {
		return false
	}
	for word := range strings.FieldsFuncSeq(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if !aboutWords[word] && !day.IsMonth(word) {
			return false
		}
	}
	return true
}

// nearHead are the dates of lines that are little else or begin with one, as
// datelines do: those nearest to the headline first.
func (p *page) nearHead(b *body) []claim {
	const farthest = 40 // lines
	const shortest = 6  // bytes of a date outside of links
	head := b.head
	type near struct {
		claim
		far int
	}
	var found []near
	for i := max(0, head-farthest/above); i < min(len(b.lines), head+farthest); i++ {
		l := &b.lines[i]
		d, at, ok := day.Find(l.text[:min(len(l.text), longestDateLine)], p.order())
		if !ok || !sensible(d) || len(l.text) > longestDateLine/2 && at > furthest || b.aside(l.node) || len(l.text)-l.linked < shortest || d.String() == p.beside(l.text, "modified") {
			continue
		}
		far := i - head
		if far < 0 {
			far *= -above
		}
		found = append(found, near{claim{d.String(), fromText}, far})
	}
	slices.SortStableFunc(found, func(a, b near) int { return cmp.Compare(a.far, b.far) })
	var claims []claim
	for _, f := range found {
		claims = append(claims, f.claim)
	}
	return claims
}

// inOpening are the dates in the first lines below the headline, wherever they
// stand in them.
func (p *page) inOpening(b *body) []claim {
	const opening = 8 // lines
	var found []claim
	head := b.head
	for i := head; i < min(len(b.lines), head+opening); i++ {
		l := &b.lines[i]
		if d, _, ok := day.Find(l.text[:min(len(l.text), 2*longestDateLine)], p.order()); ok && sensible(d) && !b.aside(l.node) {
			found = append(found, claim{d.String(), fromText})
		}
	}
	return found
}
