// Package near tells copies of one text from texts that only look alike:
//
//	a, b := near.Read(first), near.Read(second)
//	if a.Hash() == b.Hash() || near.Copies(a, b) { … }
//
// Two texts are copies when one of them, as a whole, is in the other: with words
// changed here and there, another headline before it, other boilerplate around
// it. Texts made from one pattern (the daily bulletin, "man sentenced to … for
// …") share most of their words too, but what differs in them is what they are
// about: a paragraph of their own, or just the names and figures. Those are no
// copies.
//
// Which texts are worth comparing, [Text.Bands] says: copies have at least one
// band in common but for bad luck, so that a store finds them by a look-up. Which
// of many copies stands for the others, [Regroup] settles.
//
// All answers depend on the texts alone, so that they are the same in whatever
// order releases come in.
package near

import "crypto/sha256"

// Version changes with what Hash, Bands or Copies say of a text: what a store
// keeps of them must then be made anew.
const Version = "1"

// Text is a text as it is compared: its words, without what typography,
// white space and a page's buttons put between them.
type Text struct {
	hash    Hash
	content []token         // words that carry meaning, in order
	pairs   map[uint64]bool // two in a row
}

// Hash identifies a text by its words. Texts that differ only in white space,
// punctuation, quotes and dashes, compatibility forms or a page's buttons hash
// alike.
type Hash [16]byte

// token is a word of content.
type token struct {
	word  uint64 // hash of the word in lower case
	named bool   // it has a digit or begins with a capital: a name, a figure
}

// Read makes a Text of a document's text.
func Read(text string) *Text {
	t := &Text{}
	sum, wordy := sha256.New(), false
	for w := range words(text) {
		wordy = true
		sum.Write([]byte(w))
		sum.Write([]byte{0})
		if k, ok := newToken(w); ok {
			t.content = append(t.content, k)
		}
	}
	if !wordy {
		sum.Write([]byte(text)) // without words it is what it is
	}
	copy(t.hash[:], sum.Sum(nil))
	t.pairs = make(map[uint64]bool, len(t.content))
	for i := 1; i < len(t.content); i++ {
		t.pairs[pair(t.content[i-1], t.content[i])] = true
	}
	return t
}

// Hash returns the hash of the text's words, in which case counts.
func (t *Text) Hash() Hash { return t.hash }

// pair is the hash of two words in a row.
func pair(a, b token) uint64 { return mix(a.word*3 + b.word) }

// mix spreads the bits of x over all of it (the finalizer of splitmix64, by
// Sebastiano Vigna, in the public domain).
func mix(x uint64) uint64 {
	x ^= x >> 30
	x *= 0xbf58476d1ce4e5b9
	x ^= x >> 27
	x *= 0x94d049bb133111eb
	return x ^ x>>31
}
