package role

import (
	"vocero/extract/text"
)

// extend takes in what follows the head and belongs to the role.
func (f *finder) extend(c *candidate) {
	for c.last < f.s.Last {
		class, n := f.match(c.last, acting|former|elect|after|demonym)
		switch {
		case n > 0 && !f.isPerson(c.last) && class&(acting|elect|after|demonym) != 0:
			if class&(acting|elect) != 0 {
				c.addStatus(class)
			}
			c.specific = c.specific || class&demonym != 0
			c.last += n
		case f.complement(c):
		case f.adjective(c.last):
			c.last++
		default:
			return
		}
	}
}

// adjective says whether token i is the adjective that ends an apposition:
// "Farfán, ingeniera forestal, …". In English none follows its noun.
func (f *finder) adjective(i int) bool {
	if f.headLast || i+1 >= f.s.Last || f.capital(i) || f.words[i+1] != "," && f.words[i+1] != ")" {
		return false
	}
	for n := 2; n <= 4 && n < len(f.words[i])-1; n++ {
		w := f.words[i]
		if _, ok := f.lexicon.match([]string{w[len(w)-n:]}, ending); ok > 0 {
			return true
		}
	}
	return false
}

// complement takes in one complement after a link: a name, words with
// capitals, or a common noun of the field.
func (f *finder) complement(c *candidate) bool {
	class, n := f.match(c.last, of|tie)
	if n == 0 {
		return false
	}
	at := c.last + n
	for range 2 {
		if _, n := f.match(at, article); n > 0 {
			at += n
		}
	}
	if at >= f.s.Last || f.isPerson(at) {
		return false
	}
	if end := f.proper(at); end > at {
		c.last, c.specific = end, true
		return true
	}
	if class&of == 0 {
		return false
	}
	if _, n := f.match(at, field); n > 0 {
		c.last = f.fields(at + n)
		c.specific = c.specific || f.fieldIsOffice(c, at)
		return true
	}
	return false
}

// fieldIsOffice says whether a complement without a capital names one office:
// "ministra de salud" does, "director de la empresa" does not.
func (f *finder) fieldIsOffice(c *candidate, at int) bool {
	_, article := f.match(at-1, article)
	return article == 0 && at == c.head+2
}

// fields goes on over adjectives and further nouns joined to a field.
func (f *finder) fields(at int) int {
	for at < f.s.Last {
		if _, n := f.match(at, after|demonym); n > 0 {
			at += n
			continue
		}
		if _, n := f.match(at, join); n > 0 {
			if _, m := f.match(at+n, field); m > 0 {
				at += n + m
				continue
			}
		}
		return at
	}
	return at
}

// proper returns where a row of names and capitalised words that begins at
// token i ends, or i. Small words within it are taken in where it goes on.
func (f *finder) proper(i int) int {
	end := i
	for at := i; at < f.s.Last; {
		switch {
		case f.isPerson(at):
			return end
		case f.body(at):
			at = f.name[at].last
			end = at
			if f.name[i] != nil && f.name[i].first == i && end == f.name[i].last {
				return f.nested(end)
			}
		case f.capital(at) && f.text.Tokens[at].Kind == text.Word:
			at++
			end = at
		case end > i && f.joins(at):
			at++
		default:
			return end
		}
	}
	return end
}

// nested goes on after a name where another, of which it is a part, follows:
// "Oficina de Asuntos Públicos del Departamento de Estado", "Lima, Perú" not.
func (f *finder) nested(end int) int {
	for {
		_, n := f.match(end, of)
		if n == 0 {
			return end
		}
		at := end + n
		if _, n := f.match(at, article); n > 0 {
			at += n
		}
		if at >= f.s.Last || !f.body(at) {
			return end
		}
		end = f.name[at].last
	}
}

// joins says whether token i may stand within a row of capitalised words, and
// the next word has a capital and is no person: "Economía y Finanzas",
// "Comercio Exterior, Integración y Pesca".
func (f *finder) joins(i int) bool {
	if i+1 >= f.s.Last || f.isPerson(i+1) {
		return false
	}
	if _, n := f.match(i, of|join); n == 1 {
		next := i + 1
		if _, n := f.match(next, article); n > 0 {
			next += n
		}
		return next < f.s.Last && f.capital(next) && !f.isPerson(next)
	}
	if _, n := f.match(i, article); n == 1 {
		return f.capital(i + 1)
	}
	return f.words[i] == "," && f.listed(i)
}

// listed says whether the comma at token i parts the members of a row that ends
// with "y": a row of fields, and not the end of the role.
func (f *finder) listed(i int) bool {
	const far = 6
	for at := i + 1; at < min(i+far, f.s.Last); at++ {
		if f.isPerson(at) || !f.capital(at) && f.words[at] != "," {
			_, n := f.match(at, join)
			return n > 0 && at > i+1 && at+1 < f.s.Last && f.capital(at+1) && !f.isPerson(at+1)
		}
	}
	return false
}

// definite says whether an office that no person stands beside is one office:
// with its article, at the beginning of a sentence, or with a capital.
func (f *finder) definite(c candidate) bool {
	if f.capital(c.head) || c.first == f.s.First {
		return true
	}
	_, n := f.match(c.first-1, article)
	if n == 0 {
		_, n = f.match(c.first-1, of)
	}
	return n > 0 || f.words[c.first-1] == "al"
}

// tied says whether a role stands beside a person: before the name, after it
// with a comma, after "como" and the like, or joined to a role that does.
func (f *finder) tied(c candidate, previous int) bool {
	return f.personAfter(c.last) || f.personBefore(c) || f.joined(c, previous)
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
