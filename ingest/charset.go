package ingest

import (
	"bytes"
	"mime"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// decodeText makes clean text of bytes: by their byte order mark, as UTF-8
// where they are valid, by what they declare, else as windows-1252, of which
// latin-1 is a part and which gives every byte a meaning.
func decodeText(b []byte, contentType string) string {
	switch {
	case utf16(b):
		return decodeAs(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), b)
	case utf8.Valid(b):
		return clean(string(b))
	}
	if e := declared(b, contentType); e != nil {
		return decodeAs(e, b)
	}
	return decodeAs(charmap.Windows1252, b)
}

// declared is the encoding that the sender or the page names, or nil where that
// is none that we know, or UTF-8, which the bytes are not.
func declared(b []byte, contentType string) encoding.Encoding {
	if _, params, err := mime.ParseMediaType(contentType); err == nil && params["charset"] != "" {
		return known(params["charset"])
	}
	head := bytes.ToLower(b[:min(len(b), sniffed)])
	at := bytes.Index(head, []byte("charset="))
	if at < 0 {
		return nil
	}
	name := bytes.TrimLeft(head[at+len("charset="):], `"' `)
	if end := bytes.IndexAny(name, "\"' />;"); end >= 0 {
		name = name[:end]
	}
	return known(string(name))
}

func known(name string) encoding.Encoding {
	e, canonical := charset.Lookup(name)
	if canonical == "utf-8" {
		return nil
	}
	return e
}

func decodeAs(e encoding.Encoding, b []byte) string {
	s, err := e.NewDecoder().Bytes(b)
	if err != nil { // a decoder of text replaces what it cannot read; this one gave up
		s = b
	}
	return clean(string(s))
}
