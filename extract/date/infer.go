package date

import (
	"vocero/corpus"
)

// reach is how far from a date its tense is looked for, in bytes.
const reach = 110

// guess gives the year of a day or month as a press reader would: the nearest
// one to the publication, unless "pasado", "próximo" or the tense around it say
// otherwise. It returns 0 where nothing is known.
func (p *parser) guess(d point, start, end int) int {
	if y := p.toldYear(d, start, end); y > 0 || p.published.IsZero() {
		return y
	}
	base := p.published.Year
	if p.coarse == month {
		return base
	}
	best := p.nearestYear(d)
	if d.month == 2 && d.day == 29 {
		return best
	}
	n := p.from(d.inYear(best))
	t, close := p.tenseOfDay(start, end)
	switch own := p.from(d.inYear(base)); {
	case t == 0 && own > -habitual && own < habitual:
		return base
	case (close && t == past || p.happened(start, end)) && n > 0, n > soon && p.governed(start):
		return best - 1
	case close && t == future && n < 0:
		return best + 1
	case t == future && n < -20 && d.day > 0 && best == base-1 && p.leadBound(start) == corpus.Max:
		return base // "through Dec. 31" in March
	case t == past && n > patience(d), t == 0 && n > 30 && p.leadBound(start) == corpus.Min && d.day == 0: // desde enero
		return best - 1
	case t == future && n < -patience(d):
		return best + 1
	}
	return best
}

// toldYear gives the year that the text has told for d, if not beside it; 0 without.
func (p *parser) toldYear(d point, start, end int) int {
	if y := p.nextTold(d, start, end); y > 0 {
		return y
	}
	if y := p.actYear(d, start); y > 0 {
		return y
	}
	if !p.adjective(end) { // "el 8 de mayo pasado"
		if y := p.toldInFull(d, start); y > 0 {
			return y
		}
		if y := p.toldBefore(d, start); y > 0 {
			return y
		}
		if y := p.goesOnFrom(d, start); y > 0 {
			return y
		}
	}
	if p.yearKnown() {
		return 0
	}
	return p.besideTold(d)
}

// nextTold gives the year of "el 1 de enero siguiente": the first one after the date
// told just before.
func (p *parser) nextTold(d point, start, end int) int {
	e, _ := p.lex.longest(p.text, skipSpace(p.text, end))
	n := len(p.found)
	if e == nil || e.class&isShift == 0 || e.class&isTold == 0 || e.shift <= 0 || n == 0 || start-p.found[n-1].Span.End > maxComparison || d.month == 0 || !d.last.IsZero() {
		return 0
	}
	last := p.last[1]
	if last.IsZero() || last.Year >= firstStandIn {
		return 0
	}
	if d.inYear(last.Year).date().Compare(last) > 0 {
		return last.Year
	}
	return last.Year + 1
}

// nearestYear gives the year that puts d nearest to the publication.
func (p *parser) nearestYear(d point) int {
	best, distance, reach := 0, 1<<30, 1
	if d.month == 2 && d.day == 29 {
		reach = 4
	}
	for y := p.published.Year - reach; y <= p.published.Year+reach; y++ {
		if d = d.inYear(y); !valid(d) {
			continue
		}
		n := p.from(d)
		if n = max(n, -n); n < distance {
			best, distance = y, n
		}
	}
	return best
}

// tenseOfDay gives the time that is spoken of around a day or month without its
// year, and whether a word right beside it tells it.
func (p *parser) tenseOfDay(start, end int) (t tense, close bool) {
	if start > 0 && p.text[start-1] == '(' && end < len(p.text) && p.text[end] == ')' {
		return 0, false
	}
	t, close = p.tense(start, end)
	switch led := p.leadTense(start); {
	case led == past:
		return past, true
	case t == 0:
		t = led
	}
	if t != future && !close && p.leadBound(start) == corpus.Max {
		if _, words := p.tenseBefore(start); t == 0 || words > 3 {
			t = future // "runs through November 30", whatever was done before
		}
	}
	return t, close
}

// actYear gives the year in the number of the act that a day without a year is of:
// "Ley 3/2018, de 5 de diciembre", "Decreto 044-2020-PCM del 15 de marzo".
func (p *parser) actYear(d point, start int) int {
	if d.day == 0 || !d.last.IsZero() {
		return 0
	}
	at := skipBack(p.text, start, " ")
	from := at
	for from > 0 && at-from < 4 && p.letter(from-1) {
		from--
	}
	if e, end := p.lex.longest(p.text, from); e == nil || e.class&isOf == 0 || end != at {
		return 0
	}
	at = skipBack(p.text, from, " ,")
	for n := 0; at > 0 && n < 8 && p.text[at-1] >= 'A' && p.text[at-1] <= 'Z'; n++ {
		at--
	}
	if at > 0 && at < len(p.text) && p.text[at-1] == '-' {
		at--
	}
	if at < 6 || p.text[at-5] != '/' && p.text[at-5] != '-' || !digit(p.text, at-6) || digit(p.text, at) {
		return 0
	}
	y := 0
	for i := at - 4; i < at; i++ {
		if !digit(p.text, i) {
			return 0
		}
		y = 10*y + int(p.text[i]-'0')
	}
	if d = d.inYear(y); y < 1900 || y > 2100 || !valid(d) || p.yearKnown() && p.from(d) > habitual {
		return 0
	}
	return y
}

