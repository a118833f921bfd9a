package date

import (
	"iter"
	"strings"

	"vocero/extract/number"
)

// tense gives the time that the nearest telling word before or after a date
// speaks of, and whether it stands right beside the date.
func (p *parser) tense(start, end int) (t tense, close bool) {
	first, near := p.tenseBefore(start)
	second, nearAfter := p.tenseAfter(end)
	switch {
	case first == timeless:
		return 0, false
	case second == timeless:
		second = 0
	}
	switch {
	case first == 0 || second != 0 && nearAfter < near && nearAfter < 3:
		return second, nearAfter == 0 && p.adjective(end)
	}
	return first, near == 0 && p.adjectiveBefore(start)
}

// happened says that a finite verb of the past goes right on from a date that
// stands by itself: "el 12 de enero se reunieron", but "la cita del 12 de enero se
// aplazó".
func (p *parser) happened(start, end int) bool {
	if p.lex.capitals {
		return p.opened(start, end) // else English puts the verb before it
	}
	before := skipBack(p.text, start, " ")
	before -= p.wordSize(before)
	e, _ := p.lex.longest(p.text, before)
	if e == nil || e.class&(isArticle|isInFuture) == 0 || e.class&isGenitive != 0 || p.lex.inMonth[p.wordBefore(before)] {
		return false
	}
	for range 2 {
		from := skipSpace(p.text, end)
		for end = from; end < len(p.text) && p.letter(end) && end-from < 24; end++ {
		}
		word := p.text[from:end]
		if _, listed := p.lex.tense[word]; !listed && p.tenseOf(word) == past {
			return true
		}
		if len(word) == 0 || len(word) > 3 {
			return false
		}
	}
	return false
}

// opened says that a date opens a sentence that goes on to tell the past, and no
// future: "In January, the company hired 50".
func (p *parser) opened(start, end int) bool {
	if end >= len(p.text) || p.text[end] != ',' || p.leadBound(start) != "" {
		return false
	}
	lead := skipBack(p.text, start, " ")
	lead -= p.wordSize(lead)
	if lead == start || !p.opensSentence(lead) || !capital(p.text, lead) {
		return false
	}
	told := false
	for from, to := range p.wordsAfter(end) {
		switch p.tenseAt(from, to) {
		case future:
			return false
		case past:
			told = told || !p.lex.still[p.wordBefore(from)]
		}
	}
	return told
}

// adjective says whether a word such as "pasado" is right after the date.
func (p *parser) adjective(end int) bool {
	pos := skipSpace(p.text, end)
	e, _ := p.lex.longest(p.text, pos)
	return e != nil && e.class&isShift != 0 && e.shift != 0
}

// adjectiveBefore says the same of the word before it.
func (p *parser) adjectiveBefore(start int) bool {
	word := p.wordBefore(start)
	n := p.lex.root.next[word]
	return n != nil && n.entry != nil && n.entry.class&isShift != 0 && n.entry.shift != 0
}

// tenseBefore looks back from a date to the start of its sentence.
func (p *parser) tenseBefore(start int) (t tense, words int) {
	for i := start; i > 0 && start-i < reach; words++ {
		from := i
		for from > 0 && start-from < reach && !p.letter(from-1) {
			if from--; p.stops(from) {
				return 0, words
			}
		}
		end := from
		for from > 0 && p.letter(from-1) && end-from < 32 {
			from--
		}
		if t := p.tenseAt(from, end); t != 0 && !(t == past && (p.lex.still[p.wordBefore(from)] || p.saying(from, end, true))) {
			return t, words
		}
		i = from
		if from == end {
			break
		}
	}
	return 0, words
}

// tenseAfter looks on from a date to the end of its sentence.
func (p *parser) tenseAfter(end int) (t tense, words int) {
	for from, to := range p.wordsAfter(end) {
		if t := p.tenseAt(from, to); t != 0 && !(t == past && p.saying(from, to, false)) {
			return t, words
		}
		words++
	}
	return 0, words
}

