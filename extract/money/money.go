// Package money finds sums of money and percentages in a text, with exact
// values. The usual call:
//
//	amounts := money.Find(text, money.Context{Lang: "es", Country: "PE"})
//
// The words, signs and currencies are in data/, one file a language; the
// figures are read by package number.
package money

import (
	"unicode/utf8"

	"github.com/cockroachdb/apd/v3"

	"vocero/corpus"
	"vocero/extract/number"
)

// Context is what is known of the document that a text comes from. The zero
// value is a Spanish text of an unknown country.
type Context struct {
	Lang      string      // ISO 639-1; one without words is read as Spanish
	Country   string      // ISO 3166-1 alpha-2, or "" or "INT": settles "$", "pesos", separators
	Published corpus.Date // settles which of a country's currencies, old or new
}

// Find returns the amounts of a text in order of place, without overlaps. It
// takes time linear in the text's length.
func Find(text string, in Context) []corpus.Amount {
	f := newFinder(text, in)
	f.scan()
	return f.amounts()
}

// Widen draws the span of an amount out to the words before it that bound it:
// "al menos 10 euros". Find leaves them out of its spans; other conventions of
// annotation count them in.
func Widen(text, lang string, span corpus.Span) corpus.Span {
	f := newFinder(text, Context{Lang: lang})
	if m, at := f.preceding(span.Start, bounds); m != nil {
		span.Start = at
	}
	return span
}

// finder reads one text.
type finder struct {
	text    string
	context Context
	house   *house
	words   *phrases
	numbers *number.Reader
	found   []candidate

	rateEnd  int      // of the last rate of exchange
	outright []string // codes of the currencies that are named without doubt
}

// candidate is an amount before its currency is settled.
type candidate struct {
	span      corpus.Span
	low, high apd.Decimal
	unit      *family
	nation    string // the country of "dólares canadienses"
	percent   bool
	bound     corpus.Bound
	restates  int // index of the candidate plus one; 0 if none
}

func newFinder(text string, in Context) *finder {
	h := load()
	words := h.languages[in.Lang]
	if words == nil {
		in.Lang = "es"
		words = h.languages[in.Lang]
	}
	return &finder{text: text, context: in, house: h, words: words, numbers: number.For(in.Lang, in.Country).Within(text)}
}

// scan goes through the text once, from word to word.
func (f *finder) scan() {
	for i := 0; i < len(f.text); {
		c := f.text[i]
		switch {
		case c <= ' ':
			i++
		case isDigit(c) || c == '$' || c >= utf8.RuneSelf || isLetter(c):
			i = f.place(i)
		case (c == '.' || c == ',') && i+1 < len(f.text) && isDigit(f.text[i+1]) && (i == 0 || !isLetter(f.text[i-1])):
			i = f.place(i)
		default:
			i++
		}
	}
}

// place looks for an amount at a place where one can begin, and returns where
// to go on.
func (f *finder) place(i int) int {
	end, ok := f.amount(i)
	if ok || end > i {
		return end
	}
	c := f.text[i]
	switch {
	case isDigit(c):
		return f.skipDigits(i)
	case isLetter(c) || c >= 0xC3 && c <= 0xC9:
		return f.skipWord(i)
	}
	_, size := utf8.DecodeRuneInString(f.text[i:])
	return i + size
}

// skipDigits passes a number that begins with digits, and the digits of what is none.
func (f *finder) skipDigits(i int) int {
	if n, _ := f.numbers.At(f.text, i); n.End > i {
		i = n.End
	}
	for i < len(f.text) && isDigit(f.text[i]) {
		i++
	}
	return i
}

// skipWord passes a word with the digits in it (COVID19, G20), and an address
// of the web as a whole.
func (f *finder) skipWord(i int) int {
	start := i
	for i < len(f.text) && (isLetter(f.text[i]) || isDigit(f.text[i]) || f.text[i] >= 0xC3 && f.text[i] <= 0xC9) {
		if f.text[i] >= utf8.RuneSelf {
			i++
		}
		i++
	}
	i = min(i, len(f.text))
	if i < len(f.text) && f.text[i] == '$' { // "deUS$55": the sign begins within the run
		for at := i; at > start+1 && i-at < 3 && isUpper(f.text[at-1]); at-- {
			if c := f.text[at-2]; !isUpper(c) {
				return at - 1
			}
		}
	}
	if rest := f.text[i:]; len(rest) > 2 && rest[:3] == "://" || i-start == 3 && f.text[start:i] == "www" {
		for i < len(f.text) && f.text[i] > ' ' {
			i++
		}
	}
	return i
}

// amounts settles the currencies.
func (f *finder) amounts() []corpus.Amount {
	if len(f.found) == 0 {
		return nil
	}
	f.collectOutright()
	amounts := make([]corpus.Amount, len(f.found))
	for i := range f.found {
		c := &f.found[i]
		a := corpus.Amount{Span: c.span, Unit: corpus.PercentUnit, Low: c.low, High: c.high, Bound: c.bound}
		if !c.percent {
			a.Unit = f.resolve(c.unit, c.nation)
		}
		if c.restates > 0 && amounts[c.restates-1].Unit != a.Unit && !c.percent {
			a.Restates = f.found[c.restates-1].span
		}
		amounts[i] = a
	}
	return amounts
}

func isDigit(c byte) bool  { return c-'0' <= 9 }
func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// letterAt says whether a letter stands at i.
func letterAt(text string, i int) bool {
	if i >= len(text) {
		return false
	}
	_, end := number.Fold(nil, text[i:min(len(text), i+4)], 0)
	return end > 0
}

// skipSpace passes up to three spaces, plain or no-break.
func skipSpace(text string, i int) int {
	for range 3 {
		switch {
		case i < len(text) && (text[i] == ' ' || text[i] == '\t'):
			i++
		case i+1 < len(text) && text[i] == 0xC2 && text[i+1] == 0xA0:
			i += 2
		case i+2 < len(text) && text[i] == 0xE2 && text[i+1] == 0x80 && (text[i+2] == 0xAF || text[i+2] == 0x89 || text[i+2] == 0x87):
			i += 3
		default:
			return i
		}
	}
	return i
}
