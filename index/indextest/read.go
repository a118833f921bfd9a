package indextest

import (
	"embed"
	"errors"
	"fmt"
	"iter"
	"regexp"
	"strings"
	"testing"

	"vocero/corpus"

	"github.com/cockroachdb/apd/v3"
)

//go:embed testdata/*.txt
var testdata embed.FS

// lines yields the lines of a table that say something.
func lines(t testing.TB, name string) iter.Seq[string] {
	b, err := testdata.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return func(yield func(string) bool) {
		for line := range strings.Lines(string(b)) {
			if line = strings.TrimSpace(line); line != "" && line[0] != '#' && !yield(line) {
				return
			}
		}
	}
}

// Queries yields the queries of testdata/queries.txt.
func Queries(t testing.TB) iter.Seq[string] {
	return func(yield func(string) bool) {
		for line := range lines(t, "queries.txt") {
			if text, _, _ := strings.Cut(line, "=>"); !yield(strings.TrimSpace(text)) {
				return
			}
		}
	}
}

// Releases returns the made-up releases of testdata/releases.txt. Each begins
// with === id lang country published publisher, then its title and text with
// {kind=value|words} around what is found, then lines of its facts: fact
// holder | role | organization | status.
func Releases(t testing.TB) []corpus.Release {
	var found []corpus.Release
	var text []string
	finish := func() {
		if len(found) > 0 {
			r := &found[len(found)-1]
			r.Document.Title = text[0]
			markup(t, r, strings.Join(text, "\n"))
		}
		text = nil
	}
	var facts [][2]string // id and line, read when the entities are known
	for line := range lines(t, "releases.txt") {
		head, isHead := strings.CutPrefix(line, "=== ")
		fact, isFact := strings.CutPrefix(line, "fact ")
		switch {
		case isHead:
			finish()
			found = append(found, corpus.Release{Document: document(t, head)})
		case isFact:
			facts = append(facts, [2]string{found[len(found)-1].Document.ID, fact})
		default:
			text = append(text, line)
		}
	}
	finish()
	for i := range found {
		for _, f := range facts {
			if f[0] == found[i].Document.ID {
				addFact(&found[i].Annotations, f[1])
			}
		}
	}
	return found
}

func document(t testing.TB, head string) corpus.Document {
	f := strings.SplitN(head, " ", 5)
	d := corpus.Document{ID: f[0], Version: 1, Lang: f[1], Country: f[2], Publisher: f[4]}
	if f[3] != "-" {
		var err error
		if d.Published, err = corpus.ParseDate(f[3]); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

var tag = regexp.MustCompile(`\{(\w+)=([^|{}]*)\|([^{}]*)\}`)

// markup takes the innermost tags out of text, over and over, and keeps what
// they say; the spans of those outside follow as the text gets shorter.
func markup(t testing.TB, r *corpus.Release, text string) {
	a := &r.Annotations
	a.Document, a.Version = r.Document.ID, 1
	for {
		m := tag.FindStringSubmatchIndex(text)
		if m == nil {
			break
		}
		part := func(i int) string { return text[m[2*i]:m[2*i+1]] }
		kind, value, words := part(1), part(2), part(3)
		cut := m[6] - m[0] // what goes away before the words
		text = text[:m[0]] + words + text[m[1]:]
		shift(a, m[0], cut, m[1])
		annotate(t, a, kind, value, words, corpus.Span{Start: m[0], End: m[0] + len(words)})
	}
	r.Document.Text = text
}

// shift moves what was found before, for a tag of [start, end) whose first cut
// bytes and last one went away.
func shift(a *corpus.Annotations, start, cut, end int) {
	move := func(s *corpus.Span) {
		switch {
		case s.Start >= end:
			s.Start, s.End = s.Start-cut-1, s.End-cut-1
		case s.Start > start:
			s.Start, s.End = s.Start-cut, s.End-cut
		}
	}
	for i := range a.Mentions {
		move(&a.Mentions[i].Span)
	}
	for i := range a.Roles {
		move(&a.Roles[i].Span)
	}
	for i := range a.Amounts {
		move(&a.Amounts[i].Span)
	}
	for i := range a.Dates {
		move(&a.Dates[i].Span)
	}
}

func annotate(t testing.TB, a *corpus.Annotations, kind, value, words string, s corpus.Span) {
	switch kind {
	case "role":
		a.Roles = append(a.Roles, corpus.Role{Span: s})
	case "amount":
		a.Amounts = append(a.Amounts, amount(t, value, s))
	case "date":
		from, to, ranged := strings.Cut(value, "/")
		if !ranged {
			to = from
		}
		d := corpus.DateRange{Span: s, EDTF: value}
		first, err := date(from)
		last, err2 := date(to)
		if err = errors.Join(err, err2); err != nil {
			t.Fatal(err)
		}
		d.From, d.To = first.First(), last.Last()
		a.Dates = append(a.Dates, d)
	default:
		k := corpus.Kind(kind)
		a.Mentions = append(a.Mentions, corpus.Mention{Span: s, Kind: k, Entity: entity(a, k, value), Confidence: 1})
	}
}

func date(s string) (corpus.Date, error) {
	if s == "" {
		return corpus.Date{}, nil
	}
	return corpus.ParseDate(s)
}

func amount(t testing.TB, value string, s corpus.Span) corpus.Amount {
	unit, figure, _ := strings.Cut(value, " ")
	low, high, ranged := strings.Cut(figure, "..")
	if !ranged {
		high = low
	}
	a := corpus.Amount{Span: s, Unit: unit}
	for _, end := range []struct {
		to   *apd.Decimal
		from string
	}{{&a.Low, low}, {&a.High, high}} {
		if _, _, err := end.to.SetString(end.from); err != nil {
			t.Fatal(err)
		}
	}
	return a
}

// entity returns the ID of the entity with a name, which it adds if need be.
func entity(a *corpus.Annotations, kind corpus.Kind, name string) string {
	if name == "" {
		return ""
	}
	for _, e := range a.Entities {
		if e.Name == name {
			return e.ID
		}
	}
	id := fmt.Sprintf("e%d", len(a.Entities)+1)
	a.Entities = append(a.Entities, corpus.Entity{ID: id, Kind: kind, Name: name})
	return id
}

func addFact(a *corpus.Annotations, line string) {
	f := strings.Split(line+" ", "|")
	for i := range f {
		f[i] = strings.TrimSpace(f[i])
	}
	a.Facts = append(a.Facts, corpus.Fact{
		Holder: entity(a, corpus.Person, f[0]), Role: f[1],
		Org: entity(a, corpus.Organization, f[2]), Status: corpus.Status(f[3]),
	})
}
