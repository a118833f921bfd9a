package html

import (
	_ "embed"
	"strings"
	"unicode"
)

//go:embed lexicon/languages.txt
var languagesFile string

var languageWords = parseLanguages(languagesFile)

// parseLanguages gives for each word the languages that it speaks for.
func parseLanguages(file string) map[string][]string {
	words := map[string][]string{}
	for lang, list := range parseLists(file) {
		for _, w := range list {
			words[w] = append(words[w], lang)
		}
	}
	return words
}

// checkLanguage overrules what a page says of its language where its text
// speaks clearly against it: templates say en or es on pages in any language.
func (a *Article) checkLanguage() {
	const enough, clearly, read = 20, 3, 20_000
	counts := map[string]int{}
	for word := range strings.FieldsFuncSeq(strings.ToLower(a.Text[:min(len(a.Text), read)]), func(r rune) bool { return !unicode.IsLetter(r) }) {
		for _, lang := range languageWords[word] {
			counts[lang]++
		}
	}
	best := ""
	for _, lang := range []string{"es", "en", "pt", "fr", "de", "it", "ca", "gl"} {
		if counts[lang] > counts[best] {
			best = lang
		}
	}
	clear := counts[best] >= enough && counts[best] >= clearly*counts[a.Lang]
	if clear && best != a.Lang && (a.Lang == "" || isListed(a.Lang)) {
		a.Lang, a.From["lang"] = best, fromText
	}
}

// isListed says whether the words of a language are known.
func isListed(lang string) bool { return strings.Contains(languagesFile, "\n"+lang+": ") }
