package index

import (
	"strings"

	"vocero/corpus"
	"vocero/index/query"
	"vocero/index/terms"
)

// wanted is a word or phrase of a query, to be compared with words in memory
// as the index compares its own.
type wanted struct {
	words  []string // folded
	prefix bool     // of the last
	fuzzy  int
	slop   int
}

func newWanted(n query.Node) wanted {
	switch n := n.(type) {
	case query.Word:
		return wanted{words: terms.Words(n.Text), prefix: n.Prefix, fuzzy: n.Fuzzy}
	case query.Phrase:
		return wanted{words: terms.Words(n.Text), slop: n.Slop}
	}
	return wanted{}
}

// in says whether the words have w somewhere in a row, in any inflection of
// lang; with lang "" they must be the same words.
func (w wanted) in(words []string, lang string) bool {
	for i := range words {
		if w.at(len(words)-i, func(j int) string { return words[i+j] }, lang) {
			return true
		}
	}
	return false
}

func (w wanted) inEntity(e *corpus.Entity) bool {
	if e == nil {
		return false
	}
	for _, name := range append([]string{e.Name}, e.Aliases...) {
		if w.in(terms.Words(name), "") {
			return true
		}
	}
	return false
}

// at says whether the n words that word gives begin with w.
func (w wanted) at(n int, word func(i int) string, lang string) bool {
	if len(w.words) == 0 || len(w.words) > n {
		return false
	}
	for i, want := range w.words {
		if !w.same(want, word(i), i == len(w.words)-1, lang) {
			return false
		}
	}
	return true
}

func (w wanted) anyWord(word, lang string) bool {
	for i, want := range w.words {
		if w.same(want, word, i == len(w.words)-1, lang) {
			return true
		}
	}
	return false
}

func (w wanted) same(want, word string, last bool, lang string) bool {
	switch {
	case w.prefix && last:
		return strings.HasPrefix(word, want)
	case w.fuzzy > 0:
		return terms.Distance(want, word, w.fuzzy+1) <= w.fuzzy
	}
	return want == word || lang != "" && terms.Stem(want, lang) == terms.Stem(word, lang)
}
