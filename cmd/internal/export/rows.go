package export

import (
	"slices"
	"strings"

	"vocero/cmd/internal/api"
	"vocero/corpus"
	"vocero/extract/wire"
)

// The rows of tables. A field's tag is the name of its column; columns may be
// added, never renamed. Offsets are Unicode code points into the release's text.

// about is what every row says of its release.
type about struct {
	ID        string `parquet:"id"`
	Version   int    `parquet:"version"`
	Published string `parquet:"published"` // EDTF
	Publisher string `parquet:"publisher"`
	Country   string `parquet:"country"`
	Lang      string `parquet:"lang"`
	URL       string `parquet:"url"`
	Title     string `parquet:"title"`
}

type releaseRow struct {
	about
	Persons       []string `parquet:"persons,list"`
	Organizations []string `parquet:"organizations,list"`
	Places        []string `parquet:"places,list"`
	Roles         []string `parquet:"roles,list"`
	Money         []string `parquet:"money,list"` // USD 7200000
	Percents      []string `parquet:"percents,list"`
	Dates         []string `parquet:"dates,list"` // EDTF
	Text          string   `parquet:"text"`
}

type mentionRow struct {
	about
	Kind       string   `parquet:"kind"`
	Start      int      `parquet:"start"`
	End        int      `parquet:"end"`
	Words      string   `parquet:"words"`
	Name       string   `parquet:"name"` // of the individual, in its longest form
	Confidence float64  `parquet:"confidence"`
	Value      string   `parquet:"value"`
	Mod        string   `parquet:"mod"`
	From       string   `parquet:"from"`
	To         string   `parquet:"to"`
	Holders    []string `parquet:"holders,list"`
	Orgs       []string `parquet:"orgs,list"`
	Status     string   `parquet:"status"`
}

type factRow struct {
	about
	Holder string `parquet:"holder"`
	Role   string `parquet:"role"`
	Org    string `parquet:"org"`
	Status string `parquet:"status"`
	When   string `parquet:"when"` // EDTF
	Start  int    `parquet:"start"`
	End    int    `parquet:"end"`
	Words  string `parquet:"words"` // that say so
}

func aboutOf(d *api.Document) about {
	return about{ID: d.ID, Version: d.Version, Published: d.Published, Publisher: d.Publisher,
		Country: d.Country, Lang: d.Lang, URL: d.URL, Title: d.Title}
}

func releaseRows(d *api.Document) []releaseRow {
	r := releaseRow{about: aboutOf(d), Text: d.Text}
	for _, e := range d.Entities {
		switch e.Kind {
		case corpus.Person:
			r.Persons = append(r.Persons, e.Name)
		case corpus.Organization:
			r.Organizations = append(r.Organizations, e.Name)
		case corpus.Place:
			r.Places = append(r.Places, e.Name)
		}
	}
	for _, m := range d.Mentions {
		switch m.Kind {
		case corpus.RoleKind:
			r.Roles = once(r.Roles, oneLine(m.Text))
		case corpus.Money:
			r.Money = once(r.Money, m.Value)
		case corpus.Percent:
			r.Percents = once(r.Percents, m.Value)
		case corpus.DateKind:
			r.Dates = once(r.Dates, m.Value)
		}
	}
	return []releaseRow{r}
}

func once(all []string, s string) []string {
	if slices.Contains(all, s) {
		return all
	}
	return append(all, s)
}

func mentionRows(d *api.Document) []mentionRow {
	names := map[string]string{}
	for _, e := range d.Entities {
		names[e.ID] = e.Name
	}
	rows := make([]mentionRow, 0, len(d.Mentions))
	for _, m := range d.Mentions {
		rows = append(rows, mentionRow{about: aboutOf(d), Kind: string(m.Kind), Start: m.Start, End: m.End,
			Words: oneLine(m.Text), Name: names[m.ID], Confidence: m.Confidence, Value: m.Value, Mod: string(m.Mod),
			From: m.From, To: m.To, Holders: m.Holder, Orgs: m.Org, Status: string(m.Status)})
	}
	return rows
}

func factRows(d *api.Document) []factRow {
	text := []rune(d.Text)
	rows := make([]factRow, 0, len(d.Facts))
	for _, f := range d.Facts {
		rows = append(rows, factRow{about: aboutOf(d), Holder: f.Holder, Role: f.Role, Org: f.Org,
			Status: string(f.Status), When: f.When, Start: f.Start, End: f.End, Words: evidence(text, f)})
	}
	return rows
}

func evidence(text []rune, f wire.Fact) string { return oneLine(string(text[f.Start:f.End])) }

// oneLine is s with one space for all white space.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
