package ingest_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"strings"
	"testing"

	"vocero/corpus"
	"vocero/ingest"
)

func TestSniff(t *testing.T) {
	cases := []struct {
		in   string
		want ingest.Format
	}{
		{"", ingest.Nothing}, {" \n\t", ingest.Nothing}, {"\xef\xbb\xbf", ingest.Nothing},
		{"Una nota", ingest.Text}, {"\xef\xbb\xbfUna nota", ingest.Text}, {"a\xf1o", ingest.Text}, {"[Lima, 3 de mayo] Hoy", ingest.Text},
		{"U\x00n\x00a\x00 \x00n\x00o\x00t\x00a\x00", ingest.Text}, {"\xff\xfea\x00", ingest.Text},
		{"<!doctype html><p>x", ingest.HTML}, {"  <div>x</div>", ingest.HTML}, {"<style>p{}</style>\n<p>x", ingest.HTML}, {"<!-- saved --><ul><li>x", ingest.HTML}, {"<3 de mayo>", ingest.Text},
		{"<?xml version='1.0'?><rss>", ingest.Feed}, {"<feed xmlns='x'>", ingest.Feed},
		{`{"text":"x"}`, ingest.JSON}, {"[\n{\"text\":1}]", ingest.JSON}, {"{\"a\":1}\n{\"a\":2}", ingest.JSONLines}, {"{\n\"a\":1}", ingest.JSON},
		{"%PDF-1.7\n", ingest.PDF}, {"\n\n%PDF-1.4", ingest.PDF},
		{`{\rtf1 x}`, ingest.RTF}, {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ingest.Compound}, {"PK\x03\x04", ingest.ZIP},
		{"\x1f\x8b\x08", ingest.Packed}, {"BZh91AY&SY", ingest.Packed}, {"BZh Bezirk", ingest.Text}, {"\x28\xb5\x2f\xfd", ingest.Packed},
		{strings.Repeat("\x00", 257) + "ustar\x0000", ingest.TAR}, {"\x00\x01\x02\x03", ingest.Binary}, {"\x89PNG\r\n\x1a\n\x00", ingest.Binary},
		{"From a@b Fri May 17 10:00:00 2024\nFrom: a@b\n\nx", ingest.Mailbox}, {"From here on 2024 is\nnew: no", ingest.Text},
		{"Received: x\n\ty\nFrom: a@b\nSubject: x\n\nHola", ingest.Mail}, {"From: a@b\nTo: c@d\n\nHola", ingest.Text},
		{"Subject: nada\n\nHola", ingest.Text}, {"Lima: la ministra\nDate: no", ingest.Text},
		{"---\ntitle: x\n---\nHola", ingest.Markdown}, {"# Título\n\nHola", ingest.Markdown}, {"#Hashtag", ingest.Text}, {"---\n\nHola", ingest.Text},
	}
	for _, c := range cases {
		if got := ingest.Sniff([]byte(c.in)); got != c.want {
			t.Errorf("Sniff(%.40q) = %s, want %s", c.in, got, c.want)
		}
	}
}

func TestDecodeText(t *testing.T) {
	cases := []struct{ in, title, text string }{
		{"Título\n\nTexto", "Título", "Título\n\nTexto"},
		{"T\xedtulo\r\n\r\na\xf1o", "Título", "Título\n\naño"},
		{"TÃ\u00adtulo\n\nLa obligaciÃ³n", "Título", "Título\n\nLa obligación"},
		{`{"titulo":"T","cuerpo":"<p>Uno</p><p>dos</p>"}`, "T", "T\n\nUno\n\ndos"},
		{"\xff\xfe{\x00\"\x00t\x00e\x00x\x00t\x00\"\x00:\x00\"\x00\xf1\x00\"\x00}\x00", "", "ñ"},
		{"From: a@b\nDate: Fri, 17 May 2024 10:00:00 +0000\nSubject: T\n\nTexto\n", "T", "T\n\nTexto"},
		{`{\rtf1 NOTA DE PRENSA\par Nuevo puente en Sevilla\par Se abri\'f3 ayer.}`, "Nuevo puente en Sevilla", "NOTA DE PRENSA\n\nNuevo puente en Sevilla\n\nSe abrió ayer."},
	}
	for _, c := range cases {
		got, err := ingest.Decode(t.Context(), corpus.Raw{Path: "x", Bytes: []byte(c.in)})
		if err != nil || got.Title != c.title || got.Text != c.text {
			t.Errorf("Decode(%q) = title %q, text %q, %v; want %q, %q", c.in, got.Title, got.Text, err, c.title, c.text)
		}
	}
}

