package indextest

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"vocero/corpus"
	"vocero/index"
	"vocero/index/query"
)

// counts writes a facet as the tables do, with * after what was chosen.
func counts(f index.Facet) []string {
	var got []string
	for _, c := range f.Values {
		mark := ""
		if c.Chosen {
			mark = "*"
		}
		got = append(got, fmt.Sprintf("%s:%d%s", strings.ReplaceAll(c.Value, " ", "_"), c.Count, mark))
	}
	if f.More > 0 {
		got = append(got, fmt.Sprintf("+%d", f.More))
	}
	return got
}

// testChoices holds what choosing values does to the hits, to the facet that
// they are of, and to the others.
func testChoices(t *testing.T, ix index.Index) {
	fill(t, ix)
	only := func(f index.FacetName, values ...string) index.Choice { return index.Choice{Facet: f, Values: values} }
	not := func(f index.FacetName, values ...string) index.Choice {
		return index.Choice{Facet: f, Values: values, Not: true}
	}
	for _, c := range []struct {
		choices []index.Choice
		query   string
		facets  []index.FacetName
		size    int
		want    string // IDs, then the values of each facet
	}{
		{[]index.Choice{only(index.Langs, "en")}, "*", nil, 9, "en-1 en-2"},
		{[]index.Choice{only(index.Langs, "en", "fr")}, "*", nil, 9, "en-1 en-2 fr-1"},
		{[]index.Choice{not(index.Langs, "es")}, "*", nil, 9, "en-1 en-2 fr-1 pt-1 xx-1"},
		{[]index.Choice{only(index.Langs, "es"), only(index.Countries, "PE")}, "obra", nil, 9, "es-2"},
		{[]index.Choice{only(index.Persons, "Lisa Kenna"), only(index.Persons, "José Elice")}, "*", nil, 9, "es-1"},
		{[]index.Choice{only(index.Langs, "none")}, "*", []index.FacetName{index.Langs}, 1, "| es:5 none:0* +4"},
		{[]index.Choice{only(index.Langs, "en")}, "*", []index.FacetName{index.Langs, index.Countries}, 9,
			"en-1 en-2 | es:5 en:2* de:1 fr:1 pt:1 | US:2"},
		{[]index.Choice{only(index.Langs, "en")}, "*", []index.FacetName{index.Langs}, 1, "en-1 en-2 | es:5 en:2* +3"},
		{[]index.Choice{only(index.Langs, "es"), only(index.Countries, "PE")}, "*", []index.FacetName{index.Langs, index.Countries}, 9,
			"es-2 es-3 | es:2* | AR:2 PE:2* EC:1"},
		{[]index.Choice{only(index.Langs, "es"), not(index.Langs, "en"), not(index.Countries, "AR")}, "*",
			[]index.FacetName{index.Langs, index.Countries}, 9, "es-1 es-2 es-3 | es:3* de:1 fr:1 pt:1 | PE:2 EC:1"},
		{[]index.Choice{only(index.PlaceCountries, "PE")}, "*", []index.FacetName{index.Places}, 9,
			"en-1 es-2 xx-1 | Lima:3"},
	} {
		page := search(t, ix, c.query, index.Request{Size: 100, Choices: c.choices, Facets: index.FacetsOf(c.size, c.facets...)})
		got := ids(page)
		slices.Sort(got)
		if page.Total != len(got) {
			t.Errorf("%v: total %d of %s", c.choices, page.Total, got)
		}
		for _, f := range page.Facets {
			got = append(append(got, "|"), counts(f)...)
		}
		if !slices.Equal(got, strings.Fields(c.want)) {
			t.Errorf("%s %v\n got %s\nwant %s", c.query, c.choices, got, c.want)
		}
	}
}

