package sqlite_test

import (
	"testing"

	"vocero/corpus"
	"vocero/corpus/sqlite"
	"vocero/corpus/storetest"
)

func TestFrontier(t *testing.T) {
	storetest.RunFrontier(t, func(t *testing.T) corpus.Frontier {
		store, err := sqlite.Open(t.Context(), t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { store.Close() })
		return store
	})
}
