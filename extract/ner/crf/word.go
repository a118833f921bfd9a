package crf

import (
	"unicode"
	"unicode/utf8"

	"vocero/extract/text"
)

// word is what is known of a token by itself, as hashes.
type word struct {
	lower   uint32 // in lower case, digits as 0
	folded  uint32 // in lower case without accents, for the lists of names
	shape   uint32 // Xx, X, x, 9, with runs made one: "EE" X, "McCain" XxXx
	cluster uint16
	broad   uint16 // the class of classes that cluster is in
	names   uint16 // lists that it is on, phrases that it is part of
	affixes [8]uint32
	kind    text.TokenKind
	capital bool // begins with a capital
	allCaps bool // two letters or more, all of them capitals
	join    bool // a small word that names go on over: de, y, of, the …
}

// connectors are the small words within names, by language as they come; one
// that is no connector in a language does little harm there.
var connectors = hashes("de", "del", "la", "las", "los", "el", "y", "e", "da", "do", "das", "dos",
	"du", "des", "d'", "d’", "l'", "l’", "le", "les", "et", "en", "para", "of", "the", "and", "for", "&",
	"al", "a", "au", "aux", "à", "contra", "von", "van", "der", "di", "i", "per", "o", "os", "as", "-")

func hashes(words ...string) map[uint32]bool {
	m := make(map[uint32]bool, len(words))
	for _, w := range words {
		m[Hash(w)] = true
	}
	return m
}

// look describes the token s. Its time is linear in s, and bounded: only the
// beginning of a monstrous token is looked at.
func look(s string, kind text.TokenKind, x *Lexicon) word {
	const longest = 64
	if len(s) > longest {
		s = s[:longest]
	}
	var lower, folded, shape, written []byte
	letters, capitals, first := 0, 0, true
	w := word{kind: kind}
	for _, r := range s {
		l := unicode.ToLower(r)
		var class byte
		switch {
		case unicode.IsDigit(r):
			l, class = '0', '9'
		case unicode.IsUpper(r):
			class = 'X'
			letters, capitals = letters+1, capitals+1
			w.capital = w.capital || first
		case unicode.IsLetter(r):
			class = 'x'
			letters++
		default:
			class = '.'
		}
		first = false
		lower = utf8.AppendRune(lower, l)
		folded = utf8.AppendRune(folded, unaccented(l))
		if unicode.IsDigit(r) {
			written = append(written, '0')
		} else {
			written = utf8.AppendRune(written, r)
		}
		if n := len(shape); n == 0 || shape[n-1] != class {
			shape = append(shape, class)
		}
	}
	w.allCaps = letters > 1 && capitals == letters
	if letters > 1 && len(shape) == 1 && capitals == letters {
		shape = append(shape, 'X') // EE, unlike A
	}
	w.lower, w.folded, w.shape = Hash(string(lower)), Hash(string(folded)), Hash(string(shape))
	w.cluster, w.broad = x.cluster(Hash(string(written)))
	w.names = x.names(w.folded) &^ phraseBits
	w.join = !w.capital && connectors[w.lower]
	w.affixes = affixes(string(lower))
	return w
}

// affixes are the hashes of the first and the last 1 to 4 letters.
func affixes(s string) (a [8]uint32) {
	from, to := 0, len(s)
	for i := range 4 {
		if from < len(s) {
			_, n := utf8.DecodeRuneInString(s[from:])
			from += n
		}
		if to > 0 {
			_, n := utf8.DecodeLastRuneInString(s[:to])
			to -= n
		}
		a[i], a[4+i] = Hash(s[:from]), Hash(s[to:])
	}
	return a
}

// Fold is s in lower case without accents, as Lexicon.Names has it.
func Fold(s string) string {
	out := make([]byte, 0, len(s))
	for _, r := range s {
		out = utf8.AppendRune(out, unaccented(unicode.ToLower(r)))
	}
	return string(out)
}

// unaccented takes the accent off a small letter of the languages that we read.
func unaccented(r rune) rune {
	switch r {
	case 'á', 'à', 'â', 'ã', 'ä', 'å':
		return 'a'
	case 'é', 'è', 'ê', 'ë':
		return 'e'
	case 'í', 'ì', 'î', 'ï':
		return 'i'
	case 'ó', 'ò', 'ô', 'õ', 'ö':
		return 'o'
	case 'ú', 'ù', 'û', 'ü':
		return 'u'
	case 'ç':
		return 'c'
	case 'ñ':
		return 'n'
	}
	return r
}
