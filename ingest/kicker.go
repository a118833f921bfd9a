package ingest

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"vocero/ingest/day"
)

//go:embed kickers.txt
var kickersFile string

var kickers = sync.OnceValue(func() []string { return foldedLines(kickersFile) })

// foldedLines are the lines of a list, but for those that speak of it.
func foldedLines(list string) (all []string) {
	for line := range strings.Lines(list) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			all = append(all, folded(line))
		}
	}
	return all
}

// isKicker says whether a line stands above every release of a sender: "Nota de
// prensa Nº 12", a place and a date, an address.
func isKicker(line string) bool {
	f := folded(line)
	if f == "" || strings.ContainsAny(line, "@") || strings.Contains(line, "www.") || strings.Contains(line, "://") {
		return true
	}
	words := strings.Fields(f)
	if label, _, found := strings.Cut(line, ":"); found && len(words) <= 10 && slices.Contains(labels(), folded(label)) {
		return true
	}
	for _, k := range kickers() {
		if rest, ok := strings.CutPrefix(f+" ", k+" "); ok && len(words) <= len(strings.Fields(k))+6 && (strings.ContainsAny(rest, "0123456789") || strings.TrimSpace(rest) == "" || strings.Contains(k, " ") && len(strings.Fields(rest)) <= 3) {
			return true
		}
	}
	digits := 0
	for _, w := range words {
		if strings.ContainsAny(w, "0123456789") {
			digits++
		}
	}
	if len(words) <= 8 && digits >= 2 { // a place and a date
		if _, _, dated := day.Find(line, day.DayFirst); dated {
			return true
		}
	}
	return 2*digits >= len(words) // of a telephone, a tax office, a calendar
}

// withoutKicker is a line without what stands above every release where that
// leads to the title: "Nota de prensa – El museo abre sus puertas".
func withoutKicker(line string) string {
	for _, mark := range []string{" – ", " — ", " - ", ": ", " | ", ". "} {
		before, after, found := strings.Cut(line, mark)
		if after = strings.TrimSpace(after); found && len(strings.Fields(after)) >= 3 && isKicker(before) {
			return after
		}
	}
	return line
}

//go:embed labels.txt
var labelsFile string

var labels = sync.OnceValue(func() []string { return foldedLines(labelsFile) })

//go:embed bodies.txt
var bodiesFile string

var bodies = sync.OnceValue(func() []string { return foldedLines(bodiesFile) })

// namesBody says whether a line is a body's name to the eye: it begins as those
// of public bodies do, or within three words, is short, and has capitals where
// names have them.
func namesBody(line string) bool {
	line = withoutBrackets(line)
	words := strings.Fields(folded(line))
	if len(words) > 7 || !capitalized(strings.FieldsFunc(line, notLetter)) {
		return false
	}
	for i := range min(3, len(words)) {
		rest := strings.Join(words[i:], " ") + " "
		if slices.ContainsFunc(bodies(), func(b string) bool { return strings.HasPrefix(rest, b+" ") }) {
			return true
		}
	}
	return false
}

// withoutBrackets is a name without what explains it.
func withoutBrackets(name string) string {
	before, _, _ := strings.Cut(name, " (")
	return before
}

// capitalized says whether all words but the short ones, which join others,
// begin with capitals.
func capitalized(words []string) bool {
	long := 0
	for _, w := range words {
		if utf8.RuneCountInString(w) < 4 {
			continue
		}
		long++
		if r, _ := utf8.DecodeRuneInString(w); !unicode.IsUpper(r) {
			return false
		}
	}
	return long > 0
}

func notLetter(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

// folded is a line in small letters without accents and signs.
func folded(line string) string {
	s := strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r):
			return -1
		case unicode.IsLetter(r), unicode.IsDigit(r):
			return unicode.ToLower(r)
		}
		return ' '
	}, norm.NFD.String(line))
	return strings.Join(strings.Fields(s), " ")
}
