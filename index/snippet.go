package index

import (
	"cmp"
	"slices"

	"vocero/corpus"
	"vocero/index/query"
	"vocero/index/terms"
)

// Snippet is a sentence of a document that says what a query asks for.
type Snippet struct {
	Span  corpus.Span   // of the sentence, in bytes of Document.Text
	Marks []corpus.Span // within it, in order, none overlapping
}

// Snippets returns the n sentences that say most of what q asks for, in the
// order of the text. Words are marked in the inflections that the index finds
// them by; names, roles, amounts, dates and facts where the annotations have
// them. When nothing of q is in the text, as for lang:es, it is the first
// sentences after the title.
func Snippets(q query.Node, doc corpus.Document, ann corpus.Annotations, n int) []Snippet {
	m := newMarker(&doc, &ann)
	m.mark(q)
	all := m.sentences()
	found := slices.DeleteFunc(slices.Clone(all), func(s sentence) bool { return len(s.leaves) == 0 })
	if len(found) == 0 {
		if len(all) > 1 && doc.Title != "" {
			all = all[1:]
		}
		found = all
	}
	slices.SortStableFunc(found, func(a, b sentence) int { return cmp.Compare(len(b.leaves), len(a.leaves)) })
	found = found[:min(n, len(found))]
	slices.SortFunc(found, func(a, b sentence) int { return cmp.Compare(a.span.Start, b.span.Start) })
	snippets := make([]Snippet, len(found))
	for i, s := range found {
		snippets[i] = Snippet{s.span, s.marks}
	}
	return snippets
}

// Annotated says whether Snippets of q look at annotations: those of words and
// phrases alone don't, and need none.
func Annotated(q query.Node) bool {
	switch n := q.(type) {
	case query.All, query.Word, query.Phrase, query.Not:
		return false
	case query.And:
		return slices.ContainsFunc(n.Of, Annotated)
	case query.Or:
		return slices.ContainsFunc(n.Of, Annotated)
	case query.Near:
		return Annotated(n.Of)
	case query.Field:
		return n.Name != query.Title
	}
	return true
}

// sentence is one of the text, with what is marked in it.
type sentence struct {
	span   corpus.Span
	marks  []corpus.Span
	leaves map[int]bool // which parts of the query they are of
}

// sentences gives each mark to the sentence that it begins in.
func (m *marker) sentences() []sentence {
	slices.SortFunc(m.marks, func(a, b mark) int {
		return cmp.Or(cmp.Compare(a.span.Start, b.span.Start), cmp.Compare(b.span.End, a.span.End))
	})
	var all []sentence
	marks := m.marks
	for span := range terms.Sentences(m.doc.Text) {
		s := sentence{span: span, leaves: make(map[int]bool)}
		for len(marks) > 0 && marks[0].span.Start < span.End {
			s.add(marks[0])
			marks = marks[1:]
		}
		all = append(all, s)
	}
	return all
}

func (s *sentence) add(m mark) {
	m.span.End = min(m.span.End, s.span.End)
	if m.span.Start < s.span.Start || m.span.Len() <= 0 {
		return
	}
	s.leaves[m.leaf] = true
	if len(s.marks) == 0 || s.marks[len(s.marks)-1].End <= m.span.Start {
		s.marks = append(s.marks, m.span)
	}
}
