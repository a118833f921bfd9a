package date

import "vocero/corpus"

// shifted reads a unit with "pasado", "este" or "próximo" on either side.
func (p *parser) shifted(i int) (u unit, shift, next int, ok bool) {
	j := p.skip(i, 1, isArticle)
	switch {
	case p.is(j, isShift) && p.is(j+1, isUnit):
		u, shift, next = p.run[j+1].entry.unit, p.run[j].entry.shift, j+2
	case p.is(j, isShift) && p.is(j+1, isShift) && p.is(j+2, isUnit) && p.run[j].entry.shift == 0: // este próximo año
		u, shift, next = p.run[j+2].entry.unit, p.run[j+1].entry.shift, j+3
	case p.is(j, isUnit) && p.is(j+1, isShift) && !p.is(j+1, isFront) && !(p.is(j+2, isUnit) && p.run[j+1].entry.shift == 0):
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
	if !ok {
		return p.bareWeekend(i)
	}
	if t := p.run[next-1]; t.capital && !p.upper(next-1) && t.end+1 < len(p.text) && p.text[t.end] == ' ' && capital(p.text, t.end+1) {
		return point{}, i, false // "Semana Mundial": a name
	}
	if u == day || u == century || p.is(next-1, isMany) || p.is(next-2, isMany) || u == decade && shift < 0 {
		return point{}, i, false
	}
	if u == year {
		if y, after, ok := p.fullYear(p.skip(next, 1, isOf)); ok && shift == 0 {
			return point{year: y}, after, true // este año 2012
		}
	}
	if u == month && p.is(p.skip(next, 1, isOf), isMonth) {
		return point{}, i, false // este mes de mayo
	}
	if p.vague(u) {
		return point{anywhen: u}, next, true
	}
	if (p.is(next-1, isTold) || p.is(next-2, isTold)) && u == year && p.anchorYear > 0 && p.run[i].start-p.anchorEnd < maxNarrative {
		return point{year: p.anchorYear + shift}, next, true
	}
	if t, _ := p.tense(p.run[i].start, p.run[next-1].end); u == weekend && shift == 0 && t == past && weekday(p.published) < 4 {
		shift = -1
	}
	return p.move(u, shift), next, true
}

// bareWeekend reads "el fin de semana": the last one or the coming one, by the tense.
func (p *parser) bareWeekend(i int) (point, int, bool) {
	if !p.is(i, isUnit) || p.run[i].entry.unit != weekend || p.is(i, isMany) || !p.is(i-1, isArticle) || p.is(i+1, isOf|isShift) {
		return point{}, i, false
	}
	if p.vague(weekend) {
		return point{anywhen: weekend}, i + 1, true
	}
	shift := 0
	if t, _ := p.tense(p.run[i].start, p.run[i].end); t == past && weekday(p.published) < 6 {
		shift = -1
	}
	return p.move(weekend, shift), i + 1, true
}

// several reads "los próximos tres meses", "last 2 weeks": so many units up to
// the publication or after it, without its own day.
func (p *parser) several(i int) (point, int, bool) {
	shift, n, j := 0, 0, i
	for range 2 {
		switch {
		case p.is(j, isShift) && p.run[j].entry.shift != 0 && shift == 0:
			shift = p.run[j].entry.shift
			j++
		case p.is(j, isNumber) && n == 0 && !p.run[j].ordinal && !p.run[j].group:
			n = p.run[j].num
			j++
		}
	}
	if n == 0 || !p.is(j, isUnit) || n > 100 || p.is(i, isShift) && p.lex.tense[p.wordBefore(p.run[i].start)] == past {
		return point{}, i, false
	}
	u, next := p.run[j].entry.unit, j+1
	if shift == 0 && p.is(next, isShift) && !p.is(next, isFront) {
		shift = p.run[next].entry.shift
		next++
	}
	if shift == 0 || p.is(next, isOf) || u < day || u > year || u == weekend {
		return point{}, i, false
	}
	if p.vague(day) {
		return point{}, i, false
	}
	if u == month || u == year {
		if shift < 0 && u == year && n >= 5 {
			return point{}, i, false // a span of time, no date
		}
	} else if u > month {
		a, b := p.move(u, 1), p.move(u, n)
		if shift < 0 {
			a, b = p.move(u, -n), p.move(u, -1)
		}
		from, _ := a.bounds(p.south)
		_, to := b.bounds(p.south)
		return between(corpus.Date{Year: from.Year, Month: from.Month}, corpus.Date{Year: to.Year, Month: to.Month}), next, true
	}
	if shift < 0 {
		return between(p.exact(u, -n), addDays(p.published, -1)), next, true
	}
	return between(addDays(p.published, 1), p.exact(u, n)), next, true
}

// exact gives the day that is n units from the publication.
func (p *parser) exact(u unit, n int) corpus.Date {
	size := map[unit]int{month: 1, quarter: 3, third: 4, half: 6, year: 12}[u]
	switch u {
	case day:
		return addDays(p.published, n)
	case week:
		return addDays(p.published, 7*n)
	}
	m := addMonths(p.published, n*size)
	m.Day = min(p.published.Day, m.Last().Day)
	return m
}

// firstSeveral reads "primeros cuatro meses de 2022", "last six months of 2024".
func (p *parser) firstSeveral(i int) (point, int, bool) {
	final, j := p.is(i, isFinal), i+1
	if !final && !p.is(i, isFirst) {
		return point{}, i, false
	}
	if !p.is(j, isNumber) || !p.is(j+1, isUnit) || p.run[j+1].entry.unit != month || p.run[j].num > 11 || p.run[j].num < 2 {
		return point{}, i, false
	}
	n := p.run[j].num
	y, next := p.yearAfter(j + 2)
	if y == 0 {
		return point{}, i, false
	}
	if final {
		return between(corpus.Date{Year: y, Month: 13 - n}, corpus.Date{Year: y, Month: 12}), next, true
	}
	return between(corpus.Date{Year: y, Month: 1}, corpus.Date{Year: y, Month: n}), next, true
}

// vague says that the publication is not known to the unit.
func (p *parser) vague(u unit) bool {
	return p.published.IsZero() || p.coarse != noUnit && (u <= weekend || u < year && p.coarse == month)
}

// move gives the unit of the publication moved by so many of it.
func (p *parser) move(u unit, n int) point {
	d := p.published
	switch u {
	case week:
		m := addDays(monday(d), 7*n)
		return between(m, addDays(m, 6))
	case weekend:
		m := addDays(monday(d), 7*n)
		return between(addDays(m, 5), addDays(m, 6))
	case month:
		return pointOf(addMonths(d, n))
	case quarter:
		m := addMonths(d, 3*n)
		return point{year: m.Year, code: 33 + (m.Month-1)/3}
	case third:
		m := addMonths(d, 4*n)
		return point{year: m.Year, code: 37 + (m.Month-1)/4}
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
	if p.partOfDay(i) || p.titled(i) {
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
	} else if d, j, ok := p.restated(next); ok {
		return d, j, true
	}
	if p.vague(day) {
		return point{anywhen: day}, next, true
	}
	return pointOf(addDays(p.published, t.entry.offset)), next, true
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
	return wordByte(p.text[t.start-2])
}

// partOfDay says whether the word means a part of the day here: "la mañana",
// "esta mañana", "8 de la mañana".
func (p *parser) partOfDay(i int) bool {
	t := p.run[i]
	if t.entry.offset != 1 || len(t.entry.feasts) > 0 {
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

// dayOfWeek reads everything that begins with a weekday: "martes 18 de mayo",
// "quarta-feira (25)", "lunes de la próxima semana", "viernes pasado", "martes".
func (p *parser) dayOfWeek(i int) (point, int, bool) {
	j, shift, beside := i, 0, false
	if p.is(j, isShift) && p.is(j+1, isWeekday) {
		shift, beside, j = p.run[j].entry.shift, true, j+1
	}
	if !p.is(j, isWeekday) {
		return point{}, i, false
	}
	t := p.run[j]
	if d, next, ok := p.datedWeekday(j); ok {
		d.weekday = t.entry.weekday
		if j > i && p.is(i, isLead) {
			d.lead = 1
		}
		return d, next, true
	}
	next := j + 1
	if !beside && p.is(next, isShift) && !p.is(next, isFront) && !p.is(next+1, isUnit) {
		shift, beside, next = p.run[next].entry.shift, true, next+1
	}
	d := point{weekday: t.entry.weekday, shift: shift, shifted: beside}
	if k := p.skip(next, 2, isOf|isArticle); !beside && !p.vague(day) {
		if u, s, after, ok := p.shifted(k); ok && u == week {
			return pointOf(addDays(monday(p.published), 7*s+d.weekday-1)), after, true
		}
	}
	if t.class&isWeak != 0 && !(beside && !p.wordAfter(next)) && !p.lex.capitals || t.class&isWeak != 0 && p.lex.capitals {
		return point{}, i, false
	}
	if beside && p.is(i, isLead) {
		d.lead = 1
	}
	return d, next, !p.named(j) && !(p.habit(p.run[p.listHead(i)].start) && !beside)
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
	if p.sign(k, '.') {
		k++
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
	if n, next, ok := p.dayNumber(k); ok && (p.run[k].digits > 0 || p.run[k].ordinal) && !p.clock(next) && !p.counted(next) && !(p.wordAfter(next) && p.lex.capitals) && p.comma(j+1) == j+1 || ok && p.is(k-1, isDay) && !p.clock(next) {
		return point{day: n}, next, true
	}
	return point{}, j, false
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

// decadeOrCentury reads "años 90", "década de 1990", "1990s", "los noventa", "siglo XXI".
func (p *parser) decadeOrCentury(i int) (point, int, bool) {
	if p.is(i, isNumber) && p.run[i].class&isDecade != 0 && p.run[i].digits > 0 {
		return p.decadeOf(p.run[i].num, i+1)
	}
	if p.is(i, isDecade) && p.is(i-1, isArticle|isOf) && (p.lex.capitals && p.is(i-1, isArticle) || !p.wordAfter(i+1) && (p.is(i-2, isOf|isUnit) || p.is(i-1, isOf))) {
		return p.decadeOf(p.run[i].entry.decade, i+1)
	}
	if p.is(i, isNumber) && (p.run[i].ordinal || p.run[i].roman) && p.is(i+1, isUnit) && p.run[i+1].entry.unit == century {
		return point{year: (p.run[i].num - 1) * 100, digits: 2}, i + 2, p.run[i].num > 0 && p.run[i].num <= 22
	}
	if !p.is(i, isUnit) {
		return point{}, i, false
	}
	u := p.run[i].entry.unit
	j := p.skip(i+1, 3, isOf|isArticle)
	if p.is(j, isUnit) && p.run[j].entry.unit == year {
		j = p.skip(j+1, 1, isOf)
	}
	if !p.is(j, isNumber|isDecade) || p.sign(j+1, '-') {
		return point{}, i, false
	}
	t := p.run[j]
	switch {
	case u == century && (t.roman || t.digits > 0) && t.num >= 1 && t.num <= 22:
		return point{year: (t.num - 1) * 100, digits: 2}, j + 1, true
	case u == year && !p.is(i, isMany) && t.digits == 2 && t.num > 31 && j == i+1 && !p.wordAfter(j+1):
		return point{year: p.century(t.num)}, j + 1, true // el año 96
	case u == decade, u == year && t.num < 100 && p.is(i, isMany):
		n := t.num
		if t.class&isNumber == 0 {
			n = t.entry.decade
		}
		return p.decadeOf(n, j+1)
	case u == year && j == i+1 && t.num%10 == 0 && p.is(i, isMany) && !p.is(j+1, isAnd|isTo) && !p.sign(j+1, ','):
		return p.decadeOf(t.num, j+1)
	}
	return point{}, i, false
}

func (p *parser) decadeOf(n, next int) (point, int, bool) {
	if n < 100 {
		n += 1900
	}
	return point{year: n, digits: 3}, next, n%10 == 0 && n >= 1500 && n < 2100 && !(n < 1920 && n >= 1900 && p.run[next-1].digits == 2)
}

// weekOf reads "primera semana de julio", "semana 27 de 2021", "semana del 5 de mayo".
func (p *parser) weekOf(i int) (point, int, bool) {
	if p.is(i, isUnit) && p.run[i].entry.unit == week {
		return p.numberedWeek(i)
	}
	n, j, ok := p.nth(i)
	if ok && p.is(j, isUnit) && p.run[j].entry.unit == month && n >= 1 && n <= 12 {
		y, next := p.yearAfter(j + 1) // the third month of 2021
		return point{year: y, month: n}, next, y > 0
	}
	if !ok || !p.is(j, isUnit) || p.run[j].entry.unit != week && p.run[j].entry.unit != weekend {
		return point{}, i, false
	}
	u := p.run[j].entry.unit
	k := p.skip(j+1, 2, isOf|isArticle)
	if k == j+1 {
		return point{}, i, false
	}
	if p.is(k, isMonth) {
		m := p.run[k].entry.month
		y, next := p.yearAfter(k + 1)
		if y == 0 {
			y = p.guess(point{month: m, day: 15}, p.run[i].start, p.run[k].end)
		}
		if y == 0 {
			return point{}, i, false
		}
		return weekOfMonth(y, m, n, u), next, n <= 5
	}
	if v, shift, next, ok := p.shifted(k); ok && v == month && !p.published.IsZero() {
		m := addMonths(p.published, shift)
		return weekOfMonth(m.Year, m.Month, n, u), next, n <= 5
	}
	y, next := p.yearAfter(j + 1)
	if y == 0 || n < 0 && u == weekend {
		return point{}, i, false
	}
	first := addDays(firstWeek(y), 7*(n-1))
	if n < 0 {
		first = addDays(firstWeek(y+1), -7)
	}
	return between(first, addDays(first, 6)), next, n <= 53
}

// numberedWeek reads "semana 27 de 2021" and "semana del 5 de mayo".
func (p *parser) numberedWeek(i int) (point, int, bool) {
	if n, j, ok := p.dayNumberOf(i + 1); ok {
		y, next := p.yearAfter(j)
		if y == 0 {
			y, next = p.published.Year, j
		}
		first := addDays(firstWeek(y), 7*(n-1))
		return between(first, addDays(first, 6)), next, y > 0 && !p.wordAfter(next)
	}
	j := p.skip(i+1, 3, isOf|isArticle|isDay)
	if j == i+1 {
		return point{}, i, false
	}
	for _, form := range [...]form{(*parser).numeric, (*parser).dayFirst, (*parser).monthFirst} {
		d, next, ok := form(p, j)
		if !ok || d.day == 0 || d.month == 0 || !d.last.IsZero() || p.is(next, isTo|isUntil|isAnd) {
			continue
		}
		if d.year == 0 {
			d.year = p.guess(d, p.run[i].start, p.run[next-1].end)
		}
		m := monday(d.date())
		return between(m, addDays(m, 6)), next, d.year > 0
	}
	return point{}, i, false
}

// dayNumberOf reads the number of a week of the year.
func (p *parser) dayNumberOf(i int) (n, next int, ok bool) {
	if !p.is(i, isNumber) || p.run[i].ordinal || p.run[i].digits == 0 || p.run[i].group {
		return 0, i, false
	}
	return p.run[i].num, i + 1, p.run[i].num >= 1 && p.run[i].num <= 53
}

// weekOfMonth gives the n-th week of a month: the first is the one that holds its first Thursday.
func weekOfMonth(year, month, n int, u unit) point {
	if u == weekend {
		saturday := nthWeekday(year, month, n, 6)
		return between(saturday, addDays(saturday, 1))
	}
	m := monday(nthWeekday(year, month, n, 4))
	return between(m, addDays(m, 6))
}

// distance reads "hace tres días", "two weeks ago", "dentro de un mes".
func (p *parser) distance(i int) (point, int, bool) {
	if p.published.IsZero() {
		return point{}, i, false
	}
	j, sign := i, 0
	switch {
	case p.is(i, isAgoBefore):
		sign, j = -1, i+1
	case p.is(i, isInBefore), p.is(i, isInFuture) && p.ahead(i):
		sign, j = 1, i+1
	}
	n, u, next, ok := p.quantity(j)
	if !ok {
		return point{}, i, false
	}
	switch {
	case sign == 0 && p.is(next, isAgoAfter):
		sign, next = -1, next+1
	case sign == 0 && p.is(next, isInAfter):
		sign, next = 1, next+1
	case sign == 0:
		return point{}, i, false
	}
	if u == year && sign < 0 && n > 5 {
		return point{}, i, false // "40 years ago" is no date but an age
	}
	return p.away(u, sign*n), next, n < 1000 && !p.vague(u)
}

// ahead says whether the sentence around token i speaks of the future.
func (p *parser) ahead(i int) bool {
	t, _ := p.tense(p.run[i].start, p.run[i].end)
	return t == future || p.run[i].start == 0
}

// quantity reads "tres días".
func (p *parser) quantity(j int) (n int, u unit, next int, ok bool) {
	if !p.is(j, isNumber) || !p.is(j+1, isUnit) || p.run[j].ordinal || p.run[j].roman || p.run[j].group {
		return 0, noUnit, j, false
	}
	u = p.run[j+1].entry.unit
	return p.run[j].num, u, j + 2, u == day || u == week || u == month || u == year
}

// away gives the day, month or year that is n units from the publication.
func (p *parser) away(u unit, n int) point {
	switch u {
	case day:
		return pointOf(addDays(p.published, n))
	case week:
		return pointOf(addDays(p.published, 7*n))
	}
	return p.move(u, n)
}

// holiday reads a holiday with its year, or the nearest one.
func (p *parser) holiday(i int) (point, int, bool) {
	if p.is(i, isShift) && p.is(i+1, isHoliday) && !p.published.IsZero() {
		return p.shiftedHoliday(i)
	}
	if !p.is(i, isHoliday) {
		return point{}, i, false
	}
	f, ok := p.run[i].entry.feastOf(p.country)
	if !ok {
		return point{}, i, false
	}
	y, next := p.yearAfter(i + 1)
	if y == 0 && !p.festive(i, next) {
		return point{}, i, false
	}
	if after, j, ok := p.fullYear(i + 1); y == 0 && ok {
		y, next = after, j
	}
	if y == 0 && !p.published.IsZero() {
		y = p.guess(f.in(p.published.Year), p.run[i].start, p.run[i].end)
	}
	if y == 0 {
		d := f.in(2001)
		d.year = 0
		return d, next, f.last == "" && f.first[2] == '-'
	}
	return f.in(y), next, true
}

// shiftedHoliday reads "last Easter", "próxima Navidad".
func (p *parser) shiftedHoliday(i int) (point, int, bool) {
	f, ok := p.run[i+1].entry.feastOf(p.country)
	if !ok {
		return point{}, i, false
	}
	shift := p.run[i].entry.shift
	y := p.published.Year
	switch from, _ := f.in(y).bounds(p.south); {
	case shift < 0 && p.published.Compare(from) <= 0:
		y--
	case shift > 0 && p.published.Compare(from) >= 0:
		y++
	}
	return f.in(y), i + 2, true
}

// festive says whether a holiday without a year is meant as a date: it stands
// alone or after a preposition or article, and no noun follows it.
func (p *parser) festive(i, next int) bool {
	t := p.run[i]
	if _, _, ok := p.fullYear(i + 1); ok || t.start == 0 && t.end == len(p.text) {
		return true
	}
	word := p.wordBefore(t.start)
	return !p.wordAfter(next) && (p.lex.eves[word] || p.is(i-1, isArticle|isOf|isShift) && !p.lex.capitals || p.is(i-1, isShift) || t.start == 0)
}
