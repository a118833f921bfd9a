package index_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"vocero/corpus"
	"vocero/index"
	"vocero/index/indextest"
	"vocero/index/query"
)

// marked writes snippets with their marks in brackets.
func marked(text string, snippets []index.Snippet) string {
	var b strings.Builder
	for i, s := range snippets {
		if i > 0 {
			b.WriteString(" … ")
		}
		at := s.Span.Start
		for _, m := range s.Marks {
			fmt.Fprintf(&b, "%s[%s]", text[at:m.Start], m.Of(text))
			at = m.End
		}
		b.WriteString(text[at:s.Span.End])
	}
	return b.String()
}

func TestSnippets(t *testing.T) {
	for _, c := range []struct{ id, query, want string }{
		{"es-2", "obras", "El Ministerio de Salud inaugura una [obra] en el año escolar"},
		{"es-1", "person:Kenna amount<1M", "[Kenna] anunció [500.000 dólares] para Guayaquil."},
		{"es-5", `"crimen organizado"`, "La ley contra el [crimen organizado]"},
		{"es-5", "person:(Romero -Kenna)", "[Lisa Romero] y Juan Kenna hablaron."},
		{"es-2", "percent>30 date:2019", "Costó tres millones de soles, un [35 %] más que en [2019]."},
		{"es-2", "lang:es", "La ministra de Salud, Ana Peña, inauguró una obra en Lima."},
		{"en-1", "traffick* -lima", "Human [trafficking] harms countries."},
		{"pt-1", "role:ministro", "A [ministra da Saúde] Nísia Lima anunciou ações em Brasília, com R$ 1,5 milhão."},
	} {
		q, err := query.Parse(c.query)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range indextest.Releases(t) {
			if r.Document.ID != c.id {
				continue
			}
			if got := marked(r.Document.Text, index.Snippets(q, r.Document, r.Annotations, 1)); got != c.want {
				t.Errorf("%s in %s\n got %s\nwant %s", c.query, c.id, got, c.want)
			}
		}
	}
}

// TestSnippetsOfHits holds that what the index finds by words, the snippets
// mark, whatever the language.
func TestSnippetsOfHits(t *testing.T) {
	for id, text := range map[string]string{"es-4": "leyes", "fr-1": "ministre", "en-1": "country", "es-3": "fact(role:viceministra)"} {
		q, err := query.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range indextest.Releases(t) {
			for i := range r.Annotations.Facts { // the table gives no evidence
				r.Annotations.Facts[i].Evidence.End = len(r.Document.Title)
			}
			if s := index.Snippets(q, r.Document, r.Annotations, 3); r.Document.ID == id && len(s[0].Marks) == 0 {
				t.Errorf("%s: nothing marked in %s", text, id)
			}
		}
	}
}

// TestAnnotated holds that snippets are the same without annotations where a
// query is said to need none, and that those which differ are said to need them.
func TestAnnotated(t *testing.T) {
	for text := range indextest.Queries(t) {
		q, err := query.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range indextest.Releases(t) {
			with := index.Snippets(q, r.Document, r.Annotations, 3)
			without := index.Snippets(q, r.Document, corpus.Annotations{}, 3)
			if !reflect.DeepEqual(with, without) && !index.Annotated(q) {
				t.Errorf("%s in %s: %v with annotations, %v without", text, r.Document.ID, with, without)
			}
		}
	}
}
