package crf

import (
	"testing"

	"vocero/extract/text"
)

// TestRepeat: a headline's words are likelier to be the name that they are in
// the text below, but for those of a longer name that was found in it.
func TestRepeat(t *testing.T) {
	source := text.Parse("JOSÉ ELICE VISITA HOSPITAL DE LIMA\n\nJosé Elice llegó a Lima.", "es")
	if len(source.Sentences) != 2 {
		t.Fatalf("%d sentences", len(source.Sentences))
	}
	const person, organization, place = 0, 1, 2
	headline, body := source.Sentences[0], source.Sentences[1]
	found := [][]name{
		{{first: 3, last: 5, kind: organization, p: 0.9}},
		{{first: body.First, last: body.First + 1, kind: person, p: 0.8}, {first: body.First + 4, last: body.First + 4, kind: place, p: 0.9}},
	}
	d := newDocument(source, NewFeatures(source, &Lexicon{}))
	if !d.repeat(headline, d.echoes(found), found[0]) {
		t.Fatal("nothing of the text stands in its headline")
	}
	for i, want := range []Label{LabelAt(person, 0, 2), LabelAt(person, 1, 2), Outside, Outside, Outside, Outside} {
		for l, score := range d.local[i] {
			if raised := score > 0; raised != (Label(l) == want && want != Outside) {
				t.Errorf("%s: label %d has %g", source.Word(i), l, score)
			}
		}
	}
}
