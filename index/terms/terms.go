// Package terms turns text into the terms that an index keeps of it and that a
// query asks for: words, folded and stemmed, with their places.
//
//	for t := range terms.Find(doc.Text) {
//		stem := terms.Stem(t.Word, "es")
//	}
//
// Folding takes case and accents away but keeps ñ apart from n. A position has
// the sentence in its upper bits, so that words of two sentences are never in
// a row, and so that two positions tell whether they share a sentence.
package terms

import (
	"iter"
	"unicode"
	"unicode/utf8"

	"vocero/corpus"
)

// Term is one word of a text.
type Term struct {
	Span     corpus.Span
	Word     string // folded
	Position int    // sentence<<SentenceBits plus the word's number within it
}

// SentenceBits is the number of a position's lower bits, which count the words
// of a sentence. A sentence of more words goes on as if it were two.
const SentenceBits = 8

// Find yields the words of text in order. A word is a run of letters and
// digits with the marks on them; anything else parts words.
func Find(text string) iter.Seq[Term] {
	return func(yield func(Term) bool) {
		next := 0 // the next sentence's first position
		for s := range Sentences(text) {
			at := next
			for span := range words(text, s) {
				if !yield(Term{span, Fold(span.Of(text)), at}) {
					return
				}
				at++
			}
			next = after(at)
		}
	}
}

// after returns the first position of the sentence that follows one whose last
// word is before at.
func after(at int) int {
	const gap = 2 // so that a sentence of 256 words doesn't touch the next
	return ((at+gap)>>SentenceBits + 1) << SentenceBits
}

// Words returns the folded words of a short text: a name, a query's part.
func Words(text string) []string {
	var found []string
	for span := range words(text, corpus.Span{End: len(text)}) {
		found = append(found, Fold(span.Of(text)))
	}
	return found
}

// words yields the spans of the words within one part of text.
func words(text string, within corpus.Span) iter.Seq[corpus.Span] {
	return func(yield func(corpus.Span) bool) {
		start := -1
		for i := within.Start; i < within.End; {
			r, size := utf8.DecodeRuneInString(text[i:within.End])
			switch inside := inWord(r) || start >= 0 && unicode.Is(unicode.M, r); {
			case inside && start < 0:
				start = i
			case !inside && start >= 0:
				if !yield(corpus.Span{Start: start, End: i}) {
					return
				}
				start = -1
			}
			i += size
		}
		if start >= 0 {
			yield(corpus.Span{Start: start, End: within.End})
		}
	}
}

func inWord(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}
