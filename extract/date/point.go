package date

import (
	"fmt"

	"vocero/corpus"
)

// point is one date as the text gives it: parts that are not given are zero.
type point struct {
	year, month, day int
	weekday          int          // 1 Monday … 7 Sunday
	code             int          // of EDTF: 21…24 season, 33…36 quarter, 37…39 third, 40…41 half
	digits           int          // 3 for a decade, 2 for a century: how much of year holds
	last             corpus.Date  // of a span of days such as a week; the parts are its first day
	shift            int          // of a bare weekday: -1 pasado, +1 próximo
	shifted          bool         // shift, or "este", stands beside it
	ofWeek           bool         // shift moves by weeks: "next Sunday" is not the coming one
	assumed          bool         // the year is the publication's, for want of another
	alone            bool         // a day with no month: "el día 18"
	told             bool         // counted from the date told before
	closed           bool         // its words give both of its ends: "from week 3 to week 5"
	bound            corpus.Bound // that its own words give: "more than a week before"
	lead             int          // words in front that stay outside of the span
	anywhen          unit         // relative, with no publication date to hold on to: XXXX-XX-XX
}

// pointOf makes a point of a date.
func pointOf(d corpus.Date) point { return point{year: d.Year, month: d.Month, day: d.Day} }

// between makes a point of a span of days.
func between(from, to corpus.Date) point {
	p := pointOf(from)
	p.last = to
	return p
}

// date gives the parts as a Date, which may lack its year.
func (p point) date() corpus.Date { return corpus.Date{Year: p.year, Month: p.month, Day: p.day} }

// plainYear says that p is a year and nothing else.
func (p point) plainYear() bool {
	return p.year > 0 && p.month == 0 && p.code == 0 && p.digits == 0 && p.last.IsZero()
}

// plainMonth says that p is a month, of a year perhaps.
func (p point) plainMonth() bool {
	return p.month > 0 && p.day == 0 && p.last.IsZero() && p.weekday == 0
}

// needsYear says that the year has to be found out.
func (p point) needsYear() bool {
	return p.year == 0 && p.anywhen == noUnit && (p.month > 0 || p.code > 0)
}

// String gives p in EDTF.
func (p point) String() string {
	switch {
	case p.anywhen == dayOfMonth:
		return fmt.Sprintf("XXXX-XX-%02d", p.day)
	case p.anywhen == week || p.anywhen == weekend:
		return "XXXX-XX-XX/XXXX-XX-XX"
	case !p.last.IsZero():
		return p.scalar() + "/" + pointOf(p.last).known().scalar()
	}
	return p.scalar()
}

func (p point) scalar() string {
	if p.digits > 0 {
		return fmt.Sprintf("%04d", p.year)[:p.digits] + "XX"[:4-p.digits]
	}
	s := "XXXX"
	if p.year > 0 {
		s = fmt.Sprintf("%04d", p.year)
	}
	switch {
	case p.code > 0:
		return s + fmt.Sprintf("-%02d", p.code)
	case p.month > 0:
		s += fmt.Sprintf("-%02d", p.month)
	case p.anywhen == year:
		return s
	case p.day > 0 || p.anywhen == day || p.anywhen == month:
		s += "-XX"
	default:
		return s
	}
	switch {
	case p.day > 0:
		s += fmt.Sprintf("-%02d", p.day)
	case p.anywhen == day:
		s += "-XX"
	}
	return s
}

// bounds gives the first and last day, zero where they are not known.
func (p point) bounds(south bool) (from, to corpus.Date) {
	switch {
	case p.year == 0 || p.weekday > 0 && p.day == 0:
		return
	case p.digits == 3:
		return corpus.Date{Year: p.year}.First(), corpus.Date{Year: p.year + 9}.Last()
	case p.digits == 2:
		return corpus.Date{Year: p.year}.First(), corpus.Date{Year: p.year + 99}.Last()
	case p.code >= 21 && p.code <= 24:
		return seasonBounds(p.year, p.code, south)
	case p.code > 0:
		first, size := codeMonths(p.code)
		return corpus.Date{Year: p.year, Month: first, Day: 1}, corpus.Date{Year: p.year, Month: first + size - 1}.Last()
	}
	from, to = p.date().First(), p.date().Last()
	if !p.last.IsZero() {
		to = p.last.Last()
	}
	return from, to
}

// codeMonths gives the first month of a quarter, third or half year, and how many it has.
func codeMonths(code int) (first, size int) {
	switch {
	case code >= 40:
		return (code-40)*6 + 1, 6
	case code >= 37:
		return (code-37)*4 + 1, 4
	}
	return (code-33)*3 + 1, 3
}
