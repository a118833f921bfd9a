// Package warc reads and writes web archives: WARC 1.0 and 1.1 (ISO 28500), and
// reads ARC, which was before it.
//
//	for raw, err := range warc.Releases(file, "crawl.warc.gz", 20<<20) { … }
//
//	w, err := warc.Create(folder, "vocero/1.0")
//	fetcher := fetch.New(fetch.Options{Record: w.Record})
//
// Damaged archives are read as far as they go: a record that is broken is a
// failure of its own, and reading goes on at the next that can be found.
package warc

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"time"

	"vocero/corpus"
)

// Record is one record of an archive. Its content is read from Body before the
// next record is asked for.
type Record struct {
	Type        string // "response", "resource", "request", "revisit", …
	URL         string // as written
	ContentType string // of the block: application/http for what a server said
	Date        time.Time
	Length      int64
	Header      map[string]string // by names in small letters
	Body        io.Reader
}

// Is says whether bytes begin an archive, packed or not.
func Is(head []byte) bool {
	if bytes.HasPrefix(head, gzipMagic) {
		z, err := gzip.NewReader(bytes.NewReader(head))
		if err != nil {
			return false
		}
		inner := make([]byte, 16)
		n, _ := io.ReadFull(z, inner)
		head = inner[:n]
	}
	return bytes.HasPrefix(head, []byte("WARC/")) || bytes.HasPrefix(head, []byte("filedesc://"))
}

// The bounds of what stands before a record's content.
const (
	maxLine   = 16 << 10
	maxHeader = 256 << 10
	maxFields = 200
)

// Read yields the records of an archive. An error is a [corpus.Failure] of one
// record, with what of it is known, or that of r, which ends the reading.
func Read(r io.Reader) iter.Seq2[*Record, error] {
	return func(yield func(*Record, error) bool) {
		p := &parser{in: bufio.NewReaderSize(newMembers(r), 64<<10)}
		for {
			record, err := p.next()
			if err == io.EOF {
				return
			}
			if err == nil {
				if !yield(record, nil) {
					return
				}
				err = p.finish()
			}
			if err == nil {
				continue
			}
			if _, damage := errors.AsType[*corpus.Failure](err); !yield(record, err) || !damage {
				return
			}
			p.lost = true
		}
	}
}

// parser reads records one after the other.
type parser struct {
	in   *bufio.Reader
	body *body // of the record before
	arc  bool
	lost bool // after a fault: looks for the beginning of a record
}

// next reads the head of the next record.
func (p *parser) next() (*Record, error) {
	for {
		line, err := p.line()
		if err != nil {
			return nil, err
		}
		switch {
		case line == "":
			continue
		case strings.HasPrefix(line, "WARC/"):
			p.lost = false
			return p.warcHead()
		case strings.HasPrefix(line, "filedesc://"):
			p.arc = true
		}
		if p.arc {
			record, ok := p.arcHead(line)
			if ok {
				p.lost = false
				return record, nil
			}
		}
		if !p.lost {
			p.lost = true
			return nil, malformed("no record begins with %q", clip(line))
		}
	}
}

// finish passes over what was not read of a record's content. A fault that
// whoever read it has seen already is not told again.
func (p *parser) finish() error {
	if p.body == nil {
		return nil
	}
	told := p.body.fault != nil
	_, err := io.Copy(io.Discard, p.body)
	p.body = nil
	if told {
		p.lost = true
		if _, damage := errors.AsType[*corpus.Failure](err); damage {
			return nil
		}
	}
	return err
}

// body is a record's content. A fault stays: what follows it is no part of the
// record any more.
type body struct {
	in    *bufio.Reader
	left  int64
	fault error
}

func (b *body) Read(p []byte) (int, error) {
	if b.fault != nil {
		return 0, b.fault
	}
	if b.left == 0 {
		return 0, io.EOF
	}
	n, err := b.in.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	if err == io.EOF && b.left > 0 {
		err = malformed("the archive ends %d bytes before its last record does", b.left)
	}
	if err != nil && err != io.EOF {
		b.fault = err
	}
	return n, err
}

// line reads a line without its end. One that is too long is cut.
func (p *parser) line() (string, error) {
	var line []byte
	for {
		part, err := p.in.ReadSlice('\n')
		if room := maxLine - len(line); room > 0 {
			line = append(line, part[:min(room, len(part))]...)
		}
		switch {
		case err == bufio.ErrBufferFull:
		case err == nil, err == io.EOF && len(line) > 0:
			return string(bytes.TrimRight(line, "\r\n")), nil
		default:
			return "", err
		}
	}
}

