package warc_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"vocero/corpus"
	"vocero/ingest/crawl/fetch"
	"vocero/ingest/crawl/webtest"
	"vocero/ingest/warc"
)

const folder = "../../../shared/data/web/warc/"

// what an archive gives: a line for each release or failure.
func releases(r io.Reader) (out []string) {
	for raw, err := range warc.Releases(r, "a", 1<<20) {
		line := fmt.Sprintf("%s %d", raw.URL, len(raw.Bytes))
		if err != nil {
			line = fmt.Sprintf("%s %v", raw.URL, corpus.FailureOf(err).Reason)
		}
		out = append(out, line)
	}
	return out
}

// Archives as saved, whole and damaged: nothing that is whole is lost.
func TestSavedArchives(t *testing.T) {
	if _, err := os.Stat(folder); err != nil {
		t.Skip("the saved archives are not there")
	}
	for name, want := range map[string][]string{
		"example.warc":                        {"http://example.com/ 1270"},
		"example.warc.gz":                     {"http://example.com/ 1270"},
		"example-iana.org-chunked.warc":       nil, // a home page
		"example.arc":                         {"http://example.com/ 1270"},
		"example.arc.gz":                      {"http://example.com/ 1270"},
		"example-space-in-url.arc":            {"http://example.com/index.cfm?FuseAction=Email&EmailTitle=Examples%20From%20The%20Live%20Web&IsPopUp=False 1270"}, // 12 bytes too short, after the page
		"example-space-in-target-uri.warc.gz": nil,                                                                                                                // a picture
		"example-digest.warc":                 nil,                                                                                                                // requests alone
		"example-wget-bad-target-uri.warc.gz": {"http://example.com/ 1270"},
		"example-wrong-chunks.warc.gz":        {"http://example.com/ 1270"},
		"example-trunc.warc":                  {"http://example.com/ malformed", " malformed"}, // lengths 2 too small: the page, and what is left of it
		"post-test.warc.gz":                   {"http://httpbin.org/post 545", "http://httpbin.org/post 552", "http://httpbin.org/post?foo=bar 551"},
		"example-resource.warc.gz":            {"http://example.com/ 1303"},
		"example-bad.warc.gz.bad":             {"http://example.com/?example=1 1270"},
		"example-bad-non-chunked.warc.gz":     {"http://example.com/ 1270"},
		"bad.arc":                             {" malformed", " malformed"},
	} {
		f, err := os.Open(folder + name)
		if err != nil {
			t.Error(err)
			continue
		}
		head := make([]byte, 512)
		n, _ := io.ReadFull(f, head)
		if !warc.Is(head[:n]) {
			t.Errorf("%s is not known for an archive", name)
		}
		_, _ = f.Seek(0, io.SeekStart)
		if got := releases(f); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
		f.Close()
	}
}

const page = "<html><body><h1>Abre el museo</h1><p>La ministra abrió el museo.</p></body></html>"

// What a writer keeps is read again as it was, and each record is packed alone.
func TestWriteAndRead(t *testing.T) {
	dir := t.TempDir()
	w, err := warc.Create(dir, "vocero/test")
	if err != nil {
		t.Fatal(err)
	}
	web := webtest.Parse([]byte("-- https://m.example/robots.txt --\nUser-agent: *\n-- https://m.example/nota --\n" + page +
		"\n-- https://m.example/alt --\n< 301\n< Location: /nota\n-- https://m.example/feed --\n<rss></rss>"))
	f := fetch.New(fetch.Options{Transport: web, Pause: time.Millisecond, Record: w.Record})
	var tag string
	for _, name := range []string{"nota", "alt", "feed", "nada"} {
		a, err := f.Get(t.Context(), fetch.Request{URL: "https://m.example/" + name})
		if (err != nil) != (name == "nada") {
			t.Error(err)
		}
		if name == "nota" {
			tag = a.ETag
		}
	}
	if _, err := f.Get(t.Context(), fetch.Request{URL: "https://m.example/nota", ETag: tag}); err != nil {
		t.Error(err)
	}
	open, _ := filepath.Glob(dir + "/*.warc.gz.open")
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob(dir + "/*.warc.gz")
	if len(files) != 1 || len(open) != 1 {
		t.Fatalf("files %q, open before %q", files, open)
	}
	b, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	var types []string
	for r, err := range warc.Read(bytes.NewReader(b)) {
		if err != nil {
			t.Fatal(err)
		}
		if r.Type != "request" {
			types = append(types, r.Type+" "+strings.TrimPrefix(r.URL, "https://m.example/"))
		}
		if r.Header["warc-record-id"] == "" || r.Header["warc-block-digest"] == "" || time.Since(r.Date).Abs() > time.Hour {
			t.Errorf("%+v", r.Header)
		}
	}
	want := []string{"warcinfo ", "response robots.txt", "response nota", "response alt", "response nota", "response feed", "response nada", "revisit nota"}
	if !slices.Equal(types, want) {
		t.Errorf("records %q, want %q", types, want)
	}
	if n := bytes.Count(b, []byte{0x1f, 0x8b, 8}); n != 2*len(want)-1 {
		t.Errorf("%d members for %d records", n, 2*len(want)-1)
	}
	size := len(page) + 1 // the archive ends lines
	nota := fmt.Sprintf("https://m.example/nota %d", size)
	if got := releases(bytes.NewReader(b)); !slices.Equal(got, []string{nota, nota}) {
		t.Errorf("releases %q", got)
	}
	damaged := bytes.Clone(b)
	at := bytes.Index(damaged[100:], []byte{0x1f, 0x8b, 8}) + 100 // the second record
	for i := range 40 {
		damaged[at+20+i] ^= 0x5a
	}
	if got := releases(bytes.NewReader(damaged)); !slices.Contains(got, nota) || len(got) != 3 {
		t.Errorf("of a damaged archive: %q", got)
	}
}

