package charset

import (
	_ "embed"
	"math"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// candidates are the encodings of one byte a letter that western European texts
// come in, the likeliest first: of two that read the same it is the one.
var candidates = [...]*charmap.Charmap{charmap.Windows1252, charmap.ISO8859_15, charmap.Macintosh, charmap.CodePage850}

// usualMost is how much better than windows-1252 another encoding must read.
const usualMost = 4.0

// scored bounds how much of a text is looked at.
const scored = 64 << 10

// likeliest is the encoding that reads b as the most probable text.
func likeliest(b []byte) encoding.Encoding {
	b = b[:min(len(b), scored)]
	best, most := candidates[0], score(b, candidates[0])+usualMost
	for _, c := range candidates[1:] {
		if s := score(b, c); s > most {
			best, most = c, s
		}
	}
	return best
}

// unseen is the score of a pair that the counted texts do not have, and odd that
// of a control character.
const (
	unseen = -3.0
	odd    = -20.0
)

// score adds up how usual the pairs are that each letter beyond ASCII makes
// with its neighbours: the logarithm of how often they occur in a million.
func score(b []byte, c *charmap.Charmap) float64 {
	sum := 0.0
	for i, x := range b {
		if x < 0x80 {
			continue
		}
		r := c.DecodeByte(x)
		if unicode.IsControl(r) || r == unicode.ReplacementChar {
			sum += odd
			continue
		}
		before, after := ' ', ' '
		if i > 0 {
			before = c.DecodeByte(b[i-1])
		}
		if i+1 < len(b) {
			after = c.DecodeByte(b[i+1])
		}
		sum += pair(before, r) + pair(r, after) + shape(before, r, after)
	}
	return sum
}

// shape is the score of what pairs do not show: a letter that stands alone and
// is no word of our languages, and a capital within a word.
func shape(before, r, after rune) float64 {
	switch {
	case !unicode.IsLetter(r):
		return 0
	case !unicode.IsLetter(before) && !unicode.IsLetter(after) && !strings.ContainsRune("éàÉÀ", r),
		unicode.IsLower(before) && unicode.IsUpper(r), unicode.IsLower(r) && unicode.IsUpper(after):
		return 2 * unseen
	}
	return 0
}

func pair(a, b rune) float64 {
	if s, ok := pairs()[[2]rune{Class(a), Class(b)}]; ok {
		return s
	}
	return unseen
}

// Class makes one of the signs that tell nothing apart: letters without their
// case, digits, white space.
func Class(r rune) rune {
	switch {
	case unicode.IsLetter(r):
		return unicode.ToLower(r)
	case unicode.IsDigit(r):
		return '0'
	case unicode.IsSpace(r):
		return ' '
	}
	return r
}

//go:generate go run ./count ../../../shared/data/releases data/pairs.txt
//go:embed data/pairs.txt
var pairsFile string

// pairs gives the score of each pair in the file.
var pairs = sync.OnceValue(func() map[[2]rune]float64 {
	m := map[[2]rune]float64{}
	for line := range strings.Lines(pairsFile) {
		p, count, ok := strings.Cut(strings.TrimRight(line, "\n"), "\t")
		n, err := strconv.ParseFloat(count, 64)
		if r := []rune(p); ok && err == nil && len(r) == 2 {
			m[[2]rune{r[0], r[1]}] = math.Log(n)
		}
	}
	return m
})
