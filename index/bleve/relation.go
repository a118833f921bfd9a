package bleve

import (
	"fmt"
	"slices"

	"vocero/index"
	"vocero/index/query"
)

// relation is a query that one unit of a document must match as a whole: one
// fact, or one sentence. Its documents are found by what it asks for, wherever
// that is; then the positions of what was found tell whether one unit has it.
type relation struct {
	patterns []pattern // of a leaf: any of these; empty for a joint
	and, or  []relation
	not      []relation // only beside and
	bits     func(field string) int
}

func (r *reading) fact(n query.Fact) (matches, error) {
	leaf := func(part query.Node) ([]pattern, error) {
		f, ok := part.(query.Field)
		if !ok {
			return nil, fmt.Errorf("%T within fact()", part)
		}
		return r.factPatterns(f)
	}
	return r.related(n, n.Of, leaf, func(string) int { return factBits })
}

func (r *reading) factPatterns(f query.Field) ([]pattern, error) {
	switch f.Name {
	case query.Status:
		return r.fieldPatterns(f.Of, factStatusField)
	case query.Role:
		return r.rolePatterns(f.Of, factRoleField)
	}
	return r.fieldPatterns(f.Of, nameFields[f.Name].fact)
}

func (r *reading) near(n query.Near) (matches, error) {
	return r.related(n, n.Of, r.nearPatterns, sentences)
}

func (r *reading) nearPatterns(part query.Node) ([]pattern, error) {
	switch n := part.(type) {
	case query.Word, query.Phrase:
		words, slop, err := r.words(n, wordField)
		return textPatterns(words, slop, textField), err
	case query.Field:
		return r.patternsOf(n.Name, n.Of)
	case query.Amount:
		return rangePattern(amountField, amountPrefix(n), amountTest(n)), nil
	case query.Dates:
		return rangePattern(dateField, "", datesTest(n)), nil
	}
	return nil, fmt.Errorf("%T within near()", part)
}

// rangePattern is what a range looks for: any term that passes its test.
func rangePattern(field, prefix string, test func(string) bool) []pattern {
	return []pattern{{field: field, row: [][]string{nil}, prefix: prefix, test: test}}
}

// related finds the documents of which one unit matches all of n.
func (r *reading) related(whole, n query.Node, leaf func(query.Node) ([]pattern, error), bits func(string) int) (matches, error) {
	rel, err := newRelation(n, leaf, bits)
	if err != nil {
		return nil, err
	}
	if !rel.positive() {
		return nil, &index.Unanswerable{Part: whole.String(), Reason: "it only says what must not be there"}
	}
	return &unitMatches{r, rel}, nil
}

func newRelation(n query.Node, leaf func(query.Node) ([]pattern, error), bits func(string) int) (relation, error) {
	rel := relation{bits: bits}
	join := func(to *[]relation, of ...query.Node) error {
		for _, n := range of {
			part, err := newRelation(n, leaf, bits)
			if err != nil {
				return err
			}
			*to = append(*to, part)
		}
		return nil
	}
	switch n := n.(type) {
	case query.And:
		for _, part := range n.Of {
			to := &rel.and
			if not, ok := part.(query.Not); ok {
				to, part = &rel.not, not.Of
			}
			if err := join(to, part); err != nil {
				return rel, err
			}
		}
		return rel, nil
	case query.Or:
		return rel, join(&rel.or, n.Of...)
	case query.Not:
		return rel, join(&rel.not, n.Of)
	case query.Field:
		if spread, ok := distribute(n); ok {
			return newRelation(spread, leaf, bits)
		}
	}
	var err error
	rel.patterns, err = leaf(n)
	return rel, err
}

// distribute turns role:(a OR b) into role:a OR role:b.
func distribute(f query.Field) (query.Node, bool) {
	each := func(of []query.Node) []query.Node {
		out := make([]query.Node, len(of))
		for i, n := range of {
			out[i] = query.Field{Name: f.Name, Of: n}
			if not, ok := n.(query.Not); ok {
				out[i] = query.Not{Of: query.Field{Name: f.Name, Of: not.Of}}
			}
		}
		return out
	}
	switch n := f.Of.(type) {
	case query.And:
		return query.And{Of: each(n.Of)}, true
	case query.Or:
		return query.Or{Of: each(n.Of)}, true
	case query.Not:
		return query.Not{Of: query.Field{Name: f.Name, Of: n.Of}}, true
	}
	return nil, false
}

// positive says whether every way to match rel, or what it excludes, has
// something to find.
func (rel *relation) positive() bool {
	negative := func(r relation) bool { return !r.positive() }
	switch {
	case rel.and != nil && slices.ContainsFunc(rel.not, negative):
		return false
	case rel.or != nil:
		return !slices.ContainsFunc(rel.or, negative)
	case rel.and != nil:
		return slices.ContainsFunc(rel.and, func(r relation) bool { return r.positive() })
	}
	return rel.not == nil
}
