package main

import "vocero/corpus"

// palette holds the escape sequences for what is marked in text; the zero
// palette marks nothing. The colours are the eight that every terminal has, with
// an underline or bold where two kinds would otherwise look alike.
type palette struct {
	kinds                 map[corpus.Kind]string
	match, dim, bold, off string
	first, second         string // of bars beside one another
}

var ansi = palette{
	kinds: map[corpus.Kind]string{
		corpus.Person:       "\x1b[1;36m",
		corpus.Organization: "\x1b[33m",
		corpus.Place:        "\x1b[32m",
		corpus.RoleKind:     "\x1b[35m",
		corpus.Money:        "\x1b[1;32m",
		corpus.Percent:      "\x1b[1;34m",
		corpus.DateKind:     "\x1b[34m",
	},
	match: "\x1b[1;31m",
	dim:   "\x1b[2m",
	bold:  "\x1b[1m",
	off:   "\x1b[0m",
	first: "\x1b[36m", second: "\x1b[33m",
}

func (p palette) kind(k corpus.Kind, s string) string { return p.paint(p.kinds[k], s) }
func (p palette) strong(s string) string              { return p.paint(p.bold, s) }
func (p palette) faint(s string) string               { return p.paint(p.dim, s) }

func (p palette) paint(code, s string) string {
	if code == "" || s == "" {
		return s
	}
	return code + s + p.off
}
