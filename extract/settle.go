package extract

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"unicode"

	"vocero/corpus"
)

// What finders of different kinds see in the same words is settled here, so
// that nothing overlaps but an organization or a place within a role.

// settleFigures settles names, amounts and dates among themselves: an amount or
// a date wins over names, unless it is a part of one (Agenda 2030, Avenida 28
// de Julio); of an amount and a date the longer one wins, else the amount.
func settleFigures(a *corpus.Annotations) {
	a.Mentions = apart(a.Mentions, nameSpan, surer)
	a.Amounts = slices.DeleteFunc(apart(a.Amounts, amountSpan, none), func(m corpus.Amount) bool {
		return partOf(m.Span, a.Mentions)
	})
	a.Dates = slices.DeleteFunc(apart(a.Dates, dateSpan, none), func(d corpus.DateRange) bool {
		return partOf(d.Span, a.Mentions)
	})
	a.Amounts = slices.DeleteFunc(a.Amounts, func(m corpus.Amount) bool {
		return slices.ContainsFunc(overlapping(a.Dates, dateSpan, m.Span), func(d corpus.DateRange) bool {
			return d.Span.Len() > m.Span.Len()
		})
	})
	a.Dates = slices.DeleteFunc(a.Dates, func(d corpus.DateRange) bool {
		return len(overlapping(a.Amounts, amountSpan, d.Span)) > 0
	})
	a.Mentions = slices.DeleteFunc(a.Mentions, func(n corpus.Mention) bool { return touchesFigure(n.Span, a) })
}

// settleRoles settles roles against everything that settleFigures has settled.
// A role that an organization or a place reaches out of is drawn out to its
// end; a person's name that begins with a role is the rest of it; a role wins
// over names that it cannot hold, and loses to amounts, dates and a longer role.
func settleRoles(text string, a *corpus.Annotations) {
	for i := range a.Roles {
		a.Roles[i].Span.End = reach(a.Roles[i].Span, a.Mentions)
	}
	a.Roles = apart(slices.DeleteFunc(a.Roles, func(r corpus.Role) bool {
		return touchesFigure(r.Span, a)
	}), roleSpan, none)
	for i := range a.Mentions {
		if a.Mentions[i].Kind == corpus.Person {
			a.Mentions[i].Span = withoutRole(text, a.Mentions[i].Span, a.Roles)
		}
	}
	a.Mentions = slices.DeleteFunc(a.Mentions, func(n corpus.Mention) bool {
		return slices.ContainsFunc(overlapping(a.Roles, roleSpan, n.Span), func(r corpus.Role) bool {
			return !holds(r.Span, n)
		})
	})
}

// holds says whether a role may have the name within it.
func holds(role corpus.Span, n corpus.Mention) bool {
	return n.Kind != corpus.Person && role.Contains(n.Span) && role != n.Span
}

// partOf says whether a name holds span and more.
func partOf(span corpus.Span, names []corpus.Mention) bool {
	return slices.ContainsFunc(overlapping(names, nameSpan, span), func(n corpus.Mention) bool {
		return n.Span.Contains(span) && n.Span != span
	})
}

func touchesFigure(span corpus.Span, a *corpus.Annotations) bool {
	return len(overlapping(a.Amounts, amountSpan, span)) > 0 || len(overlapping(a.Dates, dateSpan, span)) > 0
}

// reach is the end of the role, or of the organization or place that begins
// within it and ends after it.
func reach(role corpus.Span, names []corpus.Mention) int {
	end := role.End
	for _, n := range overlapping(names, nameSpan, role) {
		if n.Kind != corpus.Person && role.Start < n.Span.Start {
			end = max(end, n.Span.End)
		}
	}
	return end
}

// withoutRole cuts the role off the beginning of a person's name.
func withoutRole(text string, name corpus.Span, roles []corpus.Role) corpus.Span {
	for _, r := range overlapping(roles, roleSpan, name) {
		if r.Span.Start <= name.Start && r.Span.End < name.End {
			rest := strings.TrimLeftFunc(text[r.Span.End:name.End], unicode.IsSpace)
			return corpus.Span{Start: name.End - len(rest), End: name.End}
		}
	}
	return name
}

func nameSpan(n *corpus.Mention) corpus.Span   { return n.Span }
func roleSpan(r *corpus.Role) corpus.Span      { return r.Span }
func amountSpan(m *corpus.Amount) corpus.Span  { return m.Span }
func dateSpan(d *corpus.DateRange) corpus.Span { return d.Span }

// surer puts the name of the higher confidence first.
func surer(x, y *corpus.Mention) int { return cmp.Compare(y.Confidence, x.Confidence) }

// none is for kinds in which no item is better than another but by length.
func none[T any](x, y *T) int { return 0 }

// overlapping gives the items, in order of place and apart, that share a byte with s.
func overlapping[T any](items []T, span func(*T) corpus.Span, s corpus.Span) []T {
	first := sort.Search(len(items), func(i int) bool { return span(&items[i]).End > s.Start })
	last := first
	for last < len(items) && span(&items[last]).Start < s.End {
		last++
	}
	return items[first:last]
}

// apart puts items in order of place and, of each run of items that overlap,
// keeps the best, then the best of those that are left, and so on. The better
// of two is so by better, else it is the longer, else the first.
func apart[T any](items []T, span func(*T) corpus.Span, better func(x, y *T) int) []T {
	slices.SortStableFunc(items, func(x, y T) int {
		return cmp.Or(cmp.Compare(span(&x).Start, span(&y).Start), cmp.Compare(span(&y).End, span(&x).End))
	})
	var kept []T
	for first := 0; first < len(items); {
		last, end := first+1, span(&items[first]).End
		for last < len(items) && span(&items[last]).Start < end {
			end = max(end, span(&items[last]).End)
			last++
		}
		kept = append(kept, bestOf(items[first:last], span, better)...)
		first = last
	}
	return kept
}

// bestOf picks from one run of items that overlap.
func bestOf[T any](run []T, span func(*T) corpus.Span, better func(x, y *T) int) []T {
	if len(run) == 1 {
		return run
	}
	ranked := slices.Clone(run)
	slices.SortStableFunc(ranked, func(x, y T) int {
		return cmp.Or(better(&x, &y), cmp.Compare(span(&y).Len(), span(&x).Len()))
	})
	var kept []T
	for _, x := range ranked {
		if !slices.ContainsFunc(kept, func(y T) bool { return span(&x).Overlaps(span(&y)) }) {
			kept = append(kept, x)
		}
	}
	slices.SortFunc(kept, func(x, y T) int { return cmp.Compare(span(&x).Start, span(&y).Start) })
	return kept
}
