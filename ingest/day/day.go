// Package day reads days of publication as senders and pages write them:
//
//	d, err := day.Parse("Mon, 03 May 2021 10:00:00 GMT")
//	d, at, ok := day.Find("Publicado el 3 de mayo de 2021", day.DayFirst)
//
// A time of day and its zone are dropped: the day is that of the sender.
package day

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	"vocero/corpus"
)

// Order says how to read a date in figures that could be read in two ways.
type Order bool

// Most of the world puts the day before the month; the United States do not.
const (
	DayFirst   Order = false
	MonthFirst Order = true
)

// The years that a publication on the web or a scan of an older one may have.
const (
	firstYear = 1900
	lastYear  = 2100
)

// Parse reads a text that is a date, with or without a time of day: ISO 8601 in
// all its lengths, RFC 822 and its relatives, figures in either order, months in
// words in ten languages. The empty text is no date and no error.
func Parse(s string) (corpus.Date, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return corpus.Date{}, nil
	}
	if d, err := corpus.ParseDate(s); err == nil && plausible(d) {
		return d, nil
	}
	if d, ok := digits(s); ok {
		return d, nil
	}
	if t, err := time.Parse("1/2/2006 3:04:05 PM", s); err == nil { // as .NET writes it where nobody set the country
		return corpus.DateOf(t), nil
	}
	if d, at, ok := Find(s, DayFirst); ok && at <= longestBefore {
		return d, nil
	}
	for _, layout := range shortYears {
		if t, err := time.Parse(layout, s); err == nil {
			return corpus.DateOf(t), nil
		}
	}
	if year, _, ok := strings.Cut(s, " "); ok {
		if d, err := corpus.ParseDate(year); err == nil && d.Month == 0 {
			return d, nil
		}
	}
	return corpus.Date{}, fmt.Errorf("date %q cannot be read", s)
}

// shortYears are the forms of mail and news in which two figures are a year.
var shortYears = [...]string{time.RFC822, time.RFC822Z, time.RFC850,
	"Mon, 2 Jan 06 15:04:05 -0700", "Mon, 2 Jan 06 15:04:05 MST", "2 Jan 06 15:04:05 -0700"}

// longestBefore is how many bytes may stand before the date in what Parse
// reads: the name of a day of the week.
const longestBefore = 16

func plausible(d corpus.Date) bool { return d.Year >= firstYear && d.Year <= lastYear }

// digits reads a date that is figures only: 20210503, 20210503T101500Z,
// 20210503101500, and seconds or milliseconds since 1970.
func digits(s string) (corpus.Date, bool) {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	rest := s[n:]
	switch {
	case (n == 8 && (rest == "" || rest[0] == 'T' || rest[0] == ' ')) || n == 14 && rest == "" || n == 12 && rest == "":
		return valid(number(s[:4]), number(s[4:6]), number(s[6:8]))
	case n == 10 && rest == "":
		return corpus.DateOf(time.Unix(int64(number(s)), 0).UTC()), true
	case n == 13 && rest == "":
		return corpus.DateOf(time.UnixMilli(int64(number(s))).UTC()), true
	}
	return corpus.Date{}, false
}

func number(s string) int {
	n := 0
	for _, c := range s {
		n = n*10 + int(c-'0')
	}
	return n
}

func valid(year, month, day int) (corpus.Date, bool) {
	d, err := corpus.ParseDate(fmt.Sprintf("%04d-%02d-%02d", year, month, day))
	return d, err == nil && plausible(d)
}

// Find returns the first whole date in a text and the byte where it begins. A
// month and a year without a day are no date.
func Find(text string, order Order) (d corpus.Date, at int, ok bool) {
	parts := split(text)
	for i := range parts {
		if d, ok := dateAt(parts[i:], order); ok {
			return d, parts[i].at, true
		}
	}
	return corpus.Date{}, 0, false
}

// part is a number or a word of a text.
type part struct {
	at     int
	text   string // in small letters
	number bool
	mark   string // what stands between it and the next part
}

// longestText bounds what Find looks at.
const longestText = 4096

func split(text string) []part {
	if len(text) > longestText {
		text = text[:longestText]
	}
	var parts []part
	kind, begun := other, 0
	flush := func(end int) {
		switch {
		case kind != other:
			parts = append(parts, part{at: begun, text: strings.ToLower(text[begun:end]), number: kind == figure})
		case len(parts) > 0:
			parts[len(parts)-1].mark = text[begun:end]
		}
	}
	for i, r := range text {
		if k := kindOf(r); k != kind {
			flush(i)
			kind, begun = k, i
		}
	}
	flush(len(text))
	return parts
}

type kind int

const (
	other kind = iota
	figure
	letter
)

func kindOf(r rune) kind {
	switch {
	case r >= '0' && r <= '9':
		return figure
	case unicode.IsLetter(r):
		return letter
	}
	return other
}
