package terms

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestStemInflections(t *testing.T) {
	b, err := os.ReadFile("testdata/inflections.txt")
	if err != nil {
		t.Fatal(err)
	}
	owner := make(map[string]string) // language and stem → the line that has it
	for line := range strings.Lines(string(b)) {
		f := strings.Fields(line)
		if f[0] == "#" {
			continue
		}
		want := Stem(Fold(f[1]), f[0])
		if other := owner[f[0]+want]; other != "" {
			t.Errorf("%s: %s and %s share the stem %s", f[0], f[1], other, want)
		}
		owner[f[0]+want] = f[1]
		for _, w := range f[2:] {
			if got := Stem(Fold(w), f[0]); got != want {
				t.Errorf("%s: %s stems to %s, %s to %s", f[0], w, got, f[1], want)
			}
		}
	}
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"Peña": "peña", "PEN\u0303A": "peña", "Organización": "organizacion", "ação": "acao",
		"Œuvre": "oeuvre", "İstanbul": "istanbul", "Ǆ": "dz", "año": "año", "Ångström": "angstrom",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestSentences(t *testing.T) {
	for in, want := range map[string][]string{
		"El Sr. Ruiz llegó. Habló.":            {"El Sr. Ruiz llegó.", "Habló."},
		"Título\n\nUno. 2020 fue. etc. sigue.": {"Título", "Uno.", "2020 fue. etc. sigue."},
		"¿Quién? “Él”. «Fin.» Sí":              {"¿Quién?", "“Él”.", "«Fin.»", "Sí"},
		"J. F. Kennedy y EE.UU. Firmó 1.5":     {"J. F. Kennedy y EE.UU. Firmó 1.5"},
		" \n ":                                 nil,
	} {
		var got []string
		for s := range Sentences(in) {
			got = append(got, s.Of(in))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q\n got %q\nwant %q", in, got, want)
		}
	}
}

// TestPositions holds that words of two sentences never follow one another,
// whatever the length of the first.
func TestPositions(t *testing.T) {
	for _, n := range []int{1, 253, 254, 255, 256, 257, 600} {
		var last Term
		for term := range Find(strings.Repeat("a ", n) + "\nb") {
			if term.Word == "b" && (term.Position <= last.Position+1 || term.Position>>SentenceBits == last.Position>>SentenceBits) {
				t.Errorf("%d words: positions %d and %d", n, last.Position, term.Position)
			}
			last = term
		}
	}
}

func FuzzFind(f *testing.F) {
	f.Add("El 5 de mayo, Peña dijo: “¡No!”. EE.UU. respondió\n\u0303a")
	f.Fuzz(func(t *testing.T, text string) {
		end, position := 0, -1
		for term := range Find(text) {
			if term.Span.Start < end || term.Position <= position || term.Span.Len() == 0 {
				t.Fatalf("%+v after byte %d, position %d", term, end, position)
			}
			if utf8.ValidString(text) && Fold(term.Word) != term.Word {
				t.Fatalf("%q folds again to %q", term.Word, Fold(term.Word))
			}
			for _, lang := range Languages {
				Stem(term.Word, lang)
			}
			end, position = term.Span.End, term.Position
		}
	})
}

func ExampleFind() {
	for t := range Find("Las obras.\nPeña") {
		fmt.Println(t.Span, t.Word, Stem(t.Word, "es"), t.Position>>SentenceBits)
	}
	// Output:
	// {0 3} las las 0
	// {4 9} obras obra 0
	// {11 16} peña peña 1
}
