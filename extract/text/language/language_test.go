package language

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

type sample struct{ lang, text string }

func sentences(t *testing.T) []sample {
	t.Helper()
	b, err := os.ReadFile("testdata/sentences.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var samples []sample
	for line := range strings.Lines(string(b)) {
		lang, text, ok := strings.Cut(strings.TrimRight(line, "\n"), "\t")
		if !ok {
			continue
		}
		samples = append(samples, sample{strings.Replace(lang, "-", "", 1), text})
	}
	return samples
}

func TestOfTellsSentencesApart(t *testing.T) {
	samples, wrong := sentences(t), 0
	for _, s := range samples {
		if got := Of(s.text); got != s.lang {
			wrong++
			t.Logf("%q: got %q, want %q", s.text, got, s.lang)
		}
	}
	if wrong > len(samples)/20 {
		t.Errorf("%d of %d sentences are taken for another language; at most one in twenty may be", wrong, len(samples))
	}
}

func TestOfTellsReleasesApart(t *testing.T) {
	paths, err := filepath.Glob("../../../../shared/gold/dev/*.txt")
	if err != nil || len(paths) == 0 {
		t.Skip("the shared gold is absent: ../../../../shared/gold/dev")
	}
	wrong, short, wrongShort := 0, 0, 0
	for _, path := range paths {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		want := filepath.Base(path)[:2]
		if got := Of(string(b)); got != want {
			wrong++
			t.Logf("%s: %s", path, got)
		}
		for line := range strings.Lines(string(b)) {
			if n := utf8.RuneCountInString(line); n < 30 || n > 200 {
				continue
			}
			short++
			if got := Of(line); got != want {
				wrongShort++
				t.Logf("%s: %q", got, line)
			}
		}
	}
	t.Logf("%d of %d releases and %d of %d lines of 30 to 200 characters wrong", wrong, len(paths), wrongShort, short)
	if wrong > 0 || wrongShort > short*6/100 {
		t.Errorf("%d of %d releases and %d of %d short lines wrong", wrong, len(paths), wrongShort, short)
	}
}

func TestOfLooksAtTheBeginningOnly(t *testing.T) {
	spanish := strings.Repeat("La ministra presentó ayer el plan de vivienda. ", 100)
	english := strings.Repeat("The board of the agency met on Monday. ", 10000)
	if got := Of(spanish + english); got != "es" {
		t.Errorf("got %q", got)
	}
}

func TestParseProfileRejectsDamage(t *testing.T) {
	for name, b := range map[string][]byte{
		"nothing": nil, "noise": []byte("noise"), "half": profileBytes[:len(profileBytes)/2],
	} {
		if _, err := ParseProfile(b); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}

func TestTrainNeedsEveryLanguage(t *testing.T) {
	if _, err := Train(map[string]string{"es": strings.Repeat("hola ", 500)}); err == nil {
		t.Error("a training without English was taken")
	}
}

func FuzzOf(f *testing.F) {
	f.Add("El Govern ha aprovat")
	f.Add("\xff\xfe·’\x00")
	f.Fuzz(func(t *testing.T, s string) {
		switch got := Of(s); got {
		case "", "es", "en", "pt", "fr", "ca", "gl", Other:
		default:
			t.Errorf("%q", got)
		}
	})
}

func FuzzParseProfile(f *testing.F) {
	f.Add(profileBytes)
	f.Fuzz(func(t *testing.T, b []byte) {
		if p, err := ParseProfile(b); err == nil && len(p.classes) == 0 {
			t.Error("a profile without classes")
		}
	})
}

func ExampleOf() {
	fmt.Println(Of("El Govern ha aprovat avui un pla de millora dels regadius"))
	fmt.Println(Of("O Goberno galego aprobou hoxe un plan"))
	fmt.Println(Of("Die Regierung hat heute einen Plan beschlossen"))
	// Output:
	// ca
	// gl
	// other
}

func BenchmarkOf(b *testing.B) {
	text := head(strings.Repeat("La ministra presentó ayer el plan de vivienda en la sede del organismo. ", 60))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Of(text)
	}
}
