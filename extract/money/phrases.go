package money

import (
	"fmt"
	"strings"

	"vocero/extract/number"
)

// class is a set of the things that a phrase can be around an amount.
type class uint64

const (
	noun class = 1 << iota
	weak
	country
	cent
	centMark
	scaled
	of
	with
	to
	or
	between
	and
	article
	change
	percent
	points
	atLeast
	atMost
	over
	under
	about
	afterMin
	afterMax
	afterAbout
	restate
	sumNoun
	barePoints
	amid
	measure
	minus
	rate
	per
	since
	setMin
	reach
)

const bounds = atLeast | atMost | over | under | about

var classes = map[string]class{
	"noun": noun, "weak": weak, "country": country, "cent": cent, "centmark": centMark, "scaled": scaled,
	"of": of, "with": with, "to": to, "or": or, "between": between, "and": and, "article": article,
	"change": change, "percent": percent, "points": points, "min": atLeast, "max": atMost, "over": over,
	"under": under, "about": about, "aftermin": afterMin, "aftermax": afterMax, "afterabout": afterAbout,
	"restate": restate, "barepoints": barePoints, "sum": sumNoun, "amid": amid,
	"measure": measure, "minus": minus, "rate": rate, "per": per, "since": since, "setmin": setMin, "reach": reach,
}

// meaning is what a phrase can be.
type meaning struct {
	class   class
	unit    *family // of a noun, weak noun or scaled phrase
	cent    *family // of a cent or its mark; nil for the country's own
	country string
	power   int
}

// phrases is the words of one language.
type phrases struct {
	meanings map[string]*meaning // by folded words with single spaces
	longest  map[string]int      // by first word: the most words of a phrase
}

// take takes one row: class, meaning, phrases.
func (p *phrases) take(h *house, row []string) error {
	if len(row) != 3 {
		return fmt.Errorf("%q: want class, meaning, phrases", row)
	}
	c, ok := classes[row[0]]
	if !ok {
		return fmt.Errorf("%q: no such class", row[0])
	}
	var m meaning
	var err error
	switch c {
	case noun, weak, measure:
		m.unit, err = h.unit(row[1])
	case country:
		m.country = row[1]
	case cent, centMark:
		if row[1] != "-" {
			m.cent, err = h.unit(row[1])
		}
	case scaled:
		digits, unit, _ := strings.Cut(row[1], " ")
		if m.power, err = power(digits); err == nil {
			m.unit, err = h.unit(unit)
		}
	}
	if err != nil {
		return err
	}
	if c == measure {
		c |= weak
	}
	for _, phrase := range strings.Split(row[2], ",") {
		p.learn(strings.TrimSpace(phrase), c, m)
	}
	return nil
}

// learn adds a class to a phrase.
func (p *phrases) learn(phrase string, c class, m meaning) {
	key, first, words := "", "", 0
	for pos := 0; pos < len(phrase); {
		w, end := number.Fold(nil, phrase, pos)
		if end == pos {
			pos++
			continue
		}
		if words++; words == 1 {
			key, first = string(w), string(w)
		} else {
			key += " " + string(w)
		}
		pos = end
	}
	known := p.meanings[key]
	if known == nil {
		known = &meaning{}
		p.meanings[key] = known
	}
	known.class |= c
	if m.unit != nil && (c&weak == 0 || known.unit == nil) {
		known.unit, known.power = m.unit, m.power
	}
	if m.cent != nil {
		known.cent = m.cent
	}
	if m.country != "" {
		known.country = m.country
	}
	p.longest[first] = max(p.longest[first], words)
}

// match finds the longest phrase of one of the classes that begins at pos.
func (p *phrases) match(text string, pos int, want class) (m *meaning, end int) {
	var room [96]byte
	key, at := number.Fold(room[:0], text, pos)
	if len(key) == 0 {
		return nil, pos
	}
	most := p.longest[string(key)]
	size := len(key)
	for words := 1; words <= most; words++ {
		if found := p.meanings[string(room[:size])]; found != nil && found.class&want != 0 {
			m, end = found, at
		}
		next := joint(text, at)
		if next == at || size+26 > len(room) {
			break
		}
		room[size] = ' '
		w, wordEnd := number.Fold(room[size+1:size+1], text, next)
		if len(w) == 0 {
			break
		}
		size += 1 + len(w)
		at = wordEnd
	}
	return m, end
}

// joint returns the place after what may stand between two words of a phrase:
// spaces, a hyphen, an apostrophe, or the full stop of an abbreviation.
func joint(text string, pos int) int {
	if pos >= len(text) {
		return pos
	}
	switch {
	case text[pos] == '-':
		return pos + 1
	case text[pos] == '\'':
		return skipSpace(text, pos+1)
	case strings.HasPrefix(text[pos:], "’"):
		return skipSpace(text, pos+len("’"))
	case text[pos] == '.' && pos+1 < len(text) && text[pos+1] != ' ':
		return pos + 1
	case strings.HasPrefix(text[pos:], ". ") && pos > 1 && isUpper(text[pos-1]):
		return pos + 2
	}
	return skipSpace(text, pos)
}

func isUpper(c byte) bool { return 'A' <= c && c <= 'Z' }
