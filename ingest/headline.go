package ingest

import (
	"slices"
	"strings"
	"unicode"

	"vocero/ingest/pdf"
)

// isTitle says whether a line can be a release's title: of some words, mostly
// letters, and none that stands above every release.
func isTitle(line string) bool {
	letters := 0
	for _, r := range line {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return len(strings.Fields(line)) >= 3 && letters*3 > len(line) && !strings.HasSuffix(line, ":") && !isKicker(line)
}

// headline finds a release's title: what is set as one, else what the file is
// named where the text begins with it, else the first line that is none that
// stands above every release of its sender. A name that holds all that is set as
// the title, and stands in the text, is the whole of it.
func headline(text, set, named string) string {
	real := len(named) > 15 && !isKicker(named) && strings.Contains(squeezed(text[:min(len(text), 1500)]), squeezed(named))
	switch {
	case real && strings.Contains(squeezed(named), squeezed(set)):
		return named
	case set != "" && !isKicker(set):
		return set
	}
	lines := 0
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || isKicker(line) {
			continue
		}
		if lines++; lines > 3 {
			break
		}
		if n := len(line); n >= 15 && n <= maxTitle && !strings.HasSuffix(line, ".") && !strings.HasSuffix(line, ":") && !strings.Contains(line, "\t") {
			return line
		}
	}
	return ""
}

// candidate is what may be the title of a PDF's release.
type candidate struct {
	pdf.Block
	text   string
	sender bool // the sender's name, to the eye
	place  int  // in the head
}

// setTitle finds the title by how a page is set: the largest of what stands above
// the text, of letters no smaller than its own, which is neither repeated on
// other pages, nor the sender's name, nor what stands above every release.
func setTitle(head []pdf.Block, text string) string {
	var all []candidate
	above := 0 // where the last line lies that stands above every release
	for i, b := range joined(head) {
		for _, c := range cells(b) {
			c.place = i
			if isKicker(c.text) && !b.Below {
				above = i
			}
			if isTitle(c.text) {
				c.sender = namesBody(c.text) || namesSender(c.text, head, text)
				all = append(all, c)
			}
		}
	}
	for _, good := range []func(candidate) bool{
		func(c candidate) bool { return !c.Below && !c.Repeats && !c.sender && c.Size >= 0.97 },
		func(c candidate) bool { return !c.Below && !c.Repeats && !c.sender && c.place >= above },
		func(c candidate) bool { return !c.Repeats && !c.sender && c.Size >= 1.15 },
		func(c candidate) bool { return !c.Below && !c.sender },
		func(c candidate) bool { return !c.Below && c.Size >= 0.97 },
	} {
		if title := largest(all, good); title != "" {
			return title
		}
	}
	return ""
}

// largest is the first of the largest candidates that are good.
func largest(all []candidate, good func(candidate) bool) (title string) {
	size := 0.0
	for _, c := range all {
		if good(c) && c.Size > 1.05*size {
			title, size = c.text, c.Size
		}
	}
	return title
}

// joined puts blocks together that are one title with more space between its
// lines than a text has: of one size, in capitals all or under one another's middle.
func joined(head []pdf.Block) []pdf.Block {
	var all []pdf.Block
	for _, b := range head {
		b.Rows = slices.Clone(b.Rows)
		if n := len(all); n > 0 && continues(all[n-1], b) {
			all[n-1].Rows = append(all[n-1].Rows, b.Rows...)
			continue
		}
		all = append(all, b)
	}
	return all
}

func continues(a, b pdf.Block) bool {
	before, text := a.String(), b.String()
	switch {
	case a.Below != b.Below, a.Repeats != b.Repeats, b.Gap > 1, a.Size > 1.05*b.Size || b.Size > 1.05*a.Size:
		return false
	case strings.Contains(before+text, "\t"), isKicker(before), isKicker(text), strings.ContainsAny(before[len(before)-1:], ".:!?"):
		return false
	}
	return inCapitals(before) && inCapitals(text) || a.Size > 1.07 && max(a.Middle-b.Middle, b.Middle-a.Middle) < 0.02
}

func inCapitals(s string) bool {
	return strings.ToUpper(s) == s && strings.ContainsFunc(s, unicode.IsUpper)
}

// cells are the candidates of a block: each of its cells, or its lines together
// without those that stand above every release.
func cells(b pdf.Block) (all []candidate) {
	tabular := slices.ContainsFunc(b.Rows, func(row string) bool { return strings.Contains(row, "\t") })
	if tabular {
		for _, row := range b.Rows {
			for cell := range strings.SplitSeq(row, "\t") {
				all = append(all, candidate{Block: b, text: withoutKicker(cell)})
			}
		}
		return all
	}
	rows := b.Rows
	for len(rows) > 1 && isKicker(rows[0]) {
		rows = rows[1:]
	}
	b.Rows = rows
	if text := b.String(); len(text) <= maxTitle {
		all = append(all, candidate{Block: b, text: withoutKicker(text)})
	}
	return all
}

// namesSender says whether a short line is the name of who sent the release: the
// text speaks of it as of one who has that name, or it is that of its addresses.
func namesSender(line string, head []pdf.Block, text string) bool {
	name := strings.Fields(folded(withoutBrackets(line)))
	if len(name) == 0 || len(name) > 12 {
		return false
	}
	if strings.Contains(addresses(text), strings.Join(name, "")) {
		return true
	}
	inHead := 0
	for _, b := range head {
		inHead += len(named(name, b.String()))
	}
	for i, words := range named(name, text[:min(len(text), 20_000)]) {
		if i >= inHead && capitalized(words) {
			return true
		}
	}
	return false
}

// named gives the places of a text that have the words of a name, as they are
// written there.
func named(name []string, text string) (places [][]string) {
	words := strings.FieldsFunc(text, notLetter)
	for i := range words {
		if i+len(name) > len(words) {
			break
		}
		same := true
		for j := 0; same && j < len(name); j++ {
			same = len(words[i+j]) <= 2*len(name[j])+2 && folded(words[i+j]) == name[j]
		}
		if same {
			places = append(places, words[i:i+len(name)])
		}
	}
	return places
}

// addresses are the hosts of a text's addresses, on the web and of mail.
func addresses(text string) string {
	var all []string
	for _, word := range strings.Fields(text[:min(len(text), 20_000)]) {
		if _, host, found := strings.Cut(word, "@"); found {
			all = append(all, host)
		} else if strings.Contains(word, "www.") || strings.Contains(word, "://") {
			all = append(all, word)
		}
	}
	return strings.ToLower(strings.Join(all, " "))
}

// squeezed is s in small letters with single spaces.
func squeezed(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }
