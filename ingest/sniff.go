package ingest

import (
	"bytes"
)

// Format is what the bytes of a release are.
type Format string

// The formats that can be told apart.
const (
	Text    Format = "text"
	JSON    Format = "json" // one release as an object
	HTML    Format = "html"
	Feed    Format = "feed" // RSS or Atom: many releases
	Binary  Format = "binary"
	Nothing Format = "nothing" // no bytes, or only white space
)

// sniffed is how much of the beginning is looked at.
const sniffed = 2048

// Sniff tells the format by the bytes alone: names and declared types lie.
func Sniff(b []byte) Format {
	head := bytes.TrimPrefix(b[:min(len(b), sniffed)], []byte("\xef\xbb\xbf"))
	head = bytes.TrimLeft(head, " \t\r\n\f")
	switch {
	case len(head) == 0:
		return Nothing
	case utf16(b):
		return Text
	case head[0] == '{':
		return JSON
	case head[0] == '<':
		return markup(bytes.ToLower(head))
	case binary(head):
		return Binary
	}
	return Text
}

// markup tells what begins with an angle bracket by the first names in it.
func markup(head []byte) Format {
	for _, name := range []string{"<rss", "<feed", "<rdf:rdf"} {
		if at := bytes.Index(head, []byte(name)); at >= 0 && !bytes.Contains(head[:at], []byte("<html")) {
			return Feed
		}
	}
	for _, name := range []string{"<html", "<!doctype html", "<head", "<body", "<div", "<p", "<article", "<meta", "<title", "<h1", "<table", "<section", "<main", "<span", "<br"} {
		if bytes.Contains(head, []byte(name)) {
			return HTML
		}
	}
	return Text
}

// binary says whether there are control characters that no text has.
func binary(head []byte) bool {
	for _, c := range head {
		if c == 0 {
			return true
		}
	}
	controls := 0
	for _, c := range head {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' {
			controls++
		}
	}
	return bytes.HasPrefix(head, []byte("%PDF-")) || bytes.HasPrefix(head, []byte("PK\x03\x04")) || controls*50 > len(head)
}

// utf16 says whether b begins with UTF-16's byte order mark.
func utf16(b []byte) bool {
	return bytes.HasPrefix(b, []byte("\xff\xfe")) || bytes.HasPrefix(b, []byte("\xfe\xff"))
}
