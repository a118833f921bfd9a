package eval

import (
	"strconv"

	"vocero/corpus"
	"vocero/extract/gold"
)

// pair is a document as gold and the extractor have it, without what touches a
// place that gold leaves out.
type pair struct {
	id          string
	text        []rune
	gold, found mentions
}

// mentions are of gold or found; a found one has no Holders and Orgs.
type mentions []GoldMention

// place is a half-open range of code points.
type place struct{ start, end int }

func (p place) overlaps(q place) bool { return p.start < q.end && q.start < p.end }

func (m *GoldMention) span() place { return place{m.Start, m.End} }

// newPair leaves out what touches an x; a role that holds one inside stays.
func newPair(id, text string, want, found mentions) *pair {
	var out []place
	for i := range want {
		if want[i].Kind == gold.Excluded {
			out = append(out, want[i].span())
		}
	}
	return &pair{id: id, text: []rune(text), gold: want.without(out), found: found.without(out)}
}

func (ms mentions) without(out []place) mentions {
	var kept mentions
	for i := range ms {
		if ms[i].Kind != gold.Excluded && !ms[i].touches(out) {
			kept = append(kept, ms[i])
		}
	}
	return kept
}

func (m *GoldMention) touches(out []place) bool {
	at := m.span()
	for _, x := range out {
		holds := m.Kind == corpus.RoleKind && at.start <= x.start && x.end <= at.end && x != at
		if at.overlaps(x) && !holds {
			return true
		}
	}
	return false
}

// located are mentions of one kind by their place.
type located struct {
	order []place
	at    map[place]*GoldMention
}

func (ms mentions) ofKind(kind corpus.Kind, text []rune) located {
	l := located{at: map[place]*GoldMention{}}
	for i := range ms {
		if ms[i].Kind != kind {
			continue
		}
		at := ms[i].span()
		if kind == corpus.DateKind {
			at.start, at.end = dateCore(text, at.start, at.end)
		}
		if l.at[at] == nil {
			l.order = append(l.order, at)
		}
		l.at[at] = &ms[i]
	}
	return l
}

func (l *located) overlaps(p place) bool {
	for _, q := range l.order {
		if p.overlaps(q) {
			return true
		}
	}
	return false
}

// forms are a gold role's links, each by all the forms of its name.
func (m *GoldMention) forms(link string) [][]string {
	if link == holderLink {
		return m.Holders
	}
	return m.Orgs
}

// names are a found role's links.
func (m *GoldMention) names(link string) []string {
	switch {
	case m.Kind != corpus.RoleKind:
		return nil
	case link == holderLink:
		return m.Holder
	}
	return m.Org
}

// name says whether a role that overlaps this one names one of the forms, and
// marks every name that does as used.
func (ms mentions) name(role *GoldMention, link string, forms []string, used map[*string]bool) bool {
	any := map[string]bool{}
	for _, form := range forms {
		any[sameName(form)] = true
	}
	named := false
	for i := range ms {
		if !ms[i].span().overlaps(role.span()) {
			continue
		}
		names := ms[i].names(link)
		for j := range names {
			if any[sameName(names[j])] {
				used[&names[j]] = true
				named = true
			}
		}
	}
	return named
}

func (d *pair) error(kind, what string, at place, detail string) Error {
	return Error{Kind: kind, What: what, Document: d.id, Text: string(d.within(at)), Detail: detail}
}

// within is the text at a place, or as much of it as there is: a prediction may
// point anywhere.
func (d *pair) within(at place) []rune {
	end := min(max(at.end, 0), len(d.text))
	return d.text[min(max(at.start, 0), end):end]
}

func longest(forms []string) string {
	var l string
	for _, f := range forms {
		if len(f) > len(l) {
			l = f
		}
	}
	return l
}

func quote(s string) string {
	if s == "" {
		return "nothing"
	}
	return strconv.Quote(s)
}
