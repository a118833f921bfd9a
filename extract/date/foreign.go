package date

import (
	"maps"
	"slices"

	"vocero/corpus"
)

// foreign adds full dates in another of the languages, as pages have them that
// were set up in one: "Saturday Mar 15, 2025" in a Spanish release. They must
// have a year, around each of which they are looked for, and a month or weekday
// that is none in the text's own language.
func foreign(text string, in Context, found []corpus.DateRange) []corpus.DateRange {
	own := lexicons()[in.Lang]
	if own == nil {
		own = lexicons()["es"]
	}
	var others []corpus.DateRange
	langs := slices.Sorted(maps.Keys(lexicons()))
	for start, end := nextYear(text, 0); start >= 0; start, end = nextYear(text, end) {
		from := windowOf(text, start)
		for _, lang := range langs {
			lex := lexicons()[lang]
			if lex == own || !foreignWord(text[from:start], own, lex) {
				continue
			}
			if d, ok := fullDate(text[from:end], Context{Lang: lang, Country: in.Country, Published: in.Published}); ok {
				d.Span.Start, d.Span.End = d.Span.Start+from, d.Span.End+from
				others = append(others, d)
				break
			}
		}
	}
	return merged(found, others)
}

// maxForeign is how far before its year a date in another language may begin,
// in bytes.
const maxForeign = 40

// windowOf returns where a date may begin that ends with the year at start: on
// its line, at a word.
func windowOf(text string, start int) int {
	from := start
	for from > 0 && start-from < maxForeign && text[from-1] != '\n' {
		from--
	}
	for from > 0 && from < start && text[from-1] != ' ' && text[from-1] != '\n' {
		from++
	}
	return from
}

// nextYear returns the next four digits of a year from at on, or -1.
func nextYear(text string, at int) (start, end int) {
	for i := at; i < len(text); {
		if !digit(text, i) {
			i++
			continue
		}
		end := i
		for digit(text, end) {
			end++
		}
		if end-i == 4 && (text[i] == '1' && text[i+1] == '9' || text[i] == '2' && text[i+1] == '0') {
			return i, end
		}
		i = end
	}
	return -1, -1
}

// foreignWord says whether a window has a month or weekday of lex that is none
// of own.
func foreignWord(window string, own, lex *lexicon) bool {
	for i := range len(window) {
		if c := window[i]; c < 'A' || i > 0 && window[i-1] != ' ' && window[i-1] != ',' {
			continue
		}
		if e, _ := lex.longest(window, i); e == nil || e.class&(isMonth|isWeekday) == 0 {
			continue
		}
		if e, _ := own.longest(window, i); e == nil || e.class&(isMonth|isWeekday) == 0 {
			return true
		}
	}
	return false
}

// fullDate reads the one day that a window ends with.
func fullDate(window string, in Context) (corpus.DateRange, bool) {
	p := newParser(window, in)
	p.scan(p.parse)
	if len(p.found) == 0 {
		return corpus.DateRange{}, false
	}
	d := p.found[len(p.found)-1]
	return d, d.Span.End == len(window) && d.From == d.To && d.From.Day > 0
}

// merged puts others in their places, for what they have in them. Where a date
// of the text's own language has more than one of them, it stays.
func merged(found, others []corpus.DateRange) []corpus.DateRange {
	if len(others) == 0 {
		return found
	}
	var all []corpus.DateRange
	for _, d := range found {
		for len(others) > 0 && others[0].Span.End <= d.Span.Start {
			all, others = append(all, others[0]), others[1:]
		}
		if len(others) > 0 && others[0].Span.Start <= d.Span.Start && d.Span.End <= others[0].Span.End {
			continue
		}
		for len(others) > 0 && others[0].Span.Start < d.Span.End {
			others = others[1:]
		}
		all = append(all, d)
	}
	return append(all, others...)
}
