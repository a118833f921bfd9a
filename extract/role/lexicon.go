package role

import (
	"embed"
	"fmt"
	"path"
	"strings"
	"sync"

	"vocero/extract/text"
)

//go:embed data
var data embed.FS

// class is what a word is to a role; data/es.txt says what each means.
type class uint32

const (
	head class = 1 << iota
	before
	after
	demonym
	acting
	former
	elect
	of
	tie
	article
	join
	field
	title
	as
	is
	ending
	apart
	trade
	one
)

var classes = map[string]class{
	"head": head, "before": before, "after": after, "demonym": demonym, "acting": acting, "former": former,
	"elect": elect, "of": of, "tie": tie, "article": article, "join": join, "field": field, "title": title, "as": as, "is": is, "ending": ending, "apart": apart, "trade": head | trade, "one": one,
}

// lexicon holds the words of one language, in small letters, as a tree of
// tokens: a word that is several tokens is a path.
type lexicon struct {
	next    map[string]*lexicon
	classes class
	plurals []inflection
}

// inflection says how a plural ends, and its singular: "ces" is of "z".
type inflection struct{ plural, singular string }

// match returns the classes of the longest word at tokens[i:] that has one of
// want, and its number of tokens; or 0, 0.
func (x *lexicon) match(words []string, want class) (found class, n int) {
	for i, w := range words {
		if x = x.next[w]; x == nil {
			break
		}
		if x.classes&want != 0 {
			found, n = x.classes, i+1
		}
	}
	return found, n
}

// matchPlural returns the number of tokens of the longest head that words begin
// with in the plural, or 0.
func (x *lexicon) matchPlural(words []string) int {
	return x.inflected(words, x.plurals, 0)
}

func (x *lexicon) inflected(words []string, plurals []inflection, n int) int {
	if n == len(words) {
		return 0
	}
	best := 0
	if next := x.next[words[n]]; next != nil {
		best = next.inflected(words, plurals, n+1)
	}
	for _, p := range plurals {
		stem, ok := strings.CutSuffix(words[n], p.plural)
		next := x.next[stem+p.singular]
		if !ok || next == nil {
			continue
		}
		if next.classes&head != 0 {
			best = max(best, n+1)
		}
		best = max(best, next.inflected(words, plurals, n+1))
	}
	return best
}

func (x *lexicon) add(words []string, c class) {
	for _, w := range words {
		if x.next == nil {
			x.next = map[string]*lexicon{}
		}
		if x.next[w] == nil {
			x.next[w] = &lexicon{}
		}
		x = x.next[w]
	}
	x.classes |= c
}

// lexicons are the embedded words by language. They never change.
var lexicons = sync.OnceValue(func() map[string]*lexicon {
	files, err := data.ReadDir("data")
	if err != nil {
		panic(err) // embedded above
	}
	all := map[string]*lexicon{}
	for _, f := range files {
		lang := strings.TrimSuffix(f.Name(), ".txt")
		b, err := data.ReadFile(path.Join("data", f.Name()))
		if err != nil {
			panic(err)
		}
		x, err := parseLexicon(string(b), lang)
		if err != nil {
			panic(fmt.Sprintf("%s: %v", f.Name(), err)) // a test reads them all
		}
		all[lang] = x
	}
	return all
})

// lexiconOf is the lexicon of a language; the languages without one are read
// with that of their neighbour.
func lexiconOf(lang string) *lexicon {
	all := lexicons()
	if x := all[lang]; x != nil {
		return x
	}
	if lang == "gl" {
		return all["pt"]
	}
	return all["es"]
}

func parseLexicon(source, lang string) (*lexicon, error) {
	x := &lexicon{}
	n := 0
	for line := range strings.Lines(source) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		name, words, ok := strings.Cut(line, ":")
		if name == "plural" {
			for pair := range strings.SplitSeq(words, ",") {
				plural, singular, _ := strings.Cut(strings.TrimSpace(pair), "/")
				x.plurals = append(x.plurals, inflection{plural, singular})
			}
			continue
		}
		c := classes[name]
		if !ok || c == 0 {
			return nil, fmt.Errorf("line %d: %q is no class", n, name)
		}
		for word := range strings.SplitSeq(words, ",") {
			tokens := wordsOf(strings.TrimSpace(word), lang)
			if len(tokens) == 0 {
				return nil, fmt.Errorf("line %d: an empty word", n)
			}
			x.add(tokens, c)
		}
	}
	return x, nil
}

// wordsOf are the tokens of a word of the lexicon. One that ends with an
// apostrophe, such as d', is a token where a text goes on behind it.
func wordsOf(word, lang string) []string {
	if strings.HasSuffix(word, "'") && !strings.Contains(word, " ") {
		return []string{word}
	}
	return lowered(text.Parse(word, lang))
}

// lowered are the tokens of t in small letters, with straight apostrophes.
func lowered(t *text.Text) []string {
	words := make([]string, len(t.Tokens))
	for i := range words {
		words[i] = strings.ReplaceAll(strings.ToLower(t.Word(i)), "’", "'")
	}
	return words
}
