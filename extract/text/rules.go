package text

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed abbreviations.txt
var abbreviationsFile string

//go:embed openers.txt
var openersFile string

// rules are what the words of one language say about full stops and apostrophes.
type rules struct {
	abbreviations map[string]class
	openers       map[string]bool
	elides        bool // l', d', qu' are words of their own
}

// class says what the full stop after an abbreviation can be; the zero value
// is no abbreviation.
type class uint8

const (
	title  class = iota + 1 // never the end of a sentence
	number                  // an abbreviation only before a digit
	either                  // the end of a sentence too, before an opener
)

var classes = map[string]class{"title": title, "number": number, "either": either}

// rulesOf returns the rules of a language; those of Spanish for unknown ones.
func rulesOf(lang string) *rules {
	all := allRules()
	if r, ok := all[lang]; ok {
		return r
	}
	return all["es"]
}

var allRules = sync.OnceValue(func() map[string]*rules {
	all := make(map[string]*rules)
	of := func(lang string) *rules {
		if all[lang] == nil {
			all[lang] = &rules{
				abbreviations: make(map[string]class),
				openers:       make(map[string]bool),
				elides:        lang == "fr" || lang == "ca",
			}
		}
		return all[lang]
	}
	for line := range dataLines(openersFile) {
		for _, w := range line[1:] {
			of(line[0]).openers[w] = true
		}
	}
	for line := range dataLines(abbreviationsFile) {
		for lang, r := range all {
			if line[0] != "*" && line[0] != lang {
				continue
			}
			for _, w := range line[2:] {
				r.abbreviations[w] = classes[line[1]]
			}
		}
	}
	return all
})

// dataLines yields the fields of each line of a data file that is neither
// empty nor a comment.
func dataLines(file string) func(yield func([]string) bool) {
	return func(yield func([]string) bool) {
		for line := range strings.Lines(file) {
			f := strings.Fields(line)
			if len(f) > 1 && !strings.HasPrefix(f[0], "#") && !yield(f) {
				return
			}
		}
	}
}
