package terms

import (
	"embed"
	"strconv"
	"strings"
	"sync"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
)

// Languages are those that have a stemmer, and so a field of their own in an
// index. Texts in any other go under Other, unstemmed.
var Languages = [...]string{"es", "en", "pt", "fr", Other}

// Other stands for every language without a stemmer.
const Other = "xx"

// Language returns the member of Languages that texts in lang go under.
func Language(lang string) string {
	for _, l := range Languages {
		if l == lang {
			return l
		}
	}
	return Other
}

//go:embed stem_*.txt conjugation_*.txt verbs_*.txt others_*.txt
var tables embed.FS

// Stem takes from a folded word what changes with number and gender, and for
// verbs with tense and person. The result is a key, not a word. Spanish,
// Portuguese and French follow the tables stem_*.txt, their verbs those of verbs.go
// and models.go; English is the Snowball project's.
func Stem(word, lang string) string {
	switch lang {
	case "en":
		env := snowballstem.NewEnv(word)
		english.Stem(env)
		return env.Current()
	case "es":
		if stem, known := spanishForms()[word]; known {
			return stem
		}
		return apply(spanish(), word)
	case "pt":
		if stem, known := portugueseForms()[word]; known {
			return stem
		}
		return apply(portuguese(), word)
	case "fr":
		if stem, known := frenchForms()[word]; known {
			return stem
		}
		return apply(french(), word)
	}
	return word
}

var (
	spanish    = sync.OnceValue(func() []step { return mustReadSteps("stem_es.txt") })
	portuguese = sync.OnceValue(func() []step { return mustReadSteps("stem_pt.txt") })
	french     = sync.OnceValue(func() []step { return mustReadSteps("stem_fr.txt") })
)

// step is a table of rules of which one applies at most: that of the longest
// suffix that the word has.
type step []rule

// rule replaces a suffix where at least keep bytes stand before it.
type rule struct {
	suffix, replacement string
	keep                int
}

func apply(steps []step, word string) string {
	for _, s := range steps {
		word = s.apply(word)
	}
	return word
}

func (s step) apply(word string) string {
	for _, r := range s { // longest suffix first
		if strings.HasSuffix(word, r.suffix) {
			if stem := word[:len(word)-len(r.suffix)]; len(stem) >= r.keep {
				return stem + r.replacement
			}
			return word
		}
	}
	return word
}

// mustReadSteps reads an embedded table; a test holds that all of them read.
func mustReadSteps(name string) []step {
	b, err := tables.ReadFile(name)
	if err != nil {
		panic(err)
	}
	steps := []step{nil}
	for line := range strings.Lines(string(b)) {
		f := strings.Fields(line)
		switch {
		case len(f) == 1 && f[0] == "step":
			steps = append(steps, nil)
		case len(f) > 0 && f[0] != "#":
			keep, err := strconv.Atoi(f[2])
			if err != nil {
				panic(name + ": " + err.Error())
			}
			steps[len(steps)-1] = steps[len(steps)-1].with(rule{f[0], strings.TrimPrefix(f[1], "-"), keep})
		}
	}
	return steps
}

// with inserts r before the rules of shorter suffixes.
func (s step) with(r rule) step {
	i := 0
	for i < len(s) && len(s[i].suffix) >= len(r.suffix) {
		i++
	}
	return append(s[:i], append(step{r}, s[i:]...)...)
}