// besideTold gives the year that puts a day within weeks of the last one told in
// full; where the day of publication is not known, that is the best guess.
func (p *parser) besideTold(d point) int {
	const most = 45 // days
	if d.day == 0 || d.month == 0 || p.anchor.day == 0 || p.anchor.year >= firstStandIn {
		return 0
	}
	on := d.inYear(p.anchor.year).date()
	gap := days(p.anchor.date(), on)
	if gap < -most || gap > most || d.weekday > 0 && weekday(on) != d.weekday {
		return 0
	}
	return p.anchor.year
}

// inYear moves d to the year; a span of days that a holiday has keeps its days.
func (d point) inYear(y int) point {
	if d.last.Year > 0 {
		d.last.Year += y - d.year
	}
	d.year = y
	return d
}

// habitual is how many days a date that no verb goes with may be off and still
// be of the publication's own year.
const habitual = 270

// patience is from how many days on the tense outweighs nearness: a past verb
// may well stand beside a day that is to come soon.
func patience(d point) int {
	if d.day == 0 {
		return 45
	}
	return 75
}

// soon is up to how many days ahead a date may be that a verb of the past leads to:
// a page may tell the day of its release wrong.
const soon = 20

// governed says that a verb of the past is right before the words that lead to a
// day or month: "se firmó el 24 de noviembre", "was arrested on November 24".
func (p *parser) governed(start int) bool {
	t, words := p.tenseBefore(start)
	return t == past && words == 1
}

// from counts the days from the publication to d; 0 when d covers it.
func (p *parser) from(d point) int {
	from, to := d.bounds(p.south)
	switch {
	case p.published.Compare(from) < 0:
		return days(p.published, from)
	case p.published.Compare(to) > 0:
		return days(p.published, to)
	}
	return 0
}

// maxNarrative is how far a date's year carries on to the next one, in bytes;
// maxComparison is how far "the year before" may be from the year it is before.
const (
	maxNarrative  = 160
	maxComparison = 400
)

// justTold says that the date found last is just before start, in its sentence.
func (p *parser) justTold(start int) bool {
	n := len(p.found)
	if n == 0 {
		return false
	}
	from := p.found[n-1].Span.End
	if start < from || start-from > maxNarrative {
		return false
	}
	for ; from < start; from++ {
		if p.stops(from) {
			return false
		}
	}
	return true
}

// toldInFull gives the year that the same day was told with before, if that is
// not one of the past that the day is an anniversary of.
func (p *parser) toldInFull(d point, start int) int {
	if d.day == 0 || d.month == 0 || !d.last.IsZero() || !p.yearKnown() {
		return 0
	}
	y := int(p.inFull[d.month*32+d.day])
	if y < p.published.Year-1 && (y == 0 || p.anniversary(d)) || y > p.published.Year+2 || d.weekday > 0 && weekday(d.inYear(y).date()) != d.weekday {
		return 0
	}
	if t, close := p.tense(start, start); close && t != 0 {
		return 0 // "el próximo 4 de marzo"
	}
	return y
}

// anniversary says that a day comes round about the time of publication, so that one
// of a year long gone may be told again of this year: "este 11 de septiembre".
func (p *parser) anniversary(d point) bool {
	n := p.from(d.inYear(p.nearestYear(d)))
	return n > -60 && n < 60
}

// goesOnFrom gives the year of the date just before in the sentence, which a
// later month goes on with: "en mayo cuatro millones, en julio seis".
func (p *parser) goesOnFrom(d point, start int) int {
	a := p.previous
	if a.month == 0 || d.month == 0 || d.weekday > 0 || d.month < a.month || !p.yearKnown() || a.year < p.published.Year-1 || !p.justTold(start) {
		return 0
	}
	gap := p.from(d.inYear(a.year))
	switch t, close := p.tense(start, start); {
	case close && t != 0, t == past && gap > 0, t == future && gap < 0, t == 0 && (gap > habitual-70 || gap < 70-habitual):
		return 0
	}
	return a.year
}

