// Package fields says which column of a table, or which field of a JSON object,
// is which part of a release:
//
//	m, err := fields.Parse("title=Titular,text=Bajada+Cuerpo")
//	release, err := m.Read([]byte(`{"Titular":"…","Cuerpo":"…"}`))
//
// What a Map does not say is guessed from the names that such columns have in
// four languages; data/names.txt lists them.
package fields

import (
	"fmt"
	"slices"
	"strings"
)

// Part is a part of a release, by the name that it has in a JSON line.
type Part string

// The parts.
const (
	ID        Part = "id"
	URL       Part = "url"
	Title     Part = "title"
	Lead      Part = "lead" // paragraphs between title and text
	Text      Part = "text"
	Lang      Part = "lang"
	Published Part = "published"
	Country   Part = "country"
	Publisher Part = "publisher"

	// Items is the field that holds a list of releases. It is no column.
	Items Part = "items"
)

var parts = []Part{ID, URL, Title, Lead, Text, Lang, Published, Country, Publisher, Items}

// Map gives for a part the columns or fields that it is taken from, joined in
// their order. A field within another is written with dots: content.rendered.
// The zero Map guesses everything.
type Map map[Part][]string

// Parse reads "title=Titular,text=Bajada+Cuerpo".
func Parse(s string) (Map, error) {
	m := Map{}
	for pair := range strings.SplitSeq(s, ",") {
		part, from, ok := strings.Cut(pair, "=")
		p := Part(strings.ToLower(strings.TrimSpace(part)))
		if strings.TrimSpace(pair) == "" {
			continue
		}
		if !ok || strings.TrimSpace(from) == "" {
			return nil, fmt.Errorf("map %q: write PART=COLUMN,…", strings.TrimSpace(pair))
		}
		if !slices.Contains(parts, p) {
			return nil, fmt.Errorf("map %q: there is no part %s; the parts are %s", strings.TrimSpace(pair), p, list(parts))
		}
		if m[p] != nil {
			return nil, fmt.Errorf("map: %s is given twice", p)
		}
		for name := range strings.SplitSeq(from, "+") {
			m[p] = append(m[p], strings.TrimSpace(name))
		}
	}
	return m, nil
}

func list(parts []Part) string {
	names := make([]string, len(parts))
	for i, p := range parts {
		names[i] = string(p)
	}
	return strings.Join(names, ", ")
}

// KnowsText says whether a table with these columns has one that holds a text:
// the one that the map names, or else one that is called so beside another whose
// name is known too.
func (m Map) KnowsText(columns []string) bool {
	if len(columns) < 2 {
		return false
	}
	names := m[Text]
	if names == nil {
		return guess(Text, columns) != "" && slices.ContainsFunc(parts, func(p Part) bool {
			return p != Text && (guess(p, columns) != "" || m[p] != nil)
		})
	}
	for _, name := range names {
		if slices.ContainsFunc(columns, func(c string) bool { return fold(c) == fold(name) }) {
			return true
		}
	}
	return false
}
