// Package bleve is the embedded [index.Index]: bleve's scorch segments in the
// data folder, with documents, analysis and search of our own over them.
//
//	ix, err := bleve.Open(folder)
//	err = index.Sync(ctx, store, ix)
//
// It goes beneath bleve's mappings, for three things that they don't do: a
// position holds the sentence that a word, name, amount or date stands in (or
// the fact that it is part of), so that near( ) and fact( ) compare positions
// and no nested documents are needed; amounts are exact decimals; totals,
// facets and pages are counted in one pass over the hits.
//
// The folder index/ holds generations, of which CURRENT names the live one.
// [Rebuild] makes the next and swaps them.
package bleve

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"vocero/corpus"
	"vocero/index"

	"github.com/blevesearch/bleve/v2/index/scorch"
	bindex "github.com/blevesearch/bleve_index_api"
	"github.com/gofrs/flock"
	bolterrors "go.etcd.io/bbolt/errors"
)

// Index is a live index in a data folder.
type Index struct {
	lock    *flock.Flock // on the folder of all generations; nil within Rebuild
	scorch  bindex.Index
	queue   *bindex.AnalysisQueue
	close   func() error
	columns columns
	opened  openDictionaries
	stems   stemming
}

var _ index.Index = (*Index)(nil)

// Open opens the index in the data folder for writing and searching, and makes
// it if there is none. Its error is corpus.ErrLocked, at once, when another
// process has it open; index.ErrFormat or index.ErrDamaged when it must be
// rebuilt.
func Open(folder string) (*Index, error) {
	lock, err := lockFolder(folder, (*flock.Flock).TryLock)
	if err != nil {
		return nil, fmt.Errorf("open index: %w", err)
	}
	ix, err := openLocked(generations(folder), false)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open index in %s: %w", folder, err), lock.Unlock())
	}
	ix.lock = lock
	return ix, nil
}

// OpenReadOnly opens the index in the data folder for searching; any number of
// processes may. Its error is as Open's, or fs.ErrNotExist.
func OpenReadOnly(folder string) (*Index, error) {
	if _, err := os.Stat(generations(folder).current()); err != nil {
		return nil, fmt.Errorf("open index: %w", err)
	}
	lock, err := lockFolder(folder, (*flock.Flock).TryRLock)
	if err != nil {
		return nil, fmt.Errorf("open index: %w", err)
	}
	ix, err := openLocked(generations(folder), true)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open index in %s: %w", folder, err), lock.Unlock())
	}
	ix.lock = lock
	return ix, nil
}

// lockFolder takes the lock over all generations, or returns corpus.ErrLocked.
func lockFolder(folder string, try func(*flock.Flock) (bool, error)) (*flock.Flock, error) {
	g := generations(folder)
	if err := os.MkdirAll(g.dir, 0o700); err != nil {
		return nil, err
	}
	lock := flock.New(filepath.Join(g.dir, "LOCK"))
	got, err := try(lock)
	if err != nil {
		return nil, err
	}
	if !got {
		return nil, corpus.ErrLocked
	}
	return lock, nil
}

// openLocked opens the live generation, under the lock.
func openLocked(g generationFolder, readOnly bool) (*Index, error) {
	live, err := g.live()
	if errors.Is(err, fs.ErrNotExist) && !readOnly {
		return g.create()
	}
	if err != nil {
		return nil, err
	}
	if !readOnly {
		g.sweep(live)
	}
	return openGeneration(g.path(live), readOnly)
}

// openGeneration opens a generation that was made before.
func openGeneration(path string, readOnly bool) (*Index, error) {
	if _, err := os.Stat(filepath.Join(path, "root.bolt")); err != nil {
		return nil, fmt.Errorf("%w: %w", index.ErrDamaged, err)
	}
	var ix *Index
	err := checkRoot(path)
	if err == nil {
		ix, err = openScorch(path, readOnly)
	}
	if errors.Is(err, bolterrors.ErrTimeout) {
		return nil, corpus.ErrLocked
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", index.ErrDamaged, err)
	}
	switch written, err := ix.internal(formatKey); {
	case err != nil:
		return nil, errors.Join(err, ix.Close())
	case written == nil: // the newest state could not be read, and none before it
		return nil, errors.Join(index.ErrDamaged, ix.Close())
	case string(written) != format:
		return nil, errors.Join(index.ErrFormat, ix.Close())
	}
	return ix, nil
}

// Keys of what an index keeps beside documents.
var (
	formatKey = []byte("format")
	cursorKey = []byte("cursor")
)

// format changes with the fields and their analysis.
const format = "7"

// boltTimeout bounds the wait for the lock on a generation's root.
const boltTimeout = "1s"

func openScorch(path string, readOnly bool) (*Index, error) {
	queue := bindex.NewAnalysisQueue(runtime.GOMAXPROCS(0))
	config := map[string]any{"path": path, "read_only": readOnly, "bolt_timeout": boltTimeout}
	s, err := scorch.NewScorch(scorch.Name, config, queue)
	if err == nil {
		err = s.Open()
	}
	if err != nil {
		queue.Close()
		return nil, err
	}
	ix := &Index{scorch: s, queue: queue}
	ix.close = sync.OnceValue(ix.release)
	return ix, nil
}

// Close waits for what is being written, and releases the folder.
func (ix *Index) Close() error { return ix.close() }

func (ix *Index) release() error {
	err := ix.scorch.Close()
	ix.queue.Close()
	if ix.lock != nil {
		err = errors.Join(err, ix.lock.Unlock())
	}
	if err != nil {
		return fmt.Errorf("close index: %w", err)
	}
	return nil
}

// Cursor returns the cursor of the last Put, or 0.
func (ix *Index) Cursor(ctx context.Context) (corpus.Cursor, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	b, err := ix.internal(cursorKey)
	if err != nil || b == nil {
		return 0, err
	}
	return corpus.Cursor(binary.BigEndian.Uint64(b)), nil
}

// internal returns what is kept under key, or nil.
func (ix *Index) internal(key []byte) ([]byte, error) {
	r, err := ix.scorch.Reader()
	if err != nil {
		return nil, fmt.Errorf("read index: %w", err)
	}
	b, err := r.GetInternal(key)
	return b, errors.Join(err, r.Close())
}