// warcHead reads a WARC record's fields.
func (p *parser) warcHead() (*Record, error) {
	header := map[string]string{}
	last := ""
	for size := 0; ; {
		line, err := p.line()
		if err == io.EOF {
			return nil, malformed("the archive ends within the head of a record")
		}
		if err != nil {
			return nil, err
		}
		if line == "" {
			break
		}
		if size += len(line); size > maxHeader || len(header) > maxFields {
			return nil, malformed("the head of a record is too long")
		}
		name, value, found := strings.Cut(line, ":")
		switch {
		case line[0] == ' ' || line[0] == '\t':
			header[last] += " " + strings.TrimSpace(line)
		case found:
			last = strings.ToLower(strings.TrimSpace(name))
			header[last] = strings.TrimSpace(value)
		}
	}
	record := &Record{Type: header["warc-type"], ContentType: header["content-type"], Header: header,
		URL: strings.Trim(header["warc-target-uri"], "<>")}
	record.Date, _ = time.Parse(time.RFC3339Nano, header["warc-date"])
	var err error
	if record.Length, err = strconv.ParseInt(header["content-length"], 10, 64); err != nil || record.Length < 0 {
		return record, malformed("the record of %s has no length, but %q", clip(record.URL), clip(header["content-length"]))
	}
	p.hold(record)
	return record, nil
}

// arcHead reads the line before an ARC record: URL IP-address date type length.
func (p *parser) arcHead(line string) (*Record, bool) {
	fields := strings.Split(line, " ")
	if len(fields) < 5 {
		return nil, false
	}
	n := len(fields)
	record := &Record{Type: "response", URL: strings.Join(fields[:n-4], " "), ContentType: "application/http"}
	if !strings.Contains(record.URL, "://") {
		return nil, false
	}
	var err error
	if record.Length, err = strconv.ParseInt(fields[n-1], 10, 64); err != nil || record.Length < 0 {
		return nil, false
	}
	record.Date, _ = time.Parse("20060102150405", fields[n-3][:min(14, len(fields[n-3]))])
	if strings.HasPrefix(record.URL, "filedesc:") {
		record.Type = "warcinfo"
	}
	p.hold(record)
	return record, true
}

func (p *parser) hold(record *Record) {
	p.body = &body{in: p.in, left: record.Length}
	record.Body = p.body
}

var gzipMagic = []byte{0x1f, 0x8b}

// members unpacks the members of a packed archive one by one, each of which
// should be a record. Where one is damaged it says so once, and goes on at the
// next. What is not packed comes as it is.
type members struct {
	in    *bufio.Reader
	taken *counted     // what in has taken so far
	z     *gzip.Reader // nil before the first member
	raw   bool
	on    bool  // a member is open
	begun int64 // what had been taken when it was opened
	out   int64 // what came out of it
}

func newMembers(r io.Reader) *members {
	taken := &counted{r: r}
	return &members{in: bufio.NewReaderSize(taken, 64<<10), taken: taken}
}

// counted counts what is read through it.
type counted struct {
	r io.Reader
	n int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// spared is how much may come out of any member before its ratio is looked at.
const spared = 4 << 20

// bomb says whether a member gives far more than went in.
func (m *members) bomb() bool { return m.out > spared && m.out > maxRatio*(m.taken.n-m.begun) }

func (m *members) Read(b []byte) (int, error) {
	for {
		if m.raw {
			return m.in.Read(b)
		}
		if !m.on {
			if err := m.open(); err != nil {
				return 0, err
			}
			continue
		}
		n, err := m.z.Read(b)
		m.out += int64(n)
		switch {
		case m.bomb():
			m.on = false
			if err := m.seek(); err != nil {
				return 0, err
			}
			return 0, malformed("a packed record unpacks to more than %d times its size", maxRatio)
		case err == nil || n > 0:
			return n, nil
		case err == io.EOF:
			m.on = false
		default:
			m.on = false
			if err := m.seek(); err != nil {
				return 0, err
			}
			return 0, malformed("a packed record is damaged: %v", err)
		}
	}
}

// open opens the next member.
func (m *members) open() error {
	head, err := m.in.Peek(2)
	if len(head) == 0 {
		return err
	}
	if !bytes.Equal(head, gzipMagic) {
		if m.z == nil {
			m.raw = true
			return nil
		}
		if err := m.seek(); err != nil { // bytes between members
			return err
		}
	}
	if m.z == nil {
		m.z, err = gzip.NewReader(m.in)
	} else {
		err = m.z.Reset(m.in)
	}
	if err == io.EOF {
		return io.EOF
	}
	if err != nil {
		if m.z == nil {
			m.z = new(gzip.Reader)
		}
		return malformed("a packed record is damaged: %v", err)
	}
	m.z.Multistream(false)
	m.on, m.begun, m.out = true, m.taken.n-int64(m.in.Buffered()), 0
	return nil
}

// seek goes to what looks like the beginning of a member.
func (m *members) seek() error {
	for {
		head, err := m.in.Peek(3)
		if len(head) < 3 {
			return cmpEOF(err)
		}
		if head[0] == 0x1f && head[1] == 0x8b && head[2] == 8 {
			return nil
		}
		if _, err := m.in.Discard(1); err != nil {
			return cmpEOF(err)
		}
	}
}

func cmpEOF(err error) error {
	if err == nil {
		return io.EOF
	}
	return err
}

func malformed(format string, args ...any) *corpus.Failure {
	return &corpus.Failure{Reason: corpus.Malformed, Detail: "web archive: " + fmt.Sprintf(format, args...)}
}

func clip(s string) string {
	if len(s) > 100 {
		s = strings.ToValidUTF8(s[:100], "") + "…"
	}
	return s
}
