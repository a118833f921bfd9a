package date

import (
	"strings"

	"vocero/corpus"
)

// clues is what a text tells of the day on which it was published.
type clues struct {
	full   corpus.Date // at its head, or called today
	signed corpus.Date // on a line at its end
	clock  corpus.Date // "Today: 3 May 2021", of the page that the text was copied from
	today  dated       // a day without its year that the text calls today
	nearby dated       // a weekday with its day and month, which is one of about that time
	months []corpus.Date
	years  map[int]bool // that are told
	own    int          // of "este año 2012"
	latest int
	named  int  // how often the latest one is named by itself
	going  bool // it is once, with no verb of the past
}

// dated is a day without its year.
type dated struct {
	month, day, weekday int
	offset              int // days to the publication
}

// imprint finds out the day of publication from the text where nothing else
// tells it: from its dateline, else from a day that it calls today. Where that
// has no year, one that has the same weekdays stands in for it. If the text does
// not tell, what was found meanwhile is all that there is.
func (p *parser) imprint(in Context) (found []corpus.DateRange, told bool) {
	seek := newParser(p.text, Context{Lang: in.Lang, Country: in.Country})
	seek.clues = &clues{years: map[int]bool{}}
	seek.scan(seek.parse)
	c := seek.clues
	switch {
	case p.coarse != noUnit:
		p.refine(c)
	case !c.full.IsZero():
		p.published = c.full
	case !c.signed.IsZero():
		p.published = c.signed
	case c.today.month > 0:
		p.published = c.dayOf(c.today)
		p.adrift = c.today.weekday == 0 && !p.yearKnown()
	case c.nearby.day > 0:
		p.published, p.near = c.dayOf(c.nearby), true
	case !c.clock.IsZero():
		p.published = c.clock
	case c.own > 0:
		p.published, p.coarse = corpus.Date{Year: c.own, Month: 7, Day: 15}, month
	case c.named > 1 && c.going:
		p.published, p.coarse = corpus.Date{Year: c.latest, Month: 7, Day: 15}, month
	}
	return seek.found, !p.published.IsZero()
}

// refine gives a publication that is known to the month the day that the text
// calls today.
func (p *parser) refine(c *clues) {
	d := corpus.Date{Year: p.published.Year, Month: p.published.Month, Day: c.today.day}
	if d.Day == 0 || c.today.month != 0 && c.today.month != d.Month || !valid(pointOf(d)) {
		return
	}
	if c.today.weekday == 0 || c.today.weekday == weekday(d) {
		p.published, p.coarse = addDays(d, c.today.offset), noUnit
	}
}

// standIns are years that stand in for one that is not told: all weekdays and
// leap days come up in a row of 28, and no text is about that time.
const firstStandIn, lastStandIn = 2801, 2828

// yearKnown says that the year of publication is.
func (p *parser) yearKnown() bool {
	return !p.published.IsZero() && p.published.Year < firstStandIn
}

// known drops a year that comes of one that stands in.
func (d point) known() point {
	const farthest = 500
	if d.year > firstStandIn-farthest {
		d.year, d.digits = 0, 0
	}
	return d
}

// dayOf gives the day of publication that a day without its year tells of.
func (c *clues) dayOf(d dated) corpus.Date {
	y := c.yearOf(d)
	for standIn := firstStandIn; y == 0 && standIn <= lastStandIn; standIn++ {
		if d.fits(standIn) {
			y = standIn
		}
	}
	if y == 0 {
		return corpus.Date{}
	}
	return addDays(corpus.Date{Year: y, Month: d.month, Day: d.day}, d.offset)
}

// fits says whether the day has its weekday in a year.
func (d dated) fits(year int) bool {
	on := corpus.Date{Year: year, Month: d.month, Day: d.day}
	return valid(pointOf(on)) && (d.weekday == 0 || weekday(on) == d.weekday)
}

// yearOf finds the year of a day among those that the text tells: one in which
// its weekday is right, and which is the last one told or the one before; or
// the year after, if a month shortly before the day is told with its own.
func (c *clues) yearOf(d dated) int {
	if c.own > 0 {
		return c.own
	}
	if d.weekday == 0 {
		return 0
	}
	for _, y := range [...]int{c.latest, c.latest - 1} {
		if c.years[y] && d.fits(y) {
			return y
		}
	}
	for _, m := range c.months {
		y := m.Year
		if m.Month > d.month {
			y++
		}
		gap := days(m, corpus.Date{Year: y, Month: d.month, Day: d.day})
		if gap > 0 && gap < 90 && d.fits(y) {
			return y
		}
	}
	return 0
}

