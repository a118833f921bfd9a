package date

import "vocero/corpus"

// numeric reads dates in digits: 2021-05-17, 17/05/2021, 17.05.21, 31-dic-1994,
// 17/05, and pairs of years such as 2020/21.
func (p *parser) numeric(i int) (point, int, bool) {
	if !p.is(i, isNumber|isMonth) || p.is(i, isNumber) && p.run[i].digits == 0 && !p.run[i].roman || p.run[i].ordinal && !p.firstSlash(i) {
		return point{}, i, false
	}
	if d, next, ok := p.spaced(i); ok {
		return d, next, true
	}
	if d, next, ok := p.spacedSigns(i); ok {
		return d, next, true
	}
	var parts [3]int
	var c byte
	n, j := 0, i
	for n < 3 {
		v, ok := p.part(j, n)
		if !ok {
			break
		}
		parts[n], n, j = v, n+1, j+1
		if n == 3 || !p.separator(j, c, n) {
			break
		}
		c = p.run[j].sign
		j++
	}
	if n >= 2 && c == '/' && p.rangeFollows(j, n) {
		if n == 3 {
			return p.three(i, j, parts)
		}
		return p.pairOf(i, j, parts[0], parts[1])
	}
	if n >= 2 && c == '/' && p.rangeBefore(i) {
		if n == 3 {
			return p.three(i, j, parts)
		}
		return p.pairOf(i, j, parts[0], parts[1])
	}
	switch {
	case n == 3 && !p.chained(i, j):
		return p.three(i, j, parts)
	case n == 2 && !p.chained(i, j):
		if d, next, ok := p.two(i, j, parts[0], parts[1], c); ok {
			return d, next, true
		}
	}
	return p.monthAndYear(i)
}

// spaced reads the day, month and year of a form with spaces between them: "20 02
// 2014", and after an article "le 20 2 14".
func (p *parser) spaced(i int) (point, int, bool) {
	if !p.is(i+1, isNumber) || !p.is(i+2, isNumber) || p.is(i-1, isNumber) {
		return point{}, i, false
	}
	a, b, c := p.run[i], p.run[i+1], p.run[i+2]
	for n := i; n < i+3; n++ {
		if t := p.run[n]; t.digits == 0 || t.class&^isNumber != 0 || t.ordinal || t.end-t.start != int(t.digits) || n > i && t.start != p.run[n-1].end+1 {
			return point{}, i, false
		}
	}
	led := p.lex.theDay[p.wordBefore(a.start)]
	if a.digits > 2 || b.digits > 2 || a.digits+b.digits < 4 && !led || c.digits != 4 && !(c.digits == 2 && led) {
		return point{}, i, false
	}
	d := point{year: c.num, month: b.num, day: a.num}
	if p.monthDay && a.num <= 12 || b.num > 12 {
		d.month, d.day = a.num, b.num
	}
	if c.digits == 2 {
		d.year = p.century(c.num)
	}
	ok := d.year >= 1900 && d.year < 2100 && d.month >= 1 && d.month <= 12 && d.day >= 1 && valid(d)
	return d, i + 3, ok && !p.goesOn(i+3) && !p.is(i+3, isNumber) && !p.counted(i+3) && !p.labelled(a.start) && !p.groupedBefore(i)
}

// firstSlash says that the first of a month is written "1º/05".
func (p *parser) firstSlash(i int) bool {
	return p.run[i].num == 1 && p.run[i].digits == 1 && p.sign(i+1, '/') && p.run[i+1].glued
}

// spacedSigns reads "12 / 05 / 2021".
func (p *parser) spacedSigns(i int) (point, int, bool) {
	var parts [3]int
	for n := range parts {
		j := i + 2*n
		if !p.is(j, isNumber) || p.run[j].digits == 0 || n < 2 && (p.run[j].digits > 2 || !p.sign(j+1, '/') || p.run[j+1].glued || j+2 >= len(p.run) || p.run[j+2].glued) {
			return point{}, i, false
		}
		parts[n] = p.run[j].num
	}
	if p.run[i+4].digits != 4 {
		return point{}, i, false
	}
	return p.three(i, i+5, parts)
}

