package export

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"

	"vocero/cmd/internal/api"
	"vocero/corpus"
	"vocero/extract/wire"
)

// ftm writes FollowTheMoney entities (followthemoney.tech), which Aleph and
// others read: an Article for each release, a Person or Organization for each
// individual in it, tied to it by Documentation, and a Membership for each fact
// that names a body. Individuals of different releases stay apart: whether two
// are one is for who reads them.
type ftm struct{ out *json.Encoder }

// entity is an entity as FollowTheMoney has it in JSON.
type entity struct {
	ID         string              `json:"id"`
	Schema     string              `json:"schema"`
	Properties map[string][]string `json:"properties"`
}

func (f ftm) Put(d api.Document) error {
	article := articleOf(&d)
	all := []entity{article}
	known := map[string]string{} // the document's entity ID → ours
	for _, e := range d.Entities {
		schema := map[corpus.Kind]string{corpus.Person: "Person", corpus.Organization: "Organization"}[e.Kind]
		if schema == "" {
			continue
		}
		thing := newEntity(schema, d.ID, e.ID)
		thing.set("name", e.Name)
		thing.set("alias", e.Aliases...)
		thing.set("proof", article.ID)
		thing.set("sourceUrl", webAddress(d.URL))
		thing.set("publisher", d.Publisher)
		for _, fact := range d.Facts {
			if fact.HolderID == e.ID {
				thing.set("position", fact.Role)
			}
		}
		known[e.ID] = thing.ID
		tie := newEntity("Documentation", d.ID, e.ID, "documentation")
		tie.set("document", article.ID)
		tie.set("entity", thing.ID)
		all = append(all, thing, tie)
	}
	text := []rune(d.Text)
	for _, fact := range d.Facts {
		if member, body := known[fact.HolderID], known[fact.OrgID]; member != "" && body != "" && fact.OrgID != "" {
			m := membership(&d, fact, evidence(text, fact))
			m.set("member", member)
			m.set("organization", body)
			m.set("proof", article.ID)
			all = append(all, m)
		}
	}
	for _, e := range all {
		if err := f.out.Encode(e); err != nil {
			return err
		}
	}
	return nil
}

func (f ftm) Close() error { return nil }

func articleOf(d *api.Document) entity {
	a := newEntity("Article", d.ID)
	a.set("title", d.Title)
	a.set("bodyText", d.Text)
	a.set("sourceUrl", webAddress(d.URL))
	a.set("publishedAt", d.Published)
	a.set("publisher", d.Publisher)
	if len(d.Country) == 2 {
		a.set("country", strings.ToLower(d.Country))
	}
	a.set("language", iso6393[d.Lang])
	a.set("parent", parentOf(d))
	mentioned := map[corpus.Kind]string{corpus.Person: "peopleMentioned", corpus.Organization: "companiesMentioned", corpus.Place: "locationMentioned"}
	for _, e := range d.Entities {
		a.set(mentioned[e.Kind], e.Name)
	}
	return a
}

// webAddress is s where it is one that FollowTheMoney takes for one.
func webAddress(s string) string {
	if strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://") {
		return s
	}
	return ""
}

// iso6393 are the three-letter codes of languages, which FollowTheMoney has.
var iso6393 = map[string]string{"es": "spa", "en": "eng", "pt": "por", "fr": "fra", "ca": "cat", "gl": "glg"}

func parentOf(d *api.Document) string {
	if d.Parent == "" {
		return ""
	}
	return newEntity("", d.Parent).ID
}

func membership(d *api.Document, f wire.Fact, words string) entity {
	m := newEntity("Membership", d.ID, f.HolderID, f.OrgID, f.Role, string(f.Status), f.When)
	m.set("role", f.Role)
	m.set("status", string(f.Status))
	m.set("summary", words)
	m.set("sourceUrl", webAddress(d.URL))
	m.set("publisher", d.Publisher)
	from, to, isRange := strings.Cut(f.When, "/")
	if !isRange {
		m.set("date", plainDate(f.When))
		return m
	}
	m.set("startDate", plainDate(from))
	m.set("endDate", plainDate(to))
	return m
}

// plainDate is an EDTF date where it is a year, month or day, else "".
func plainDate(s string) string {
	if len(s) != 4 && len(s) != 7 && len(s) != 10 || strings.Trim(s, "0123456789-") != "" || len(s) == 7 && s[5:] > "12" {
		return ""
	}
	return s
}

// newEntity makes an entity whose ID is the same at each export.
func newEntity(schema string, names ...string) entity {
	sum := sha256.Sum256([]byte(strings.Join(names, "\x00")))
	return entity{ID: "vocero-" + hex.EncodeToString(sum[:12]), Schema: schema, Properties: map[string][]string{}}
}

// set adds the values of a property that are not empty and not there yet.
func (e entity) set(property string, values ...string) {
	for _, v := range values {
		if property != "" && v != "" {
			e.Properties[property] = once(e.Properties[property], v)
		}
	}
}
