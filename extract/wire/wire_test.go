package wire

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/cockroachdb/apd/v3"
	"github.com/google/go-cmp/cmp"

	"vocero/corpus"
)

// decimals compares amounts by their digits and not by how apd holds them.
var decimals = cmp.Comparer(func(x, y apd.Decimal) bool { return x.Text('f') == y.Text('f') })

func release() (corpus.Document, corpus.Annotations) {
	text := "Ana Peña, ministra de Salud del Perú, anunció S/ 1,5 millones (US$ 400 mil) el 5 de mayo; crece 30,5 %."
	at := func(s string) corpus.Span {
		i := strings.Index(text, s)
		return corpus.Span{Start: i, End: i + len(s)}
	}
	money := corpus.Amount{Span: at("S/ 1,5 millones"), Unit: "PEN", Low: dec("1500000"), High: dec("1500000")}
	return corpus.Document{ID: "x-1", Lang: "es", Text: text}, corpus.Annotations{
		Document: "x-1",
		Mentions: []corpus.Mention{
			{Span: at("Ana Peña"), Kind: corpus.Person, Entity: "p1", Confidence: 0.9375},
			{Span: at("Perú"), Kind: corpus.Place, Entity: "l1", Confidence: 0.5},
		},
		Roles: []corpus.Role{{
			Span: at("ministra de Salud del Perú"), Holders: []string{"p1"}, Orgs: []string{"l1"}, Status: corpus.Acting,
		}},
		Amounts: []corpus.Amount{
			money,
			{Span: at("US$ 400 mil"), Unit: "USD", Low: dec("400000"), High: dec("400000"), Bound: corpus.About, Restates: money.Span},
			{Span: at("30,5 %"), Unit: "%", Low: dec("30.5"), High: dec("30.5")},
		},
		Dates: []corpus.DateRange{{
			Span: at("5 de mayo"), EDTF: "2024-05-05",
			From: corpus.Date{Year: 2024, Month: 5, Day: 5}, To: corpus.Date{Year: 2024, Month: 5, Day: 5},
		}},
		Entities: []corpus.Entity{
			{ID: "p1", Kind: corpus.Person, Name: "Ana Peña", Aliases: []string{"Peña"}},
			{ID: "l1", Kind: corpus.Place, Name: "Perú"},
		},
		Facts: []corpus.Fact{{
			Holder: "p1", Role: "ministra de Salud del Perú", Org: "l1", Status: corpus.Acting, Evidence: at("Ana Peña, ministra de Salud del Perú"),
		}},
	}
}

func dec(s string) apd.Decimal {
	d, _, err := apd.NewFromString(s)
	if err != nil {
		panic(err)
	}
	return *d
}

func TestEncodeGivesTheShapeOfTheEdges(t *testing.T) {
	d, a := release()
	got, err := json.MarshalIndent(Encode(&d, &a), "", " ")
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("testdata/annotated.json")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)+"\n"); diff != "" {
		t.Errorf("testdata/annotated.json (-want +got):\n%s", diff)
	}
}

func TestEmptyListsAreNotNull(t *testing.T) {
	b, err := json.Marshal(Encode(&corpus.Document{ID: "x"}, &corpus.Annotations{}))
	if err != nil {
		t.Fatal(err)
	}
	want := `{"id":"x","lang":"","text":"","mentions":[],"entities":[],"facts":[]}`
	if string(b) != want {
		t.Errorf("got %s, want %s", b, want)
	}
}

func TestDecodeUndoesEncode(t *testing.T) {
	d, a := release()
	line := Encode(&d, &a)
	gotDoc, got, err := line.Decode()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(d, gotDoc); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(a, got, decimals); diff != "" {
		t.Error(diff)
	}
}

