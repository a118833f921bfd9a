package date

import "vocero/corpus"

// length is a stretch of the calendar: so many months and days.
type length struct {
	months, days int
	workdays     int
	than         int  // 1 when it is longer than told, -1 when it is shorter
	finest       unit // of the units that it is told in
}

// maxLength bounds the number of a unit that a date may be away.
const maxLength = 1000

// distance reads a date by how far it is from the publication or from another
// date: "hace tres días", "a year and two months ago", "dentro de un mes",
// "dos semanas después del 5 de mayo", "three days from tomorrow", "less than a
// month before July 1".
func (p *parser) distance(i int) (point, int, bool) {
	d, next, ok := p.away(i)
	if p.is(i, isMore|isLess) {
		d.lead = 1
	}
	return d, next, ok
}

// away reads a distance that begins at token i, and the words that lead to it.
func (p *parser) away(i int) (point, int, bool) {
	j := p.skip(i, 1, isAgoBefore|isInBefore|isInFuture)
	if p.is(i, isAgoBefore|isInBefore) {
		j = p.skip(j, 1, isRoughly)
	}
	l, next, ok := p.length(j)
	if !ok {
		return point{}, i, false
	}
	sign, ok := p.direction(i, l, next)
	if !ok {
		return point{}, i, false
	}
	if d, after, ok := p.fromDate(i, l, next, sign); ok {
		return d, after, true
	}
	if sign == 0 && p.is(next, isLater|isEarlier) && !p.is(next+1, isNumber) {
		sign := 1
		if p.is(next, isEarlier) {
			sign = -1
		}
		if d, ok := p.fromTold(i, l, sign); ok || !p.is(next, isAgoAfter) {
			return d, next + 1, ok
		}
	}
	switch {
	case sign > 0 && p.timeAfter(next) > next:
		next = p.timeAfter(next)
	case sign > 0 && p.is(next, isInAfter):
		next++ // in two days from now
	case sign == 0 && p.is(next, isAgoAfter):
		sign, next = -1, next+1
	case sign == 0 && p.is(next, isInAfter):
		sign, next = 1, next+1
	case sign == 0:
		return point{}, i, false
	}
	if l.finest == year && sign < 0 && l.months > 5*12 {
		return point{}, i, false // "40 years ago" is no date but an age
	}
	if p.vague(l.finest) {
		return point{anywhen: min(l.finest, year)}, next, true
	}
	d := l.from(p.published, sign)
	switch {
	case p.is(j, isOne) && p.run[j].entry.count > 1:
		d.bound = corpus.About
	case p.is(i, isAgoBefore|isInBefore) && p.is(i+1, isRoughly):
		d.bound = p.run[i+1].entry.bound
	}
	return d, next, true
}

// fromTold gives the date that is the length away from the one told just before:
// "fue detenido el 4 de marzo; dos días después salió". A text that is nothing
// else counts from the publication.
func (p *parser) fromTold(i int, l length, sign int) (point, bool) {
	start := p.run[i].start
	if n := len(p.found); n > 0 && start-p.found[n-1].Span.End < maxNarrative && !p.listing {
		from, to := p.last[0], p.last[1]
		switch {
		case from.IsZero() || from.Year >= firstStandIn || l.finest == year:
			return point{}, false // "one year later" says no more than about when
		case from == p.published && !p.ahead(i):
			return point{}, false // "it is still there today. One week later …"
		case from == to:
		case from.Day == 1 && to == (corpus.Date{Year: from.Year, Month: from.Month}).Last() && l.finest >= month:
			l.finest = max(l.finest, month)
		default:
			return point{}, false
		}
		d := l.from(from, sign)
		d.told = true
		return d, true
	}
	if !p.whole(i) || p.vague(l.finest) {
		return point{}, false
	}
	return l.from(p.published, sign), true
}

// whole says that the run, but for articles, begins with token i and is all of the
// text: a date that somebody asks for by itself.
func (p *parser) whole(i int) bool {
	for j := range i {
		if p.run[j].class&(isArticle|isOf|isSince|isTo) == 0 {
			return false
		}
	}
	return p.run[0].start == skipSpace(p.text, 0) && p.run[len(p.run)-1].end == len(p.text)
}

