package date

import "vocero/corpus"

// several reads "los próximos tres meses", "last 2 weeks": so many units up to
// the publication or after it, without its own day.
func (p *parser) several(i int) (point, int, bool) {
	shift, n, j := 0, 0, i
	for range 2 {
		switch {
		case p.is(j, isShift) && !(p.is(j, isPost) && j == i && n == 0) && p.run[j].entry.shift != 0 && shift == 0:
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
	if shift == 0 && p.is(next, isShift) && !p.is(next, isFront|isAfterAll) {
		shift = p.run[next].entry.shift
		next++
	}
	l, after, ok := p.length(j - 1)
	if !ok {
		l.tell(n, u)
	}
	if shift != 0 && (u > year && u != decade && u != century || after > next) && !p.is(after, isAgoAfter|isInAfter) && !p.weekdaysUnknown() {
		return p.lasting(l, shift), max(after, next), true
	}
	if shift == 0 || p.is(next, isOf) || u < day || u > year || u == weekend {
		return point{}, i, false
	}
	if p.vague(day) || p.vague(u) {
		return point{}, i, false
	}
	if u == year {
		if shift < 0 && n >= 5 {
			return point{}, i, false // a span of time, no date
		}
		a, b := p.published.Year+1, p.published.Year+n
		if shift < 0 {
			a, b = p.published.Year-n, p.published.Year-1
		}
		return between(corpus.Date{Year: a}, corpus.Date{Year: b}), next, true
	}
	if u > month {
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

// lasting gives the days of a length that ends before the publication or begins
// after it: "last 3 months and 2 weeks", "next 4 business days".
func (p *parser) lasting(l length, shift int) point {
	first, last := addDays(p.published, 1), addDays(p.published, -1)
	switch {
	case shift < 0:
		return between(l.day(p.published, -1), last)
	case l.workdays > 0:
		first = addWorkdays(p.published, 1)
	}
	return between(first, l.day(p.published, 1))
}

// exact gives the day that is n units from the publication.
func (p *parser) exact(u unit, n int) corpus.Date {
	switch u {
	case day:
		return addDays(p.published, n)
	case week:
		return addDays(p.published, 7*n)
	case year:
		n *= 12
	}
	m := addMonths(p.published, n)
	m.Day = min(p.published.Day, m.Last().Day)
	return m
}

// firstSeveral reads "primeros cuatro meses de 2022", "last six months of 2024",
// "primeros 15 días de mayo", "first two weeks of 2021".
func (p *parser) firstSeveral(i int) (point, int, bool) {
	final, j := p.is(i, isFinal), i+1
	if p.is(i, isNumber) && p.is(j, isFirst|isFinal) {
		i, j, final = j, i, p.is(j, isFinal) // ocho primeros meses
	}
	if !final && !p.is(i, isFirst) {
		return point{}, i, false
	}
	unit := max(i, j) + 1
	if !p.is(j, isNumber) || !p.is(unit, isUnit) || p.run[j].num < 2 || p.run[j].num > 366 {
		return point{}, i, false
	}
	n, size := p.run[j].num, 1
	switch u := p.run[unit].entry.unit; {
	case u == month && n < 12:
		return p.firstMonths(unit, n, final)
	case u == week:
		size = 7
	case u != day:
		return point{}, i, false
	}
	m, next, ok := p.monthNamed(unit + 1)
	switch {
	case !ok:
		return p.firstDays(unit, n*size, size, final)
	case m.IsZero() || m.Year >= firstStandIn || n*size > m.Last().Day:
		return point{}, i, false
	case final:
		return between(addDays(m.Last(), 1-n*size), m.Last()), next, true
	}
	return between(m.First(), addDays(m.First(), n*size-1)), next, true
}

// firstMonths reads the year of so many months after the token of the unit.
func (p *parser) firstMonths(unit, n int, final bool) (point, int, bool) {
	y, next := p.yearAfter(unit + 1)
	if final {
		return between(corpus.Date{Year: y, Month: 13 - n}, corpus.Date{Year: y, Month: 12}), next, y > 0
	}
	return between(corpus.Date{Year: y, Month: 1}, corpus.Date{Year: y, Month: n}), next, y > 0
}

// firstDays reads the year that n days begin or end, after the token of their
// unit; weeks begin on its first Monday of ISO 8601.
func (p *parser) firstDays(unit, n, size int, final bool) (point, int, bool) {
	y, next := p.yearAfter(unit + 1)
	if y == 0 || y >= firstStandIn || n > 366 {
		return point{}, unit, false
	}
	starts := func(y int) corpus.Date {
		if size == 7 {
			return firstWeek(y)
		}
		return corpus.Date{Year: y, Month: 1, Day: 1}
	}
	first := starts(y)
	if final {
		first = addDays(starts(y+1), -n)
	}
	return between(first, addDays(first, n-1)), next, true
}
