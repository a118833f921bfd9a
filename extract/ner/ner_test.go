package ner

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	"vocero/corpus"
	"vocero/extract/ner/train"
	"vocero/extract/text"
)

func load(t testing.TB) interface {
	Find(*text.Text) []corpus.Mention
} {
	t.Helper()
	tagger, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return tagger
}

// TestFind reads testdata/names.txt: a line with the language and a text in which
// names stand as [kind name]; all of them and nothing else must be found.
func TestFind(t *testing.T) {
	table, err := os.ReadFile("testdata/names.txt")
	if err != nil {
		t.Fatal(err)
	}
	tagger := load(t)
	n := 0
	for line := range strings.Lines(string(table)) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		n++
		lang, want, _ := strings.Cut(line, " ")
		want = strings.ReplaceAll(want, " / ", "\n")
		plain := want
		for _, mark := range []string{"[person ", "[organization ", "[place ", "]"} {
			plain = strings.ReplaceAll(plain, mark, "")
		}
		if got := bracketed(plain, tagger.Find(text.Parse(plain, lang))); got != want {
			t.Errorf("%s\n got %s\nwant %s", lang, got, want)
		}
	}
	if n == 0 {
		t.Error("the table is empty")
	}
}

func bracketed(s string, found []corpus.Mention) string {
	var out strings.Builder
	at := 0
	for _, m := range found {
		fmt.Fprintf(&out, "%s[%s %s]", s[at:m.Span.Start], m.Kind, m.Span.Of(s))
		at = m.Span.End
	}
	return out.String() + s[at:]
}

func TestConfidence(t *testing.T) {
	tagger := load(t)
	for _, m := range tagger.Find(text.Parse("El ministro José Elice viajó a Lima con Zyx Qrt.", "es")) {
		if m.Confidence <= 0 || m.Confidence >= 1 {
			t.Errorf("%+v: confidence outside (0,1)", m)
		}
	}
}

// TestEmbeddedModelIsOfTheSharedReleases compares what the model says that it
// was made of with what is there: whoever changes one must remake the other.
func TestEmbeddedModelIsOfTheSharedReleases(t *testing.T) {
	const shared = "../../../shared/"
	documents, err := train.Read([]string{shared + "gold/train", "train/releases"})
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the annotated releases are not at hand: ", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	lexicon, err := train.ReadLexicon(shared + "data/ner")
	if err != nil {
		t.Fatal(err)
	}
	more, err := train.ReadCorpora(shared + "data/ner")
	if err != nil {
		t.Fatal(err)
	}
	tagger, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	if got := train.DataHash(slices.Concat(documents, more), lexicon); got != tagger.Header().Data {
		t.Errorf("the model was made of %s, the releases are %s: remake it (see CONTRIBUTING.md)", tagger.Header().Data, got)
	}
	texts, err := train.FindTexts(shared+"data/ner", shared+"data/bulk")
	if err != nil {
		t.Fatal(err)
	}
	if got, err := texts.Hash(); err != nil || got != tagger.Header().Texts {
		t.Errorf("the model's classes are of texts %s, the texts are %s (%v): remake it", tagger.Header().Texts, got, err)
	}
	if got := (train.Options{}).String(); got != tagger.Header().Options {
		t.Errorf("the model was made with %q, the defaults are %q: remake it", tagger.Header().Options, got)
	}
}

func FuzzFind(f *testing.F) {
	f.Add("El Ministerio de Salud (Minsa) informó.", "es")
	f.Add("\xff\xfe((((\"\"\"A B C D E F", "")
	tagger := load(f)
	f.Fuzz(func(t *testing.T, s, lang string) {
		at := 0
		for _, m := range tagger.Find(text.Parse(s, lang)) {
			if m.Span.Start < at || m.Span.End <= m.Span.Start || m.Span.End > len(s) {
				t.Fatalf("span %v after %d in %d bytes", m.Span, at, len(s))
			}
			at = m.Span.End
		}
	})
}

func FuzzRead(f *testing.F) {
	f.Add(embedded[:200])
	f.Add([]byte("vocero-names-3\n\x02\x00\x00\x00{}"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if _, err := Read(bytes.NewReader(b)); err == nil && len(b) < 100 {
			t.Error("a model of a few bytes")
		}
	})
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := Load(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkFind reads a thousand real releases; tokens/s is of one core.
func BenchmarkFind(b *testing.B) {
	texts := bulk(b, 1000)
	tagger := load(b)
	tokens := 0
	for b.Loop() {
		for _, s := range texts {
			t := text.Parse(s, "es")
			tagger.Find(t)
			tokens += len(t.Tokens)
		}
	}
	b.ReportMetric(float64(tokens)/b.Elapsed().Seconds(), "tokens/s")
}

func bulk(b *testing.B, n int) []string {
	file, err := os.Open("../../../shared/data/bulk/es-ecuador.jsonl.gz")
	if err != nil {
		b.Skip("the bulk releases are not at hand: ", err)
	}
	defer file.Close()
	z, err := gzip.NewReader(file)
	if err != nil {
		b.Fatal(err)
	}
	var texts []string
	for in := json.NewDecoder(z); len(texts) < n; {
		var line struct{ Text string }
		if err := in.Decode(&line); err == io.EOF {
			break
		} else if err != nil {
			b.Fatal(err)
		}
		texts = append(texts, line.Text)
	}
	return texts
}

func ExampleLoad() {
	tagger, err := Load()
	if err != nil {
		panic(err)
	}
	source := "La embajadora Lisa Kenna llegó a Lima y visitó el Ministerio de Salud."
	for _, m := range tagger.Find(text.Parse(source, "es")) {
		fmt.Println(m.Kind, m.Span.Of(source))
	}
	// Output:
	// person Lisa Kenna
	// place Lima
	// organization Ministerio de Salud
}