// direction says whether the word at token i, if it leads to the length, which
// ends before token next, makes it one of the past or of the future; 0 for neither.
func (p *parser) direction(i int, l length, next int) (sign int, ok bool) {
	switch {
	case p.is(i, isAgoBefore):
		return -1, l.than == 0
	case p.is(i, isInBefore):
		return 1, true
	case !p.is(i, isInFuture):
		return 0, true
	case p.timeAfter(next) > next:
		return 1, true
	case !(p.ahead(i) && l.than == 0 || p.soon(i)) || p.is(next, isOf):
		return 0, false
	case l.finest == year:
		return 1, p.run[i].entry.shift == inYears && p.soon(i)
	}
	return 1, p.run[p.skip(i+1, 1, isMore|isLess)].num <= 30
}

// timeAfter passes the rest of "in two weeks' time".
func (p *parser) timeAfter(i int) int {
	j := i
	if p.sign(j, '\'') {
		j++
	}
	if p.is(j, isInTime) {
		return j + 1
	}
	return i
}

// fromDate reads the rest of "two weeks after May 5": the word and the day that
// the length is counted from.
func (p *parser) fromDate(i int, l length, j, sign int) (point, int, bool) {
	switch {
	case p.is(j, isAfter|isAfterAll) && sign >= 0:
		sign = 1
	case p.is(j, isBefore|isBeforeAll) && sign == 0:
		sign = -1
	case sign >= 0 && p.opensWith(j, isAfter) && p.run[j].entry.offset == 2:
		return p.fromNextDay(l, j, 1)
	case sign == 0 && p.opensWith(j, isBefore) && p.run[j].entry.offset == -2:
		return p.fromNextDay(l, j, -1)
	default:
		return point{}, i, false
	}
	at := p.skip(j+1, 2, isArticle|isDay)
	if p.is(at, isNow) && p.is(j, isAfter) && l.than == 0 && !p.is(at, isShift) {
		if p.vague(l.finest) {
			return point{anywhen: min(l.finest, year)}, at + 1, true
		}
		return l.from(p.published, 1), at + 1, true // from now
	}
	d, next, ok := p.dayAt(at)
	if !ok || d.bare() || !d.last.IsZero() || d.day == 0 && d.weekday == 0 && d.anywhen == noUnit || p.is(next, isTo|isUntil) {
		return point{}, i, false
	}
	if p.lex.spans[p.wordBefore(p.run[i].start)] {
		return point{}, i, false // "for 3 days from Monday": how long, not when
	}
	d = p.resolve(d, corpus.Span{Start: p.run[at].start, End: p.run[next-1].end})
	if d.anywhen != noUnit || d.year == 0 {
		return point{anywhen: min(l.finest, year)}, next, true
	}
	switch {
	case p.is(j, isAfterAll):
		return between(addDays(d.date(), 1), l.day(d.date(), 1)), next, true
	case p.is(j, isBeforeAll):
		return between(l.day(d.date(), -1), addDays(d.date(), -1)), next, true
	}
	return l.from(d.date(), sign), next, true
}

// fromNextDay reads the rest of "dois dias depois de amanhã", "dos días antes de
// ayer", where "after tomorrow" is one word of the lexicon.
func (p *parser) fromNextDay(l length, j, sign int) (point, int, bool) {
	if p.vague(day) {
		return point{anywhen: day}, j + 1, true
	}
	return l.from(addDays(p.published, sign), sign), j + 1, true
}

// opensWith says that the phrase for a day at token j begins with a word of the class.
func (p *parser) opensWith(j int, c class) bool {
	if !p.is(j, isToday) {
		return false
	}
	e, _ := p.lex.longest(p.text[:p.run[j].end-1], p.run[j].start)
	return e != nil && e.class&c != 0
}

