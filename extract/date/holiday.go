package date

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"vocero/corpus"
)

// feast is one line of the table of holidays.
type feast struct {
	countries   []string // ISO 3166-1; "*" is every country
	first, last string   // rules; last is "" for a single day
}

// addFeast reads a line: languages, countries, rule, last day, names.
func addFeast(all map[string]*lexicon, f []string) error {
	entry := feast{strings.Split(f[1], ","), f[2], f[3]}
	for _, rule := range []string{f[2], f[3]} {
		if _, ok := feastDay(rule, 2024); rule != "" && !ok {
			return fmt.Errorf("no rule %q", rule)
		}
	}
	for lang := range strings.SplitSeq(f[0], ",") {
		lex := all[lang]
		if lex == nil {
			return fmt.Errorf("no language %q", lang)
		}
		for name := range strings.SplitSeq(f[4], "|") {
			e := lex.root.place(name)
			e.class |= isHoliday
			e.feasts = append(e.feasts, entry)
		}
	}
	return nil
}

// feastOf picks a country's own line, or the one for every country.
func (e *entry) feastOf(country string) (feast, bool) {
	var common *feast
	for i := range e.feasts {
		for _, c := range e.feasts[i].countries {
			switch {
			case c == country:
				return e.feasts[i], true
			case c == "*":
				common = &e.feasts[i]
			}
		}
	}
	if common == nil {
		return feast{}, false
	}
	return *common, true
}

// in gives the holiday's days in a year.
func (f feast) in(year int) point {
	first, _ := feastDay(f.first, year)
	if f.last == "" {
		return pointOf(first)
	}
	last, _ := feastDay(f.last, year)
	return between(first, last)
}

// feastDay reads a rule: "12-25", "easter-46", "11/4/4", the fourth Thursday of
// November, or "11/4/4+1", the day after it.
func feastDay(rule string, year int) (corpus.Date, bool) {
	if days, ok := strings.CutPrefix(rule, "easter"); ok {
		n, err := strconv.Atoi(days)
		return addDays(easter(year), n), err == nil
	}
	var month, day, n int
	weekday, after, _ := strings.Cut(rule, "+")
	if _, err := fmt.Sscanf(weekday, "%d/%d/%d", &month, &day, &n); err == nil {
		later, err := strconv.Atoi(cmp.Or(after, "0"))
		return addDays(nthWeekday(year, month, n, day), later), err == nil && month >= 1 && month <= 12
	}
	if _, err := fmt.Sscanf(rule, "%d-%d", &month, &day); err != nil {
		return corpus.Date{}, false
	}
	return corpus.Date{Year: year, Month: month, Day: day}, month >= 1 && month <= 12
}

// holiday reads a holiday with its year, or the nearest one.
func (p *parser) holiday(i int) (point, int, bool) {
	if p.is(i, isShift) && p.is(i+1, isHoliday) && p.yearKnown() {
		return p.shiftedHoliday(i)
	}
	if !p.is(i, isHoliday) {
		return point{}, i, false
	}
	if y, next := p.yearAfter(i + 1); y == 0 && !p.shiftBehind(next) && !p.festive(i, next) {
		return point{}, i, false
	}
	return p.holidayNamed(i)
}

// holidayNamed reads a holiday that is known to be meant as a date.
func (p *parser) holidayNamed(i int) (point, int, bool) {
	if !p.is(i, isHoliday) {
		return point{}, i, false
	}
	f, ok := p.run[i].entry.feastOf(p.country)
	if !ok {
		return point{}, i, false
	}
	y, next := p.yearAfter(i + 1)
	if y == 0 && p.shiftBehind(next) {
		return f.in(p.feastYear(f, p.run[next].entry.shift)), next + 1, true // la Navidad pasada
	}
	if after, j, ok := p.fullYear(i + 1); y == 0 && ok {
		y, next = after, j
	}
	guessed := y == 0
	if guessed && p.yearKnown() {
		y = p.guess(f.in(p.published.Year), p.run[i].start, p.run[i].end)
	}
	if y == 0 {
		d := f.in(2001)
		d.year = 0
		return d, next, f.last == "" && f.first[2] == '-'
	}
	d := f.in(y)
	d.assumed = guessed
	return d, next, true
}

// shiftBehind says that token i, behind a holiday, tells which one: "pasada".
func (p *parser) shiftBehind(i int) bool {
	return p.is(i, isShift) && p.run[i].entry.shift != 0 && !p.is(i, isFront) && !p.is(i+1, isUnit) && p.yearKnown()
}

// shiftedHoliday reads "last Easter", "próxima Navidad".
func (p *parser) shiftedHoliday(i int) (point, int, bool) {
	f, ok := p.run[i+1].entry.feastOf(p.country)
	if !ok {
		return point{}, i, false
	}
	return f.in(p.feastYear(f, p.run[i].entry.shift)), i + 2, true
}

// feastYear gives the year of the holiday before, around or after the publication.
func (p *parser) feastYear(f feast, shift int) int {
	y := p.published.Year
	switch from, _ := f.in(y).bounds(p.south); {
	case shift < 0 && p.published.Compare(from) <= 0:
		y--
	case shift > 0 && p.published.Compare(from) >= 0:
		y++
	}
	return y
}

// festive says whether a holiday without a year is meant as a date: it stands
// alone or after a preposition or article, and no noun follows it.
func (p *parser) festive(i, next int) bool {
	t := p.run[i]
	if _, _, ok := p.fullYear(i + 1); ok || t.start == 0 && t.end == len(p.text) {
		return true
	}
	word := p.wordBefore(t.start)
	if !p.lex.capitals && p.lex.eves[word] && !(next > 0 && p.run[next-1].end < len(p.text) && capital(p.text, skipSpace(p.text, p.run[next-1].end))) {
		return true // "en Navidad se vende más"
	}
	if p.lex.capitals && !p.wordAfter(next) && t.end-t.start > 8 && capital(p.text, t.start) && strings.IndexByte(p.text[t.start:t.end], ' ') > 0 {
		return true // Boxing Day
	}
	return !p.wordAfter(next) && (p.lex.eves[word] || p.is(i-1, isArticle|isOf|isShift) && !p.lex.capitals || p.is(i-1, isShift) || t.start == 0)
}
