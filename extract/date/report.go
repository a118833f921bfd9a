package date

import (
	"strings"

	"vocero/corpus"
)

// report is the month that a release reports on: a release of October about
// September calls September "this month".
type report struct {
	month corpus.Date // the one before the publication's, named in the headline
	times int         // that it was named
}

// note counts a month that is named, if it is the one that the headline names.
func (r *report) note(p *parser, d, resolved point, span corpus.Span) {
	if !d.plainMonth() || p.published.IsZero() || p.coarse != noUnit {
		return
	}
	m := corpus.Date{Year: resolved.year, Month: resolved.month}
	if r.month.IsZero() && m == addMonths(p.published, -1) && span.Start < maxHeadline && strings.IndexByte(p.text[:span.Start], '\n') < 0 {
		r.month = m
	}
	if m == r.month {
		r.times++
	}
}

// maxHeadline is how long a headline may be, in bytes.
const maxHeadline = 400

// monthly says whether "this month" at tokens [i,next) is the month reported on.
func (r *report) monthly(p *parser, i, next int) bool {
	if r.times < 2 {
		return false
	}
	t, _ := p.tense(p.run[i].start, p.run[next-1].end)
	return t != future
}
