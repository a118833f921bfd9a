package date

import "vocero/corpus"

// item is one date of an expression and its tokens.
type item struct {
	point
	at, next int // tokens [at,next)
	joint    class
}

// maxItems is the most dates that one expression lists.
const maxItems = 12

// parse finds the dates of the run.
func (p *parser) parse() {
	for i := 0; i < len(p.run); {
		items, next := p.expression(i)
		if len(items) == 0 {
			i++
			continue
		}
		p.settle(items)
		i = next
	}
}

// expression reads one date, or several that are joined: "5, 6 y 7 de mayo",
// "enero-marzo 2021", "July 13 through 15".
func (p *parser) expression(i int) ([]item, int) {
	var buffer [maxItems]item
	items := buffer[:0]
	joint := class(0)
	for len(items) < maxItems {
		p.listing = len(items) > 0
		it, ok := p.item(i, items)
		if !ok {
			break
		}
		it.joint = joint
		if n := len(items); n > 0 && joint == isTo && p.nextOfBoth(items[n-1], it) {
			it.shift, it.shifted = 0, false
		}
		if n := len(items); n > 0 && p.turns(items[n-1], it) {
			it.month = it.month%12 + 1
			if it.month == 1 && it.year > 0 {
				it.year++
			}
		}
		items = append(items, it)
		if it.year > 0 && !it.told {
			p.yearTold, p.yearEnd = it.year, p.run[it.next-1].end
		}
		if joint, i = p.joint(it.next); joint == 0 && it.bareWeekday() && p.is(i, isNightTo) && p.byNight(items[0].at) {
			joint, i = isTo, i+1 // a noite de segunda para terça
		}
		if joint == 0 {
			break
		}
	}
	p.listing = false
	p.bracketedDays(items)
	items = p.complete(items)
	if len(items) == 0 {
		return nil, i
	}
	return append([]item(nil), items...), items[len(items)-1].next
}

// bracketedDays reads the days of a list of weekdays: "terça e quarta-feira (22 e 23)".
func (p *parser) bracketedDays(items []item) {
	if len(items) < 2 || !p.sign(items[len(items)-1].next, '(') {
		return
	}
	var days [maxItems]int
	j := items[len(items)-1].next
	for n := range items {
		var ok bool
		days[n], j, ok = p.dayNumber(p.skip(j+1, 1, isArticle))
		last := n == len(items)-1
		if !ok || !items[n].bareWeekday() || last && !p.sign(j, ')') || !last && !p.is(j, isAnd|isTo|isUntil) && !p.sign(j, ',') {
			return
		}
	}
	for n := range items {
		items[n].day = days[n]
	}
	items[len(items)-1].next = j + 1
}

// turns says that a range goes on into the next month: "from 28 April to the 3rd".
func (p *parser) turns(from, to item) bool {
	if to.joint&(isTo|isUntil) == 0 || from.month == 0 || to.month != from.month || to.day == 0 || to.day >= from.day {
		return false
	}
	for i := to.at; i < to.next; i++ {
		if p.run[i].class&isMonth != 0 || p.run[i].class&isSign != 0 {
			return false
		}
	}
	return true
}

// nextOfBoth says that a range is from one weekday to come to another: "del próximo
// lunes al próximo viernes". The second is then the first one after the start.
func (p *parser) nextOfBoth(from, to item) bool {
	return from.weekday > 0 && from.day == 0 && from.shift == 1 && to.weekday > 0 && to.day == 0 && to.shift == 1
}

