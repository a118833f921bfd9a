package date

import (
	"strings"
	"unicode/utf8"

	"vocero/extract/number"
)

// bareMonth says whether a month with nothing beside it is one: not a name
// ("Julio Velarde"), a verb ("may") or a unit's abbreviation.
func (p *parser) bareMonth(j int) bool {
	t := p.run[j]
	listed := p.is(j+1, isTo|isUntil|isAnd) && p.is(j+2, isMonth) || p.is(j-1, isTo|isUntil|isAnd) && p.is(j-2, isMonth)
	if t.class&isWeak != 0 && !listed && (p.leadBound(t.start) == "" || p.wordAfter(j+1)) || p.named(j) {
		return false
	}
	word := p.wordBefore(t.start)
	if !p.lex.capitals {
		ofMonth := p.is(j-1, isOf) && p.is(j-2, isUnit|isPhase) || p.is(j-1, isPhase)
		return !t.capital || p.lex.inMonth[word] || word == "" || p.upper(j) || listed || ofMonth
	}
	if !t.capital {
		return listed && t.class&isCapital == 0
	}
	if listed || p.lex.strong[word] || p.is(j-1, isShift|isTo|isUntil|isAnd|isOr|isBetween|isSince) {
		return true
	}
	return t.class&(isCapital|isWeak) == 0 && p.clauseEnds(j+1) && p.smallBefore(t.start) && !p.habit(t.start)
}

// smallBefore says that the word right before pos, on its line, is in small letters.
func (p *parser) smallBefore(pos int) bool {
	if pos < 2 || p.text[pos-1] != ' ' || !p.letter(pos-2) {
		return false
	}
	start := p.wordStart(pos)
	return start >= 0 && !capital(p.text, start)
}

// upper says that the token is all in capitals, as headlines are.
func (p *parser) upper(j int) bool {
	t := p.run[j]
	return t.end-t.start > 1 && capital(p.text, t.start) && capital(p.text, t.end-1)
}

// named says whether a capitalized month or weekday is part of a name: the
// words before or after it are capitalized too.
func (p *parser) named(j int) bool {
	t := p.run[j]
	if !t.capital || p.upper(j) {
		return false
	}
	after := t.end
	if !p.lex.capitals && p.partOfName(j) {
		return true
	}
	if after < len(p.text) && p.text[after] == ' ' && capital(p.text, after+1) && (!p.is(j+1, ^class(0)) || p.is(j+1, isMonth)) {
		return !p.lex.capitals || t.class&isMonth != 0
	}
	return false
}

// partOfName says whether a name runs up to token j: "Santo Domingo", "Plaza de Mayo".
func (p *parser) partOfName(j int) bool {
	if p.is(j-1, isShift|isToday|isWeekday) {
		return false
	}
	start := p.run[j].start
	for range 2 {
		if start < 2 || p.text[start-1] != ' ' {
			return false
		}
		end := start - 1
		for start = end; start > 0 && p.letter(start-1) && end-start < 24; {
			start--
		}
		if start == end {
			return false
		}
		if capital(p.text, start) {
			e, _ := p.lex.longest(p.text, start)
			return e == nil && start > 1 && !p.stops(start-2)
		}
		if w := p.text[start:end]; w != "de" && w != "do" && w != "da" && w != "del" {
			return false
		}
	}
	return false
}

// habit says whether the word before makes a weekday a habit: "cada lunes", "los viernes".
func (p *parser) habit(start int) bool {
	if start == 0 {
		return false
	}
	before := strings.TrimRight(fold(p.text[max(0, start-24):start]), " ")
	for _, phrase := range p.lex.habits {
		if endsIn(before, phrase) {
			return true
		}
	}
	return false
}

// endsIn says whether the words of phrase are the last ones of text.
func endsIn(text, phrase string) bool {
	return strings.HasSuffix(text, phrase) && (len(text) == len(phrase) || text[len(text)-len(phrase)-1] == ' ')
}

// wordBefore gives the folded word right before pos, or "".
func (p *parser) wordBefore(pos int) string {
	end := pos
	for end > 0 {
		if p.text[end-1] == ' ' || p.text[end-1] == '(' || p.text[end-1] == '\'' {
			end--
		} else if apostropheBefore(p.text, end) {
			end -= len("’")
		} else {
			break
		}
	}
	if end > 1 && p.text[end-1] == '.' && p.letter(end-2) {
		end--
	}
	start := end
	for start > 0 && end-start < 24 && (p.letter(start-1) || p.text[start-1] == 0xC2) {
		start--
	}
	if start == end {
		return ""
	}
	var buffer [32]byte
	word, _ := number.Fold(buffer[:0], p.text, start)
	return string(word)
}

