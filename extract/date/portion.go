package date

import "vocero/corpus"

// halfOfMonth reads "segunda quincena de mayo", "first half of this month".
func (p *parser) halfOfMonth(i int) (point, int, bool) {
	n, j, ok := p.nth(i)
	if !ok || n == 0 || n > 2 || !p.is(j, isUnit|isHalf) {
		return point{}, i, false
	}
	if u := p.run[j].entry.unit; u != fortnight && u != half && !p.is(j, isHalf) {
		return point{}, i, false
	}
	m, next, ok := p.monthNamed(j + 1)
	switch {
	case !ok:
		return point{}, i, false
	case m.IsZero():
		return point{anywhen: month}, next, true
	case n == 1:
		return between(m.First(), addDays(m.First(), 14)), next, true
	}
	return between(addDays(m.First(), 15), m.Last()), next, true
}

// monthNamed reads the month that a part is of: "de mayo de 2021", "del mes
// pasado"; it is zero where the publication, which it depends on, is not known.
func (p *parser) monthNamed(i int) (corpus.Date, int, bool) {
	j := p.skip(i, 3, isOf|isArticle)
	j = p.monthWord(j)
	if j == i && !p.is(j, isLead) {
		return corpus.Date{}, i, false
	}
	if u, shift, next, ok := p.shifted(j); ok && u == month {
		if p.vague(month) {
			return corpus.Date{}, next, true
		}
		return addMonths(p.published, shift), next, true
	}
	if !p.is(j, isMonth) {
		return corpus.Date{}, i, false
	}
	m := corpus.Date{Month: p.run[j].entry.month}
	var next int
	if m.Year, next = p.yearAfter(j + 1); m.Year == 0 {
		m.Year = p.guess(point{month: m.Month}, p.run[i].start, p.run[j].end)
	}
	if m.Year == 0 {
		return corpus.Date{}, next, true
	}
	return m, next, true
}

// monthWord passes the word before a month's name: "(del) mes de mayo".
func (p *parser) monthWord(i int) int {
	if p.is(i, isUnit) && p.run[i].entry.unit == month && p.is(i+1, isOf) && p.is(i+2, isMonth) {
		return i + 2
	}
	return i
}

// ofTheMonth says that token i is the month that a part is of, and no more is told
// of it: "(la segunda semana del) mes".
func (p *parser) ofTheMonth(i int) bool {
	return p.is(i-1, isOf|isArticle) && p.is(i, isUnit) && p.run[i].entry.unit == month && !p.is(i, isMany) && !p.is(i+1, isOf|isShift|isNumber|isMonth)
}

// restOf is the value of the phases that leave of their unit what is yet to come.
const restOf = 1

// phase reads "a fin de año", "lo que va del mes", "the rest of the week": the
// unit of the publication.
func (p *parser) phase(i int) (point, int, bool) {
	if !p.is(i, isPhase) {
		return point{}, i, false
	}
	if u := p.run[i].entry.unit; u != noUnit && !p.is(i, isUnit) {
		return p.phaseOf(u, i)
	}
	j := p.skip(i+1, 1, isArticle)
	if !p.is(j, isUnit) || p.is(j, isMany) || p.is(j+1, isOf|isShift|isNumber|isMonth|isYearSign) || p.run[j].capital && !p.upper(j) {
		return point{}, i, false
	}
	u := p.run[j].entry.unit
	if u == day || u == century || u == fortnight {
		return point{}, i, false
	}
	if p.vague(u) {
		return point{anywhen: min(u, year)}, j + 1, true
	}
	if d, ok := p.restOfTold(i); ok && u == month {
		return d, j + 1, true
	}
	d := p.move(u, 0)
	if _, to := d.bounds(p.south); p.run[i].entry.shift == restOf && p.coarse == noUnit {
		return between(p.published, to), j + 1, true
	}
	return d, j + 1, true
}

// restOfTold gives what is left of the month of a day told before in the sentence:
// "entre el 22 y el 28 de mayo, y el resto del mes".
func (p *parser) restOfTold(i int) (point, bool) {
	last := p.last[1]
	if p.run[i].entry.shift != restOf || last.Day == 0 || last.Year >= firstStandIn || !p.justTold(p.run[i].start) {
		return point{}, false
	}
	month := corpus.Date{Year: last.Year, Month: last.Month}.Last()
	return between(addDays(last, 1), month), last.Compare(month) < 0 && month.Compare(p.published) < 0
}

