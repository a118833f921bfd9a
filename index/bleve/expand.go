package bleve

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"vocero/index"
	"vocero/index/query"
	"vocero/index/terms"

	bindex "github.com/blevesearch/bleve_index_api"
)

// abbreviates says whether alias is an acronym of name: capitals alone, each of
// which begins a word of the name, in their order.
func abbreviates(alias, name string) bool {
	letters := []rune(strings.NewReplacer(".", "", " ", "").Replace(alias))
	if len(letters) < 2 || len(letters) > 10 || len(strings.Fields(name)) < 2 {
		return false
	}
	words := terms.Words(name)
	for _, r := range letters {
		if !unicode.IsUpper(r) {
			return false
		}
		first := terms.Fold(string(r))
		i := slices.IndexFunc(words, func(w string) bool { return strings.HasPrefix(w, first) })
		if i < 0 {
			return false
		}
		words = words[i+1:]
	}
	return true
}

// aliasForm keeps that a form stands for others, which is told at once.
func aliasForm(form string) string { return strings.Join(terms.Words(form), " ") }

// aliasTerm keeps that one form stands for another.
func aliasTerm(form, other string) string { return aliasForm(form) + separator + other }

// maxNames bounds what one part of a query is expanded to.
const maxNames = 3

// expanded returns n with what its acronyms and names stand for in this index.
func (r *reading) expanded(n query.Node) (query.Node, []index.Expansion, error) {
	var all []index.Expansion
	n, err := rewrite(n, func(_ query.FieldName, leaf query.Node) (query.Node, error) {
		text := ""
		switch leaf := leaf.(type) {
		case query.Phrase:
			if text = leaf.Text; leaf.Slop > 0 {
				return leaf, nil
			}
		case query.Word:
			if text = leaf.Text; leaf.Prefix || leaf.Fuzzy > 0 {
				return leaf, nil
			}
		}
		names, err := r.aliases(text)
		if err != nil || len(names) == 0 {
			return leaf, err
		}
		any := query.Or{Of: []query.Node{leaf}}
		for _, name := range names {
			any.Of = append(any.Of, query.Phrase{Text: name})
		}
		all = append(all, index.Expansion{Part: leaf.String(), To: names})
		return any, nil
	})
	return n, all, err
}

// aliases returns what a form stands for, the most frequent first.
func (r *reading) aliases(form string) ([]string, error) {
	if known, err := r.has(aliasField, aliasForm(form)); err != nil || !known {
		return nil, err
	}
	prefix := aliasTerm(form, "")
	dict, err := r.reader.FieldDictPrefix(aliasField, []byte(prefix))
	if err != nil {
		return nil, fmt.Errorf("read aliases: %w", err)
	}
	found, err := mostFrequent(dict)
	var names []string
	for _, e := range found[:min(len(found), maxNames)] {
		names = append(names, strings.TrimPrefix(e.Term, prefix))
	}
	return names, err
}

func mostFrequent(dict bindex.FieldDict) ([]bindex.DictEntry, error) {
	var found []bindex.DictEntry
	for e, err := range entries(dict) {
		if err != nil {
			return nil, err
		}
		found = append(found, *e)
	}
	slices.SortFunc(found, func(a, b bindex.DictEntry) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Term, b.Term))
	})
	return found, nil
}

// nearer returns n with each word that its field has nowhere replaced by the
// most frequent near one, or nil if nothing was replaced.
func (r *reading) nearer(n query.Node) (query.Node, error) {
	changed := false
	n, err := rewrite(n, func(name query.FieldName, leaf query.Node) (query.Node, error) {
		w, ok := leaf.(query.Word)
		field := wordField
		if f, named := nameFields[name]; named {
			field = f.text
		}
		if !ok || w.Prefix || w.Fuzzy > 0 || name == query.Publisher {
			return leaf, nil
		}
		near, err := r.nearest(field, terms.Words(w.Text))
		if err != nil || near == "" {
			return leaf, err
		}
		changed = true
		return query.Word{Text: near}, nil
	})
	if err != nil || !changed {
		return nil, err
	}
	return n, nil
}

