package date

import "vocero/corpus"

// decadeOrCentury reads "años 90", "década de 1990", "1990s", "los noventa", "siglo XXI".
func (p *parser) decadeOrCentury(i int) (point, int, bool) {
	if d, next, ok := p.partOfCentury(i); ok {
		return d, next, true
	}
	if d, next, ok := p.pastCentury(i); ok {
		return d, next, true
	}
	if p.sign(i, '\'') && p.is(i+1, isDecade) && p.run[i+1].digits == 2 && p.run[i+1].glued {
		return p.decadeOf(p.run[i+1].num, i+2) // the '40s
	}
	if p.is(i, isNumber) && p.run[i].class&isDecade != 0 && p.run[i].digits > 0 {
		if p.run[i].digits == 2 && p.someones(i) {
			return point{}, i, false // in their late 30s
		}
		if n := p.run[i].num; n%100 == 0 && n >= 1000 && n < 1900 {
			return point{year: n, digits: 2}, i + 1, true // the 1800s
		}
		return p.decadeOf(p.run[i].num, i+1)
	}
	if p.lex.paired && p.is(i, isNumber) && p.run[i].digits == 0 && p.run[i].num > 14 && p.run[i].num < 21 && p.is(i+1, isDecade) && p.run[i+1].entry.decade < 100 {
		return p.decadeOf(p.run[i].num*100+p.run[i+1].entry.decade, i+2) // nineteen seventies
	}
	if t := p.run[i]; p.is(i, isNumber) && t.digits == 4 && t.num%10 == 0 && t.num >= 1910 && t.num < 2050 && p.plural(i-1) && p.clauseEnds(i+1) {
		return p.decadeOf(t.num, i+1) // a comienzos de los 2000
	}
	if p.is(i, isDecade) && p.is(i-1, isArticle|isOf) && !p.sign(i+1, '(') && (p.lex.capitals && p.is(i-1, isArticle) || !p.wordAfter(i+1) && (p.is(i-2, isOf|isUnit|isPhase) || p.is(i-1, isOf) && (p.article(i-1) || p.lex.capitals))) {
		return p.decadeOf(p.run[i].entry.decade, i+1)
	}
	if p.is(i, isNumber) && p.run[i].digits == 2 && p.run[i].num >= 20 && p.is(i-1, isArticle) && p.is(i-2, isPhase) && !p.lex.capitals && p.clauseEnds(i+1) {
		return p.decadeOf(p.run[i].num, i+1) // a finales de los 90
	}
	if d, next, ok := p.centuryNumbered(i); ok {
		return d, next, true
	}
	return p.decadeOfUnit(i)
}

// centuryNumbered reads "the 20th century", "XVIe et XVIIe siècles".
func (p *parser) centuryNumbered(i int) (point, int, bool) {
	if p.is(i, isNumber) && (p.run[i].ordinal || p.run[i].roman) && p.is(i+1, isUnit) && p.run[i+1].entry.unit == century {
		return point{year: (p.run[i].num - 1) * 100, digits: 2}, i + 2, p.run[i].num >= 10 && p.run[i].num <= 22 // "its second century" is a company's
	}
	if k := p.skip(i+2, 2, isArticle|isOf); p.is(i, isNumber) && (p.is(i+1, isAnd|isTo) || p.sign(i+1, ',')) && p.sameForm(i, k) && p.isCentury(k+1) {
		return point{year: (p.run[i].num - 1) * 100, digits: 2}, i + 1, p.run[i].num >= 10 && p.run[i].num < p.run[k].num && p.run[k].num <= 22 // XVIe et XVIIe siècles
	}
	return point{}, i, false
}

// decadeOfUnit reads what begins with its unit: "años 90", "década de 1990", "siglo XXI".
func (p *parser) decadeOfUnit(i int) (point, int, bool) {
	if !p.is(i, isUnit) {
		return point{}, i, false
	}
	u := p.run[i].entry.unit
	if u == century && p.run[i].capital && !p.upper(i) && !p.lex.capitals && p.partOfName(i) {
		return point{}, i, false // "Unidad Educativa Siglo XXI"
	}
	j := p.skip(i+1, 3, isOf|isArticle)
	if p.is(j, isUnit) && p.run[j].entry.unit == year {
		j = p.skip(j+1, 1, isOf)
	}
	if !p.is(j, isNumber|isDecade) || p.sign(j+1, '-') || p.sign(j+1, '/') {
		return point{}, i, false
	}
	t := p.run[j]
	switch {
	case u == century && (t.roman || t.digits > 0 || !t.ordinal && t.num >= 10 && j == i+1 && !p.lex.capitals) && t.num >= 1 && t.num <= 22:
		return point{year: (t.num - 1) * 100, digits: 2}, j + 1, true
	case u == year && !p.is(i, isMany) && t.digits == 2 && t.num > 31 && j == i+1 && !p.wordAfter(j+1):
		return point{year: p.century(t.num)}, j + 1, true // el año 96
	case u == decade, u == year && t.num < 100 && p.is(i, isMany):
		n := t.num
		if t.class&isNumber == 0 {
			n = t.entry.decade
		}
		return p.decadeOf(n, j+1)
	case u == year && j == i+1 && t.num%10 == 0 && p.is(i, isMany) && (!p.is(j+1, isAnd|isTo|isUntil) || p.tens(j, j+2) && !p.betweenBefore(i)) && !(p.sign(j+1, ',') && p.is(j+2, isNumber)):
		return p.decadeOf(t.num, j+1)
	}
	return point{}, i, false
}

