package crf

import (
	"slices"
	"strings"
	"testing"

	"vocero/corpus"
	"vocero/extract/text"
)

// TestParts: a name found as one, and the names that it is; the first word of
// each line is its language. What follows "…" is the rest of the text.
func TestParts(t *testing.T) {
	for line, want := range map[string]string{
		"es Secretaría General de la OEA":                                        "Secretaría General | OEA",
		"es Consejo de Seguridad de las Naciones Unidas":                         "Consejo de Seguridad | Naciones Unidas",
		"es Oficina de las Naciones Unidas contra la Droga":                      "Oficina de las Naciones Unidas contra la Droga",
		"es Dirección Regional de Trabajo y Promoción del Empleo de Loreto":      "Dirección Regional de Trabajo y Promoción del Empleo de Loreto",
		"es Agencia de Asilo de la Unión Europea":                                "Agencia de Asilo de la Unión Europea",
		"es SECRETARÍA NACIONAL DE COMUNICACIÓN":                                 "SECRETARÍA NACIONAL DE COMUNICACIÓN",
		"es Embajada de los Estados Unidos":                                      "Embajada de los Estados Unidos",
		"en Section of the Division of the Department of Justice":                "Section | Division | Department of Justice",
		"en Criminal Division's Fraud Section":                                   "Criminal Division | Fraud Section",
		"en U.S. Attorney's Office":                                              "U.S. Attorney's Office",
		"en Studion’s … Studion grows":                                           "Studion",
		"en McDonald's … McDonald's grows":                                       "McDonald's",
		"fr Direction de la communication du Ministère de la Justice":            "Direction de la communication | Ministère de la Justice",
		"pt Assessoria de Comunicação Social do MEC":                             "Assessoria de Comunicação Social | MEC",
		"pt Secretaria de Educação Superior do Ministério da Educação do Brasil": "Secretaria de Educação Superior | Ministério da Educação do Brasil",
	} {
		lang, rest, _ := strings.Cut(line, " ")
		name, more, _ := strings.Cut(rest, " … ")
		source := text.Parse(name+"\n"+more, lang)
		d := newDocument(source, NewFeatures(source, &Lexicon{}))
		last := 0
		for last+1 < len(source.Tokens) && source.Tokens[last+1].End <= len(name) {
			last++
		}
		var got []string
		for _, m := range d.part(nil, 0, last, corpus.Mention{Kind: corpus.Organization, Span: corpus.Span{End: len(name)}}) {
			got = append(got, m.Span.Of(source.Source))
		}
		if !slices.Equal(got, strings.Split(want, " | ")) {
			t.Errorf("%s: %q, not %s", line, got, want)
		}
	}
}

// TestWhole: parts of a person's name, within bars, are one when particles alone
// stand between them.
func TestWhole(t *testing.T) {
	for line, want := range map[string]int{
		"|João Batista| dos |Santos Filho|":    1,
		"|Ana| de la |Cruz|":                   1,
		"|Lula| da |Silva| y |Ana| de |Souza|": 2,
		"|Ana| y |Cruz|":                       2,
		"|Ana| De |Cruz|":                      2,
		"|Ana|, |Cruz|":                        2,
	} {
		parts := strings.Split(line, "|")
		source := text.Parse(strings.Join(parts, ""), "es")
		d := newDocument(source, NewFeatures(source, &Lexicon{}))
		var found []name
		at := 0
		for i, part := range parts {
			end := at + len(part)
			if i%2 == 1 {
				n := name{first: -1}
				for k, token := range source.Tokens {
					if token.Start >= at && token.End <= end {
						if n.first < 0 {
							n.first = k
						}
						n.last = k
					}
				}
				found = append(found, n)
			}
			at = end
		}
		if got := d.whole(found); len(got) != want {
			t.Errorf("%s: %d names, not %d", line, len(got), want)
		}
	}
}
