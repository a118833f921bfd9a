package indextest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"vocero/corpus"
	"vocero/index"
	"vocero/index/query"
)

// copied makes a release by a publisher that is one of a group: "a" is alone,
// "a/g" shown for the group g and "a/g'" a copy of it.
func copied(name, text string) corpus.Release {
	by, group, _ := strings.Cut(name, "/")
	id, isCopy := strings.CutSuffix(group, "'")
	day := corpus.Date{Year: 2024, Month: 5, Day: int(by[0]-'a') + 1}
	return corpus.Release{
		Document: corpus.Document{ID: by, Version: 1, Lang: "es", Publisher: by, Title: "Nota", Text: text, Published: day},
		Group:    corpus.Group{ID: id, Copy: isCopy},
	}
}

// testGroups holds that a release and its copies are one hit.
func testGroups(t *testing.T, ix index.Index) {
	var batch []corpus.Release
	for _, name := range []string{"b/g", "c/g'", "d/g'", "e", "f/h", "g/h'"} {
		batch = append(batch, copied(name, "El puente se abrió."))
	}
	batch = append(batch, copied("a/g'", "El puente se abrió. El puente, el puente.")) // more relevant than the one that is shown
	english := copied("z", "A bridge.")
	english.Document.Lang = "en"
	batch = append(batch, english)
	if err := ix.Put(t.Context(), batch, 1); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		query  string
		all    bool
		hits   []string
		counts string // of publishers
	}{
		{"puente", false, []string{"b", "e", "f"}, "a:1 b:1 c:1 d:1 e:1 f:1 g:1"},
		{"puente", true, []string{"a", "b", "c", "d", "e", "f", "g"}, "a:1 b:1 c:1 d:1 e:1 f:1 g:1"},
		{"publisher:c OR publisher:d OR publisher:g", false, []string{"d", "g"}, "c:1 d:1 g:1"}, // the newest copy, where none is shown
		{"puente -publisher:b", false, []string{"d", "e", "f"}, "a:1 c:1 d:1 e:1 f:1 g:1"},
		{"publisher:e", false, []string{"e"}, "e:1"},
		{"id:c", false, []string{"c"}, "c:1"},
		{"nada", false, nil, ""},
	} {
		r := index.Request{Size: 10, Sort: index.Newest, Copies: c.all, Facets: index.FacetsOf(10, index.Publishers, index.Langs)}
		page := search(t, ix, c.query, r)
		got := ids(page)
		slices.Sort(got)
		if !slices.Equal(got, c.hits) || page.Total != len(c.hits) {
			t.Errorf("%s (all copies %t): %d %v, want %v", c.query, c.all, page.Total, got, c.hits)
		}
		if got := sorted(page.Facets[0]); got != c.counts {
			t.Errorf("%s (all copies %t): publishers %s, want %s", c.query, c.all, got, c.counts)
		}
		if langs := page.Facets[1].Values; len(langs) > 0 && langs[0].Count != page.Total {
			t.Errorf("%s (all copies %t): %d in Spanish of %d", c.query, c.all, langs[0].Count, page.Total)
		}
		for _, h := range page.Hits {
			if grouped := !c.all && h.ID != "e"; (h.Group != "") != grouped {
				t.Errorf("%s: %s has group %q", c.query, h.ID, h.Group)
			}
		}
		if n := search(t, ix, c.query, index.Request{Copies: c.all}).Total; n != len(c.hits) {
			t.Errorf("%s: %d hits counted alone", c.query, n)
		}
		pagesOfOne(t, ix, c.query, c.all, c.hits)
	}
	for _, c := range []struct {
		all  bool
		want string
	}{{false, "c:1/1 d:1/1"}, {true, "c:1/1 d:1/1"}} {
		r := index.Request{Copies: c.all, Facets: []index.FacetRequest{{Name: index.Publishers, Order: index.BySignificance}}}
		got := ""
		for _, v := range search(t, ix, "publisher:c OR publisher:d", r).Facets[0].Values {
			got += fmt.Sprintf(" %s:%d/%d", v.Value, v.Count, v.Of)
		}
		if strings.TrimSpace(got) != c.want {
			t.Errorf("significant publishers (all copies %t):%s, want %s", c.all, got, c.want)
		}
	}
	for all, want := range map[bool]int{false: 3, true: 7} { // hits of the language in the whole index
		r := index.Request{Copies: all, Facets: []index.FacetRequest{{Name: index.Langs, Order: index.BySignificance}}}
		if got := search(t, ix, "publisher:e", r).Facets[0].Values; len(got) != 1 || got[0].Of != want {
			t.Errorf("languages %v (all copies %t), want one of %d releases", got, all, want)
		}
	}
	// The group is dissolved, and what is shown changes, by Put alone.
	if err := ix.Put(t.Context(), []corpus.Release{copied("b/g'", "El puente."), copied("c/g", "El puente."), copied("f", "El puente."), copied("g", "El puente.")}, 2); err != nil {
		t.Fatal(err)
	}
	got := ids(search(t, ix, "puente", index.Request{Size: 10}))
	slices.Sort(got)
	if want := []string{"c", "e", "f", "g"}; !slices.Equal(got, want) {
		t.Errorf("after a change of groups: %v, want %v", got, want)
	}
}

// pagesOfOne reads the hits page by page, and all of them in one stream.
func pagesOfOne(t *testing.T, ix index.Index, text string, all bool, want []string) {
	t.Helper()
	var paged, streamed []string
	r := index.Request{Size: 1, Copies: all}
	for range len(want) + 1 {
		page := search(t, ix, text, r)
		paged = append(paged, ids(page)...)
		if r.After = page.Next; r.After == "" {
			break
		}
	}
	q, err := query.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	for h, err := range ix.All(t.Context(), index.Request{Query: q, Copies: all}) {
		if err != nil {
			t.Fatal(err)
		}
		streamed = append(streamed, h.ID)
	}
	if !slices.Equal(paged, streamed) || len(paged) != len(want) {
		t.Errorf("%s (all copies %t): pages %v, all %v, want %d", text, all, paged, streamed, len(want))
	}
}

func sorted(f index.Facet) string {
	var s []string
	for _, v := range f.Values {
		s = append(s, fmt.Sprintf("%s:%d", v.Value, v.Count))
	}
	slices.Sort(s)
	return strings.Join(s, " ")
}
