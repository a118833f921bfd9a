package fields

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"vocero/corpus"
)

// Release is what an object gives of a release.
type Release struct {
	corpus.Given
	Text string
}

// Read takes a release from a JSON object.
func (m Map) Read(object []byte) (Release, error) {
	fields, err := decode(object)
	if err != nil {
		return Release{}, err
	}
	names := slices.Sorted(maps.Keys(fields))
	of := func(p Part, glue string) string { return m.value(fields, names, p, glue) }
	lead := ""
	if m[Lead] != nil || m[Text] == nil { // who names the text has said what is in it
		lead = of(Lead, "\n\n")
	}
	return Release{
		Given: corpus.Given{
			ID: of(ID, " "), URL: of(URL, " "), Title: of(Title, ": "), Lang: of(Lang, " "),
			Published: of(Published, " "), Country: of(Country, " "), Publisher: of(Publisher, ", "),
		},
		Text: strings.Trim(lead+"\n\n"+of(Text, "\n\n"), "\n"),
	}, nil
}

// Identity takes from an object what says which release it is, or nothing where
// it cannot be read.
func (m Map) Identity(object []byte) corpus.Given {
	r, err := m.Read(object)
	if err != nil {
		return corpus.Given{}
	}
	return corpus.Given{ID: r.ID, URL: r.URL}
}

func decode(object []byte) (map[string]any, error) {
	d := json.NewDecoder(bytes.NewReader(object))
	d.UseNumber()
	var fields map[string]any
	if err := d.Decode(&fields); err != nil {
		return nil, err
	}
	if d.More() {
		return nil, fmt.Errorf("something follows the object at byte %d", d.InputOffset())
	}
	return fields, nil
}

// value gives a part's value: from the fields that the map names, else from the
// one whose name is the likeliest.
func (m Map) value(fields map[string]any, names []string, part Part, glue string) string {
	from := m[part]
	if from == nil {
		name := guess(part, names)
		if name == "" {
			return ""
		}
		return plain(fields[name], glue)
	}
	var values []string
	for _, name := range from {
		if v := strings.TrimSpace(plain(at(fields, name), glue)); v != "" {
			values = append(values, v)
		}
	}
	return strings.Join(values, glue)
}

// at follows a dotted path. A name that has dots itself comes first, and names
// are found whatever their case where none is exact.
func at(fields map[string]any, path string) any {
	if v, ok := fields[path]; ok {
		return v
	}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if fold(name) == fold(path) {
			return fields[name]
		}
	}
	for i := range len(path) {
		if path[i] != '.' {
			continue
		}
		if inner, ok := fields[path[:i]].(map[string]any); ok {
			if v := at(inner, path[i+1:]); v != nil {
				return v
			}
		}
	}
	return nil
}

// plain writes a value as text. Of an object it takes the field that holds the
// text in common interfaces.
func plain(v any, glue string) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		return fmt.Sprint(v)
	case []any:
		var all []string
		for _, e := range v {
			if s := plain(e, glue); s != "" {
				all = append(all, s)
			}
		}
		return strings.Join(all, glue)
	case map[string]any:
		for _, name := range []string{"rendered", "value", "text", "name", "html", "content", "#text", "$t"} {
			if inner, ok := v[name]; ok {
				return plain(inner, glue)
			}
		}
	}
	return ""
}

// Objects finds the releases in a JSON value that holds many: a list of
// objects, or an object without a text of its own that has one such list. It
// returns nil where the value is one release, or none.
func (m Map) Objects(value []byte) []json.RawMessage {
	var list []json.RawMessage
	if json.Unmarshal(value, &list) == nil {
		return objects(list)
	}
	fields, err := decode(value)
	if err != nil {
		return nil
	}
	if path := m[Items]; path != nil {
		inner, _ := json.Marshal(at(fields, path[0]))
		if json.Unmarshal(inner, &list) != nil {
			return nil
		}
		return objects(list)
	}
	if m.value(fields, slices.Sorted(maps.Keys(fields)), Text, " ") != "" {
		return nil
	}
	return onlyList(value)
}

// onlyList gives the one list of objects among an object's fields.
func onlyList(value []byte) (found []json.RawMessage) {
	var fields map[string]json.RawMessage
	if json.Unmarshal(value, &fields) != nil {
		return nil
	}
	for _, field := range fields {
		var list []json.RawMessage
		if json.Unmarshal(field, &list) != nil || objects(list) == nil {
			continue
		}
		if found != nil {
			return nil // which of them cannot be told
		}
		found = objects(list)
	}
	return found
}

// objects is list if all that it holds is objects.
func objects(list []json.RawMessage) []json.RawMessage {
	for _, v := range list {
		if v = bytes.TrimSpace(v); len(v) == 0 || v[0] != '{' {
			return nil
		}
	}
	return list
}
