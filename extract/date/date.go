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
	Published corpus.Date // zero if not known: then yearless dates are XXXX-05-17
}

// Find returns the dates of text in order of place. Spans leave out the
// prepositions and articles in front ("desde el"), which Bound may tell of.
// Find takes time linear in the length of text.
func Find(text string, in Context) []corpus.DateRange {
	p := newParser(text, in)
	if p.published.IsZero() {
		p.published = p.dateline()
	}
	p.scan(p.parse)
	return p.found
}

// parser finds the dates of one text.
type parser struct {
	text       string
	lex        *lexicon
	numbers    *number.Reader
	country    string
	monthDay   bool
	south      bool
	published  corpus.Date // to the day, or zero
	coarse     unit        // units up to this one are not known of published
	run        []token
	buffer     [32]byte
	found      []corpus.DateRange
	anchor     point // the last date with a year and a month of its own
	anchorYear int   // of the last date with a year
	anchorEnd  int
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

// maxDateline is how far into a release its dateline is looked for, in bytes.
const maxDateline = 1000

// dateline gives the full date that stands at the head of a release: on a line
// of its own or after the place ("Quito, 19 de abril de 2021").
func (p *parser) dateline() corpus.Date {
	head := newParser(p.text[:min(len(p.text), maxDateline)], Context{})
	head.lex, head.numbers, head.monthDay = p.lex, p.numbers, p.monthDay
	head.scan(head.parse)
	for _, d := range head.found {
		full, err := corpus.ParseDate(d.EDTF)
		if err != nil || full.Day == 0 || full.Year < 1900 {
			continue
		}
		if head.heads(d.Span.Start) && d.Bound == "" || head.ofToday(d.Span) {
			return full
		}
	}
	return corpus.Date{}
}

// ofToday says whether "hoy" or "este" makes the date that of the release itself.
func (p *parser) ofToday(span corpus.Span) bool {
	for _, pos := range [...]int{span.Start, span.Start - 1 - len(p.wordBefore(span.Start))} {
		e, _ := p.lex.longest(p.text, max(pos, 0))
		if e != nil && (e.class&isToday != 0 && e.offset == 0 || e.class&isFront != 0 && e.shift == 0) {
			return true
		}
	}
	return false
}

// heads says whether the line up to pos is nothing but a place, a label or a
// weekday: a few words, no verb and no preposition.
func (p *parser) heads(pos int) bool {
	if t, _ := p.tenseBefore(pos); t != 0 || p.lex.strong[p.wordBefore(pos)] {
		return false
	}
	const most = 80
	for i := pos - 1; i >= 0 && pos-i <= most; i-- {
		if p.text[i] == '\n' {
			return true
		}
		if i == 0 {
			return pos <= most
		}
	}
	return pos == 0
}
