package link

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
)

//go:embed gaps.txt
var gapsFile string

//go:embed bodies.txt
var bodiesFile string

//go:embed aliases.txt
var aliasesFile string

// gaps are the words of gaps.txt by class.
var gaps = sync.OnceValue(func() map[string]map[string]bool { return classes(gapsFile) })

// bodies are the words of bodies.txt by class.
var bodies = sync.OnceValue(func() map[string]map[string]bool { return classes(bodiesFile) })

func classes(file string) map[string]map[string]bool {
	all := map[string]map[string]bool{}
	for _, line := range dataLines(file) {
		class, words, _ := strings.Cut(line, ":")
		if all[class] == nil {
			all[class] = map[string]bool{}
		}
		for _, w := range strings.Fields(words) {
			all[class][w] = true
		}
	}
	return all
}

// aliases gives for each name of aliases.txt, as key has it, the lines that it is on.
var aliases = sync.OnceValue(func() map[string][]int {
	all := map[string][]int{}
	for i, line := range dataLines(aliasesFile) {
		for _, n := range strings.Split(line, ", ") {
			all[key(n)] = append(all[key(n)], i)
		}
	}
	return all
})

func dataLines(file string) []string {
	var out []string
	for line := range strings.Lines(file) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			out = append(out, line)
		}
	}
	return out
}

// content are the words of a name that tell it from others, in small letters
// without accents.
func content(name string) []string {
	var out []string
	for _, w := range strings.FieldsFunc(fold(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if !gaps()["small"][w] {
			out = append(out, w)
		}
	}
	return out
}

// key is a name by its content words.
func key(name string) string { return strings.Join(content(name), " ") }

var accents = strings.NewReplacer("á", "a", "à", "a", "â", "a", "ã", "a", "ä", "a", "é", "e", "è", "e", "ê", "e", "ë", "e",
	"í", "i", "î", "i", "ï", "i", "ó", "o", "ô", "o", "õ", "o", "ö", "o", "ú", "u", "û", "u", "ü", "u", "ç", "c", "ñ", "n")

func fold(s string) string { return accents.Replace(strings.ToLower(s)) }
