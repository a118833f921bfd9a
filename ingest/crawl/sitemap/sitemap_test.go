package sitemap_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"vocero/corpus"
	"vocero/ingest/crawl/sitemap"
)

func read(t *testing.T, r io.Reader) (entries []sitemap.Entry, err error) {
	t.Helper()
	for e, readErr := range sitemap.Read(r) {
		if readErr != nil {
			err = readErr
			continue
		}
		entries = append(entries, e)
	}
	return entries, err
}

const news = `<?xml version="1.0" encoding="ISO-8859-1"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="i">
<url><loc> https://m.example/nota/1 </loc><lastmod>2024-05-17T10:00:00-05:00</lastmod>
<news:news><news:publication><news:name>Ministerio</news:name><news:language>es</news:language></news:publication>
<news:publication_date>2024-05-16</news:publication_date><news:title>El pa` + "\xed" + `s &amp; el museo</news:title></news:news>
<image:image><image:loc>https://m.example/1.jpg</image:loc><image:title>foto</image:title></image:image></url>
<url><lastmod>2024</lastmod></url>
<url><loc>https://m.example/nota/2</loc><lastmod>ayer</lastmod></url>
</urlset>`

func TestRead(t *testing.T) {
	got, err := read(t, strings.NewReader(news))
	if err != nil || len(got) != 2 {
		t.Fatalf("%+v, %v", got, err)
	}
	want := corpus.Given{Title: "El país & el museo", Published: "2024-05-16", Publisher: "Ministerio", Lang: "es"}
	if e := got[0]; e.URL != "https://m.example/nota/1" || e.Given != want || e.Modified.UTC().Hour() != 15 || e.Map {
		t.Errorf("%+v", e)
	}
	if e := got[1]; e.URL != "https://m.example/nota/2" || !e.Modified.IsZero() {
		t.Errorf("%+v", e)
	}
}

func packed(b []byte) []byte {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	_, _ = z.Write(b)
	_ = z.Close()
	return out.Bytes()
}

func TestKinds(t *testing.T) {
	for name, text := range map[string]string{
		"index":        `<sitemapindex><sitemap><loc>https://m.example/s1.xml.gz</loc></sitemap></sitemapindex>`,
		"lines":        "\ufeffhttps://m.example/s1.xml.gz\r\n\r\n",
		"packed":       string(packed([]byte(`<urlset><url><loc>https://m.example/s1.xml.gz</loc></url></urlset>`))),
		"packed twice": string(packed(packed([]byte(`<urlset><url><loc>https://m.example/s1.xml.gz</loc></url></urlset>`)))),
	} {
		got, err := read(t, strings.NewReader(text))
		if err != nil || len(got) != 1 || got[0].URL != "https://m.example/s1.xml.gz" || got[0].Map != (name == "index") {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

func TestDamaged(t *testing.T) {
	for name, c := range map[string]struct {
		text    string
		entries int
	}{
		"cut":           {`<urlset><url><loc>https://m.example/1</loc></url><url><loc>https://m.exa`, 1},
		"a page":        {`<html><body>404</body></html>`, 0},
		"nothing":       {``, 0},
		"text":          {`hola`, 0},
		"deep":          {`<urlset>` + strings.Repeat("<a>", 1000), 0},
		"cut gzip":      {string(packed([]byte(news))[:100]), 0},
		"stray end":     {`</urlset><url>`, 0},
		"long location": {`<urlset><url><loc>https://m.example/` + strings.Repeat("x", 1<<20) + `</loc></url>`, 0},
	} {
		got, err := read(t, strings.NewReader(c.text))
		if _, failure := errors.AsType[*corpus.Failure](err); !failure || len(got) < c.entries {
			t.Errorf("%s: %d entries, %v", name, len(got), err)
		}
	}
	broken := errors.New("connection reset")
	if _, err := read(t, io.MultiReader(strings.NewReader("<urlset>"), fault{broken})); !errors.Is(err, broken) {
		t.Errorf("the reader's fault becomes %v", err)
	}
}

type fault struct{ err error }

func (f fault) Read([]byte) (int, error) { return 0, f.err }

func TestSavedSitemaps(t *testing.T) {
	files, _ := filepath.Glob("../../../../shared/data/feeds/*.xml")
	if len(files) == 0 {
		t.Skip("the saved sitemaps are not there")
	}
	n := 0
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !sitemap.Is(b) {
			continue
		}
		n++
		if got, err := read(t, bytes.NewReader(b)); err != nil || len(got) == 0 {
			t.Errorf("%s: %d entries, %v", filepath.Base(name), len(got), err)
		}
	}
	if n < 3 {
		t.Errorf("%d of %d files are known for sitemaps", n, len(files))
	}
}

// large is a sitemap of n entries that is made as it is read.
func large(n int) io.Reader {
	r, w := io.Pipe()
	go func() {
		fmt.Fprint(w, "<urlset>")
		for i := range n {
			fmt.Fprintf(w, "<url><loc>https://ministerio.example/noticias/2024/05/17/la-ministra-abre-el-museo-%d</loc><lastmod>2024-05-17</lastmod></url>\n", i)
		}
		fmt.Fprint(w, "</urlset>")
		w.Close()
	}()
	return r
}

func TestLarge(t *testing.T) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	n := 0
	for _, err := range sitemap.Read(large(100_000)) {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	if held := int64(after.HeapAlloc) - int64(before.HeapAlloc); n != 100_000 || held > 4<<20 {
		t.Errorf("%d entries, %d bytes held", n, held)
	}
}

func BenchmarkRead(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		for range sitemap.Read(large(10_000)) {
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(news))
	f.Add(packed([]byte(news)))
	f.Add([]byte("https://m.example/1\n"))
	f.Add([]byte(`<sitemapindex><sitemap><loc>x</loc></sitemap></sitemapindex>`))
	f.Fuzz(func(t *testing.T, b []byte) {
		failed := false
		for e, err := range sitemap.Read(bytes.NewReader(b)) {
			if failed {
				t.Error("it goes on after an error")
			}
			failed = err != nil
			if err == nil && (e.URL == "" || len(e.URL) > 4096) {
				t.Errorf("an entry at %q", e.URL)
			}
		}
	})
}
