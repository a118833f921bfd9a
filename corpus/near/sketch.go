package near

import "math"

// A text has bandCount bands of bandRows rows. Copies in which one word of ten
// is another share about two thirds of their pairs of words, and so a given
// band with 0.3, and one of all with 0.999; texts that share a tenth share one
// with 0.02.
const (
	bandCount = 24
	bandRows  = 3
)

// shortest is the least number of content words of a text that is compared with
// others: what is shorter has copies only in its very words.
const shortest = 20

// Bands returns the keys by which copies of the text are found, or nil for a
// text too short to be told from another by its words: MinHash over pairs of
// content words (Broder 1997), in bands (Indyk and Motwani 1998).
func (t *Text) Bands() []int64 {
	if len(t.content) < shortest {
		return nil
	}
	var least [bandCount * bandRows]uint64
	for i := range least {
		least[i] = math.MaxUint64
	}
	for p := range t.pairs {
		for i := range least {
			// Multiply-shift families are too weak for MinHash; mix is not.
			least[i] = min(least[i], mix(p+uint64(i)*0x9e3779b97f4a7c15))
		}
	}
	keys := make([]int64, bandCount)
	for i := range keys {
		key := uint64(i)
		for _, m := range least[i*bandRows : (i+1)*bandRows] {
			key = mix(key ^ m)
		}
		keys[i] = int64(key >> bandShift)
	}
	return keys
}

// bandShift leaves 48 bits of a band's key: it takes a byte or two less in a
// store's tables, and two texts of a million share one by chance once in ten
// million.
const bandShift = 16