func TestDecodeFailures(t *testing.T) {
	for in, want := range map[string]corpus.Reason{
		" ": corpus.Empty, `{"text":`: corpus.Malformed, `{"precio":1}`: corpus.Empty, "\x00\x01\x02": corpus.Unsupported,
		"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": corpus.Malformed, "PK\x03\x04": corpus.Unsupported,
		strings.Repeat("x", 100): corpus.TooLarge,
	} {
		d := ingest.NewDecoder(ingest.DecoderOptions{Limits: ingest.Limits{Text: 99}})
		_, err := d.Decode(t.Context(), corpus.Raw{Bytes: []byte(in)})
		if f, ok := errors.AsType[*corpus.Failure](err); !ok || f.Reason != want {
			t.Errorf("Decode(%.20q): %v, want %s", in, err, want)
		}
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	}
}

// expanded lists the paths that one input gives, and the reasons of failures.
func expanded(t *testing.T, e *ingest.Expander, path, content string) (got []string) {
	t.Helper()
	for raw, err := range e.Expand(t.Context(), of(input(path, content))) {
		s := raw.Path
		if err != nil {
			s += " " + string(corpus.FailureOf(err).Reason)
		}
		got = append(got, s)
	}
	return got
}

func gzipped(s string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	io.WriteString(w, s)
	w.Close()
	return b.String()
}

func TestExpand(t *testing.T) {
	line := `{"text":"` + strings.Repeat("una línea larga ", 500) + `"}`
	nested := "nota"
	for range 12 {
		nested = gzipped(nested)
	}
	cases := []struct{ name, in, want string }{
		{"a.txt", "Una nota", "a.txt"},
		{"a.json", `{"text":"x"}`, "a.json"},
		{"a.json", "{\n\"text\":\"x\"}\n", "a.json"},
		{"a.json", `[{"text":"x"},{"text":"y"}]`, "a.json#1 a.json#2"},
		{"a.jsonl", `{"text":"x"}`, "a.jsonl#1"},
		{"a.jsonl", "{\"text\":\n{\"text\":\"y\"}\n", "a.jsonl#1 a.jsonl#2"},
		{"a.json", line + "\n" + line, "a.json#1 a.json#2"}, // a first line longer than what is sniffed
		{"-", "\xef\xbb\xbf{\"text\":\"x\"}\n", "-#1"},
		{"a.gz", gzipped("Una nota"), "a.gz"},
		{"a.jsonl.gz", gzipped(line + "\n" + line + "\n"), "a.jsonl.gz#1 a.jsonl.gz#2"},
		{"one.jsonl.gz", gzipped(line), "one.jsonl.gz#1"},
		{"cut.gz", gzipped(strings.Repeat(line, 9))[:60], "cut.gz malformed"},
		{"bomb.gz", gzipped(strings.Repeat("0", 9<<20)), "bomb.gz too-large"},
		{"bomb.gz", gzipped(gzipped(strings.Repeat("0", 9<<20))), "bomb.gz too-large"},
		{"deep.gz", nested, "deep.gz too-large"},
		{"bad.zip", "PK\x03\x04", "bad.zip malformed"},
		{"feed", "<rss></rss>", "feed unsupported"},
	}
	for _, c := range cases {
		if got := strings.Join(expanded(t, &ingest.Expander{}, c.name, c.in), " "); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

func TestExpandStops(t *testing.T) {
	for _, in := range []string{"{\"text\":\"x\"}\n{\"text\":\"y\"}\n", "[{},{}]", "From: a\nDate: b\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Disposition: attachment; filename=a.txt\n\nx\n--x--"} {
		n := 0
		for range (&ingest.Expander{}).Expand(t.Context(), of(input("a.jsonl", in), input("b", in))) {
			n++
			break
		}
		if n != 1 {
			t.Errorf("%q goes on after its end", in)
		}
	}
}

func FuzzExpand(f *testing.F) {
	f.Add([]byte("{\"text\":\"x\"}\n{\"text\":\"y\"}\n"))
	f.Add([]byte(gzipped(`[{"text":"x"}]`)))
	f.Add([]byte("From a 2024\nFrom: a\nDate: b\n\nc"))
	f.Fuzz(func(t *testing.T, b []byte) {
		d := ingest.NewDecoder(ingest.DecoderOptions{})
		e := &ingest.Expander{Limits: ingest.Limits{Raw: 1 << 20, Entries: 20}}
		for raw, err := range e.Expand(t.Context(), of(input("x", string(b)))) {
			if err == nil && ingest.Sniff(raw.Bytes) != ingest.PDF { // it has a target of its own
				_, err = d.Decode(t.Context(), raw)
			}
			if err == nil {
				continue
			}
			if _, ok := errors.AsType[*corpus.Failure](err); !ok {
				t.Errorf("%v is no failure", err)
			}
		}
	})
}
