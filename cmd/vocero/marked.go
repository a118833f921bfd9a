package main

import (
	"fmt"
	"strings"

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

// legend names the kinds that were found in their colours, with how many there
// are of each; without colours the marks say it.
func legend(mentions []wire.Mention, colours palette) string {
	if colours.kinds == nil {
		return ""
	}
	count := make(map[corpus.Kind]int)
	for _, m := range mentions {
		count[m.Kind]++
	}
	var names []string
	for _, k := range kinds {
		if count[k] > 0 {
			names = append(names, colours.kind(k, string(k))+colours.faint(fmt.Sprintf(" %d", count[k])))
		}
	}
	return strings.Join(names, "  ")
}

// kinds lists what is marked, in the order of the legend.
var kinds = [...]corpus.Kind{corpus.Person, corpus.RoleKind, corpus.Organization, corpus.Place,
	corpus.Money, corpus.Percent, corpus.DateKind}
