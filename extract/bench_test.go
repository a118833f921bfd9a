package extract

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"vocero/corpus"
	"vocero/extract/date"
	"vocero/extract/money"
)

// BenchmarkAnnotate annotates real releases of several countries, one at a time.
func BenchmarkAnnotate(b *testing.B) {
	documents, e := bulk(b, 400), extractor(b)
	size := 0
	for i := range documents {
		size += len(documents[i].Text)
	}
	b.SetBytes(int64(size / len(documents)))
	b.ResetTimer()
	for i := range b.N {
		if _, err := e.Annotate(b.Context(), documents[i%len(documents)]); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "docs/s")
}

// BenchmarkFigures finds the dates and amounts of real releases of several countries.
func BenchmarkFigures(b *testing.B) {
	documents := bulk(b, 400)
	size := 0
	for i := range documents {
		size += len(documents[i].Text)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for i := range documents {
			d := &documents[i]
			date.Find(d.Text, date.Context{Lang: d.Lang, Published: d.Published})
			money.Find(d.Text, money.Context{Lang: d.Lang, Published: d.Published})
		}
	}
}

// bulk reads the first documents of each of the shared files of releases, in turn.
func bulk(b *testing.B, each int) []corpus.Document {
	b.Helper()
	paths, err := filepath.Glob("../../shared/data/bulk/*.jsonl.gz")
	if err != nil || len(paths) == 0 {
		b.Skip("the shared releases are absent: ../../shared/data/bulk")
	}
	var documents []corpus.Document
	for _, path := range paths {
		documents = append(documents, first(b, path, each)...)
	}
	return documents
}

func first(b *testing.B, path string, n int) []corpus.Document {
	b.Helper()
	f, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		b.Fatal(err)
	}
	var documents []corpus.Document
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 16<<20)
	for len(documents) < n && lines.Scan() {
		var l struct{ ID, Lang, Text, Published string }
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			b.Fatal(err)
		}
		d := corpus.Document{ID: l.ID, Lang: l.Lang, Text: l.Text}
		if day, err := corpus.ParseDate(l.Published); err == nil {
			d.Published = day
		}
		documents = append(documents, d)
	}
	return documents
}