// monthAndYear reads "11 / 2016" and "2016 / 11", and "11-2016" after a
// preposition.
func (p *parser) monthAndYear(i int) (point, int, bool) {
	if !p.sign(i+1, '/') && !p.sign(i+1, '-') || !p.is(i, isNumber) || !p.is(i+2, isNumber) || p.chained(i, i+3) || p.labelled(p.run[i].start) {
		return point{}, i, false
	}
	a, b := p.run[i], p.run[i+2]
	if p.sign(i+1, '-') && !p.lex.strong[p.wordBefore(a.start)] {
		return point{}, i, false
	}
	if a.digits == 4 && b.digits == 2 {
		a, b = b, a
	}
	ok := a.digits >= 1 && a.digits <= 2 && b.digits == 4 && a.num >= 1 && a.num <= 12 && b.num >= 1900 && b.num < 2100
	return point{year: b.num, month: a.num}, i + 3, ok && !a.group && !b.group && !p.counted(i+3)
}

// rangeFollows says that a hyphen and a date in slashes with at least as many
// parts follow: 28/2-1/3, 10/1-11/2/2017.
func (p *parser) rangeFollows(j, n int) bool {
	if !p.sign(j, '-') {
		return false
	}
	k, parts := j+1, 0
	for parts < 3 && p.is(k, isNumber) && p.run[k].digits > 0 {
		parts++
		if k++; !p.separator(k, '/', 1) {
			break
		}
		k++
	}
	return parts >= n && !p.goesOn(k)
}

// rangeBefore says the same of the date that a hyphen before token i ends.
func (p *parser) rangeBefore(i int) bool {
	return p.sign(i-1, '-') && p.is(i-2, isNumber) && p.sign(i-3, '/') && p.is(i-4, isNumber) && p.rangeFollows(i-1, 2)
}

// pairOf settles the order of the day and month of 28/2.
func (p *parser) pairOf(i, j, a, b int) (point, int, bool) {
	d := point{day: a, month: b}
	if b > 12 || p.monthDay && a <= 12 {
		d = point{day: b, month: a}
	}
	return d, j, p.run[i].digits <= 2 && d.month >= 1 && d.month <= 12 && d.day >= 1 && valid(d)
}

// part reads a number, or a month in letters or Roman figures after the first.
func (p *parser) part(j, n int) (int, bool) {
	switch {
	case p.is(j, isMonth) && n == 1:
		return p.run[j].entry.month, true
	case p.is(j, isNumber) && p.run[j].roman && n == 1:
		return p.run[j].num, p.run[j].num <= 12
	case p.is(j, isNumber) && p.run[j].digits > 0 && p.run[j].class&isDecade == 0:
		return p.run[j].num, true
	}
	return 0, false
}

// separator says whether token j divides the parts: the same sign as before,
// with something close on both sides.
func (p *parser) separator(j int, c byte, n int) bool {
	if !p.sign(j, '/') && !p.sign(j, '-') && !p.sign(j, '.') || c != 0 && p.run[j].sign != c {
		return false
	}
	return p.run[j].glued && j+1 < len(p.run) && p.run[j+1].glued
}

// chained says whether the digits go on before or after, as in 1.1.1.1 or a telephone's.
func (p *parser) chained(i, j int) bool {
	if start := p.run[i].start; start > 1 && p.run[i].glued && tie(p.text[start-1]) && digit(p.text, start-2) {
		return true
	}
	return p.goesOn(j)
}

// goesOn says whether a sign and more digits follow the token before j.
func (p *parser) goesOn(j int) bool {
	end := p.run[j-1].end
	if end+1 >= len(p.text) {
		return false
	}
	c, size := sign(p.text, end)
	return (tie(c) || c == ':') && digit(p.text, end+size)
}

func tie(c byte) bool { return c == '-' || c == '/' || c == '.' }

// three settles the order of day, month and year by digits, sanity and custom.
func (p *parser) three(i, j int, v [3]int) (point, int, bool) {
	var d point
	switch {
	case p.run[i].digits == 4:
		d = point{year: v[0], month: v[1], day: v[2]}
	case p.is(i+2, isMonth) || p.run[i+2].roman:
		d = point{year: v[2], month: v[1], day: v[0]}
	case v[1] > 12 || p.monthDay && v[0] <= 12 && !p.sign(i+1, '.'):
		d = point{year: v[2], month: v[0], day: v[1]}
	default:
		d = point{year: v[2], month: v[1], day: v[0]}
	}
	last := p.run[i+4]
	if p.run[i].digits != 4 && last.digits == 2 {
		if p.sign(i+1, '.') && v[0] < 10 && p.run[i].digits == 1 && !p.lex.theDay[p.wordBefore(p.run[i].start)] {
			return d, i, false // 1.2.03: a version
		}
		d.year = p.century(v[2])
	} else if p.run[i].digits != 4 && last.digits != 4 {
		return d, i, false
	}
	ok := d.year >= 1000 && d.year < 2200 && d.month >= 1 && d.month <= 12 && d.day >= 1 && valid(d)
	return d, j, ok
}

