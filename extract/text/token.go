package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"vocero/corpus"
)

// tokens divides source. Each rule looks at most a few runes ahead, and the
// one for addresses runs over a stretch of bytes that it starts at only once.
func tokens(source string, rules *rules) []Token {
	out := make([]Token, 0, len(source)/5+1)
	last := ' ' // the rune before i
	for i := 0; i < len(source); {
		r, size := utf8.DecodeRuneInString(source[i:])
		if blank(r) {
			last, i = r, i+size
			continue
		}
		end, kind := i+size, Punct
		switch {
		case !addressByte(last) && addressAt(source, i, &end):
			kind = Address
		case letter(r) || unicode.IsDigit(r):
			end, kind = wordEnd(source, i, rules)
		case apostrophe(r) && letter(last) && genitive(source, i+size):
			end, kind = i+size+1, Word
		default:
			end = punctEnd(source, i, end, r)
		}
		out = append(out, Token{Span: corpus.Span{Start: i, End: end}, Kind: kind})
		last, _ = utf8.DecodeLastRuneInString(source[i:end])
		i = end
	}
	return out
}

// punctEnd takes the dots of an ellipsis and the hyphens of a dash together.
func punctEnd(source string, start, end int, r rune) int {
	if r != '.' && r != '-' && r != '_' && r != '*' && r != '=' {
		return end
	}
	for end < len(source) && source[end] == source[start] {
		end++
	}
	return end
}

// wordEnd returns the end of the word or number that begins at start.
func wordEnd(source string, start int, rules *rules) (int, TokenKind) {
	if end := dottedEnd(source, start); end > 0 {
		return end, Word
	}
	kind := Number
	i := start
	for i < len(source) {
		r, size := utf8.DecodeRuneInString(source[i:])
		switch {
		case unicode.IsDigit(r):
			i += size
		case r == 'ª' || r == 'º' || r == '°':
			return i + size, kind
		case letter(r):
			kind, i = Word, i+size
		default:
			joined, cut := joint(source, start, i, kind, rules)
			if joined == i || cut {
				return abbreviationEnd(source, start, joined, rules), kind
			}
			i = joined
		}
	}
	return i, kind
}

// joint returns the offset behind the mark at i where it joins what stands on
// both sides of it, i where it does not, and whether the word ends there.
func joint(source string, start, i int, kind TokenKind, rules *rules) (int, bool) {
	mark, size := utf8.DecodeRuneInString(source[i:])
	next, _ := utf8.DecodeRuneInString(source[i+size:])
	if !letter(next) && !unicode.IsDigit(next) {
		return i, false
	}
	joins := false
	switch {
	case kind == Number && unicode.IsDigit(next):
		joins = mark == '.' || mark == ',' || apostrophe(mark) ||
			(mark == '\u00a0' || mark == '\u202f') && thousands(source, i+size)
	case kind == Number:
		joins = hyphen(mark) && unicode.IsLower(next)
	case apostrophe(mark) && letter(next):
		if rules.elides && elided(source[start:i]) {
			return i + size, true
		}
		joins = !genitive(source, i+size)
	case hyphen(mark):
		joins = !unicode.IsUpper(next)
	case mark == '&':
		before, _ := utf8.DecodeLastRuneInString(source[:i])
		joins = unicode.IsUpper(before) && unicode.IsUpper(next)
	}
	if !joins {
		return i, false
	}
	return i + size, false
}

// dottedEnd returns the end of dotted initials that begin at start, such as
// S.A., U.S. and EE.UU., or 0. Two parts at least make them.
func dottedEnd(source string, start int) int {
	parts, i := 0, start
	for parts < maxParts {
		r, size := utf8.DecodeRuneInString(source[i:])
		if !unicode.IsLetter(r) {
			break
		}
		width := size
		if again, n := utf8.DecodeRuneInString(source[i+size:]); again == r && unicode.IsUpper(r) {
			width += n
		}
		after, _ := utf8.DecodeRuneInString(source[i+width:])
		if after != '.' {
			if parts > 0 && !letter(after) && !unicode.IsDigit(after) && !apostrophe(after) {
				parts, i = parts+1, i+width
			}
			break
		}
		parts, i = parts+1, i+width+1
	}
	if next, _ := utf8.DecodeRuneInString(source[i:]); parts < 2 || letter(next) {
		return 0
	}
	return i
}

// maxParts bounds the initials that are taken together.
const maxParts = 12

// abbreviationEnd returns end, or end and the full stop behind it where the
// two are an abbreviation or an initial.
func abbreviationEnd(source string, start, end int, rules *rules) int {
	if end >= len(source) || source[end] != '.' || strings.HasPrefix(source[end:], "..") {
		return end
	}
	word := source[start:end]
	next := strings.TrimLeft(source[end+1:min(end+8, len(source))], " \u00a0")
	after, _ := utf8.DecodeRuneInString(next)
	if len(word) <= maxAbbreviation {
		switch rules.abbreviations[strings.ToLower(word)] {
		case title, either:
			return end + 1
		case number:
			if unicode.IsDigit(after) {
				return end + 1
			}
		}
	}
	if r, size := utf8.DecodeRuneInString(word); size == len(word) && unicode.IsUpper(r) &&
		unicode.IsUpper(after) && !rules.openers[strings.ToLower(firstWord(source[end+1:]))] {
		return end + 1
	}
	return end
}

const maxAbbreviation = 16 // bytes: none is longer

// firstWord returns the first letters of s, of its first 40 bytes.
func firstWord(s string) string {
	s = strings.TrimLeft(s[:min(40, len(s))], " \u00a0")
	if end := strings.IndexFunc(s, func(r rune) bool { return !letter(r) }); end >= 0 {
		return s[:end]
	}
	return s
}

// thousands says whether exactly three digits stand at i.
func thousands(source string, i int) bool {
	n := 0
	for n < 4 && i+n < len(source) && source[i+n] >= '0' && source[i+n] <= '9' {
		n++
	}
	return n == 3
}

// elided says whether a French or Catalan word loses its vowel before an
// apostrophe, and so is a word of its own: l', d', qu', jusqu'.
func elided(word string) bool {
	return utf8.RuneCountInString(word) == 1 || strings.HasSuffix(strings.ToLower(word), "qu")
}

// genitive says whether at i, behind an apostrophe, stands the English s of
// possession.
func genitive(source string, i int) bool {
	if i >= len(source) || source[i] != 's' && source[i] != 'S' {
		return false
	}
	next, _ := utf8.DecodeRuneInString(source[i+1:])
	return !letter(next) && !unicode.IsDigit(next)
}

func letter(r rune) bool {
	return unicode.IsLetter(r) && r != 'ª' && r != 'º' || unicode.IsMark(r) || r == '\u00ad'
}

func apostrophe(r rune) bool { return r == '\'' || r == '’' }

func hyphen(r rune) bool { return r == '-' || r == '\u2010' || r == '\u2011' }

// blank says whether r is white space, a control or an invisible mark.
func blank(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || r == '\ufeff' || r == '\u200b'
}
