// Package gazetteer says which country a place lies in, by its name:
//
//	gazetteer.Country("Guayaquil", "")    // EC
//	gazetteer.Country("Córdoba", "ES")    // ES, as the release is from there
//	gazetteer.Country("San José", "")     // "": in several, none much larger
//
// Its tables are data files: countries in four languages from Unicode CLDR,
// cities from GeoNames, and others.tsv, which
// adds divisions of countries and names in other languages by hand.
package gazetteer

import (
	_ "embed"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"vocero/index/terms"
)

//go:embed data/countries.tsv
var countriesText string

//go:embed data/cities.tsv
var citiesText string

//go:embed data/others.tsv
var othersText string

// Country returns the ISO 3166-1 alpha-2 code of the country that the place
// with a name lies in, or "" where the name isn't known or could be of several
// countries. Of these it is the one that the text is from, as from gives it,
// unless another is so large that it is meant everywhere; else one that is far
// larger than the next.
func Country(name, from string) string {
	const (
		larger     = 5  // times the inhabitants of the next: meant where nothing else tells
		farGreater = 30 // times: meant even in a country that has its own
	)
	found := places()[key(name)]
	if len(found) == 0 {
		return ""
	}
	first := found[0]
	for _, p := range found {
		if p.country == from && first.inhabitants < farGreater*p.inhabitants {
			return from
		}
	}
	if len(found) == 1 || first.inhabitants >= larger*found[1].inhabitants {
		return first.country
	}
	return ""
}

// key makes the forms of a name one.
func key(name string) string { return strings.Join(terms.Words(name), " ") }

// place is one that a name may mean; each country has one of a name at most.
type place struct {
	country     string
	inhabitants int
}

// What counts as inhabitants of a country and of what others.tsv names.
const (
	ofCountry = 10_000_000
	ofOthers  = 1_000_000
)

// places maps names to what they may mean, the largest first.
var places = sync.OnceValue(func() map[string][]place {
	m := make(map[string][]place)
	add := func(name string, p place) {
		k := key(name)
		i := slices.IndexFunc(m[k], func(q place) bool { return q.country == p.country })
		if i < 0 {
			m[k] = append(m[k], p)
		} else {
			m[k][i].inhabitants = max(m[k][i].inhabitants, p.inhabitants)
		}
	}
	for f := range rows(countriesText) {
		for _, name := range f[1:] {
			add(name, place{f[0], ofCountry})
		}
	}
	countries := maps.Clone(m)
	for f := range rows(othersText) {
		for _, name := range f[1:] {
			add(name, place{f[0], ofOthers})
		}
	}
	for f := range rows(citiesText) {
		if countries[key(f[0])] != nil {
			continue // the country is meant, unless others.tsv says otherwise
		}
		n, _ := strconv.Atoi(f[2]) // a test holds that all are numbers
		add(f[0], place{f[1], n})
	}
	for _, found := range m {
		slices.SortFunc(found, func(a, b place) int { return b.inhabitants - a.inhabitants })
	}
	return m
})

// Code is the ISO 3166-1 alpha-2 code of a country by its name in Spanish, English,
// Portuguese or French, in whatever case and accents, or "" where none has it.
func Code(country string) string { return codes()[key(country)] }

var codes = sync.OnceValue(func() map[string]string {
	m := make(map[string]string)
	for f := range rows(countriesText) {
		for _, name := range f[1:] {
			m[key(name)] = f[0]
		}
	}
	return m
})

// rows yields the fields of a table's lines.
func rows(text string) func(yield func([]string) bool) {
	return func(yield func([]string) bool) {
		for line := range strings.Lines(text) {
			if line = strings.TrimSpace(line); line != "" && line[0] != '#' && !yield(strings.Split(line, "\t")) {
				return
			}
		}
	}
}
