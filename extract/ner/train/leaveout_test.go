package train

import (
	"slices"
	"testing"

	"vocero/extract/gold"
)

func TestGroup(t *testing.T) {
	for id, want := range map[string]string{
		"es-oea-012": "es-oea", "es-ec-b054": "es-ec", "pt-saude2-010": "pt-saude", "nota": "nota", "": "",
	} {
		if got := Group(id); got != want {
			t.Errorf("%q: %q, not %q", id, got, want)
		}
	}
}

func TestSpread(t *testing.T) {
	var documents []gold.Document
	for _, id := range []string{"a-1", "a-2", "a-3", "b-1", "b-2", "c-1", "d-1"} {
		var d gold.Document
		d.ID = id
		documents = append(documents, d)
	}
	if got := spread(documents, 2); !slices.Equal(got[0], []string{"a", "d"}) || !slices.Equal(got[1], []string{"b", "c"}) {
		t.Errorf("%v", got)
	}
	if got := spread(documents, 0); len(got) != 4 {
		t.Errorf("%v", got)
	}
}
