package export_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"vocero/cmd/internal/api"
	"vocero/cmd/internal/export"
	"vocero/corpus"
	"vocero/extract/wire"
)

func release() api.Document {
	return api.Document{
		Meta: api.Meta{ID: "n1", Version: 2, Title: "=HYPERLINK(1)", URL: "https://salud.example/1", Country: "PE", Lang: "es", Published: "2024-05-17"},
		Text: "«Ñ» dice Ana Ruiz, ministra de Salud del Perú: 3 millones de soles.",
		Mentions: []wire.Mention{
			{Kind: corpus.Person, Start: 9, End: 17, Text: "Ana Ruiz", ID: "p1", Confidence: 0.98},
			{Kind: corpus.RoleKind, Start: 19, End: 45, Text: "ministra de Salud del Perú", Holder: []string{"Ana Ruiz"}, HolderIDs: []string{"p1"}},
			{Kind: corpus.Money, Start: 47, End: 66, Text: "3 millones de soles", Value: "PEN 3000000"},
		},
		Entities: []wire.Entity{{ID: "p1", Kind: corpus.Person, Name: "Ana Ruiz"}, {ID: "o1", Kind: corpus.Organization, Name: "Minsa"}},
		Facts:    []wire.Fact{{Holder: "Ana Ruiz", HolderID: "p1", Role: "ministra de Salud del Perú", Org: "Minsa", OrgID: "o1", When: "2021/..", Start: 4, End: 45}},
	}
}

func written(t *testing.T, o export.Options) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := export.New(&b, o)
	if err == nil {
		err = w.Put(release())
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestCSV(t *testing.T) {
	for rows, want := range map[export.Rows]struct {
		rows  int
		cells map[string]string // of the last row
	}{
		export.Releases: {1, map[string]string{"id": "n1", "title": "'=HYPERLINK(1)", "persons": "Ana Ruiz", "organizations": "Minsa", "money": "PEN 3000000"}},
		export.Mentions: {3, map[string]string{"kind": "money", "start": "47", "value": "PEN 3000000", "confidence": ""}},
		export.Facts:    {1, map[string]string{"holder": "Ana Ruiz", "org": "Minsa", "when": "2021/..", "words": "dice Ana Ruiz, ministra de Salud del Perú"}},
	} {
		b := written(t, export.Options{Format: export.CSV, Rows: rows, BOM: true})
		body, ok := bytes.CutPrefix(b, []byte("\ufeff"))
		if !ok {
			t.Errorf("%s: no byte order mark", rows)
		}
		all, err := csv.NewReader(bytes.NewReader(body)).ReadAll()
		if err != nil || len(all) != want.rows+1 {
			t.Fatalf("%s: %v, %d rows", rows, err, len(all)-1)
		}
		for column, cell := range want.cells {
			at := slices.Index(all[0], column)
			if at < 0 || all[len(all)-1][at] != cell {
				t.Errorf("%s: column %s of %v is not %q", rows, column, all[len(all)-1], cell)
			}
		}
	}
}

func TestParquetHasTheCellsOfCSV(t *testing.T) {
	b := written(t, export.Options{Format: export.Parquet, Rows: export.Mentions})
	type row struct {
		ID      string   `parquet:"id"`
		Kind    string   `parquet:"kind"`
		Start   int      `parquet:"start"`
		Words   string   `parquet:"words"`
		Holders []string `parquet:"holders,list"`
	}
	got, err := parquet.Read[row](bytes.NewReader(b), int64(len(b)))
	if err != nil || len(got) != 3 {
		t.Fatalf("%v, %d rows", err, len(got))
	}
	if r := got[1]; r.ID != "n1" || r.Kind != "role" || r.Start != 19 || r.Words != "ministra de Salud del Perú" || !slices.Equal(r.Holders, []string{"Ana Ruiz"}) {
		t.Errorf("row: %+v", r)
	}
}

func TestFollowTheMoney(t *testing.T) {
	type entity struct {
		ID, Schema string
		Properties map[string][]string
	}
	byID, bySchema := map[string]entity{}, map[string][]entity{}
	for line := range bytes.Lines(written(t, export.Options{Format: export.FTM})) {
		var e entity
		if err := json.Unmarshal(line, &e); err != nil {
			t.Fatal(err)
		}
		if _, twice := byID[e.ID]; twice {
			t.Errorf("two entities have the id %s", e.ID)
		}
		byID[e.ID] = e
		bySchema[e.Schema] = append(bySchema[e.Schema], e)
	}
	if len(bySchema["Article"]) != 1 || len(bySchema["Documentation"]) != 2 || len(bySchema["Membership"]) != 1 {
		t.Fatalf("schemas: %v", bySchema)
	}
	m := bySchema["Membership"][0].Properties
	for property, want := range map[string]string{"member": "Ana Ruiz", "organization": "Minsa"} {
		if got := byID[m[property][0]].Properties["name"]; !slices.Equal(got, []string{want}) {
			t.Errorf("%s is %v, not %s", property, got, want)
		}
	}
	if !slices.Equal(m["startDate"], []string{"2021"}) || len(m["endDate"]) != 0 || !slices.Equal(m["proof"], []string{bySchema["Article"][0].ID}) {
		t.Errorf("membership: %v", m)
	}
}

func TestHarmless(t *testing.T) {
	for cell, want := range map[string]string{
		"":         "",
		"Ana":      "Ana",
		"=1+1":     "'=1+1",
		"+51 1":    "'+51 1",
		"-":        "'-",
		"@SUM(A1)": "'@SUM(A1)",
		"\tx":      "'\tx",
		"a=b":      "a=b",
	} {
		if got := export.Harmless(cell); got != want {
			t.Errorf("%q: %q, not %q", cell, got, want)
		}
	}
}

func TestUnknownFormatsAreErrors(t *testing.T) {
	for _, o := range []export.Options{{Format: "xlsx"}, {Rows: "pages"}} {
		if _, err := export.New(&bytes.Buffer{}, o); err == nil || !strings.Contains(err.Error(), "or") {
			t.Errorf("%+v: %v", o, err)
		}
	}
}

func ExampleNew() {
	var b bytes.Buffer
	w, _ := export.New(&b, export.Options{Format: export.CSV, Rows: export.Facts})
	_ = w.Put(release())
	_ = w.Close()
	fmt.Println(strings.Split(b.String(), "\n")[0])
	// Output: id,version,published,publisher,country,lang,url,title,holder,role,org,status,when,start,end,words
}
