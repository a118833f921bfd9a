package warc

import (
	"bytes"
	"compress/gzip"
	"crypto/rand"
	"crypto/sha1"
	"encoding/base32"
	"encoding/hex"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"vocero/ingest/crawl/fetch"
)

// Writer keeps what servers said, as WARC 1.1 in files of a folder: each record
// packed on its own, the request beside the answer. It is safe for concurrent use.
//
// The head of an answer is kept as it was read, its fields in the order of their
// names; its body is kept as it was sent, still packed, without the marks of chunks.
type Writer struct {
	folder   string
	software string

	mu     sync.Mutex
	file   *os.File
	size   int64
	serial int
}

// maxFile is the size beyond which the next file is begun.
const maxFile = 1 << 30

// open marks a file that is being written.
const open = ".open"

// Create makes a writer that keeps its files in folder. The first file is begun
// with the first record.
func Create(folder, software string) (*Writer, error) {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, err
	}
	return &Writer{folder: folder, software: software}, nil
}

// Record keeps one exchange: it is what fetch.Options.Record wants. When it
// returns nil the records have been handed to the system.
func (w *Writer) Record(e fetch.Exchange) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.ready(); err != nil {
		return err
	}
	answer, request := uuid(), uuid()
	url := e.Request.URL.String()
	head := []byte(e.Proto + " " + e.Status + "\r\n" + headerText(e.Header) + "\r\n")
	fields := []field{
		{"WARC-Type", "response"}, {"WARC-Record-ID", answer}, {"WARC-Date", stamp(e.When)}, {"WARC-Target-URI", url},
		{"WARC-IP-Address", e.IP}, {"Content-Type", "application/http;msgtype=response"},
	}
	if strings.HasPrefix(e.Status, "304") {
		fields[0].value = "revisit"
		fields = append(fields, field{"WARC-Profile", "http://netpreserve.org/warc/1.1/revisit/server-not-modified"},
			field{"WARC-Refers-To-Target-URI", url})
	} else {
		fields = append(fields, field{"WARC-Payload-Digest", digest(e.Body)})
	}
	if e.Cut {
		fields = append(fields, field{"WARC-Truncated", "unspecified"})
	}
	if err := w.write(fields, append(head, e.Body...)); err != nil {
		return err
	}
	return w.write([]field{
		{"WARC-Type", "request"}, {"WARC-Record-ID", request}, {"WARC-Date", stamp(e.When)}, {"WARC-Target-URI", url},
		{"WARC-Concurrent-To", answer}, {"WARC-IP-Address", e.IP}, {"Content-Type", "application/http;msgtype=request"},
	}, requestText(e.Request))
}

// Close ends the file that is being written.
func (w *Writer) Close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.end()
}

func (w *Writer) end() error {
	if w.file == nil {
		return nil
	}
	name := w.file.Name()
	err := w.file.Sync()
	if closeErr := w.file.Close(); err == nil {
		err = closeErr
	}
	w.file = nil
	if err != nil {
		return fmt.Errorf("keep the web archive: %w", err)
	}
	return os.Rename(name, strings.TrimSuffix(name, open))
}

// ready begins the next file where there is none, or this one is full.
func (w *Writer) ready() error {
	if w.file != nil && w.size < maxFile {
		return nil
	}
	if err := w.end(); err != nil {
		return err
	}
	name := fmt.Sprintf("vocero-%s-%05d-%s.warc.gz", time.Now().UTC().Format("20060102150405"), w.serial, uuid()[len("<urn:uuid:"):][:8])
	file, err := os.OpenFile(filepath.Join(w.folder, name+open), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return fmt.Errorf("keep the web archive: %w", err)
	}
	w.file, w.size = file, 0
	w.serial++
	info := "software: " + w.software + "\r\nformat: WARC File Format 1.1\r\n" +
		"conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n"
	return w.write([]field{
		{"WARC-Type", "warcinfo"}, {"WARC-Record-ID", uuid()}, {"WARC-Date", stamp(time.Now())}, {"WARC-Filename", name},
		{"Content-Type", "application/warc-fields"},
	}, []byte(info))
}

type field struct{ name, value string }

// write appends one record, packed.
func (w *Writer) write(fields []field, block []byte) error {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	fmt.Fprint(z, "WARC/1.1\r\n")
	for _, f := range fields {
		if f.value != "" {
			fmt.Fprintf(z, "%s: %s\r\n", f.name, oneLine(f.value))
		}
	}
	fmt.Fprintf(z, "WARC-Block-Digest: %s\r\nContent-Length: %d\r\n\r\n", digest(block), len(block))
	_, _ = z.Write(block) // a buffer takes everything
	fmt.Fprint(z, "\r\n\r\n")
	if err := z.Close(); err != nil {
		return err
	}
	n, err := w.file.Write(out.Bytes())
	w.size += int64(n)
	if err != nil {
		return fmt.Errorf("keep the web archive: %w", err)
	}
	return nil
}

func headerText(h http.Header) string {
	var names []string
	for name := range h {
		names = append(names, name)
	}
	slices.Sort(names)
	var out strings.Builder
	for _, name := range names {
		for _, value := range h[name] {
			fmt.Fprintf(&out, "%s: %s\r\n", name, oneLine(value))
		}
	}
	return out.String()
}

func requestText(r *http.Request) []byte {
	return []byte(r.Method + " " + r.URL.RequestURI() + " HTTP/1.1\r\nHost: " + r.URL.Host + "\r\n" + headerText(r.Header) + "\r\n")
}

func oneLine(s string) string { return strings.NewReplacer("\r", " ", "\n", " ").Replace(s) }

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// digest is the SHA-1 that the readers of archives expect; it guards against
// accidents, not against forgers.
func digest(b []byte) string {
	sum := sha1.Sum(b)
	return "sha1:" + base32.StdEncoding.EncodeToString(sum[:])
}

// uuid is a new random name for a record.
func uuid() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	s := hex.EncodeToString(b[:])
	return "<urn:uuid:" + s[:8] + "-" + s[8:12] + "-" + s[12:16] + "-" + s[16:20] + "-" + s[20:] + ">"
}