func TestDecodeRejects(t *testing.T) {
	for _, mention := range []string{
		`{"kind":"person","start":0,"end":9}`,
		`{"kind":"person","start":-1,"end":1}`,
		`{"kind":"person","start":2,"end":1}`,
		`{"kind":"animal","start":0,"end":1}`,
		`{"kind":"money","start":0,"end":1,"value":"7"}`,
		`{"kind":"money","start":0,"end":1,"value":"USD 7e9"}`,
		`{"kind":"percent","start":0,"end":1,"value":"NaN"}`,
		`{"kind":"date","start":0,"end":1,"from":"yesterday"}`,
	} {
		a, err := ParseAnnotated([]byte(`{"id":"x","text":"añb","mentions":[` + mention + `]}`))
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := a.Decode(); err == nil {
			t.Errorf("%s was taken", mention)
		}
	}
}

func TestFormatAmount(t *testing.T) {
	for _, c := range []struct{ unit, low, high, want string }{
		{"USD", "7200000", "7200000", "USD 7200000"},
		{"USD", "7.2E+6", "7200000.00", "USD 7200000"},
		{"EUR", "1.50", "1.50", "EUR 1.5"},
		{"EUR", "0", "0.10", "EUR 0..0.1"},
		{"%", "-3", "-3", "-3"},
		{"%", "10", "12.5", "10..12.5"},
	} {
		a := corpus.Amount{Unit: c.unit, Low: dec(c.low), High: dec(c.high)}
		got := FormatAmount(&a)
		if got != c.want {
			t.Errorf("%s %s..%s: got %q, want %q", c.unit, c.low, c.high, got, c.want)
		}
		back, err := ParseAmount(a.Kind(), got)
		if err != nil || back.Low.Cmp(&a.Low) != 0 || back.High.Cmp(&a.High) != 0 || back.Unit != a.Unit {
			t.Errorf("%q reads back as %v, %v", got, back, err)
		}
	}
}

func TestParseLineNamesTheReason(t *testing.T) {
	for line, want := range map[string]corpus.Reason{
		`{"id":"a"}`:      corpus.Empty,
		`{"text":7}`:      corpus.Malformed,
		`{"text":"hola"`:  corpus.Malformed,
		`["text","hola"]`: corpus.Malformed,
	} {
		_, err := ParseLine([]byte(line))
		if f, ok := errors.AsType[*corpus.Failure](err); !ok || f.Reason != want {
			t.Errorf("%s: got %v, want %s", line, err, want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	d, a := release()
	b, err := json.Marshal(Encode(&d, &a))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add([]byte(`{"text":"\ud800ñ","mentions":[{"kind":"role","start":1,"end":2}]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		line, err := ParseAnnotated(b)
		if err != nil {
			return
		}
		d, a, err := line.Decode()
		if err != nil {
			return
		}
		again := Encode(&d, &a)
		if len(again.Mentions) != len(line.Mentions) || len(again.Facts) != len(line.Facts) {
			t.Errorf("%d mentions and %d facts became %d and %d",
				len(line.Mentions), len(line.Facts), len(again.Mentions), len(again.Facts))
		}
	})
}

func FuzzParseLine(f *testing.F) {
	f.Add([]byte(`{"id":"1","title":"t","text":"x","lang":"es","published":"2024-01-01"}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		if l, err := ParseLine(b); err == nil && len(l.Raw().Bytes) == 0 {
			t.Error("a line without text was taken")
		}
	})
}

func ExampleParseLine() {
	line, err := ParseLine([]byte(`{"id":"es-1","text":"Lima, 5 de mayo","lang":"es"}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(line.ID, line.Lang, line.Text)
	// Output: es-1 es Lima, 5 de mayo
}

func ExampleEncode() {
	d := corpus.Document{ID: "es-1", Text: "Habló Ana Peña."}
	a := corpus.Annotations{Mentions: []corpus.Mention{{Span: corpus.Span{Start: 7, End: 16}, Kind: corpus.Person}}}
	m := Encode(&d, &a).Mentions[0]
	fmt.Println(m.Kind, m.Start, m.End, m.Text)
	// Output: person 6 14 Ana Peña
}
