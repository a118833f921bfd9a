package link

import (
	_ "embed"
	"strings"
	"testing"

	"vocero/corpus"
	"vocero/extract/text"
)

//go:embed testdata/forms.txt
var formsFile string

// TestForms links each name of testdata/forms.txt with each of its forms, in
// both orders.
func TestForms(t *testing.T) {
	for _, line := range dataLines(formsFile) {
		kind, rest, _ := strings.Cut(line, ": ")
		long, rest, _ := strings.Cut(rest, " = ")
		same, others, _ := strings.Cut(rest, " / ")
		for _, short := range strings.Split(same, ", ") {
			if !together(corpus.Kind(kind), long, short) || !together(corpus.Kind(kind), short, long) {
				t.Errorf("%s: %q is not %q", kind, short, long)
			}
		}
		if others == "" {
			continue
		}
		for _, other := range strings.Split(others, ", ") {
			if together(corpus.Kind(kind), long, other) {
				t.Errorf("%s: %q is %q", kind, other, long)
			}
		}
	}
}

func together(kind corpus.Kind, a, b string) bool {
	source := a + " y luego " + b
	found := corpus.Annotations{Mentions: []corpus.Mention{
		{Kind: kind, Span: corpus.Span{Start: 0, End: len(a)}},
		{Kind: kind, Span: corpus.Span{Start: len(source) - len(b), End: len(source)}},
	}}
	Link(text.Parse(source, "es"), &found)
	return found.Mentions[0].Entity == found.Mentions[1].Entity
}

func TestAcronymInBrackets(t *testing.T) {
	for source, want := range map[string]string{
		"[Oficina de Prensa] del [Ministerio de Salud] ([OP])":      "Oficina de Prensa",
		"[Oficina de Prensa] del [Ministerio de Salud] ([Minsa])":   "Ministerio de Salud",
		"[Sociedad Alemana para la Cooperación] ([GIZ]) en Bolivia": "Sociedad Alemana para la Cooperación",
	} {
		var found corpus.Annotations
		plain := ""
		for _, part := range strings.Split(source, "[") {
			name, rest, ok := strings.Cut(part, "]")
			if ok {
				found.Mentions = append(found.Mentions, corpus.Mention{
					Kind: corpus.Organization, Span: corpus.Span{Start: len(plain), End: len(plain) + len(name)}})
			}
			plain += name + rest
		}
		Link(text.Parse(plain, "es"), &found)
		last := found.Mentions[len(found.Mentions)-1]
		for _, e := range found.Entities {
			if e.ID == last.Entity && e.Name != want {
				t.Errorf("%s: the acronym is %q, not %q", source, e.Name, want)
			}
		}
	}
}
