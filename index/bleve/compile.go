package bleve

import (
	"fmt"

	"vocero/index/query"
)

// compile turns a query into what it matches in one state of the index.
func (r *reading) compile(n query.Node) (matches, error) {
	switch n := n.(type) {
	case query.All:
		return allMatches{r}, nil
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
		return rangeMatches{r, amountField, amountPrefix(n), amountTest(n)}, nil
	case query.Dates:
		return r.days(n), nil
	case query.Fact:
		return r.fact(n)
	case query.Near:
		return r.near(n)
	}
	return nil, fmt.Errorf("query node %T isn't known", n)
}

// text finds a word or phrase in texts; with more weight where the title, or
// the beginning, has it.
func (r *reading) text(n query.Node) (matches, error) {
	words, slop, err := r.words(n, wordField)
	switch {
	case err != nil:
		return nil, err
	case len(words) == 0:
		return noMatches{}, nil
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
func (r *reading) fieldOf(name query.FieldName, n query.Node) (matches, error) {
	within := func(n query.Node) (matches, error) { return r.fieldOf(name, n) }
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
func (r *reading) all(parts []query.Node, compile func(query.Node) (matches, error)) (matches, error) {
	var must, mustNot []matches
	for _, part := range parts {
		not, negated := part.(query.Not)
		if negated {
			part = not.Of
		}
		m, err := compile(part)
		if err != nil {
			return nil, err
		}
		if negated {
			mustNot = append(mustNot, m)
		} else {
			must = append(must, m)
		}
	}
	if len(must) == 0 {
		must = append(must, allMatches{r})
	}
	if len(must) == 1 && len(mustNot) == 0 {
		return must[0], nil
	}
	return newAnd(must, mustNot), nil
}

// any finds what matches one part at least.
func (r *reading) any(parts []query.Node, compile func(query.Node) (matches, error)) (matches, error) {
	var of []matches
	for _, part := range parts {
		m, err := compile(part)
		if err != nil {
			return nil, err
		}
		of = append(of, m)
	}
	return newOr(of), nil
}

// anyPattern finds what matches one of the patterns, which are those of one
// word or phrase.
func (r *reading) anyPattern(patterns []pattern) (matches, error) {
	if len(patterns) == 0 || len(patterns[0].row) == 0 {
		return noMatches{}, nil
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
	return &unitMatches{r, relation{patterns: patterns, bits: sentences}}, nil // within slop
}