// dayAt reads a day of any kind but a distance.
func (p *parser) dayAt(i int) (point, int, bool) {
	for _, form := range [...]form{(*parser).numeric, (*parser).dayOfWeek, (*parser).dayFirst, (*parser).monthFirst, (*parser).deictic, (*parser).holidayNamed, (*parser).holiday} {
		if d, next, ok := form(p, i); ok {
			return d, next, true
		}
	}
	return point{}, i, false
}

// ahead says whether the sentence around token i speaks of the future.
func (p *parser) ahead(i int) bool {
	t, _ := p.tense(p.run[i].start, p.run[i].end)
	return t == future || p.run[i].start == 0
}

// inYears is the value of "in" where "in two years" can be a date.
const inYears = 1

// soon says that the future is told right beside token i, as in "will open in two
// years", or that a sentence about it begins there.
func (p *parser) soon(i int) bool {
	start := p.run[i].start
	if t, words := p.tenseBefore(start); t != 0 {
		return t == future && words <= 2
	}
	return p.run[i].capital && p.opensSentence(start) && p.ahead(i)
}

// length reads "tres días", "a month", "un año, dos meses y 3 días", "more than a week".
func (p *parser) length(j int) (l length, next int, ok bool) {
	switch {
	case p.is(j, isMore):
		l.than, j = 1, j+1
	case p.is(j, isLess):
		l.than, j = -1, j+1
	}
	last := noUnit
	for {
		n, u, after, found := p.quantity(j)
		if !found || ok && (u >= last || u >= workday || last >= workday) {
			break
		}
		l.tell(n, u)
		last, next, ok = u, after, true
		j = p.skip(p.comma(after), 1, isAnd)
	}
	if p.is(next, isAndHalf) {
		return l, next, false
	}
	return l, next, ok
}

// tell adds n units to the length.
func (l *length) tell(n int, u unit) {
	l.finest = u
	switch u {
	case workday:
		l.workdays += n
		l.finest = day
	case twoWeeks:
		l.days += 14 * n
		l.finest = week
	case day:
		l.days += n
	case week:
		l.days += 7 * n
	case month:
		l.months += n
	case year:
		l.months += 12 * n
	}
}

// quantity reads "tres días", "a week".
func (p *parser) quantity(j int) (n int, u unit, next int, ok bool) {
	switch {
	case p.is(j, isNumber) && !p.run[j].ordinal && !p.run[j].roman && !p.run[j].group:
		n = p.run[j].num
	case p.is(j, isOne):
		n = p.run[j].entry.count
	default:
		return 0, noUnit, j, false
	}
	if !p.is(j+1, isUnit) || n > maxLength || p.is(j, isOne) && p.lex.halves[p.wordBefore(p.run[j].start)] {
		return 0, noUnit, j, false
	}
	u = p.run[j+1].entry.unit
	if p.is(j, isOne) && n > 1 && u == year {
		return 0, noUnit, j, false // "un par de años": about when
	}
	return n, u, j + 2, u == day || u == week || u == month || u == year || u == workday || u == twoWeeks
}

// from gives the day, month or year that is the length away from a date, as
// closely as the length is told. What is less than that away is between the two.
func (l length) from(d corpus.Date, sign int) point {
	moved := l.day(d, sign)
	switch {
	case l.than < 0 && sign < 0:
		return between(moved, d)
	case l.than < 0:
		return between(d, moved)
	case l.finest == month:
		moved.Day = 0
	case l.finest == year:
		moved.Day, moved.Month = 0, 0
	}
	away := pointOf(moved)
	if l.than > 0 {
		away.bound = corpus.Over
		if sign < 0 {
			away.bound = corpus.Under
		}
	}
	return away
}

// day gives the day that is the length away from a date.
func (l length) day(d corpus.Date, sign int) corpus.Date {
	moved := d
	if l.months != 0 {
		moved = addMonths(d, sign*l.months)
		moved.Day = min(d.Day, moved.Last().Day)
	}
	if l.days != 0 {
		moved = addDays(moved, sign*l.days)
	}
	return addWorkdays(moved, sign*l.workdays)
}
