package date

import "vocero/corpus"

// form is one way in which a date is written: it reads the date that begins at
// token i and says which token comes after it.
type form func(p *parser, i int) (d point, next int, ok bool)

// forms are tried in this order; the first that fits is taken.
var forms = [...]form{
	(*parser).numeric,
	(*parser).dayOfWeek,
	(*parser).dayFirst,
	(*parser).monthFirst,
	(*parser).dayOfUnit,
	(*parser).halfOfMonth,
	(*parser).partOfYear,
	(*parser).twoMonthsOfYear,
	(*parser).firstSeveral,
	(*parser).several,
	(*parser).weekOf,
	(*parser).decadeOrCentury,
	(*parser).monthOfYear,
	(*parser).seasonOfYear,
	(*parser).distance,
	(*parser).deictic,
	(*parser).unitBeside,
	(*parser).phase,
	(*parser).holiday,
	(*parser).dayAlone,
	(*parser).yearAlone,
}

// single reads one date of any form.
func (p *parser) single(i int) (point, int, bool) {
	if i >= len(p.run) || p.run[i].class&(isSign&^isTo) != 0 && p.run[i].sign != '\'' {
		return point{}, i, false
	}
	for _, form := range forms {
		if d, next, ok := form(p, i); ok {
			return d, next, true
		}
	}
	return point{}, i, false
}

// is says whether token i is one of the classes.
func (p *parser) is(i int, c class) bool {
	return i >= 0 && i < len(p.run) && p.run[i].class&c != 0
}

// sign says whether token i is the sign.
func (p *parser) sign(i int, c byte) bool {
	return i >= 0 && i < len(p.run) && p.run[i].class&isSign != 0 && p.run[i].sign == c
}

// skip passes up to n tokens of the classes.
func (p *parser) skip(i, n int, c class) int {
	for ; n > 0 && p.is(i, c); n-- {
		i++
	}
	return i
}

// comma passes a comma.
func (p *parser) comma(i int) int {
	if p.sign(i, ',') {
		i++
	}
	return i
}

// dayNumber reads a day of the month.
func (p *parser) dayNumber(i int) (n, next int, ok bool) {
	if !p.is(i, isNumber) {
		return 0, i, false
	}
	t := p.run[i]
	ok = t.num >= 1 && t.num <= 31 && t.digits <= 2 && !t.roman && !t.group && t.class&(isWeekday|isDecade&^isNumber) == 0
	if t.class&isDecade != 0 && t.digits > 0 {
		ok = false
	}
	return t.num, i + 1, ok
}

// dayFirst reads "5 de mayo de 2021", "1.º de mayo", "17 mai", "5 del mes en curso".
func (p *parser) dayFirst(i int) (point, int, bool) {
	n, j, ok := p.dayNumber(i)
	if !ok && !p.twentieth(i) {
		return point{}, i, false
	}
	if p.sign(j, '.') && (p.is(j+1, isMonth) || p.run[i].ordinal && !p.is(j+1, isNumber)) {
		j++ // "3. Mai", "1o. de junio", not "vendió 20. En enero"
	}
	j = p.skip(j, 1, isDay)
	j = p.skip(j, 2, isOf|isArticle)
	if p.is(j, isUnit) && p.run[j].entry.unit == month && p.is(j+1, isOf) && p.is(j+2, isMonth) && (p.run[i].digits > 0 || p.is(i+1, isDay)) {
		j += 2
	}
	if p.run[i].ordinal && p.sign(j, '-') && p.run[j].glued && p.is(j+1, isMonth) && p.run[j+1].glued {
		j++ // 1er-Mai
	}
	if t := p.run[i]; t.digits == 0 && !t.ordinal && j == i+1 && !p.lex.capitals && !(n > 1 && p.is(j, isMonth) && (p.is(i-1, isArticle|isTo|isUntil|isSince|isWeekday) || !p.is(j, isWeak|isExact) && !p.run[j].capital)) {
		return point{}, i, false // un marco
	}
	shift, hasShift := 0, false
	if p.is(j, isShift) && p.is(j+1, isMonth) {
		shift, hasShift = p.run[j].entry.shift, true
		j++
	}
	if m, y, next, ok := p.numbered(i, j); ok {
		d := point{year: y, month: m, day: n}
		return d, next, valid(d)
	}
	if !p.is(j, isMonth) || p.run[j].class&isWeak != 0 && p.run[j].digits > 0 {
		return p.dayOfMonth(i, j, n)
	}
	if p.accentless(j) && p.run[i].digits == 0 {
		return point{}, i, false
	}
	if p.is(j, isCapital) && !p.run[j].capital && p.run[i].digits == 0 && (!p.run[i].ordinal || p.wordAfter(j+1)) {
		return point{}, i, false // one may, the first may be
	}
	d := point{month: p.run[j].entry.month, day: n}
	d.year, j = p.yearAfter(j + 1)
	if hasShift && d.year == 0 && !p.published.IsZero() {
		d.year = p.shiftedMonth(d.month, shift)
	}
	return d, j, valid(d)
}

