package date

import (
	"slices"

	"vocero/extract/number"
)

// dayOfWeek reads everything that begins with a weekday: "martes 18 de mayo",
// "quarta-feira (25)", "lunes de la próxima semana", "viernes pasado", "martes".
func (p *parser) dayOfWeek(i int) (point, int, bool) {
	j, shift, beside := i, 0, false
	if p.is(j, isShift) && p.run[j].entry.shift == 0 && p.is(j+1, isShift) && p.is(j+2, isWeekday) {
		j++ // este pasado miércoles
	}
	if p.is(j, isShift) && !p.is(j, isPost) && p.is(j+1, isWeekday) {
		if _, _, ok := p.dayOfUnit(j); p.is(j, isFinal) && (ok || p.ofTheMonth(p.skip(j+2, 2, isOf|isArticle))) {
			return point{}, i, false // the last Friday of May, or of the month
		}
		shift, beside, j = p.run[j].entry.shift, true, j+1
	}
	if !p.is(j, isWeekday) {
		return point{}, i, false
	}
	t := p.run[j]
	if d, next, ok := p.datedWeekday(j); ok {
		d.weekday, d.shifted = t.entry.weekday, j > i
		if j > i && p.is(i, isLead) {
			d.lead = 1
		}
		return d, next, true
	}
	next := j + 1
	if !beside && p.is(next, isShift) && !p.is(next, isFront) && !p.is(next+1, isUnit) {
		shift, beside, next = p.run[next].entry.shift, true, next+1
	}
	if d, after, ok := p.bracketed(next + 1); ok && p.sign(next, '(') {
		d.weekday, d.shift = t.entry.weekday, shift
		return d, after, true // domingo passado (9)
	}
	if d, after, ok := p.inWeeks(t.entry.weekday, next); ok && !beside {
		return d, after, true
	}
	if d, after, ok := p.afterNextDay(t.entry.weekday, next); ok && !beside {
		return d, after, true
	}
	d := point{weekday: t.entry.weekday, shift: shift, shifted: beside, ofWeek: j > i && p.is(j-1, isOfWeek)}
	if k := p.skip(next, 2, isOf|isArticle); !beside {
		if u, s, after, ok := p.shifted(k); ok && u == week && (p.vague(day) || p.adrift) {
			return point{anywhen: day}, after, true
		} else if ok && u == week {
			return pointOf(addDays(monday(p.published), 7*s+d.weekday-1)), after, true
		}
	}
	if t.start == 0 && next == len(p.run) && t.end == len(p.text) {
		return d, next, true // "lun." is all that is said
	}
	if t.class&isWeak != 0 && p.is(next, isTo|isNightTo) && p.is(next+1, isWeekday) && p.byNight(i) {
		return d, next, true
	}
	if t.class&isWeak != 0 && !p.weakStands(j, next, beside) {
		return point{}, i, false
	}
	if beside && p.is(i, isLead) {
		d.lead = 1
	}
	if p.is(i-1, isNumber) && p.run[i-1].ordinal && p.run[i-1].end+1 == p.run[i].start {
		return point{}, i, false // "the second Wednesday of each month"
	}
	if !beside && p.lex.articled && !p.introduced(i) {
		return point{}, i, false // "en 4, 5 y 6, martes y sábado"
	}
	return d, next, !p.named(j) && !p.recurs(next) && !p.ofTheMonth(p.skip(next, 2, isOf|isArticle)) && !(p.habit(p.run[p.listHead(i)].start) && !beside)
}

// weakStands says that a weekday which is weak alone ends its clause after a word
// that leads to a day: "on Tue", "next Fri". Where weekdays have capitals, one in
// small letters has to be longer than "sun" or "sat".
func (p *parser) weakStands(j, next int, beside bool) bool {
	t := p.run[j]
	if !p.lex.capitals {
		return beside && p.wordless(next) || p.listedWeekday(next) || p.is(next, isPart) && p.article(next) ||
			p.lex.eves[p.wordBefore(t.start)] && p.run[next-1].end-t.start > 3 && p.clauseEnds(next) && !p.enumerates(t.start)
	}
	if !t.capital && t.end-t.start < len("tues") || p.upper(j) || !(beside || p.is(j-1, isOn|isOr)) {
		return false
	}
	return p.clauseEnds(next)
}

// wordless says that no noun can follow the word before token i: "nesta terça que".
func (p *parser) wordless(i int) bool {
	if !p.wordAfter(i) {
		return true
	}
	word, _ := number.Fold(p.buffer[:0], p.text, skipSpace(p.text, p.run[i-1].end))
	return p.lex.that[string(word)]
}

// listedWeekday says that token i joins on a weekday which is no other word:
// "entre terça e quarta-feira".
func (p *parser) listedWeekday(i int) bool {
	return p.is(i, isAnd|isTo|isUntil|isOr) && p.is(i+1, isWeekday) && p.run[i+1].class&isWeak == 0
}

