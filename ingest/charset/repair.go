package charset

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Repair undoes a wrong decoding: UTF-8 that was read as windows-1252, so that
// ó became Ã³. It does so where the signs make whole UTF-8 sequences and the text
// shows at least once that they cannot be meant: a capital Ã or Â within a word
// in small letters, a quote of three signs, or several signs after Â. A name in
// quotes that ends in Ã is left alone. What was spoiled twice is repaired twice.
func Repair(s string) string {
	for range 2 {
		repaired, ok := repair(s)
		if !ok {
			return s
		}
		s = repaired
	}
	return s
}

// repair replaces each spoiled sequence. ok says that it was certain.
func repair(s string) (string, bool) {
	if !strings.ContainsAny(s, "ÂÃÅâ") {
		return s, false
	}
	var out strings.Builder
	certain, signs := false, 0
	before := ' '
	for i := 0; i < len(s); {
		r, n := spoiled(s[i:])
		if n == 0 {
			var size int
			before, size = utf8.DecodeRuneInString(s[i:])
			out.WriteString(s[i : i+size])
			i += size
			continue
		}
		out.WriteRune(r)
		i += n
		after, _ := utf8.DecodeRuneInString(s[i:])
		switch {
		case r > 0x2000, unicode.IsLetter(r) && (unicode.IsLower(before) || unicode.IsLower(after)):
			certain = true
		case !unicode.IsLetter(r):
			signs++
		}
		before = r
	}
	if !certain && signs < 2 {
		return s, false
	}
	return out.String(), true
}

// spoiled reads at the beginning of s the signs that one letter became. n is
// their length in bytes, or 0.
func spoiled(s string) (r rune, n int) {
	var seq []byte
	want := 0
	for i, c := range s {
		b, ok := byteOf(c)
		switch {
		case !ok:
			return 0, 0
		case i == 0 && b >= 0xc2 && b <= 0xc3: // Latin-1: all accented letters of our languages
			want = 2
		case i == 0 && b == 0xc5: // œ, Ÿ, Š and others of Latin Extended-A
			want = 2
		case i == 0 && b == 0xe2: // quotes, dashes, the euro sign
			want = 3
		case i == 0:
			return 0, 0
		}
		seq = append(seq, b)
		if len(seq) == want {
			r, size := utf8.DecodeRune(seq)
			if size != want || !usual(r) {
				return 0, 0
			}
			return r, i + utf8.RuneLen(c)
		}
	}
	return 0, 0
}

// usual says whether our languages write r.
func usual(r rune) bool {
	return r <= 0xff && r >= 0xa0 || strings.ContainsRune("œŒŸŠšŽž–—‘’‚“”„…•€™‰′″‹›", r)
}

// byteOf is the byte that windows-1252 or, where that has none, latin-1 reads as r.
func byteOf(r rune) (byte, bool) {
	if r >= 0x80 && r <= 0x9f {
		return byte(r), true
	}
	b, ok := charmap.Windows1252.EncodeRune(r)
	return b, ok && b >= 0x80
}