// twentieth says that the word at token i, which names a decade too, is the day of
// a month: "veinte de mayo", "le trente avril".
func (p *parser) twentieth(i int) bool {
	return p.is(i, isNumber) && p.is(i, isDecade) && p.run[i].digits == 0 && p.run[i].num <= 30 && p.is(p.skip(i+1, 1, isOf), isMonth)
}

// numbered reads the rest of "9 de 8 de 1971": the month by its number, and the year.
func (p *parser) numbered(i, j int) (m, y, next int, ok bool) {
	if p.run[i].digits == 0 || j == i+1 || !p.is(j, isNumber) || p.run[j].digits == 0 || p.run[j].digits > 2 || !p.is(j+1, isOf) {
		return 0, 0, i, false
	}
	y, next, ok = p.fullYear(j + 2)
	return p.run[j].num, y, next, ok && p.run[j].num >= 1 && p.run[j].num <= 12
}

// dayOfMonth reads the rest of "23 de este mes", "5 del mes en curso".
func (p *parser) dayOfMonth(i, j, n int) (point, int, bool) {
	if p.is(j, isThat) && p.is(j+1, isUnit) && p.run[j+1].entry.unit == month && j > i+1 && p.anchor.month > 0 {
		d := point{year: p.anchor.year, month: p.anchor.month, day: n}
		return d, j + 2, valid(d)
	}
	if p.is(j, isInstant) && !p.is(j+1, isUnit|isMonth) && !(p.is(j, isNow) && p.wordAfter(j+1)) && p.run[i].digits > 0 && p.coarse == noUnit && !p.published.IsZero() {
		d := point{year: p.published.Year, month: p.published.Month, day: n}
		return d, j + 1, valid(d)
	}
	u, shift, next, ok := p.shifted(j)
	if !ok || u != month || j == i+1 && !p.is(j, isFront) || p.run[i].end == p.run[j].start {
		return point{}, i, false
	}
	d := point{day: n, anywhen: month}
	if !p.published.IsZero() {
		d.anywhen = noUnit
		m := addMonths(p.published, shift)
		d.year, d.month, d.assumed = m.Year, m.Month, true
	}
	return d, next, valid(d)
}

// monthFirst reads "May 17, 2021", "May 17th", "mayo 5 del 2013", "may the eleventh".
func (p *parser) monthFirst(i int) (point, int, bool) {
	if !p.is(i, isMonth) {
		return point{}, i, false
	}
	j := p.skip(i+1, 1, isArticle)
	if (p.sign(j, '/') || p.sign(j, '-')) && p.run[j].glued && p.is(j+1, isNumber) && p.run[j+1].glued && p.run[j+1].digits > 0 {
		return p.signedDay(i, j)
	}
	if p.comma(j) > j && p.is(j+1, isNumber) && p.run[j+1].ordinal {
		j++ // October, 1st
	}
	n, j, ok := p.dayNumber(j)
	if y, after, full := p.fullYear(j + 1); ok && full && !p.is(i, isWeak) && p.sign(j, '/') && p.run[j].glued && p.run[j+1].digits == 4 && p.run[j+1].glued {
		d := point{year: y, month: p.run[i].entry.month, day: n}
		return d, after, valid(d) // mayo 12/2021
	}
	if !ok || p.sign(j, '/') || p.clock(j) || p.run[j-1].class&isDecade != 0 {
		return point{}, i, false
	}
	d := point{month: p.run[i].entry.month, day: n}
	d.year, j = p.yearAfter(j)
	spelled := p.run[j-1].digits == 0 && n > 1 && !p.wordAfter(j) && !p.counted(j)
	if d.year == 0 && !p.lex.capitals && !p.is(j, isTo) && !spelled && !p.ranged(i, j) || p.is(i, isCapital) && !p.run[i].capital && !spelled {
		return point{}, i, false
	}
	return d, j, valid(d)
}

