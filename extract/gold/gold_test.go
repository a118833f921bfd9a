package gold

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"vocero/corpus"
)

func ExampleParse() {
	d, err := Parse(`La <role holder="p1" org="o1">ministra de <org id="o1">Salud</org></role> <per id="p1">Ana Ruiz</per>`)
	if err != nil {
		fmt.Println(err)
	}
	for _, m := range d.Mentions {
		fmt.Println(m.Kind, m.Span.Of(d.Text), m.ID, m.Holders, m.Orgs)
	}
	// Output:
	// role ministra de Salud  [p1] [o1]
	// organization Salud o1 [] []
	// person Ana Ruiz p1 [] []
}

func TestParseNamesEveryFault(t *testing.T) {
	for tagged, want := range map[string]string{
		`<per>Ana</per>`:                               "without id",
		`<money>5</money>`:                             "without v",
		`<per id="p1">Ana`:                             "never closed",
		`Ana</per>`:                                    "not the last one open",
		`<per id="p1" v="1">Ana</per>`:                 "no attribute v",
		`<per id="p1">A <loc id="l1">B</loc></per>`:    "place within person",
		`<per id="p1"> Ana</per>`:                      "white space",
		`<per id="a">A</per> <loc id="a">B</loc>`:      "used for person and place",
		`<role holder="p7">jefe</role>`:                "names p7",
		`<per id=p1>Ana`:                               "malformed tag",
		`<role><date v="2021">2021</date> jefe</role>`: "date within role",
	} {
		if _, err := Parse(tagged); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", tagged, err, want)
		}
	}
}

func TestReadKeepsTheRestBesideAFault(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{
		"b.tagged": `<loc id="l1">Lima</loc>`, "b.json": `{"lang":"es","publisher":"X","published":"2021-05-17"}`,
		"a.tagged": `<loc>Lima</loc>`, "c.tagged": "nada", "c.txt": "nada",
		"d.tagged": "Nada.", "d.json": `{"lang":"pt","published":"2025 fevereiro"}`,
	} {
		if err := os.WriteFile(dir+"/"+name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := Read(dir)
	if err == nil || !strings.Contains(err.Error(), "a.tagged") {
		t.Errorf("error %v does not name a.tagged", err)
	}
	if len(got) != 3 || got[0].ID != "b" || got[0].Lang != "es" || got[1].ID != "c" ||
		got[0].Published != (corpus.Date{Year: 2021, Month: 5, Day: 17}) || got[2].Published != (corpus.Date{Year: 2025, Month: 2}) {
		t.Errorf("got %+v", got)
	}
	if _, err := Read(dir + "/none"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a missing folder: %v", err)
	}
}

func TestSharedGoldIsWellFormed(t *testing.T) {
	for _, part := range []string{"train", "dev"} {
		dir := "../../../shared/gold/" + part
		if _, err := os.Stat(dir); err != nil {
			t.Skipf("the shared gold is not there: %v", err)
		}
		docs, err := Read(dir)
		if err != nil {
			t.Error(err)
		}
		for _, d := range docs {
			plain, err := os.ReadFile(dir + "/" + d.ID + ".txt")
			if err != nil {
				t.Fatal(err)
			}
			if d.Text != string(plain) {
				t.Errorf("%s: the text without its tags is not the text", d.ID)
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(`<per id="p1">Ana</per> <x>a <loc id="l1">b</loc></x>`)
	f.Add(`</x><role holder="p1,p2">`)
	f.Add("<date v=\"2021\">\xff</date>")
	f.Fuzz(func(t *testing.T, tagged string) {
		d, _ := Parse(tagged)
		if !slices.IsSortedFunc(d.Mentions, func(a, b Mention) int { return a.Span.Start - b.Span.Start }) {
			t.Fatal("mentions are out of order")
		}
		for _, m := range d.Mentions {
			if m.Span.Start < 0 || m.Span.End < m.Span.Start || m.Span.End > len(d.Text) {
				t.Fatalf("span %v of %d bytes", m.Span, len(d.Text))
			}
		}
	})
}
