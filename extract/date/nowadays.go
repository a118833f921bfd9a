package date

import "vocero/extract/number"

// nowadays says that "today" or "tomorrow" at token i means the times and not the
// day: "le monde d'aujourd'hui", "the firm today employs 300", "Hoy, el grupo
// cuenta con cuatro plantas".
func (p *parser) nowadays(i int) bool {
	t := p.run[i]
	if t.class&isTold != 0 || len(p.lex.lasting) == 0 || len(t.entry.feasts) > 0 {
		return false
	}
	if p.ofTimes(i) {
		return true
	}
	if t.entry.offset != 0 || t.class&isArticle != 0 || p.is(i, isUnit) {
		return false
	}
	if p.lex.lasting[p.wordBefore(t.start)] {
		return true
	}
	after := skipSpace(p.text, t.end)
	if word, end := number.Fold(p.buffer[:0], p.text, after); end > after {
		return p.lex.lasting[string(word)]
	}
	return after < len(p.text) && p.text[after] == ',' && p.opensSentence(t.start) && p.lastingAhead(after+1)
}

// ofTimes says that the word at token i is what a noun before it is of, and that
// the noun is none that happens on a day.
func (p *parser) ofTimes(i int) bool {
	if !p.is(i-1, isGenitive) || p.leadBound(p.run[i].start) != "" {
		return false
	}
	noun := p.wordBefore(p.run[i-1].start)
	return p.lex.ages[noun] || !p.lex.capitals && len(p.lex.events) > 0 && noun != "" && !p.lex.events[noun]
}

// opensSentence says that nothing of its sentence stands before pos.
func (p *parser) opensSentence(pos int) bool {
	for pos > 0 && spaceSize(p.text, pos-1) == 1 {
		pos--
		if p.text[pos] == '\n' {
			return true
		}
	}
	return pos == 0 || p.stops(pos-1)
}

// lastingAhead says that the first word after pos to tell a time tells of what lasts.
func (p *parser) lastingAhead(pos int) bool {
	for from, to := range p.wordsAfter(pos) {
		word, _ := number.Fold(p.buffer[:0], p.text, from)
		if p.lex.lasting[string(word)] {
			return true
		}
		if p.tenseOf(p.text[from:to]) != 0 {
			return false
		}
	}
	return false
}
