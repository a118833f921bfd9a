// Package text divides a release into tokens and sentences, each with its
// place in the source, for every finder of extract:
//
//	t := text.Parse(doc.Text, doc.Lang)
//	for _, s := range t.Sentences {
//		for i := s.First; i < s.Last; i++ {
//			fmt.Println(t.Word(i))
//		}
//	}
//
// Nothing is changed or lost: tokens are spans of the source, in order, and
// only white space lies between them.
package text

import "vocero/corpus"

// TokenKind says what a token is made of.
type TokenKind uint8

// The kinds of tokens.
const (
	Word    TokenKind = iota // letters, perhaps with digits: Perú, COVID-19, O'Brien, EE., S.A., l', 17th
	Number                   // digits with separators: 2017, 1.234,5, 30'000, 8ª
	Address                  // of web or mail, a handle or hashtag: www.gob.pe, @oea, #8M
	Punct                    // anything else, a rune each, runs of dots or dashes together: ( “ … --
)

// Token is a word, number, address or mark in the source.
type Token struct {
	corpus.Span
	Kind TokenKind
}

// Sentence is a sentence, or a headline or another line that stands by itself.
// Its tokens are [First,Last); it begins with the first and ends with the last.
type Sentence struct {
	corpus.Span
	First, Last int
}

// Text is a source with its tokens and sentences. Every token is in exactly
// one sentence.
type Text struct {
	Source    string
	Lang      string // as given to Parse
	Tokens    []Token
	Sentences []Sentence
}

// Parse divides source, which is in the language lang ("es", "en", "pt",
// "fr", "ca" …; "" is unknown and treated as "es"). Its time is linear in the
// length of source; any bytes are taken, also such as are not UTF-8.
func Parse(source, lang string) *Text {
	t := &Text{Source: source, Lang: lang}
	rules := rulesOf(lang)
	t.Tokens = tokens(source, rules)
	t.Sentences = sentences(t, rules)
	return t
}

// Word returns the surface of the i-th token.
func (t *Text) Word(i int) string { return t.Tokens[i].Of(t.Source) }