// two reads 2021-05, 05/2021, and 17/05 where something says that it is a date.
func (p *parser) two(i, j, a, b int, c byte) (point, int, bool) {
	first, second := p.run[i], p.run[j-1]
	switch {
	case first.class&isMonth != 0:
		return point{}, i, false
	case p.is(j-1, isMonth) && first.digits <= 2:
		d := point{month: b, day: a}
		d.year, j = p.yearAfter(j)
		return d, j, a >= 1 && valid(d)
	case first.digits == 4 && (second.digits == 2 || second.digits == 1 && c == '/') && b >= 1 && b <= 12 && c != '.' && !(c == '/' && b == a%100+1) && b != a%100+1:
		return point{year: a, month: b}, j, a >= 1900 && a < 2100 && !p.labelled(first.start)
	case second.digits == 4 && first.digits <= 2 && a >= 1 && a <= 12 && c == '/':
		return point{year: b, month: a}, j, b >= 1900 && b < 2100 && !p.labelled(first.start)
	case c == '/' && first.digits <= 2 && second.digits <= 2:
		if y, next, ok := p.fullYear(p.comma(j)); ok && p.run[next-1].digits == 4 && p.yearEnds(next) {
			d, _, ok := p.pairOf(i, j, a, b)
			d.year = y
			return d, next, ok // 11/12, 2016
		}
		return p.dayAndMonth(i, j, a, b)
	}
	return point{}, i, false
}

// yearEnds says that nothing that it could count follows the year before token i.
func (p *parser) yearEnds(i int) bool {
	return !p.wordAfter(i) && !p.counted(i) && !p.goesOn(i)
}

// dayAndMonth reads 17/05, which has to follow an article or a word such as "until".
func (p *parser) dayAndMonth(i, j, a, b int) (point, int, bool) {
	if e, _ := p.lex.longest(p.text, p.run[i].start); e != nil && e.class == 0 {
		return point{}, i, false // 24/7
	}
	if p.counted(j) || p.is(j, isTo) && p.is(j+1, isNumber) && p.sign(j+2, '/') && p.is(j+3, isNumber) && p.counted(j+4) {
		return point{}, i, false // from 1/2 to 3/4 percent
	}
	d := point{day: a, month: b}
	if b > 12 || p.monthDay && a <= 12 {
		d = point{day: b, month: a}
	}
	if d.month > 12 || d.month < 1 || d.day < 1 || !valid(d) {
		return d, i, false
	}
	start := p.run[i].start
	before := p.is(i-1, isWeekday|isDay|isShift|isTo|isUntil|isSince) || p.sign(i-1, '(') || p.is(i-1, isArticle) && p.run[i-1].num != 1
	listed := p.sign(i-1, ',') && p.is(i-2, isNumber) || p.is(i-1, isAnd|isOr)
	strong := p.lex.strong[p.wordBefore(start)] && (p.run[j-1].digits == 2 || a > 12)
	written := p.run[i].digits == 2 && p.run[j-1].digits == 2 && max(a, b) > 12 && !p.labelled(start) && !p.counted(j)
	return d, j, before || listed && p.run[j-1].digits == 2 || strong || written || a > 12 && start == 0
}

