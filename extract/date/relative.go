package date

import (
	"vocero/corpus"
	"vocero/extract/number"
)

// shifted reads a unit with "pasado", "este" or "próximo" on either side.
func (p *parser) shifted(i int) (u unit, shift, next int, ok bool) {
	j := p.skip(i, 1, isArticle)
	switch {
	case p.is(j, isShift) && !p.is(j, isPost) && p.is(j+1, isUnit):
		u, shift, next = p.run[j+1].entry.unit, p.run[j].entry.shift, j+2
	case p.is(j, isShift) && p.is(j+1, isShift) && p.is(j+2, isUnit) && p.run[j].entry.shift == 0: // este próximo año
		u, shift, next = p.run[j+2].entry.unit, p.run[j+1].entry.shift, j+3
	case p.is(j, isUnit) && p.is(j+1, isShift) && !p.is(j+1, isFront|isAfterAll) && !(p.is(j+2, isUnit) && p.run[j+1].entry.shift == 0):
		u, shift, next = p.run[j].entry.unit, p.run[j+1].entry.shift, j+2
	default:
		return noUnit, 0, i, false
	}
	return u, shift, next, true
}

// unitBeside reads "este año", "la semana pasada", "next month", "próximo trimestre".
func (p *parser) unitBeside(i int) (point, int, bool) {
	if p.is(i, isArticle) && !p.is(i, isShift) {
		return point{}, i, false
	}
	u, shift, next, ok := p.shifted(i)
	if after, u2, second := p.afterNext(i); second {
		u, shift, next, ok = u2, 2, after, true
	}
	if !ok {
		return p.bareWeekend(i)
	}
	if t := p.run[next-1]; t.capital && !p.upper(next-1) && t.end+1 < len(p.text) && p.text[t.end] == ' ' && capital(p.text, t.end+1) {
		return point{}, i, false // "Semana Mundial": a name
	}
	if u == day || u == workday || u == century || p.is(next-1, isMany) || p.is(next-2, isMany) || u == decade && shift < 0 {
		return point{}, i, false
	}
	if u == year {
		if y, after, ok := p.fullYear(p.skip(next, 1, isOf)); ok && (shift == 0 || y == p.published.Year+shift && (!p.is(next, isOf) || p.is(next, isGenitive))) {
			return point{year: y}, after, true // este año 2012, el pasado año 2011
		}
	}
	if u == month && p.is(p.skip(next, 1, isOf), isMonth) {
		return point{}, i, false // este mes de mayo
	}
	if d, after, ok := p.weekdaysOfWeek(next, shift); ok && u == week {
		return d, after, true
	}
	if d, after, ok := p.weekdayOfWeek(next, shift); ok && u == week {
		return d, after, true
	}
	if p.vague(u) {
		return point{anywhen: min(u, year)}, next, true
	}
	if (p.is(next-1, isTold) || p.is(next-2, isTold)) && u == year && p.yearTold > 0 && p.run[i].start-p.yearEnd < maxComparison {
		return point{year: p.yearTold + shift, told: true}, next, true
	}
	if m, ok := p.monthBefore(i, next, shift); ok && u == month {
		return pointOf(m), next, true
	}
	if u == month && shift == 0 && p.report.monthly(p, i, next) {
		return pointOf(p.report.month), next, true
	}
	if u == weekend && shift == 1 && weekday(p.published) < 6 && !p.is(next-1, isTold|isOfWeek) && !p.is(next-2, isTold|isOfWeek) {
		shift = 0 // the coming one is this week's
	}
	if t, _ := p.tense(p.run[i].start, p.run[next-1].end); u == weekend && shift == 0 && t == past && weekday(p.published) < 4 {
		shift = -1
	}
	return p.move(u, shift), next, true
}

// monthBefore gives the month before or after the one that was told last: "en marzo
// bajó un 44 % con respecto al mes anterior".
func (p *parser) monthBefore(i, next, shift int) (corpus.Date, bool) {
	if !p.is(next-1, isTold) && !p.is(next-2, isTold) || shift == 0 || len(p.found) == 0 {
		return corpus.Date{}, false
	}
	from, to := p.last[0], p.last[1]
	if from.Month == 0 || from.Day != 1 || to != (corpus.Date{Year: from.Year, Month: from.Month}).Last() || p.run[i].start-p.found[len(p.found)-1].Span.End > maxComparison {
		return corpus.Date{}, false
	}
	return addMonths(from, shift), true
}

