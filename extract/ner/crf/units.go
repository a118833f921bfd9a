package crf

import (
	_ "embed"
	"strings"
	"sync"

	"vocero/corpus"
	"vocero/extract/text"
)

//go:embed units.txt
var unitsFile string

// unitWords are the words of units.txt by class, as hashes; those of "whole"
// are of phrases.
var unitWords = sync.OnceValue(func() map[string]map[uint32]bool {
	all := map[string]map[uint32]bool{}
	for line := range strings.Lines(unitsFile) {
		class, words, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if !ok || line[0] == '#' {
			continue
		}
		if all[class] == nil {
			all[class] = map[uint32]bool{}
		}
		var phrase []uint32
		for _, w := range strings.Fields(words) {
			phrase = append(phrase, Hash(w))
			if class != "whole" {
				all[class][Hash(w)] = true
			}
		}
		if class == "whole" {
			all[class][PhraseHash(phrase)] = true
		}
	}
	return all
})

// part parts the name of a unit from that of its body, tokens first to last of
// the text, and an English genitive's s from a name; it appends what comes out.
func (d *document) part(found []corpus.Mention, first, last int, m corpus.Mention) []corpus.Mention {
	is := unitWords()
	words := d.features.words
	if at := d.genitive(first, last, m.Kind); at > 0 {
		owner := m
		owner.Span.End = d.text.Tokens[at-1].End
		found = append(found, owner)
		if at == last {
			return found
		}
		m.Span.Start = d.text.Tokens[at+1].Start
		return d.part(found, at+1, last, m)
	}
	if m.Kind == corpus.Organization && is["unit"][words[first].folded] && !words[first].allCaps {
		for i := first + 1; i < last; i++ {
			if !is["join"][words[i].folded] {
				continue
			}
			body := i + 1
			if is["article"][words[body].folded] {
				body++
			}
			if body > last || !words[body].capital {
				continue
			}
			owner := m
			owner.Span.Start = d.text.Tokens[body].Start
			if owners := d.part(nil, body, last, owner); len(owners) > 1 || d.isBody(body, last) {
				m.Span.End = d.text.Tokens[i-1].End
				return append(append(found, m), owners...)
			}
		}
	}
	return append(found, m)
}

// genitive returns the place of an English 's that ends a name, or that stands
// between those of a body and its unit, or 0. Names such as McDonald's keep
// theirs: they never stand without it.
func (d *document) genitive(first, last int, kind corpus.Kind) int {
	is := unitWords()
	words := d.features.words
	body := false
	for i := first; i <= last; i++ {
		if w := words[i].folded; is["unit"][w] || is["body"][w] {
			body = true
		}
		switch {
		case i == first || !is["genitive"][words[i].folded]:
		case i == last && d.standsWithout(i), i < last && body && kind == corpus.Organization:
			return i
		}
	}
	return 0
}

// standsWithout says whether the word before the 's at i stands anywhere in the
// text without one.
func (d *document) standsWithout(i int) bool {
	words := d.features.words
	for j := range words {
		if words[j].lower == words[i-1].lower && (j+1 == len(words) || words[j+1].folded != words[i].folded) {
			return true
		}
	}
	return false
}

// isBody says whether the tokens from one on to the last of a name are the name
// of a body that a unit can belong to.
func (d *document) isBody(from, last int) bool {
	words := d.features.words
	w := &words[from]
	if !w.capital || w.kind != text.Word {
		return false
	}
	if from == last {
		return w.allCaps
	}
	hash := w.folded
	for _, next := range words[from+1 : last+1] {
		hash = joinPhrase(hash, next.folded)
	}
	return unitWords()["body"][w.folded] || unitWords()["whole"][hash]
}