// item reads a date, or a day that takes its month from another of the list.
func (p *parser) item(i int, before []item) (item, bool) {
	if y, next, ok := p.years(i); ok {
		return item{point: y, at: i, next: next}, true
	}
	if len(before) > 0 && (p.is(i, isTold) && p.is(i, isToday) || p.is(i, isPhase) && p.run[i].entry.shift == restOf) {
		return item{}, false // counts from the date before, which is to be kept first
	}
	if p.is(i, isNow) && !(p.is(i, isShift) && p.is(i+1, isUnit|isMonth)) && p.yearKnown() && !p.vague(day) {
		first := i
		if len(before) > 0 {
			first = before[0].at
		}
		return item{point: pointOf(p.published), at: i, next: i + 1}, p.betweenBefore(first)
	}
	if d, next, ok := p.nextOfKind(i, before); ok {
		return item{point: d, at: i, next: next}, true
	}
	n, next, bare := p.dayNumber(i)
	bare = bare && !p.sign(i-1, '/') && !p.clock(next) && !p.run[i].group && !(p.is(next, isTo) && p.is(next+1, isNumber) && p.clock(next+2))
	if d, after, ok := p.single(i); ok {
		if n := len(before); n > 0 && d.day > 0 && d.month == 0 && d.anywhen == noUnit && (p.is(before[n-1].at, isMonth) || d.alone && d.day > before[n-1].day && before[n-1].day > 0 && p.is(before[n-1].next, isUntil)) {
			d.month = before[n-1].month
		}
		return item{point: d, at: i, next: after}, true
	}
	if !bare || p.run[i].digits == 0 && !p.run[i].ordinal && len(before) > 0 && (p.run[i].num == 1 || before[len(before)-1].month > 0) {
		return item{}, false // "on June 22, 2011, five people"
	}
	d := point{day: n}
	if n := len(before); n > 0 && before[n-1].alone && p.is(before[n-1].next, isTo) && !p.is(i-1, isArticle) {
		d.alone, d.anywhen = true, before[n-1].anywhen
	}
	if len(before) > 0 && before[len(before)-1].month > 0 {
		if b := before[len(before)-1]; b.day == 0 || p.hyphened(next) || !p.monthLed(before) {
			return item{}, false
		}
		d.month = before[len(before)-1].month
		d.year, next = p.yearAfter(next)
		if p.counted(next) || p.wordAfter(next) && !p.lex.capitals {
			return item{}, false
		}
	}
	return item{point: d, at: i, next: next}, true
}

// monthLed says that the last month written in a list comes before its day: "May 1,
// 2 and 3".
func (p *parser) monthLed(list []item) bool {
	for i := len(list) - 1; i >= 0; i-- {
		for j := list[i].at; j < list[i].next; j++ {
			if p.is(j, isMonth) {
				return p.monthLeads(list[i])
			}
		}
	}
	return false
}

// monthLeads says that the month of a date comes before its day: "May 1".
func (p *parser) monthLeads(d item) bool {
	for i := d.at; i < d.next; i++ {
		if p.run[i].class&(isMonth|isNumber) != 0 {
			return p.run[i].class&isMonth != 0
		}
	}
	return false
}

// hyphened says that a hyphen ties the number before token i to a word: 12-lead.
func (p *parser) hyphened(i int) bool {
	end := p.run[i-1].end
	return end+1 < len(p.text) && p.text[end] == '-' && !digit(p.text, end+1) && spaceSize(p.text, end+1) == 0
}

// years reads a pair of years tied by a sign: 2019-2023, 2020/21.
func (p *parser) years(i int) (point, int, bool) {
	first, j, ok := p.fullYear(i)
	if !ok || p.run[i].digits != 4 || first < 1400 {
		return point{}, i, false
	}
	last, next, ok := p.yearPair(j, first)
	if !ok || p.labelled(p.run[i].start) || p.tiedBefore(i) || p.inName(i) {
		return point{}, i, false
	}
	return point{year: first, last: corpus.Date{Year: last}}, next, true
}

// tiedBefore says whether a sign ties the digits to something before them.
func (p *parser) tiedBefore(i int) bool {
	start := p.run[i].start
	return start > 0 && (p.text[start-1] == '-' || p.text[start-1] == '/' || p.text[start-1] == '.') && start > 1 && spaceSize(p.text, start-2) == 0
}

