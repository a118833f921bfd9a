package main

import (
	"regexp"
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

// dates reads the dates of a sentence, as of its day of reference.
func dates(c *vector, lang string) []span {
	in := date.Context{Lang: lang, Country: c.Country}
	if published, err := corpus.ParseDate(c.Ref[:min(10, len(c.Ref))]); err == nil {
		in.Published = published
	}
	found := date.Find(c.Text, in)
	if c.Source == "rt" || c.Source == "dk" {
		return assistantDates(c, lang, found)
	}
	var spans []span
	for _, d := range found {
		s := place(c.Text, d.Span)
		s.Value.EDTF, s.Value.Mod = d.EDTF, mods[d.Bound]
		spans = append(spans, s)
	}
	return spans
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

// numbers reads every number of a sentence, with its sign. The sources count the
// word for minus in, and take what letters are glued to for no number: "180ml".
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
		if q, found := r.Part(c.Text, i); found && q.End > n.End {
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
		if !n.Spelled && gluedTo.MatchString(c.Text[n.End:]) {
			continue
		}
		if m := minusBefore.FindStringSubmatchIndex(c.Text[:n.Start]); m != nil {
			n.Start = m[2]
			n.Value.Negative = true
		}
		s := place(c.Text, n.Span)
		s.Value.Number = plain(&n.Value)
		spans = append(spans, s)
	}
	return spans
}

// What stands around a number: letters that are no magnitude, and a minus sign or
// the word for one, which is no hyphen between words.
var (
	gluedTo     = regexp.MustCompile(`^\pL`)
	minusBefore = regexp.MustCompile(`(?i)(?:^|[\s(])(-\s*|(?:minus|negative|menos|negativo|moins|négative|négatif)\s+)$`)
)

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
