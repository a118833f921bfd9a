package main

import (
	"slices"
	"testing"

	"vocero/corpus"
)

// TestAnnotate holds that what is made up lies within the text.
func TestAnnotate(t *testing.T) {
	r := release{Document: corpus.Document{Text: "El presidente Daniel Noboa Azin visitó\nSan José, con Ana Peña, de Quito."}}
	annotate(&r, 1)
	var got []string
	for _, m := range r.Annotations.Mentions {
		got = append(got, m.Span.Of(r.Document.Text))
	}
	if want := []string{"Daniel Noboa Azin", "San José", "Ana Peña"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if len(repeated([]release{r}, 3, 5)) != 2 || repeated([]release{r}, 3, 5)[0].Document.ID != ".3" {
		t.Error("repeated releases need ids of their own")
	}
}
