package date

// bareWeekend reads "el fin de semana": the last one or the coming one, by the tense.
func (p *parser) bareWeekend(i int) (point, int, bool) {
	if !p.is(i, isUnit) || p.run[i].entry.unit != weekend || p.is(i, isMany) || !p.is(i-1, isArticle) && !(p.is(i-1, isBefore|isAfter) && p.article(i-1)) || p.is(i+1, isOf|isShift) {
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

// weekOf reads "primera semana de julio", "semana 27 de 2021", "semana del 5 de mayo".
func (p *parser) weekOf(i int) (point, int, bool) {
	if p.is(i, isUnit) && p.run[i].entry.unit == week {
		return p.numberedWeek(i)
	}
	if p.is(i, isUnit) && p.run[i].entry.unit == weekend && !p.is(i, isMany) {
		return p.weekendOf(i)
	}
	n, j, ok := p.nth(i)
	if ok && p.is(j, isUnit) && p.run[j].entry.unit == month && !p.is(j, isMany) && n != 0 && n <= 12 {
		if n < 0 {
			n = 12
		}
		y, next := p.yearAfter(j + 1) // the third month of 2021
		return point{year: y, month: n}, next, y > 0
	}
	if !ok || !p.is(j, isUnit) || p.run[j].entry.unit != week && p.run[j].entry.unit != weekend {
		return point{}, i, false
	}
	u := p.run[j].entry.unit
	k := p.monthWord(p.skip(j+1, 2, isOf|isArticle))
	if k == j+1 && !p.is(k, isLead) {
		return point{}, i, false
	}
	if p.is(k, isMonth) {
		m := p.run[k].entry.month
		y, next := p.yearAfter(k + 1)
		if y == 0 {
			y = p.guess(point{month: m, day: 15}, p.run[i].start, p.run[k].end)
		}
		if y == 0 || y >= firstStandIn {
			return point{}, i, false
		}
		return weekOfMonth(y, m, n, u), next, n <= 5
	}
	v, shift, next, ok := p.shifted(k)
	if !ok && p.ofTheMonth(k) && !p.vague(month) && !p.habit(p.run[i].start) {
		v, next, ok = month, k+1, true
	}
	if ok && v == month && p.yearKnown() {
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
	if n, j, ok := p.dayNumberOf(i + 1); ok && !p.is(i, isBegins) {
		last, j := p.lastWeek(i, n, j)
		y, next := p.yearAfter(j)
		if y == 0 {
			y, next = p.published.Year, j
		}
		if y >= firstStandIn {
			return point{}, i, false
		}
		if next == j && last == n && (p.wordAfter(next) && !p.timeFollows(next) || p.is(next, isGenitive)) {
			return point{}, i, false // "week 10 of the season"
		}
		first := addDays(firstWeek(y), 7*(n-1))
		weeks := between(first, addDays(first, 7*(last-n)+6))
		weeks.closed = last > n && !p.sign(j-2, '-')
		return weeks, next, y > 0
	}
	j := p.skip(i+1, 4, isOf|isArticle|isDay|isBegins|isOn)
	if j == i+1 && !p.is(i, isBegins) || p.is(i-1, isNumber) && p.is(i, isMany) {
		return point{}, i, false
	}
	if n, next, ok := p.dayNumber(j); ok && !p.weekdaysUnknown() && !p.is(next, isTo|isUntil|isAnd|isOf|isMonth) && !p.counted(next) && !p.sign(next, '/') && p.run[j].digits > 0 {
		d := p.monthOfDay(point{day: n}, p.run[i].start, p.run[next-1].end)
		m := monday(d.date())
		return between(m, addDays(m, 6)), next, d.month > 0 // the week of the 18th
	}
	for _, form := range [...]form{(*parser).numeric, (*parser).dayFirst, (*parser).monthFirst} {
		d, next, ok := form(p, j)
		if !ok || d.day == 0 || d.month == 0 || !d.last.IsZero() || p.is(next, isTo|isUntil) || p.is(next, isAnd) && p.is(next+1, isNumber|isMonth) {
			continue
		}
		if d.year == 0 {
			d.year = p.guess(d, p.run[i].start, p.run[next-1].end)
		}
		m := monday(d.date())
		return between(m, addDays(m, 6)), next, d.year > 0 && !(p.adrift && d.year >= firstStandIn)
	}
	return point{}, i, false
}

// lastWeek reads the last of several weeks by their numbers, the first of which is
// n and ends before token j: "from week 31 to week 35", "entre las semanas 31 y 35".
func (p *parser) lastWeek(i, n, j int) (last, next int) {
	if !p.is(j, isTo|isUntil) && !(p.is(j, isAnd) && p.betweenBefore(i)) {
		return n, j
	}
	k := p.skip(j+1, 1, isArticle)
	if p.is(k, isUnit) && p.run[k].entry.unit == week {
		k++
	}
	m, after, ok := p.dayNumberOf(k)
	if !ok || m <= n || p.counted(after) || p.is(after, isMonth|isOf) && p.is(after+1, isMonth) {
		return n, j
	}
	return m, after
}

// timeFollows says that token i begins a time of day: "10:30", "8 p.m.".
func (p *parser) timeFollows(i int) bool {
	return p.is(i, isNumber) && p.run[i].digits <= 2 && p.clock(i+1)
}

// weekendOf reads "fin de semana del 14 de julio", "week-end de Pâques": the
// Saturday and Sunday that are nearest to the day.
func (p *parser) weekendOf(i int) (point, int, bool) {
	j := p.skip(i+1, 3, isOf|isArticle|isDay)
	if j == i+1 {
		return point{}, i, false
	}
	for _, form := range [...]form{(*parser).numeric, (*parser).dayFirst, (*parser).monthFirst, (*parser).holidayNamed} {
		d, next, ok := form(p, j)
		if !ok || d.day == 0 || d.month == 0 || !d.last.IsZero() || p.is(next, isTo|isUntil) || p.is(next, isAnd) && p.is(next+1, isNumber|isMonth) {
			continue
		}
		if d.year == 0 {
			d.year = p.guess(d, p.run[i].start, p.run[next-1].end)
		}
		if d.year == 0 || d.year >= firstStandIn {
			return point{}, i, false
		}
		on := d.date()
		saturday := addDays(monday(on), 5)
		if weekday(on) < 3 {
			saturday = addDays(saturday, -7)
		}
		return between(saturday, addDays(saturday, 1)), next, true
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
