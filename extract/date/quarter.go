package date

import "vocero/corpus"

// partOfYear reads quarters and halves: "primer trimestre de 2024", "2T 2021", "Q4".
func (p *parser) partOfYear(i int) (point, int, bool) {
	if d, next, ok := p.partListed(i); ok {
		return d, next, true
	}
	code, j, ok := p.partCode(i)
	if !ok {
		return p.yearThenPart(i)
	}
	d := point{code: code}
	k := j
	if p.sign(k, '-') || p.sign(k, '/') {
		k++
	}
	if d.year, j = p.yearAfter(k); d.year > 0 || j > k {
		return d, j, true
	}
	if p.is(k, isNumber) && p.run[k].digits == 2 && p.run[k-1].glued && p.run[k].glued {
		d.year = p.century(p.run[k].num) // 1T21
		return d, k + 1, true
	}
	final := p.is(i, isFinal)
	half := p.is(k-1, isHalf) || p.lex.capitals && p.run[k-1].entry != nil && p.run[k-1].entry.unit == half
	if !p.published.IsZero() && !final && !half {
		d.year, d.assumed = p.yearOfPart(d, p.run[i].start, p.run[k-1].end), true
	}
	return d, k, !final && !half
}

// partListed reads the ordinal of a part of the year that names what it is a part of
// once, with a later one: "segundo (y tercer trimestre de 2016)".
func (p *parser) partListed(i int) (point, int, bool) {
	n, j, ok := p.nth(i)
	if !ok || n < 1 || !p.is(j, isAnd|isTo|isOr) && !p.sign(j, ',') {
		return point{}, i, false
	}
	k := p.skip(j+1, 1, isArticle)
	m, _, ok := p.nth(k)
	if !ok || m <= n || m > 4 {
		return point{}, i, false
	}
	d, _, ok := p.partOfYear(k)
	d.code -= m - n
	return d, j, ok && d.code > 32
}

// twoMonthsOfYear reads "primer bimestre de 2024", "segundo bimestre".
func (p *parser) twoMonthsOfYear(i int) (point, int, bool) {
	n, j, ok := p.nth(i)
	if !ok || !p.is(j, isUnit) || p.run[j].entry.unit != twoMonths || n > 6 || n == 0 {
		return point{}, i, false
	}
	y, next := p.yearAfter(j + 1)
	switch {
	case n < 0 && y == 0:
		return point{}, i, false // the one before the publication's
	case n < 0:
		n = 6
	case y == 0 && p.yearKnown():
		y = p.yearOfPart(twoMonthsOf(p.published.Year, n), p.run[i].start, p.run[next-1].end)
	}
	if y == 0 || y >= firstStandIn {
		return point{anywhen: year}, next, true
	}
	return twoMonthsOf(y, n), next, true
}

// twoMonthsOf gives the nth two months of a year.
func twoMonthsOf(y, n int) point {
	return between(corpus.Date{Year: y, Month: 2*n - 1}, corpus.Date{Year: y, Month: 2 * n})
}

// yearOfPart gives the year of a quarter or half year that none is told with: of
// those that have begun the last one where the past is told, of those that have
// not ended the first one where the future is, else the nearest one.
func (p *parser) yearOfPart(d point, start, end int) int {
	own := p.published.Year
	if !p.yearKnown() || p.coarse == month {
		return own
	}
	t, _ := p.tense(start, end)
	if t == 0 && p.leadBound(start) == corpus.Max {
		t = future
	}
	best, distance := own, 1<<30
	for _, y := range [...]int{own, own - 1, own + 1} {
		d = d.inYear(y)
		gap := p.from(d)
		if t == past && gap > 0 || t == future && gap < 0 {
			continue
		}
		if t == 0 && y == own && gap < soonEnough {
			gap = min(max(gap, -1), 1) // untold, it is of this year
		}
		if gap = max(gap, -gap); gap < distance {
			best, distance = y, gap
		}
	}
	return best
}

// soonEnough is how many days off a part of this year that no verb goes with is
// still taken before the last one of that number.
const soonEnough = 170

// yearThenPart reads "2018Q4", "2016 primer trimestre", "2016 the third quarter".
func (p *parser) yearThenPart(i int) (point, int, bool) {
	y, j, ok := p.fullYear(i)
	if !ok {
		return point{}, i, false
	}
	if p.sign(j, '-') {
		j++
	}
	code, j, ok := p.partCode(p.skip(j, 2, isOf|isArticle))
	return point{year: y, code: code}, j, ok
}

// scaled says that a scale word follows token i: "Q3 millones" is a sum.
func (p *parser) scaled(i int) bool {
	_, _, ok := p.numbers.Scale(p.text, skipSpace(p.text, p.run[i].end))
	return ok
}

