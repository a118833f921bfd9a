package money_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"vocero/corpus"
	"vocero/extract/money"
)

var update = flag.Bool("update", false, "write what is found into testdata/amounts.tsv")

// TestAmounts compares each text of testdata/amounts.tsv with what its last
// column says is in it.
func TestAmounts(t *testing.T) {
	const name = "testdata/amounts.tsv"
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimRight(string(b), "\n"), "\n")
	for i, line := range lines {
		if line == "" || line[0] == '#' {
			continue
		}
		row := append(strings.Split(line, "\t"), "", "", "")
		got := describe(row[2], money.Find(row[2], money.Context{Lang: row[0], Country: row[1]}))
		if got != row[3] && !*update {
			t.Errorf("line %d %q\nfound %s\nwant  %s", i+1, row[2], got, row[3])
		}
		lines[i] = strings.Join([]string{row[0], row[1], row[2], got}, "\t")
	}
	if *update {
		if err := os.WriteFile(name, []byte(strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// describe writes amounts as the table has them.
func describe(text string, amounts []corpus.Amount) string {
	var out []string
	for _, a := range amounts {
		s := fmt.Sprintf("%s = %s %s", text[a.Span.Start:a.Span.End], a.Unit, a.Low.Text('f'))
		if a.Low.Cmp(&a.High) != 0 {
			s += ".." + a.High.Text('f')
		}
		if a.Bound != "" {
			s += " " + string(a.Bound)
		}
		if a.Restates != (corpus.Span{}) {
			s += " restates " + text[a.Restates.Start:a.Restates.End]
		}
		out = append(out, s)
	}
	if len(out) == 0 {
		return "-"
	}
	return strings.Join(out, " | ")
}

func TestPublishedSettlesTheCurrency(t *testing.T) {
	for day, want := range map[string]string{"2005-03-01": "VEB", "2017-03-01": "VEF", "2024-03-01": "VES"} {
		published, err := corpus.ParseDate(day)
		if err != nil {
			t.Fatal(err)
		}
		got := money.Find("980 millones de bolívares", money.Context{Lang: "es", Country: "VE", Published: published})
		if len(got) != 1 || got[0].Unit != want {
			t.Errorf("%s: %+v, want %s", day, got, want)
		}
	}
}

// TestDocumentSettlesTheSign reads a bare sign by the only currency that the
// text names outright.
func TestDocumentSettlesTheSign(t *testing.T) {
	got := money.Find("Pagó $ 500 y otros MXN 300.", money.Context{Lang: "es"})
	if len(got) != 2 || got[0].Unit != "MXN" {
		t.Errorf("found %+v, want MXN for $ 500", got)
	}
}

// hostile are units of texts that could make a careless reader slow.
var hostile = []string{
	"$(1", "S/ 5 millones y 3 mil ", "menos ", "mil 821.5 ", "docena ", "S/ 1+", ", al menos, 5 % ", "1", "$", "el ", "1.1.", "1 a ", "un millón ", "$1-", "5 y ", "entre 5 y ", "(", "US$", "mil ", "de ", "1/", "%", "más de ", "1 euro con ", "é", "1 % 2 puntos ", "1 mil 500 ", "al menos ", "$ 1 a ", "no menos de "}

func FuzzFind(f *testing.F) {
	for _, s := range append(hostile, "US $7.2 millones", "entre 5 y 7 millones de euros (unos $3)", "-0,3 %", "\xe2\x80", "$\xff", "5 \xc2") {
		f.Add(s, "es", "PE")
		f.Add(s, "fr", "")
		f.Add(s, "en", "US")
	}
	f.Fuzz(func(t *testing.T, text, lang, country string) {
		end := 0
		for _, a := range money.Find(text, money.Context{Lang: lang, Country: country}) {
			if a.Span.Start < end || a.Span.End <= a.Span.Start || a.Span.End > len(text) {
				t.Fatalf("span %v after %d in %q", a.Span, end, text)
			}
			if a.Low.Cmp(&a.High) > 0 || len(a.Unit) == 0 {
				t.Fatalf("amount %+v in %q", a, text)
			}
			end = a.Span.End
		}
	})
}

func BenchmarkFind(b *testing.B) {
	text := strings.Repeat("El Ministerio informó que la obra, en la provincia de Napo, costó USD 7,2 millones (unos 6,5 millones de euros), el 30,5 % más que en 2021; la directora agradeció a las familias que participan en el programa desde hace cinco años. ", 400)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		money.Find(text, money.Context{Lang: "es", Country: "EC"})
	}
}

func ExampleFind() {
	text := "Destinará ocho millones de soles (unos US$ 2.1 millones), 30 % más."
	for _, a := range money.Find(text, money.Context{Lang: "es", Country: "PE"}) {
		fmt.Printf("%s = %s %s %q\n", text[a.Span.Start:a.Span.End], a.Unit, a.Low.Text('f'), a.Bound)
	}
	// Output:
	// ocho millones de soles = PEN 8000000 ""
	// US$ 2.1 millones = USD 2100000 "about"
	// 30 % = % 30 ""
}

// TestWiden holds which words before an amount Widen counts in.
func TestWiden(t *testing.T) {
	for text, want := range map[string]string{
		"Pagará no menos de 10 dólares.": "no menos de 10 dólares",
		"Costó más de $ 5 millones.":     "más de $ 5 millones",
		"Costó 5 euros.":                 "5 euros",
	} {
		found := money.Find(text, money.Context{Lang: "es"})
		if len(found) != 1 {
			t.Errorf("%s: %+v", text, found)
			continue
		}
		if got := money.Widen(text, "es", found[0].Span).Of(text); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
