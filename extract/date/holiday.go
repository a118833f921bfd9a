package date

import (
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
			e := lex.place(name)
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

// feastDay reads a rule: "12-25", "easter-46" or "11/4/4", the fourth Thursday of November.
func feastDay(rule string, year int) (corpus.Date, bool) {
	if days, ok := strings.CutPrefix(rule, "easter"); ok {
		n, err := strconv.Atoi(days)
		return addDays(easter(year), n), err == nil
	}
	var month, day, n int
	if _, err := fmt.Sscanf(rule, "%d/%d/%d", &month, &day, &n); err == nil {
		return nthWeekday(year, month, n, day), month >= 1 && month <= 12
	}
	if _, err := fmt.Sscanf(rule, "%d-%d", &month, &day); err != nil {
		return corpus.Date{}, false
	}
	return corpus.Date{Year: year, Month: month, Day: day}, month >= 1 && month <= 12
}
