package terms

import (
	_ "embed"
	"iter"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"vocero/corpus"
)

//go:embed abbreviations.txt
var abbreviationsText string

// abbreviations holds the words after which a full stop ends no sentence.
var abbreviations = sync.OnceValue(func() map[string]bool {
	m := make(map[string]bool)
	for line := range strings.Lines(abbreviationsText) {
		if !strings.HasPrefix(line, "#") {
			for _, w := range strings.Fields(line) {
				m[w] = true
			}
		}
	}
	return m
})

// Sentences yields the spans of text's sentences, without the space around
// them. A line break always ends one; a full stop does where a capital letter
// or a digit follows and no abbreviation stands before it.
func Sentences(text string) iter.Seq[corpus.Span] {
	return func(yield func(corpus.Span) bool) {
		start := 0
		for i := 0; i < len(text); {
			end := ends(text, i)
			if end == 0 {
				_, size := utf8.DecodeRuneInString(text[i:])
				i += size
				continue
			}
			if s := trim(text, corpus.Span{Start: start, End: end}); s.Len() > 0 && !yield(s) {
				return
			}
			start, i = end, end
		}
		if s := trim(text, corpus.Span{Start: start, End: len(text)}); s.Len() > 0 {
			yield(s)
		}
	}
}

// ends returns the end of the sentence that the byte at i closes, or 0.
func ends(text string, i int) int {
	switch text[i] {
	case '\n':
		return i + 1
	case '.':
		if abbreviated(text[:i]) {
			return 0
		}
	case '!', '?':
	default:
		return 0
	}
	rest := strings.TrimLeft(text[i+1:], `."'”’»)]!?`)
	end := len(text) - len(rest)
	next := strings.TrimLeft(rest, " \t\u00a0")
	if len(next) == len(rest) {
		return 0
	}
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(next, `"'“‘«([¿¡-–—`))
	if unicode.IsUpper(r) || unicode.IsDigit(r) {
		return end
	}
	return 0
}

// abbreviated says whether the text before a full stop ends in an abbreviation
// or an initial.
func abbreviated(before string) bool {
	word := before[strings.LastIndexFunc(before, func(r rune) bool { return !unicode.IsLetter(r) && r != '.' })+1:]
	if utf8.RuneCountInString(word) == 1 {
		return unicode.IsUpper([]rune(word)[0])
	}
	return abbreviations()[strings.ToLower(word)]
}

func trim(text string, s corpus.Span) corpus.Span {
	part := s.Of(text)
	s.Start += len(part) - len(strings.TrimLeftFunc(part, unicode.IsSpace))
	return corpus.Span{Start: s.Start, End: s.Start + len(strings.TrimSpace(part))}
}
