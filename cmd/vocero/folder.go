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
	if err := sqlite.Exists(folder); err != nil {
		return nil, "", explain(err, folder)
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

// asking opens what the releases are searched with: the corpus and the index, or
// the process that has them open.
func (p *program) asking(ctx context.Context) (api.Searcher, string, error) {
	folder, err := p.dataFolder()
	if err != nil {
		return nil, "", err
	}
	s, err := api.Open(ctx, folder)
	return s, folder, explain(err, folder)
}

// indexing is what brings the index of a folder up to date with its store. Where
// this process has the index open, others search through it meanwhile; where
// another has, that one is asked to.
type indexing struct {
	sync  func(context.Context) error
	close func() error
}

func (p *program) indexing(ctx context.Context, folder string, store corpus.Store) (indexing, error) {
	service, end, err := p.service(ctx, folder, store)
	if err == nil {
		return indexing{service.Sync, end}, nil
	}
	if errors.Is(err, corpus.ErrLocked) {
		if client, dialErr := api.Dial(ctx, folder); dialErr == nil {
			return indexing{client.Sync, client.Close}, nil
		}
	}
	return indexing{}, err
}

// service opens the index for writing, and answers searches of this process and
// of others until end is called.
func (p *program) service(ctx context.Context, folder string, store corpus.Store) (s *api.Service, end func() error, err error) {
	ix, err := p.liveIndex(ctx, folder, store)
	if err != nil {
		return nil, nil, err
	}
	s = api.New(store, ix)
	stop, err := s.Listen(ctx, folder)
	if err != nil {
		return nil, nil, errors.Join(err, ix.Close())
	}
	return s, func() error { return errors.Join(stop(), ix.Close()) }, nil
}

// explain says what a person can do about an error of the data folder.
func explain(err error, folder string) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, index.ErrFormat), errors.Is(err, index.ErrDamaged): // also where a file of it is missing
		return fmt.Errorf("%w; run: vocero reindex", err)
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, api.ErrNoData):
		return fmt.Errorf("%w: nothing is stored in %s yet; begin with: vocero ingest PATH", errNoData, folder)
	case errors.Is(err, corpus.ErrLocked):
		return fmt.Errorf("%s is in use by another vocero; try again when it has ended: %w", folder, err)
	}
	return err
}
