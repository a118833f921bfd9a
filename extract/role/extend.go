package role

import (
	"vocero/corpus"
	"vocero/extract/text"
)

// most is the number of tokens that a role has at the most, and that a row of
// names in it has: the time for a text stays linear in its length.
const most = 48

// extend takes in what follows the head and belongs to the role.
func (f *finder) extend(c *candidate) {
	for c.last < min(f.s.Last, c.first+most) {
		class, n := f.match(c.last, acting|former|elect|after|demonym)
		switch {
		case n > 0 && !f.isPerson(c.last) && class&(acting|elect|after|demonym) != 0:
			if class&(acting|elect) != 0 {
				c.addStatus(class)
			}
			c.specific = c.specific || class&demonym != 0
			c.last += n
		case f.complement(c):
		case f.second(c):
		default:
			n := f.adjective(c.last)
			if n == 0 {
				return
			}
			c.last += n
		}
	}
}

// second takes in an adjective that is joined to one before: "embajadora
// extraordinaria y plenipotenciaria".
func (f *finder) second(c *candidate) bool {
	_, n := f.match(c.last, join)
	if n == 0 || c.last == c.head+1 {
		return false
	}
	if _, isHead := f.match(c.last+n, head); isHead > 0 {
		return false
	}
	_, m := f.match(c.last+n, after)
	if m == 0 {
		return false
	}
	c.last += n + m
	return true
}

// adjective returns the length of an adjective at token i which no lexicon
// knows, or 0. It ends an apposition or stands before a complement, perhaps with
// a number: "Farfán, ingeniera forestal, …", "coordinador zonal 5 del Miduvi". In
// English none follows its noun.
func (f *finder) adjective(i int) int {
	if f.headLast || i+1 >= f.s.Last || f.name[i] != nil || f.capital(i) || f.text.Tokens[i].Kind != text.Word || !f.ends(i) {
		return 0
	}
	n := 1
	if f.text.Tokens[i+1].Kind == text.Number {
		n = 2
	}
	if _, m := f.match(i+n, of); m > 0 || n == 1 && (f.words[i+1] == "," || f.words[i+1] == ")") {
		return n
	}
	return 0
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
		if f.name[at] == nil && c.last < f.s.Last && f.body(c.last) { // "la compañía Aceros Sur"
			c.last, c.specific = f.proper(c.last), true
		}
		return true
	}
	return f.common(c, at)
}

// common takes in a complement that begins with a common noun which no lexicon
// knows: "líder del colectivo Bulla Zurda", "jefe del buró de la Guardia
// Nacional". It must go on with a name or another complement, or end there.
func (f *finder) common(c *candidate, at int) bool {
	if !f.noun(at) {
		return false
	}
	end := at + 1
	if _, n := f.match(end, after|demonym); n > 0 {
		end += n
	} else if f.noun(end) && (f.ends(end) || end+1 < f.s.Last && f.text.Tokens[end+1].Kind == text.Punct) {
		end++
	}
	if c.sure == 0 {
		c.sure = c.last
	}
	if named := f.proper(end); named > end {
		c.last, c.specific = named, true
		return true
	}
	if _, n := f.match(end, of); n == 0 && end < f.s.Last && f.text.Tokens[end].Kind != text.Punct && !f.isPerson(end) {
		if c.sure == c.last {
			c.sure = 0
		}
		return false
	}
	c.last = end
	return true
}

// noun says whether token i may be a common noun: a word in small letters that
// has no other part in roles.
func (f *finder) noun(i int) bool {
	if i >= f.s.Last || f.name[i] != nil || f.text.Tokens[i].Kind != text.Word || f.capital(i) || len(f.words[i]) < 4 {
		return false
	}
	_, n := f.match(i, of|tie|article|join|as|is)
	return n == 0
}

// ends says whether token i ends like an adjective.
func (f *finder) ends(i int) bool {
	w := f.words[i]
	for n := 2; n <= 4 && n < len(w)-1; n++ {
		if _, ok := f.lexicon.match([]string{w[len(w)-n:]}, ending); ok > 0 {
			return true
		}
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
	for at := i; at < min(f.s.Last, i+most); {
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
// "Oficina de Asuntos Públicos del Departamento de Estado", "Lima, Perú" not; or
// where a place is joined to a place: "América Latina y el Caribe".
func (f *finder) nested(end int) int {
	for limit := end + most; end < limit; {
		at := end
		_, isOf := f.match(end, of)
		_, isJoin := f.match(end, join)
		switch {
		case isOf > 0:
			at += isOf
		case f.genitive(end):
			at++
		case isJoin > 0 && f.name[end-1].kind == corpus.Place:
			at += isJoin
		}
		if _, n := f.match(at, article); at > end && n > 0 {
			at += n
		}
		if at >= f.s.Last || !f.body(at) || isJoin > 0 && f.name[at].kind != corpus.Place {
			return end
		}
		end = f.name[at].last
	}
	return end
}

// joins says whether token i may stand within a row of capitalised words, and
// the next word has a capital and is no person: "Economía y Finanzas",
// "Comercio Exterior, Integración y Pesca".
func (f *finder) joins(i int) bool {
	if i+1 >= f.s.Last || f.isPerson(i+1) {
		return false
	}
	if class, n := f.match(i, of|join); n == 1 {
		next := i + 1
		if _, m := f.match(next, of); m > 0 && class&join != 0 {
			next += m
		}
		if _, m := f.match(next, article); m > 0 {
			next += m
		}
		if _, isHead := f.match(next, head); isHead > 0 && next == i+1 && class&join != 0 {
			return false // another role begins
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
	const far = 8
	for at := i + 1; at < min(i+far, f.s.Last); at++ {
		if _, n := f.match(at, of|article); n > 0 && !f.capital(at) {
			continue
		}
		if f.isPerson(at) || !f.capital(at) && f.words[at] != "," {
			_, n := f.match(at, join)
			return n > 0 && at > i+1 && f.joins(at)
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
	if _, n := f.match(c.first-1, one); n > 0 {
		return false
	}
	_, n := f.match(c.first-1, article|of)
	return n > 0 || f.words[c.first-1] == "al"
}
