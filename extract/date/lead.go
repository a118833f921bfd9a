package date

import (
	"strings"

	"vocero/corpus"
)

// reachLead is how far before a date the words that lead to it may begin, in bytes.
const reachLead = 64

// Widen draws the span of a date out to the words around it that bound it or say
// which part of it or which of several is meant: "después del 5 de mayo", "a
// finales de 2020", "2020 en adelante", "este 5/12". Find leaves them out of its spans; other conventions of
// annotation count them in.
func Widen(text, lang string, span corpus.Span) corpus.Span {
	p := newParser(text, Context{Lang: lang})
	if pos := p.wordStart(span.Start); pos >= 0 {
		if e, end := p.lex.longest(text, pos); e != nil && e.class&isShift != 0 && skipSpace(text, end) == span.Start {
			span.Start = pos
		}
	}
	_, span.Start = p.lead(span.Start)
	if _, end := p.tail(span.End); end > 0 {
		span.End = end
	}
	return span
}

// bound reads the words in front of a date, or else behind it, that bound it.
func (p *parser) bound(span corpus.Span) corpus.Bound {
	b, _ := p.lead(span.Start)
	if b == "" || b == corpus.About {
		if after, end := p.tail(span.End); end > 0 {
			return after
		}
	}
	return b
}

func (p *parser) leadBound(start int) corpus.Bound {
	b, _ := p.lead(start)
	return b
}

// leadTense gives the time that the words in front of a date speak of, whatever
// the verb: the past after "since", what is to come after "starting".
func (p *parser) leadTense(start int) tense {
	if e, _ := p.leadBefore(start, start); e != nil {
		return tense(e.shift)
	}
	return 0
}

// tail reads "o posterior", "en adelante"; end is 0 without.
func (p *parser) tail(pos int) (b corpus.Bound, end int) {
	pos = skipSpace(p.text, pos)
	e, end := p.lex.tails.longest(p.text, pos)
	if e == nil || p.leadsOn(pos, end) || p.openTail(pos, end) {
		return "", 0
	}
	return e.bound, end
}

// openTail says that the last of the words at [pos,end) could lead to a date, and
// that more words follow: "and after my work is done".
func (p *parser) openTail(pos, end int) bool {
	next := skipSpace(p.text, end)
	if next == end || next >= len(p.text) || !p.letter(next) {
		return false
	}
	for i := end; i > pos; i-- {
		if p.text[i-1] == ' ' {
			e, after := p.lex.leads.longest(p.text, i)
			return e != nil && after >= end
		}
	}
	return false
}

// leadsOn says that the words at pos lead to another date: "y después de 2020".
func (p *parser) leadsOn(pos, end int) bool {
	next := skipSpace(p.text, end)
	if digit(p.text, next) {
		return true
	}
	if e, _ := p.lex.longest(p.text, next); e != nil && e.class&(isOf|isSince|isArticle|isMonth|isWeekday|isToday|isUnit|isHoliday) != 0 {
		return true
	}
	for ; pos < end; pos++ {
		if p.text[pos] == ' ' {
			if e, after := p.lex.leads.longest(p.text, pos+1); e != nil && after > end {
				return true
			}
		}
	}
	return false
}

// lead reads the words in front of a date from right to left, a phrase at a
// time; the bound farthest from the date holds.
func (p *parser) lead(start int) (b corpus.Bound, at int) {
	at = start
	for range 3 {
		e, from := p.leadBefore(at, start)
		if e == nil {
			break
		}
		if at = from; e.bound != "" {
			b = e.bound
		}
	}
	return b, at
}

// leadBefore finds the longest phrase that ends at byte at, but for articles.
func (p *parser) leadBefore(at, start int) (found *entry, from int) {
	for pos := at; pos > 0 && start-pos < reachLead; {
		if pos = p.wordStart(pos); pos < 0 {
			break
		}
		if e, end := p.lex.leads.longest(p.text[:at], pos); e != nil && p.idle(end, at) && !(e.class&isExact != 0 && plain(p.text[pos:end])) {
			found, from = e, pos
		}
	}
	return found, from
}

// wordStart gives the start of the word before pos, or -1 where the clause ends.
func (p *parser) wordStart(pos int) int {
back:
	for pos > 0 {
		switch {
		case pos > 1 && p.text[pos-2] == 0xC2 && p.text[pos-1] == 0xA0:
			pos -= 2
		case apostropheBefore(p.text, pos):
			pos -= len("’")
		case p.text[pos-1] == ' ', p.text[pos-1] == '\'', p.text[pos-1] == '-', p.text[pos-1] == '(':
			pos--
		default:
			break back
		}
	}
	end := pos
	for pos > 0 && p.letter(pos-1) {
		pos--
	}
	if pos == end {
		return -1
	}
	return pos
}

// plain says that text has no accents.
func plain(text string) bool {
	for i := range len(text) {
		if text[i] >= 0x80 {
			return false
		}
	}
	return true
}

// apostropheBefore says that a typographic apostrophe ends at pos: "d’ici".
func apostropheBefore(text string, pos int) bool {
	return pos > 2 && text[pos-1] == 0x99 && strings.HasSuffix(text[:pos], "’")
}

// idle says that nothing but articles, "día", "año" and the like stands between.
func (p *parser) idle(pos, at int) bool {
	for pos = skipSpace(p.text, pos); pos < at; pos = skipSpace(p.text, pos) {
		e, end := p.lex.longest(p.text, pos)
		if e == nil || end > at || e.class&(isArticle|isDay|isShift|isApart) == 0 && e.unit != year {
			return false
		}
		pos = end
	}
	return pos == at
}
