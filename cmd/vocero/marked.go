package main

import (
	"strings"
	"unicode/utf8"

	"vocero/corpus"
	"vocero/extract/wire"
)

// marked is text with its mentions shown in place: in the palette's colours, or
// as [kind words] where there are none. Mentions come in order of start, the
// longer first, as wire has them; one that crosses another is left unmarked.
func marked(text string, mentions []wire.Mention, colours palette) string {
	m := marker{runes: []rune(text), colours: colours}
	m.write(0, len(m.runes), mentions, "")
	return m.out.String()
}

type marker struct {
	runes   []rune
	colours palette
	out     strings.Builder
}

// write puts out the runes from start to end, which stand within a mention
// that began with the escape sequence around, or with none.
func (m *marker) write(start, end int, mentions []wire.Mention, around string) {
	at := start
	for len(mentions) > 0 {
		first := mentions[0]
		inside := 1
		for inside < len(mentions) && mentions[inside].Start < first.End {
			inside++
		}
		if first.Start >= at && first.End <= end {
			m.out.WriteString(string(m.runes[at:first.Start]))
			m.mention(first, mentions[1:inside], around)
			at = first.End
		} else {
			inside = 1
		}
		mentions = mentions[inside:]
	}
	m.out.WriteString(string(m.runes[at:end]))
}

func (m *marker) mention(n wire.Mention, within []wire.Mention, around string) {
	code := m.colours.kinds[n.Kind]
	if code == "" {
		m.out.WriteString("[" + string(n.Kind) + " ")
		m.write(n.Start, n.End, within, "")
		m.out.WriteString("]")
		return
	}
	m.out.WriteString(code)
	m.write(n.Start, n.End, within, code)
	m.out.WriteString(m.colours.off + around)
}

// legend names the kinds in their colours; without colours the marks say it.
func legend(colours palette) string {
	if colours.kinds == nil {
		return ""
	}
	kinds := []corpus.Kind{corpus.Person, corpus.RoleKind, corpus.Organization, corpus.Place,
		corpus.Money, corpus.Percent, corpus.DateKind}
	var names []string
	for _, k := range kinds {
		names = append(names, colours.kind(k, string(k)))
	}
	return strings.Join(names, "  ")
}

// wrap breaks text into lines of at most width columns between words. Escape
// sequences take no column.
func wrap(text string, width int) string {
	var out strings.Builder
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			out.WriteByte('\n')
		}
		column := 0
		for j, word := range strings.Split(line, " ") {
			w := columns(word)
			switch {
			case j == 0:
			case column+1+w > width:
				out.WriteByte('\n')
				column = 0
			default:
				out.WriteByte(' ')
				column++
			}
			out.WriteString(word)
			column += w
		}
	}
	return out.String()
}

// columns is the number of columns that s takes, escape sequences left out.
func columns(s string) int {
	n := 0
	for len(s) > 0 {
		if s[0] == '\x1b' {
			if end := strings.IndexByte(s, 'm'); end >= 0 {
				s = s[end+1:]
				continue
			}
		}
		_, size := utf8.DecodeRuneInString(s)
		s = s[size:]
		n++
	}
	return n
}

// indent puts prefix before every line of text.
func indent(text, prefix string) string {
	return prefix + strings.ReplaceAll(text, "\n", "\n"+prefix)
}
