// Package markdown takes the release out of a text in Markdown, with what its
// front matter says of it:
//
//	doc := markdown.Parse(text)
//
// Of the marks (CommonMark and GitHub's tables) only what they hold is left:
// paragraphs on one line, items on lines of their own, links by their words.
package markdown

import (
	"regexp"
	"strings"
)

// Document is a release as its text gives it.
type Document struct {
	Fields [][2]string // the front matter's names and values, in their order
	Title  string      // the first heading of the first level
	Text   string      // paragraphs with an empty line between
}

// Parse reads a text. Any text can be parsed.
func Parse(text string) Document {
	doc := Document{}
	doc.Fields, text = frontMatter(strings.ReplaceAll(text, "\r\n", "\n"))
	w := writer{}
	for line := range strings.Lines(text) {
		w.line(strings.TrimRight(line, "\n"))
	}
	w.endBlock()
	doc.Title, doc.Text = w.title, w.text.String()
	return doc
}

// frontMatter reads the lines between --- or +++ at the beginning: names and
// single values, in YAML or TOML. Lists give their items with commas between.
func frontMatter(text string) (fields [][2]string, rest string) {
	fence, body, _ := strings.Cut(text, "\n")
	fence = strings.TrimSpace(fence)
	sign := map[string]string{"---": ":", "+++": "="}[fence]
	if sign == "" {
		return nil, text
	}
	for {
		line, after, more := strings.Cut(body, "\n")
		switch trimmed := strings.TrimSpace(line); {
		case trimmed == fence, trimmed == "..." && fence == "---":
			return fields, after
		case !more:
			return nil, text // it never ends: it was no front matter
		case strings.HasPrefix(trimmed, "#"), trimmed == "":
		case strings.HasPrefix(trimmed, "- ") && len(fields) > 0:
			f := &fields[len(fields)-1]
			f[1] = strings.TrimPrefix(f[1]+", "+unquoted(trimmed[2:]), ", ")
		case line != strings.TrimLeft(line, " \t") && len(fields) > 0: // a value that goes on, or one within another
			f := &fields[len(fields)-1]
			f[1] = strings.TrimSpace(f[1] + " " + unquoted(trimmed))
		default:
			if name, value, ok := strings.Cut(trimmed, sign); ok {
				fields = append(fields, [2]string{unquoted(name), unquoted(value)})
			}
		}
		body = after
	}
}

