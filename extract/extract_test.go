package extract

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vocero/corpus"
	"vocero/extract/wire"
)

var update = flag.Bool("update", false, "write the golden files anew")

func extractor(t testing.TB) *Extractor {
	t.Helper()
	e, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// release reads NAME.txt and the NAME.json beside it.
func release(t testing.TB, path string) corpus.Document {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	beside, err := os.ReadFile(strings.TrimSuffix(path, ".txt") + ".json")
	if err != nil {
		t.Fatal(err)
	}
	d := corpus.Document{Text: string(text)}
	var given corpus.Given
	if err := json.Unmarshal(beside, &given); err != nil {
		t.Fatal(err)
	}
	d.ID, d.Lang, d.Country = given.ID, given.Lang, given.Country
	if d.Published, err = corpus.ParseDate(given.Published); err != nil {
		t.Fatal(err)
	}
	return d
}

// The releases in testdata are invented and in the public domain (CC0); beside
// each is what the extractor finds in it, right or wrong: -update writes it anew.
func TestAnnotateReleases(t *testing.T) {
	e := extractor(t)
	paths, err := filepath.Glob("testdata/releases/*.txt")
	if err != nil || len(paths) == 0 {
		t.Fatal("no releases in testdata", err)
	}
	for _, path := range paths {
		d := release(t, path)
		found, err := e.Annotate(t.Context(), d)
		if err != nil {
			t.Fatal(err)
		}
		golden(t, strings.TrimSuffix(path, ".txt")+".found", listing(&d, &found))
	}
}

func golden(t *testing.T, path string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

// listing gives a line for each thing found.
func listing(d *corpus.Document, found *corpus.Annotations) []byte {
	var b bytes.Buffer
	line := wire.Encode(d, found)
	for _, m := range line.Mentions {
		fmt.Fprintf(&b, "%d-%d\t%s\t%s", m.Start, m.End, m.Kind, m.Text)
		for _, more := range []string{
			m.ID, m.Value, string(m.Mod), string(m.Status), strings.Join(m.Holder, "; "), strings.Join(m.Org, "; "),
		} {
			if more != "" {
				fmt.Fprintf(&b, "\t%s", more)
			}
		}
		b.WriteByte('\n')
	}
	for _, f := range line.Facts {
		fmt.Fprintf(&b, "fact\t%s\t%s\t%s\t%s\t%s\n", f.Holder, f.Role, f.Org, f.Status, f.When)
	}
	return b.Bytes()
}

func TestAnnotateRefusesWhatIsTooLong(t *testing.T) {
	_, err := extractor(t).Annotate(t.Context(), corpus.Document{Text: strings.Repeat("a", maxText+1)})
	if f := corpus.FailureOf(err); f == nil || f.Reason != corpus.TooLarge {
		t.Errorf("got %v", err)
	}
}

func TestAnnotateHonoursItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := extractor(t).Annotate(ctx, corpus.Document{Text: "Lima, 5 de mayo"}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestAnnotateIsTheSameFromManyAtOnce(t *testing.T) {
	e, d := extractor(t), release(t, "testdata/releases/wri-es-001.txt")
	alone, err := e.Annotate(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	want := string(listing(&d, &alone))
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			found, err := e.Annotate(t.Context(), d)
			if got := string(listing(&d, &found)); err != nil || got != want {
				t.Errorf("%v, %s", err, cmp.Diff(want, got))
			}
		})
	}
	wg.Wait()
}

func TestAnnotateTheSeed(t *testing.T) {
	const path = "../../shared/gold/example/seed.txt"
	text, err := os.ReadFile(path)
	if err != nil {
		t.Skip("the shared example is absent: " + path)
	}
	d := corpus.Document{ID: "seed", Lang: "es", Country: "PE", Text: string(text)}
	found, err := extractor(t).Annotate(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	line := wire.Encode(&d, &found)
	if len(line.Mentions) == 0 {
		t.Error("nothing was found in the example")
	}
	if _, _, err := line.Decode(); err != nil {
		t.Error(err)
	}
}

// FuzzAnnotate holds that no text breaks a finder, and that what is found lies
// within the text and apart.
func FuzzAnnotate(f *testing.F) {
	e := extractor(f)
	for _, s := range []string{
		"Lima, 5 de mayo de 2021.- El ministro Juan Paz anunció S/ 5 y 7 millones (30,5 %).",
		"Gen. \xff 1/2/3 $ USD — %%% el lunes 31 de febrero", "€\u00a01.000.000.000.000.000.000", "\r\n\t ",
	} {
		f.Add(s, "")
		f.Add(s, "en")
	}
	f.Fuzz(func(t *testing.T, s, lang string) {
		d := corpus.Document{Text: s, Lang: lang, Published: corpus.Date{Year: 2024, Month: 2, Day: 29}}
		found, err := e.Annotate(t.Context(), d)
		if err != nil {
			t.Fatal(err)
		}
		if x, y, ok := clash(&found); ok {
			t.Errorf("%v and %v overlap", x, y)
		}
		for _, m := range found.Amounts {
			inside(t, s, m.Span)
		}
		for _, m := range found.Dates {
			inside(t, s, m.Span)
		}
		for _, m := range found.Mentions {
			inside(t, s, m.Span)
		}
		for _, m := range found.Roles {
			inside(t, s, m.Span)
		}
	})
}

func inside(t *testing.T, text string, s corpus.Span) {
	t.Helper()
	if s.Start < 0 || s.End > len(text) || s.Len() < 1 {
		t.Fatalf("%v is not within a text of %d bytes", s, len(text))
	}
}

func ExampleExtractor_Annotate() {
	e, err := New()
	if err != nil {
		fmt.Println(err)
		return
	}
	d := corpus.Document{Text: "El plan costará más de 7,2 millones de euros.", Country: "ES"}
	found, err := e.Annotate(context.Background(), d)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, m := range wire.Encode(&d, &found).Mentions {
		fmt.Println(m.Kind, m.Text, "=", m.Value, m.Mod)
	}
	// Output: money 7,2 millones de euros = EUR 7200000 over
}
