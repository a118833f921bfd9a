// Package number reads numbers where they stand in a text: digits with their
// separators settled by language and country, spelled, and mixed with scale
// words. Finders of amounts and dates ask it at the places that interest them:
//
//	r := number.For("es", "PE")
//	n, ok := r.At("ocho millones de soles", 0) // 8000000, bytes [0,13)
//
// The words of each language are in data/LANG.tsv, the separators of each
// country in data/separators.tsv; both are described there.
package number

import (
	"embed"
	"sync"

	"github.com/cockroachdb/apd/v3"

	"vocero/corpus"
)

// Number is a number in a text.
type Number struct {
	corpus.Span
	Value   apd.Decimal // exact
	Spelled bool        // begins with a word, not with a digit
	Scaled  bool        // has a scale word: "7.2 millones", "dos mil"
	Grouped bool        // its digits are in groups: "1.234", "120 000"
	Point   bool        // has a decimal separator, or a spelled one
	Power   int         // power of ten of the scale words after the only figure: 6 in "7.2 millones"
	Digits  int         // digits written before the decimal separator; 0 when Spelled

	// Other is what the digits mean under the other reading of their only
	// separator ("1.500" as 1500 or 1.5), and Doubtful says that there is one.
	// Value follows the custom of the country.
	Doubtful bool
	Other    apd.Decimal
}

// Int returns the value when it is a whole number of at most nine digits.
func (n *Number) Int() (int, bool) {
	if n.Value.Exponent < 0 || n.Value.Exponent > 9 {
		return 0, false
	}
	i, err := n.Value.Int64()
	if err != nil || i > 999_999_999 || i < -999_999_999 {
		return 0, false
	}
	return int(i), true
}

// Reader reads the numbers of one language in one country. It does not change
// and may be shared.
type Reader struct {
	words   *lexicon
	decimal byte // '.' or ',': the decimal separator by custom
	spaced  bool // a plain space separates thousands
}

//go:embed data/*.tsv
var data embed.FS

// house is every language's lexicon and every country's separators, read once.
type house struct {
	languages map[string]*lexicon
	customs   map[string]custom // by "es-PE" and "es"
}

var load = sync.OnceValue(func() *house {
	h, err := readHouse(data)
	if err != nil {
		panic("extract/number: embedded data: " + err.Error()) // the package's tests read it
	}
	return h
})

// For returns the reader for a language (ISO 639-1; one without a lexicon is
// read as Spanish) and a country (ISO 3166-1 alpha-2, or "").
func For(lang, country string) *Reader {
	h := load()
	words := h.languages[lang]
	if words == nil {
		lang = "es"
		words = h.languages[lang]
	}
	c, ok := h.customs[lang+"-"+country]
	if !ok {
		c = h.customs[lang]
	}
	return &Reader{words, c.decimal, c.spaced}
}

// Within is r for one text, which may show by its own numbers that it parts
// decimals otherwise than its country: "14.372,4" and "1.234.567" say that the
// point stands between thousands. Where a text shows both, r is what it was.
func (r *Reader) Within(text string) *Reader {
	var shown [2]bool // that '.', that ',' parts decimals
	for i := 0; i < len(text); {
		if !isDigit(text, i) {
			i++
			continue
		}
		s := r.measure(text, i)
		switch s.decimal() {
		case '.':
			shown[0] = true
		case ',':
			shown[1] = true
		}
		i = s.end
	}
	within := *r
	switch {
	case shown[0] && !shown[1]:
		within.decimal = '.'
	case shown[1] && !shown[0]:
		within.decimal = ','
	}
	return &within
}

// Languages lists the languages that have a lexicon.
func Languages() []string { return load().names() }

// At reads the longest number that begins at byte pos, which must be the start
// of a word or of a run of digits. When there is none, ok is false, and if the
// place holds digits that make no number (too many, or a chain such as
// "1.1.1.1") the Span still covers them, for the caller to skip.
//
// It does not read a sign, an ordinal, a fraction or an abbreviated magnitude:
// see Ordinal, Fraction and Short.
func (r *Reader) At(text string, pos int) (n Number, ok bool) {
	if pos < 0 || pos >= len(text) {
		return Number{}, false
	}
	if startsDigits(text, pos) {
		return r.fromDigits(text, pos)
	}
	return r.fromWords(text, pos)
}

// fromDigits reads digits and the scale words after them.
func (r *Reader) fromDigits(text string, pos int) (Number, bool) {
	n, d, ok := r.digits(text, pos)
	if !ok || !d.small {
		return n, ok
	}
	var s sum
	s.digits(d.value, n.End)
	r.spell(text, &s)
	s.drop()
	if s.end == n.End {
		return r.dozens(text, n), true
	}
	n.End, n.Scaled, n.Point = s.end, s.scaled, n.Point || s.point
	n.Power = s.power(d.value)
	n.Doubtful = n.Doubtful && n.Power > 0 && d.rescale(&n.Other, int32(n.Power))
	return n, s.total().set(&n.Value)
}

// fromWords reads a number that begins with a word.
func (r *Reader) fromWords(text string, pos int) (Number, bool) {
	var s sum
	s.end = pos
	r.spell(text, &s)
	if s.end == pos {
		return r.aDozen(text, pos)
	}
	n := Number{Span: corpus.Span{Start: pos, End: s.end}, Spelled: true, Scaled: s.scaled, Point: s.point}
	if s.n == 1 && !s.open && !s.point {
		n.Power = int(s.terms[0].value.exp)
	}
	if !s.total().set(&n.Value) {
		return n, false
	}
	return r.dozens(text, n), true
}
