package bleve

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"vocero/corpus"
	"vocero/index"

	bindex "github.com/blevesearch/bleve_index_api"
	"github.com/gofrs/flock"
)

// Rebuild makes the index anew from the store, beside the one that is there,
// and then puts it in its place. When it fails, or is cut off, the old one
// stays. Its error is corpus.ErrLocked when a process has the index open.
func Rebuild(ctx context.Context, folder string, store corpus.Store) (err error) {
	lock, err := lockFolder(folder, (*flock.Flock).TryLock)
	if err != nil {
		return fmt.Errorf("rebuild index: %w", err)
	}
	defer func() { err = errors.Join(err, lock.Unlock()) }()
	g := generations(folder)
	old, _ := g.live() // 0 if there is none that can be told
	next := old + 1
	if err := g.fill(ctx, next, store); err != nil {
		return fmt.Errorf("rebuild index: %w", errors.Join(err, os.RemoveAll(g.path(next))))
	}
	if err := g.makeLive(next); err != nil {
		return fmt.Errorf("rebuild index: %w", err)
	}
	g.sweep(next)
	return nil
}

// generationFolder is the folder index/ within the data folder.
type generationFolder struct{ dir string }

func generations(folder string) generationFolder {
	return generationFolder{filepath.Join(folder, "index")}
}

func (g generationFolder) current() string { return filepath.Join(g.dir, "CURRENT") }

func (g generationFolder) path(n int) string {
	return filepath.Join(g.dir, fmt.Sprintf("%s%06d", prefix, n))
}

const prefix = "generation-"

// live returns the number of the generation that CURRENT names.
func (g generationFolder) live() (int, error) {
	b, err := os.ReadFile(g.current())
	if err != nil {
		return 0, err
	}
	n, err := strconv.Atoi(strings.TrimSpace(strings.TrimPrefix(string(b), prefix)))
	if err != nil || n < 1 {
		return 0, fmt.Errorf("%w: CURRENT says %q", index.ErrDamaged, b)
	}
	return n, nil
}

// create makes the first generation, empty, and opens it.
func (g generationFolder) create() (*Index, error) {
	ix, err := g.empty(1)
	if err != nil {
		return nil, err
	}
	if err := g.makeLive(1); err != nil {
		return nil, errors.Join(err, ix.Close())
	}
	return ix, nil
}

// empty makes generation n with its format written and nothing else.
func (g generationFolder) empty(n int) (*Index, error) {
	if err := os.RemoveAll(g.path(n)); err != nil { // left by a rebuild that was cut off
		return nil, err
	}
	ix, err := openScorch(g.path(n), false)
	if err != nil {
		return nil, err
	}
	b := bindex.NewBatch()
	b.SetInternal(formatKey, []byte(format))
	if err := ix.scorch.Batch(b); err != nil {
		return nil, errors.Join(err, ix.Close())
	}
	return ix, nil
}

// fill makes generation n from the store.
func (g generationFolder) fill(ctx context.Context, n int, store corpus.Store) error {
	ix, err := g.empty(n)
	if err != nil {
		return err
	}
	return errors.Join(index.Sync(ctx, store, ix), ix.Close())
}

// makeLive points CURRENT at generation n, all at once.
func (g generationFolder) makeLive(n int) error {
	f, err := os.CreateTemp(g.dir, "CURRENT-*")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(f, "%s%06d\n", prefix, n)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), g.current())
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return syncDir(g.dir)
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// sweep removes what isn't generation live. What can't be removed now is
// harmless, and tried again the next time.
func (g generationFolder) sweep(live int) {
	entries, _ := os.ReadDir(g.dir)
	for _, e := range entries {
		path := filepath.Join(g.dir, e.Name())
		stale := strings.HasPrefix(e.Name(), prefix) && path != g.path(live)
		if stale || strings.HasPrefix(e.Name(), "CURRENT-") {
			_ = os.RemoveAll(path)
		}
	}
}
