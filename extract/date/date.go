// Package date finds calendar dates and ranges of them in Spanish, English,
// Portuguese and French, and resolves them against the day of publication:
//
//	date.Find("El foro será el 17 y 18 de mayo.", date.Context{Lang: "es", Published: corpus.Date{2021, 5, 10}})
//	// [{Span:{16 31} EDTF:2021-05-17/2021-05-18 …}]
//
// One grammar reads all languages; what differs is in data/: the words of each
// language in LANG.tsv (es.tsv describes the columns), holidays.tsv and
// countries.tsv.
package date

import (
	"vocero/corpus"
	"vocero/extract/number"
)

// Context is what is known of the document that a text is from.
type Context struct {
	Lang      string      // ISO 639-1; one without a lexicon is read as Spanish
	Country   string      // ISO 3166-1 alpha-2, or "": settles 3/4, holidays and seasons
	Published corpus.Date // zero if not known: unless the text tells it, yearless dates are then XXXX-05-17
}

// Find returns the dates of text in order of place. Spans leave out the
// prepositions and articles in front ("desde el"), which Bound may tell of.
// Find takes time linear in the length of text.
func Find(text string, in Context) []corpus.DateRange {
	p := newParser(text, in)
	if p.published.IsZero() || p.coarse == day {
		if found, told := p.imprint(in); !told {
			return foreign(text, in, found)
		}
	}
	p.scan(p.parse)
	return foreign(text, in, p.found)
}

// parser finds the dates of one text.
type parser struct {
	text      string
	lex       *lexicon
	numbers   *number.Reader
	country   string
	monthDay  bool
	south     bool
	published corpus.Date // to the day, or zero; its year may stand in for one not told
	coarse    unit        // units up to this one are not known of published
	near      bool        // published is a day about it, not the day itself
	adrift    bool        // the weekday of published is not known, nor its year
	clues     *clues      // of the day of publication, while they are looked for
	run       []token
	buffer    [32]byte
	found     []corpus.DateRange
	listing   bool           // dates of the expression being read are not found yet
	last      [2]corpus.Date // the first and last day of what was found last
	anchor    point          // the last date with a year and a month of its own
	anchorEnd int
	yearTold  int // of the last date with a year
	yearEnd   int
	previous  point          // the last date that was resolved, if it is of a month
	inFull    [13 * 32]int16 // years of the days that were told in full
	report    report
}

func newParser(text string, in Context) *parser {
	lex := lexicons()[in.Lang]
	if lex == nil {
		in.Lang = "es"
		lex = lexicons()[in.Lang]
	}
	c := countries()[in.Country]
	p := &parser{
		text: text, lex: lex, numbers: number.For(in.Lang, in.Country), country: in.Country,
		monthDay: lex.monthDay, south: c.south, published: in.Published,
	}
	if c.order != "" && c.order != "-" {
		p.monthDay = c.order == "month-day"
	}
	if d := p.published; d.Day == 0 && !d.IsZero() {
		p.coarse = day
		if d.Month == 0 {
			p.coarse, p.published.Month = month, 7
		}
		p.published.Day = 15
	}
	return p
}
