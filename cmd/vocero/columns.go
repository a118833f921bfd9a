package main

import (
	"strings"
	"unicode"

	"github.com/rivo/uniseg"
)

// wrap breaks text into lines of at most width columns between words; a word of
// more columns is broken where its script allows it, as Chinese does anywhere.
// Escape sequences take no column. Colours end with each line and begin anew on
// the next, so that a pager can show any line by itself.
func wrap(text string, width int) string {
	w := wrapper{width: max(width, 1)}
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			w.newline()
		}
		for j, word := range strings.Split(line, " ") {
			w.word(word, j > 0)
		}
	}
	return w.out.String()
}

type wrapper struct {
	out           strings.Builder
	width, column int
	colour        string // the escape sequences in force, one after another
}

const colourOff = "\x1b[0m"

func (w *wrapper) newline() {
	if w.colour != "" {
		w.out.WriteString(colourOff)
	}
	w.out.WriteByte('\n')
	w.out.WriteString(w.colour)
	w.column = 0
}

func (w *wrapper) word(word string, spaced bool) {
	n := columns(word)
	switch {
	case spaced && w.column+1+n > w.width && w.column > 0:
		w.newline()
	case spaced:
		w.out.WriteByte(' ')
		w.column++
	}
	if n > w.width-w.column && !strings.Contains(word, "://") {
		w.pieces(word)
		return
	}
	w.put(word, n)
}

// pieces writes a word that is longer than a line, broken where it may be.
func (w *wrapper) pieces(word string) {
	for word != "" {
		text, escape, after := nextEscape(word)
		for state := -1; text != ""; {
			var piece string
			piece, text, _, state = uniseg.FirstLineSegmentInString(text, state)
			n := uniseg.StringWidth(piece)
			if w.column > 0 && w.column+n > w.width {
				w.newline()
			}
			w.put(piece, n)
		}
		w.put(escape, 0)
		word = after
	}
}

func (w *wrapper) put(s string, columns int) {
	w.out.WriteString(s)
	w.column += columns
	for s != "" {
		var escape string
		if _, escape, s = nextEscape(s); escape == colourOff {
			w.colour = ""
		} else {
			w.colour += escape
		}
	}
}

// nextEscape parts s at its first escape sequence of a colour; without one, all
// of s is before it.
func nextEscape(s string) (before, escape, after string) {
	start := strings.Index(s, "\x1b[")
	if start < 0 {
		return s, "", ""
	}
	length := strings.IndexByte(s[start:], 'm') + 1
	if length == 0 {
		return s, "", ""
	}
	return s[:start], s[start : start+length], s[start+length:]
}

// columns is the number of columns that s takes on a terminal: two for a wide
// character, none for a combining one or an escape sequence.
func columns(s string) int {
	n := 0
	for s != "" {
		var text string
		text, _, s = nextEscape(s)
		n += uniseg.StringWidth(text)
	}
	return n
}

// fitted is s in exactly width columns: filled up with spaces, or cut with an
// ellipsis at its end. It holds no escape sequence.
func fitted(s string, width int) string {
	if n := columns(s); n <= width {
		return s + strings.Repeat(" ", width-n)
	}
	var out strings.Builder
	n := 0
	for graphemes := uniseg.NewGraphemes(s); graphemes.Next(); {
		if n+graphemes.Width() > width-1 {
			break
		}
		out.WriteString(graphemes.Str())
		n += graphemes.Width()
	}
	return out.String() + "…" + strings.Repeat(" ", max(width-1-n, 0))
}

// barOf is a bar of share times width columns, to an eighth of a column. What is
// not nothing shows.
func barOf(share float64, width int) string {
	eighths := int(share*float64(width)*8 + 0.5)
	if share > 0 {
		eighths = max(eighths, 1)
	}
	eighths = min(eighths, width*8)
	s := strings.Repeat("█", eighths/8)
	if rest := eighths % 8; rest > 0 {
		s += string([]rune("▏▎▍▌▋▊▉")[rest-1])
	}
	return s
}

// indent puts prefix before every line of text.
func indent(text, prefix string) string {
	return prefix + strings.ReplaceAll(text, "\n", "\n"+prefix)
}

// printable is s with a picture in the place of each control character: a
// release comes from anywhere, and must not steer the terminal that shows it.
// It has as many code points as s.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r < ' ':
			return 0x2400 + r
		case unicode.IsControl(r):
			return unicode.ReplacementChar
		}
		return r
	}, s)
}
