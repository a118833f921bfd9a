package warc

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"fmt"
	"io"
	"iter"
	"mime"
	"net/http"
	"net/http/httputil"
	"net/textproto"
	"net/url"
	"strconv"
	"strings"

	"vocero/corpus"
	"vocero/ingest/crawl/address"
	"vocero/ingest/crawl/page"
)

// Releases yields the documents in an archive, which is called name: what
// servers answered and what was stored as it is, of at most limit bytes each.
// Lists of releases, feeds, pictures and the like, which crawls keep too, are
// passed over. An error belongs to the Raw beside it.
func Releases(r io.Reader, name string, limit int64) iter.Seq2[corpus.Raw, error] {
	return func(yield func(corpus.Raw, error) bool) {
		n := 0
		for record, err := range Read(r) {
			n++
			raw := corpus.Raw{Path: fmt.Sprintf("%s#%d", name, n), Via: "warc"}
			if record != nil {
				raw.URL, raw.Fetched = target(record.URL), record.Date
			}
			if err == nil {
				var taken bool
				if taken, err = content(record, &raw, limit); !taken {
					continue
				}
			}
			if err != nil {
				raw.Bytes = nil
			}
			if !yield(raw, err) {
				return
			}
		}
	}
}

// target is a record's address, normalised where it is one of the web.
func target(s string) string {
	if u, err := address.Parse(strings.ReplaceAll(s, " ", "%20")); err == nil {
		return u.String()
	}
	return s
}

// content reads a record's document into raw, and says whether there is one.
func content(record *Record, raw *corpus.Raw, limit int64) (taken bool, err error) {
	switch record.Type {
	case "response":
		if !strings.HasPrefix(raw.URL, "http") {
			return false, nil // the names of hosts, and the like
		}
		taken, err = response(record, raw, limit)
	case "resource", "conversion":
		if strings.HasPrefix(raw.URL, "metadata:") {
			return false, nil // what the archiver says of itself
		}
		raw.ContentType = record.ContentType
		if !mayBeText(raw.ContentType) {
			return false, nil
		}
		raw.Bytes, err = bounded(record.Body, limit)
		taken = true
	}
	if taken && err == nil {
		taken = isDocument(raw)
	}
	return taken, err
}

// response takes the body out of what a server answered.
func response(record *Record, raw *corpus.Raw, limit int64) (taken bool, err error) {
	in := bufio.NewReader(record.Body)
	head := textproto.NewReader(in)
	status, err := head.ReadLine()
	if err != nil {
		return true, malformed("the answer for %s is empty", clip(raw.URL))
	}
	_, code, _ := strings.Cut(status, " ")
	code, _, _ = strings.Cut(code, " ")
	if number, err := strconv.Atoi(code); err != nil || number != http.StatusOK {
		return false, nil
	}
	fields, err := head.ReadMIMEHeader()
	if err != nil && err != io.EOF {
		return true, malformed("the answer for %s has a broken head: %v", clip(raw.URL), err)
	}
	header := http.Header(fields)
	raw.ContentType = header.Get("Content-Type")
	if !mayBeText(raw.ContentType) {
		return false, nil
	}
	body, err := bounded(in, limit)
	if n, lengthErr := strconv.Atoi(header.Get("Content-Length")); err != nil && lengthErr == nil && n <= len(body) && int64(n) <= limit {
		body, err = body[:n], nil // the archive breaks off, but after the answer's end
	}
	if err != nil {
		return true, err
	}
	if int64(len(body)) < 1 && record.Length > 0 {
		return false, nil
	}
	if strings.EqualFold(header.Get("Transfer-Encoding"), "chunked") {
		body = unchunked(body)
	}
	raw.Bytes, err = unpacked(body, strings.ToLower(header.Get("Content-Encoding")), limit)
	return true, err
}

// unchunked joins the chunks of a body. Archives often keep the header and have
// the body joined already.
func unchunked(body []byte) []byte {
	joined, err := io.ReadAll(httputil.NewChunkedReader(bytes.NewReader(body)))
	if err != nil && len(joined) == 0 {
		return body
	}
	return joined
}

// maxRatio is how many bytes may unpack from each.
const maxRatio = 100

// unpacked undoes a Content-Encoding. What is not packed as it says is taken as it is.
func unpacked(body []byte, encoding string, limit int64) ([]byte, error) {
	var r io.Reader
	var err error
	switch encoding {
	case "gzip", "x-gzip":
		r, err = gzip.NewReader(bytes.NewReader(body))
	case "deflate":
		if r, err = zlib.NewReader(bytes.NewReader(body)); err != nil {
			r, err = flate.NewReader(bytes.NewReader(body)), nil
		}
	case "", "identity":
		return body, nil
	default:
		if isText(body) {
			return body, nil
		}
		return nil, &corpus.Failure{Reason: corpus.Unsupported, Detail: "web archive: a body packed as " + clip(encoding)}
	}
	if err != nil {
		return body, nil
	}
	out, err := bounded(r, min(limit, max(1<<20, maxRatio*int64(len(body)))))
	if _, known := err.(*corpus.Failure); known {
		return nil, err
	}
	if err != nil && len(out) == 0 && isText(body) {
		return body, nil
	}
	if err != nil {
		return nil, malformed("a body cannot be unpacked: %v", err)
	}
	return out, nil
}

func isText(b []byte) bool { return len(b) > 0 && bytes.IndexByte(b[:min(len(b), 1024)], 0) < 0 }

func bounded(r io.Reader, limit int64) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err == nil && int64(len(b)) > limit {
		err = &corpus.Failure{Reason: corpus.TooLarge, Detail: fmt.Sprintf("web archive: a body of more than %d bytes", limit)}
	}
	return b, err
}

// mayBeText says whether a type may be that of a document.
func mayBeText(contentType string) bool {
	kind, _, err := mime.ParseMediaType(contentType)
	if err != nil || kind == "" {
		return true
	}
	for _, no := range []string{"image/", "video/", "audio/", "font/", "text/css", "text/javascript", "application/javascript",
		"application/x-javascript", "application/ecmascript", "application/font", "application/warc-fields", "application/rss+xml",
		"application/atom+xml", "application/feed+json", "text/dns", "application/manifest+json", "application/ld+json"} {
		if strings.HasPrefix(kind, no) {
			return false
		}
	}
	return true
}

// isDocument says whether what was had is a document of its own: no feed, no
// sitemap, no robots.txt, no list of releases.
func isDocument(raw *corpus.Raw) bool {
	u, err := url.Parse(raw.URL)
	if err != nil {
		u = &url.URL{}
	}
	head := bytes.ToLower(bytes.TrimLeft(raw.Bytes[:min(len(raw.Bytes), 2048)], "\xef\xbb\xbf \t\r\n"))
	switch {
	case len(head) == 0, u.Path == "/robots.txt":
		return false
	case bytes.HasPrefix(head, []byte("<?xml")) && !bytes.Contains(head, []byte("<html")):
		return false
	case bytes.HasPrefix(head, []byte("<rss")), bytes.HasPrefix(head, []byte("<feed")), bytes.HasPrefix(head, []byte("<urlset")), bytes.HasPrefix(head, []byte("<sitemapindex")):
		return false
	case head[0] != '<':
		return true
	}
	p := page.Parse(raw.Bytes, raw.ContentType, u)
	return p.Kind() == page.Release || len(p.Items()) == 0 && len(p.Next()) == 0 && page.PageNumber(u) == 0
}