// clauseEnds says that a clause ends before token i.
func (p *parser) clauseEnds(i int) bool {
	end := p.run[i-1].end
	return end == len(p.text) || p.stops(end) || p.text[end-1] == '.' && p.stops(end-1) || p.text[end] == ','
}

// inWeeks reads the rest of "lundi en huit", the Monday after the next one, and of
// "lundi en quinze", a week later still.
func (p *parser) inWeeks(wanted, i int) (point, int, bool) {
	next := i + 2
	if !p.is(i, isInWeeks) || !p.is(i+1, isNumber) || p.run[i+1].num != 8 && p.run[i+1].num != 15 || p.run[i+1].ordinal {
		return point{}, i, false
	}
	if p.is(next, isUnit) && p.run[next].entry.unit == day {
		next++
	}
	if p.counted(next) || p.wordAfter(next) && next == i+2 && p.run[i+1].digits > 0 {
		return point{}, i, false
	}
	if p.weekdaysUnknown() {
		return point{anywhen: day}, next, true
	}
	ahead := (wanted - weekday(p.published) + 7) % 7
	return pointOf(addDays(p.published, ahead+7*(p.run[i+1].num/7))), next, true
}

// enumerates says that the sentence told an ordinal before start, which one after it
// may go on with: "na primeira etapa dez, na segunda, vinte".
func (p *parser) enumerates(start int) bool {
	for i := start - 1; i > 0 && start-i < reach && !p.stops(i); i-- {
		if p.letter(i) && !p.letter(i-1) {
			if n, ok := p.numbers.Ordinal(p.text, i); ok && n.End < start {
				return true
			}
		}
	}
	return false
}

// recurs says that what is before token i comes again and again: "of each month".
func (p *parser) recurs(i int) bool {
	if !p.is(i, isOf) {
		return false
	}
	word, _ := number.Fold(p.buffer[:0], p.text, skipSpace(p.text, p.run[i].end))
	return len(word) > 0 && slices.Contains(p.lex.habits, string(word))
}

// afterNextDay reads the rest of "the Friday after next".
func (p *parser) afterNextDay(wanted, i int) (point, int, bool) {
	j := p.skip(i+1, 1, isArticle)
	if !p.is(i, isAfter) || !p.is(j, isShift) || p.run[j].entry.shift != 1 || p.is(j+1, isUnit|isWeekday|isMonth) {
		return point{}, i, false
	}
	if p.weekdaysUnknown() {
		return point{anywhen: day}, j + 1, true
	}
	return pointOf(addDays(weekdayAfter(p.published, wanted), 7)), j + 1, true
}

// introduced says that a bare weekday at token i stands as one does that means a
// day: after an article or preposition, or at the start of a line or sentence.
func (p *parser) introduced(i int) bool {
	i = p.listHead(i)
	if p.is(i-1, isArticle|isOf|isShift|isToday|isSince|isUntil|isTo|isBetween|isPhase|isDay|isBefore|isAfter) && !p.is(i-1, isMany) && !p.sign(i-1, '-') {
		return true
	}
	at := p.run[i].start
	for at > 0 && spaceSize(p.text, at-1) == 1 && p.text[at-1] != '\n' {
		at--
	}
	return at == 0 || p.stops(at-1) || !p.letter(at-1) && p.text[at-1] != ',' && !digit(p.text, at-1) || p.lex.eves[p.wordBefore(at)]
}

// weekdayOfWeek reads the weekday after a week: "next week on Tuesday", "la semana
// que viene, el lunes".
func (p *parser) weekdayOfWeek(i int, shift int) (point, int, bool) {
	j := p.comma(i)
	if p.sign(j, '-') {
		j++
	}
	j = p.skip(j, 2, isOn|isArticle|isOf)
	if !p.is(j, isWeekday) || p.is(j, isMany) || p.is(j+1, isShift) {
		return point{}, i, false
	}
	if _, _, dated := p.datedWeekday(j); dated || p.is(j+1, isTo|isUntil|isAnd) && p.is(j+2, isWeekday) {
		return point{}, i, false
	}
	if p.vague(day) || p.adrift {
		return point{anywhen: day}, j + 1, true
	}
	return pointOf(addDays(monday(p.published), 7*shift+p.run[j].entry.weekday-1)), j + 1, true
}

// weekdaysOfWeek reads the weekdays after a week: "next week from Tuesday to
// Thursday", "esta semana de martes a jueves".
func (p *parser) weekdaysOfWeek(i, shift int) (point, int, bool) {
	j := p.skip(p.comma(i), 2, isOf|isSince|isBetween|isOn|isArticle)
	k := p.skip(j+2, 1, isArticle)
	if !p.is(j, isWeekday) || !p.is(j+1, isTo|isUntil|isAnd) || !p.is(k, isWeekday) || p.vague(week) {
		return point{}, i, false
	}
	if _, _, dated := p.datedWeekday(k); dated {
		return point{}, i, false
	}
	m := addDays(monday(p.published), 7*shift-1)
	a, b := p.run[j].entry.weekday, p.run[k].entry.weekday
	d := between(addDays(m, a), addDays(m, b))
	d.closed = true
	return d, k + 1, a < b
}

