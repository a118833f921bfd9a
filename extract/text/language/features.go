package language

import "unicode"

// bucketBits is the size of the table that features are hashed into.
const bucketBits = 14

// buckets appends the features of s: every run of two, three and four
// characters, and every word. Letters count in lower case, an apostrophe and
// the Catalan middle dot as they are; anything else is one space.
func buckets(into []uint16, s string) []uint16 {
	if into == nil {
		into = make([]uint16, 0, 4*len(s)+4)
	}
	var r3, r2, r1 uint64 = 0, 0, ' ' // the characters before this one
	word := uint64(0)
	add := func(kind, h uint64) {
		into = append(into, uint16((h^kind<<56)*0x9E3779B97F4A7C15>>(64-bucketBits)))
	}
	step := func(x uint64) {
		if x == ' ' && r1 == ' ' {
			return
		}
		add(1, r1<<21|x)
		if r2 != 0 {
			add(2, r2*31<<32^r1<<21^x)
		}
		if r3 != 0 {
			add(3, r3*131<<40^r2*31<<32^r1<<21^x)
		}
		if x != ' ' {
			word = (word ^ x) * 0x100000001B3
		} else if word != 0 {
			add(4, word>>8)
			word = 0
		}
		r3, r2, r1 = r2, r1, x
	}
	for _, r := range s {
		step(uint64(fold(r)))
	}
	step(' ')
	return into
}

// fold gives the character that a rune counts as.
func fold(r rune) rune {
	switch {
	case 'a' <= r && r <= 'z', r == '\'', r == '·':
		return r
	case 'A' <= r && r <= 'Z':
		return r + 'a' - 'A'
	case r == '’':
		return '\''
	case r < 0x80:
		return ' '
	case unicode.IsLetter(r):
		return unicode.ToLower(r)
	}
	return ' '
}
