package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"vocero/cmd/internal/api"
	"vocero/corpus"
	"vocero/corpus/sqlite"
	"vocero/index"
	"vocero/index/bleve"
)

// dataFolder is where the corpus and the index live.
func (p *program) dataFolder() (string, error) {
	if p.data != "" {
		return p.data, nil
	}
	if d := p.environ("VOCERO_DATA"); d != "" {
		return d, nil
	}
	if d := p.environ("XDG_DATA_HOME"); filepath.IsAbs(d) {
		return filepath.Join(d, "vocero"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("find the data folder (say it with --data): %w", err)
	}
	return filepath.Join(home, ".local", "share", "vocero"), nil
}

// writing opens the store for writing, and makes it where there is none.
func (p *program) writing(ctx context.Context, folder string) (*sqlite.Store, error) {
	store, err := sqlite.Open(ctx, folder)
	return store, explain(err, folder)
}

// existing opens the store for writing, but only where there is one.
func (p *program) existing(ctx context.Context) (*sqlite.Store, string, error) {
	folder, err := p.dataFolder()
	if err != nil {
		return nil, "", err
	}
	reader, err := sqlite.OpenReadOnly(ctx, folder)
	if err != nil {
		return nil, "", explain(err, folder)
	}
	if err := reader.Close(); err != nil {
		return nil, "", err
	}
	store, err := p.writing(ctx, folder)
	return store, folder, err
}

// liveIndex opens the index for writing. One of another format, or a damaged
// one, is made anew from the store: nothing is lost by that but time.
func (p *program) liveIndex(ctx context.Context, folder string, store corpus.Store) (*bleve.Index, error) {
	ix, err := bleve.Open(folder)
	if errors.Is(err, index.ErrFormat) || errors.Is(err, index.ErrDamaged) {
		fmt.Fprintf(p.stderr, "vocero: %v; rebuilding it\n", err)
		if err := bleve.Rebuild(ctx, folder, store); err != nil {
			return nil, explain(err, folder)
		}
		ix, err = bleve.Open(folder)
	}
	return ix, explain(err, folder)
}

// explain says what a person can do about an error of the data folder.
func explain(err error, folder string) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, api.ErrNoData):
		return fmt.Errorf("%w: nothing is stored in %s yet; begin with: vocero ingest PATH", errNoData, folder)
	case errors.Is(err, corpus.ErrLocked):
		return fmt.Errorf("%s is in use by another vocero; try again when it has ended: %w", folder, err)
	case errors.Is(err, index.ErrFormat), errors.Is(err, index.ErrDamaged):
		return fmt.Errorf("%w; run: vocero reindex", err)
	}
	return err
}
