package bleve

import (
	"errors"
	"testing"

	"vocero/index"
	"vocero/index/indextest"
	"vocero/index/query"
)

func TestIndex(t *testing.T) {
	indextest.Run(t, func(t *testing.T) index.Index {
		ix, err := Open(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		return ix
	})
}

// FuzzSearch holds that any query that reads is answered, or is said to be more
// than can be answered; and that it finds the same printed and read again.
func FuzzSearch(f *testing.F) {
	for line := range indextest.Queries(f) {
		f.Add(line)
	}
	ix, err := Open(f.TempDir())
	if err != nil {
		f.Fatal(err)
	}
	defer ix.Close()
	if err := ix.Put(f.Context(), indextest.Releases(f), 1); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q, err := query.Parse(text)
		if err != nil {
			return
		}
		total := -1
		for range 2 {
			page, err := ix.Search(t.Context(), index.Request{Query: q, Size: 3, Facets: index.FacetsOf(3, index.Persons)})
			if _, tooMuch := errors.AsType[*index.Unanswerable](err); tooMuch {
				return
			}
			if err != nil {
				t.Fatalf("%q: %v", text, err)
			}
			if total >= 0 && page.Total != total {
				t.Fatalf("%q: %d hits, printed as %q and read again %d", text, total, q, page.Total)
			}
			total = page.Total
			if q, err = query.Parse(q.String()); err != nil {
				t.Fatal(err)
			}
		}
	})
}
