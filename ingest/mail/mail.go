// Package mail takes the release out of a mail, and what is attached to it:
//
//	message, err := mail.Parse(bytes, mail.Limits{})
//	for m, err := range mail.Messages(mailbox, limit) { … }
//
// Mail as it is found breaks its standards; what can be told of it is taken.
// The error is a [corpus.Failure].
package mail

import (
	"bufio"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"mime"
	"net/mail"
	"net/textproto"
	"regexp"
	"strings"
	"time"

	"vocero/corpus"
	"vocero/ingest/charset"
)

// Limits bounds a message. A field that is zero takes its default.
type Limits struct {
	Parts int // 0: 1,000
	Depth int // parts within parts; 0: 10
}

// Message is a mail. Fields that it does not give are empty.
type Message struct {
	ID          string // of the Message-ID, without its brackets
	Subject     string // without "Re:", "RV:", "Fwd:" before it
	From        string // the sender's name or, where that is missing, address
	Published   string // day of the Date, in ISO 8601
	Lang        string
	Plain       string // the text part, its wrapped lines joined
	HTML        string // the part in HTML
	Attachments []Attachment
}

// Attachment is a file that came with a mail. A message that was forwarded whole
// is one too.
type Attachment struct {
	Name  string
	Type  string // as declared
	Bytes []byte
}

// Parse reads a message.
func Parse(b []byte, l Limits) (Message, error) {
	l = Limits{Parts: cmp.Or(l.Parts, 1000), Depth: cmp.Or(l.Depth, 10)}
	header, body, err := split(b)
	if err != nil {
		return Message{}, err
	}
	m := Message{
		ID: strings.Trim(strings.TrimSpace(header.Get("Message-Id")), "<>"), Subject: subject(decoded(header.Get("Subject"))),
		From: from(header.Get("From")), Published: published(header.Get("Date")),
	}
	m.Lang, _, _ = strings.Cut(strings.ToLower(header.Get("Content-Language")), ",")
	m.Lang, _, _ = strings.Cut(strings.TrimSpace(m.Lang), "-")
	r := &reader{limits: l, message: &m}
	if err := r.part(header, body, 0); err != nil {
		return m, err
	}
	return m, nil
}

// split reads the header, and gives the body that follows it. A line that is
// no field ends the header, as readers of mail have it.
func split(b []byte) (textproto.MIMEHeader, []byte, error) {
	header := textproto.MIMEHeader{}
	name := ""
	for len(b) > 0 {
		line, rest, _ := bytes.Cut(b, []byte("\n"))
		line = bytes.TrimRight(line, "\r")
		if len(line) == 0 {
			b = rest
			break
		}
		if (line[0] == ' ' || line[0] == '\t') && name != "" {
			values := header[name]
			values[len(values)-1] += " " + strings.TrimSpace(text(line))
			b = rest
			continue
		}
		field, value, ok := bytes.Cut(line, []byte(":"))
		if !ok || !fieldName.Match(field) {
			if bytes.HasPrefix(line, []byte("From ")) || bytes.HasPrefix(line, []byte(">From ")) {
				b = rest
				continue
			}
			break
		}
		name = textproto.CanonicalMIMEHeaderKey(string(bytes.TrimSpace(field)))
		header[name] = append(header[name], strings.TrimSpace(text(value)))
		b = rest
	}
	if len(header) == 0 {
		return nil, nil, malformed("it has no header")
	}
	return header, b, nil
}

var fieldName = regexp.MustCompile(`^[!-9;-~]+[ \t]*$`)

// text is a header's bytes as text: UTF-8, or another charset that nothing names.
func text(b []byte) string { return charset.Decode(b, "") }

var words = mime.WordDecoder{CharsetReader: func(name string, r io.Reader) (io.Reader, error) {
	b, err := io.ReadAll(r)
	return strings.NewReader(charset.Decode(b, `text/plain; charset="`+name+`"`)), err
}}

// decoded reads the encoded words of a header (RFC 2047).
func decoded(s string) string {
	d, err := words.DecodeHeader(s)
	if err != nil {
		d = s
	}
	return strings.Join(strings.Fields(charset.Repair(d)), " ")
}

// replied are the marks that mailers put before a subject.
var replied = regexp.MustCompile(`(?i)^(?:(?:re|rv|rm|fw|fwd|enc|res|tr|ref|aw|wg|i)\s*(?:\[\d+\])?\s*:\s*)+`)

func subject(s string) string {
	return strings.TrimSpace(replied.ReplaceAllString(s, ""))
}

// from is the sender's name, else the address.
func from(s string) string {
	parser := mail.AddressParser{WordDecoder: &words}
	list, err := parser.ParseList(s)
	if err != nil || len(list) == 0 {
		name, _, _ := strings.Cut(decoded(s), "<")
		return strings.Trim(strings.TrimSpace(name), `"' `)
	}
	return cmp.Or(strings.TrimSpace(list[0].Name), list[0].Address)
}

// published is the day on which a mail was sent, in its sender's zone.
func published(s string) string {
	t, err := mail.ParseDate(s)
	if err != nil || t.Year() < 1970 || t.After(time.Now().AddDate(1, 0, 0)) {
		return ""
	}
	return corpus.DateOf(t).String()
}

// Messages splits a mailbox (mbox, RFC 4155 and its relatives) into messages of
// at most limit bytes. One that is longer is yielded with its error and without
// the rest, and the reading goes on.
func Messages(r io.Reader, limit int) func(yield func([]byte, error) bool) {
	return func(yield func([]byte, error) bool) {
		lines := bufio.NewReaderSize(r, 64<<10)
		var message []byte
		tooLong, begun, blank, whole := false, false, true, true
		flush := func() bool {
			if !begun {
				return true
			}
			var err error
			if tooLong {
				err = &corpus.Failure{Reason: corpus.TooLarge, Detail: fmt.Sprintf("a message of more than %d bytes", limit)}
			}
			m := bytes.Clone(message)
			message, tooLong = message[:0], false
			return yield(m, err)
		}
		for {
			line, err := lines.ReadSlice('\n')
			switch {
			case whole && blank && separator.Match(line):
				if !flush() {
					return
				}
				begun = true
			case len(message)+len(line) > limit:
				tooLong = true
			default:
				if whole && quotedFrom.Match(line) {
					line = line[1:]
				}
				message = append(message, line...)
			}
			if whole {
				blank = len(bytes.TrimRight(line, "\r\n")) == 0
			}
			whole = err != bufio.ErrBufferFull
			if err != nil && err != bufio.ErrBufferFull {
				if flush() && err != io.EOF {
					yield(nil, &corpus.Failure{Reason: corpus.Unreadable, Detail: err.Error()})
				}
				return
			}
		}
	}
}

var (
	separator  = regexp.MustCompile(`^From \S.*\d{4}`)
	quotedFrom = regexp.MustCompile(`^>+From `)
)

func malformed(format string, args ...any) error {
	return &corpus.Failure{Reason: corpus.Malformed, Detail: fmt.Sprintf(format, args...)}
}