// wordSize gives the bytes of the plain word that ends at pos.
func (p *parser) wordSize(pos int) int {
	n := 0
	for n < pos && n < 24 && p.letter(pos-n-1) {
		n++
	}
	return n
}

// wordAfter says whether a word follows on the same line before token i's place.
func (p *parser) wordAfter(i int) bool {
	if i < 1 {
		return false
	}
	end := p.run[i-1].end
	at := end
	for at < len(p.text) && p.text[at] == ' ' {
		at++
	}
	if at >= len(p.text) || at == end {
		return false
	}
	_, next := number.Fold(p.buffer[:0], p.text, at)
	if next == at {
		return digit(p.text, at)
	}
	return !p.is(i, isOf|isAnd|isTo|isUntil|isOr|isPart|isArticle)
}

// counted says whether the number before token i counts something, or is money or a percentage.
func (p *parser) counted(i int) bool {
	end := p.run[i-1].end
	at := end
	for at < len(p.text) && spaceSize(p.text, at) > 0 && p.text[at] != '\n' {
		at += spaceSize(p.text, at)
	}
	if at >= len(p.text) {
		return false
	}
	switch p.text[at] {
	case '%', '$':
		return true
	case 0xE2:
		return strings.HasPrefix(p.text[at:], "€")
	case 0xC2:
		return strings.HasPrefix(p.text[at:], "º") || strings.HasPrefix(p.text[at:], "°")
	}
	var buffer [32]byte
	word, next := number.Fold(buffer[:0], p.text, at)
	if next == at || p.lex.counts[string(word)] {
		return next > at
	}
	if next < len(p.text) && p.text[next] == ' ' { // "ha de" counts hectares, "ha sido" does not
		var other [32]byte
		second, _ := number.Fold(other[:0], p.text, next+1)
		return p.lex.counts[string(append(append(word, ' '), second...))]
	}
	return false
}

// inAddress says that the four digits at token i are a house's number: "Av.
// Arequipa 2020", "1984 Main Street".
func (p *parser) inAddress(i int) bool {
	pos := p.run[i].start
	for range 4 {
		if p.lex.names[p.wordBefore(pos)] {
			return true
		}
		if pos = p.wordStart(pos); pos < 0 || !capital(p.text, pos) {
			break
		}
	}
	pos = p.run[i].end
	for range 4 {
		if pos = skipSpace(p.text, pos); !capital(p.text, pos) {
			return false
		}
		word, end := number.Fold(p.buffer[:0], p.text, pos)
		if pos > p.run[i].end+1 && p.lex.names[string(word)] {
			return true
		}
		pos = end
	}
	return false
}

// inName says that a capitalized word right before a year, in the middle of a
// sentence, makes it part of a name: "Agenda 2030".
func (p *parser) inName(i int) bool {
	start := p.run[i].start
	if start < 2 || p.text[start-1] != ' ' || !p.letter(start-2) || p.is(i-1, ^class(0)) {
		return false
	}
	at := start - 1
	for at > 0 && p.letter(at-1) {
		at--
	}
	if !capital(p.text, at) || at == 0 || p.text[at-1] != ' ' || p.lex.strong[p.wordBefore(start)] {
		return false
	}
	return at > 1 && (p.letter(at-2) || p.text[at-2] == ',' || p.text[at-2] >= utf8.RuneSelf)
}

// labelled says whether the number at pos is that of a law, a page, a house: not a year.
func (p *parser) labelled(pos int) bool {
	i := pos
	for i > 0 && (p.text[i-1] == ' ' || p.text[i-1] == '.') {
		i--
	}
	if i > 1 && (strings.HasSuffix(p.text[:i], "º") || strings.HasSuffix(p.text[:i], "°")) {
		return true
	}
	if i > 0 && (p.text[i-1] == '#' || p.text[i-1] == '$') || strings.HasSuffix(p.text[:i], "§") {
		return true
	}
	if i > 1 && p.letter(i-1) && (p.text[i-2] == '\'' || apostropheBefore(p.text, i-1)) {
		return false // the company's 2025 plan
	}
	return p.lex.labels[p.wordBefore(pos)]
}