// note keeps what a date tells of the day of publication.
func (p *parser) note(d item, span corpus.Span) {
	c := p.clues
	if d.year > 0 && d.last.IsZero() && d.digits == 0 {
		c.years[d.year] = true
		if d.year > c.latest {
			c.latest, c.named, c.going = d.year, 0, false
		}
		if d.plainYear() && d.year == c.latest {
			t, _ := p.tense(span.Start, span.End)
			c.named, c.going = c.named+1, c.going || t == 0
		}
		if d.month > 0 {
			c.months = append(c.months, d.date())
		}
	}
	offset, today := p.ofToday(span)
	switch {
	case p.counts(d): // "two weeks after March 30"
	case d.plainYear() && today && offset == 0 && c.own == 0 && p.is(d.at, isShift|isFront):
		c.own = d.year
	case d.day == 0 || d.year > 0 && d.year < 1900 || !d.last.IsZero():
	case d.year > 0 && p.clockOfPage(span.Start):
		c.clock = d.date()
	case d.year > 0 && c.full.IsZero() && today:
		c.full = addDays(d.date(), offset)
	case d.year > 0 && c.full.IsZero() && span.Start < maxDateline && p.bound(span) == "" && p.heads(span.Start):
		c.full = d.date()
	case d.year > 0 && c.signed.IsZero() && len(p.text)-span.End < maxSignature && p.signs(span):
		c.signed = d.date()
	case d.year == 0 && today && (c.today.day == 0 || d.month > 0 && c.today.month == 0 || p.is(d.at, isToday) && (d.month > 0 || c.today.month == 0)),
		d.year == 0 && d.month > 0 && c.today.day == 0 && p.datesLine(d, span):
		c.today = dated{d.month, d.day, d.weekday, offset}
	case d.year == 0 && d.month > 0 && d.weekday > 0 && c.nearby.day == 0:
		c.nearby = dated{month: d.month, day: d.day, weekday: d.weekday}
		if p.is(d.at, isShift) {
			c.nearby.offset = -7 * p.run[d.at].entry.shift
		}
	}
}

// maxDateline is how far into a release its dateline is looked for, in bytes, and
// maxSignature how far before its end the place and date that it is signed with.
const (
	maxDateline  = 1000
	maxSignature = 300
)

// signs says that a date ends a line on which nothing but a place is before it.
func (p *parser) signs(span corpus.Span) bool {
	end := span.End
	for end < len(p.text) && (p.text[end] == ' ' || p.text[end] == '.') {
		end++
	}
	return (end == len(p.text) || p.text[end] == '\n') && p.heads(span.Start)
}

// ofToday says whether "hoy", "ayer" or "este" ties the date to the day of
// publication, and how many days later that is.
func (p *parser) ofToday(span corpus.Span) (offset int, ok bool) {
	before := skipBack(p.text, span.Start, " ,")
	for _, pos := range [...]int{span.Start, before - len(p.wordBefore(before))} {
		e, _ := p.lex.longest(p.text, max(pos, 0))
		switch {
		case e == nil:
		case e.class&isToday != 0 && e.class&isTold == 0 && e.offset <= 0:
			return -e.offset, true
		case e.class&isFront != 0 && e.shift == 0:
			return 0, true
		}
	}
	return 0, false
}

// clockOfPage says that a line up to pos is a word for today with a colon after it,
// which pages write above all that they show.
func (p *parser) clockOfPage(pos int) bool {
	colon := skipBack(p.text, pos, " ")
	if colon == 0 || p.text[colon-1] != ':' {
		return false
	}
	line := strings.LastIndexByte(p.text[max(0, colon-maxClock):colon], '\n') + 1 + max(0, colon-maxClock)
	e, end := p.lex.longest(p.text, line)
	return e != nil && e.class&isToday != 0 && e.offset == 0 && end == skipBack(p.text, colon-1, " ")
}

// pastColon returns where the text goes on after a colon at pos, or pos.
func (p *parser) pastColon(pos int) int {
	colon := skipSpace(p.text, pos)
	if colon == len(p.text) || p.text[colon] != ':' {
		return pos
	}
	return skipSpace(p.text, colon+1)
}

// maxClock is how long a word for today is at most, in bytes, and its colon.
const maxClock = 32

// counts says that a date is told in days, weeks or months.
func (p *parser) counts(d item) bool {
	for i := d.at; i < d.next; i++ {
		if p.is(i, isUnit) && p.run[i].entry.unit < year {
			return true
		}
	}
	return false
}

// datesLine says that a day without its year dates the release: "LIMA, 15 de
// abril (Andina) -", which a sign or nothing follows.
func (p *parser) datesLine(d item, span corpus.Span) bool {
	const head = 400
	if span.Start > head || !p.heads(span.Start) {
		return false
	}
	next := span.End
	for next < len(p.text) && (p.text[next] == ')' || p.text[next] == '.' || p.text[next] == ' ') {
		next++
	}
	if next == len(p.text) {
		return false
	}
	c, _ := sign(p.text, next)
	return c == '-' || c == '(' || c == '/' || c == ':' && d.weekday > 0
}

// skipBack passes over the bytes of a set before pos.
func skipBack(text string, pos int, set string) int {
	for pos > 0 && strings.IndexByte(set, text[pos-1]) >= 0 {
		pos--
	}
	return pos
}

// heads says whether the line up to pos is nothing but a place, a label or a
// weekday: a few words, no verb and no preposition.
func (p *parser) heads(pos int) bool {
	if t, _ := p.tenseBefore(pos); t != 0 || p.lex.strong[p.wordBefore(pos)] {
		return false
	}
	const most = 80
	for i := pos - 1; i >= 0 && pos-i <= most; i-- {
		if p.text[i] == '\n' {
			return true
		}
		if i == 0 {
			return pos <= most
		}
	}
	return pos == 0
}