func testHistogram(t *testing.T, ix index.Index) {
	fill(t, ix)
	for _, c := range []struct {
		query string
		facet index.FacetRequest
		want  string
	}{
		{"*", index.FacetRequest{Name: index.Years, Size: 2, Order: index.ByValue}, "2019:1 2020:1 2021:5 2022:1 2023:1"},
		{"lang:en OR id:xx-1", index.FacetRequest{Name: index.Years, Order: index.ByValue}, "2019:1 2020:0 2021:1 2022:0 2023:1"},
		{"id:es-3 OR id:es-1", index.FacetRequest{Name: index.Months, Order: index.ByValue},
			"2020-11:1 2020-12:0 2021-01:0 2021-02:0 2021-03:0 2021-04:0 2021-05:1"},
		{"zzz", index.FacetRequest{Name: index.Months, Order: index.ByValue}, ""},
		{"*", index.FacetRequest{Name: index.Persons, Prefix: "jose"}, "José_Elice:1"},
		{"*", index.FacetRequest{Name: index.Persons, Prefix: "L", Size: 1}, "Lisa_Kenna:2 +2"},
		{"lang:es", index.FacetRequest{Name: index.Facts, Size: -1}, "current:2 acting:2 elect:1 former:1"},
		{"id:es-2", index.FacetRequest{Name: index.Kinds, Size: -1},
			"date:1 fact:1 money:1 organization:1 percent:1 person:1 place:1 role:1"},
	} {
		page := search(t, ix, c.query, index.Request{Facets: []index.FacetRequest{c.facet}})
		got, want := counts(page.Facets[0]), strings.Fields(c.want)
		if c.facet.Order == index.ByCount {
			slices.Sort(got)
			slices.Sort(want)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s %+v\n got %s\nwant %s", c.query, c.facet, got, want)
		}
	}
}

// testSignificant holds that what only the hits have comes before what all
// have, and that what is as frequent everywhere isn't typical.
func testSignificant(t *testing.T, ix index.Index) {
	fill(t, ix)
	for _, c := range []struct {
		query string
		facet index.FacetName
		want  string
	}{
		{"lang:es", index.Langs, "es"},
		{"*", index.Langs, ""},
		{"country:PE", index.Publishers, "Ministerio de Salud"},
		{"id:es-2", index.Places, "Lima"},
	} {
		page := search(t, ix, c.query, index.Request{Facets: []index.FacetRequest{{Name: c.facet, Order: index.BySignificance}}})
		var got []string
		for _, v := range page.Facets[0].Values {
			got = append(got, v.Value)
			if v.Score <= 0 || v.Of < v.Count || v.Count == 0 {
				t.Errorf("%s by %s: %+v", c.query, c.facet, v)
			}
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s by %s: got %q, want %q", c.query, c.facet, got, c.want)
		}
	}
}

// testAll holds that All gives what the pages give, in the same order, and
// ends when it is told to.
func testAll(t *testing.T, ix index.Index) {
	fill(t, ix)
	for _, text := range []string{"*", "lima OR obra OR ley", "zzz"} {
		for _, sort := range index.Sorts {
			q, err := query.Parse(text)
			if err != nil {
				t.Fatal(err)
			}
			r := index.Request{Query: q, Size: 100, Sort: sort, Unit: "USD", Choices: []index.Choice{{Facet: index.Langs, Values: []string{"fr"}, Not: true}}}
			want := search(t, ix, text, r).Hits
			var got []index.Hit
			for h, err := range ix.All(t.Context(), r) {
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, h)
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s %q:\n all %+v\npage %+v", text, sort, got, want)
			}
			for range ix.All(t.Context(), r) {
				break
			}
		}
	}
	for _, err := range ix.All(t.Context(), index.Request{Query: query.All{}, Sort: index.Largest}) {
		if err == nil {
			t.Error("amounts in order without a currency: no error")
		}
	}
}

// testFreshness holds that scores grow by the day of publication, twofold at
// most, and that pages fit together.
func testFreshness(t *testing.T, ix index.Index) {
	fill(t, ix)
	text := "lima OR ministra OR perros OR ley"
	plain := make(map[string]float64)
	for _, h := range search(t, ix, text, index.Request{Size: 100}).Hits {
		plain[h.ID] = h.Score
	}
	r := index.Request{Size: 100, Freshness: index.Freshness{Day: corpus.Date{Year: 2021, Month: 6, Day: 1}, HalfLife: 2}}
	page := search(t, ix, text, r)
	for id, want := range map[string]float64{
		"es-2": 2,          // of that day
		"pt-1": 1.5,        // two days before
		"en-1": 1 + 1./128, // fourteen
		"es-4": 2,          // later
		"es-5": 1,          // undated
	} {
		i := slices.IndexFunc(page.Hits, func(h index.Hit) bool { return h.ID == id })
		if i < 0 {
			t.Fatalf("%s isn't among %s", id, ids(page))
		}
		if got := page.Hits[i].Score / plain[id]; math.Abs(got-want) > 1e-9 {
			t.Errorf("%s: %g times as relevant, want %g", id, got, want)
		}
	}
	r.Size = 2
	first := search(t, ix, text, r)
	r.After = first.Next
	if got, want := append(ids(first), ids(search(t, ix, text, r))...), ids(page)[:4]; !slices.Equal(got, want) {
		t.Errorf("fresh pages %s, whole %s", got, want)
	}
}
