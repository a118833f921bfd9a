package main

import (
	"slices"
	"strings"
	"unicode"

	"github.com/cockroachdb/apd/v3"
)

// total sums the scores of a file's cases.
type total struct{ cases, right, spans, exact, trimmed, value, found, wrong int }

// result is how one case went.
type result struct {
	spans, exact, trimmed, value, found, wrong int
	ok                                         bool
}

func (t *total) add(r result) {
	t.cases++
	t.spans += r.spans
	t.exact += r.exact
	t.trimmed += r.trimmed
	t.value += r.value
	t.found += r.found
	t.wrong += r.wrong
	if r.ok {
		t.right++
	}
}

// score scores a case against what it expects and against each of the other
// lists that are right too, and keeps the best.
func score(c *vector, got []span) result {
	best := scoreList(c, got, c.Expect)
	for _, list := range c.Others {
		if r := scoreList(c, got, list); better(&r, &best) {
			best = r
		}
	}
	return best
}

func better(a, b *result) bool {
	if a.ok != b.ok {
		return a.ok
	}
	x, y := a.trimmed*max(b.spans, 1), b.trimmed*max(a.spans, 1)
	return x > y || x == y && a.wrong < b.wrong
}

// scoreList scores predictions against one list of expectations.
func scoreList(c *vector, got []span, want []expectation) result {
	r := result{spans: len(want)}
	for i := range want {
		e := &want[i]
		goal := c.trim(e.span)
		var found, value, trimmed, exact bool
		for _, p := range got {
			if !overlap(p, e.span) {
				continue
			}
			found = true
			if !e.accepts(&p.Value) {
				continue
			}
			value = true
			t := c.trim(p)
			trimmed = trimmed || t.Start == goal.Start && t.End == goal.End
			exact = exact || p.Start == e.Start && p.End == e.End
		}
		r.found += count(found)
		r.value += count(value)
		r.trimmed += count(trimmed)
		r.exact += count(exact)
	}
	for _, p := range got {
		expected := slices.ContainsFunc(want, func(e expectation) bool { return overlap(p, e.span) })
		ignored := slices.ContainsFunc(c.Ignore, func(i span) bool { return overlap(p, i) })
		r.wrong += count(!expected && !ignored)
	}
	r.ok = r.trimmed == r.spans && (r.wrong == 0 || c.Partial)
	return r
}

func count(b bool) int {
	if b {
		return 1
	}
	return 0
}

func overlap(a, b span) bool { return a.Start < b.End && b.Start < a.End }

// accepts says whether a prediction has one of the values that are right.
func (e *expectation) accepts(got *value) bool {
	return e.Any || e.Value.accepts(got) || slices.ContainsFunc(e.Alts, func(v value) bool { return v.accepts(got) })
}

func (v *value) accepts(got *value) bool {
	switch {
	case v.EDTF != "":
		return v.acceptsDate(got)
	case v.money:
		return v.acceptsCurrency(got) && v.acceptsSum(got)
	case v.Number != "":
		return close(got.Number, v.Number, "1e-6")
	case v.Percent != "":
		return close(got.Percent, v.Percent, "1e-9")
	case v.PercentMin != "":
		return close(got.PercentMin, v.PercentMin, "1e-9") && close(got.PercentMax, v.PercentMax, "1e-9")
	}
	return false
}

func (v *value) acceptsSum(got *value) bool {
	if v.Min != "" {
		return close(got.Min, v.Min, "1e-9") && close(got.Max, v.Max, "1e-9")
	}
	return close(got.Amount, v.Amount, "1e-9")
}

func (v *value) acceptsCurrency(got *value) bool {
	if got.Currency == nil {
		return v.Currency == nil || v.nullToo || len(v.AnyOf) > 0
	}
	return v.Currency != nil && *v.Currency == *got.Currency || slices.Contains(v.AnyOf, *got.Currency)
}

// close says whether a and b are equal but for a share of b.
func close(a, b, share string) bool {
	x, _, err := apd.NewFromString(a)
	y, _, err2 := apd.NewFromString(b)
	s, _, err3 := apd.NewFromString(share)
	if err != nil || err2 != nil || err3 != nil {
		return false
	}
	ctx := apd.BaseContext.WithPrecision(60)
	var diff, most apd.Decimal
	if _, err := ctx.Sub(&diff, x, y); err != nil {
		return false
	}
	if _, err := ctx.Mul(&most, y, s); err != nil {
		return false
	}
	diff.Abs(&diff)
	most.Abs(&most)
	return diff.Cmp(&most) <= 0
}

// edges are the words that do not count at the left edge of a span.
var edges = map[string]string{
	"es": "el la los las lo un una unos unas de del en al a y para por hasta desde entre durante sobre con más mas menos al_menos casi cerca alrededor aproximadamente total que su",
	"en": "the a an on in of by at for from to between during since until till about around over up than more less as nearly almost roughly some approximately",
	"pt": "o a os as um uma de do da dos das em no na nos nas ao à para por até desde entre durante quase mais menos cerca que",
	"fr": "le la les l' l’ un une de du des d' d’ en au aux à dans pour par jusqu' jusqu'au depuis entre pendant environ près plus moins que",
}

// trim drops punctuation at both edges of a span, and articles, prepositions
// and bounding words at its left.
func (c *vector) trim(s span) span {
	at := func(i int) rune { return c.points[i] }
	for s.Start < s.End && (unicode.IsSpace(at(s.Start)) || strings.ContainsRune(".,;:()[]«»\"“”¿¡", at(s.Start))) {
		s.Start++
	}
	for s.End > s.Start && (unicode.IsSpace(at(s.End-1)) || strings.ContainsRune(",;:()[]«»\"“”", at(s.End-1))) {
		s.End--
	}
	stop := strings.Fields(edges[c.Lang[:min(2, len(c.Lang))]])
	for {
		word, next := c.edgeWord(s)
		if next == 0 || s.Start+next >= s.End || !slices.Contains(stop, strings.ToLower(word)) {
			break
		}
		s.Start += next
	}
	for s.End > s.Start && at(s.End-1) == '.' {
		s.End--
	}
	return s
}

// edgeWord returns the word at the left edge of a span, with its apostrophe,
// and the length of it and of the spaces after it; 0 if there is none.
func (c *vector) edgeWord(s span) (string, int) {
	p := c.points[s.Start:max(s.Start, s.End)]
	i := 0
	for i < len(p) && unicode.IsLetter(p[i]) {
		i++
	}
	letters := i
	if i < len(p) && (p[i] == '\'' || p[i] == '’') {
		i++
	}
	word := string(p[:i])
	apostrophe := i > letters
	spaces := i
	for i < len(p) && unicode.IsSpace(p[i]) {
		i++
	}
	if letters == 0 || i == spaces && !apostrophe {
		return "", 0
	}
	return word, i
}