// partCode reads the EDTF code of a quarter, third or half.
func (p *parser) partCode(i int) (code, next int, ok bool) {
	if p.is(i, isQuarterSign|isHalfSign) && p.is(i+1, isNumber) && p.run[i+1].glued && !p.pointed(i+1) && !p.scaled(i+1) {
		return signCode(p.run[i], p.run[i+1].num, i+2)
	}
	if p.is(i, isNumber) && p.run[i].digits == 1 && p.is(i+1, isQuarterSign|isHalfSign) && p.run[i+1].glued && p.text[p.run[i+1].start] != 'h' { // 2h27 is a time
		return signCode(p.run[i+1], p.run[i].num, i+2)
	}
	n, j, ok := p.nth(i)
	if ok && p.sign(j, '-') && p.run[j].glued && p.is(j+1, isUnit|isHalf) && p.run[j+1].glued {
		j++ // second-quarter results
	}
	if !ok || !p.is(j, isUnit|isHalf) {
		return 0, i, false
	}
	base, most := 0, 0
	switch u := p.run[j].entry.unit; {
	case u == quarter:
		base, most = 33, 4
	case u == third:
		base, most = 37, 3
	case u == half || p.is(j, isHalf):
		base, most = 40, 2
	}
	if n < 0 {
		n = most
	}
	return base + n - 1, j + 1, n >= 1 && n <= most
}

// pointed says that a decimal follows: Q3.2 is a sum in quetzales.
func (p *parser) pointed(i int) bool {
	end := p.run[i].end
	return end < len(p.text) && (p.text[end] == '.' || p.text[end] == ',') && digit(p.text, end+1)
}

func signCode(t token, n, next int) (int, int, bool) {
	if t.class&isHalfSign != 0 && t.class&isQuarterSign == 0 {
		return 39 + n, next, n >= 1 && n <= 2
	}
	return 32 + n, next, n >= 1 && n <= 4
}

// seasonOfYear reads "verano de 2024", "this fall".
func (p *parser) seasonOfYear(i int) (point, int, bool) {
	j, shift, beside := i, 0, false
	if p.is(j, isShift) {
		shift, beside, j = p.run[j].entry.shift, true, j+1
	}
	if !p.is(j, isSeason) || p.accentless(j) {
		return point{}, i, false
	}
	d := point{code: p.run[j].entry.season}
	y, next := p.yearAfter(j + 1)
	if last, after, ok := p.yearPair(next, y); ok && last == y+1 {
		next = after // the winter of 2016-2017
	}
	switch {
	case y > 0 && !beside:
		d.year = y
	case !beside && p.is(j+1, isShift):
		shift, beside, next = p.run[j+1].entry.shift, true, j+2
	}
	if beside && !p.published.IsZero() {
		d.year = p.shiftedSeason(d.code, shift)
	}
	if !beside && d.year == 0 && p.bareSeason(j, next) {
		d.year, d.assumed = p.yearOfPart(d, p.run[i].start, p.wordEnd(j)), true
	}
	return d, next, beside || d.year > 0
}

// bareSeason says that a season is a date without more beside it: it has its
// article, ends its clause, and a verb tells whether it has been or is to come.
func (p *parser) bareSeason(j, next int) bool {
	end := p.wordEnd(j)
	if !p.yearKnown() || p.wordAfter(next) && end == p.run[j].end || p.is(next, isAnd|isOr) || p.run[j].capital && !p.lex.capitals {
		return false
	}
	if !p.seasonLed(j) {
		return false
	}
	t, _ := p.tense(p.run[j].start, end)
	return t == past || t == future || p.leadBound(p.run[j].start) == corpus.Max // d'ici à l'été
}

// seasonLed says that the words before the season at token j lead to a date: "à
// l'automne", "in the fall", "by summer", "para el verano".
func (p *parser) seasonLed(j int) bool {
	start := p.run[j].start
	if e, _ := p.leadBefore(start, start); e != nil {
		return true
	}
	switch {
	case p.is(j-1, isOf) && (p.article(j-1) || p.is(j-1, isArticle)):
		return !p.is(j-1, isGenitive)
	case p.lex.capitals:
		return false
	case p.is(j-1, isArticle):
		return p.lex.eves[p.wordBefore(p.run[j-1].start)] && !p.is(j-2, isGenitive)
	}
	return p.lex.theDay[p.wordBefore(start)] && p.is(j-1, isTo)
}

// wordEnd gives the end of token j without the full stop that an abbreviation takes in.
func (p *parser) wordEnd(j int) int {
	end := p.run[j].end
	if p.text[end-1] == '.' {
		end--
	}
	return end
}

// shiftedSeason gives the year of the season before, around or after the publication.
func (p *parser) shiftedSeason(code, shift int) int {
	y := p.published.Year
	from, to := seasonBounds(y, code, p.south)
	_, before := seasonBounds(y-1, code, p.south)
	switch {
	case shift == 0 && p.published.Compare(before) <= 0, shift < 0 && p.published.Compare(to) <= 0:
		return y - 1
	case shift > 0 && p.published.Compare(from) >= 0:
		return y + 1
	}
	return y
}
