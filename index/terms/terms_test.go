package terms

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// Bounds on what stemmers get wrong of testdata/inflections.txt, by language.
const (
	leastMeet    = 0.99 // of inflections that meet their word
	mostConfused = 0.04 // of words that meet one of another line
)

func TestStemInflections(t *testing.T) {
	lines := inflections(t)
	for _, lang := range Languages {
		met, all, confused := 0, 0, 0
		owner := make(map[string]string) // stem → the family that has it
		for _, l := range lines[lang] {
			for _, w := range l.words[1:] {
				all++
				if got, want := Stem(Fold(w), lang), Stem(Fold(l.words[0]), lang); got == want {
					met++
				} else {
					t.Logf("%s: %s stems to %s, %s to %s", lang, w, got, l.words[0], want)
				}
			}
			stem := Stem(Fold(l.words[0]), lang)
			if other := owner[stem]; other != "" && other != l.family {
				confused++
				t.Logf("%s: %s and %s share the stem %s", lang, l.words[0], other, stem)
			}
			owner[stem] = l.family
		}
		if all == 0 {
			continue
		}
		meet, wrong := float64(met)/float64(all), float64(confused)/float64(len(lines[lang]))
		t.Logf("%s: %.1f %% of %d inflections meet, %.1f %% of %d words confused", lang, 100*meet, all, 100*wrong, len(lines[lang]))
		if meet < leastMeet || wrong > mostConfused {
			t.Errorf("%s: want %.0f %% to meet and %.0f %% confused at most", lang, 100*leastMeet, 100*mostConfused)
		}
	}
}

// inflected is a line of testdata/inflections.txt.
type inflected struct {
	words  []string
	family string
}

func inflections(t *testing.T) map[string][]inflected {
	b, err := os.ReadFile("testdata/inflections.txt")
	if err != nil {
		t.Fatal(err)
	}
	found := make(map[string][]inflected)
	for line := range strings.Lines(string(b)) {
		f := strings.Fields(line)
		if len(f) < 2 || f[0] == "#" {
			continue
		}
		l := inflected{family: f[1]}
		for _, w := range f[1:] {
			if kin, ok := strings.CutPrefix(w, "="); ok {
				l.family = kin
			} else {
				l.words = append(l.words, w)
			}
		}
		found[f[0]] = append(found[f[0]], l)
	}
	return found
}

// TestFoldLatin compares the table of letters with what decomposes them.
func TestFoldLatin(t *testing.T) {
	for r := firstLatin; r <= 'ÿ'; r++ {
		var b strings.Builder
		foldRune(&b, unicode.ToLower(r))
		if got := Fold(string(r)); got != b.String() {
			t.Errorf("Fold(%q) = %q, want %q", r, got, b.String())
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
