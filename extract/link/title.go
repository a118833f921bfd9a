package link

import "slices"

// repeated gives a role that nobody stands beside the holder whom the text names
// elsewhere, where only one person holds a role of all its words.
func (l *linker) repeated() {
	held := titles{}
	for i := range l.found.Roles {
		if r := &l.found.Roles[i]; len(r.Holders) == 1 {
			held.add(content(r.Span.Of(l.text.Source)), r.Holders[0])
		}
	}
	for i := range l.found.Roles {
		r := &l.found.Roles[i]
		if len(r.Holders) > 0 {
			continue
		}
		if holder := held.holder(content(r.Span.Of(l.text.Source))); holder != "" {
			r.Holders = []string{holder}
		}
	}
}

// titles are roles with who holds them, under their head and each of their other words.
type titles map[[2]string][]title

type title struct {
	words  []string
	holder string
}

// mostTitles bounds the roles under two words: where a text has more, nobody
// could say whose a role of these words is.
const mostTitles = 64

func (t titles) add(words []string, holder string) {
	for i := 1; i < len(words); i++ {
		k := [2]string{words[0], words[i]}
		if len(t[k]) <= mostTitles {
			t[k] = append(t[k], title{words, holder})
		}
	}
}

// holder returns the one person who holds a role of all the words, or "".
func (t titles) holder(words []string) string {
	if len(words) < 2 {
		return ""
	}
	candidates := t[[2]string{words[0], words[1]}]
	if len(candidates) > mostTitles {
		return ""
	}
	holder := ""
	for _, c := range candidates {
		switch {
		case !within(words, c.words):
		case holder != "" && holder != c.holder:
			return ""
		default:
			holder = c.holder
		}
	}
	return holder
}

// within says whether each of words is one of another role's.
func within(words, of []string) bool {
	for _, w := range words {
		if !slices.Contains(of, w) {
			return false
		}
	}
	return true
}