// toldBefore gives the year of the date just before in the same story: "en junio de
// 2014 … y en agosto".
func (p *parser) toldBefore(d point, start int) int {
	a := p.anchor
	if a.year == 0 || a.month == 0 || d.month == 0 || d.weekday > 0 || start-p.anchorEnd > maxNarrative || start < p.anchorEnd || d.month < a.month {
		return 0
	}
	for i := p.anchorEnd; i < start; i++ {
		if p.text[i] == '\n' || p.yearKnown() && p.stops(i) {
			return 0
		}
	}
	if a.year >= p.published.Year && !p.published.IsZero() {
		return 0
	}
	if t, close := p.tense(start, start); close && t != 0 || t == future && p.yearKnown() {
		return 0
	}
	return a.year
}

// nearestWeekday gives the day that a bare weekday names.
func (p *parser) nearestWeekday(d point, start, end int) corpus.Date {
	today := weekday(p.published)
	back := (today - d.weekday + 7) % 7 // days since the last one
	ahead := (d.weekday - today + 7) % 7
	t, _ := p.tense(start, end)
	if t == 0 {
		if t = p.leadTense(start); p.untilBefore(start) {
			t = future // "from now until Friday"
		}
	}
	switch {
	case d.ofWeek && !(d.shift < 0 && today >= 6):
		return addDays(monday(p.published), 7*d.shift+d.weekday-1)
	case d.shifted && d.shift < 0:
		if back == 0 {
			back = 7
		}
		return addDays(p.published, -back)
	case d.shifted && d.shift > 0:
		if ahead == 0 {
			ahead = 7
		}
		return addDays(p.published, ahead)
	case d.shifted && ahead <= 3, d.shifted && back > 1 && (t == future || t == 0 && d.weekday > today && (p.lex.capitals || d.weekday < 6)):
		return addDays(p.published, ahead)
	case d.shifted, t == past, back <= 3 && t == 0:
		return addDays(p.published, -back)
	}
	return addDays(p.published, ahead)
}

// dayToldAfter gives the month of the day told just before in the sentence to a
// later day that has none: "firmado el 3 de febrero de 2024 y publicado el 5".
func (p *parser) dayToldAfter(d point, start int) (point, bool) {
	a := p.previous
	if !d.alone || d.shift != 0 || d.weekday > 0 || a.day == 0 || a.day >= d.day || a.year >= firstStandIn || !p.justTold(start) {
		return d, false
	}
	d.year, d.month = a.year, a.month
	return d, valid(d)
}

// untilBefore says that the words in front of a date make it a limit.
func (p *parser) untilBefore(start int) bool {
	b := p.leadBound(start)
	return b == corpus.Max || b == corpus.Under
}

// nearMonth moves a day of the month of the publication, of which no day is
// known, to the month before or after where only there it has its weekday.
func (p *parser) nearMonth(own, d point) point {
	for _, n := range [...]int{0, -1, 1} {
		m := addMonths(p.published, n)
		c := point{year: m.Year, month: m.Month, day: d.day}
		if d.weekday == 0 || valid(c) && weekday(c.date()) == d.weekday {
			return c
		}
	}
	return own
}

// monthOfDay gives the month of a weekday and its day: "lunes 16".
func (p *parser) monthOfDay(d point, start, end int) point {
	if after, ok := p.dayToldAfter(d, start); ok {
		return after
	}
	if p.coarse != noUnit {
		best := point{year: p.published.Year, month: p.published.Month, day: d.day}
		if p.coarse == day {
			best = p.nearMonth(best, d)
		}
		if p.coarse == month || !valid(best) {
			best.month = 0
		}
		return best
	}
	best, distance := pointOf(p.published), 1<<30
	t, _ := p.tense(start, end)
	switch {
	case d.shift != 0:
		t = tense(d.shift)
	case p.leadBound(start) == corpus.Max && t == 0:
		t = future
	case t == 0:
		t = p.leadTense(start)
	}
	for n := -6; n <= 6; n++ {
		m := addMonths(p.published, n)
		c := point{year: m.Year, month: m.Month, day: d.day}
		if !valid(c) || d.weekday > 0 && weekday(c.date()) != d.weekday && (n < -1 || n > 1) {
			continue
		}
		gap := days(p.published, c.date())
		cost := max(gap, -gap)
		if d.weekday > 0 && weekday(c.date()) != d.weekday {
			cost += 40
		}
		if d.weekday == 0 && t == 0 && c.month == p.published.Month {
			cost -= 8 // of the month that one is in
		}
		if t == future && gap < 0 || t == past && gap > 0 {
			cost += 12
			if d.shift != 0 {
				cost += 60 // "el pasado día 10" cannot be to come
			}
		}
		if cost < distance {
			best, distance = c, cost
		}
	}
	return best
}