// afterNext reads "the year after next", "el mes después del próximo".
func (p *parser) afterNext(i int) (next int, u unit, ok bool) {
	if !p.is(i, isUnit) || !p.is(i+1, isAfter) {
		return i, noUnit, false
	}
	j := p.skip(i+2, 1, isArticle)
	if !p.is(j, isShift) || p.run[j].entry.shift != 1 {
		return i, noUnit, false
	}
	u = p.run[i].entry.unit
	if p.is(j+1, isUnit) && p.run[j+1].entry.unit == u {
		j++
	}
	return j + 1, u, true
}

// vague says that the publication is not known to the unit.
func (p *parser) vague(u unit) bool {
	switch u {
	case workday:
		u = day
	case twoWeeks:
		u = week
	}
	switch {
	case p.published.IsZero(), u >= year && !p.yearKnown(), p.adrift && (u == week || u == weekend):
		return true
	case p.coarse != noUnit || p.near:
		return u <= weekend || u < year && p.coarse == month
	}
	return false
}

// weekdaysUnknown says that there is no day to count weekdays from.
func (p *parser) weekdaysUnknown() bool {
	return p.published.IsZero() || p.coarse != noUnit || p.adrift
}

// move gives the unit of the publication moved by so many of it.
func (p *parser) move(u unit, n int) point {
	d := p.published
	switch u {
	case week:
		m := addDays(monday(d), 7*n)
		return between(m, addDays(m, 6))
	case twoWeeks:
		m := addDays(monday(d), 14*n)
		return between(m, addDays(m, 13))
	case weekend:
		m := addDays(monday(d), 7*n)
		return between(addDays(m, 5), addDays(m, 6))
	case month:
		return pointOf(addMonths(d, n))
	case quarter:
		m := addMonths(d, 3*n)
		return point{year: m.Year, code: 33 + (m.Month-1)/3}
	case twoMonths:
		m := addMonths(d, 2*n)
		return twoMonthsOf(m.Year, (m.Month+1)/2)
	case third:
		m := addMonths(d, 4*n)
		return point{year: m.Year, code: 37 + (m.Month-1)/4}
	case fortnight:
		m := addMonths(d, (n+d.Day/16)>>1)
		if (n+d.Day/16)&1 == 0 {
			return between(m.First(), addDays(m.First(), 14))
		}
		return between(addDays(m.First(), 15), m.Last())
	case half:
		m := addMonths(d, 6*n)
		return point{year: m.Year, code: 40 + (m.Month-1)/6}
	case decade:
		return point{year: (d.Year/10 + n) * 10, digits: 3}
	}
	return point{year: d.Year + n}
}

// deictic reads "hoy", "ayer", "pasado mañana", and "hoje (17)", "ayer jueves 1 de junio".
func (p *parser) deictic(i int) (point, int, bool) {
	if !p.is(i, isToday) {
		return point{}, i, false
	}
	t := p.run[i]
	if p.partOfDay(i) || p.titled(i) || p.is(i, isTold) && p.is(i+1, isNumber) || p.ofOurTime(i) || p.clockOfPage(p.pastColon(t.end)) {
		return point{}, i, false
	}
	next := i + 1
	if p.sign(next, '(') {
		if n, j, ok := p.dayNumber(next + 1); ok && p.sign(j, ')') {
			if p.vague(day) {
				return p.dayOfPublication(n), j + 1, true
			}
			next = j + 1
		}
	} else if d, j, ok := p.restated(next); ok && !p.is(i, isAfter|isBefore) {
		return d, j, true
	} else if p.nowadays(i) {
		return point{}, i, false
	}
	if t.class&isTold != 0 {
		if j := p.skip(next, 2, isOf|isArticle|isTo); (j > next || p.is(i, isAfter|isBefore)) && !p.sign(next, '-') {
			if d, after, ok := p.besideDay(j, t.entry.offset); ok || p.is(next, isGenitive) {
				return d, after, ok
			}
		}
		d, ok := p.toldDay(i, t.entry.offset)
		return d, next, ok
	}
	if p.vague(day) {
		return point{anywhen: day}, next, true
	}
	d := addDays(p.published, t.entry.offset)
	if p.is(next, isWeekday) && p.run[next].entry.weekday == weekday(d) && !p.is(next+1, isShift) {
		next++ // ayer martes
	}
	return pointOf(d), next, true
}

