package bleve

import (
	"fmt"

	"vocero/index/query"

	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/searcher"
)

// How hits are found: with scores, without, or with the places of the terms.
var (
	scored   = search.SearcherOptions{}
	unscored = search.SearcherOptions{Score: "none"}
	located  = search.SearcherOptions{Score: "none", IncludeTermVectors: true}
)

// compile turns a query into a searcher over one state of the index.
func (r *reading) compile(n query.Node) (search.Searcher, error) {
	switch n := n.(type) {
	case query.All:
		return searcher.NewMatchAllSearcher(r.ctx, r.reader, 0, unscored)
	case query.Word, query.Phrase:
		return r.text(n)
	case query.Field:
		return r.fieldOf(n.Name, n.Of)
	case query.And:
		return r.all(n.Of, r.compile)
	case query.Or:
		return r.any(n.Of, r.compile)
	case query.Not:
		return r.all([]query.Node{n}, r.compile)
	case query.Amount:
		return r.inDictionary(amountField, amountPrefix(n), amountTest(n))
	case query.Dates:
		return r.days(n)
	case query.Fact:
		return r.fact(n)
	case query.Near:
		return r.near(n)
	}
	return nil, fmt.Errorf("query node %T isn't known", n)
}

// text finds a word or phrase in texts; with more weight where the title, or
// the beginning, has it.
func (r *reading) text(n query.Node) (search.Searcher, error) {
	words, slop, err := r.words(n, wordField)
	switch {
	case err != nil:
		return nil, err
	case len(words) == 0:
		return searcher.NewMatchNoneSearcher(r.reader)
	case len(words) == 1:
		if w, ok := n.(query.Word); ok && (w.Prefix || w.Fuzzy > 0) {
			return r.word([]fieldTerms{{wordField, words[0]}}) // as many as they are, in one field
		}
		return r.textWord(words[0])
	}
	patterns := textPatterns(words, slop, textField)
	if slop > 0 {
		return r.anyPattern(patterns)
	}
	return r.phrases(append(patterns, textPatterns(words, slop, titleField)...))
}

// fieldOf finds what n asks of one field.
func (r *reading) fieldOf(name query.FieldName, n query.Node) (search.Searcher, error) {
	within := func(n query.Node) (search.Searcher, error) { return r.fieldOf(name, n) }
	switch n := n.(type) {
	case query.And:
		return r.all(n.Of, within)
	case query.Or:
		return r.any(n.Of, within)
	case query.Not:
		return r.all([]query.Node{n}, within)
	}
	if field, ok := wholeFields[name]; ok {
		return r.whole(name, field, n)
	}
	patterns, err := r.patternsOf(name, n)
	if err != nil {
		return nil, err
	}
	return r.anyPattern(patterns)
}

// patternsOf returns what a word or phrase looks for in a field of the text.
func (r *reading) patternsOf(name query.FieldName, n query.Node) ([]pattern, error) {
	switch name {
	case query.Title:
		words, slop, err := r.words(n, wordField)
		return textPatterns(words, slop, titleField), err
	case query.Publisher:
		return r.fieldPatterns(n, publisherField)
	case query.Role:
		return r.rolePatterns(n, roleField)
	}
	return r.fieldPatterns(n, nameFields[name].text)
}

// all finds what matches every part; parts that are Not take away.
func (r *reading) all(parts []query.Node, compile func(query.Node) (search.Searcher, error)) (search.Searcher, error) {
	var must, mustNot []search.Searcher
	for _, part := range parts {
		not, negated := part.(query.Not)
		if negated {
			part = not.Of
		}
		s, err := compile(part)
		if err != nil {
			return nil, closeAll(append(must, mustNot...), err)
		}
		if negated {
			mustNot = append(mustNot, s)
		} else {
			must = append(must, s)
		}
	}
	positive, err := r.conjunction(must)
	if err != nil || len(mustNot) == 0 {
		return positive, err
	}
	negative, err := searcher.NewDisjunctionSearcher(r.ctx, r.reader, mustNot, 1, unscored)
	if err != nil {
		return nil, closeAll(append(mustNot, positive), err)
	}
	return searcher.NewBooleanSearcher(r.ctx, r.reader, positive, nil, negative, scored)
}

func (r *reading) conjunction(of []search.Searcher) (search.Searcher, error) {
	switch len(of) {
	case 0:
		return searcher.NewMatchAllSearcher(r.ctx, r.reader, 0, unscored)
	case 1:
		return of[0], nil
	}
	s, err := searcher.NewConjunctionSearcher(r.ctx, r.reader, of, scored)
	if err != nil {
		return nil, closeAll(of, err)
	}
	return s, nil
}

// any finds what matches one part at least.
func (r *reading) any(parts []query.Node, compile func(query.Node) (search.Searcher, error)) (search.Searcher, error) {
	var of []search.Searcher
	for _, part := range parts {
		s, err := compile(part)
		if err != nil {
			return nil, closeAll(of, err)
		}
		of = append(of, s)
	}
	return r.disjunction(of, scored)
}

func (r *reading) disjunction(of []search.Searcher, how search.SearcherOptions) (search.Searcher, error) {
	switch len(of) {
	case 0:
		return searcher.NewMatchNoneSearcher(r.reader)
	case 1:
		return of[0], nil
	}
	s, err := searcher.NewDisjunctionSearcher(r.ctx, r.reader, of, 1, how)
	if err != nil {
		return nil, closeAll(of, err)
	}
	return s, nil
}

func closeAll(of []search.Searcher, err error) error {
	for _, s := range of {
		_ = s.Close() // the error that is there says more
	}
	return err
}

// anyPattern finds what matches one of the patterns, which are those of one
// word or phrase.
func (r *reading) anyPattern(patterns []pattern) (search.Searcher, error) {
	if len(patterns) == 0 || len(patterns[0].row) == 0 {
		return searcher.NewMatchNoneSearcher(r.reader)
	}
	if len(patterns[0].row) == 1 {
		var of []fieldTerms
		for _, p := range patterns {
			of = append(of, fieldTerms{p.field, p.row[0]})
		}
		return r.word(of)
	}
	if patterns[0].slop == 0 {
		return r.phrases(patterns)
	}
	var of []search.Searcher
	for _, p := range patterns {
		s, err := r.loosePhrase(p)
		if err != nil {
			return nil, closeAll(of, err)
		}
		of = append(of, s)
	}
	return r.disjunction(of, scored)
}

// alternatives finds any of some terms in a field, with what how asks for.
func (r *reading) alternatives(field string, of []string, how search.SearcherOptions) (search.Searcher, error) {
	var found []search.Searcher
	for _, term := range of {
		s, err := searcher.NewTermSearcher(r.ctx, r.reader, term, field, 1, how)
		if err != nil {
			return nil, closeAll(found, err)
		}
		if s.Count() > 0 {
			found = append(found, s)
		} else if err := s.Close(); err != nil {
			return nil, closeAll(found, err)
		}
	}
	return r.disjunction(found, how)
}
