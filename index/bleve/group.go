package bleve

import (
	"vocero/index"

	"github.com/RoaringBitmap/roaring/v2"
)

// groups makes one hit of a release and its copies. Only releases that have
// copies cost anything: the others have no value in the column.
type groups struct {
	ids, copies *column
	found       map[string]hit // by group: the hit that stands for those found so far
	shown       map[string]bool
}

// groups returns nil where each copy is a hit of its own.
func (s *searching) groups(r index.Request) *groups {
	if r.Copies {
		return nil
	}
	return &groups{ids: s.column(groupField), copies: s.column(copyField), found: make(map[string]hit), shown: make(map[string]bool)}
}

// part parts the documents of a segment that are in a group from those that
// aren't.
func (g *groups) part(at int, all *roaring.Bitmap) (single, grouped *roaring.Bitmap, err error) {
	if g == nil {
		return all, nil, nil
	}
	in, err := g.ids.in(at, int(all.GetCardinality()))
	if err != nil {
		return nil, nil, err
	}
	grouped = roaring.New()
	for it := all.Iterator(); it.HasNext(); {
		doc := it.Next()
		if in != nil {
			if in.first(doc) != 0 {
				grouped.Add(doc)
			}
			continue
		}
		group, err := g.ids.first(at, doc)
		if err != nil {
			return nil, nil, err
		}
		if group != "" {
			grouped.Add(doc)
		}
	}
	if grouped.IsEmpty() {
		return all, nil, nil
	}
	return roaring.AndNot(all, grouped), grouped, nil
}

// add takes a hit of a group. The release that is shown for the group stands
// for it where it is a hit; otherwise the first in the order does.
func (g *groups) add(h hit, before func(a, b *hit) (bool, error)) error {
	if g.shown[h.group] {
		return nil
	}
	isCopy, err := g.copies.first(h.segment, h.doc)
	if err != nil {
		return err
	}
	if isCopy == "" {
		g.shown[h.group], g.found[h.group] = true, h
		return nil
	}
	if other, ok := g.found[h.group]; ok {
		if first, err := before(&h, &other); err != nil || !first {
			return err
		}
	}
	g.found[h.group] = h
	return nil
}

// countOnce counts the values of a document, each once for its group.
func (f *counter) countOnce(at int, doc uint32, group string) error {
	if f.once == nil {
		f.once = make(map[groupValue]bool)
	}
	numbers, err := f.column.of(at, doc)
	if err != nil {
		return err
	}
	for _, n := range numbers {
		if v := (groupValue{group, n}); !f.once[v] {
			f.once[v] = true
			f.add(n)
		}
	}
	return nil
}

type groupValue struct {
	group string
	value uint32 // by number
}