// wordsAfter yields where the words after pos begin and end, up to the end of the
// sentence and the word at reach; the last one may be empty.
func (p *parser) wordsAfter(pos int) iter.Seq2[int, int] {
	return func(yield func(from, to int) bool) {
		for i := pos; i < len(p.text) && i-pos < reach; {
			for i < len(p.text) && i-pos < reach && !p.letter(i) {
				if p.stops(i) {
					return
				}
				i++
			}
			from := i
			for i < len(p.text) && p.letter(i) && i-from < 32 {
				i++
			}
			if !yield(from, i) {
				return
			}
		}
	}
}

// saying says that the verb at [from,end) only tells who said what is around it:
// "anticipó que en diciembre", "en julio, explicó Salinas".
func (p *parser) saying(from, end int, before bool) bool {
	var buffer [32]byte
	word, _ := number.Fold(buffer[:0], p.text, from)
	if !p.lex.said[string(word)] {
		if before {
			return false
		}
		word, _ = number.Fold(buffer[:0], p.text, skipSpace(p.text, end)) // ", a annoncé"
		if !p.lex.said[string(word)] {
			return false
		}
	}
	if before {
		next, _ := number.Fold(buffer[:0], p.text, skipSpace(p.text, end))
		return p.lex.that[string(next)]
	}
	at := skipBack(p.text, from, " ")
	return at > 0 && (p.text[at-1] == ',' || p.text[at-1] == '-')
}

// stops says whether a sentence ends at i.
func (p *parser) stops(i int) bool {
	switch p.text[i] {
	case '\n', ';', '!', '?', '|', '"':
		return true
	case 0xE2: // “ and ”: what is said has its own tense
		return i+2 < len(p.text) && p.text[i+1] == 0x80 && (p.text[i+2] == 0x9C || p.text[i+2] == 0x9D)
	case '.':
		return i+1 >= len(p.text) || spaceSize(p.text, i+1) > 0 && (i < 3 || p.letter(i-3) || digit(p.text, i-1) && capital(p.text, skipSpace(p.text, i+1)))
	}
	return false
}

// letter says whether the byte at i is of a letter; those of ’ and of a no-break
// space are not.
func (p *parser) letter(i int) bool {
	c := p.text[i]
	if c >= 0x80 && c < 0xC0 {
		return i > 0 && p.text[i-1] >= 0xC3 && p.text[i-1] <= 0xC5
	}
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= 0xC3 && c <= 0xC5
}

// tenseAt gives the tense of the word at [from,end), or of it and the next one: "va a".
func (p *parser) tenseAt(from, end int) tense {
	if next := end + 1; next < len(p.text) && p.text[end] == ' ' && p.lex.begins[p.text[from:end]] {
		for next < len(p.text) && p.letter(next) && next-end < 8 {
			next++
		}
		if t := p.lex.tense[p.text[from:next]]; t != 0 {
			return t
		}
	}
	if t := p.tenseOf(p.text[from:end]); t != 0 || !capital(p.text, from) {
		return t
	}
	if p.opensSentence(from) {
		return p.opening(p.text[from:end]) // "Abrirá el martes"
	}
	return 0
}

// opening gives the tense that the ending of a verb with a capital tells: "Nació el
// 9 de agosto"; some of those of the past are also endings of names: "María".
func (p *parser) opening(word string) tense {
	for _, e := range p.lex.endings {
		if (e.tense == future || e.verbal) && len(word) > len(e.letters)+2 && strings.HasSuffix(word, e.letters) {
			return e.tense
		}
	}
	return 0
}

// tenseOf gives the tense of one word.
func (p *parser) tenseOf(word string) tense {
	if word == "" {
		return 0
	}
	if t, ok := p.lex.tense[word]; ok {
		return t
	}
	if c := word[0]; c >= 'A' && c <= 'Z' {
		return p.lex.tense[strings.ToLower(word)]
	}
	for _, e := range p.lex.endings {
		if len(word) > len(e.letters)+1 && strings.HasSuffix(word, e.letters) {
			return e.tense
		}
	}
	return 0
}
