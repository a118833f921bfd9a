package sqlite_test

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vocero/corpus"
	"vocero/corpus/storetest"
)

// BenchmarkCopies puts the releases of the shared data, without annotations:
// documents a second of one goroutine, and what finding copies adds to the store,
// in bytes a document.
func BenchmarkCopies(b *testing.B) {
	files, _ := filepath.Glob("../../../shared/data/bulk/*.jsonl.gz")
	if len(files) == 0 {
		b.Skip("../../../shared/data/bulk is absent")
	}
	var all []corpus.Release
	for _, name := range files {
		all = append(all, bulkFile(b, name)...)
	}
	benchmarkPut(b, all)
}

// BenchmarkSeries puts releases made from one pattern, the worst case: each
// looks like all before it.
func BenchmarkSeries(b *testing.B) {
	var all []corpus.Release
	for n := range 5000 {
		r := storetest.Release(n)
		r.Annotations = corpus.Annotations{}
		all = append(all, r)
	}
	benchmarkPut(b, all)
}

func benchmarkPut(b *testing.B, all []corpus.Release) {
	const together = 256
	var folder string
	for b.Loop() {
		folder = b.TempDir()
		store := open(b, folder)
		for i := 0; i < len(all); i += together {
			if _, err := store.Put(b.Context(), all[i:min(i+together, len(all))]); err != nil {
				b.Fatal(err)
			}
		}
		if err := store.Close(); err != nil {
			b.Fatal(err)
		}
	}
	var size, copies float64
	db := database(b, folder)
	row := db.QueryRow(`SELECT sum(pgsize) FROM dbstat WHERE name IN ('texts', 'texts_by_leader', 'members', 'members_by_text', 'bands', 'alike')
		OR name LIKE 'sqlite_autoindex_texts%' OR name LIKE 'sqlite_autoindex_members%'`)
	if err := row.Scan(&size); err != nil {
		b.Fatal(err)
	}
	if err := db.QueryRow(`SELECT count(*) FROM copies`).Scan(&copies); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(len(all)*b.N)/b.Elapsed().Seconds(), "docs/s")
	b.ReportMetric(size/float64(len(all)), "B/doc")
	b.ReportMetric(copies, "copies")
}

func bulkFile(b *testing.B, name string) (releases []corpus.Release) {
	f, err := os.Open(name)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		b.Fatal(err)
	}
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var d struct{ ID, Lang, Title, Text, Published, Publisher string }
		if err := json.Unmarshal(lines.Bytes(), &d); err != nil {
			b.Fatal(err)
		}
		if !strings.HasPrefix(strings.TrimSpace(d.Text), d.Title) {
			d.Text = d.Title + "\n\n" + d.Text
		}
		day, _ := corpus.ParseDate(d.Published) // undated where it isn't one
		r := corpus.Release{Document: corpus.Document{ID: d.ID, Lang: d.Lang, Title: d.Title, Text: d.Text, Published: day, Publisher: d.Publisher}}
		r.Raw = corpus.Raw{Path: d.ID, Bytes: []byte(d.Text)}
		releases = append(releases, r)
	}
	return releases
}