// answer is a WARC with one response.
func answer(head, body string) string {
	block := "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + head + "\r\n" + body
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://m.example/nota\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", len(block), block)
}

func pack(b []byte) string {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	_, _ = z.Write(b)
	_ = z.Close()
	return out.String()
}

func TestBodies(t *testing.T) {
	size := fmt.Sprintf("https://m.example/nota %d", len(page))
	for name, c := range map[string]struct{ text, want string }{
		"plain":                   {answer("", page), size},
		"chunked":                 {answer("Transfer-Encoding: chunked\r\n", fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(page), page)), size},
		"chunked, joined":         {answer("Transfer-Encoding: chunked\r\n", page), size},
		"gzip":                    {answer("Content-Encoding: gzip\r\n", pack([]byte(page))), size},
		"gzip, unpacked":          {answer("Content-Encoding: gzip\r\n", page), size},
		"brotli, unpacked":        {answer("Content-Encoding: br\r\n", page), size},
		"brotli":                  {answer("Content-Encoding: br\r\n", "\x8b\x00\x80"), "https://m.example/nota unsupported"},
		"bomb":                    {answer("Content-Encoding: gzip\r\n", pack(bytes.Repeat([]byte("a"), 8<<20))), "https://m.example/nota too-large"},
		"large":                   {answer("", strings.Repeat("a", 2<<20)), "https://m.example/nota too-large"},
		"cut":                     {answer("", page)[:200], "https://m.example/nota malformed"},
		"no length":               {"WARC/1.0\r\nWARC-Target-URI: https://m.example/nota\r\nContent-Length: x\r\n\r\n" + answer("", page), "https://m.example/nota malformed|" + size},
		"rubbish between":         {answer("", page) + "rubbish\r\nmore\r\n" + answer("", page), size + "| malformed|" + size},
		"empty answer":            {answer("", ""), ""},
		"endless head":            {"WARC/1.0\r\n" + strings.Repeat("X: "+strings.Repeat("y", 1000)+"\r\n", 1000), " malformed"},
		"nothing":                 {"", ""},
		"something else":          {"hola\nmundo\n", " malformed"},
		"a member that is a bomb": {pack(bytes.Repeat([]byte("x"), 64<<20)) + pack([]byte(answer("", page))), " malformed|" + size},
	} {
		if got := strings.Join(releases(strings.NewReader(c.text)), "|"); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(answer("Content-Encoding: gzip\r\n", pack([]byte(page)))))
	f.Add([]byte(pack([]byte(answer("Transfer-Encoding: chunked\r\n", "3\r\nabc\r\n0\r\n\r\n")))))
	f.Add([]byte("filedesc://x 127.0.0.1 20140216050221 text/plain 3\n1 0\n\nhttp://m.example/ 1.1.1.1 20140216050221 text/html 4\nnota\n"))
	for _, name := range []string{"example.warc", "example.warc.gz", "bad.arc", "example-bad.warc.gz.bad"} {
		if b, err := os.ReadFile(folder + name); err == nil {
			f.Add(b)
		}
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		n := 0
		for raw, err := range warc.Releases(bytes.NewReader(b), "a", 1<<16) {
			if n++; n > len(b)+1 {
				t.Fatal("more records than bytes")
			}
			if err == nil && len(raw.Bytes) > 1<<16 {
				t.Errorf("%d bytes", len(raw.Bytes))
			}
			if err != nil && corpus.FailureOf(err).Reason == corpus.Failed {
				t.Errorf("a fault without a reason: %v", err)
			}
		}
	})
}
