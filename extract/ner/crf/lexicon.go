package crf

import (
	"slices"
)

// Lexicon is what a model knows of words beside their weights: lists of names
// and of words that go with names, and classes of words that occur alike. Words
// are kept as hashes only, sorted, with the value at the same index.
type Lexicon struct {
	Names      []uint32 // hashes of folded words and phrases
	NameBits   []uint16 // the lists that each is on, a bit a list
	Clusters   []uint32 // hashes of words as written, digits as 0
	ClusterIDs []uint16 // the class of each, from 1
	Broad      []uint16 // of each class, by its ID, the broader class that it is in, from 1
}

// phraseBits are the lists whose entries may be several words.
const phraseBits = 0x1f00

func (x *Lexicon) names(hash uint32) uint16 {
	if i, ok := slices.BinarySearch(x.Names, hash); ok {
		return x.NameBits[i]
	}
	return 0
}

// cluster returns the class of a word, and the broader one.
func (x *Lexicon) cluster(hash uint32) (fine, broad uint16) {
	i, ok := slices.BinarySearch(x.Clusters, hash)
	if !ok {
		return 0, 0
	}
	fine = x.ClusterIDs[i]
	if int(fine) < len(x.Broad) {
		broad = x.Broad[fine]
	}
	return fine, broad
}

// Hash is FNV-1a over the bytes of s, on which all features are built.
func Hash(s string) uint32 {
	h := uint32(2166136261)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}

// join makes one hash of two, in their order; template tells features of
// different meaning apart.
func join(template, a, b uint32) uint32 {
	h := (template+1)*0x9e3779b1 ^ a
	h = (h ^ h>>15) * 0x85ebca6b
	h = (h ^ b) * 0xc2b2ae35
	return h ^ h>>13
}

// joinPhrase is the hash of a phrase's words, one after another.
func joinPhrase(before, word uint32) uint32 { return join(999, before, word) }

// PhraseHash is the hash under which a folded word or phrase, its words given
// by their hashes, stands in Lexicon.Names.
func PhraseHash(words []uint32) uint32 {
	h := words[0]
	for _, w := range words[1:] {
		h = joinPhrase(h, w)
	}
	return h
}
