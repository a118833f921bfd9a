package bleve

import (
	"strings"
	"sync"

	"vocero/index/terms"
)

// stemming remembers the stems of words, as most words of a text were in the
// texts before. What is known is read while a batch is analyzed, on several
// goroutines, and added to between batches.
type stemming struct {
	mu    sync.RWMutex
	known map[string]map[string]string // by language and word
	size  int
}

// maxStems bounds what is remembered; words beyond are stemmed each time.
const maxStems = 200_000

// stemmer knows those that one document uses.
type stemmer struct {
	known map[string]string // not to be changed
	lang  string
	added map[string]string
}

// of returns the stems of a language. The lock must be held for reading as
// long as they are used.
func (s *stemming) of(lang string) *stemmer { return &stemmer{known: s.known[lang], lang: lang} }

// stem returns terms.Stem(word, lang).
func (s *stemmer) stem(word string) string {
	if stem, ok := s.known[word]; ok {
		return stem
	}
	stem := terms.Stem(word, s.lang)
	if s.added == nil {
		s.added = make(map[string]string)
	}
	s.added[word] = stem
	return stem
}

// add remembers what documents added.
func (s *stemming) add(of []*stemmer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.known == nil {
		s.known = make(map[string]map[string]string)
	}
	for _, own := range of {
		known := s.known[own.lang]
		if known == nil {
			known = make(map[string]string)
			s.known[own.lang] = known
		}
		for word, stem := range own.added {
			if _, had := known[word]; had || s.size >= maxStems {
				continue
			}
			known[strings.Clone(word)] = strings.Clone(stem) // they may be parts of a whole text
			s.size++
		}
	}
}
