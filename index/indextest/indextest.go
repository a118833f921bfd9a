// Package indextest holds what every [index.Index] must do, over releases made
// up in four languages and tables of queries with what they find:
//
//	func TestIndex(t *testing.T) { indextest.Run(t, open) }
package indextest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"vocero/corpus"
	"vocero/index"
	"vocero/index/query"
)

// Run tests the index that open makes, which must be empty each time. It
// closes what it opens.
func Run(t *testing.T, open func(t *testing.T) index.Index) {
	for name, test := range map[string]func(*testing.T, index.Index){
		"Queries":      testQueries,
		"Facets":       testFacets,
		"Choices":      testChoices,
		"Histogram":    testHistogram,
		"Significant":  testSignificant,
		"All":          testAll,
		"Freshness":    testFreshness,
		"Acronyms":     testAcronyms,
		"DidYouMean":   testDidYouMean,
		"Live":         testLive,
		"Order":        testOrder,
		"Paging":       testPaging,
		"Replace":      testReplace,
		"Delete":       testDelete,
		"Cursor":       testCursor,
		"Empty":        testEmpty,
		"Canceled":     testCanceled,
		"Groups":       testGroups,
		"Unanswerable": testUnanswerable,
	} {
		t.Run(name, func(t *testing.T) {
			ix := open(t)
			test(t, ix)
			if err := ix.Close(); err != nil {
				t.Errorf("Close: %v", err)
			}
		})
	}
}

// fill puts the releases in two batches.
func fill(t *testing.T, ix index.Index) {
	t.Helper()
	all := Releases(t)
	for i, batch := range [][]corpus.Release{all[:4], all[4:]} {
		if err := ix.Put(t.Context(), batch, corpus.Cursor(i+1)); err != nil {
			t.Fatal(err)
		}
	}
}

func search(t *testing.T, ix index.Index, text string, r index.Request) index.Page {
	t.Helper()
	var err error
	if r.Query, err = query.Parse(text); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	page, err := ix.Search(t.Context(), r)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return page
}

func ids(p index.Page) []string {
	var found []string
	for _, h := range p.Hits {
		found = append(found, h.ID)
	}
	return found
}

func testQueries(t *testing.T, ix index.Index) {
	fill(t, ix)
	for line := range lines(t, "queries.txt") {
		text, want, found := strings.Cut(line, "=>")
		if !found {
			t.Fatalf("no => in %s", line)
		}
		page := search(t, ix, text, index.Request{Size: 100})
		got, wanted := ids(page), strings.Fields(want)
		slices.Sort(got)
		slices.Sort(wanted)
		if !slices.Equal(got, wanted) {
			t.Errorf("%s\n got %s\nwant %s", text, got, wanted)
		}
		if page.Total != len(wanted) {
			t.Errorf("%s: total %d, want %d", text, page.Total, len(wanted))
		}
	}
}

func testFacets(t *testing.T, ix index.Index) {
	fill(t, ix)
	for line := range lines(t, "facets.txt") {
		ask, want, _ := strings.Cut(line, "=>")
		f := strings.Split(ask, "|")
		name := index.FacetName(strings.TrimSpace(f[1]))
		size, err := strconv.Atoi(strings.TrimSpace(f[2]))
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		page := search(t, ix, f[0], index.Request{Facets: index.FacetsOf(size, name)})
		if len(page.Facets) != 1 || page.Facets[0].Name != name {
			t.Errorf("%s: facets %v", ask, page.Facets)
			continue
		}
		var got []string
		for _, c := range page.Facets[0].Values {
			got = append(got, fmt.Sprintf("%s:%d", strings.ReplaceAll(c.Value, " ", "_"), c.Count))
		}
		if more := page.Facets[0].More; more > 0 {
			got = append(got, fmt.Sprintf("+%d", more))
		}
		if !slices.Equal(got, strings.Fields(want)) {
			t.Errorf("%s\n got %s\nwant %s", ask, got, want)
		}
	}
}

func testOrder(t *testing.T, ix index.Index) {
	fill(t, ix)
	for _, c := range []struct {
		query string
		sort  index.Sort
		want  []string
	}{
		{"lang:es", index.Newest, []string{"es-4", "es-2", "es-1", "es-3", "es-5"}},
		{"lang:es", index.Oldest, []string{"es-3", "es-1", "es-2", "es-4", "es-5"}},
		{"lang:es", index.ByRelevance, []string{"es-4", "es-2", "es-1", "es-3", "es-5"}},
		{"trata", index.ByRelevance, []string{"es-1", "es-5"}}, // in the title and the text
		{"amount>0 USD", index.Largest, []string{"en-1", "es-1", "es-3", "en-2"}},
		{"amount>0 USD", index.Smallest, []string{"es-1", "en-2", "es-3", "en-1"}},
		{"obra OR percent>30", index.Largest, []string{"es-2", "es-1"}}, // a release without comes last
	} {
		page := search(t, ix, c.query, index.Request{Size: 10, Sort: c.sort})
		if got := ids(page); !slices.Equal(got, c.want) {
			t.Errorf("%s %s: got %s, want %s", c.query, c.sort, got, c.want)
		}
	}
	page := search(t, ix, "id:es-1", index.Request{Size: 1})
	want := index.Hit{ID: "es-1", Version: 1, Published: corpus.Date{Year: 2021, Month: 5, Day: 17}}
	got := page.Hits[0]
	if got.Score = 0; got != want {
		t.Errorf("hit %+v, want %+v", got, want)
	}
}

