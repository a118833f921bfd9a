package number

import "unicode/utf8"

// maxWord is the most bytes of a folded word that a lexicon can hold.
const maxWord = 24

// plain gives the letters U+00C0 to U+017F without their accents; a space
// stands for signs that are no letters.
const plain = "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty" +
	"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll" +
	"lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"

// Fold appends the word that begins at text[pos:] to dst, in lower case and
// without accents, as the lexicons' keys are, and returns it with the word's
// end. A word is a run of letters, and º or ª. It stops early, with an empty
// result, at words longer than any lexicon's.
func Fold(dst []byte, text string, pos int) (word []byte, end int) {
	start, i := len(dst), pos
	for i < len(text) {
		c := text[i]
		switch {
		case 'a' <= c && c <= 'z':
			dst = append(dst, c)
			i++
			continue
		case 'A' <= c && c <= 'Z':
			dst = append(dst, c+'a'-'A')
			i++
			continue
		case c < utf8.RuneSelf:
			return fits(dst, start), i
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		f := foldRune(r)
		if f == 0 {
			return fits(dst, start), i
		}
		dst = append(dst, f)
		i += size
	}
	return fits(dst, start), i
}

func fits(dst []byte, start int) []byte {
	if len(dst)-start > maxWord {
		return dst[:start]
	}
	return dst[start:]
}

// foldRune gives the plain lower-case letter of r, or 0 if r is no Latin letter.
func foldRune(r rune) byte {
	switch {
	case r == 'º' || r == '°':
		return 'o'
	case r == 'ª':
		return 'a'
	case r >= 0xC0 && r <= 0x17F && plain[r-0xC0] != ' ':
		return plain[r-0xC0]
	}
	return 0
}

// gap returns the place after one to three spaces, or after a single hyphen,
// at pos: what may stand between two words of a number. It returns pos if
// there is none.
func gap(text string, pos int) int {
	if pos < len(text) && text[pos] == '-' {
		return pos + 1
	}
	i := pos
	for range 3 {
		size := spaceAt(text, i)
		if size == 0 {
			break
		}
		i += size
	}
	return i
}

// spaceAt returns the size in bytes of the space at text[i:]: plain, no-break,
// narrow no-break, thin or figure; 0 if there is none.
func spaceAt(text string, i int) int {
	if i >= len(text) {
		return 0
	}
	switch text[i] {
	case ' ', '\t':
		return 1
	case 0xC2:
		if i+1 < len(text) && text[i+1] == 0xA0 {
			return 2
		}
	case 0xE2:
		if i+2 < len(text) && text[i+1] == 0x80 && (text[i+2] == 0xAF || text[i+2] == 0x89 || text[i+2] == 0x87) {
			return 3
		}
	}
	return 0
}
