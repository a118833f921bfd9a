package query

import (
	_ "embed"
	"strings"
	"sync"

	"vocero/index/terms"
)

//go:embed names.txt
var namesText string

//go:embed currencies.txt
var currenciesText string

//go:embed languages.txt
var languagesText string

// languages maps the names of languages, folded, to their codes.
var languages = sync.OnceValue(func() map[string]string {
	m := make(map[string]string)
	for line := range lines(languagesText) {
		words := strings.Fields(line)
		for _, w := range words[1:] {
			m[terms.Fold(w)] = words[0]
		}
	}
	return m
})

// names maps every word of the language, in lower case, to its canonical word;
// operators keep their capitals.
var names = sync.OnceValue(func() map[string]string {
	m := make(map[string]string)
	for line := range lines(namesText) {
		words := strings.Fields(line)
		for _, w := range words {
			m[w] = words[0]
		}
	}
	return m
})

// currencies holds the codes that may follow an amount.
var currencies = sync.OnceValue(func() map[string]bool {
	m := make(map[string]bool)
	for line := range lines(currenciesText) {
		for _, code := range strings.Fields(line) {
			m[code] = true
		}
	}
	return m
})

// lines yields the lines of a table that say something.
func lines(text string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for line := range strings.Lines(text) {
			if line = strings.TrimSpace(line); line != "" && line[0] != '#' && !yield(line) {
				return
			}
		}
	}
}

// closest returns the word of the language that w most likely misspells, or "".
func closest(w string) string {
	best, least := "", 3
	for name := range names() {
		if d := terms.Distance(strings.ToLower(w), name, least+1); d < least || d == least && name < best {
			best, least = name, d
		}
	}
	return best
}
