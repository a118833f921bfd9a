package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"vocero/corpus"
)

// wrapped is the length in bytes from which a line that goes on in lower case
// on the next one is taken to be wrapped.
const wrapped = 40

// sentences groups the tokens of t. A line break ends a sentence, unless the
// line is wrapped; so does a final mark where what follows can begin one.
func sentences(t *Text, rules *rules) []Sentence {
	var out []Sentence
	first, line := 0, 0 // the first token of the sentence, the start of the line
	for i := range t.Tokens {
		if i == 0 {
			line = t.Tokens[0].Start
			continue
		}
		gap := t.Source[t.Tokens[i-1].End:t.Tokens[i].Start]
		breaks := strings.Count(gap, "\n")
		if breaks == 1 && t.wraps(i, line) {
			continue
		}
		if breaks > 0 {
			line = t.Tokens[i].Start
		}
		if breaks > 0 || t.ends(first, i, rules) {
			out = append(out, t.sentence(first, i))
			first = i
		}
	}
	if first < len(t.Tokens) {
		out = append(out, t.sentence(first, len(t.Tokens)))
	}
	return out
}

func (t *Text) sentence(first, last int) Sentence {
	span := corpus.Span{Start: t.Tokens[first].Start, End: t.Tokens[last-1].End}
	return Sentence{Span: span, First: first, Last: last}
}

// wraps says whether the line break before token i falls within a sentence.
func (t *Text) wraps(i, line int) bool {
	return t.Tokens[i-1].End-line >= wrapped && unicode.IsLower(t.initial(i)) && !final(t.Word(i-1))
}

// ends says whether the sentence that begins with token first ends before
// token i.
func (t *Text) ends(first, i int, rules *rules) bool {
	mark := i - 1 // the final mark, before what it closes
	for mark > first && i-mark < maxClosers && t.closes(mark) {
		mark--
	}
	if t.closes(i) || !t.begins(i) {
		return false
	}
	word := t.Word(mark)
	if final(word) {
		return mark-first != 1 || t.Tokens[first].Kind != Number // not the number of an item
	}
	if t.Tokens[mark].Kind != Word || !strings.HasSuffix(word, ".") {
		return false
	}
	if c := rules.abbreviations[strings.ToLower(strings.TrimSuffix(word, "."))]; c == title || c == number {
		return false
	}
	return rules.openers[strings.ToLower(t.Word(i))]
}

// maxClosers bounds the marks that are looked through behind a final one.
const maxClosers = 6

// final says whether a token ends sentences.
func final(word string) bool {
	switch word[0] {
	case '.', '!', '?':
		return strings.Trim(word, ".!?") == ""
	}
	return word == "…"
}

// closes says whether token i is a bracket or quotation mark that closes;
// a straight one does where nothing stands between it and the token before.
func (t *Text) closes(i int) bool {
	switch t.Word(i) {
	case ")", "]", "”", "’", "»", "›":
		return true
	case `"`, "'", "*", "**":
		return i > 0 && t.Tokens[i-1].End == t.Tokens[i].Start
	}
	return false
}

// begins says whether token i can be the first of a sentence.
func (t *Text) begins(i int) bool {
	if t.Tokens[i].Kind == Punct {
		return strings.ContainsAny(t.Word(i), "“«‹\"'‘([¿¡•·–—-*▪●")
	}
	r := t.initial(i)
	return unicode.IsUpper(r) || unicode.IsDigit(r) || r == '@' || r == '#'
}

func (t *Text) initial(i int) rune {
	r, _ := utf8.DecodeRuneInString(t.Source[t.Tokens[i].Start:])
	return r
}
