package role_test

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"vocero/corpus"
	"vocero/extract/gold"
	"vocero/extract/role"
	"vocero/extract/text"
)

func TestFind(t *testing.T) {
	source, err := os.ReadFile("testdata/roles.txt")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(source)) {
		n++
		lang, tagged, _ := strings.Cut(strings.TrimSpace(line), " ")
		if tagged == "" || lang[0] == '#' {
			continue
		}
		d, err := gold.Parse(tagged)
		if err != nil {
			t.Fatalf("line %d: %v", n, err)
		}
		var want []string
		for _, m := range d.Mentions {
			if m.Kind == corpus.RoleKind {
				want = append(want, shown(d.Text, m.Span, m.Status))
			}
		}
		var got []string
		for _, r := range role.Find(text.Parse(d.Text, lang), names(d)) {
			got = append(got, shown(d.Text, r.Span, r.Status))
		}
		if !slices.Equal(got, want) {
			t.Errorf("line %d: %s\n got %q\nwant %q", n, d.Text, got, want)
		}
	}
}

func shown(text string, s corpus.Span, status corpus.Status) string {
	return strings.TrimSpace(s.Of(text) + " " + string(status))
}

// names are the persons, organizations and places of d, in order of place.
func names(d gold.Document) []corpus.Mention {
	var names []corpus.Mention
	for _, m := range d.Mentions {
		switch m.Kind {
		case corpus.Person, corpus.Organization, corpus.Place:
			names = append(names, corpus.Mention{Span: m.Span, Kind: m.Kind})
		}
	}
	slices.SortStableFunc(names, func(a, b corpus.Mention) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	return names
}

// TestFindIsLinear holds the time for eight times the text to a small multiple
// of eight times the time, on texts that make a finder read far ahead. A busy
// machine may need some attempts; time that grows with the square never passes.
func TestFindIsLinear(t *testing.T) {
	const attempts = 20
pieces:
	for _, c := range []struct{ lang, piece string }{
		{"es", "presidente de "}, {"es", "ministro de Salud y "}, {"es", "Director "}, {"es", "jefe de la casa de la "},
		{"en", "principal deputy "}, {"en", "Chief Executive of Foo and "}, {"es", "alcaldes de Loja, "},
	} {
		var short, long time.Duration
		for range attempts {
			short, long = timeFor(c.lang, strings.Repeat(c.piece, 500)), timeFor(c.lang, strings.Repeat(c.piece, 4000))
			if long <= 24*short {
				continue pieces
			}
		}
		t.Errorf("%q: %v for 500 of it, %v for 4,000", c.piece, short, long)
	}
}

func timeFor(lang, source string) time.Duration {
	parsed := text.Parse(source, lang)
	begun := time.Now()
	role.Find(parsed, nil)
	return time.Since(begun)
}

func FuzzFind(f *testing.F) {
	f.Add("La ministra de Salud, Ana Ruiz, y los senadores Luis Pardo y Eva Gil.", "es", uint16(22), uint8(8), uint8(0))
	f.Add("Acme’s CEO and President, Dana Whitlock, Chief Executive Officer, Acme", "en", uint16(0), uint8(4), uint8(1))
	f.Add("le directeur de l’", "fr", uint16(3), uint8(90), uint8(2))
	f.Fuzz(func(t *testing.T, source, lang string, at uint16, length, kind uint8) {
		parsed := text.Parse(source, lang)
		kinds := []corpus.Kind{corpus.Person, corpus.Organization, corpus.Place}
		start := min(int(at), len(source))
		span := corpus.Span{Start: start, End: min(start+int(length), len(source))}
		last := 0
		for _, r := range role.Find(parsed, []corpus.Mention{{Span: span, Kind: kinds[int(kind)%3]}}) {
			if r.Span.Start < last || r.Span.End <= r.Span.Start || r.Span.End > len(source) {
				t.Fatalf("role at %v after one that ends at %d, in %d bytes", r.Span, last, len(source))
			}
			last = r.Span.End
		}
	})
}

func ExampleFind() {
	source := "Elena Ríos Paz, ministra de Salud, recibió al alcalde de Loja."
	names := []corpus.Mention{
		{Span: corpus.Span{Start: 0, End: 15}, Kind: corpus.Person},
		{Span: corpus.Span{Start: 59, End: 63}, Kind: corpus.Place},
	}
	for _, r := range role.Find(text.Parse(source, "es"), names) {
		fmt.Println(r.Span.Of(source))
	}
	// Output:
	// ministra de Salud
	// alcalde de Loja
}
