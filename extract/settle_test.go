package extract

import (
	"os"
	"strings"
	"testing"

	"vocero/corpus"
)

// The table in testdata gives, for each case, a text, what the finders saw
// ("kind: words") and what stays after "=>". Words are found at their first place.
func TestSettle(t *testing.T) {
	b, err := os.ReadFile("testdata/settle.txt")
	if err != nil {
		t.Fatal(err)
	}
	for block := range strings.SplitSeq(string(b), "\n\n") {
		lines := strings.Split(strings.TrimSpace(block), "\n")
		if strings.HasPrefix(lines[0], "#") {
			continue
		}
		text, seen, want := lines[0], lines[1:], []string(nil)
		for i, l := range lines {
			if l == "=>" {
				seen, want = lines[1:i], lines[i+1:]
			}
		}
		a := saw(t, text, seen)
		settleFigures(&a)
		settleRoles(text, &a)
		if got := words(text, &a); strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("%s\ngot:\n%s\nwant:\n%s", text, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}

func saw(t *testing.T, text string, seen []string) corpus.Annotations {
	t.Helper()
	var a corpus.Annotations
	for _, line := range seen {
		kind, what, _ := strings.Cut(line, ": ")
		start := strings.Index(text, what)
		if start < 0 {
			t.Fatalf("%q is not in %q", what, text)
		}
		span := corpus.Span{Start: start, End: start + len(what)}
		kind, sure := strings.CutSuffix(kind, "!")
		switch corpus.Kind(kind) {
		case corpus.Person, corpus.Organization, corpus.Place:
			m := corpus.Mention{Span: span, Kind: corpus.Kind(kind), Confidence: 0.5}
			if sure {
				m.Confidence = 0.9
			}
			a.Mentions = append(a.Mentions, m)
		case corpus.RoleKind:
			a.Roles = append(a.Roles, corpus.Role{Span: span})
		case corpus.Money:
			a.Amounts = append(a.Amounts, corpus.Amount{Span: span, Unit: "USD"})
		case corpus.DateKind:
			a.Dates = append(a.Dates, corpus.DateRange{Span: span})
		default:
			t.Fatalf("no kind %q", kind)
		}
	}
	return a
}

// words lists what stayed, by kind, in order of place.
func words(text string, a *corpus.Annotations) []string {
	var got []string
	for i := range a.Mentions {
		got = append(got, string(a.Mentions[i].Kind)+": "+a.Mentions[i].Span.Of(text))
	}
	for i := range a.Roles {
		got = append(got, "role: "+a.Roles[i].Span.Of(text))
	}
	for i := range a.Amounts {
		got = append(got, "money: "+a.Amounts[i].Span.Of(text))
	}
	for i := range a.Dates {
		got = append(got, "date: "+a.Dates[i].Span.Of(text))
	}
	return got
}

// FuzzSettle holds that nothing overlaps afterwards but a body or a place
// within a role. Each three bytes are an item: its kind, start and length.
func FuzzSettle(f *testing.F) {
	f.Add([]byte{0, 1, 9, 3, 0, 4, 4, 2, 3, 5, 5, 9})
	f.Add([]byte{3, 0, 20, 1, 2, 30, 0, 31, 9, 2, 4, 2})
	text := strings.Repeat("La Casa ", 80)
	f.Fuzz(func(t *testing.T, b []byte) {
		var a corpus.Annotations
		for ; len(b) >= 3; b = b[3:] {
			s := corpus.Span{Start: int(b[1]), End: int(b[1]) + 1 + int(b[2])}
			switch b[0] % 6 {
			case 0, 1, 2:
				kind := []corpus.Kind{corpus.Person, corpus.Organization, corpus.Place}[b[0]%6]
				a.Mentions = append(a.Mentions, corpus.Mention{Span: s, Kind: kind, Confidence: float64(b[0]) / 256})
			case 3:
				a.Roles = append(a.Roles, corpus.Role{Span: s})
			case 4:
				a.Amounts = append(a.Amounts, corpus.Amount{Span: s})
			case 5:
				a.Dates = append(a.Dates, corpus.DateRange{Span: s})
			}
		}
		settleFigures(&a)
		settleRoles(text, &a)
		if x, y, ok := clash(&a); ok {
			t.Errorf("%v and %v overlap in %+v", x, y, a)
		}
	})
}

// clash finds two items that overlap and may not.
func clash(a *corpus.Annotations) (x, y corpus.Span, found bool) {
	var spans []corpus.Span
	for _, n := range a.Mentions {
		inside := false
		for _, r := range a.Roles {
			inside = inside || holds(r.Span, n)
		}
		if !inside {
			spans = append(spans, n.Span)
		}
	}
	for i := range a.Mentions[:max(len(a.Mentions)-1, 0)] {
		if a.Mentions[i].Span.Overlaps(a.Mentions[i+1].Span) {
			return a.Mentions[i].Span, a.Mentions[i+1].Span, true
		}
	}
	for _, r := range a.Roles {
		spans = append(spans, r.Span)
	}
	for _, m := range a.Amounts {
		spans = append(spans, m.Span)
	}
	for _, d := range a.Dates {
		spans = append(spans, d.Span)
	}
	for i, x := range spans {
		for _, y := range spans[i+1:] {
			if x.Overlaps(y) {
				return x, y, true
			}
		}
	}
	return x, y, false
}
