// Package role finds positions and titles that people hold:
//
//	roles := role.Find(t, names) // t is a *text.Text, names what ner found in it
//
// A role begins at a noun of the lexicon ("ministra", "chief executive
// officer") and takes in what belongs to it: words of status, adjectives, and the
// complement that says of what. It is a role when it stands beside a person, or
// when it names one office with its body, field or country. The words are in
// data, a file for each language.
package role

import (
	"sort"
	"unicode"
	"unicode/utf8"

	"vocero/corpus"
	"vocero/extract/text"
)

// Find returns the roles in t, in order, none overlapping another. names are
// the mentions in t, in order; roles may hold organizations and places, never
// persons. Holders and Orgs are left empty.
func Find(t *text.Text, names []corpus.Mention) []corpus.Role {
	f := &finder{text: t, words: lowered(t), lexicon: lexiconOf(t.Lang), headLast: t.Lang == "en"}
	f.place(names)
	var found []corpus.Role
	for _, s := range t.Sentences {
		found = f.sentence(s, found)
	}
	return found
}

// finder looks for roles in one text.
type finder struct {
	text     *text.Text
	words    []string // the tokens in small letters
	lexicon  *lexicon
	headLast bool // what belongs to a role stands before its head too
	// name[i] is the mention that token i is part of, or nil.
	name []*name
	s    text.Sentence
}

// name is a mention by its tokens.
type name struct {
	first, last int // last is past the end
	kind        corpus.Kind
}

// place notes which tokens are part of which name.
func (f *finder) place(names []corpus.Mention) {
	f.name = make([]*name, len(f.text.Tokens))
	tokens := f.text.Tokens
	for _, m := range names {
		first := sort.Search(len(tokens), func(i int) bool { return tokens[i].End > m.Span.Start })
		n := &name{first: first, last: first, kind: m.Kind}
		for n.last < len(tokens) && tokens[n.last].Start < m.Span.End {
			f.name[n.last] = n
			n.last++
		}
	}
}

// candidate is a role as far as its words go.
type candidate struct {
	first, last int // tokens; last is past the end
	head        int
	status      corpus.Status
	specific    bool // names its body, field, country or territory
}

func (f *finder) sentence(s text.Sentence, found []corpus.Role) []corpus.Role {
	f.s = s
	previous := -1 // where the role before ended, if it was one of a person's
	for i := s.First; i < s.Last; {
		c, ok := f.candidate(i)
		if !ok {
			i++
			continue
		}
		tied := f.tied(c, previous)
		if !tied && !(c.specific && f.definite(c)) {
			i = c.head + 1
			continue
		}
		if tied {
			previous = c.last
		}
		found = append(found, corpus.Role{Span: f.span(c), Status: c.status})
		i = c.last
	}
	return found
}

func (f *finder) span(c candidate) corpus.Span {
	return corpus.Span{Start: f.text.Tokens[c.first].Start, End: f.text.Tokens[c.last-1].End}
}

// candidate reads a role whose first word is token i.
func (f *finder) candidate(i int) (candidate, bool) {
	c := candidate{first: i}
	at := i
	if f.headLast {
		at = f.modifiers(&c)
	} else {
		at = f.prefixes(&c)
	}
	class, n := f.match(at, head)
	if n == 0 || f.isPerson(at) || f.insideName(at, i) {
		return c, false
	}
	c.head = at
	c.addStatus(class)
	c.last = at + n
	f.extend(&c)
	return c, true
}

func (c *candidate) addStatus(found class) {
	switch {
	case c.status != "":
	case found&former != 0:
		c.status = corpus.Former
	case found&acting != 0:
		c.status = corpus.Acting
	case found&elect != 0:
		c.status = corpus.Elect
	}
}

// match looks a word up that begins at token i and ends in the sentence.
func (f *finder) match(i int, want class) (class, int) {
	if i < f.s.First || i >= f.s.Last {
		return 0, 0
	}
	return f.lexicon.match(f.words[i:min(i+6, f.s.Last)], want)
}

func (f *finder) isPerson(i int) bool {
	return i < len(f.name) && f.name[i] != nil && f.name[i].kind == corpus.Person
}

// insideName says whether token i is within a name that began before first.
func (f *finder) insideName(i, first int) bool {
	n := f.name[i]
	return n != nil && n.first < first
}

// prefixes passes over words that stand before the head and belong to it.
func (f *finder) prefixes(c *candidate) int {
	at := c.first
	for {
		class, n := f.match(at, before|former|acting)
		if _, isHead := f.match(at, head); n == 0 || isHead > 0 {
			return at
		}
		if class&(former|acting) != 0 {
			c.addStatus(class)
		}
		at += n
		if at < f.s.Last && (f.words[at] == "-" || f.words[at] == "–") {
			at++
		}
	}
}

// modifiers passes over what stands before an English head and belongs to it:
// common modifiers, capitalised words, and the name of the body ("Acme CEO").
func (f *finder) modifiers(c *candidate) int {
	at := c.first
	const most = 8
	for at < f.s.Last && at-c.first < most {
		if _, n := f.match(at, head); n > 0 {
			return at
		}
		class, n := f.match(at, before|demonym|former|acting)
		switch {
		case n > 0 && !f.insideName(at, c.first):
			if class&(former|acting|elect) != 0 {
				c.addStatus(class)
			}
			c.specific = c.specific || class&demonym != 0
			at += n
		case f.body(at):
			at = f.name[at].last
			c.specific = true
		case at > c.first && f.capital(at) && f.name[at] == nil && f.text.Tokens[at].Kind == text.Word:
			at++
		case at > c.first && (f.words[at] == "and" || f.words[at] == "&") && f.capital(at-1) && at+1 < f.s.Last && f.capital(at+1):
			at++
		default:
			return at
		}
	}
	return at
}

// body says whether an organization or a place begins at token i.
func (f *finder) body(i int) bool {
	n := f.name[i]
	return n != nil && n.kind != corpus.Person && n.first == i
}

func (f *finder) capital(i int) bool {
	r, _ := utf8.DecodeRuneInString(f.text.Word(i))
	return unicode.IsUpper(r)
}
