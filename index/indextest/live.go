package indextest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"vocero/corpus"
	"vocero/index"
	"vocero/index/query"

	"golang.org/x/sync/errgroup"
)

// testAcronyms holds that an acronym finds the name that a release gives it,
// and the name the acronym, unless that isn't wanted or is excluded.
func testAcronyms(t *testing.T, ix index.Index) {
	all := Releases(t)
	for i := range all[0].Annotations.Entities {
		if e := &all[0].Annotations.Entities[i]; e.Kind == corpus.Organization && len(e.Name) > 20 {
			e.Aliases = []string{"OIT", "la Organización"}
		}
	}
	plain := func(id, text string) corpus.Release {
		return corpus.Release{Document: corpus.Document{ID: id, Version: 1, Lang: "es", Text: text}}
	}
	all = append(all, plain("long", "Habla la Organización Internacional del Trabajo."), plain("short", "La OIT calla."))
	if err := ix.Put(t.Context(), all, 1); err != nil {
		t.Fatal(err)
	}
	const name = `"organización internacional del trabajo"`
	for _, c := range []struct {
		query   string
		literal bool
		want    []string
		asked   string
	}{
		{"OIT", false, []string{"es-1", "long", "short"}, `OIT OR "Organización Internacional del Trabajo"`},
		{"oit", true, []string{"es-1", "short"}, "oit"},
		{name, false, []string{"es-1", "long", "short"}, name + " OR \"OIT\""},
		{name, true, []string{"es-1", "long"}, name},
		{"-oit habla", false, []string{"es-5", "long"}, "-oit habla"},
		{"org:OIT", false, []string{"es-1"}, `org:(OIT OR "Organización Internacional del Trabajo")`},
		{"OIT* calla", false, []string{"short"}, "OIT* calla"},
	} {
		page := search(t, ix, c.query, index.Request{Size: 10, Literal: c.literal})
		got := ids(page)
		slices.Sort(got)
		if !slices.Equal(got, c.want) || page.Asked.String() != c.asked {
			t.Errorf("%s, literal %t: %s by %s, want %s by %s", c.query, c.literal, got, page.Asked, c.want, c.asked)
		}
		if expanded := page.Asked.String() != c.query; expanded != (len(page.Expanded) > 0) {
			t.Errorf("%s: expanded %+v", c.query, page.Expanded)
		}
	}
}

// testDidYouMean holds that a misspelt word without a hit gets a near one that
// has, and nothing else does.
func testDidYouMean(t *testing.T, ix index.Index) {
	fill(t, ix)
	var more []corpus.Release // a word that is spelt wrongly once, and is near to another slip
	for i, text := range []string{"El goberno anuncia.", "El gobierno anuncia.", "El gobierno calla."} {
		more = append(more, corpus.Release{Document: corpus.Document{ID: fmt.Sprint("mean-", i), Version: 1, Lang: "es", Text: text}})
	}
	if err := ix.Put(t.Context(), more, 3); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"vicemnistro":        "viceministro",
		"crimmen organisado": "crimen organizado",
		"person:Kena":        "person:kenna",
		"gobirno":            "gobierno", // not goberno, which comes first and fewer have
		"leyse":              "leyes",    // two letters exchanged, rather than ley, which more have
		"trata zzzzzzzz":     "",
		"obra":               "",
		"-trata":             "",
		"xyz":                "",
	} {
		got := ""
		if page := search(t, ix, text, index.Request{Size: 1}); page.DidYouMean != nil {
			got = page.DidYouMean.String()
		}
		if got != want {
			t.Errorf("%s: did you mean %q, want %q", text, got, want)
		}
	}
}

// testLive holds that searching beside writing sees whole batches: every Put
// replaces all releases by ones of another publisher, and each search must see
// one publisher alone, in its facets, its total and its hits.
func testLive(t *testing.T, ix index.Index) {
	const releases, rounds = 40, 25
	put := func(ctx context.Context, round int) error {
		var batch []corpus.Release
		for i := range releases {
			batch = append(batch, corpus.Release{Document: corpus.Document{ID: fmt.Sprintf("r%d", i), Version: round + 1, Lang: "es",
				Publisher: fmt.Sprintf("p%d", round), Published: corpus.Date{Year: 2000 + round}, Text: fmt.Sprintf("Una obra %d.", i)}})
		}
		return ix.Put(ctx, batch, corpus.Cursor(round+1))
	}
	if err := put(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	writing, ctx := errgroup.WithContext(t.Context())
	done := make(chan struct{})
	writing.Go(func() error {
		defer close(done)
		for round := range rounds {
			if err := put(ctx, round+1); err != nil {
				return err
			}
		}
		return nil
	})
	for range 3 {
		writing.Go(func() error {
			for {
				if err := consistent(ctx, ix, releases); err != nil {
					return err
				}
				select {
				case <-done:
					return nil
				default:
				}
			}
		})
	}
	if err := writing.Wait(); err != nil {
		t.Error(err)
	}
	if err := ix.Delete(t.Context(), []string{"r0"}); err != nil {
		t.Fatal(err)
	}
	if err := consistent(t.Context(), ix, releases-1); err != nil {
		t.Error(err)
	}
}

func consistent(ctx context.Context, ix index.Index, want int) error {
	r := index.Request{Query: query.Word{Text: "obras"}, Size: want + 1, Sort: index.Newest,
		Facets: index.FacetsOf(-1, index.Publishers, index.Years)}
	page, err := ix.Search(ctx, r)
	if err != nil {
		return err
	}
	if page.Total != want || len(page.Hits) != want {
		return fmt.Errorf("total %d, %d hits, want %d", page.Total, len(page.Hits), want)
	}
	for _, h := range page.Hits {
		if h.Version != page.Hits[0].Version {
			return fmt.Errorf("versions %d and %d in one page", h.Version, page.Hits[0].Version)
		}
	}
	for _, f := range page.Facets {
		if len(f.Values) != 1 || f.Values[0].Count != want {
			return errors.New("two states in one facet: " + fmt.Sprint(f))
		}
	}
	return nil
}
