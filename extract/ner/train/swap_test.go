package train

import (
	"math/rand/v2"
	"strings"
	"testing"

	"vocero/extract/gold"
)

func TestSwap(t *testing.T) {
	d, err := gold.Parse(`<loc id="l1">Lima</loc>: <per id="p1">Ana de la Peña</per> habló. <per id="p1">PEÑA</per> y el <org id="o1">Banco Azul</org> (<org id="o1">BA</org>) en <loc id="l2">Perú</loc>; <per id="p1">Ana</per> calló.`)
	if err != nil {
		t.Fatal(err)
	}
	d.Lang = "es"
	stock := &Stock{Forenames: []string{"Ana", "Zoe"}, Surnames: []string{"Quispe"}, Cities: []string{"Lima", "Oslo"},
		Countries: map[string][]string{"es": {"Perú", "Chile"}}}
	s := newSwapper([]gold.Document{d}, stock, rand.New(rand.NewPCG(1, 1)))
	for range 20 {
		got := s.swap(&d)
		if len(got.Mentions) != len(d.Mentions) {
			t.Fatalf("%d mentions of %d", len(got.Mentions), len(d.Mentions))
		}
		var names []string
		for _, m := range got.Mentions {
			names = append(names, m.Span.Of(got.Text))
		}
		first := strings.Fields(names[1])
		if len(first) != 4 || first[3] != "Quispe" || first[1] != "de" || names[2] != "QUISPE" || names[6] != first[0] {
			t.Errorf("%q", names)
		}
		if !strings.Contains(got.Text, " habló. ") || !strings.HasSuffix(got.Text, " calló.") {
			t.Errorf("%q", got.Text)
		}
		if d.Mentions[0].Span.Of(d.Text) != "Lima" {
			t.Fatal("the release itself has changed")
		}
	}
}
