package role

import (
	"vocero/corpus"
	"vocero/extract/text"
)

// tied says whether a role stands beside a person: before the name, after it
// with a comma, after "como" and the like, or joined to a role that does. Common
// nouns at its end are given up where it is tied only without them.
func (f *finder) tied(c *candidate, previous int) bool {
	if c.listed || f.personAfter(c.last) {
		return true
	}
	if c.plural {
		return false
	}
	if f.personBefore(*c) {
		f.afterComma(c)
		return true
	}
	if c.sure > 0 {
		c.last, c.sure = c.sure, 0
		return f.tied(c, previous)
	}
	return f.joined(*c, previous) || f.joinedAhead(c.last)
}

// joinedAhead says whether another role of the same person goes on at token i,
// before the name: "presidenta y directora general Ana Ruiz".
func (f *finder) joinedAhead(i int) bool {
	_, n := f.match(i, join)
	if n == 0 {
		return false
	}
	c, ok := f.candidate(i + n)
	return ok && !c.plural && f.personAfter(c.last)
}

// afterComma takes in the body that follows a role with a comma and ends the
// line or clause: "Ana Ruiz, Chief Executive Officer, Acme".
func (f *finder) afterComma(c *candidate) {
	at := c.last + 1
	if at >= f.s.Last || f.words[c.last] != "," || !f.body(at) || f.name[at].kind != corpus.Organization {
		return
	}
	end := f.name[at].last
	if end == f.s.Last || f.words[end] == "." || f.words[end] == ";" {
		c.last, c.specific = end, true
	}
}

// personAfter says whether the next words are a person's name, but for a comma,
// an acronym in brackets and titles.
func (f *finder) personAfter(at int) bool {
	comma := false
	for at < f.s.Last {
		if f.isPerson(at) {
			return true
		}
		_, n := f.match(at, title)
		switch {
		case n > 0:
			at += n
		case f.words[at] == "," && !comma, f.words[at] == ":" && !comma:
			comma = true
			at++
		case f.words[at] == "(":
			if at = f.closing(at); at < 0 {
				return false
			}
		default:
			return false
		}
	}
	return false
}

// closing returns the token after the bracket that closes the one at i, if it
// closes soon, or -1.
func (f *finder) closing(i int) int {
	const soon = 5
	for at := i + 1; at < min(i+soon, f.s.Last); at++ {
		if f.words[at] == ")" {
			return at + 1
		}
	}
	return -1
}

// personBefore says whether a name stands just before the role, parted by a
// comma, a dash or a bracket, with an article or words like "nombró" between.
func (f *finder) personBefore(c candidate) bool {
	at := c.first - 1
	parted := false
	for range 5 {
		if at < f.s.First {
			return false
		}
		if f.isPerson(at) {
			return parted
		}
		switch f.words[at] {
		case ",", "(", "–", "—", "-":
			parted = true
			at--
			continue
		case ")":
			return false
		}
		if n := f.ending(at, article|title); n > 0 {
			at -= n
			continue
		}
		if n := f.ending(at, is); n > 0 {
			return f.subject(at - n)
		}
		if n := f.ending(at, as); n > 0 {
			return f.appointed(at - n)
		}
		return false
	}
	return false
}

// appointed says whether the words before the role, which end at token i with
// "como" and the like, say it of a person: "Farfán juró hoy como ministra".
func (f *finder) appointed(i int) bool {
	const far = 5
	for at := i; at >= max(i-far, f.s.First); at-- {
		switch {
		case f.isPerson(at):
			return true
		case f.text.Tokens[at].Kind == text.Punct:
			return false
		}
	}
	return false
}

// subject says whether the verb before the role, which ends at token i+1, has a
// person for its subject: just before it, or before an apposition.
func (f *finder) subject(i int) bool {
	if i < f.s.First {
		return false
	}
	if f.isPerson(i) {
		return true
	}
	const far = 9
	if f.words[i] != "," {
		return false
	}
	for at := i - 1; at > max(i-far, f.s.First); at-- {
		if f.words[at] == "," {
			return f.isPerson(at - 1)
		}
	}
	return false
}

// ending returns the length of the longest word of the classes that ends at token i.
func (f *finder) ending(i int, want class) int {
	for n := 3; n > 0; n-- {
		if i-n+1 < f.s.First {
			continue
		}
		if _, m := f.lexicon.match(f.words[i-n+1:i+1], want); m == n {
			return n
		}
	}
	return 0
}

// joined says whether the role goes on from one that was a person's: "ministra
// de Salud y presidenta del Consejo".
func (f *finder) joined(c candidate, previous int) bool {
	if previous < 0 || previous > c.first || c.first-previous > 3 {
		return false
	}
	link := false
	for at := previous; at < c.first; at++ {
		_, isJoin := f.match(at, join)
		_, isArticle := f.match(at, article)
		switch {
		case isJoin > 0 || f.words[at] == ",":
			link = true
		case isArticle == 0:
			return false
		}
	}
	return link
}