func testPaging(t *testing.T, ix index.Index) {
	fill(t, ix)
	for _, text := range []string{"* lima OR -lima", "lima OR kenna OR ley OR obra OR crimen"} {
		testPages(t, ix, text)
	}
	page := search(t, ix, "*", index.Request{Size: 3})
	for _, after := range []string{"x", page.Next} {
		_, err := ix.Search(t.Context(), index.Request{Query: query.Word{Text: "lima"}, Size: 3, After: after})
		if !errors.Is(err, index.ErrAfter) {
			t.Errorf("after %q of another search: %v", after, err)
		}
	}
}

// testPages holds that pages of any size give what one page gives.
func testPages(t *testing.T, ix index.Index, text string) {
	for i, sort := range index.Sorts {
		r := index.Request{Size: 100, Sort: sort, Unit: "USD"}
		all := ids(search(t, ix, text, r))
		var paged []string
		for r.Size = i%3 + 1; ; {
			page := search(t, ix, text, r)
			if page.Total != len(all) {
				t.Errorf("%q: total %d after %q, want %d", sort, page.Total, r.After, len(all))
			}
			paged = append(paged, ids(page)...)
			if r.After = page.Next; r.After == "" || len(paged) > len(all) {
				break
			}
		}
		if !slices.Equal(paged, all) {
			t.Errorf("%s %q: pages %s, whole %s", text, sort, paged, all)
		}
	}
}

// testReplace holds that a new version takes the old one's place, also within
// one batch.
func testReplace(t *testing.T, ix index.Index) {
	fill(t, ix)
	r := Releases(t)[0]
	r.Document.Version, r.Document.Text, r.Annotations = 2, "Nada queda.", corpus.Annotations{}
	newer := r
	newer.Document.Version, newer.Document.Text = 3, "Todo vuelve."
	if err := ix.Put(t.Context(), []corpus.Release{r, newer}, 9); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]int{"nada": 0, "vuelve": 1, "person:elice": 0, "*": 10, "id:es-1": 1} {
		page := search(t, ix, text, index.Request{Size: 10, Facets: index.FacetsOf(10, index.Persons)})
		if page.Total != want {
			t.Errorf("%s: total %d, want %d", text, page.Total, want)
		}
		if text == "vuelve" && (page.Hits[0].Version != 3 || len(page.Facets[0].Values) != 0) {
			t.Errorf("new version: %+v", page)
		}
	}
}

func testDelete(t *testing.T, ix index.Index) {
	fill(t, ix)
	if err := ix.Delete(t.Context(), []string{"es-1", "none"}); err != nil {
		t.Fatal(err)
	}
	failed := corpus.Release{Document: corpus.Document{ID: "es-2"}, Failure: &corpus.Failure{Reason: corpus.Empty}}
	if err := ix.Put(t.Context(), []corpus.Release{failed}, 3); err != nil {
		t.Fatal(err)
	}
	page := search(t, ix, "obra OR *", index.Request{Size: 10, Facets: index.FacetsOf(10, index.Langs)})
	if page.Total != 8 || page.Facets[0].Values[0] != (index.Count{Value: "es", Count: 3}) {
		t.Errorf("after Delete: %+v", page)
	}
}

func testCursor(t *testing.T, ix index.Index) {
	check := func(want corpus.Cursor) {
		t.Helper()
		if at, err := ix.Cursor(t.Context()); err != nil || at != want {
			t.Errorf("cursor %d, %v, want %d", at, err, want)
		}
	}
	check(0)
	fill(t, ix)
	check(2)
	if err := ix.Put(t.Context(), nil, 7); err != nil {
		t.Fatal(err)
	}
	check(7)
	if err := ix.Delete(t.Context(), []string{"es-1"}); err != nil {
		t.Fatal(err)
	}
	check(7)
}

func testEmpty(t *testing.T, ix index.Index) {
	for _, text := range []string{"*", "a", `"a b"`, "a*", "a~", "-a", "person:a", "amount>1", "date:2020", "published:2020",
		"fact(person:a -role:b)", "near(a amount>1)", "id:a*"} {
		page := search(t, ix, text, index.Request{Size: 10, Facets: index.FacetsOf(10, index.FacetNames[:]...)})
		if page.Total != 0 || page.Hits != nil || page.DidYouMean != nil || page.Next != "" || len(page.Facets) != len(index.FacetNames) {
			t.Errorf("%s in an empty index: %+v", text, page)
		}
	}
}

func testCanceled(t *testing.T, ix index.Index) {
	fill(t, ix)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := ix.Put(ctx, Releases(t), 9); err == nil {
		t.Error("Put with a canceled context succeeded")
	}
	if err := ix.Delete(ctx, []string{"es-1"}); err == nil {
		t.Error("Delete with a canceled context succeeded")
	}
	if _, err := ix.Search(ctx, index.Request{Query: query.All{}, Size: 1}); err == nil {
		t.Error("Search with a canceled context succeeded")
	}
	if page := search(t, ix, "*", index.Request{}); page.Total != 10 {
		t.Errorf("a canceled context changed the index: total %d", page.Total)
	}
	if at, _ := ix.Cursor(t.Context()); at != 2 {
		t.Errorf("a canceled context moved the cursor to %d", at)
	}
}

func testUnanswerable(t *testing.T, ix index.Index) {
	fill(t, ix)
	for _, text := range []string{"fact(-person:kenna)", "near(lima OR -obra)"} {
		q, err := query.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		_, err = ix.Search(t.Context(), index.Request{Query: q, Size: 1})
		if _, ok := errors.AsType[*index.Unanswerable](err); !ok {
			t.Errorf("%s: %v", text, err)
		}
	}
}