// phaseOf reads a phase that names its own unit: "by year-end".
func (p *parser) phaseOf(u unit, i int) (point, int, bool) {
	if p.is(i-1, isNumber) || p.is(i+1, isNumber|isYearSign) || p.wordAfter(i+1) {
		return point{}, i, false
	}
	if p.vague(u) {
		return point{anywhen: min(u, year)}, i + 1, true
	}
	return p.move(u, 0), i + 1, true
}

// dayAlone reads a day without its month: "el día 18", "on the 27th.", "le 27".
// But for "día" before it, it has to end its clause.
func (p *parser) dayAlone(i int) (point, int, bool) {
	j, shift := i, 0
	if p.is(j, isShift) && p.is(j+1, isDay) {
		shift, j = p.run[j].entry.shift, j+1
	} else if p.is(j, isTold) && p.is(j, isToday) && p.is(j+1, isNumber) {
		shift, j = p.run[j].entry.offset, j+1 // "próximo día" 5
	}
	if p.is(j, isDay) && !p.is(j, isMany) {
		j++
	}
	n, next, ok := p.dayNumber(j)
	atHour := p.is(next+1, isArticle) && p.is(next+2, isNumber) && !p.is(next+3, isOf|isMonth) // "el día 17 a las 20"
	toDay := ok && j > i && p.is(j-1, isDay) && p.is(next, isTo) && (atHour || p.endsRange(next+1, n))
	dash := p.sign(next, '-') && !p.run[next].glued && j > i && p.is(i-1, isArticle) // of an aside
	if !ok || p.clock(next) || p.counted(next) || p.is(next, isOf|isTo|isMonth|isUnit) && !dash && !toDay || p.sign(next, '/') {
		return point{}, i, false
	}
	if u, _, _, beside := p.shifted(next); beside && u == month && p.is(next, isLead) {
		return point{}, i, false // dia 15 deste mês
	}
	if j == i && shift == 0 && (!p.lastly(i, next) || p.wordAfter(next)) || p.pointed(next-1) {
		return point{}, i, false
	}
	if t := p.run[j]; t.digits == 0 && n <= 12 && !t.ordinal {
		return point{}, i, false // "en el día dos" of something
	}
	d := point{day: n, alone: true, shift: shift}
	if p.published.IsZero() {
		d.anywhen = dayOfMonth
	}
	return d, next, true
}

// closes says that words before pos bound a date, and not just about.
func (p *parser) closes(pos int) bool {
	b := p.leadBound(pos)
	return b != "" && b != corpus.About
}

// endsRange says that a later day without its month is at token i: "del día 17 al
// día 21".
func (p *parser) endsRange(i, first int) bool {
	n, next, ok := p.dayNumber(p.skip(i, 1, isDay))
	return ok && n > first && !p.clock(next) && !p.counted(next) && !p.wordAfter(next) && !p.is(next, isOf|isMonth|isUnit|isTo|isAnd) && !p.sign(next, '/')
}

// lastly says that the day at token i, which has an article, ends its clause and
// stands where a date does: after a verb or a word such as "for" or "until".
func (p *parser) lastly(i, next int) bool {
	t := p.run[i]
	on := t.ordinal && p.is(i-1, isOn)                                              // on 22nd
	led := t.digits > 0 && p.lex.theDay[p.wordBefore(t.start)] && p.closes(t.start) // jusqu'au 15
	if t.digits == 0 || !p.is(i-1, isArticle) && !on && !led || p.is(i-1, isMany|isTo|isSince) && !led || p.is(i-2, isAnd|isOr|isTo) {
		return false
	}
	if p.sign(next, ',') && p.is(next+1, isNumber) {
		return false
	}
	if t.ordinal && p.text[t.end-1]|0x20 == 'a' {
		return false // "el 17A", "la 5a": no day has the feminine
	}
	if end := p.run[next-1].end; end < len(p.text) {
		at := skipSpace(p.text, end)
		if at < len(p.text) && !p.stops(at) && p.text[at] != ',' && p.text[at] != '.' && p.text[at] != ')' {
			return false
		}
	}
	if led {
		return true
	}
	start := p.run[i-1].start
	word := p.wordBefore(start)
	if p.lex.capitals && !t.ordinal {
		return p.lex.eves[word]
	}
	if start == 0 || on || p.is(i-2, isOn) || p.lex.eves[word] || p.tenseOf(word) != 0 {
		return true
	}
	end := skipBack(p.text, start, " ")
	return p.tenseAt(end-p.wordSize(end), end) == future // "será el 21", with its accent
}
