package index

import (
	"slices"
	"strings"

	"vocero/corpus"
	"vocero/index/query"
	"vocero/index/terms"
)

// marker finds in one document what the parts of a query match.
type marker struct {
	doc      *corpus.Document
	ann      *corpus.Annotations
	lang     string
	words    []terms.Term
	entities map[string]*corpus.Entity
	marks    []mark
	leaf     int // number of the part that is being looked for
}

// mark is a place that a part of the query matches.
type mark struct {
	span corpus.Span
	leaf int
}

func newMarker(doc *corpus.Document, ann *corpus.Annotations) *marker {
	m := &marker{doc: doc, ann: ann, lang: terms.Language(doc.Lang), words: slices.Collect(terms.Find(doc.Text)),
		entities: make(map[string]*corpus.Entity)}
	for i := range ann.Entities {
		m.entities[ann.Entities[i].ID] = &ann.Entities[i]
	}
	return m
}

// mark finds all that n asks for, and nothing that it excludes.
func (m *marker) mark(n query.Node) {
	switch n := n.(type) {
	case query.And:
		m.markAll(n.Of)
	case query.Or:
		m.markAll(n.Of)
	case query.Near:
		m.mark(n.Of)
	case query.Word, query.Phrase:
		m.leaf++
		m.text(n)
	case query.Field:
		m.field(n.Name, n.Of)
	case query.Amount:
		m.leaf++
		m.amounts(n)
	case query.Dates:
		m.leaf++
		m.dates(n)
	case query.Fact:
		m.facts(n.Of)
	}
}

func (m *marker) markAll(of []query.Node) {
	for _, n := range of {
		m.mark(n)
	}
}

func (m *marker) add(s corpus.Span) {
	if s.Start >= 0 && s.Start < s.End && s.End <= len(m.doc.Text) {
		m.marks = append(m.marks, mark{s, m.leaf})
	}
}

// text marks the words of a leaf where the text has them.
func (m *marker) text(n query.Node) {
	w := newWanted(n)
	for i := range m.words {
		if w.slop > 0 && w.anyWord(m.words[i].Word, m.lang) {
			m.add(m.words[i].Span)
		} else if w.slop == 0 && w.at(len(m.words)-i, func(j int) string { return m.words[i+j].Word }, m.lang) {
			m.add(corpus.Span{Start: m.words[i].Span.Start, End: m.words[i+len(w.words)-1].Span.End})
		}
	}
}

// field marks what a field's leaves ask for.
func (m *marker) field(name query.FieldName, n query.Node) {
	switch of := n.(type) {
	case query.And:
		for _, part := range of.Of {
			m.field(name, part)
		}
		return
	case query.Or:
		for _, part := range of.Of {
			m.field(name, part)
		}
		return
	case query.Not:
		return
	}
	m.leaf++
	switch name {
	case query.Title:
		m.text(n)
	case query.Person:
		m.names(corpus.Person, n)
	case query.Org:
		m.names(corpus.Organization, n)
	case query.Place:
		m.names(corpus.Place, n)
	case query.Role:
		for i := range m.ann.Roles {
			if s := m.ann.Roles[i].Span; newWanted(n).in(m.wordsOf(s), m.lang) {
				m.add(s)
			}
		}
	}
}

// names marks the mentions of a kind, by their own words and by those of the
// entity that they mean.
func (m *marker) names(kind corpus.Kind, n query.Node) {
	w := newWanted(n)
	for i := range m.ann.Mentions {
		mention := &m.ann.Mentions[i]
		if mention.Kind != kind {
			continue
		}
		if w.in(m.wordsOf(mention.Span), "") || w.inEntity(m.entities[mention.Entity]) {
			m.add(mention.Span)
		}
	}
}

// wordsOf returns the words of a part of the text.
func (m *marker) wordsOf(s corpus.Span) []string {
	if s.Start < 0 || s.Start >= s.End || s.End > len(m.doc.Text) {
		return nil
	}
	return terms.Words(s.Of(m.doc.Text))
}

func (m *marker) amounts(q query.Amount) {
	for i := range m.ann.Amounts {
		a := &m.ann.Amounts[i]
		if q.Unit == a.Unit || q.Unit == "" && a.Kind() == corpus.Money {
			if overlaps(q, a) {
				m.add(a.Span)
			}
		}
	}
}

func overlaps(q query.Amount, a *corpus.Amount) bool {
	if !q.From.IsZero() {
		if c := a.High.Cmp(q.From.Value); c < 0 || c == 0 && q.From.Beyond {
			return false
		}
	}
	if !q.To.IsZero() {
		if c := a.Low.Cmp(q.To.Value); c > 0 || c == 0 && q.To.Beyond {
			return false
		}
	}
	return true
}

func (m *marker) dates(q query.Dates) {
	if q.Published {
		return
	}
	from, to := q.Days()
	for i := range m.ann.Dates {
		d := &m.ann.Dates[i]
		early := !to.IsZero() && !d.From.IsZero() && d.From.First().Compare(to) > 0
		late := !from.IsZero() && !d.To.IsZero() && d.To.Last().Compare(from) < 0
		if !early && !late && !(d.From.IsZero() && d.To.IsZero()) {
			m.add(d.Span)
		}
	}
}

// facts marks the evidence of the facts that match: the names of holder and
// organization and the role in it, or all of it where it has none of them.
func (m *marker) facts(n query.Node) {
	m.leaf++
	for i := range m.ann.Facts {
		f := &m.ann.Facts[i]
		if !m.matches(f, n) {
			continue
		}
		before := len(m.marks)
		for _, mention := range m.ann.Mentions {
			if f.Evidence.Contains(mention.Span) && mention.Entity != "" && (mention.Entity == f.Holder || mention.Entity == f.Org) {
				m.add(mention.Span)
			}
		}
		for _, r := range m.ann.Roles {
			if f.Evidence.Contains(r.Span) && strings.EqualFold(r.Span.Of(m.doc.Text), f.Role) {
				m.add(r.Span)
			}
		}
		if len(m.marks) == before {
			m.add(f.Evidence)
		}
	}
}

// matches says whether one fact is all that n asks for.
func (m *marker) matches(f *corpus.Fact, n query.Node) bool {
	switch n := n.(type) {
	case query.And:
		return !slices.ContainsFunc(n.Of, func(part query.Node) bool { return !m.matches(f, part) })
	case query.Or:
		return slices.ContainsFunc(n.Of, func(part query.Node) bool { return m.matches(f, part) })
	case query.Not:
		return !m.matches(f, n.Of)
	case query.Field:
		return m.matchesField(f, n)
	}
	return false
}

func (m *marker) matchesField(f *corpus.Fact, field query.Field) bool {
	switch of := field.Of.(type) {
	case query.And:
		return !slices.ContainsFunc(of.Of, func(n query.Node) bool { return !m.matchesField(f, query.Field{Name: field.Name, Of: n}) })
	case query.Or:
		return slices.ContainsFunc(of.Of, func(n query.Node) bool { return m.matchesField(f, query.Field{Name: field.Name, Of: n}) })
	case query.Not:
		return !m.matchesField(f, query.Field{Name: field.Name, Of: of.Of})
	}
	w := newWanted(field.Of)
	switch field.Name {
	case query.Person:
		return w.inEntity(m.entities[f.Holder])
	case query.Org:
		return w.inEntity(m.entities[f.Org])
	case query.Role:
		return w.in(terms.Words(f.Role), m.lang)
	}
	status := string(f.Status)
	if status == "" {
		status = query.Current
	}
	return w.in([]string{status}, "")
}
