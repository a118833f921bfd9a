package bleve

import (
	"testing"

	"vocero/index"
	"vocero/index/indextest"
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
