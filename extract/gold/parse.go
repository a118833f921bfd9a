package gold

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"vocero/corpus"
)

var (
	tagPattern       = regexp.MustCompile(`<(/?)(per|org|loc|role|money|pct|date|x)((?:\s+[a-z]+="[^"<>]*")*)\s*>`)
	attributePattern = regexp.MustCompile(`([a-z]+)="([^"]*)"`)
	leftPattern      = regexp.MustCompile(`</?(per|org|loc|role|money|pct|date|x)\b`)
)

// kinds maps the names of tags.
var kinds = map[string]corpus.Kind{
	"per": corpus.Person, "org": corpus.Organization, "loc": corpus.Place, "role": corpus.RoleKind,
	"money": corpus.Money, "pct": corpus.Percent, "date": corpus.DateKind, "x": Excluded,
}

// Parse reads a text with inline tags: only its Text and Mentions are filled.
// The error joins all faults: a tag that is never opened or closed, one within
// another that may not be there, a name without id, an amount or date without
// value, an id that two kinds use or that a role names and nothing has.
func Parse(tagged string) (Document, error) {
	p := parser{}
	p.run(tagged)
	p.finish()
	return Document{Document: corpus.Document{Text: p.text.String()}, Mentions: p.found}, errors.Join(p.faults...)
}

// parser is the state of a reading: the text so far, and the tags that are open.
type parser struct {
	text   strings.Builder
	open   []Mention
	found  []Mention
	faults []error
}

func (p *parser) fault(format string, args ...any) {
	p.faults = append(p.faults, fmt.Errorf(format, args...))
}

func (p *parser) run(tagged string) {
	at := 0
	for _, m := range tagPattern.FindAllStringSubmatchIndex(tagged, -1) {
		p.text.WriteString(tagged[at:m[0]])
		at = m[1]
		kind := kinds[tagged[m[4]:m[5]]]
		if m[2] == m[3] {
			p.start(kind, tagged[m[6]:m[7]])
		} else {
			p.end(kind)
		}
	}
	p.text.WriteString(tagged[at:])
}

func (p *parser) start(kind corpus.Kind, attributes string) {
	for _, up := range p.open {
		within := kind == corpus.Organization || kind == corpus.Place
		if up.Kind != Excluded && kind != Excluded && !(up.Kind == corpus.RoleKind && within) {
			p.fault("%s within %s at byte %d", kind, up.Kind, p.text.Len())
		}
	}
	m := Mention{Span: corpus.Span{Start: p.text.Len()}, Kind: kind}
	for _, a := range attributePattern.FindAllStringSubmatch(attributes, -1) {
		if !m.set(a[1], a[2]) {
			p.fault("%s has no attribute %s at byte %d", kind, a[1], p.text.Len())
		}
	}
	switch kind {
	case corpus.Person, corpus.Organization, corpus.Place:
		if m.ID == "" {
			p.fault("%s without id at byte %d", kind, p.text.Len())
		}
	case corpus.Money, corpus.Percent, corpus.DateKind:
		if m.Value == "" {
			p.fault("%s without v at byte %d", kind, p.text.Len())
		}
	}
	p.open = append(p.open, m)
}

// set fills the field of an attribute; false if mentions of m's kind have none.
func (m *Mention) set(name, value string) bool {
	divided := func() []string {
		return strings.FieldsFunc(value, func(r rune) bool { return r == ' ' || r == ',' })
	}
	switch m.Kind {
	case corpus.Person, corpus.Organization, corpus.Place:
		m.ID = value
		return name == "id"
	case corpus.RoleKind:
		switch name {
		case "holder":
			m.Holders = divided()
		case "org":
			m.Orgs = divided()
		case "status":
			m.Status = corpus.Status(value)
		default:
			return false
		}
		return true
	case corpus.Money, corpus.Percent, corpus.DateKind:
		switch name {
		case "v":
			m.Value = value
		case "mod":
			m.Mod = corpus.Bound(value)
		default:
			return false
		}
		return true
	}
	return false
}

func (p *parser) end(kind corpus.Kind) {
	last := len(p.open) - 1
	if last < 0 || p.open[last].Kind != kind {
		p.fault("the end of a %s that is not the last one open at byte %d", kind, p.text.Len())
		return
	}
	m := p.open[last]
	p.open = p.open[:last]
	m.Span.End = p.text.Len()
	p.found = append(p.found, m)
}

// finish checks what only the whole text can show, and sorts the mentions.
func (p *parser) finish() {
	for _, m := range p.open {
		p.fault("%s at byte %d is never closed", m.Kind, m.Span.Start)
	}
	text := p.text.String()
	if at := leftPattern.FindStringIndex(text); at != nil {
		p.fault("a malformed tag is left at byte %d", at[0])
	}
	slices.SortStableFunc(p.found, func(a, b Mention) int {
		if a.Span.Start != b.Span.Start {
			return a.Span.Start - b.Span.Start
		}
		return b.Span.End - a.Span.End
	})
	ids := make(map[string]corpus.Kind)
	for _, m := range p.found {
		if s := m.Span.Of(text); m.Kind != Excluded && (s == "" || s != strings.TrimSpace(s)) {
			p.fault("%s with white space at its edge, or empty, at byte %d", m.Kind, m.Span.Start)
		}
		if was, ok := ids[m.ID]; m.ID != "" && ok && was != m.Kind {
			p.fault("id %s is used for %s and %s", m.ID, was, m.Kind)
		}
		ids[m.ID] = m.Kind
	}
	for _, m := range p.found {
		for _, id := range slices.Concat(m.Holders, m.Orgs) {
			if _, ok := ids[id]; !ok {
				p.fault("a role at byte %d names %s, which nothing has", m.Span.Start, id)
			}
		}
	}
}
