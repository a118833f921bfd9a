// Package link ties together what was found in a release: mentions to the
// individuals that they name, roles to those who hold them and the bodies that
// they name, and all of it to facts:
//
//	link.Link(t, &found) // t is the *text.Text that found was found in
//
// What the text does not show beside the role is not claimed.
package link

import (
	"slices"
	"strings"

	"vocero/corpus"
	"vocero/extract/text"
)

// Link fills in Entities and Facts of found, the Entity of each mention and the
// Holders and Orgs of each role. Mentions and roles must be in order of place.
func Link(t *text.Text, found *corpus.Annotations) {
	found.Entities, found.Facts = nil, nil
	entities(t.Source, found)
	l := &linker{text: t, found: found}
	l.holders()
	l.orgs()
	l.facts()
}

// linker ties the roles of one text.
type linker struct {
	text  *text.Text
	found *corpus.Annotations
	// roleFirst says of a person's mention that it follows a role of its own.
	roleFirst map[int]bool
}

// holders finds for each role the person beside it, or who the text says
// elsewhere holds it.
func (l *linker) holders() {
	l.roleFirst = map[int]bool{}
	next := 0 // the first mention after the role
	for i := range l.found.Roles {
		r := &l.found.Roles[i]
		r.Holders = nil
		for next < len(l.found.Mentions) && l.found.Mentions[next].Span.Start < r.Span.End {
			next++
		}
		if m := l.beside(r, next); m >= 0 {
			r.Holders = l.together(r, m)
		} else if i > 0 && l.joined(&l.found.Roles[i-1], r) {
			r.Holders = l.found.Roles[i-1].Holders
		}
	}
	for i := len(l.found.Roles) - 2; i >= 0; i-- {
		r, after := &l.found.Roles[i], &l.found.Roles[i+1]
		if len(r.Holders) == 0 && len(after.Holders) > 0 && l.goesOn(r, after) {
			r.Holders = after.Holders
		}
	}
	l.repeated()
}

// together returns the individual of mention m and, where a role in the plural
// stands before it, those of the persons listed with it: "los senadores Ana Ruiz,
// Luis Pardo y Eva Gil".
func (l *linker) together(r *corpus.Role, m int) []string {
	holders := []string{l.found.Mentions[m].Entity}
	if l.found.Mentions[m].Span.Start < r.Span.End || !plural(r.Span.Of(l.text.Source), l.text.Lang) {
		return holders
	}
	for n := m + 1; n < len(l.found.Mentions); n++ {
		last, next := &l.found.Mentions[n-1], &l.found.Mentions[n]
		if next.Kind != corpus.Person || !l.sameSentence(last.Span, next.Span) || !between(l.gap(last.Span.End, next.Span.Start), "join", "title") {
			break
		}
		if !slices.Contains(holders, next.Entity) {
			holders = append(holders, next.Entity)
		}
	}
	return holders
}

// plural says whether the noun of a role is in the plural: its first word, or in
// English the last before the complement.
func plural(role, lang string) bool {
	noun, rest, _ := strings.Cut(role, " ")
	for lang == "en" && rest != "" {
		w, after, _ := strings.Cut(rest, " ")
		if w == "of" || w == "for" || w == "at" {
			break
		}
		noun, rest = w, after
	}
	return len(noun) > 3 && strings.HasSuffix(strings.ToLower(strings.TrimSuffix(noun, ",")), "s")
}

// goesOn says whether the role after r is of the same person, who is named
// behind it: "presidenta y directora general Ana Ruiz".
func (l *linker) goesOn(r, after *corpus.Role) bool {
	if !l.sameSentence(r.Span, after.Span) {
		return false
	}
	gap := l.gap(r.Span.End, after.Span.Start)
	return strings.TrimSpace(gap) != "" && between(gap, "join")
}

// beside returns the person's mention that stands beside r, or -1. Where one
// stands on either side, it is the one after when the one before has a role of
// its own that stands before it: a list of roles with their persons.
func (l *linker) beside(r *corpus.Role, next int) int {
	after, before := -1, -1
	comma := false
	if m := l.person(next, 1); m >= 0 && l.sameSentence(r.Span, l.found.Mentions[m].Span) {
		gap := l.gap(r.Span.End, l.found.Mentions[m].Span.Start)
		if between(gap, "title") {
			after, comma = m, strings.Contains(gap, ",")
		}
	}
	if m := l.person(l.lastBefore(r, next), -1); m >= 0 && l.sameSentence(l.found.Mentions[m].Span, r.Span) {
		gap := l.gap(l.found.Mentions[m].Span.End, r.Span.Start)
		if between(gap, "article", "title") || given(gap) || isSaid(gap) {
			before = m
		}
	}
	switch {
	case after >= 0 && (before < 0 || !comma || l.roleFirst[before]):
		l.roleFirst[after] = true
		return after
	default:
		return before
	}
}

