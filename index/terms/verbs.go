package terms

import (
	"slices"
	"strings"
	"sync"
)

// spanishForms maps the forms of others_es.txt to their first word, and those
// of the verbs in verbs_es.txt to one stem each, which is that of the third
// person (paga, anuncia), so that a verb meets the noun that it is made of.
var spanishForms = sync.OnceValue(func() map[string]string {
	forms := make(map[string]string, 90_000) // about as many as there are
	for f := range fields("others_es.txt") {
		stem := f[0]
		if len(f) > 1 {
			stem = apply(spanish(), stem)
		}
		for _, form := range f {
			forms[form] = stem
		}
	}
	endings := mustReadEndings("conjugation_es.txt")
	for f := range fields("verbs_es.txt") {
		newVerb(f).conjugate(endings, func(form, stem string) {
			if _, taken := forms[form]; !taken { // the first verb of the list has it
				forms[form] = stem
			}
		})
	}
	return forms
})

// verb is a line of verbs_es.txt.
type verb struct {
	root, class                    string // pens ar
	stressed, past                 string // piens, sint
	left                           []string
	strong, future, first, exactly []string
}

func newVerb(f []string) *verb {
	v := &verb{root: f[0][:len(f[0])-2], class: f[0][len(f[0])-2:]}
	v.stressed, v.past = v.root, v.root
	if n := len(v.root); v.class != "ar" && n > 1 && strings.ContainsRune("aeou", rune(v.root[n-1])) {
		v.past += "y" // construyeron, leyeron
		if v.root[n-1] == 'u' {
			v.stressed += "y"
		}
	}
	for _, spec := range f[1:] {
		last := spec[len(spec)-1]
		switch body := spec[:len(spec)-1]; {
		case spec[0] == '-':
			v.left = append(v.left, spec[1:])
		case last == '-':
			v.strong = append(v.strong, body)
		case last == '+':
			v.future = append(v.future, body)
		case last == '~':
			v.first = append(v.first, body)
		case strings.Contains(spec, ">"):
			v.change(spec)
		default:
			v.exactly = append(v.exactly, spec)
		}
	}
	return v
}

// change takes e>ie, or e>ie>i where the past changes too: it is the last such
// vowel of the root.
func (v *verb) change(spec string) {
	f := strings.Split(spec, ">")
	i := strings.LastIndex(v.root, f[0])
	if i < 0 {
		return
	}
	replaced := func(with string) string { return v.root[:i] + with + v.root[i+len(f[0]):] }
	v.stressed = replaced(f[1])
	if len(f) > 2 {
		v.past = replaced(f[2])
	} else if f[1] == "i" {
		v.past = v.stressed // pide, pidieron
	}
}

// conjugate gives all forms with the stem of the verb.
func (v *verb) conjugate(endings map[string][]string, add func(form, stem string)) {
	theme := v.class[:1]
	third := v.stressed + strings.Replace(theme, "i", "e", 1)
	stem := apply(spanish(), third)
	if slices.Contains(v.left, third[len(third)-1:]) {
		stem = v.root + v.class // another word's form: the verb keeps to itself
	} else {
		add(third, stem)
	}
	roots := map[string]string{"weak": v.root, "stressed": v.stressed, "past": v.past,
		"softweak": v.soften(v.root), "softstressed": v.soften(v.stressed)}
	for kind, root := range roots {
		for _, ending := range endings[v.class+" "+kind] {
			if !(v.hasParticiple() && strings.HasPrefix(ending, "id")) && !slices.Contains(v.left, ending) {
				if strings.HasSuffix(root, "y") {
					ending = strings.TrimPrefix(ending, "i") // leyendo
				}
				add(root+ending, stem)
			}
		}
	}
	for kind, of := range map[string][]string{"strong": v.strong, "future": v.future, "first": v.first} {
		for _, root := range of {
			for _, ending := range endings[kind+" -"] {
				if !strings.HasPrefix(ending, "er") || strings.HasSuffix(root, "j") { // dijeran
					add(root+ending, stem)
				}
			}
		}
	}
	for _, form := range v.exactly {
		add(form, stem)
	}
	if v.stressed != v.root { // vos: pensás, pensá, tenés, tené
		theme := v.class[:1]
		add(v.root+theme, stem)
		add(v.root+theme+"s", stem)
	}
	if v.class == "ar" { // pagó, which without its accent is also the first person
		v.addUnlessLeft("o", v.root+"o", stem, add)
		v.addUnlessLeft("e", v.soften(v.stressed)+"e", stem, add)
	} else {
		v.addUnlessLeft("a", v.soften(v.stressed)+"a", stem, add)
	}
}

// hasParticiple says that the verb gives its participle: hecho, not hacido.
func (v *verb) hasParticiple() bool {
	return slices.ContainsFunc(v.exactly, func(form string) bool {
		return strings.HasSuffix(form, "to") || strings.HasSuffix(form, "cho") || strings.HasSuffix(form, "so")
	})
}

func (v *verb) addUnlessLeft(ending, form, stem string, add func(form, stem string)) {
	if !slices.Contains(v.left, ending) {
		add(form, stem)
	}
}

// soften writes a root as it sounds before the other kind of vowel: pagu-en,
// busqu-en, alc-en; dirij-an, sig-an, conozc-an.
func (v *verb) soften(root string) string {
	cut := func(suffix, with string) (string, bool) {
		before, found := strings.CutSuffix(root, suffix)
		return before + with, found
	}
	rules := [][2]string{{"gu", "g"}, {"qu", "c"}, {"g", "j"}, {"ac", "azc"}, {"ec", "ezc"}, {"oc", "ozc"}, {"uc", "uzc"}, {"c", "z"}}
	if v.class == "ar" {
		rules = [][2]string{{"gu", "gu"}, {"c", "qu"}, {"g", "gu"}, {"z", "c"}}
	}
	for _, r := range rules {
		if soft, found := cut(r[0], r[1]); found {
			return soft
		}
	}
	return root
}

// mustReadEndings reads the table of endings; a test holds that it reads.
func mustReadEndings(name string) map[string][]string {
	endings := make(map[string][]string)
	for f := range fields(name) {
		endings[f[0]+" "+f[1]] = append(endings[f[0]+" "+f[1]], f[2:]...)
	}
	return endings
}

// fields yields the fields of an embedded table's lines.
func fields(name string) func(yield func([]string) bool) {
	b, err := tables.ReadFile(name)
	if err != nil {
		panic(err)
	}
	return func(yield func([]string) bool) {
		for line := range strings.Lines(string(b)) {
			if f := strings.Fields(line); len(f) > 0 && f[0] != "#" && !yield(f) {
				return
			}
		}
	}
}
