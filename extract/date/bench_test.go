package date_test

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"testing"

	"vocero/corpus"
	"vocero/extract/date"
)

// BenchmarkFind reads releases in bulk.
func BenchmarkFind(b *testing.B) {
	texts, size := bulk(b, "../../../shared/data/bulk/es-ecuador.jsonl.gz", 4<<20)
	in := date.Context{Lang: "es", Country: "EC", Published: corpus.Date{Year: 2021, Month: 5, Day: 10}}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, text := range texts {
			date.Find(text, in)
		}
	}
}

func bulk(b *testing.B, path string, most int) (texts []string, size int) {
	file, err := os.Open(path)
	if err != nil {
		b.Skip("no bulk text beside the repository: ", err)
	}
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		b.Fatal(err)
	}
	lines := bufio.NewScanner(unzipped)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() && size < most {
		var release struct{ Text string }
		if err := json.Unmarshal(lines.Bytes(), &release); err != nil {
			b.Fatal(err)
		}
		texts = append(texts, release.Text)
		size += len(release.Text)
	}
	return texts, size
}