// unquoted is a value without its quotes, list's brackets or block's mark.
func unquoted(s string) string {
	s = strings.TrimSpace(s)
	switch {
	case s == "|", s == ">", s == "|-", s == ">-", s == "null", s == "~":
		return ""
	case len(s) >= 2 && s[0] == '"' && s[len(s)-1] == '"':
		return strings.NewReplacer(`\"`, `"`, `\\`, `\`, `\n`, "\n").Replace(s[1 : len(s)-1])
	case len(s) >= 2 && s[0] == '\'' && s[len(s)-1] == '\'':
		return strings.ReplaceAll(s[1:len(s)-1], "''", "'")
	case len(s) >= 2 && s[0] == '[' && s[len(s)-1] == ']':
		items := strings.Split(s[1:len(s)-1], ",")
		for i, item := range items {
			items[i] = unquoted(item)
		}
		return strings.Join(items, ", ")
	}
	return s
}

// writer puts lines together to blocks.
type writer struct {
	text  strings.Builder
	block []string // lines of the paragraph, or of the item
	kind  kind
	last  kind // of the block before
	code  string
	title string
}

type kind int

const (
	nothing kind = iota
	paragraph
	item
	row
	code
)

var (
	fence      = regexp.MustCompile("^ {0,3}(```+|~~~+)")
	heading    = regexp.MustCompile(`^ {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*$`)
	underline  = regexp.MustCompile(`^ {0,3}(=+|-+)[ \t]*$`)
	rule       = regexp.MustCompile(`^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$`)
	bullet     = regexp.MustCompile(`^[ \t]*(?:[-*+]|(\d{1,3}[.)]))[ \t]+(.*)$`)
	definition = regexp.MustCompile(`^ {0,3}\[[^\]^][^\]]*\]:[ \t]*\S+`)
	separator  = regexp.MustCompile(`^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-*:?[ \t]*)+$`)
)

func (w *writer) line(line string) {
	if m := fence.FindStringSubmatch(line); m != nil && (w.code == "" || strings.HasPrefix(m[1], w.code)) {
		w.endBlock()
		if w.code == "" {
			w.code = m[1]
		} else {
			w.code = ""
		}
		return
	}
	if w.code != "" {
		w.put(code, line)
		return
	}
	for strings.HasPrefix(strings.TrimLeft(line, " "), ">") { // a quotation
		line = strings.TrimPrefix(strings.TrimPrefix(strings.TrimLeft(line, " "), ">"), " ")
	}
	switch {
	case strings.TrimSpace(line) == "":
		w.endBlock()
	case len(w.block) > 0 && w.kind == paragraph && underline.MatchString(line):
		if strings.Contains(line, "=") {
			w.name(strings.Join(w.block, " "))
		}
		w.endBlock()
	case rule.MatchString(line), definition.MatchString(line), separator.MatchString(line):
		w.endBlock()
	case heading.MatchString(line):
		w.endBlock()
		m := heading.FindStringSubmatch(line)
		if len(m[1]) == 1 {
			w.name(m[2])
		}
		w.put(paragraph, m[2])
	case strings.HasPrefix(strings.TrimSpace(line), "|"):
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		w.put(row, strings.Join(cells, "\t"))
	case bullet.MatchString(line):
		w.endBlock()
		m := bullet.FindStringSubmatch(line)
		w.block, w.kind = []string{strings.TrimSpace(m[1] + " " + m[2])}, item
	default:
		w.block = append(w.block, strings.TrimSpace(line))
		w.kind = max(w.kind, paragraph)
	}
}

// name takes the release's title.
func (w *writer) name(s string) {
	if w.title == "" {
		w.title = inline(s)
	}
}

func (w *writer) endBlock() {
	if len(w.block) > 0 {
		lines, k := w.block, w.kind
		w.block, w.kind = nil, nothing
		w.put(k, strings.Join(lines, " "))
	}
	w.kind = nothing
}

// put writes a block: items, rows and lines of code close together.
func (w *writer) put(k kind, s string) {
	if len(w.block) > 0 {
		w.endBlock()
	}
	if k != code {
		s = inline(s)
	}
	if s == "" {
		return
	}
	switch {
	case w.last == nothing:
	case w.last == k && k != paragraph:
		w.text.WriteByte('\n')
	default:
		w.text.WriteString("\n\n")
	}
	w.text.WriteString(s)
	w.last = k
}

var (
	image    = regexp.MustCompile(`!\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])`)
	link     = regexp.MustCompile(`\[([^\]]+)\](?:\([^)]*\)|\[[^\]]*\])`)
	address  = regexp.MustCompile(`<((?:https?://|mailto:)?[^<>\s]+[.@:/][^<>\s]+)>`)
	element  = regexp.MustCompile(`</?[a-zA-Z][^<>]*>`)
	strong   = regexp.MustCompile(`(\*\*|__)(\S(?:.*?\S)??)(?:\*\*|__)`)
	starred  = regexp.MustCompile(`\*(\S(?:[^*]*?\S)?)\*`)
	scored   = regexp.MustCompile(`(^|[^\p{L}\p{N}_])_(\S(?:[^_]*?\S)?)_($|[^\p{L}\p{N}_])`)
	ticked   = regexp.MustCompile("`+([^`]+)`+")
	escaped  = regexp.MustCompile("\\\\([!-/:-@\\[-`{-~])")
	footnote = regexp.MustCompile(`\[\^[^\]]+\]:?`)
)

// inline takes the marks out of a line. Escaped signs are put aside meanwhile.
func inline(s string) string {
	const aside = 0xf0000 // a plane of private use
	s = escaped.ReplaceAllStringFunc(s, func(e string) string { return string(rune(aside + int(e[1]))) })
	s = image.ReplaceAllString(s, "$1")
	s = link.ReplaceAllString(s, "$1")
	s = footnote.ReplaceAllString(s, "")
	s = address.ReplaceAllString(s, "$1")
	s = element.ReplaceAllString(s, "")
	s = strong.ReplaceAllString(s, "$2")
	s = starred.ReplaceAllString(s, "$1")
	s = scored.ReplaceAllString(s, "$1$2$3")
	s = ticked.ReplaceAllString(s, "$1")
	s = strings.Map(func(r rune) rune {
		if r > aside && r < aside+0x80 {
			return r - aside
		}
		return r
	}, s)
	return strings.TrimSpace(s)
}