// besideDay reads the rest of "la víspera del 1 de mayo", "le lendemain de Noël";
// without a day there it is the eve of something else.
func (p *parser) besideDay(j, offset int) (point, int, bool) {
	d, next, ok := p.dayAt(j)
	if !ok || d.bare() || !d.last.IsZero() || d.day == 0 && d.weekday == 0 {
		return point{}, j, false
	}
	d = p.resolve(d, corpus.Span{Start: p.run[j].start, End: p.run[next-1].end})
	if d.anywhen != noUnit || d.year == 0 {
		return point{anywhen: day}, next, true
	}
	return pointOf(addDays(d.date(), offset)), next, true
}

// toldDay gives the day after or before the one told just before: "al día
// siguiente". Where none was, only the future counts from the publication.
func (p *parser) toldDay(i, offset int) (point, bool) {
	start := p.run[i].start
	if n := len(p.found); n > 0 && start-p.found[n-1].Span.End < maxNarrative && p.last[0] == p.last[1] && p.last[0].Day > 0 {
		return pointOf(addDays(p.last[0], offset)), true
	}
	t, _ := p.tense(start, p.run[i].end)
	switch {
	case p.whole(i) && !p.vague(day):
	case offset < 0 || t != future:
		return point{}, false
	case p.vague(day):
		return point{anywhen: day}, true
	}
	return pointOf(addDays(p.published, offset)), true
}

// dayOfPublication gives a day in the month of a publication known no closer.
func (p *parser) dayOfPublication(n int) point {
	if p.coarse != day {
		return point{day: n, anywhen: month}
	}
	return point{year: p.published.Year, month: p.published.Month, day: n}
}

// restated reads the date that "hoy" or "ayer" is said to be: "ayer jueves 1 de
// junio", "ayer, 2 de enero de 2024".
func (p *parser) restated(j int) (point, int, bool) {
	if p.is(j, isWeekday) {
		d, next, ok := p.dayOfWeek(j)
		return d, next, ok && d.day > 0
	}
	for _, form := range [...]form{(*parser).numeric, (*parser).dayFirst, (*parser).monthFirst} {
		if d, next, ok := form(p, p.comma(j)); ok && d.day > 0 && d.month > 0 {
			return d, next, true
		}
	}
	return point{}, j, false
}

// titled says that a capital in the middle of a sentence makes the word a name: "diario Hoy".
func (p *parser) titled(i int) bool {
	t := p.run[i]
	if p.lex.capitals || !t.capital || t.start < 2 || p.text[t.start-1] != ' ' || p.upper(i) {
		return false
	}
	return p.letter(t.start - 2)
}

// ofOurTime says that "today's" means these times, not the day: "today's market",
// but "today's announcement". An adjective may come between.
func (p *parser) ofOurTime(i int) bool {
	t := p.run[i]
	if len(p.lex.events) == 0 || t.entry.offset != 0 {
		return false
	}
	at := t.end
	if p.text[at-1] != 's' {
		if !p.sign(i+1, '\'') || !p.run[i+1].glued || p.run[i+1].end >= len(p.text) || p.text[p.run[i+1].end] != 's' {
			return false
		}
		at = p.run[i+1].end + 1
	}
	for range 3 {
		word, end := number.Fold(p.buffer[:0], p.text, skipSpace(p.text, at))
		if p.lex.events[string(word)] {
			return false
		}
		at = end
		if at < len(p.text) && p.text[at] == '-' {
			at++
		}
	}
	return true
}

// partOfDay says whether the word means a part of the day here: "la mañana",
// "esta mañana", "8 de la mañana".
func (p *parser) partOfDay(i int) bool {
	t := p.run[i]
	if t.entry.offset != 1 || len(t.entry.feasts) > 0 || t.class&isTold != 0 {
		return false
	}
	return (p.is(i-1, isArticle) || p.is(i-1, isShift) || p.is(i-1, isOf) && p.article(i-1)) && p.run[i].entry.class&isPart == 0 && !p.lex.capitals
}

// article says whether a preposition at i ends in an article: "de la".
func (p *parser) article(i int) bool {
	for j := p.run[i].start; j < p.run[i].end; j++ {
		if p.text[j] == ' ' {
			return true
		}
	}
	return false
}
