package date

// fullYear reads a year in four digits or in words, or in two after an apostrophe.
func (p *parser) fullYear(i int) (y, next int, ok bool) {
	if p.sign(i, '\'') && p.is(i+1, isNumber) && p.run[i+1].digits == 2 && p.run[i+1].glued && p.run[i+1].class&isDecade == 0 {
		return p.century(p.run[i+1].num), i + 2, true
	}
	if !p.is(i, isNumber) {
		return 0, i, false
	}
	if y, next, ok := p.pairedYear(i); ok {
		return y, next, true
	}
	t := p.run[i]
	written := t.digits == 4 || t.digits == 0 && !t.ordinal && !t.roman && t.num > 1000
	ok = written && t.num >= 1000 && t.num < 2200 && !t.group && t.class&isDecade == 0
	return t.num, i + 1, ok
}

// pairedYear reads a year told in two halves: "nineteen seventy-two", "nineteen
// zero one".
func (p *parser) pairedYear(i int) (y, next int, ok bool) {
	a, j := p.run[i], i+1
	if !p.lex.paired || a.digits > 0 || a.ordinal || a.roman || a.num < 11 || a.num > 20 || !p.is(j, isNumber) {
		return 0, i, false
	}
	b := p.run[j]
	if b.num == 0 && p.is(j+1, isNumber) && p.run[j+1].num < 10 {
		j++
		b = p.run[j]
	} else if b.num < 10 || b.num > 99 {
		return 0, i, false
	}
	return a.num*100 + b.num, j + 1, b.digits == 0 && !b.ordinal && !b.roman
}

// fiscalYear reads "FY2024" and "FY24".
func (p *parser) fiscalYear(i int) (y, next int, ok bool) {
	switch {
	case !p.is(i, isYearSign) || !p.is(i+1, isNumber) && !p.sign(i+1, '\''):
		return 0, i, false
	case p.run[i+1].digits == 2 && p.run[i+1].glued:
		return p.century(p.run[i+1].num), i + 2, true
	}
	return p.fullYear(i + 1)
}

// century completes a year of two digits: no more than 20 years ahead of the publication.
func (p *parser) century(y int) int {
	limit := 2040
	if p.yearKnown() {
		limit = p.published.Year + 20
	}
	y += limit / 100 * 100
	if y > limit {
		y -= 100
	}
	return y
}

// yearAfter reads the year that follows a part of it: "de 2021", ", 2021",
// "del año 2021", "del año pasado", "of last year". Without one, next is i.
func (p *parser) yearAfter(i int) (y, next int) {
	j := p.comma(i)
	j = p.skip(j, 2, isOf|isArticle)
	if p.is(j, isUnit) && p.run[j].entry.unit == year {
		j = p.skip(j+1, 1, isOf)
	}
	if p.is(j, isFront) && j > i && p.is(j, isShift) && p.run[j].entry.shift == 0 {
		if y, next, ok := p.fullYear(j + 1); ok {
			return y, next // de este 2023
		}
	}
	if y, next, ok := p.fiscalYear(j); ok {
		return y, next // Q3 FY2024
	}
	if y, next, ok := p.fullYear(j); ok && !p.counted(next) {
		if _, after, pair := p.yearPair(next, y); pair && p.run[j].digits == 4 && p.run[next].glued && p.run[next+1].digits == 2 && !p.is(after, isMonth) {
			return 0, i // April-February 2023-24
		}
		return y, next
	}
	if p.is(j, isNumber) && p.run[j].digits == 2 && p.run[j].num > 31 && !p.run[j].ordinal && p.comma(i) == i && p.is(i-1, isMonth) && !p.wordAfter(j+1) {
		return p.century(p.run[j].num), j + 1 // julio 98, 2 de octubre de 92
	}
	j = p.skip(p.comma(i), 2, isOf|isArticle)
	if p.is(j, isThat) && p.is(j+1, isUnit) && p.run[j+1].entry.unit == year && p.yearTold > 0 {
		return p.yearTold, j + 2 // de ese mismo año
	}
	if u, shift, next, ok := p.shifted(j); ok && u == year {
		if p.published.IsZero() {
			return 0, next
		}
		return p.published.Year + shift, next
	}
	if j == i || p.published.IsZero() {
		return 0, i
	}
	if p.is(j, isUnit) && p.run[j].entry.unit == year && p.is(j-1, isOf) && !p.is(j+1, isNumber) {
		return p.published.Year, j + 1 // "del año", "of the year"
	}
	return 0, i
}
