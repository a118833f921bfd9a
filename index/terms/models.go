package terms

import (
	"strings"
	"sync"
)

// The forms of Portuguese and French verbs: each with the stem of its verb's
// third person (anuncia, annonce), so that a verb meets the noun that it is made of.
var (
	portugueseForms = sync.OnceValue(func() map[string]string { return conjugated("pt", portuguese()) })
	frenchForms     = sync.OnceValue(func() map[string]string { return conjugated("fr", french()) })
)

// conjugated gives the stem of each word of others_LANG.txt, which is that of the
// first of its line, and of each form of the verbs of verbs_LANG.txt, by the models of conjugation_LANG.txt. A line of the first is a model with a colon and
// the verbs that go like it, or a model, one verb and what of its forms the model
// does not give (with a plus) or gives wrongly (with a minus); "left:", before
// them, names forms that are another word's. Of two verbs with the same form the first has it.
func conjugated(lang string, steps []step) map[string]string {
	models := mustReadModels("conjugation_" + lang + ".txt")
	forms := make(map[string]string, 40_000) // about as many as there are
	left := make(map[string]bool)
	put := func(form, stem string) {
		if _, taken := forms[form]; !taken && !left[form] {
			forms[form] = stem
		}
	}
	stemOf := func(third, infinitive string) string {
		switch {
		case left[Fold(infinitive)]: // a noun too: no word has such a stem
			return Fold(infinitive) + "="
		case left[third]: // another word's: the verb keeps to itself
			return Fold(infinitive)
		}
		return apply(steps, third)
	}
	for f := range fields("others_" + lang + ".txt") {
		for _, form := range f {
			put(Fold(form), apply(steps, Fold(f[0])))
		}
	}
	for f := range fields("verbs_" + lang + ".txt") {
		model, many := strings.CutSuffix(f[0], ":")
		switch {
		case many && model == "left":
			for _, form := range f[1:] {
				left[Fold(form)] = true
			}
		case many:
			for _, infinitive := range f[1:] {
				models.conjugate(model, infinitive, nil, stemOf, put)
			}
		default:
			models.conjugate(model, f[1], f[2:], stemOf, put)
		}
	}
	return forms
}

// models are a language's, by their names, and how roots change before them.
type models struct {
	of    map[string]*model
	spell []spelling
}

// model is how verbs are conjugated: what stands in the place of the infinitive's end.
type model struct {
	end   string
	forms []string // the third person first
}

// spelling is how a root is written before letters that it would sound otherwise
// before: in verbs with this infinitive, from the one end to the other.
type spelling struct{ infinitive, before, from, to string }

// conjugate puts the forms of a verb, all with one stem. With changes, forms that
// begin with a plus are put too, and those with a minus are not.
func (m models) conjugate(name, infinitive string, changes []string, stemOf func(third, infinitive string) string, put func(form, stem string)) {
	model := m.of[name]
	parts := strings.Split(infinitive, "ç") // which is spelled otherwise than c
	for i := range parts {
		parts[i] = Fold(parts[i])
	}
	infinitive = strings.Join(parts, "ç")
	root, ok := strings.CutSuffix(infinitive, model.end)
	if !ok {
		panic(infinitive + " does not end as " + name + " does")
	}
	without := make(map[string]bool)
	for _, c := range changes {
		if gone, ok := strings.CutPrefix(c, "-"); ok {
			without[gone] = true
		}
	}
	stem := stemOf(m.join(root, infinitive, model.forms[0]), infinitive)
	for _, ending := range model.forms {
		if form := m.join(root, infinitive, ending); !without[form] {
			put(form, stem)
		}
	}
	for _, c := range changes {
		if more, ok := strings.CutPrefix(c, "+"); ok {
			put(Fold(more), stem)
		}
	}
}

// join writes a root and an ending as one folded word; both are folded but for ç.
func (m models) join(root, infinitive, ending string) string {
	for _, s := range m.spell {
		if ending != "" && strings.HasSuffix(infinitive, s.infinitive) && strings.Contains(s.before, ending[:1]) {
			if before, found := strings.CutSuffix(root, s.from); found {
				return strings.ReplaceAll(before+s.to, "ç", "c") + ending
			}
		}
	}
	return strings.ReplaceAll(root, "ç", "c") + ending
}

// mustReadModels reads an embedded table; a test holds that all of them read.
func mustReadModels(name string) models {
	all := models{of: make(map[string]*model)}
	for f := range fields(name) {
		if f[0] == "spell" {
			for _, pair := range f[3:] {
				from, to, _ := strings.Cut(pair, ">")
				all.spell = append(all.spell, spelling{f[1], f[2], from, to})
			}
			continue
		}
		m := all.of[f[0]]
		if m == nil {
			m = &model{end: strings.TrimPrefix(f[1], "-")}
			all.of[f[0]] = m
		}
		for _, form := range f[2:] {
			m.forms = append(m.forms, strings.TrimPrefix(form, "-"))
		}
	}
	return all
}

// Regular gives the forms of a regular verb of Spanish, Portuguese or French, by
// its infinitive, folded; none where no verb has that end.
func Regular(lang, infinitive string) (forms []string) {
	put := func(form, _ string) { forms = append(forms, form) }
	if lang == "es" {
		for _, class := range [...]string{"ar", "er", "ir"} {
			if strings.HasSuffix(infinitive, class) {
				newVerb([]string{infinitive}).conjugate(mustReadEndings("conjugation_es.txt"), put)
			}
		}
		return forms
	}
	regular := map[string][]string{"pt": {"ar", "er", "ir"}, "fr": {"er", "finir", "re"}}
	for _, name := range regular[lang] {
		models := mustReadModels("conjugation_" + lang + ".txt")
		if strings.HasSuffix(infinitive, models.of[name].end) {
			models.conjugate(name, infinitive, nil, func(third, _ string) string { return third }, put)
		}
	}
	return forms
}

// Conjugated says whether a folded word is a form of a verb in the tables.
func Conjugated(lang, word string) bool {
	forms := map[string]func() map[string]string{"es": spanishForms, "pt": portugueseForms, "fr": frenchForms}[lang]
	if forms == nil {
		return false
	}
	_, known := forms()[word]
	return known
}
