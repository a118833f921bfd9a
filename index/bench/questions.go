package main

import "strings"

// question is one search, as each peer can ask it.
type question struct {
	text   string   // in vocero's language
	words  []string // what it is made of
	how    how
	facets bool // count persons, organizations, publishers and years
	newest bool // in the order of publication
}

// how the words of a question belong together.
type how string

const (
	term   how = "term"
	and    how = "and"
	or     how = "or"
	prefix how = "prefix"
	phrase how = "phrase"
)

// class is a number of questions that are measured together.
type class struct {
	name      string
	questions []question
}

// asked are words that are frequent, less so and rare in the releases.
var asked = []struct {
	how   how
	texts []string
}{
	{term, []string{"salud", "gobierno", "justice", "presidente", "fraud", "educación", "agua", "trata", "saúde", "guayaquil"}},
	{and, []string{"ministerio salud", "attorney fraud", "presidente gobierno", "trata personas", "agua educación", "health care", "seguridad policía"}},
	{or, []string{"salud educación", "fraud conspiracy", "agua energía", "gobierno presidente", "trata migrantes", "saúde vacina"}},
	{prefix, []string{"educ", "crim", "gobern", "investig", "ambient", "traffick"}},
	{phrase, []string{"ministerio de salud", "department of justice", "derechos humanos", "presidente de la república", "crimen organizado"}},
}

// classes returns all questions: of each kind plain, and those of words with
// facets and by date too.
func classes() []class {
	var all []class
	for _, a := range asked {
		plain := class{name: string(a.how)}
		for _, text := range a.texts {
			plain.questions = append(plain.questions, ask1(a.how, text))
		}
		all = append(all, plain)
		if a.how == phrase {
			continue
		}
		faceted := class{name: string(a.how) + " with 4 facets"}
		for _, q := range plain.questions {
			q.facets = true
			faceted.questions = append(faceted.questions, q)
		}
		all = append(all, faceted)
	}
	dated := class{name: "by date"}
	for _, q := range all[0].questions {
		q.newest = true
		dated.questions = append(dated.questions, q)
	}
	return append(all, dated)
}

func ask1(h how, text string) question {
	q := question{how: h, text: text, words: strings.Fields(text)}
	switch h {
	case or:
		q.text = strings.Join(q.words, " OR ")
	case prefix:
		q.text = text + "*"
	case phrase:
		q.text = `"` + text + `"`
	}
	return q
}