// lastBefore is the last mention that ends before r begins, where next is the
// first one after it.
func (l *linker) lastBefore(r *corpus.Role, next int) int {
	m := next - 1
	for m >= 0 && l.found.Mentions[m].Span.End > r.Span.Start {
		m--
	}
	return m
}

// person returns m if it is a person's mention. Others between a role and a
// person can only be an acronym in brackets, which is passed over.
func (l *linker) person(m, step int) int {
	for range 2 {
		if m < 0 || m >= len(l.found.Mentions) {
			return -1
		}
		if l.found.Mentions[m].Kind == corpus.Person {
			return m
		}
		m += step
	}
	return -1
}

func (l *linker) sameSentence(a, b corpus.Span) bool {
	s := l.sentence(a.Start)
	return s.Contains(a) && s.Contains(b)
}

// sentence returns the span of the sentence that byte offset at is in.
func (l *linker) sentence(at int) corpus.Span {
	lo, hi := 0, len(l.text.Sentences)
	for lo < hi {
		if mid := (lo + hi) / 2; l.text.Sentences[mid].End <= at {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo == len(l.text.Sentences) {
		return corpus.Span{}
	}
	return l.text.Sentences[lo].Span
}

// maxGap is the longest stretch of text, in bytes, that is looked at between
// two things that may belong together.
const maxGap = 80

func (l *linker) gap(from, to int) string {
	if from > to || to-from > maxGap {
		return "\x00"
	}
	return strings.ToLower(l.text.Source[from:to])
}

// between says whether a gap holds only commas, dashes, something in brackets,
// and words of the classes.
func between(gap string, classes ...string) bool {
	if open := strings.IndexByte(gap, '('); open >= 0 {
		if end := strings.IndexByte(gap, ')'); end > open {
			gap = gap[:open] + gap[end+1:]
		}
	}
next:
	for _, w := range strings.FieldsFunc(gap, func(r rune) bool { return strings.ContainsRune(" ,–—-:(\n\t\u00a0", r) }) {
		for _, c := range classes {
			if gaps()[c][w] {
				continue next
			}
		}
		return false
	}
	return true
}

// given says whether a gap ends with "como" and the like, with no more than some
// words before it: "Farfán juró hoy como ministra".
func given(gap string) bool {
	words := strings.Fields(gap)
	const most = 6
	if len(words) == 0 || len(words) > most || strings.ContainsAny(gap, ",.;:()") {
		return false
	}
	last := words[len(words)-1]
	if gaps()["article"][last] && len(words) > 1 {
		last = words[len(words)-2]
	}
	return gaps()["as"][last]
}

// isSaid says whether a gap ends with "es", "fue" and the like, after nothing or
// an apposition between commas.
func isSaid(gap string) bool {
	words := strings.Fields(gap)
	for len(words) > 0 && gaps()["article"][words[len(words)-1]] {
		words = words[:len(words)-1]
	}
	if len(words) == 0 || !gaps()["is"][words[len(words)-1]] {
		return false
	}
	if len(words) == 1 {
		return true
	}
	rest := strings.TrimSpace(gap[:strings.LastIndex(gap, words[len(words)-1])])
	return strings.HasPrefix(rest, ",") && strings.HasSuffix(rest, ",") && strings.Count(rest, ",") == 2
}

// joined says whether r goes on from the role before it: "ministra de Salud y
// presidenta del Consejo".
func (l *linker) joined(previous, r *corpus.Role) bool {
	if !l.sameSentence(previous.Span, r.Span) || len(previous.Holders) == 0 {
		return false
	}
	gap := l.gap(previous.Span.End, r.Span.Start)
	return between(gap, "join", "article") && strings.TrimSpace(gap) != ""
}

// orgs notes which organizations and places a role names.
func (l *linker) orgs() {
	at := 0
	for i := range l.found.Roles {
		r := &l.found.Roles[i]
		r.Orgs = nil
		for at < len(l.found.Mentions) && l.found.Mentions[at].Span.End <= r.Span.Start {
			at++
		}
		for m := at; m < len(l.found.Mentions) && l.found.Mentions[m].Span.Start < r.Span.End; m++ {
			n := &l.found.Mentions[m]
			if n.Kind != corpus.Person && r.Span.Contains(n.Span) {
				r.Orgs = append(r.Orgs, n.Entity)
			}
		}
	}
}
