package html

import (
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"
)

//go:embed lexicon/lines.txt
var linesFile string

// sort is what a line is beside text, see lexicon/lines.txt.
type sort uint8

const (
	isText sort = iota
	isAlso
	isCredit
	isAsking
	isEnd
)

var sorts = map[string]sort{"also": isAlso, "credit": isCredit, "drop": isAsking, "end": isEnd}

// opening is a phrase that a line is or begins with.
type opening struct {
	text string
	open bool // anything may follow
	sort sort
}

// openings holds the phrases by their first letters.
var openings = parseOpenings(linesFile)

// opened is how many bytes of a phrase openings tells phrases apart by.
const opened = 2

func parseOpenings(file string) map[string][]opening {
	phrases := map[string][]opening{}
	for row := range strings.Lines(file) {
		what, list, ok := strings.Cut(row, ":")
		if !ok || strings.HasPrefix(row, "#") {
			continue
		}
		for text := range strings.SplitSeq(list, ",") {
			text, open := strings.CutSuffix(strings.TrimSpace(text), "*")
			if len(text) < opened {
				text += " "
			}
			phrases[text[:opened]] = append(phrases[text[:opened]], opening{text, open, sorts[what]})
		}
	}
	return phrases
}

// sortOf says what a line is by how it begins.
func sortOf(text string) sort {
	const longest = 60 // of the phrases
	text = strings.TrimLeftFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && r != '©' && r != '('
	})
	head := text
	if len(head) > longest {
		head = head[:longest]
	}
	head = strings.ToLower(head)
	if len(head) < opened {
		head += " "
	}
	if len(head) < opened {
		return isText
	}
	for _, o := range openings[head[:opened]] {
		rest, ok := strings.CutPrefix(head, o.text)
		if !ok {
			continue
		}
		next, _ := utf8.DecodeRuneInString(rest)
		if o.open && !unicode.IsLetter(next) || len(text) == len(head) && strings.Trim(rest, " :.…»>!?") == "" {
			return o.sort
		}
	}
	return isText
}