// listHead gives the first of the weekdays that token i is listed with.
func (p *parser) listHead(i int) int {
	for (p.is(i-1, isAnd|isTo|isOr) || p.sign(i-1, ',')) && p.is(i-2, isWeekday) {
		i -= 2
	}
	return i
}

// datedWeekday reads the date after the weekday at j.
func (p *parser) datedWeekday(j int) (point, int, bool) {
	k := p.skip(j+1, 1, isPart)
	k = p.comma(k)
	if p.sign(k, '(') {
		if d, next, ok := p.bracketed(k + 1); ok {
			return d, next, true
		}
	}
	if p.sign(k, '.') || p.sign(k, '-') && p.run[k].glued {
		k++
	}
	if d, next, ok := p.hyphenedDay(k, p.run[j].entry.weekday); ok {
		return d, next, true
	}
	k = p.skip(k, 2, isArticle|isDay)
	if p.is(k, isShift) && p.is(k+1, isNumber) {
		k++
	}
	for _, form := range [...]form{(*parser).numeric, (*parser).dayFirst, (*parser).monthFirst} {
		if d, next, ok := form(p, k); ok && (d.day > 0) && d.last.IsZero() {
			return d, next, true
		}
	}
	n, next, ok := p.dayNumber(k)
	if !ok || p.clock(next) || p.counted(next) || p.score(next) || p.run[k].digits == 0 && p.wordAfter(next) && k > j+1 {
		return point{}, j, false
	}
	d := point{day: n}
	switch {
	case p.run[k].digits == 0 && !p.run[k].ordinal && !p.is(k-1, isDay) && !p.is(k-1, isArticle):
		if k > j+1 || n < 2 {
			return point{}, j, false
		}
		d, ok = p.confirm(p.run[j].entry.weekday, d, next) // martes once
		return d, next, ok
	case p.is(k-1, isDay):
		return d, next, true
	case p.comma(j+1) == j+1:
		return d, next, !p.wordAfter(next) || !p.lex.capitals
	}
	d, ok = p.confirm(p.run[j].entry.weekday, d, next)
	return d, next, ok
}

// score says that a hyphen and a number that no month follows are tied to the
// number before token j: "el viernes 3-2".
func (p *parser) score(j int) bool {
	return p.sign(j, '-') && p.run[j].glued && p.is(j+1, isNumber) && p.run[j+1].glued && !p.is(j+2, isOf|isMonth|isArticle) && !p.sign(j+2, '/') && !p.sign(j+2, ',')
}

// hyphenedDay reads "7-6" after a weekday, in the order of day and month that
// puts it on that weekday.
func (p *parser) hyphenedDay(k, wanted int) (point, int, bool) {
	if !p.is(k, isNumber) || !p.sign(k+1, '-') || !p.run[k+1].glued || !p.is(k+2, isNumber) || !p.run[k+2].glued {
		return point{}, k, false
	}
	a, b := p.run[k], p.run[k+2]
	if a.digits == 0 || a.digits > 2 || b.digits == 0 || b.digits > 2 || p.goesOn(k+3) || p.clock(k+3) || p.counted(k+3) || p.weekdaysUnknown() {
		return point{}, k, false
	}
	for _, d := range [...]point{{day: a.num, month: b.num}, {day: b.num, month: a.num}} {
		if d.month < 1 || d.month > 12 || d.day < 1 || !valid(d) {
			continue
		}
		y := p.guess(d, a.start, b.end)
		if y > 0 && weekday(d.inYear(y).date()) == wanted {
			return d, k + 3, true
		}
	}
	return point{}, k, false
}

// confirm gives the day after a comma its month, if it is that weekday about the
// time of publication: "quarta-feira, 19".
func (p *parser) confirm(wanted int, d point, next int) (point, bool) {
	if p.weekdaysUnknown() || p.wordAfter(next) {
		return d, false
	}
	d.weekday = wanted
	d = p.monthOfDay(d, p.run[next-1].start, p.run[next-1].end)
	gap := days(p.published, d.date())
	return d, weekday(d.date()) == wanted && gap > -15 && gap < 15
}

// bracketed reads a day in brackets: "(26)", "(1º)", "(15 de maio)".
func (p *parser) bracketed(k int) (point, int, bool) {
	for _, form := range [...]form{(*parser).numeric, (*parser).dayFirst, (*parser).monthFirst} {
		if d, next, ok := form(p, k); ok && d.day > 0 && p.sign(next, ')') {
			return d, next + 1, true
		}
	}
	n, next, ok := p.dayNumber(k)
	if ok && p.sign(next, ')') {
		return point{day: n}, next + 1, true
	}
	return point{}, k, false
}
