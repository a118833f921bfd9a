package eval

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/cases"
)

//go:embed edges.txt
var edgeWords string

// edges are the words that may stand at the edge of a date without a change of
// its value.
var edges = sync.OnceValue(func() map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(edgeWords) {
		set[word] = true
	}
	return set
})

// dateCore takes the words off the edges of a date that leave its value as it
// is: "el pasado 5 de mayo" is "5 de mayo". It works on code points, as the
// gold tools do.
func dateCore(text []rune, start, end int) (int, int) {
	if start < 0 || end > len(text) || start > end {
		return start, end
	}
	for {
		if n := leading(text[start:end]); n > 0 && start+n < end {
			start += n
			continue
		}
		if n := trailing(text[start:end]); n > 0 {
			end = start + n
			continue
		}
		return start, end
	}
}

// leading gives the length of an edge word, a comma or a full stop at the
// beginning with the white space after it, or 0.
func leading(s []rune) int {
	n := 0
	for n < len(s) && isLetter(s[n]) {
		n++
	}
	switch {
	case n > 0:
		if !isEdge(s[:n]) {
			return 0
		}
	case len(s) > 0 && (s[0] == ',' || s[0] == '.'):
		n = 1
	default:
		return 0
	}
	for n < len(s) && isSpace(s[n]) {
		n++
	}
	return n
}

// trailing gives the length of what is left without the edge word at the end
// and the white space and commas before it, or 0.
func trailing(s []rune) int {
	if len(s) > 0 && s[len(s)-1] == '\n' {
		s = s[:len(s)-1]
	}
	word := len(s)
	for word > 0 && isLetter(s[word-1]) {
		word--
	}
	if word == len(s) || !isEdge(s[word:]) {
		return 0
	}
	n := word
	for n > 0 && (isSpace(s[n-1]) || s[n-1] == ',') {
		n--
	}
	if n == word {
		return 0
	}
	return n
}

func isEdge(word []rune) bool { return edges()[fold(string(word))] }

func fold(s string) string { return cases.Fold().String(s) }

// isLetter is a word character that is neither decimal digit nor underscore.
func isLetter(r rune) bool {
	return unicode.IsLetter(r) || unicode.In(r, unicode.Nl, unicode.No)
}

// isSpace is Unicode white space and the four information separators.
func isSpace(r rune) bool {
	return unicode.IsSpace(r) || r >= 0x1c && r <= 0x1f
}

// sameName brings a name to the form in which holders and bodies are compared.
func sameName(s string) string {
	return fold(strings.Join(strings.FieldsFunc(s, isSpace), " "))
}
