package fields

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

//go:embed data/names.txt
var namesFile string

// known gives the folded names of each part, the likeliest first.
var known = sync.OnceValue(func() map[Part][]string {
	names := map[Part][]string{}
	for line := range strings.Lines(namesFile) {
		part, list, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		for name := range strings.SplitSeq(list, ",") {
			names[Part(part)] = append(names[Part(part)], fold(name))
		}
	}
	return names
})

// guess gives the one of names that is the likeliest for a part, or "".
func guess(part Part, names []string) string {
	best, rank := "", -1
	for _, name := range names {
		folded := fold(name)
		for i, k := range known()[part] {
			if k == folded && (rank < 0 || i < rank) {
				best, rank = name, i
			}
		}
	}
	return best
}

// fold takes from a name what does not tell it from another: case, accents and
// all that is neither letter nor digit.
func fold(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFD.String(name))
}