// joint reads what joins two dates, and the words before the second that do not count.
func (p *parser) joint(i int) (class, int) {
	var c class
	j := i
	switch {
	case p.sign(j, ',') && p.is(j+1, isAnd|isOr):
		c, j = p.run[j+1].class, j+2
	case p.sign(j, ','):
		c, j = isSign, j+1
	case p.is(j, isTo|isUntil|isAnd|isOr):
		c, j = p.run[j].class, j+1
	default:
		return 0, i
	}
	if p.is(j, isTo|isUntil) && c&isAnd != 0 && p.is(j, isUntil) {
		c, j = isUntil, j+1
	}
	j = p.skip(j, 3, isArticle|isDay|isOf|isSince)
	if k := p.skip(p.skip(j, 1, isPhase), 1, isArticle); p.is(j, isPhase) && !p.is(k, isUnit) {
		j = k
	}
	for p.is(j, isUnit) && p.run[j].entry.unit == year && p.is(j+1, isNumber) {
		j++
	}
	switch {
	case c&isTo != 0:
		c = isTo
	case c&isUntil != 0:
		c = isUntil
	case c&isOr != 0:
		c = isOr
	case c&isAnd != 0:
		c = isAnd
	}
	if c == isTo && !p.sign(j-1, '-') && p.run[i].glued && p.run[i].class&isSign != 0 && p.is(j, isNumber) && p.run[j].digits > 2 && p.run[j].digits != 4 {
		return 0, i
	}
	return c, j
}

// complete gives every date the month and year that the list gives once, and
// drops what stays no date: a lone number.
func (p *parser) complete(items []item) []item {
	for len(items) > 0 && items[len(items)-1].bare() {
		items = items[:len(items)-1]
	}
	if len(items) > 0 && items[0].bare() && !tail(items) {
		return nil
	}
	for i := len(items) - 2; i >= 0; i-- {
		items[i].inherit(items[i+1])
	}
	for i := 1; i < len(items); i++ {
		if d, e := &items[i].point, items[i-1].point; d.needsYear() && e.year > 0 && !e.assumed && d.code == 0 && e.month > 0 && e.last.IsZero() && d.month > 0 && !p.is(items[i].next, isShift) {
			switch {
			case d.month >= e.month:
				d.year = e.year
			case items[i].joint&(isTo|isUntil) != 0:
				d.year = e.year + 1
			}
		}
	}
	for i := len(items) - 1; i >= 0; i-- {
		if items[i].bare() || !valid(items[i].point) {
			return items[i+1:]
		}
	}
	return items
}

// tail says that a list which begins with a bare day ends in "and" or "to".
func tail(items []item) bool {
	for i := 1; i < len(items); i++ {
		if !items[i].bare() {
			return items[i].joint != isSign
		}
	}
	return false
}

// bare says that nothing but a day is given.
func (d point) bare() bool {
	return d.day > 0 && d.month == 0 && !d.alone && d.weekday == 0 && d.anywhen == noUnit && d.year == 0
}

// inherit takes the month and year from the date after.
func (d *item) inherit(e item) {
	same := d.day > 0 && e.day > 0 || d.day == 0 && e.day == 0
	if d.day > 0 && d.month == 0 && e.month > 0 && e.day > 0 && e.last.IsZero() && d.last.IsZero() {
		d.month = e.month
		if d.day > e.day && (e.joint&(isTo|isUntil) != 0 || d.weekday > 0 && e.weekday > 0 && !d.shifted && !e.shifted) {
			d.month = (e.month+10)%12 + 1 // from the 28th to the 3rd of May
		}
	}
	if d.code > 0 && e.code > 0 && e.year > 0 && (d.year == 0 || d.assumed) {
		d.year = e.year
	}
	if d.month > 0 && d.year == 0 && e.year > 0 && (!e.assumed || e.month == d.month) && e.month > 0 && same && e.last.IsZero() {
		d.year = e.year
		if d.month > e.month && e.joint&(isTo|isUntil|isAnd) != 0 {
			d.year--
		}
	}
}
