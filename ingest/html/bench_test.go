package html_test

import (
	"os"
	"path/filepath"
	"testing"

	"vocero/ingest/html"
)

// BenchmarkParse reads the newsroom pages in ../shared, one after the other.
func BenchmarkParse(b *testing.B) {
	files, _ := filepath.Glob("../../../shared/data/pages/*.html")
	if len(files) == 0 {
		b.Skip("no pages in ../shared/data/pages")
	}
	var pages []string
	size := 0
	for _, f := range files {
		page, err := os.ReadFile(f)
		if err != nil {
			b.Fatal(err)
		}
		pages = append(pages, string(page))
		size += len(page)
	}
	b.SetBytes(int64(size / len(pages)))
	n := 0
	for b.Loop() {
		html.Parse(b.Context(), pages[n%len(pages)], "https://ministry.example/noticias/1")
		n++
	}
}
