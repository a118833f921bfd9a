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
	listed      bool // its persons are listed, each with a complement
	plural      bool // of several persons: a role only where they follow
	trade       bool // an occupation: a role only where a person stands beside it
	loose       bool // begins with words that no lexicon knows: only a person's
	sure        int  // where last was before common nouns were taken in; 0 if none were
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
		tied := f.tied(&c, previous)
		if !tied && (c.loose || c.plural || c.trade || !c.specific || !f.definite(c)) {
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
	n := f.readHead(&c, at)
	if n == 0 {
		return c, false
	}
	c.last = c.head + f.furtherHeads(&c, n)
	noun := c.last
	f.extend(&c)
	if c.plural && c.last < f.s.Last && f.words[c.last] == "," {
		f.alone(&c, noun)
	}
	return c, true
}

// readHead reads the head at token i and returns its length, or 0. A word
// within a name is none: "Justice" of "the Justice Department".
func (f *finder) readHead(c *candidate, i int) int {
	n, class := f.headAt(i)
	if n == 0 {
		return 0
	}
	c.plural, c.trade = class == 0, class&trade != 0
	if f.name[i] != nil && (f.name[i].kind == corpus.Person || f.name[i].first < c.first || f.name[i].last > i+n) {
		return 0
	}
	c.head = i
	c.addStatus(class)
	return n
}

// headAt returns the length of the head at token i and its classes, or 0. A
// head in the plural has no class.
func (f *finder) headAt(i int) (int, class) {
	if class, n := f.match(i, head); n > 0 {
		return n, class
	}
	return f.lexicon.matchPlural(f.window(i)), 0
}

// alone leaves to a noun in the plural only itself where each person of a list
// has a complement: "los alcaldes de Tena, Washington Varela, y de Muisne, …".
func (f *finder) alone(c *candidate, noun int) {
	if _, n := f.match(noun, of); n > 0 && f.personAfter(c.last) {
		c.last, c.listed = noun, true
	}
}

// furtherHeads goes on to the last of a row of heads with their modifiers, as
// in "Principal Deputy Assistant Attorney General" and "ministra coordinadora",
// and returns its length.
func (f *finder) furtherHeads(c *candidate, n int) int {
	for {
		at := c.head + n
		for f.headLast {
			_, m := f.match(at, before)
			if _, isHead := f.match(at, head); m == 0 || isHead > 0 {
				break
			}
			at += m
		}
		if at >= min(f.s.Last, c.first+most) || f.headLast && f.capital(at) != f.capital(c.first) {
			return n
		}
		further := *c
		m := f.readHead(&further, at)
		switch {
		case m == 0 || further.plural:
			return n
		case f.headLast:
			*c, n = further, m
		default:
			n = at + m - c.head // the noun comes first, and what it is stays
		}
	}
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
	return f.lexicon.match(f.window(i), want)
}

// window is what a word of the lexicon that begins at token i is looked for in.
func (f *finder) window(i int) []string {
	if i < f.s.First || i >= f.s.Last {
		return nil
	}
	return f.words[i:min(i+6, f.s.Last)]
}

func (f *finder) isPerson(i int) bool {
	return i < len(f.name) && f.name[i] != nil && f.name[i].kind == corpus.Person
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

// mostBefore is the number of tokens that may stand before an English head.
const mostBefore = 8

// modifiers passes over what stands before an English head and belongs to it:
// common modifiers, capitalised words, and the name of the body ("Acme CEO",
// "Acme's CEO").
func (f *finder) modifiers(c *candidate) int {
	at := c.first
	named := false
	for at < min(f.s.Last, c.first+mostBefore) {
		if n, _ := f.headAt(at); n > 0 {
			return at
		}
		class, n := f.match(at, before|demonym|former|acting)
		switch {
		case n > 0 && f.name[at] == nil:
			if class&(former|acting|elect) != 0 {
				c.addStatus(class)
			}
			c.specific = c.specific || class&demonym != 0
			at += n
		case f.body(at):
			at = f.name[at].last
			c.specific, named = true, true
		case named && f.genitive(at):
			at++
		case f.capital(at) && f.name[at] == nil && f.text.Tokens[at].Kind == text.Word && (at > c.first || f.begins(at)):
			c.loose = c.loose || at == c.first
			at++
		case at > c.first && !named && (f.words[at] == "and" || f.words[at] == "&") && f.capital(at-1) && at+1 < f.s.Last && f.capital(at+1):
			at++
		default:
			return at
		}
	}
	return at
}

// begins says whether the capitalised word at token i may be the first of a
// role though no lexicon knows it: "the studio of Tattoo Artist Malachi Gary". A
// capital at the beginning of a sentence says nothing.
func (f *finder) begins(i int) bool {
	if i <= f.s.First || f.text.Tokens[i-1].Kind != text.Word || f.capital(i-1) {
		return false
	}
	_, n := f.match(i, apart)
	return n == 0
}

// genitive says whether token i is the English s of possession, or the mark of
// it that follows an s.
func (f *finder) genitive(i int) bool {
	return i < f.s.Last && (f.words[i] == "'s" || f.words[i] == "'" || f.words[i] == "’")
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
