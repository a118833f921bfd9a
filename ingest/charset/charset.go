// Package charset makes text of bytes of an unknown encoding:
//
//	text := charset.Decode(bytes, "text/html; charset=iso-8859-1")
//
// A byte order mark is believed first, then bytes that are UTF-8, then what is
// declared; else the encoding is the one in which the accented letters stand
// where Spanish, Portuguese and French have them. Text that was once decoded
// wrongly (obligaciÃ³n) is repaired where that is certain.
package charset

import (
	"bytes"
	"mime"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// Decode makes text of b. contentType is what the sender declared, or "".
// Bytes that have no meaning become U+FFFD.
func Decode(b []byte, contentType string) string {
	return Repair(decode(b, contentType))
}

func decode(b []byte, contentType string) string {
	switch {
	case bytes.HasPrefix(b, []byte("\xef\xbb\xbf")):
		return mostlyUTF8(b[3:])
	case bytes.HasPrefix(b, []byte("\xff\xfe")), bytes.HasPrefix(b, []byte("\xfe\xff")):
		return with(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), b)
	}
	e := declared(b, contentType)
	switch order, wide := UTF16(b); {
	case wide:
		return with(unicode.UTF16(order, unicode.IgnoreBOM), b)
	case e != nil && bytes.IndexByte(b, 0x1b) >= 0: // ISO 2022 is ASCII with escapes
		return with(e, b)
	case utf8.Valid(b):
		return string(b)
	case isUTF8(b):
		return mostlyUTF8(b)
	case e != nil:
		return with(e, b)
	}
	return with(likeliest(b), b)
}

// declared is the encoding that the sender or the page names, or nil where that
// is none that we know, or UTF-8, which the bytes show themselves.
func declared(b []byte, contentType string) encoding.Encoding {
	if _, params, err := mime.ParseMediaType(contentType); err == nil && params["charset"] != "" {
		return known(params["charset"])
	}
	head := bytes.ToLower(b[:min(len(b), 2048)])
	for _, mark := range []string{"charset=", "encoding="} {
		_, name, ok := bytes.Cut(head, []byte(mark))
		if !ok {
			continue
		}
		name = bytes.TrimLeft(name, `"' `)
		if end := bytes.IndexAny(name, "\"' />;?\r\n"); end >= 0 {
			name = name[:end]
		}
		if e := known(string(name)); e != nil {
			return e
		}
	}
	return nil
}

func known(name string) encoding.Encoding {
	e, canonical := charset.Lookup(name)
	if canonical == "utf-8" || strings.HasPrefix(canonical, "utf-16") || canonical == "replacement" {
		return nil
	}
	return e
}

func with(e encoding.Encoding, b []byte) string {
	s, err := e.NewDecoder().Bytes(b)
	if err != nil { // a decoder of text replaces what it cannot read; this one gave up
		s = b
	}
	return strings.ToValidUTF8(string(s), "\ufffd")
}

// UTF16 says whether b is UTF-16 without a byte order mark: text in Latin
// letters has then a zero in nearly every second byte.
func UTF16(b []byte) (order unicode.Endianness, ok bool) {
	b = b[:min(len(b), 4096)]
	var zeros [2]int
	for i, c := range b {
		if c == 0 {
			zeros[i%2]++
		}
	}
	half := len(b) / 2
	if half < 4 {
		return unicode.LittleEndian, false
	}
	if zeros[0]*10 > half*8 && zeros[1]*20 < half {
		return unicode.BigEndian, true
	}
	return unicode.LittleEndian, zeros[1]*10 > half*8 && zeros[0]*20 < half
}

// isUTF8 says whether b is UTF-8 but for a few bytes: cut off, or pasted from
// elsewhere.
func isUTF8(b []byte) bool {
	good, bad := 0, 0
	for utf8.FullRune(b) {
		r, n := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n > 1:
			good++
		}
		b = b[n:]
	}
	return good > 10*bad
}

// mostlyUTF8 reads UTF-8, and single bytes that are not as windows-1252.
func mostlyUTF8(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	var out strings.Builder
	out.Grow(len(b))
	for utf8.FullRune(b) { // the beginning of a sequence at the end is dropped
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && n == 1 {
			r = charmap.Windows1252.DecodeByte(b[0])
		}
		out.WriteRune(r)
		b = b[n:]
	}
	return out.String()
}