// nearest returns the most frequent of the words nearest to one that field
// hasn't, or "".
func (r *reading) nearest(field string, words []string) (string, error) {
	const shortest = 4 // letters: nearer ones than these are other words
	if len(words) != 1 || len([]rune(words[0])) < shortest {
		return "", nil
	}
	if known, err := r.has(field, words[0]); err != nil || known {
		return "", err
	}
	if swapped, err := r.swapped(field, words[0]); err != nil || swapped != "" {
		return swapped, err
	}
	for _, fuzziness := range []int{1, 2} {
		dict, err := r.reader.(bindex.IndexReaderFuzzy).FieldDictFuzzy(field, words[0], fuzziness, "")
		if err != nil {
			return "", fmt.Errorf("read terms of %s: %w", field, err)
		}
		found, err := mostFrequent(dict)
		if err != nil {
			return "", err
		}
		found = slices.DeleteFunc(found, func(e bindex.DictEntry) bool { return e.Term[:1] == stemMark })
		if len(found) > 0 {
			return r.mostCommon(field, found)
		}
	}
	return "", nil
}

// swapped returns the most frequent word of field that is a word with two
// letters that stand beside each other exchanged, the most usual slip, or "".
func (r *reading) swapped(field, word string) (best string, err error) {
	most := uint64(0)
	letters := []rune(word)
	for i := range letters[1:] {
		other := slices.Clone(letters)
		other[i], other[i+1] = other[i+1], other[i]
		n, err := r.frequency(field, string(other))
		if err != nil {
			return "", err
		}
		if n > most {
			best, most = string(other), n
		}
	}
	return best, nil
}

// mostCommon is the term that most releases have; a dictionary read by likeness
// does not say how many do.
func (r *reading) mostCommon(field string, found []bindex.DictEntry) (term string, err error) {
	most := uint64(0)
	for _, e := range found {
		n, err := r.frequency(field, e.Term)
		if err != nil {
			return "", err
		}
		if n > most || term == "" {
			term, most = e.Term, n
		}
	}
	return term, nil
}

// has says whether a release has a term.
func (r *reading) has(field, term string) (bool, error) {
	n, err := r.frequency(field, term)
	return n > 0, err
}

// frequency is how many releases have a term.
func (r *reading) frequency(field, term string) (n uint64, err error) {
	for at := range r.segments {
		list, err := r.postings(at, field, term)
		if err != nil {
			return 0, err
		}
		n += list.Count()
	}
	return n, nil
}

// rewrite replaces the words and phrases of n that aren't excluded, given with
// the field that they are asked of, or "".
func rewrite(n query.Node, leaf func(query.FieldName, query.Node) (query.Node, error)) (query.Node, error) {
	var in func(name query.FieldName, n query.Node) (query.Node, error)
	each := func(name query.FieldName, of []query.Node) ([]query.Node, error) {
		out := make([]query.Node, len(of))
		var err error
		for i := range of {
			if out[i], err = in(name, of[i]); err != nil {
				return nil, err
			}
		}
		return out, nil
	}
	in = func(name query.FieldName, n query.Node) (query.Node, error) {
		switch n := n.(type) {
		case query.And:
			of, err := each(name, n.Of)
			return query.And{Of: of}, err
		case query.Or:
			of, err := each(name, n.Of)
			return flat(of), err
		case query.Near:
			of, err := in(name, n.Of)
			return query.Near{Of: of}, err
		case query.Fact:
			of, err := in(name, n.Of)
			return query.Fact{Of: of}, err
		case query.Field:
			if _, whole := wholeFields[n.Name]; whole || n.Name == query.Status {
				return n, nil
			}
			of, err := in(n.Name, n.Of)
			return query.Field{Name: n.Name, Of: of}, err
		case query.Word, query.Phrase:
			return leaf(name, n)
		}
		return n, nil
	}
	return in("", n)
}

// flat joins alternatives within alternatives, as a query that was read has
// none.
func flat(of []query.Node) query.Node {
	var all []query.Node
	for _, n := range of {
		if or, ok := n.(query.Or); ok {
			all = append(all, or.Of...)
		} else {
			all = append(all, n)
		}
	}
	return query.Or{Of: all}
}
