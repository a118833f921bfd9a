package date

import (
	"strings"

	"vocero/corpus"
	"vocero/extract/number"
)

// reach is how far from a date its tense is looked for, in bytes.
const reach = 110

// guess gives the year of a day or month as a press reader would: the nearest
// one to the publication, unless "pasado", "próximo" or the tense around it say
// otherwise. It returns 0 where nothing is known.
func (p *parser) guess(d point, start, end int) int {
	if y := p.told(d, start); y > 0 {
		return y
	}
	if p.published.IsZero() {
		return 0
	}
	base := p.published.Year
	best, distance := 0, 1<<30
	for y := base - 1; y <= base+1; y++ {
		d.year = y
		n := p.from(d)
		if n < 0 {
			n = -n
		}
		if valid(d) && n < distance {
			best, distance = y, n
		}
	}
	d.year = best
	n := p.from(d)
	t, close := p.tense(start, end)
	d.year = base
	switch own := p.from(d); {
	case t == 0 && own > -habitual && own < habitual:
		return base
	case close && t == past && n > 0:
		return best - 1
	case close && t == future && n < 0:
		return best + 1
	case t == past && n > patience(d), t == 0 && n > 30 && p.bound(start) == corpus.Min && d.day == 0:
		return best - 1
	case t == future && n < -patience(d):
		return best + 1
	}
	return best
}

// habitual is how many days a date that no verb goes with may be off and still
// be of the publication's own year.
const habitual = 270

// patience is from how many days on the tense outweighs nearness: a past verb
// may well stand beside a day that is to come soon.
func patience(d point) int {
	if d.day == 0 {
		return 45
	}
	return 75
}

// from counts the days from the publication to d; 0 when d covers it.
func (p *parser) from(d point) int {
	from, to := d.bounds(p.south)
	switch {
	case p.published.Compare(from) < 0:
		return days(p.published, from)
	case p.published.Compare(to) > 0:
		return days(p.published, to)
	}
	return 0
}

// maxNarrative is how far a date's year carries on to the next one, in bytes.
const maxNarrative = 160

// told gives the year of the date just before in the same story: "en junio de
// 2014 … y en agosto".
func (p *parser) told(d point, start int) int {
	a := p.anchor
	if a.year == 0 || a.month == 0 || d.month == 0 || d.weekday > 0 || start-p.anchorEnd > maxNarrative || start < p.anchorEnd || d.month < a.month {
		return 0
	}
	for i := p.anchorEnd; i < start; i++ {
		if p.text[i] == '\n' || !p.published.IsZero() && p.stops(i) {
			return 0
		}
	}
	if !p.published.IsZero() && a.year >= p.published.Year {
		return 0
	}
	if t, close := p.tense(start, start); close && t != 0 {
		return 0
	}
	return a.year
}

// tense gives the time that the nearest telling word before or after a date
// speaks of, and whether it stands right beside the date.
func (p *parser) tense(start, end int) (t tense, close bool) {
	first, near := p.tenseBefore(start)
	second, nearAfter := p.tenseAfter(end)
	switch {
	case first == 0 || second != 0 && nearAfter < near && nearAfter < 3:
		return second, nearAfter == 0 && p.adjective(end)
	}
	return first, near == 0 && p.adjectiveBefore(start)
}

// adjective says whether a word such as "pasado" is right after the date.
func (p *parser) adjective(end int) bool {
	pos := skipSpace(p.text, end)
	e, _ := p.lex.longest(p.text, pos)
	return e != nil && e.class&isShift != 0 && e.shift != 0
}

// adjectiveBefore says the same of the word before it.
func (p *parser) adjectiveBefore(start int) bool {
	word := p.wordBefore(start)
	n := p.lex.root.next[word]
	return n != nil && n.entry != nil && n.entry.class&isShift != 0 && n.entry.shift != 0
}

// tenseBefore looks back from a date to the start of its sentence.
func (p *parser) tenseBefore(start int) (t tense, words int) {
	for i := start; i > 0 && start-i < reach; words++ {
		from := i
		for from > 0 && start-from < reach && !wordByte(p.text[from-1]) {
			if from--; p.stops(from) {
				return 0, words
			}
		}
		end := from
		for from > 0 && wordByte(p.text[from-1]) && end-from < 32 {
			from--
		}
		if t := p.tenseOf(p.text[from:end]); t != 0 {
			return t, words
		}
		i = from
		if from == end {
			break
		}
	}
	return 0, words
}

// tenseAfter looks on from a date to the end of its sentence.
func (p *parser) tenseAfter(end int) (t tense, words int) {
	for i := end; i < len(p.text) && i-end < reach; words++ {
		for i < len(p.text) && !wordByte(p.text[i]) {
			if p.stops(i) {
				return 0, words
			}
			i++
		}
		from := i
		for i < len(p.text) && wordByte(p.text[i]) && i-from < 32 {
			i++
		}
		if t := p.tenseOf(p.text[from:i]); t != 0 {
			return t, words
		}
	}
	return 0, words
}

