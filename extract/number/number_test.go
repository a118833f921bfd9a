package number_test

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/cockroachdb/apd/v3"

	"vocero/extract/number"
)

// rows gives the columns of a table in testdata, at least n of them.
func rows(t *testing.T, name string, n int) [][]string {
	t.Helper()
	f, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var table [][]string
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if line := lines.Text(); line != "" && line[0] != '#' {
			row := strings.Split(line, "\t")
			for len(row) < n {
				row = append(row, "")
			}
			table = append(table, row)
		}
	}
	return table
}

// check compares a number with the span and value that a table wants.
func check(t *testing.T, text string, n number.Number, ok bool, span, value string) {
	t.Helper()
	if !ok {
		if span != "-" {
			t.Errorf("%q: found nothing, want %q", text, span)
		}
		return
	}
	got := text[n.Start:n.End]
	want, _, err := apd.NewFromString(value)
	if err != nil || got != span || n.Value.Cmp(want) != 0 {
		t.Errorf("%q: found %q = %s, want %q = %s", text, got, n.Value.Text('f'), span, value)
	}
}

func TestNumbers(t *testing.T) {
	for _, row := range rows(t, "numbers.tsv", 5) {
		text := row[2]
		n, ok := number.For(row[0], row[1]).At(text, 0)
		check(t, text, n, ok, row[3], row[4])
	}
}

func TestOrdinals(t *testing.T) {
	for _, row := range rows(t, "ordinals.tsv", 4) {
		n, ok := number.For(row[0], "").Ordinal(row[1], 0)
		check(t, row[1], n, ok, row[2], row[3])
	}
}

func TestFractions(t *testing.T) {
	for text, want := range map[string]string{
		"1/4 percent": "0.25", "1-1/4 percent": "1.25", "2 1/2": "2.5", "½": "0.5", "3¾ %": "3.75", "3 ½": "3.5",
		"1/3": "", "4/1": "", "12/05/2020": "", "5": "", "x": "",
	} {
		n, ok := number.For("en", "").Fraction(text, 0)
		if got := n.Value.Text('f'); ok != (want != "") || ok && got != want {
			t.Errorf("%q: %s %v, want %q", text, got, ok, want)
		}
	}
}

func TestRoman(t *testing.T) {
	for text, want := range map[string]int{
		"XXI": 21, "IV": 4, "MCMXCIX.": 1999, "III Cumbre": 3, "X-2": 10,
		"IIII": 0, "IC": 0, "VX": 0, "MI5": 0, "DIA": 0, "I4": 0, "": 0, "a": 0,
	} {
		if got, _, _ := number.Roman(text, 0); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
}

func TestShort(t *testing.T) {
	for text, want := range map[string]int{"M ": 6, "MM": 6, "mil": 0, "k,": 3, "Ma": 0, "M2": 0, "Mé": 0} {
		power, _, ok := number.For("es", "").Short(text, 0)
		if power != want || ok != (want != 0) {
			t.Errorf("%q: %d %v, want %d", text, power, ok, want)
		}
	}
}

func TestDoubtful(t *testing.T) {
	n, ok := number.For("es", "PE").At("1.500 millones", 0)
	if !ok || !n.Doubtful || n.Other.Text('f') != "1500000000" {
		t.Errorf("other reading of 1.500 millones: %v %s", n.Doubtful, n.Other.Text('f'))
	}
}

// TestEveryLanguage checks that each lexicon has numbers of its own in the
// golden table.
func TestEveryLanguage(t *testing.T) {
	raw, err := os.ReadFile("testdata/numbers.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range number.Languages() {
		if !strings.Contains(string(raw), "\n"+lang+"\t") {
			t.Errorf("no line of numbers.tsv is in the language %s", lang)
		}
	}
}

func FuzzAt(f *testing.F) {
	for _, s := range []string{"7.2 millones", "5'000,000", "quatre-vingt-dix", "mil 200", "1,2,3,4", "½", "a half", "\xe2\x80", "un millón y medio"} {
		f.Add("es", s)
		f.Add("en", s)
		f.Add("fr", s)
	}
	f.Fuzz(func(t *testing.T, lang, text string) {
		if len(text) > 500 {
			return // every place is tried, which takes the square of the length
		}
		r := number.For(lang, "")
		for i := range len(text) {
			n, ok := r.At(text, i)
			if ok && (n.Start != i || n.End <= i || n.End > len(text) || n.Value.Negative) {
				t.Fatalf("At(%q, %d) = %+v", text, i, n)
			}
			if o, ok := r.Ordinal(text, i); ok && (o.End <= i || o.End > len(text)) {
				t.Fatalf("Ordinal(%q, %d) = %+v", text, i, o)
			}
			if o, ok := r.Fraction(text, i); ok && (o.End <= i || o.End > len(text)) {
				t.Fatalf("Fraction(%q, %d) = %+v", text, i, o)
			}
			if p, ok := r.Portion(text, i); ok && (p.End <= i || p.End > len(text)) {
				t.Fatalf("Portion(%q, %d) = %+v", text, i, p)
			}
			r.Short(text, i)
			number.Roman(text, i)
		}
	})
}

func BenchmarkAt(b *testing.B) {
	r := number.For("es", "PE")
	for name, text := range map[string]string{"digits": "1,234.56 soles", "mixed": "7.2 millones de soles", "spelled": "ocho mil quinientos soles", "none": "de la región"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r.At(text, 0)
			}
		})
	}
}

func ExampleReader_At() {
	r := number.For("es", "PE")
	text := "S/ 5'000,000 y ocho millones"
	n, _ := r.At(text, 3)
	m, _ := r.At(text, 15)
	fmt.Println(text[n.Start:n.End], n.Value.Text('f'))
	fmt.Println(text[m.Start:m.End], m.Value.Text('f'))
	// Output:
	// 5'000,000 5000000
	// ocho millones 8000000
}
