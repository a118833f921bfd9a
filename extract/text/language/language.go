// Package language tells in which language a text is written:
//
//	language.Of("El Govern ha aprovat avui un pla de millora") // "ca"
//
// It is a linear classifier over runs of two to four letters and whole words,
// learned from releases and from the texts in samples; see [Train].
package language

import (
	_ "embed"
	"fmt"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Other is what Of calls a language that is none of es, en, pt, fr, ca, gl.
const Other = "other"

// limit is how many bytes of a text are looked at, and few the number of
// letters below which nothing is said.
const (
	limit = 4096
	few   = 8
)

//go:generate go run ./train -shared ../../../../shared -samples samples -o profile.bin

//go:embed profile.bin
var profileBytes []byte

var profile = sync.OnceValue(func() *Profile {
	p, err := ParseProfile(profileBytes)
	if err != nil {
		panic(fmt.Sprintf("the embedded language profile: %v", err)) // a defect of the build
	}
	return p
})

// Of returns es, en, pt, fr, ca, gl or [Other], judged by the first 4 kB of
// source, or "" when there are too few letters to judge by.
func Of(source string) string { return profile().Of(source) }

// Of is [Of] by another profile.
func (p *Profile) Of(source string) string {
	source = head(source)
	latin, others := letters(source)
	switch {
	case latin+others < few:
		return ""
	case others > latin:
		return Other
	}
	sums := p.sums(buckets(nil, source))
	best := 0
	for c := range p.classes {
		if sums[c] > sums[best] {
			best = c
		}
	}
	return p.classes[best].calls
}

// sums adds up the weights of every class.
func (p *Profile) sums(found []uint16) (sums [maxClasses]int32) {
	for _, b := range found {
		row := &p.weights[b]
		for c := range sums {
			sums[c] += int32(row[c])
		}
	}
	return sums
}

// head cuts source at the limit, between characters.
func head(source string) string {
	if len(source) <= limit {
		return source
	}
	end := limit
	for end > 0 && !utf8.RuneStart(source[end]) {
		end--
	}
	return source[:end]
}

// letters counts those of the Latin script and those of all others.
func letters(s string) (latin, others int) {
	for _, r := range s {
		switch {
		case 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z':
			latin++
		case r < utf8.RuneSelf:
		case unicode.Is(unicode.Latin, r):
			latin++
		case unicode.IsLetter(r):
			others++
		}
	}
	return latin, others
}