// yearAlone reads a year that stands by itself.
func (p *parser) yearAlone(i int) (point, int, bool) {
	j := i
	if p.is(j, isYearSign) || p.is(j, isUnit) && p.run[j].entry.unit == year && !p.is(j, isApart) {
		j = p.skip(j+1, 1, isOf)
	}
	if y, next, ok := p.fiscalYear(i); ok {
		if last, after, pair := p.yearPair(next, y); pair && p.run[j].digits == 4 {
			return point{year: y, last: corpus.Date{Year: last}}, after, true // FY2023-24
		}
		return point{year: y}, next, true
	}
	if d, next, ok := p.years(j); ok && j > i {
		return d, next, true // l'année 2019-2020
	}
	y, next, ok := p.fullYear(j)
	if !ok || p.run[next-1].digits == 0 && j == i && !p.yearBefore(i) && !(p.lex.strong[p.wordBefore(p.run[i].start)] && p.run[i].num > 10 && !p.counted(next) && !p.wordAfter(next)) {
		return point{}, i, false
	}
	if p.is(next, isMonth) && p.is(next-1, isNumber) && !p.run[next].glued && p.run[next].class&isWeak == 0 && !p.is(next+1, isNumber) &&
		(p.run[next].capital || p.run[next].class&isCapital == 0) && (p.lex.capitals || j == i && !p.wordAfter(next+1)) {
		return point{year: y, month: p.run[next].entry.month}, next + 1, true // 2017 April
	}
	return point{year: y}, next, j > i || p.yearBefore(i) && !p.joined(j) || p.isYear(j, y)
}

// isYear says whether the four digits of token i, all by themselves, are a year.
func (p *parser) isYear(i, y int) bool {
	t := p.run[i]
	if t.class&isSign != 0 {
		return true
	}
	if p.counted(i+1) || p.countedRange(i) || p.joined(i) || p.groupedBefore(i) || p.labelled(t.start) || p.inName(i) || p.inAddress(i) {
		return false
	}
	word := p.wordBefore(t.start)
	strong := p.lex.strong[word]
	if y < 1800 || y > 2060 {
		return strong && y >= 1400 && y%100 != 0 && y <= 2100
	}
	if y%100 == 0 && y != 1900 && y != 2000 {
		return strong
	}
	return true
}

// countedRange says that token i is the first of two numbers of things, or a
// quantity that a comparison leads to: "entre 2010 y 2020 personas", "de 1999 a
// 2.500 euros", "más de 2000".
func (p *parser) countedRange(i int) bool {
	if p.is(i-1, isMore) {
		return true
	}
	joins := p.is(i+1, isTo) || p.is(i+1, isAnd) && p.is(i-1, isBetween)
	return joins && p.is(i+2, isNumber) && p.run[i+2].num > p.run[i].num && p.counted(i+3)
}

// groupedBefore says that nothing but a space is between the digits of token i
// and others that are no year: +27 21 300 2055.
func (p *parser) groupedBefore(i int) bool {
	start := p.run[i].start
	if start < 3 || p.text[start-1] != ' ' || !digit(p.text, start-2) {
		return false
	}
	n := start - 2
	for digit(p.text, n) {
		n--
	}
	return start-2-n != 4
}

// yearBefore says that "años" or "ejercicio fiscal de" stands before token i.
func (p *parser) yearBefore(i int) bool {
	if p.is(i-1, isOf) {
		i--
	}
	return p.is(i-1, isUnit) && p.run[i-1].entry.unit == year
}

// joined says whether the digits of token i are tied to others by a sign:
// 2019-44, 0212-2019, 2021:5; but mid-2008 is a year.
func (p *parser) joined(i int) bool {
	t := p.run[i]
	if t.start > 1 {
		c := p.text[t.start-1]
		switch before := p.text[t.start-2]; {
		case (tie(c) || c == ',') && digit(p.text, t.start-2):
			return true
		case (c == '-' || c == '/') && spaceSize(p.text, t.start-2) == 0 && before != '.' && before != ')':
			return !p.lex.strong[p.wordBefore(t.start-1)]
		}
	}
	return p.goesOn(i+1) && p.text[t.end] != '.'
}

// yearPair reads the second year of 2019-2023, 2020/21, after the first.
func (p *parser) yearPair(j, first int) (y, next int, ok bool) {
	if !p.sign(j, '-') && !p.sign(j, '/') || !p.is(j+1, isNumber) {
		return 0, j, false
	}
	t := p.run[j+1]
	y = t.num
	if t.digits == 2 && p.run[j].glued && t.glued {
		y += first / 100 * 100
		if y != first+1 && (p.sign(j, '/') || y <= first || y > first+15) {
			return 0, j, false
		}
	} else if t.digits != 4 {
		return 0, j, false
	}
	ok = y > first && y < 2200 && y-first < 500 && !p.goesOn(j+2) && !p.counted(j+2) && t.class&isDecade == 0
	return y, j + 2, ok
}
