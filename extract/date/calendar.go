package date

import (
	"time"

	"vocero/corpus"
)

// addDays moves a full date by n days.
func addDays(d corpus.Date, n int) corpus.Date {
	return corpus.DateOf(time.Date(d.Year, time.Month(d.Month), d.Day+n, 0, 0, 0, 0, time.UTC))
}

// addWorkdays moves a full date by n days from Monday to Friday.
func addWorkdays(d corpus.Date, n int) corpus.Date {
	step := 1
	if n < 0 {
		n, step = -n, -1
	}
	d, n = addDays(d, step*7*(n/5)), n%5
	for n > 0 {
		if d = addDays(d, step); weekday(d) < 6 {
			n--
		}
	}
	return d
}

// addMonths moves the month of d by n and leaves the day out.
func addMonths(d corpus.Date, n int) corpus.Date {
	m := d.Year*12 + d.Month - 1 + n
	return corpus.Date{Year: m / 12, Month: m%12 + 1}
}

// weekday gives 1 for Monday to 7 for Sunday, as ISO 8601 does.
func weekday(d corpus.Date) int {
	return (int(d.Time().Weekday())+6)%7 + 1
}

// monday gives the Monday of d's week.
func monday(d corpus.Date) corpus.Date { return addDays(d, 1-weekday(d)) }

// firstWeek gives the Monday of ISO week 1 of the year: the week of 4 January.
func firstWeek(year int) corpus.Date {
	return monday(corpus.Date{Year: year, Month: 1, Day: 4})
}

// days counts the days from a to b.
func days(a, b corpus.Date) int {
	return int(b.Time().Sub(a.Time()) / (24 * time.Hour))
}

// nthWeekday gives the n-th weekday of a month, the last one for n = -1.
func nthWeekday(year, month, n, wanted int) corpus.Date {
	month1 := corpus.Date{Year: year, Month: month}
	if n < 0 {
		last := month1.Last()
		return addDays(last, -((weekday(last) - wanted + 7) % 7))
	}
	first := month1.First()
	return addDays(first, (wanted-weekday(first)+7)%7+7*(n-1))
}

// easter gives Easter Sunday of the Gregorian calendar by the anonymous
// algorithm that Nature printed in 1876 (Meeus, Astronomical Algorithms, ch. 8).
func easter(year int) corpus.Date {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	g := (b - (b+8)/25 + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return corpus.Date{Year: year, Month: n / 31, Day: n%31 + 1}
}

// seasonBounds gives the first and last day of the season code (21 spring to 24
// winter) of a year. A season over the turn of the year belongs to the year
// that it begins in north of the equator, and to the one that it ends in south of it.
func seasonBounds(year, code int, south bool) (from, to corpus.Date) {
	quarter := code - 21 // of the solar year that begins in March
	if south {
		quarter = (quarter+2)%4 - 4*((quarter+2)%4/3)
	}
	start := addMonths(corpus.Date{Year: year, Month: 3}, 3*quarter)
	start.Day = 21
	end := addMonths(start, 3)
	end.Day = 20
	return start, end
}
