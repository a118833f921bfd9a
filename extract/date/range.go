package date

import (
	"strings"

	"vocero/corpus"
)

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
		it, ok := p.item(i, items)
		if !ok {
			break
		}
		it.joint = joint
		items = append(items, it)
		joint, i = p.joint(it.next)
		if joint == 0 {
			break
		}
	}
	items = p.complete(items)
	if len(items) == 0 {
		return nil, i
	}
	return append([]item(nil), items...), items[len(items)-1].next
}

// item reads a date, or a day that takes its month from another of the list.
func (p *parser) item(i int, before []item) (item, bool) {
	if y, next, ok := p.years(i); ok {
		return item{point: y, at: i, next: next}, true
	}
	n, next, bare := p.dayNumber(i)
	bare = bare && !p.clock2(next, i) && !p.run[i].group
	if d, after, ok := p.single(i); ok {
		if len(before) > 0 && d.day > 0 && d.month == 0 && d.anywhen == noUnit && p.is(before[len(before)-1].at, isMonth) {
			d.month = before[len(before)-1].month
		}
		return item{point: d, at: i, next: after}, true
	}
	if !bare || p.run[i].digits == 0 && !p.run[i].ordinal && p.run[i].num == 1 && len(before) > 0 {
		return item{}, false
	}
	d := point{day: n}
	if len(before) > 0 && before[len(before)-1].month > 0 {
		if b := before[len(before)-1]; b.day == 0 || p.hyphened(next) || !p.is(b.at, isMonth) && !p.is(b.at, isWeekday) && !p.is(b.next-1, isNumber) {
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

// hyphened says that a hyphen ties the number before token i to a word: 12-lead.
func (p *parser) hyphened(i int) bool {
	end := p.run[i-1].end
	return end+1 < len(p.text) && p.text[end] == '-' && !digit(p.text, end+1) && spaceSize(p.text, end+1) == 0
}

// clock2 says whether a bare number is a time of day.
func (p *parser) clock2(next, i int) bool { return next > i && p.clock(next) }

// years reads a pair of years tied by a sign: 2019-2023, 2020/21.
func (p *parser) years(i int) (point, int, bool) {
	first, j, ok := p.fullYear(i)
	if !ok || p.run[i].digits != 4 || first < 1400 {
		return point{}, i, false
	}
	last, next, ok := p.yearPair(j, first)
	if !ok || p.labelled(p.run[i].start) || p.tiedBefore(i) {
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
		if d, e := &items[i].point, items[i-1].point; d.needsYear() && e.year > 0 && d.code == 0 && e.month > 0 && e.last.IsZero() && d.month > 0 {
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
	return d.day > 0 && d.month == 0 && d.weekday == 0 && d.anywhen == noUnit && d.year == 0
}

// inherit takes the month and year from the date after.
func (d *item) inherit(e item) {
	same := d.day > 0 && e.day > 0 || d.day == 0 && e.day == 0
	if d.day > 0 && d.month == 0 && e.month > 0 && e.last.IsZero() && d.last.IsZero() {
		d.month = e.month
	}
	if d.code > 0 && e.code > 0 && e.year > 0 && d.year == 0 {
		d.year = e.year
	}
	if d.month > 0 && d.year == 0 && e.year > 0 && e.month > 0 && same && e.last.IsZero() {
		d.year = e.year
		if d.month > e.month && e.joint&(isTo|isUntil|isAnd) != 0 {
			d.year--
		}
	}
}

// settle groups the dates of an expression into ranges and single dates, finds
// out their years and keeps them.
func (p *parser) settle(items []item) {
	if routine(items) {
		return
	}
	for i := 0; i < len(items); {
		j := i + 1
		for j < len(items) && p.joins(items, i, j) {
			j++
		}
		p.keep(items[i:j])
		if last := p.anchorOf(items[j-1].point); last.year > 0 {
			for k := j; k < len(items); k++ {
				items[k].after(last)
			}
		}
		i = j
	}
}

// routine says that two bare weekdays are joined, as in opening hours.
func routine(items []item) bool {
	for i := 1; i < len(items); i++ {
		a, b := items[i-1].point, items[i].point
		if items[i].joint&(isTo|isUntil) != 0 && a.weekday > 0 && b.weekday > 0 && a.day == 0 && b.day == 0 && !a.shifted && !b.shifted {
			return true
		}
	}
	return false
}

// anchorOf gives the date that was kept last, when d is the one that it was made from.
func (p *parser) anchorOf(d point) point {
	if len(p.found) == 0 || !d.needsYear() || d.month == 0 {
		return point{}
	}
	to := p.found[len(p.found)-1].To
	return point{year: to.Year, month: to.Month}
}

// after gives a later date of a list the year of the one before it.
func (d *item) after(last point) {
	if d.needsYear() && d.month > 0 && d.weekday == 0 {
		d.year = last.year
		if d.month < last.month {
			d.year++
		}
	}
}

// joins says whether date j goes on the range that begins at date i.
func (p *parser) joins(items []item, i, j int) bool {
	a, b := items[j-1], items[j]
	if !a.endpoint() || !b.endpoint() {
		return false
	}
	switch {
	case b.joint == isOr:
		return false
	case b.joint == isTo:
		return j == i+1 && rank(a.point) == rank(b.point) || j == i+1 && b.day > 0 && a.day > 0
	case b.joint == isUntil && a.day > 0 && b.day > 0 && a.weekday > 0 && b.weekday > 0 && a.month == 0 && b.month == 0:
		return j == i+1
	case b.joint == isUntil:
		return j == i+1 && (a.plainYear() && b.plainYear() || a.elliptic(b, p))
	case b.joint == isAnd && j == i+1 && p.betweenBefore(a.at):
		return true
	case b.joint == isAnd && a.day > 0 && p.is(b.at-1, isArticle) && p.is(b.at-2, isAnd):
		return false // "el 23 y el 24 de abril"
	}
	if a.plainYear() && b.plainYear() {
		return p.chain(items, i) > 2 && b.year == a.year+1
	}
	return p.follows(a.point, b.point) && p.sequel(items, i)
}

// endpoint says that the date can be an end of a range.
func (d point) endpoint() bool { return d.last.IsZero() && d.anywhen == noUnit }

// rank tells days from months from years from others.
func rank(d point) int {
	switch {
	case d.day > 0 || d.weekday > 0:
		return 3
	case d.month > 0:
		return 2
	case d.code > 0:
		return 4
	case d.digits > 0:
		return 5
	}
	return 1
}

// elliptic says that a does not stand by itself: its month is b's.
func (d item) elliptic(b item, p *parser) bool {
	for i := d.at; i < d.next; i++ {
		if p.run[i].class&isMonth != 0 && d.day > 0 {
			for j := b.at; j < b.next; j++ {
				if p.run[j].class&isMonth != 0 {
					return false
				}
			}
			return true
		}
	}
	return d.day > 0 && b.day > 0 && b.month > 0 && p.run[d.at].class&isToday == 0
}

// betweenBefore says whether "entre" stands before token i.
func (p *parser) betweenBefore(i int) bool {
	for n := 0; n < 5 && i > 0; n++ {
		i--
		if p.run[i].class&isBetween != 0 {
			return true
		}
		if p.run[i].class&(isArticle|isDay|isUnit|isOf) == 0 {
			return false
		}
	}
	return false
}

// chain counts the years in a row from item i.
func (p *parser) chain(items []item, i int) int {
	n := 1
	for i+n < len(items) && items[i+n].plainYear() && items[i+n].year == items[i+n-1].year+1 {
		n++
	}
	return n
}

// sequel says that a list of days or months has no gap to its end: then it is one range.
func (p *parser) sequel(items []item, i int) bool {
	j := i + 1
	for ; j < len(items); j++ {
		if items[j].joint == isTo || items[j].joint == isUntil || !p.follows(items[j-1].point, items[j].point) {
			return false
		}
		if items[j].day > 0 && p.is(items[j].next-1, isMonth|isNumber) && items[j].next-items[j].at > 1 && items[j].weekday == 0 {
			return items[j].joint == isAnd // the one that names the month ends the list
		}
	}
	return items[len(items)-1].joint == isAnd
}

// follows says whether b is the day, weekday or month right after a.
func (p *parser) follows(a, b point) bool {
	switch {
	case a.day > 0 && b.day > 0 && a.month > 0 && b.month > 0:
		x, y := a, b
		if x.year == 0 {
			x.year = 2023
		}
		if y.year == 0 {
			y.year = x.year
		}
		return addDays(x.date(), 1) == y.date()
	case a.day > 0 || b.day > 0:
		return a.day > 0 && b.day == a.day+1
	case a.weekday > 0 && b.weekday > 0:
		return b.weekday == a.weekday+1
	case a.plainMonth() && b.plainMonth():
		return b.month == a.month%12+1
	case a.code > 32 && b.code > 32:
		return b.code == a.code+1
	}
	return false
}

// keep resolves a date or a range and adds it to what was found.
func (p *parser) keep(items []item) {
	a, b := items[0], items[len(items)-1]
	span := corpus.Span{Start: p.run[a.at].start, End: p.run[b.next-1].end}
	if at := span.Start; at > 2 && p.text[at-1] == '-' && p.lex.glued[p.wordBefore(at-1)] {
		span.Start = at - 1 - p.wordSize(at-1)
	}
	if p.text[span.End-1] == '.' {
		span.End--
	}
	if a.lead > 0 && a.at+1 < b.next {
		span.Start = p.run[a.at+1].start
	}
	if p.elsewhere(span, a, b) {
		return
	}
	end := p.resolve(b.point, span)
	d := corpus.DateRange{Span: span, EDTF: end.String(), Bound: p.bound(span.Start)}
	d.From, d.To = end.bounds(p.south)
	if len(items) > 1 {
		start := p.start(a.point, end, span)
		d.EDTF = start.scalar() + "/" + end.scalar()
		d.From, _ = start.bounds(p.south)
	}
	if b.year > 0 {
		p.anchor, p.anchorYear, p.anchorEnd = end, end.year, span.End
	}
	p.found = append(p.found, d)
}

// resolve gives a date what it leaves to the reader: its year, its month, its week.
func (p *parser) resolve(d point, span corpus.Span) point {
	switch {
	case d.anywhen != noUnit:
		return d
	case d.day > 0 && d.month == 0 && d.year == 0 && !p.published.IsZero():
		return p.monthOfDay(d, span.Start, span.End)
	case d.needsYear():
		d.year = p.yearOf(d, span)
	case d.weekday > 0 && d.day == 0:
		if p.vague(day) {
			return point{anywhen: day}
		}
		return pointOf(p.nearestWeekday(d, span.Start, span.End))
	}
	return d
}

// yearOf finds out a year; the weekday decides between those that are near.
func (p *parser) yearOf(d point, span corpus.Span) int {
	y := p.guess(d, span.Start, span.End)
	if y == 0 || d.weekday == 0 || d.day == 0 {
		return y
	}
	for _, n := range [...]int{0, -1, 1} {
		d.year = y + n
		if valid(d) && weekday(d.date()) == d.weekday {
			if gap := days(p.published, d.date()); gap > -400 && gap < 400 {
				return d.year
			}
		}
	}
	return y
}

// start resolves the first end of a range so that it comes before the last.
func (p *parser) start(a, end point, span corpus.Span) point {
	given := a.year > 0
	switch {
	case end.anywhen != noUnit:
		return end
	case a.weekday > 0 && a.day == 0:
		a = pointOf(addDays(end.date(), -((weekday(end.date()) - a.weekday + 7) % 7)))
		return a
	case a.needsYear():
		a.year = end.year
	case a.day > 0 && a.month == 0:
		a = p.resolve(a, span)
	}
	if !given && a.year > 0 && a.date().Compare(end.date()) > 0 && a.code == 0 {
		a.year--
	}
	return a
}

// elsewhere says whether the words around make the date part of a name or a
// number: "avenida 9 de Octubre", "Ley 12 de mayo".
func (p *parser) elsewhere(span corpus.Span, a, b item) bool {
	if n := len(p.found); n > 0 && p.found[n-1].Span.End > span.Start {
		return true
	}
	if a.year > 0 || a.month == 0 && a.day == 0 || a.weekday > 0 {
		return false
	}
	if !p.lex.capitals && p.is(b.next-1, isMonth) && p.run[b.next-1].capital && !p.upper(b.next-1) && a.day > 0 &&
		(p.is(a.at-1, isAnd) || a.at > 0 && p.sign(a.at-1, ',') && p.run[a.at-1].end < span.Start || p.partOfName(a.at)) {
		return true // a street or town: "24 de Mayo"
	}
	return p.lex.names[p.wordBefore(span.Start)]
}

// bound reads the words in front of a date that bound it.
func (p *parser) bound(start int) corpus.Bound {
	from := max(0, start-32)
	before := fold(p.text[from:start])
	before = strings.TrimRight(before, " ")
	for {
		for phrase, bound := range p.lex.bounds {
			if strings.HasSuffix(before, phrase) && (len(before) == len(phrase) || before[len(before)-len(phrase)-1] == ' ') {
				return bound
			}
		}
		cut := strings.LastIndexByte(before, ' ')
		e, _ := p.lex.longest(before, cut+1)
		if cut < 0 || e == nil || e.class&(isArticle|isDay|isShift) == 0 {
			return ""
		}
		before = before[:cut]
	}
}
