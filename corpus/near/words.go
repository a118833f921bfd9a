package near

import (
	_ "embed"
	"hash/fnv"
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Words returns a text's words in lower case with a space between: what is left
// of it when all that is only cosmetic is taken away. A text without words is
// what it is.
func Words(text string) string {
	var b strings.Builder
	for w := range words(text) {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(strings.ToLower(w))
	}
	if b.Len() == 0 {
		return text
	}
	return b.String()
}

// words yields the words of a text: NFKC, without punctuation and without the
// lines that are a page's buttons. A figure keeps its decimal and grouping
// marks and its sign, so that 1,5 is not 15; currency signs and % are words.
func words(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for line := range strings.Lines(text) {
			if isButton(line) {
				continue
			}
			for w := range lineWords(line) {
				if !yield(w) {
					return
				}
			}
		}
	}
}

func lineWords(line string) iter.Seq[string] {
	line = norm.NFKC.String(strings.ToValidUTF8(line, " "))
	return func(yield func(string) bool) {
		start, before := -1, ' ' // start of the word that i is in; the rune before it
		for i, r := range line {
			in := isWord(r) || start >= 0 && isDigit(before) && joinsDigits(r) && digitAt(line, i+utf8.RuneLen(r))
			switch {
			case in && start < 0:
				start = i
			case !in && start >= 0:
				if !yield(line[start:i]) {
					return
				}
				start = -1
			}
			if !in && isSign(r, before, line[i+utf8.RuneLen(r):]) && !yield(sign(r)) {
				return
			}
			before = r
		}
		if start >= 0 {
			yield(line[start:])
		}
	}
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

func isDigit(r rune) bool { return unicode.IsDigit(r) }

func digitAt(s string, i int) bool {
	r, _ := utf8.DecodeRuneInString(s[min(i, len(s)):])
	return isDigit(r)
}

// joinsDigits says whether r between two digits is part of one figure.
func joinsDigits(r rune) bool { return strings.ContainsRune(".,:/'’", r) }

// isSign says whether r is a word by itself: a currency sign, %, ‰, °, or a
// minus before a figure.
func isSign(r, before rune, rest string) bool {
	switch {
	case unicode.Is(unicode.Sc, r), r == '%', r == '‰':
		return true
	case unicode.Is(unicode.Pd, r), r == '−':
		return unicode.IsSpace(before) && digitAt(rest, 0)
	}
	return false
}

// sign gives all minuses one form.
func sign(r rune) string {
	if unicode.Is(unicode.Pd, r) || r == '−' {
		return "-"
	}
	return string(r)
}

// longest is the most letters of a word that carries no meaning by itself: the,
// de, los, que.
const longest = 3

// newToken makes a token of a word, unless it is a short one without a digit.
func newToken(w string) (token, bool) {
	first, _ := utf8.DecodeRuneInString(w)
	digit := strings.ContainsFunc(w, isDigit)
	if !digit && utf8.RuneCountInString(w) <= longest {
		return token{}, false
	}
	h := fnv.New64a()
	h.Write([]byte(strings.ToLower(w)))
	return token{word: mix(h.Sum64()), named: digit || unicode.IsUpper(first)}, true
}

//go:embed buttons.txt
var buttonsFile string

// buttons are whole lines, in words and lower case, that pages put around a
// text; # stands for a figure.
var buttons = readButtons(buttonsFile)

func readButtons(file string) map[string]bool {
	lines := make(map[string]bool)
	for line := range strings.Lines(file) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "//") {
			lines[line] = true
		}
	}
	return lines
}

// longestButton bounds the lines that are looked at, in bytes.
const longestButton = 80

func isButton(line string) bool {
	if len(line) > longestButton {
		return false
	}
	var key []string
	for w := range lineWords(line) {
		if digitAt(w, 0) {
			w = "#"
		}
		key = append(key, strings.ToLower(w))
	}
	return buttons[strings.Join(key, " ")]
}