// ranged says that the month and day at [i,j) begin or end a range of two such:
// "entre septiembre 4 y octubre 8", "desde julio 4 hasta julio 22".
func (p *parser) ranged(i, j int) bool {
	first, joins := i, isUntil
	if p.is(i-1, isAnd|isUntil) && p.is(i-2, isNumber) && p.is(i-3, isMonth) {
		first, j = i-3, i-1
	}
	if p.betweenBefore(first) {
		joins |= isAnd
	} else if !p.is(first-1, isSince) {
		return false
	}
	_, next, ok := p.dayNumber(j + 2)
	return ok && p.is(j, joins) && p.is(j+1, isMonth) && !p.counted(next)
}

// signedDay reads the rest of "Oct/2", "sep-23-2020".
func (p *parser) signedDay(i, j int) (point, int, bool) {
	n, next, ok := p.dayNumber(j + 1)
	d := point{month: p.run[i].entry.month, day: n}
	if y := p.century(p.run[j+1].num); p.run[j+1].digits == 2 && !p.lex.capitals && !p.goesOn(next) && y > p.published.Year-40 && y < p.published.Year+10 {
		return point{month: d.month, year: y}, next, true // abr/20
	}
	if ok && p.sign(next, p.run[j].sign) && p.run[next].glued {
		if y, after, full := p.fullYear(next + 1); full {
			d.year, next = y, after
		}
	}
	return d, next, ok && !p.goesOn(next) && !p.clock(next) && valid(d)
}

// clock says whether the number before token j is a time of day: "10:30", "10 a.m.", "10h".
func (p *parser) clock(j int) bool {
	end := p.run[j-1].end
	if end >= len(p.text) {
		return false
	}
	at := skipSpace(p.text, end)
	rest := p.text[at:min(at+3, len(p.text))]
	switch {
	case rest == "":
		return false
	case p.text[end] == ':' && digit(p.text, end+1) || p.text[end] == 'h' || p.text[end] == 'H':
		return true
	case len(rest) > 1 && (rest[0]|0x20 == 'a' || rest[0]|0x20 == 'p') && (rest[1]|0x20 == 'm' || rest[1] == '.'):
		return len(rest) == 2 || rest[1] == '.' || rest[2] == ' ' || rest[2] == '.' || rest[2] == ','
	}
	return false
}

// monthOfYear reads "junio del 2017", "May 2021", "junio", "pasado noviembre".
func (p *parser) monthOfYear(i int) (point, int, bool) {
	j, shift, beside := i, 0, false
	if p.is(j, isShift) && !p.is(j, isPost) && p.is(j+1, isMonth) {
		shift, beside, j = p.run[j].entry.shift, true, j+1
	}
	if !p.is(j, isMonth) || p.accentless(j) || beside && p.is(j, isCapital) && !p.run[j].capital {
		return point{}, i, false
	}
	if p.is(i-1, isOf) && p.is(i-2, isUnit) && p.run[i-2].entry.unit == month && p.is(i-3, isShift) && !beside {
		shift, beside = p.run[i-3].entry.shift, true // el pasado mes de julio
	}
	t := p.run[j]
	d := point{month: t.entry.month}
	next := j + 1
	if p.sign(next, '-') && p.run[next].glued || p.sign(next, '/') {
		if y, after, ok := p.fullYear(next + 1); ok {
			d.year, next = y, after
		}
	}
	if d.year == 0 {
		d.year, next = p.yearAfter(next)
	}
	if d.year > 0 {
		return d, next, true
	}
	if !beside && p.is(next, isShift) && p.run[next].entry.shift != 0 && !p.is(next, isFront) && !p.is(next+1, isUnit) {
		shift, beside, next = p.run[next].entry.shift, true, next+1
	}
	if beside && !p.published.IsZero() {
		d.year = p.shiftedMonth(d.month, shift)
		return d, next, t.class&isWeak == 0 || !p.wordAfter(next)
	}
	return d, next, p.bareMonth(j)
}