// nextOfKind reads the decade or century that goes on a list of them: "siglos XVI y
// XVII", "del siglo XV al XVIII", "los años 80 y 90".
func (p *parser) nextOfKind(i int, before []item) (point, int, bool) {
	if len(before) == 0 || !p.is(i, isNumber|isDecade) || p.isCentury(i+1) || before[len(before)-1].digits == 0 {
		return point{}, i, false
	}
	last, t := before[len(before)-1], p.run[i]
	switch {
	case last.digits == 2 && t.roman && t.num <= 22 && last.year < (t.num-1)*100:
		return point{year: (t.num - 1) * 100, digits: 2}, i + 1, true
	case last.digits == 2 || !p.is(before[0].at, isMany) || p.counted(i+1):
		return point{}, i, false
	case t.class&isNumber == 0:
		return p.decadeOf(t.entry.decade, i+1)
	case t.digits == 2 || t.digits == 4 || t.class&isDecade != 0:
		return p.decadeOf(t.num, i+1)
	}
	return point{}, i, false
}

// someones says that one of the two words before the decade at token i, or before
// those that it is listed with, says whose it is: "her mid-30s and 40s".
func (p *parser) someones(i int) bool {
	for n := 0; n < maxItems && (p.is(i-1, isAnd|isOr|isTo) || p.sign(i-1, ',')) && p.is(i-2, isDecade); n++ {
		i -= 2
	}
	pos := p.run[i].start
	for range 2 {
		if p.lex.owners[p.wordBefore(pos)] {
			return true
		}
		if pos = p.wordStart(pos); pos < 0 {
			break
		}
	}
	return false
}

// pastCentury reads "el siglo pasado", "le siècle dernier". "El último siglo" is the
// last hundred years, as "the past century" is, and "los años 60 del siglo pasado"
// are the decade alone.
func (p *parser) pastCentury(i int) (point, int, bool) {
	j := i + 1
	if p.is(i, isShift) && p.isCentury(j) && !p.is(i, isFinal) && !p.lex.capitals {
		j = i
	} else if !p.isCentury(i) {
		return point{}, i, false
	}
	if !p.is(j, isShift) || p.is(j, isTold|isFront) || p.run[j].entry.shift >= 0 || !p.yearKnown() || p.is(i-1, isOf) && p.is(i-2, isNumber|isDecade) {
		return point{}, i, false
	}
	return point{year: (p.published.Year/100 - 1) * 100, digits: 2}, i + 2, true
}

func (p *parser) decadeOf(n, next int) (point, int, bool) {
	if n < 100 {
		n += 1900
	}
	return point{year: n, digits: 3}, next, n%10 == 0 && n >= 1500 && n < 2100 && !(n < 1920 && n >= 1900 && p.run[next-1].digits == 2)
}

// partOfCentury reads "primera década del siglo XXI", "second half of the 20th century".
func (p *parser) partOfCentury(i int) (point, int, bool) {
	n, j, ok := p.nth(i)
	if !ok || !p.is(j, isUnit|isHalf) {
		return point{}, i, false
	}
	most, size := 2, 50
	switch u := p.run[j].entry.unit; {
	case u == decade:
		most, size = 10, 10
	case u != half && !p.is(j, isHalf):
		return point{}, i, false
	}
	k := p.skip(j+1, 3, isOf|isArticle)
	if k == j+1 || !p.isCentury(k) && !(p.is(k, isNumber|isShift) && p.isCentury(k+1)) {
		return point{}, i, false
	}
	c, next, ok := p.decadeOrCentury(k)
	if n < 0 {
		n = most
	}
	if !ok || c.digits != 2 || n < 1 || n > most {
		return point{}, i, false
	}
	first := c.year + size*(n-1)
	if size == 10 {
		return point{year: first, digits: 3}, next, true
	}
	return between(corpus.Date{Year: first}, corpus.Date{Year: first + size - 1}), next, true
}

// plural says that token i is "of" with an article of several: "de los", "des".
func (p *parser) plural(i int) bool {
	return (p.is(i, isOf) || p.is(i, isArticle) && p.is(i-1, isOf|isPhase)) && p.text[p.run[i].end-1] == 's'
}

// tens says that "y" joins two years of the last century that end in zero: "los
// años 1980 y 1990". English puts an s to decades.
func (p *parser) tens(i, j int) bool {
	return !p.lex.capitals && p.run[i].num < 2000 && p.is(i+1, isAnd) && p.is(j, isNumber) && p.run[j].digits == 4 && p.run[j].num%10 == 0 && p.run[j].num == p.run[i].num+10
}

// sameForm says that both numbers are ordinals or both are Roman.
func (p *parser) sameForm(i, j int) bool {
	return p.is(j, isNumber) && (p.run[i].ordinal && p.run[j].ordinal || p.run[i].roman && p.run[j].roman)
}

func (p *parser) isCentury(i int) bool { return p.is(i, isUnit) && p.run[i].entry.unit == century }
