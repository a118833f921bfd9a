package main

import (
	"regexp"
	"strings"
	"time"

	"vocero/corpus"
	"vocero/extract/date"
)

// assistantDates puts dates the way that the sources rt and dk write them, whose
// sentences are said to assistants: the words that bound a date are in its span, a
// bound is an open interval, and "from June 2016 until July 2017" and "entre el 5 de
// mayo y el 6 de junio" are one date though both ends stand by themselves. In rt,
// "from 2014" with no end is 2014, "18 and 19 June" are two dates, and a range ends
// where its last unit begins unless both ends are of the same kind.
func assistantDates(c *vector, lang string, found []corpus.DateRange) []span {
	var spans []span
	last := 0
	for _, d := range found {
		wide := date.Widen(c.Text, lang, d.Span)
		wide.Start = max(wide.Start, last)
		gap := c.Text[last:wide.Start]
		last = wide.End
		if n := len(spans) - 1; n >= 0 && andThe.MatchString(gap) && betweenThe.MatchString(string(c.points[:spans[n].Start])) {
			spans[n].End, spans[n].Value = place(c.Text, d.Span).End, value{EDTF: spans[n].Value.EDTF + "/" + d.EDTF}
			continue
		}
		s := place(c.Text, wide)
		s.Value.EDTF, s.Value.Mod = bounded(d)
		if n := len(spans) - 1; n >= 0 && d.Bound == corpus.Max && strings.TrimSpace(gap) == "" {
			if first := strings.TrimSuffix(spans[n].Value.EDTF, "/.."); !strings.Contains(first, "/") && !strings.Contains(d.EDTF, "/") {
				spans[n].End, spans[n].Value = s.End, value{EDTF: first + "/" + d.EDTF}
				continue
			}
		}
		if a, b, two := listed(c.Text, wide, d.EDTF); two && c.Source == "rt" {
			spans = append(spans, a, b)
			continue
		}
		spans = append(spans, s)
	}
	for i := range spans {
		if c.Source == "rt" {
			plainFrom(c, &spans[i])
			endAtStart(&spans[i].Value)
		}
	}
	return spans
}

// What stands around two full dates that an assistant takes as one range:
// "entre el 5 de mayo y el 6 de junio".
var (
	betweenThe = regexp.MustCompile(`(?i)\b(entre|between)\s+(el|le|o|the)\s+$`)
	andThe     = regexp.MustCompile(`(?i)^\s+(y|et|e|and)\s+(el|le|o|the)\s+$`)
)

// bounded writes the bound of a date as an open interval of EDTF, and in the
// vectors' word for it. What is after a month begins with the next one.
func bounded(d corpus.DateRange) (edtf, mod string) {
	if strings.Contains(d.EDTF, "/") {
		return d.EDTF, mods[d.Bound]
	}
	switch d.Bound {
	case corpus.Over:
		if len(d.EDTF) == len("2018-02") && d.To.Day > 0 {
			return d.To.Time().AddDate(0, 0, 1).Format("2006-01") + "/..", mods[d.Bound]
		}
		return d.EDTF + "/..", mods[d.Bound]
	case corpus.Min:
		return d.EDTF + "/..", mods[d.Bound]
	case corpus.Max, corpus.Under:
		return "../" + d.EDTF, mods[d.Bound]
	}
	return d.EDTF, mods[d.Bound]
}

var and = regexp.MustCompile(`(?i)^\S+\s+(?:and|y|e|et)\s`)

// listed parts "18 and 19 June" into its two dates, unless "between" leads to it.
func listed(text string, wide corpus.Span, edtf string) (a, b span, ok bool) {
	first, last, ranged := strings.Cut(edtf, "/")
	joint := and.FindString(text[wide.Start:wide.End])
	if !ranged || joint == "" || first == "" || last == ".." || between.MatchString(text[:wide.Start]) {
		return a, b, false
	}
	word := strings.IndexFunc(joint, func(r rune) bool { return r == ' ' })
	a = place(text, corpus.Span{Start: wide.Start, End: wide.Start + word})
	b = place(text, corpus.Span{Start: wide.Start + len(joint), End: wide.End})
	a.Value.EDTF, b.Value.EDTF = first, last
	return a, b, true
}

// plainFrom takes the bound off a date that has only "from" before it.
func plainFrom(c *vector, s *span) {
	if first, open := strings.CutSuffix(s.Value.EDTF, "/.."); open && c.Lang == "en" && from.MatchString(string(c.points[s.Start:s.End])) {
		s.Value = value{EDTF: first}
	}
}

var (
	between = regexp.MustCompile(`(?i)\b(?:between|entre)\s+(?:\S+\s+)?$`)
	from    = regexp.MustCompile(`(?i)^from\s`)
)

// endAtStart ends a range just before its last unit, where that is a quarter or
// both ends are of different kinds: to March 2019 is to the last of February.
func endAtStart(v *value) {
	first, last, ranged := strings.Cut(v.EDTF, "/")
	from, ok := scalar(first)
	to, ok2 := scalar(last)
	if !ranged || !ok || !ok2 || from[0].IsZero() || to[0].IsZero() || len(last) == len("2018-01-01") {
		return
	}
	if quarter := len(last) == len("2018-33") && last[5] == '3'; len(first) != len(last) || quarter {
		v.EDTF = from[0].Format(time.DateOnly) + "/" + to[0].AddDate(0, 0, -1).Format(time.DateOnly)
	}
}
