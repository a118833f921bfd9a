package crf

import "vocero/extract/text"

// echoes are the names that were found in a text, by the hash of their words.
// In a headline, where capitals say nothing, they say what its names are.
type echoes map[uint32]*echo

// echo is what all places of a name say together.
type echo struct {
	sum   [len(kinds)]float64 // of the probabilities, by kind
	times int
	words int
}

// maxEcho is the number of words up to which names are compared.
const maxEcho = 10

// sameWords says how strongly a headline's words go with the name that they are
// elsewhere.
const sameWords = 6

// headlines finds the names of headlines anew, now that those of the rest of the
// text are known.
func (d *document) headlines(names [][]name, c *chain) {
	var all echoes
	for i, s := range d.text.Sentences {
		if !d.features.shouts(s) {
			continue
		}
		if all == nil {
			all = d.echoes(names)
		}
		if d.repeat(s, all, names[i]) {
			names[i] = d.names(s, c)
		}
	}
}

func (d *document) echoes(names [][]name) echoes {
	all := echoes{}
	for _, inSentence := range names {
		for _, n := range inSentence {
			hash := d.features.words[n.first].lower
			for i := n.first + 1; i <= n.last; i++ {
				hash = joinPhrase(hash, d.features.words[i].lower)
			}
			e := all[hash]
			if e == nil {
				e = &echo{words: n.last - n.first + 1}
				all[hash] = e
			}
			e.sum[n.kind] += n.p
			e.times++
		}
	}
	return all
}

// repeat raises the scores of names at the words of a headline that are one
// elsewhere; here are those found in s so far. It says whether it did.
func (d *document) repeat(s text.Sentence, all echoes, here []name) (raised bool) {
	for i := s.First; i < s.Last; i++ {
		for len(here) > 0 && here[0].last < i {
			here = here[1:]
		}
		if !d.repeats(i) {
			continue
		}
		found, words := d.longestEcho(i, s, all)
		if found == nil {
			continue
		}
		e := *found
		if len(here) > 0 && here[0].first <= i {
			e = e.without(here[0], i, i+words-1)
		}
		if e.times == 0 {
			continue
		}
		by := sameWords / float64(e.times+1) // the mean, less sure the fewer they are
		for k, sum := range e.sum {
			for j := range words {
				d.local[i+j][LabelAt(k, j, words)] += float32(by * sum)
			}
		}
		raised = true
		i += words - 1
	}
	return raised
}

// longestEcho is the longest name whose words stand at i, and their number.
func (d *document) longestEcho(i int, s text.Sentence, all echoes) (found *echo, words int) {
	var hash uint32
	for n := 1; n <= maxEcho && i+n <= s.Last; n++ {
		w := d.features.words[i+n-1].lower
		if n == 1 {
			hash = w
		} else {
			hash = joinPhrase(hash, w)
		}
		if e := all[hash]; e != nil && e.words == n {
			found, words = e, n
		}
	}
	return found, words
}

// without is e without what n says, when it stands at the words from first to
// last itself: nothing, when these are part of n.
func (e echo) without(n name, first, last int) echo {
	switch {
	case n.first == first && n.last == last:
		e.sum[n.kind] -= n.p
		e.times--
	case last <= n.last:
		return echo{}
	}
	return e
}