// stops says whether a sentence ends at i.
func (p *parser) stops(i int) bool {
	switch p.text[i] {
	case '\n', ';', '!', '?', '|':
		return true
	case '.':
		return i+1 >= len(p.text) || spaceSize(p.text, i+1) > 0 && (i < 3 || wordByte(p.text[i-3]))
	}
	return false
}

func wordByte(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= 0xC3 && c <= 0xC5 || c >= 0x80 && c < 0xC0
}

// tenseOf gives the tense of one word.
func (p *parser) tenseOf(word string) tense {
	if word == "" {
		return 0
	}
	if t, ok := p.lex.tense[word]; ok {
		return t
	}
	if c := word[0]; c >= 'A' && c <= 'Z' {
		return p.lex.tense[strings.ToLower(word)]
	}
	for _, e := range p.lex.endings {
		if len(word) > len(e.letters)+1 && strings.HasSuffix(word, e.letters) {
			return e.tense
		}
	}
	return 0
}

// nearestWeekday gives the day that a bare weekday names.
func (p *parser) nearestWeekday(d point, start, end int) corpus.Date {
	today := weekday(p.published)
	back := (today - d.weekday + 7) % 7 // days since the last one
	ahead := (d.weekday - today + 7) % 7
	t, _ := p.tense(start, end)
	switch {
	case d.shifted && d.shift < 0:
		if back == 0 {
			back = 7
		}
		return addDays(p.published, -back)
	case d.shifted && d.shift > 0:
		if ahead == 0 {
			ahead = 7
		}
		return addDays(p.published, ahead)
	case d.shifted && ahead <= 3, d.shifted && back > 1 && t == future:
		return addDays(p.published, ahead)
	case d.shifted, t == past, back <= 3 && t == 0:
		return addDays(p.published, -back)
	}
	return addDays(p.published, ahead)
}

// monthOfDay gives the month of a weekday and its day: "lunes 16".
func (p *parser) monthOfDay(d point, start, end int) point {
	if p.coarse != noUnit {
		best := point{year: p.published.Year, month: p.published.Month, day: d.day}
		if p.coarse == month || !valid(best) {
			best.month = 0
		}
		return best
	}
	best, distance := pointOf(p.published), 1<<30
	t, _ := p.tense(start, end)
	if p.bound(start) == corpus.Max && t == 0 {
		t = future
	}
	for n := -6; n <= 6; n++ {
		m := addMonths(p.published, n)
		c := point{year: m.Year, month: m.Month, day: d.day}
		if !valid(c) || d.weekday > 0 && weekday(c.date()) != d.weekday && (n < -1 || n > 1) {
			continue
		}
		gap := days(p.published, c.date())
		cost := max(gap, -gap)
		if d.weekday > 0 && weekday(c.date()) != d.weekday {
			cost += 40
		}
		if t == future && gap < 0 || t == past && gap > 0 {
			cost += 12
		}
		if cost < distance {
			best, distance = c, cost
		}
	}
	return best
}

// bareMonth says whether a month with nothing beside it is one: not a name
// ("Julio Velarde"), a verb ("may") or a unit's abbreviation.
func (p *parser) bareMonth(j int) bool {
	t := p.run[j]
	listed := p.is(j+1, isTo|isUntil|isAnd) && p.is(j+2, isMonth) || p.is(j-1, isTo|isUntil|isAnd) && p.is(j-2, isMonth)
	if t.class&isWeak != 0 && !listed || p.named(j) {
		return false
	}
	word := p.wordBefore(t.start)
	if !p.lex.capitals {
		return !t.capital || p.lex.strong[word] || word == "" || p.upper(j)
	}
	if !t.capital {
		return false
	}
	return p.lex.strong[word] || p.is(j-1, isShift|isTo|isUntil|isAnd|isOr|isBetween|isSince)
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
		for start = end; start > 0 && wordByte(p.text[start-1]) && end-start < 24; {
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
		if strings.HasSuffix(before, phrase) && (len(before) == len(phrase) || before[len(before)-len(phrase)-1] == ' ') {
			return true
		}
	}
	return false
}

// wordBefore gives the folded word right before pos, or "".
func (p *parser) wordBefore(pos int) string {
	end := pos
	for end > 0 && (p.text[end-1] == ' ' || p.text[end-1] == '(' || p.text[end-1] == '\'') {
		end--
	}
	if end > 1 && p.text[end-1] == '.' && wordByte(p.text[end-2]) {
		end--
	}
	start := end
	for start > 0 && end-start < 24 && (wordByte(p.text[start-1]) || p.text[start-1] == 0xC2) {
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
	for n < pos && n < 24 && wordByte(p.text[pos-n-1]) {
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
	return next > at && p.lex.counts[string(word)]
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
	if i > 0 && (p.text[i-1] == '#' || p.text[i-1] == '$') {
		return true
	}
	return p.lex.labels[p.wordBefore(pos)]
}
