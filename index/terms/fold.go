package terms

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold returns s in lower case and without accents, except that ñ stays.
func Fold(s string) string {
	if plain(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	if foldLatin(&b, s) {
		return b.String()
	}
	b.Reset()
	for _, r := range norm.NFC.String(s) {
		foldRune(&b, unicode.ToLower(r))
	}
	return b.String()
}

// plain says that s is folded already, as most words of a text are.
func plain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' {
			return false
		}
	}
	return true
}

// foldLatin writes s folded if it is of the first 256 characters alone, as most
// words are, none of which a mark beside it changes.
func foldLatin(b *strings.Builder, s string) bool {
	for _, r := range s {
		switch {
		case r < utf8.RuneSelf:
			if 'A' <= r && r <= 'Z' {
				r += 'a' - 'A'
			}
			b.WriteByte(byte(r))
		case r >= firstLatin && int(r-firstLatin) < len(latin):
			b.WriteString(latin[r-firstLatin])
		default:
			return false
		}
	}
	return true
}

// latin holds the letters from À to ÿ folded.
var latin = strings.Fields("a a a a a a ae c e e e e i i i i d ñ o o o o o × o u u u u y th ss" +
	" a a a a a a ae c e e e e i i i i d ñ o o o o o ÷ o u u u u y th y")

const firstLatin = 'À'

func foldRune(b *strings.Builder, r rune) {
	if r < utf8.RuneSelf || r == 'ñ' {
		b.WriteRune(r)
		return
	}
	if s, ok := letters[r]; ok {
		b.WriteString(s)
		return
	}
	var buf [utf8.UTFMax]byte
	n := utf8.EncodeRune(buf[:], r)
	for _, d := range string(norm.NFKD.Bytes(buf[:n])) {
		if !unicode.Is(unicode.M, d) {
			b.WriteRune(unicode.ToLower(d))
		}
	}
}

// letters holds what decomposition leaves whole.
var letters = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ı': "i",
}
