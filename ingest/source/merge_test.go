package source_test

import (
	"fmt"
	"iter"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"vocero/corpus"
	"vocero/ingest/source"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// counting yields n releases of a source, each after a second.
func counting(name string, n int) iter.Seq2[corpus.Raw, error] {
	return func(yield func(corpus.Raw, error) bool) {
		for i := range n {
			time.Sleep(time.Second)
			if !yield(corpus.Raw{Source: name, Path: fmt.Sprint(i)}, nil) {
				return
			}
		}
	}
}

func TestMerge(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		next := map[string]int{}
		for raw := range source.Merge(2, counting("a", 5), counting("b", 5), counting("c", 5)) {
			if raw.Path != fmt.Sprint(next[raw.Source]) {
				t.Errorf("%s yields %s, not %d", raw.Source, raw.Path, next[raw.Source])
			}
			next[raw.Source]++
		}
		if took := time.Since(began); took != 10*time.Second || next["a"]+next["b"]+next["c"] != 15 {
			t.Errorf("%v after %v", next, took)
		}
		n := 0
		for range source.Merge(2, counting("a", 5), counting("b", 5), counting("c", 5)) {
			if n++; n == 3 {
				break
			}
		}
	})
}
