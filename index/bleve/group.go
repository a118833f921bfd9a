package bleve

import (
	"vocero/index"
)

// groups makes one hit of a release and its copies. Only releases that have
// copies cost anything: the others have no value in the column.
type groups struct {
	ids, copies *column
	found       map[string]hit // by group: the hit that stands for those found so far
	shown       map[string]bool
}

// groups returns nil where each copy is a hit of its own.
func (s *searching) groups(r index.Request) (*groups, error) {
	if r.Copies {
		return nil, nil
	}
	g := &groups{found: make(map[string]hit), shown: make(map[string]bool)}
	var err error
	if g.ids, err = s.column(groupField); err != nil {
		return nil, err
	}
	g.copies, err = s.column(copyField)
	return g, err
}

// of returns the group of a document, or "".
func (g *groups) of(doc uint64) (string, error) {
	if g == nil {
		return "", nil
	}
	return g.ids.first(doc)
}

// add takes a hit of a group. The release that is shown for the group stands
// for it where it is a hit; otherwise the first in the order does.
func (g *groups) add(id string, h hit, before func(a, b *hit) (bool, error)) error {
	if g.shown[id] {
		return nil
	}
	isCopy, err := g.copies.first(h.doc)
	if err != nil {
		return err
	}
	if isCopy == "" {
		g.shown[id], g.found[id] = true, h
		return nil
	}
	if other, ok := g.found[id]; ok {
		if first, err := before(&h, &other); err != nil || !first {
			return err
		}
	}
	g.found[id] = h
	return nil
}

// countOnce counts the values of a document, each once for its group.
func (f *counter) countOnce(doc uint64, group string) error {
	if f.once == nil {
		f.once = make(map[groupValue]bool)
	}
	count := func(value string) {
		if v := (groupValue{group, value}); !f.once[v] {
			f.once[v] = true
			f.byValue[value]++
		}
	}
	return f.column.visit(doc, func(n uint32) { count(f.column.values[n]) }, func(value []byte) { count(string(value)) })
}

type groupValue struct{ group, value string }
