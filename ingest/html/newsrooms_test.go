package html_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vocero/ingest/html"
)

const savedPages = "../../../shared/data/pages"

// TestNewsrooms compares what is found in saved pages, which are not part of
// the project, with testdata/newsrooms.txt.
func TestNewsrooms(t *testing.T) {
	file, err := os.ReadFile("testdata/newsrooms.txt")
	if err != nil {
		t.Fatal(err)
	}
	pages := 0
	for block := range strings.SplitSeq(string(file), "\n\n") {
		head, facts, _ := strings.Cut(strings.TrimSpace(block), "\n")
		name, ok := strings.CutPrefix(head, "page ")
		if !ok {
			continue
		}
		pages++
		t.Run(name, func(t *testing.T) { checkFacts(t, name, facts) })
	}
	if pages < 15 {
		t.Errorf("%d pages in testdata/newsrooms.txt", pages)
	}
}

func checkFacts(t *testing.T, name, facts string) {
	page, err := os.ReadFile(filepath.Join(savedPages, name+".html"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the saved page is not there: " + filepath.Join(savedPages, name+".html"))
	}
	if err != nil {
		t.Fatal(err)
	}
	a, err := html.Parse(t.Context(), strings.ToValidUTF8(string(page), ""), "")
	if err != nil {
		t.Fatal(err)
	}
	values := map[string]string{"title": a.Title, "published": a.Published, "author": strings.Join(a.Authors, "; "), "lang": a.Lang}
	for fact := range strings.Lines(facts) {
		kind, want, _ := strings.Cut(strings.TrimSpace(fact), " ")
		switch kind {
		case "begins":
			if !strings.HasPrefix(a.Text, want) {
				t.Errorf("the text does not begin with %q: %.100q", want, a.Text)
			}
		case "ends":
			if !strings.HasSuffix(a.Text, want) {
				t.Errorf("the text does not end with %q: %q", want, a.Text[max(0, len(a.Text)-100):])
			}
		case "holds", "lacks":
			if strings.Contains(a.Text, want) != (kind == "holds") {
				t.Errorf("the text %s %q no longer", kind, want)
			}
		default:
			if got, ok := values[kind]; !ok || got != want {
				t.Errorf("%s is %q, want %q", kind, got, want)
			}
		}
	}
}
