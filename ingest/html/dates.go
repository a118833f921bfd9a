package html

import (
	"regexp"
	"slices"
	"strings"

	"vocero/corpus"
)

// published is the day of publication. What the page tells machines, its
// address and what it shows to people often differ, by a zone, a template or a
// copy from another page: each source has a say, and the day with the most wins.
// A page that tells only when it was last changed gives that day.
func (p *page) published(b *body, o map[string]any, modified claim) claim {
	said := newTally()
	said.add(5, p.addressed()) // made once, and never by a template
	said.add(3, p.ld(o, "datePublished"))
	said.addAll(3, p.firm())
	said.add(3, p.item("datepublished", "schema:datepublished", "pubdate", "dc:date", "dc:created", "dc:issued", "dcterms:created", "dcterms:issued", "dct:issued"))
	said.add(2.5, p.timed(b, "published", everywhere))
	said.add(2.25, p.inWords(b, "published"))
	said.add(2, p.namedDates(b, nearby))
	said.add(1.75, p.timed(b, "", nearby))
	said.addAll(1.5, p.others())
	said.add(1.25, p.scripted())
	said.add(1.6, notAfter(modified.value, p.nearHead(b)))
	said.add(0.75, p.namedDates(b, everywhere))
	said.add(0.75, p.timed(b, "", everywhere))
	said.show(p.inOpening(b))
	if said.best.value == "" {
		said.add(1, notAfter(modified.value, p.inOpening(b)))
	}
	if said.best.value == "" {
		b.open = true // columns beside the article hold its date, too
		said.add(1, p.timed(b, "published", everywhere))
		said.add(1, p.namedDates(b, nearby))
		said.add(1, p.timed(b, "", nearby))
		b.open = false
	}
	if said.best.value == "" {
		said.add(1, p.partial())
	}
	if said.best.value == "" && modified.value != "" {
		return claim{modified.value, fromModified}
	}
	return said.local()
}

// notAfter leaves out the days in the text that were not yet when the page was
// last changed: it announces them.
func notAfter(modified string, found []claim) []claim {
	return slices.DeleteFunc(found, func(c claim) bool { return modified != "" && c.value > modified })
}

// modified is the day of the last change that the page tells.
func (p *page) modified(b *body, o map[string]any) claim {
	found := first(inOrder(p.ld(o, "dateModified"), p.meta("modified"), p.item("datemodified", "schema:datemodified"),
		p.timed(b, "modified", everywhere), p.inWords(b, "modified")), asDate)
	if found.value == "" {
		b.open = true // wikis tell it in the footer
		found = first(p.inWords(b, "modified"), asDate)
		b.open = false
	}
	return found
}

// tally sums up what speaks for each day.
type tally struct {
	weight map[string]float64
	from   map[string]string  // of the weightiest source, which is asked first
	utc    map[string]bool    // said by a machine in universal time
	seen   map[string]float64 // weight of the sources that readers see
	best   claim
}

func newTally() *tally {
	return &tally{weight: map[string]float64{}, from: map[string]string{}, utc: map[string]bool{}, seen: map[string]float64{}}
}

// addAll counts the first claim of a source that is a date, and by half the
// first that is another one.
func (t *tally) addAll(weight float64, source []claim) {
	one := first(source, asDate)
	t.add(weight, source)
	t.add(weight/2, slices.DeleteFunc(slices.Clone(source), func(c claim) bool { return asDate(c.value) == one.value }))
}

// add counts the first claim of a source that is a date.
func (t *tally) add(weight float64, source []claim) {
	c := first(source, asDate)
	if c.value == "" {
		return
	}
	switch c.from {
	case fromTime, fromHTML, fromText:
		t.seen[c.value] += weight
	case fromURL:
	default:
		t.utc[c.value] = t.utc[c.value] || slices.ContainsFunc(source, inUniversalTime)
		if slices.ContainsFunc(source, func(s claim) bool { return asDate(s.value) == c.value && inZone.MatchString(s.value) }) {
			t.seen[c.value] += faint
		}
	}
	t.weight[c.value] += weight
	t.from[c.value] = firstOf(t.from[c.value], c.from)
	if t.weight[c.value] > t.weight[t.best.value] {
		t.best = claim{c.value, t.from[c.value]}
	}
}

// show notes the first day of a source that is too weak to count, but may tell
// which of two days in a row readers see.
func (t *tally) show(source []claim) {
	if c := first(source, asDate); c.value != "" {
		t.seen[c.value] += faint
		t.from[c.value] = firstOf(t.from[c.value], c.from)
	}
}

// faint is the weight of what can only decide between two days in a row.
const faint = 0.1

// inZone is the end of a time in a zone of its own.
var inZone = regexp.MustCompile(`T\d\d:.*[+-](?:0[1-9]|1[0-4]|00:?[1-5]\d)(?::?\d\d)?$`)

func inUniversalTime(c claim) bool {
	return strings.HasSuffix(c.value, "Z") || strings.HasSuffix(c.value, "+00:00") || strings.HasSuffix(c.value, "+0000") || strings.HasSuffix(c.value, "GMT")
}

// local is the day with the most say. Where machines say it in universal time
// and readers see the day before or after, it is that one: theirs is the
// sender's.
func (t *tally) local() claim {
	best, err := corpus.ParseDate(t.best.value)
	if err != nil || !t.utc[t.best.value] {
		return t.best
	}
	for _, days := range []int{-1, 1} {
		day := corpus.DateOf(best.Time().AddDate(0, 0, days)).String()
		if t.seen[day] > t.seen[t.best.value] {
			return claim{day, t.from[day]}
		}
	}
	return t.best
}
