package html

import (
	_ "embed"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

//go:embed lexicon/names.txt
var namesFile string

// verdict is what the names of an element say of it, see lexicon/names.txt.
type verdict uint16

const (
	isBody verdict = 1 << iota
	isPart
	isDropped
	isDoubtful
	isKept
	isLead
	isElsewhere
	isDate
	isAuthor
	isTitle
	isTrail
	isKicker
)

var verdicts = map[string]verdict{"body": isBody, "part": isPart, "drop": isDropped, "doubt": isDoubtful, "keep": isKept, "lead": isLead,
	"other": isElsewhere | isDropped, "date": isDate, "author": isAuthor, "title": isTitle, "trail": isTrail, "kicker": isKicker}

// phrase is a name of the lexicon.
type phrase struct {
	words   []string
	whole   bool // the name must be no longer
	prefix  bool // the last word may be longer
	verdict verdict
}

// nameLexicon holds phrases by their first word, or by its first letters where
// the word is a prefix.
type nameLexicon struct {
	words    map[string][]phrase
	prefixes map[string][]phrase
}

// prefixed is how many letters tell prefixes apart before they are compared.
const prefixed = 3

var names = parseNames(namesFile)

func parseNames(file string) *nameLexicon {
	lexicon := &nameLexicon{words: map[string][]phrase{}, prefixes: map[string][]phrase{}}
	for row := range strings.Lines(file) {
		what, list, ok := strings.Cut(row, ":")
		if !ok || strings.HasPrefix(row, "#") {
			continue
		}
		for name := range strings.SplitSeq(list, ",") {
			name, whole := strings.CutPrefix(strings.TrimSpace(name), "=")
			name, prefix := strings.CutSuffix(name, "*")
			p := phrase{words: strings.Fields(name), whole: whole, prefix: prefix, verdict: verdicts[what]}
			if prefix && len(p.words) == 1 {
				key := name[:min(prefixed, len(name))]
				lexicon.prefixes[key] = append(lexicon.prefixes[key], p)
			} else {
				lexicon.words[p.words[0]] = append(lexicon.words[p.words[0]], p)
			}
		}
	}
	return lexicon
}

// judge says what one name says: "postBody", "nav-menu".
func (l *nameLexicon) judge(name string) verdict {
	words := nameWords(name)
	var v verdict
	for at, word := range words {
		for _, p := range l.words[word] {
			v |= p.in(words, at)
		}
		if len(word) >= prefixed {
			for _, p := range l.prefixes[word[:prefixed]] {
				v |= p.in(words, at)
			}
		}
	}
	if v&isKept != 0 {
		return 0
	}
	return v
}

// in is the phrase's verdict where it stands in words at a place, else none.
func (p phrase) in(words []string, at int) verdict {
	if len(words) < at+len(p.words) || p.whole && len(words) != len(p.words) {
		return 0
	}
	for i, w := range p.words {
		if word := words[at+i]; word != w && !(p.prefix && i == len(p.words)-1 && strings.HasPrefix(word, w)) {
			return 0
		}
	}
	return p.verdict
}

// nameWords are the words of a name in small letters: at marks, at digits and
// where a capital follows a small letter.
func nameWords(name string) []string {
	var b strings.Builder
	small := false
	for _, r := range name {
		switch {
		case !unicode.IsLetter(r):
			b.WriteByte(' ')
		case unicode.IsUpper(r) && small:
			b.WriteByte(' ')
			fallthrough
		default:
			b.WriteRune(unicode.ToLower(r))
		}
		small = unicode.IsLower(r)
	}
	return strings.Fields(b.String())
}

// judge remembers verdicts: pages use few names many times.
type judge struct{ known map[string]verdict }

// of is what the names of n say together.
func (j *judge) of(n *html.Node) verdict {
	var v verdict
	for _, a := range n.Attr {
		switch a.Key {
		case "id":
			if isHeading(n) {
				continue // made of its own words
			}
			fallthrough
		case "class", "role", "itemprop", "data-component", "data-testid":
			for name := range strings.FieldsSeq(a.Val) {
				v |= j.name(name)
			}
		}
	}
	return v
}

func (j *judge) name(name string) verdict {
	const longest = 80 // what is longer is no name that a person gave
	if len(name) > longest || ofSubject(name) {
		return 0
	}
	v, ok := j.known[name]
	if !ok {
		v = names.judge(name)
		j.known[name] = v
	}
	return v
}

// ofSubject says whether a class names what the article is about, as WordPress
// writes its categories and tags on it.
func ofSubject(name string) bool {
	for _, of := range []string{"tag-", "category-", "cat-", "format-", "status-", "type-"} {
		if strings.HasPrefix(name, of) {
			return true
		}
	}
	return false
}
