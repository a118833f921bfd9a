package date

import "vocero/corpus"

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
	if p.clues != nil {
		p.note(a, span)
	}
	start, end := p.ends(items, span)
	p.last[0], p.last[1] = end.bounds(p.south)
	if len(items) > 1 {
		if p.last[0], _ = start.bounds(p.south); !p.last[0].IsZero() && !p.last[1].IsZero() && p.last[0].Compare(p.last[1]) > 0 {
			for i := range items { // ends in the wrong order: no range
				p.keep(items[i : i+1])
			}
			return
		}
	}
	p.remember(b.point, end, span)
	if b.year > 0 && a.day > 0 && start.month > 0 && start.last.IsZero() && len(items) > 1 {
		p.inFull[start.month*32+start.day] = int16(start.year)
	}
	p.add(span, start, end, len(items) > 1)
}

// remember keeps what later dates may be counted from.
func (p *parser) remember(d, resolved point, span corpus.Span) {
	switch {
	case d.year > 0 && !d.told:
		p.anchor, p.anchorEnd, p.yearTold, p.yearEnd = resolved, span.End, resolved.year, span.End
		if d.day > 0 && d.month > 0 {
			p.inFull[d.month*32+d.day] = int16(d.year)
		}
	case resolved.year == p.yearTold:
		p.yearEnd = span.End // still of the same year
	}
	if p.previous = (point{}); resolved.month > 0 && resolved.year > 0 && resolved.last.IsZero() {
		p.previous = resolved
	}
	p.report.note(p, d, resolved, span)
}

// asOf bounds a date that is to come: "as of June 1, fares will rise".
const asOf corpus.Bound = "as-of"

// add adds a date, or the range from start to end, to what was found.
func (p *parser) add(span corpus.Span, start, end point, ranged bool) {
	start, end = start.known(), end.known()
	d := corpus.DateRange{Span: span, EDTF: end.String(), Bound: p.bound(span)}
	d.From, d.To = end.bounds(p.south)
	if end.bound != "" {
		d.Bound = end.bound
	}
	if d.Bound == asOf {
		if d.Bound = corpus.Min; p.published.IsZero() || d.From.Compare(p.published) <= 0 {
			d.Bound = "" // "as of March 31, sales were down" tells of the day
		}
	}
	if ranged {
		d.EDTF = start.scalar() + "/" + end.scalar()
		d.From, _ = start.bounds(p.south)
	}
	if d.Bound == corpus.Min && (ranged || end.closed || end.month == 0 && !end.last.IsZero() && p.lex.opens[p.wordBefore(span.Start)]) {
		d.Bound = "" // "from 2004 through 2014": both ends are told
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
		if p.weekdaysUnknown() {
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
	slip := 1
	if d.shifted {
		slip = 10
	}
	if own := d.inYear(p.published.Year); valid(own) && p.yearKnown() {
		if gap := p.from(own); gap >= -slip && gap <= slip {
			return own.year // the weekday is a slip: "este miércoles 16" on Thursday 16
		}
	}
	t, _ := p.tense(span.Start, span.End)
	for _, n := range [...]int{0, -1, 1} {
		d.year = y + n
		if d.year > p.published.Year && t == past || d.year < p.published.Year && t == future {
			continue
		}
		if valid(d) && weekday(d.date()) == d.weekday {
			if gap := days(p.published, d.date()); gap > -400 && gap < 400 {
				return d.year
			}
		}
	}
	return y
}

// ends resolves a date, or both ends of a range.
func (p *parser) ends(items []item, span corpus.Span) (start, end point) {
	a, b := items[0].point, items[len(items)-1].point
	if len(items) == 1 {
		end = p.resolve(b, span)
		return end, end
	}
	if b.bareWeekday() && (a.day > 0 || a.shifted) && !p.weekdaysUnknown() {
		if start = p.resolve(a, span); start.day > 0 && start.month > 0 && start.year > 0 {
			on := start.date() // "Monday, Sept. 9 through Friday": the first one after it
			return start, pointOf(weekdayAfter(on, b.weekday))
		}
	}
	if t, _ := p.tense(span.Start, span.End); t == future && a.bareWeekday() && b.bareWeekday() && !p.weekdaysUnknown() {
		on := p.nearestWeekday(a, span.Start, span.End) // "entre el lunes y el miércoles habrá"
		return pointOf(on), pointOf(weekdayAfter(on, b.weekday))
	}
	end = p.resolve(b, span)
	start = p.start(a, end, span)
	if a.bareWeekday() && b.shift > 0 && !p.weekdaysUnknown() && start.date().Compare(p.published) < 0 {
		return pointOf(addDays(start.date(), 7)), pointOf(addDays(end.date(), 7)) // "del lunes al viernes próximo"
	}
	if !valid(start) && a.year == 0 && b.year == 0 {
		leap := p.guess(a, span.Start, span.End)
		start, end = start.inYear(leap), end.inYear(leap)
	}
	return start, end
}

// start resolves the first end of a range so that it comes before the last.
func (p *parser) start(a, end point, span corpus.Span) point {
	given := a.year > 0
	switch {
	case end.anywhen != noUnit:
		return end
	case a.weekday > 0 && a.day == 0 && a.shifted && !p.weekdaysUnknown():
		return pointOf(p.nearestWeekday(a, span.Start, span.End))
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

// namesPlace says that the day at token i is a street's name or a movement's:
// "rue du 4 septembre", "Movimiento 26 de Julio".
func (p *parser) namesPlace(i int) bool {
	if p.lex.places[p.wordBefore(p.run[i].start)] {
		return true
	}
	return p.is(i-1, isOf) && p.lex.places[p.wordBefore(p.run[i-1].start)]
}

// elsewhere says whether the words around make the date part of a name or a
// number: "avenida 9 de Octubre", "Ley 12 de mayo".
func (p *parser) elsewhere(span corpus.Span, a, b item) bool {
	if n := len(p.found); n > 0 && p.found[n-1].Span.End > span.Start {
		return true
	}
	if a.at == b.at && a.weekday == 0 && p.wholeDay(a) && (p.namesPlace(a.at) || p.run[a.at].digits > 0 && p.lex.streets[p.wordBefore(span.Start)]) {
		return true
	}
	if a.year > 0 || a.month == 0 && a.day == 0 || a.weekday > 0 {
		return false
	}
	if !p.lex.capitals && p.is(b.next-1, isMonth) && p.run[b.next-1].capital && !p.upper(b.next-1) && a.day > 0 &&
		(p.is(a.at-1, isAnd) || a.at == b.at && p.lex.towns[p.wordBefore(span.Start)] || a.at > 0 && p.sign(a.at-1, ',') && p.run[a.at-1].end < span.Start || p.partOfName(a.at)) {
		return true // a street or town: "24 de Mayo"
	}
	return p.lex.names[p.wordBefore(span.Start)]
}
