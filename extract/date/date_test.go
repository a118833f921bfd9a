package date_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"vocero/corpus"
	"vocero/extract/date"
)

// TestFind holds the golden cases of testdata/cases.tsv.
func TestFind(t *testing.T) {
	for _, c := range readCases(t) {
		t.Run(c.text, func(t *testing.T) {
			if got := shown(c.text, date.Find(c.text, c.in)); got != c.want {
				t.Errorf("%s %s\n got %s\nwant %s", c.in.Lang, c.in.Published, got, c.want)
			}
		})
	}
}

type goldenCase struct {
	in         date.Context
	text, want string
}

func readCases(t testing.TB) []goldenCase {
	raw, err := os.ReadFile("testdata/cases.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var cases []goldenCase
	for line := range strings.Lines(string(raw)) {
		line = strings.TrimRight(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 5 {
			t.Fatalf("%d columns, not 5: %q", len(f), line)
		}
		in := date.Context{Lang: f[0], Country: f[1]}
		if f[2] != "-" {
			if in.Published, err = corpus.ParseDate(f[2]); err != nil {
				t.Fatal(err)
			}
		}
		cases = append(cases, goldenCase{in, strings.ReplaceAll(f[3], `\n`, "\n"), f[4]})
	}
	return cases
}

// shown writes what was found as testdata/cases.tsv does.
func shown(text string, found []corpus.DateRange) string {
	var out []string
	for _, d := range found {
		s := d.Span.Of(text) + " = " + d.EDTF
		if d.Bound != "" {
			s += " (" + string(d.Bound) + ")"
		}
		out = append(out, s)
	}
	return strings.Join(out, " | ")
}

// TestBounds holds the first and last day of what EDTF stands for.
func TestBounds(t *testing.T) {
	published := corpus.Date{Year: 2021, Month: 5, Day: 10}
	for _, c := range []struct{ country, text, from, to string }{
		{"PE", "junio del 2017", "2017-06-01", "2017-06-30"},
		{"PE", "5 al 7 de junio de 2020", "2020-06-05", "2020-06-07"},
		{"PE", "segundo trimestre de 2020", "2020-04-01", "2020-06-30"},
		{"PE", "segundo semestre de 2020", "2020-07-01", "2020-12-31"},
		{"PE", "años 90", "1990-01-01", "1999-12-31"},
		{"ES", "verano de 2020", "2020-06-21", "2020-09-20"},
		{"CL", "verano de 2020", "2019-12-21", "2020-03-20"},
		{"CL", "primavera de 2020", "2020-09-21", "2020-12-20"},
		{"PE", "2019-2023", "2019-01-01", "2023-12-31"},
		{"PE", "esta semana", "2021-05-10", "2021-05-16"},
	} {
		found := date.Find(c.text, date.Context{Lang: "es", Country: c.country, Published: published})
		if len(found) != 1 || found[0].From.String() != c.from || found[0].To.String() != c.to {
			t.Errorf("%s in %s: %+v, want %s to %s", c.text, c.country, found, c.from, c.to)
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, c := range readCases(f) {
		f.Add(c.text, c.in.Lang, c.in.Country, c.in.Published.Year, c.in.Published.Month, c.in.Published.Day)
	}
	f.Fuzz(func(t *testing.T, text, lang, country string, year, month, day int) {
		in := date.Context{Lang: lang, Country: country}
		if published, err := corpus.ParseDate(fmt.Sprintf("%04d-%02d-%02d", year, month, day)); err == nil {
			in.Published = published
		}
		last := 0
		for _, d := range date.Find(text, in) {
			if d.Span.Start < last || d.Span.End <= d.Span.Start || d.Span.End > len(text) {
				t.Fatalf("%q: span %v after %d", text, d.Span, last)
			}
			if d.EDTF == "" || !d.From.IsZero() && !d.To.IsZero() && d.From.Compare(d.To) > 0 {
				t.Fatalf("%q: %+v", text, d)
			}
			last = d.Span.End
		}
	})
}

func ExampleFind() {
	text := "El foro será el 17 y 18 de mayo en Cusco."
	in := date.Context{Lang: "es", Country: "PE", Published: corpus.Date{Year: 2021, Month: 5, Day: 10}}
	for _, d := range date.Find(text, in) {
		fmt.Println(d.Span.Of(text), d.EDTF, d.From, d.To)
	}
	// Output: 17 y 18 de mayo 2021-05-17/2021-05-18 2021-05-17 2021-05-18
}

// TestWiden holds which words around a date Widen counts in.
func TestWiden(t *testing.T) {
	for _, c := range []struct{ lang, text, want string }{
		{"es", "Rige después del 5 de mayo.", "después del 5 de mayo"},
		{"es", "Se firmó a finales de 2020 en Lima.", "a finales de 2020"},
		{"es", "De 2019 en adelante bajó.", "2019 en adelante"},
		{"es", "En 2019 bajó.", "2019"},
		{"en", "Closed until the end of 2008 for repair.", "until the end of 2008"},
		{"fr", "Ouvert jusqu'au 5 mai 2021.", "jusqu'au 5 mai 2021"},
		{"pt", "A partir do dia 3 de junho de 2024 vale.", "A partir do dia 3 de junho de 2024"},
	} {
		found := date.Find(c.text, date.Context{Lang: c.lang})
		if len(found) != 1 {
			t.Errorf("%s: %+v", c.text, found)
			continue
		}
		if got := date.Widen(c.text, c.lang, found[0].Span).Of(c.text); got != c.want {
			t.Errorf("%s: %q, want %q", c.text, got, c.want)
		}
	}
}
