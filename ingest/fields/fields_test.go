package fields_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"vocero/corpus"
	"vocero/ingest/fields"
)

func ExampleParse() {
	m, _ := fields.Parse("title=Encabezado,text=Bajada+Cuerpo,url=enlaces.web")
	r, _ := m.Read([]byte(`{"Encabezado":"Nueva obra","Bajada":"En Piura.","Cuerpo":"Empezó ayer.","enlaces":{"web":"https://obras.example/1"}}`))
	fmt.Printf("%s, %s: %q\n", r.Title, r.URL, r.Text)
	// Output: Nueva obra, https://obras.example/1: "En Piura.\n\nEmpezó ayer."
}

func TestParseSaysWhatIsWrong(t *testing.T) {
	for in, want := range map[string]string{
		"titulo=Titular":          "there is no part titulo",
		"title":                   "write PART=COLUMN",
		"text=":                   "write PART=COLUMN",
		"text=A,title=B,text=C":   "text is given twice",
		"text=Cuerpo,titel=Tıtel": "there is no part titel",
	} {
		if _, err := fields.Parse(in); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Parse(%q) = %v, want %q", in, err, want)
		}
	}
}

func TestRead(t *testing.T) {
	cases := []struct {
		m, in string
		want  fields.Release
	}{
		{"", `{"id":7,"title":"T","text":"X","lang":"es"}`, fields.Release{Given: corpus.Given{ID: "7", Title: "T", Lang: "es"}, Text: "X"}},
		{"", `{"Título":"T","CUERPO":"X","Fecha de publicación":"2024-05-17","País":"PE","Institución":"MTC"}`,
			fields.Release{Given: corpus.Given{Title: "T", Published: "2024-05-17", Country: "PE", Publisher: "MTC"}, Text: "X"}},
		{"", `{"titre":"T","contenu":"X","date_publication":"1/2/2024"}`, fields.Release{Given: corpus.Given{Title: "T", Published: "1/2/2024"}, Text: "X"}},
		{"", `{"manchete":"T","linha fina":"L","conteúdo":"X"}`, fields.Release{Given: corpus.Given{Title: "T"}, Text: "L\n\nX"}},
		{"", `{"title":{"rendered":"T"},"content":{"rendered":"<p>X</p>"},"link":"https://a.example"}`,
			fields.Release{Given: corpus.Given{Title: "T", URL: "https://a.example"}, Text: "<p>X</p>"}},
		{"", `{"text":["uno","dos"],"nombre":"T"}`, fields.Release{Given: corpus.Given{Title: "T"}, Text: "uno\n\ndos"}},
		{"", `{"texto":"el segundo","text":"el primero"}`, fields.Release{Text: "el primero"}},
		{"text=a.b.c", `{"a":{"b":{"c":"X"}},"text":"no"}`, fields.Release{Text: "X"}},
		{"text=a.b", `{"a.b":"X"}`, fields.Release{Text: "X"}},
		{"text=NO ESTÁ", `{"text":"no"}`, fields.Release{}},
		{"", `{"precio":3,"stock":null}`, fields.Release{}},
	}
	for _, c := range cases {
		m, err := fields.Parse(c.m)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := m.Read([]byte(c.in)); err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %s: got %+v, %v; want %+v", c.m, c.in, got, err, c.want)
		}
	}
}

func TestObjects(t *testing.T) {
	cases := []struct {
		m, in string
		want  int
	}{
		{"", `[{"text":"a"},{"text":"b"}]`, 2},
		{"", `{"total":2,"items":[{"text":"a"},{"text":"b"}]}`, 2},
		{"", `{"text":"una nota","related":[{"text":"a"}]}`, 0},
		{"", `{"a":[{"text":"a"}],"b":[{"text":"b"}]}`, 0},
		{"items=datos.notas", `{"datos":{"notas":[{"t":"a"}],"otras":[{}]}}`, 1},
		{"", `[1,2]`, 0},
		{"", `{"a":1}`, 0},
		{"", `no`, 0},
	}
	for _, c := range cases {
		m, err := fields.Parse(c.m)
		if err != nil {
			t.Fatal(err)
		}
		if got := m.Objects([]byte(c.in)); len(got) != c.want {
			t.Errorf("%s: %s: got %s", c.m, c.in, got)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("text=a.b+c", []byte(`{"a":{"b":"x"},"c":[1,{"value":true}]}`))
	f.Add("", []byte(`[{"text":"a"}]`))
	f.Fuzz(func(t *testing.T, s string, object []byte) {
		m, err := fields.Parse(s)
		if err != nil {
			return
		}
		_, _ = m.Read(object)
		m.Objects(object)
	})
}
