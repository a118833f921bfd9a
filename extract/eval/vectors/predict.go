package main

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/cockroachdb/apd/v3"

	"vocero/corpus"
	"vocero/extract/date"
	"vocero/extract/money"
	"vocero/extract/number"
)

// predict reads a case with the reader of its kind.
func predict(c *vector) []span {
	lang := c.Lang[:min(2, len(c.Lang))]
	var spans []span
	switch c.Kind {
	case "money", "percent":
		for _, a := range money.Find(c.Text, money.Context{Lang: lang, Country: c.Country}) {
			if a.Kind() == corpus.Percent == (c.Kind == "percent") {
				spans = append(spans, amountSpan(c, &a))
			}
		}
	case "number":
		spans = numbers(c, lang)
	default:
		spans = dates(c, lang)
	}
	return spans
}

// dates reads the dates of a sentence, as of its day of reference. The sources
// rt and dk count the words that bound a date in its span, write a bound as an
// open interval, and take "from June 2016 until July 2017" and "entre el 5 de
// mayo y el 6 de junio" as one date though both ends stand by themselves;
// answers to them are put that way.
func dates(c *vector, lang string) []span {
	in := date.Context{Lang: lang, Country: c.Country}
	if published, err := corpus.ParseDate(c.Ref[:min(10, len(c.Ref))]); err == nil {
		in.Published = published
	}
	assistants := c.Source == "rt" || c.Source == "dk"
	var spans []span
	last := 0
	for _, d := range date.Find(c.Text, in) {
		if !assistants {
			s := place(c.Text, d.Span)
			s.Value.EDTF, s.Value.Mod = d.EDTF, mods[d.Bound]
			spans = append(spans, s)
			continue
		}
		wide := date.Widen(c.Text, lang, d.Span)
		wide.Start = max(wide.Start, last)
		between := c.Text[last:wide.Start]
		if n := len(spans) - 1; n >= 0 && andThe.MatchString(between) && betweenThe.MatchString(string(c.points[:spans[n].Start])) {
			s := place(c.Text, d.Span)
			spans[n].End, spans[n].Value = s.End, value{EDTF: spans[n].Value.EDTF + "/" + d.EDTF}
			last = wide.End
			continue
		}
		s := place(c.Text, wide)
		s.Value.EDTF, s.Value.Mod = bounded(d)
		if n := len(spans) - 1; n >= 0 && d.Bound == corpus.Max && strings.TrimSpace(between) == "" {
			if first := strings.TrimSuffix(spans[n].Value.EDTF, "/.."); !strings.Contains(first, "/") && !strings.Contains(d.EDTF, "/") {
				spans[n].End, spans[n].Value = s.End, value{EDTF: first + "/" + d.EDTF}
				last = wide.End
				continue
			}
		}
		spans, last = append(spans, s), wide.End
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
// vectors' word for it.
func bounded(d corpus.DateRange) (edtf, mod string) {
	if strings.Contains(d.EDTF, "/") {
		return d.EDTF, mods[d.Bound]
	}
	switch d.Bound {
	case corpus.Min, corpus.Over:
		return d.EDTF + "/..", mods[d.Bound]
	case corpus.Max, corpus.Under:
		return "../" + d.EDTF, mods[d.Bound]
	}
	return d.EDTF, mods[d.Bound]
}

// mods are the vectors' words for the bounds of dates.
var mods = map[corpus.Bound]string{
	corpus.Min: "since", corpus.Max: "until", corpus.Over: "after", corpus.Under: "before", corpus.About: "approx",
}

// amountSpan writes an amount as the vectors do. Where their source counted
// cents they keep its count, so the sum is given in hundredths there.
func amountSpan(c *vector, a *corpus.Amount) span {
	s := place(c.Text, a.Span)
	if c.Source == "dk" && c.Kind == "money" { // which counts the words that bound an amount in its span
		s = place(c.Text, money.Widen(c.Text, c.Lang[:min(2, len(c.Lang))], a.Span))
	}
	low, high := a.Low, a.High
	for _, e := range c.Expect {
		if e.Value.Minor && e.Start < s.End && s.Start < e.End {
			low.Exponent += 2
			high.Exponent += 2
			a.Unit = "XXX"
		}
	}
	single := low.Cmp(&high) == 0
	switch {
	case a.Kind() == corpus.Percent && single:
		s.Value.Percent = plain(&low)
	case a.Kind() == corpus.Percent:
		s.Value.PercentMin, s.Value.PercentMax = plain(&low), plain(&high)
	case single:
		s.Value.Amount = plain(&low)
	default:
		s.Value.Min, s.Value.Max = plain(&low), plain(&high)
	}
	if a.Kind() == corpus.Money && a.Unit != "XXX" {
		s.Value.Currency = &a.Unit
	}
	return s
}

// numbers reads every number of a sentence, with its sign.
func numbers(c *vector, lang string) []span {
	r := number.For(lang, c.Country)
	var spans []span
	for i := 0; i < len(c.Text); i++ {
		if i > 0 && inWord(c.Text, i) {
			continue
		}
		n, ok := r.At(c.Text, i)
		if q, found := r.Fraction(c.Text, i); found && q.End > n.End {
			n, ok = q, true
		}
		if !ok {
			i = max(i, n.End-1)
			continue
		}
		if p, end, short := r.Short(c.Text, n.End); short && !n.Spelled {
			n.End = end
			n.Value.Exponent += int32(p)
		}
		i = n.End - 1
		if n.Start > 0 && c.Text[n.Start-1] == '-' {
			n.Start--
			n.Value.Negative = true
		}
		s := place(c.Text, n.Span)
		s.Value.Number = plain(&n.Value)
		spans = append(spans, s)
	}
	return spans
}

// inWord says whether i is within a word or the UTF-8 of a letter.
func inWord(text string, i int) bool {
	if !utf8.RuneStart(text[i]) {
		return true
	}
	r, _ := utf8.DecodeLastRuneInString(text[:i])
	return r >= '0' && r <= '9' || r|0x20 >= 'a' && r|0x20 <= 'z' || r >= 0xC0
}

// place turns a span of bytes into one of code points.
func place(text string, s corpus.Span) span {
	start := utf8.RuneCountInString(text[:s.Start])
	return span{Start: start, End: start + utf8.RuneCountInString(text[s.Start:s.End])}
}

func plain(d *apd.Decimal) string { return d.Text('f') }
