package text

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode/utf8"
)

// cases reads the lines of a golden file: language, source, expected.
func cases(t *testing.T, name string) [][3]string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var out [][3]string
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "#") || strings.TrimSpace(line) == "" {
			continue
		}
		parts := strings.Split(strings.TrimSpace(line), " | ")
		if len(parts) != 3 {
			t.Fatalf("%s: not three parts: %s", name, line)
		}
		out = append(out, [3]string{parts[0], strings.ReplaceAll(parts[1], `\n`, "\n"), parts[2]})
	}
	return out
}

func TestTokens(t *testing.T) {
	marks := map[TokenKind]string{Number: "_N", Address: "_A"}
	for _, c := range cases(t, "testdata/tokens.txt") {
		text := Parse(c[1], c[0])
		var got []string
		for i, token := range text.Tokens {
			got = append(got, text.Word(i)+marks[token.Kind])
		}
		if g := strings.Join(got, "  "); g != c[2] {
			t.Errorf("%s: %s\n got %s\nwant %s", c[0], c[1], g, c[2])
		}
	}
}

func TestSentences(t *testing.T) {
	for _, c := range cases(t, "testdata/sentences.txt") {
		var got []string
		for _, s := range Parse(c[1], c[0]).Sentences {
			got = append(got, strings.ReplaceAll(s.Of(c[1]), "\n", `\n`))
		}
		if g := strings.Join(got, " / "); g != c[2] {
			t.Errorf("%s: %s\n got %s\nwant %s", c[0], c[1], g, c[2])
		}
	}
}

// check fails where the tokens are not in order, or leave out or share bytes.
func check(t *testing.T, text *Text) {
	t.Helper()
	at := 0
	for i, token := range text.Tokens {
		if token.Start < at || token.End <= token.Start || token.End > len(text.Source) {
			t.Fatalf("token %d is %v after %d", i, token.Span, at)
		}
		for _, r := range text.Source[at:token.Start] {
			if !blank(r) {
				t.Fatalf("%q between tokens %d and %d", r, i-1, i)
			}
		}
		at = token.End
	}
	next := 0
	for _, s := range text.Sentences {
		if s.First != next || s.Last <= s.First {
			t.Fatalf("sentence %v after token %d", s, next)
		}
		next = s.Last
	}
	if next != len(text.Tokens) {
		t.Fatalf("sentences end with token %d of %d", next, len(text.Tokens))
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"", "El Sr. A. B. S.A. dijo: “no”.", "l'État d'", "a.b.c.d.e.f.g.h.i.j.k.lm", "#1@x www.", "\xff’s 1.2.3 1\u00a0234", "...\n\n--"} {
		f.Add(s, "es")
		f.Add(s, "fr")
	}
	f.Fuzz(func(t *testing.T, s, lang string) {
		text := Parse(s, lang)
		check(t, text)
		if utf8.ValidString(s) {
			for i := range text.Tokens {
				if !utf8.ValidString(text.Word(i)) {
					t.Fatalf("token %d of %q splits a rune", i, s)
				}
			}
		}
	})
}

func ExampleParse() {
	t := Parse("La Dra. Ruiz viajó a EE. UU. El lunes volvió.", "es")
	for _, s := range t.Sentences {
		fmt.Println(s.Last-s.First, s.Of(t.Source))
	}
	// Output:
	// 7 La Dra. Ruiz viajó a EE. UU.
	// 4 El lunes volvió.
}

func BenchmarkParse(b *testing.B) {
	s := strings.Repeat("El ministro José A. Pérez, de la OIT, viajó a EE. UU. con 1.500 soles. Volvió el 5 de mayo.\n", 1000)
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		Parse(s, "es")
	}
}
