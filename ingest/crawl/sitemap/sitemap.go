// Package sitemap reads sitemaps and sitemap indexes as they come, an entry at
// a time, so that one of any length takes little memory:
//
//	for entry, err := range sitemap.Read(body) { … }
//
// XML, with the additions for news, and plain lists of addresses are read,
// packed or not.
package sitemap

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"time"

	"golang.org/x/net/html/charset"

	"vocero/corpus"
)

// Entry is an address that a sitemap names.
type Entry struct {
	URL      string
	Map      bool         // it is another sitemap
	Modified time.Time    // zero where not said
	Given    corpus.Given // title, day, language and publisher where the sitemap is one of news
}

// The bounds of one sitemap. The protocol has no more than 50,000 entries and
// 50 MB; some sites do not know.
const (
	maxEntries  = 1_000_000
	maxUnpacked = 200 << 20
	maxDepth    = 32
	maxField    = 4096
	maxAddress  = 4096
)

// Is says whether a document most likely is a sitemap in XML, by its beginning.
func Is(b []byte) bool {
	head := bytes.ToLower(b[:min(len(b), 4096)])
	return !bytes.Contains(head, []byte("<html")) && (bytes.Contains(head, []byte("<urlset")) || bytes.Contains(head, []byte("<sitemapindex")))
}

// Read yields the entries of a sitemap. An error, a [corpus.Failure] or that of
// r, ends it; what came before stands.
func Read(r io.Reader) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		r, err := unpacked(r, maxUnpacked)
		if err != nil {
			yield(Entry{}, malformed(err))
			return
		}
		head, err := r.Peek(1024)
		if err != nil && err != io.EOF {
			yield(Entry{}, malformed(err))
			return
		}
		head = bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))
		if head = bytes.TrimLeft(head, " \t\r\n"); bytes.HasPrefix(head, []byte("http")) {
			readLines(r, yield)
			return
		}
		reader := &reader{decoder: xml.NewDecoder(r), yield: yield}
		reader.decoder.Strict = false
		reader.decoder.Entity = xml.HTMLEntity
		reader.decoder.CharsetReader = charset.NewReaderLabel
		if err := reader.read(); err != nil {
			yield(Entry{}, err)
		}
	}
}

// unpacked undoes gzip, which is told by the bytes, within bounds.
func unpacked(r io.Reader, most int64) (*bufio.Reader, error) {
	buffered := bufio.NewReaderSize(r, 64<<10)
	for range 2 { // a packed sitemap is sometimes packed again on its way
		head, _ := buffered.Peek(2)
		if len(head) < 2 || head[0] != 0x1f || head[1] != 0x8b {
			return buffered, nil
		}
		z, err := gzip.NewReader(buffered)
		if err != nil {
			return nil, err
		}
		buffered = bufio.NewReaderSize(&limited{z, most, most}, 64<<10)
	}
	return buffered, nil
}

type limited struct {
	r          io.Reader
	left, most int64
}

func (l *limited) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	if l.left -= int64(n); l.left < 0 {
		return 0, &corpus.Failure{Reason: corpus.TooLarge, Detail: fmt.Sprintf("the sitemap unpacks to more than %d bytes", l.most)}
	}
	return n, err
}

// readLines reads a sitemap that is a plain list.
func readLines(r *bufio.Reader, yield func(Entry, error) bool) {
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 0, 4096), 64<<10)
	for n := 0; n < maxEntries && lines.Scan(); n++ {
		line := strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\ufeff"))
		if line == "" || len(line) > maxAddress {
			continue
		}
		if !yield(Entry{URL: line}, nil) {
			return
		}
	}
	if err := lines.Err(); err != nil {
		yield(Entry{}, malformed(err))
	}
}

// reader walks a sitemap in XML.
type reader struct {
	decoder *xml.Decoder
	yield   func(Entry, error) bool
	path    []string // the open elements' names
	entry   Entry
	inside  string // "url" or "sitemap" while within one
	text    strings.Builder
	entries int
}

func (r *reader) read() error {
	for {
		token, err := r.decoder.Token()
		switch {
		case err == io.EOF && len(r.path) > 0:
			return malformed(io.ErrUnexpectedEOF)
		case err == io.EOF && r.entries == 0:
			return &corpus.Failure{Reason: corpus.Malformed, Detail: "sitemap: no entries"}
		case err == io.EOF:
			return nil
		case err != nil:
			return malformed(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			if err := r.open(token.Name.Local); err != nil {
				return err
			}
		case xml.CharData:
			if r.inside != "" && r.text.Len()+len(token) <= maxField {
				r.text.Write(token)
			}
		case xml.EndElement:
			if !r.close(token.Name.Local) || r.entries == maxEntries {
				return nil
			}
		}
	}
}

func (r *reader) open(name string) error {
	if len(r.path) == 0 && name == "html" {
		return &corpus.Failure{Reason: corpus.Malformed, Detail: "a page, not a sitemap"}
	}
	if r.path = append(r.path, name); len(r.path) > maxDepth {
		return &corpus.Failure{Reason: corpus.Malformed, Detail: fmt.Sprintf("sitemap: more than %d elements within one another", maxDepth)}
	}
	r.text.Reset()
	if name == "url" || name == "sitemap" {
		r.inside, r.entry = name, Entry{Map: name == "sitemap"}
	}
	return nil
}

// close ends an element; it says whether to go on.
func (r *reader) close(name string) bool {
	if len(r.path) > 0 {
		r.path = r.path[:len(r.path)-1]
	}
	value := strings.TrimSpace(r.text.String())
	r.text.Reset()
	if r.inside == "" {
		return true
	}
	switch given := &r.entry.Given; name {
	case r.inside:
		r.inside = ""
		if r.entry.URL != "" {
			r.entries++
			return r.yield(r.entry, nil)
		}
	case "loc":
		if r.entry.URL == "" { // those of images and videos follow
			r.entry.URL = value
		}
	case "lastmod":
		r.entry.Modified = readTime(value)
	case "publication_date":
		if t := readTime(value); !t.IsZero() {
			given.Published = value[:min(len(value), len("2006-01-02"))]
		}
	case "title":
		if len(r.path) > 0 && r.path[len(r.path)-1] == "news" {
			given.Title = value
		}
	case "name":
		given.Publisher = value
	case "language":
		if len(value) >= 2 {
			given.Lang = strings.ToLower(value[:2])
		}
	}
	return true
}

// readTime reads a W3C date and time, or as much of one as there is.
func readTime(s string) time.Time {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02T15:04Z07:00", "2006-01-02 15:04:05", "2006-01-02", "2006-01", "2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t
		}
	}
	return time.Time{}
}

// malformed makes a failure of a fault of the document; a fault of the reader
// below stays what it is.
func malformed(err error) error {
	if _, ok := errors.AsType[*xml.SyntaxError](err); ok || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, gzip.ErrHeader) ||
		errors.Is(err, gzip.ErrChecksum) || errors.Is(err, bufio.ErrTooLong) {
		return &corpus.Failure{Reason: corpus.Malformed, Detail: "sitemap: " + err.Error()}
	}
	return err
}