// accentless says that a month or season lacks the accent that tells it from another word.
func (p *parser) accentless(j int) bool {
	if !p.is(j, isExact) {
		return false
	}
	return plain(p.text[p.run[j].start:p.run[j].end]) && !p.upper(j)
}

// shiftedMonth gives the year of a month with "pasado", "este" or "próximo" beside it.
func (p *parser) shiftedMonth(m, shift int) int {
	y := p.published.Year
	switch {
	case shift < 0 && m >= p.published.Month:
		y--
	case shift > 0 && m <= p.published.Month:
		y++
	}
	return y
}

// dayOfUnit reads "el primer lunes de mayo", "last Friday of June 2020".
func (p *parser) dayOfUnit(i int) (point, int, bool) {
	n, j, ok := p.nth(i)
	if (n == 1 || n < 0) && p.is(j, isUnit) && p.run[j].entry.unit == day && !p.is(j, isMany) {
		return p.endDay(j+1, n < 0)
	}
	if !ok || !p.is(j, isWeekday) || n > 5 {
		return point{}, i, false
	}
	w := p.run[j].entry.weekday
	k := p.monthWord(p.skip(j+1, 2, isOf|isArticle))
	if u, shift, next, ok := p.shifted(k); ok && u == month {
		if p.vague(month) || !p.yearKnown() {
			return point{anywhen: day}, next, true
		}
		m := addMonths(p.published, shift)
		return pointOf(nthWeekday(m.Year, m.Month, n, w)), next, true
	}
	if k == j+1 || !p.is(k, isMonth) {
		return point{}, i, false
	}
	m := p.run[k].entry.month
	y, next := p.yearAfter(k + 1)
	if y == 0 {
		y = p.guess(point{month: m, day: 15}, p.run[i].start, p.run[k].end)
	}
	if y == 0 || y >= firstStandIn {
		return point{month: m}, next, true
	}
	return pointOf(nthWeekday(y, m, n, w)), next, true
}

// endDay reads the month, week or year after "último día" or "primer día", and
// gives its last or first day.
func (p *parser) endDay(i int, last bool) (point, int, bool) {
	if m, next, ok := p.monthNamed(i); ok && last {
		if m.IsZero() || m.Year >= firstStandIn {
			return point{anywhen: day}, next, true
		}
		return pointOf(m.Last()), next, true
	}
	if u, shift, next, ok := p.shifted(p.skip(i, 2, isOf|isArticle)); ok && u == week {
		if p.vague(week) {
			return point{anywhen: day}, next, true
		}
		return p.move(week, shift).endDay(last), next, true
	}
	y, next := p.yearAfter(i)
	ok := y > 0 && y < firstStandIn && (p.is(i, isOf) || p.is(i, isLead)) && (last || !p.is(next-1, isUnit) || p.is(next-2, isShift))
	return point{year: y}.endDay(last), next, ok
}

// endDay gives the last or the first day of what p stands for.
func (p point) endDay(last bool) point {
	from, to := p.bounds(false)
	if last {
		return pointOf(to)
	}
	return pointOf(from)
}

// nth reads an ordinal; "último" is -1.
func (p *parser) nth(i int) (n, next int, ok bool) {
	switch {
	case p.is(i, isFinal):
		return -1, i + 1, true
	case p.is(i, isNumber) && p.run[i].ordinal:
		return p.run[i].num, i + 1, true
	case p.is(i, isNumber) && p.run[i].roman && p.run[i].num <= 4:
		return p.run[i].num, i + 1, true
	}
	return 0, i, false
}

// valid says whether a day of that number exists in the month.
func valid(d point) bool {
	if d.day == 0 || d.month == 0 {
		return true
	}
	y := d.year
	if y == 0 {
		y = 2024
	}
	return d.day <= corpus.Date{Year: y, Month: d.month}.Last().Day
}
