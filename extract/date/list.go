package date

import "vocero/corpus"

// settle groups the dates of an expression into ranges and single dates, finds
// out their years and keeps them.
func (p *parser) settle(items []item) {
	for i := 0; i < len(items); {
		if n := routine(items[i:]); n > 0 && !p.byNight(items[i].at) {
			i += n
			continue
		}
		j := i + 1
		for j < len(items) && p.joins(items, i, j) {
			j++
		}
		p.keep(items[i:j])
		if j < len(items) && p.goesWith(items[j-1], &items[j]) {
			j++
		}
		if last := p.anchorOf(items[j-1].point); last.year > 0 {
			for k := j; k < len(items) && !p.is(items[k].next, isShift); k++ {
				items[k].after(last) // but "le 8 mai dernier, le 1er juin prochain"
			}
		}
		i = j
	}
}

// goesWith settles a bare weekday by the date just kept before it: in "este jueves
// y el domingo" it is the first one after that day, and in "25 de abril, domingo"
// it is that day itself, which ends with it then.
func (p *parser) goesWith(before item, d *item) bool {
	day := p.last[1]
	if !d.bareWeekday() || d.joint&(isAnd|isTo|isUntil|isSign) == 0 || day.Day == 0 || len(p.found) == 0 || before.day == 0 && p.weekdaysUnknown() {
		return false
	}
	if found := &p.found[len(p.found)-1]; d.joint == isSign && before.weekday == 0 && weekday(day) == d.weekday && found.Span.End == p.run[before.next-1].end {
		found.Span.End = p.run[d.next-1].end
		return true
	}
	if before.weekday > 0 && (d.joint != isSign || before.shifted && d.weekday > before.weekday) {
		w := d.weekday
		d.point = pointOf(weekdayAfter(day, w))
		d.weekday = w
	}
	return false
}

// weekdayAfter gives the first such weekday after the day.
func weekdayAfter(d corpus.Date, w int) corpus.Date {
	return addDays(d, (w-weekday(d)+6)%7+1)
}

// routine counts the bare weekdays that begin a list and are joined as in
// opening hours: "lunes a viernes".
func routine(items []item) int {
	if len(items) < 2 || items[1].joint&(isTo|isUntil) == 0 || !items[0].bareWeekday() || !items[1].bareWeekday() {
		return 0
	}
	return 2
}

// byNight says that "noche" or "nuit" stands before the weekday at token i, which
// the next one is then joined to: "la noche del lunes al martes".
func (p *parser) byNight(i int) bool {
	for n := 0; n < 3 && p.is(i-1, isOf|isSince|isArticle); n++ {
		i--
	}
	return p.is(i-1, isNight)
}

func (d point) bareWeekday() bool { return d.weekday > 0 && d.day == 0 && !d.shifted }

// anchorOf gives the date that was kept last, when d is the one that it was made from.
func (p *parser) anchorOf(d point) point {
	if len(p.found) == 0 || !d.needsYear() || d.month == 0 {
		return point{}
	}
	to := p.last[1]
	return point{year: to.Year, month: to.Month}
}

// after gives a later date of a list the year of the one before it.
func (d *item) after(last point) {
	if d.needsYear() && d.month > 0 && d.weekday == 0 {
		if d.month >= last.month {
			d.year = last.year
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
		return j == i+1 && (rank(a.point) == rank(b.point) || b.day > 0 && a.day > 0 || rank(a.point) < 4 && rank(b.point) < 4 && p.openedBy(a.at))
	case b.joint == isUntil && b.bareWeekday() && (a.day > 0 || a.shifted) && !p.is(a.at, isToday):
		return j == i+1
	case b.joint == isUntil && a.day > 0 && b.day > 0 && a.weekday > 0 && b.weekday > 0 && a.month == 0 && b.month == 0:
		return j == i+1
	case b.joint == isUntil && a.plainMonth() && b.plainMonth():
		return j == i+1 && p.is(a.next-1, isMonth) && p.is(b.at-1, isUntil|isArticle)
	case b.joint == isUntil:
		return j == i+1 && (a.plainYear() && b.plainYear() || a.elliptic(b, p))
	case b.joint == isAnd && j == i+1 && p.betweenBefore(a.at):
		return !(p.wholeDay(a) && p.wholeDay(b) && p.is(b.at-1, isArticle) && p.yearWritten(a) == p.yearWritten(b)) // "entre el 13 de junio y el 15 de julio"
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

// wholeDay says that a day has a month of its own.
func (p *parser) wholeDay(d item) bool {
	for i := d.at; i < d.next; i++ {
		if d.day > 0 && p.run[i].class&isMonth != 0 {
			return true
		}
	}
	return false
}

// yearWritten says that a date ends in its year.
func (p *parser) yearWritten(d item) bool { return p.run[d.next-1].digits == 4 }

// betweenBefore says whether "entre" stands before token i.
func (p *parser) betweenBefore(i int) bool {
	for n := 0; n < 5 && i > 0; n++ {
		i--
		if p.run[i].class&isBetween != 0 {
			return true
		}
		if p.run[i].class&(isArticle|isDay|isUnit|isOf|isPhase) == 0 {
			return false
		}
	}
	return false
}

// openedBy says whether "desde" or "from" stands before token i.
func (p *parser) openedBy(i int) bool {
	for n := 0; n < 4 && i > 0; n++ {
		i--
		if p.run[i].class&isSince != 0 {
			return true
		}
		if p.run[i].class&(isArticle|isDay|isUnit|isPhase) == 0 {
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
			if a.year == 0 && b.month < a.month {
				y.year++
			}
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
