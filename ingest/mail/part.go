package mail

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"mime"
	"net/textproto"
	"path"
	"strings"

	"vocero/corpus"
	"vocero/ingest/charset"
)

// reader goes through the parts of a message.
type reader struct {
	limits  Limits
	message *Message
	parts   int
}

// part takes one part: text, an attachment, or parts within it.
func (r *reader) part(header textproto.MIMEHeader, body []byte, depth int) error {
	if r.parts++; r.parts > r.limits.Parts {
		return tooLarge("the message has more than %d parts", r.limits.Parts)
	}
	if depth > r.limits.Depth {
		return tooLarge("parts within parts, more than %d deep", r.limits.Depth)
	}
	kind, params, err := mime.ParseMediaType(header.Get("Content-Type"))
	if err != nil && kind == "" {
		kind, params = "text/plain", nil
	}
	disposition, named, _ := mime.ParseMediaType(header.Get("Content-Disposition"))
	name := fileName(cmp.Or(named["filename"], params["name"]))
	switch {
	case strings.HasPrefix(kind, "multipart/encrypted"), strings.HasSuffix(kind, "pkcs7-mime") && params["smime-type"] != "signed-data":
		return &corpus.Failure{Reason: corpus.Refused, Detail: "the message is encrypted"}
	case strings.HasPrefix(kind, "multipart/") && params["boundary"] != "":
		return r.multipart(params["boundary"], body, depth)
	}
	content := transferred(header.Get("Content-Transfer-Encoding"), body)
	attached := disposition == "attachment" || name != "" && kind != "text/plain" && kind != "text/html"
	if !attached && kind == "text/plain" {
		flowed := strings.EqualFold(params["format"], "flowed")
		r.message.Plain = joined(r.message.Plain, unwrapped(charset.Decode(content, header.Get("Content-Type")), flowed))
		return nil
	}
	if !attached && kind == "text/html" {
		r.message.HTML = joined(r.message.HTML, charset.Decode(content, header.Get("Content-Type")))
		return nil
	}
	r.attach(kind, name, content)
	return nil
}

// decorations are kinds of parts that hold no release: pictures, sounds,
// signatures, visiting cards.
var decorations = [...]string{
	"image/", "audio/", "video/", "font/", "application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature",
	"text/vcard", "text/x-vcard", "text/calendar", "message/delivery-status", "text/css", "application/ics",
}

func (r *reader) attach(kind, name string, content []byte) {
	for _, d := range decorations {
		if strings.HasPrefix(kind, d) {
			return
		}
	}
	n := len(r.message.Attachments) + 1
	if name == "" {
		name = fmt.Sprintf("part-%d", n)
	}
	for _, other := range r.message.Attachments {
		if other.Name == name {
			name = fmt.Sprintf("%d-%s", n, name)
			break
		}
	}
	r.message.Attachments = append(r.message.Attachments, Attachment{Name: name, Type: kind, Bytes: content})
}

// fileName is the last part of a name, which may come with a whole path.
func fileName(s string) string {
	s = path.Base(strings.ReplaceAll(decoded(s), `\`, "/"))
	if s == "." || s == "/" || s == ".." {
		return ""
	}
	return s
}

// multipart goes through the parts between boundary's lines. One that is not
// closed ends with the message.
func (r *reader) multipart(boundary string, body []byte, depth int) error {
	mark := []byte("--" + boundary)
	var part []byte
	inside := false
	flush := func() error {
		if !inside {
			return nil
		}
		content := bytes.TrimLeft(part, "\r\n")
		if header, rest, err := split(content); err == nil && len(content) == len(part) {
			return r.part(header, rest, depth+1)
		}
		return r.part(textproto.MIMEHeader{}, content, depth+1) // without a header it is plain text
	}
	for start := 0; start < len(body); {
		end := len(body)
		if at := bytes.IndexByte(body[start:], '\n'); at >= 0 {
			end = start + at + 1
		}
		line := bytes.TrimRight(body[start:end], " \t\r\n")
		if bytes.HasPrefix(line, mark) && (len(line) == len(mark) || string(line[len(mark):]) == "--") {
			if err := flush(); err != nil {
				return err
			}
			inside, part = len(line) == len(mark), body[end:end]
			if !inside {
				return nil
			}
		} else if inside {
			part = part[:len(part)+end-start]
		}
		start = end
	}
	return flush()
}

// transferred undoes the encoding in which a part travels. What is broken in it
// is passed over.
func transferred(encoding string, body []byte) []byte {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "base64":
		clean := bytes.Map(func(c rune) rune {
			if c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/' {
				return c
			}
			return -1
		}, body)
		out := make([]byte, base64.RawStdEncoding.DecodedLen(len(clean)))
		n, _ := base64.RawStdEncoding.Decode(out, clean)
		return out[:n]
	case "quoted-printable":
		return quotedPrintable(body)
	}
	return body
}

// quotedPrintable reads RFC 2045's encoding. An equals sign that begins nothing
// is one.
func quotedPrintable(b []byte) []byte {
	out := make([]byte, 0, len(b))
	for len(b) > 0 {
		at := bytes.IndexByte(b, '=')
		if at < 0 {
			return append(out, b...)
		}
		out, b = append(out, b[:at]...), b[at:]
		line, rest, ended := bytes.Cut(b, []byte("\n"))
		var c [1]byte
		switch {
		case ended && len(bytes.TrimRight(line[1:], " \t\r")) == 0: // the line goes on
			b = rest
		case len(b) >= 3 && hexed(c[:], b[1:3]):
			out, b = append(out, c[0]), b[3:]
		default:
			out, b = append(out, '='), b[1:]
		}
	}
	return out
}

func hexed(to, from []byte) bool {
	_, err := hex.Decode(to, from)
	return err == nil
}

func joined(a, b string) string {
	if strings.TrimSpace(a) == "" {
		return b
	}
	return strings.TrimRight(a, "\r\n") + "\n\n" + b
}

// wrapped is from which length on a line is taken to have been broken by the
// mailer and not by the writer.
const wrapped = 60

// unwrapped joins the lines of a text that was wrapped at some width: as
// format=flowed marks them (RFC 3676), else lines of nearly full width that
// another follows.
func unwrapped(s string, flowed bool) string {
	lines := strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n")
	widest := 0
	for _, l := range lines {
		widest = max(widest, len([]rune(l)))
	}
	var out strings.Builder
	for i, l := range lines {
		out.WriteString(strings.TrimRight(l, " \t"))
		if i+1 == len(lines) {
			break
		}
		next := lines[i+1]
		full := len([]rune(l)) >= wrapped && widest <= 100
		if strings.TrimSpace(next) != "" && strings.TrimSpace(l) != "" && l != "-- " && !listed(next) &&
			(flowed && strings.HasSuffix(l, " ") || !flowed && full) {
			out.WriteByte(' ')
		} else {
			out.WriteByte('\n')
		}
	}
	return out.String()
}

// listed says whether a line begins an item of a list, a quotation or a mark.
func listed(line string) bool {
	return strings.ContainsAny(line[:1], "-*>\t ") || strings.HasPrefix(line, "•") || strings.HasPrefix(line, "–") || strings.HasPrefix(line, "·")
}

func tooLarge(format string, args ...any) error {
	return &corpus.Failure{Reason: corpus.TooLarge, Detail: fmt.Sprintf(format, args...)}
}
