package bleve

import (
	"context"
	"errors"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"testing"

	"vocero/corpus"
	"vocero/index"
	"vocero/index/indextest"
	"vocero/index/query"
)

// changes is a store of which only Changes is asked.
type changes struct {
	corpus.Store
	releases []corpus.Release
	fail     error // after all of them
}

func (c *changes) Changes(_ context.Context, after corpus.Cursor) iter.Seq2[corpus.Change, error] {
	return func(yield func(corpus.Change, error) bool) {
		for i := int(after); i < len(c.releases); i++ {
			if !yield(corpus.Change{Cursor: corpus.Cursor(i + 1), Release: c.releases[i]}, nil) {
				return
			}
		}
		if c.fail != nil {
			yield(corpus.Change{}, c.fail)
		}
	}
}

func open(t *testing.T, folder string) *Index {
	t.Helper()
	ix, err := Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	return ix
}

func total(t *testing.T, ix index.Index) int {
	t.Helper()
	page, err := ix.Search(t.Context(), index.Request{Query: query.All{}})
	if err != nil {
		t.Fatal(err)
	}
	return page.Total
}

func TestSyncAndReopen(t *testing.T) {
	folder, store := t.TempDir(), &changes{releases: indextest.Releases(t)}
	ix := open(t, folder)
	all := store.releases
	store.releases = all[:6]
	for _, more := range []int{6, 10, 10} {
		store.releases = all[:more]
		if err := index.Sync(t.Context(), store, ix); err != nil {
			t.Fatal(err)
		}
		if err := ix.Close(); err != nil {
			t.Fatal(err)
		}
		ix = open(t, folder)
		at, err := ix.Cursor(t.Context())
		if err != nil || int(at) != more || total(t, ix) != more {
			t.Errorf("cursor %d, %v, total %d, want %d", at, err, total(t, ix), more)
		}
	}
}

func TestLocks(t *testing.T) {
	folder := t.TempDir()
	if _, err := OpenReadOnly(folder); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("OpenReadOnly of nothing: %v", err)
	}
	ix := open(t, folder)
	for name, err := range map[string]error{
		"Open":         second(Open(folder)),
		"OpenReadOnly": second(OpenReadOnly(folder)),
		"Rebuild":      Rebuild(t.Context(), folder, &changes{}),
	} {
		if !errors.Is(err, corpus.ErrLocked) {
			t.Errorf("%s beside a writer: %v", name, err)
		}
	}
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
	for range 2 { // readers don't lock each other out, but a writer
		reader, err := OpenReadOnly(folder)
		if err != nil {
			t.Fatal(err)
		}
		defer reader.Close()
	}
	if err := second(Open(folder)); !errors.Is(err, corpus.ErrLocked) {
		t.Errorf("Open beside readers: %v", err)
	}
}

func second(_ *Index, err error) error { return err }

func TestRebuild(t *testing.T) {
	folder, store := t.TempDir(), &changes{releases: indextest.Releases(t)}
	ix := open(t, folder)
	if err := ix.Put(t.Context(), store.releases[:3], 3); err != nil {
		t.Fatal(err)
	}
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
	store.fail = errors.New("store broke")
	if err := Rebuild(t.Context(), folder, store); !errors.Is(err, store.fail) {
		t.Errorf("Rebuild from a broken store: %v", err)
	}
	for _, want := range []int{3, 10} {
		ix, err := OpenReadOnly(folder)
		if err != nil {
			t.Fatal(err)
		}
		if got := total(t, ix); got != want {
			t.Errorf("total %d, want %d", got, want)
		}
		if err := ix.Close(); err != nil {
			t.Fatal(err)
		}
		store.fail = nil
		if err := Rebuild(t.Context(), folder, store); err != nil {
			t.Fatal(err)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(folder, "index", prefix+"*")); len(left) != 1 {
		t.Errorf("generations left: %s", left)
	}
}

func TestDamage(t *testing.T) {
	for name, damage := range map[string]func(t *testing.T, live string) error{
		"segment missing": func(t *testing.T, live string) error { return os.Remove(anySegment(t, live)) },
		"segment cut":     func(t *testing.T, live string) error { return os.Truncate(anySegment(t, live), 40) },
		"root missing":    func(t *testing.T, live string) error { return os.Remove(filepath.Join(live, "root.bolt")) },
		"root empty":      func(t *testing.T, live string) error { return os.Truncate(filepath.Join(live, "root.bolt"), 0) },
		"all missing":     func(t *testing.T, live string) error { return os.RemoveAll(live) },
		"CURRENT": func(t *testing.T, live string) error {
			return os.WriteFile(filepath.Join(filepath.Dir(live), "CURRENT"), []byte("x"), 0o600)
		},
		"one byte": func(t *testing.T, live string) error { return flip(anySegment(t, live)) },
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			ix := open(t, folder)
			if err := ix.Put(t.Context(), indextest.Releases(t), 10); err != nil {
				t.Fatal(err)
			}
			if err := ix.Close(); err != nil {
				t.Fatal(err)
			}
			if err := Check(t.Context(), folder); err != nil {
				t.Fatalf("Check before the damage: %v", err)
			}
			if err := damage(t, generations(folder).path(1)); err != nil {
				t.Fatal(err)
			}
			if err := Check(t.Context(), folder); !errors.Is(err, index.ErrDamaged) {
				t.Errorf("Check: %v", err)
			}
			if err := Rebuild(t.Context(), folder, &changes{releases: indextest.Releases(t)}); err != nil {
				t.Errorf("Rebuild: %v", err)
			}
			if got := total(t, open(t, folder)); got != 10 {
				t.Errorf("total %d after Rebuild", got)
			}
		})
	}
}

func anySegment(t *testing.T, live string) string {
	found, err := filepath.Glob(filepath.Join(live, "*.zap"))
	if err != nil || len(found) == 0 {
		t.Fatalf("no segment in %s: %v", live, err)
	}
	return found[len(found)-1]
}

func flip(path string) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	b[len(b)/2] ^= 1
	return os.WriteFile(path, b, 0o600)
}
