package bleve

import (
	"fmt"

	"vocero/index"
	"vocero/index/query"
	"vocero/index/terms"

	bindex "github.com/blevesearch/bleve_index_api"
)

// pattern is what a word or a phrase of a query looks for in one field: terms
// in a row, each with its alternatives.
type pattern struct {
	field string
	row   [][]string
	slop  int // > 0: in any order within so many more words

	// of a range, which is a row of one word: any term with prefix that passes
	prefix string
	test   func(term string) bool
}

// maxExpansion bounds the words that one beginning or misspelling stands for.
const maxExpansion = 5000

// textPatterns returns what words in a row look for in the texts of every
// language; field is textField or titleField.
func textPatterns(words [][]string, slop int, field string) []pattern {
	if words == nil {
		return nil
	}
	var found []pattern
	for _, lang := range terms.Languages {
		p := pattern{field: field + lang, slop: slop}
		for _, alternatives := range words {
			p.row = append(p.row, stems(alternatives, lang, ""))
		}
		found = append(found, p)
	}
	return found
}

// stems returns the distinct stems of words, marked.
func stems(words []string, lang, mark string) []string {
	var found []string
	seen := make(map[string]bool)
	for _, w := range words {
		if s := mark + terms.Stem(w, lang); !seen[s] {
			seen[s] = true
			found = append(found, s)
		}
	}
	return found
}

// fieldPatterns returns what a word or phrase looks for in a field of names,
// of which the words are kept as they are.
func (r *reading) fieldPatterns(n query.Node, field string) ([]pattern, error) {
	words, slop, err := r.words(n, field)
	if err != nil || words == nil {
		return nil, err
	}
	return []pattern{{field: field, row: words, slop: slop}}, nil
}

// rolePatterns are those of words as they are and in their inflections by
// every language.
func (r *reading) rolePatterns(n query.Node, field string) ([]pattern, error) {
	found, err := r.fieldPatterns(n, field)
	if w, ok := n.(query.Word); err != nil || found == nil || ok && (w.Prefix || w.Fuzzy > 0) {
		return found, err
	}
	p := &found[0]
	for i, alternatives := range p.row {
		all := alternatives
		for _, lang := range terms.Languages {
			for _, s := range stems(alternatives, lang, stemMark) {
				all = appendNew(all, s)
			}
		}
		p.row[i] = all
	}
	return found, nil
}

func appendNew(to []string, s string) []string {
	for _, t := range to {
		if t == s {
			return to
		}
	}
	return append(to, s)
}

// words returns the folded words of a Word or Phrase in a row, each with what
// it stands for in the dictionary of field; nil if one stands for nothing.
func (r *reading) words(n query.Node, field string) (row [][]string, slop int, err error) {
	var w query.Word
	text := ""
	switch n := n.(type) {
	case query.Word:
		w, text = n, n.Text
	case query.Phrase:
		text, slop = n.Text, n.Slop
	default:
		return nil, 0, fmt.Errorf("%T is neither word nor phrase", n)
	}
	words := terms.Words(text)
	for i, word := range words {
		alternatives := []string{word}
		if w.Fuzzy > 0 || w.Prefix && i == len(words)-1 {
			if alternatives, err = r.expand(w, word, field); err != nil || alternatives == nil {
				return nil, 0, err
			}
		}
		row = append(row, alternatives)
	}
	return row, slop, nil
}

// expand returns the terms of field that begin with word, or are near it.
func (r *reading) expand(w query.Word, word, field string) (found []string, err error) {
	var dict bindex.FieldDict
	if w.Prefix {
		dict, err = r.reader.FieldDictPrefix(field, []byte(word))
	} else {
		dict, err = r.reader.(bindex.IndexReaderFuzzy).FieldDictFuzzy(field, word, w.Fuzzy, "")
	}
	if err != nil {
		return nil, fmt.Errorf("read terms of %s: %w", field, err)
	}
	for e, err := range entries(dict) {
		if err != nil {
			return nil, fmt.Errorf("read terms of %s: %w", field, err)
		}
		if e.Term[:1] == stemMark {
			continue
		}
		if len(found) == maxExpansion {
			return nil, &index.Unanswerable{Part: w.String(), Reason: fmt.Sprintf("stands for more than %d words: write more of it", maxExpansion)}
		}
		found = append(found, e.Term)
	}
	return found, nil
}

// entries yields the entries of a dictionary and closes it.
func entries(dict bindex.FieldDict) func(yield func(*bindex.DictEntry, error) bool) {
	return func(yield func(*bindex.DictEntry, error) bool) {
		defer dict.Close()
		for {
			e, err := dict.Next()
			if err == nil && e == nil {
				return
			}
			if !yield(e, err) || err != nil {
				return
			}
		}
	}
}
