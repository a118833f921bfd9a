package ingest

import (
	"context"
	"errors"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"vocero/corpus"
	"vocero/ingest/crawl"
	"vocero/ingest/file"
)

// Options says how Open gets at its inputs.
type Options struct {
	Stdin   io.Reader
	Fetcher *crawl.Fetcher // for addresses, and for what feeds announce
}

// Open returns the releases that arg names: "-" is JSON lines on standard
// input, an http address a page or a feed, anything else a folder or a file.
// total is how many they are, or 0 where that is not known. A loader never
// leaves the folder that it was given, by links or otherwise.
func Open(ctx context.Context, arg string, o Options) (source iter.Seq2[corpus.Raw, error], total int, err error) {
	switch {
	case arg == "-":
		return file.Lines(o.Stdin, "-", "stdin"), 0, nil
	case strings.HasPrefix(arg, "http://"), strings.HasPrefix(arg, "https://"):
		return o.Fetcher.Releases(ctx, arg), 0, nil
	}
	info, err := os.Stat(arg)
	if err != nil {
		return nil, 0, err
	}
	if info.IsDir() {
		return openFolder(arg)
	}
	return openFile(ctx, arg, o)
}

func openFolder(folder string) (iter.Seq2[corpus.Raw, error], int, error) {
	absolute, err := filepath.Abs(folder)
	if err != nil {
		return nil, 0, err
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, 0, err
	}
	source, total := file.Tree(root.FS())
	return func(yield func(corpus.Raw, error) bool) {
		defer root.Close()
		for raw, err := range source {
			raw.Path = filepath.Join(absolute, filepath.FromSlash(raw.Path))
			if !yield(raw, err) {
				return
			}
		}
	}, total, nil
}

func openFile(ctx context.Context, path string, o Options) (iter.Seq2[corpus.Raw, error], int, error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, 0, err
	}
	root, err := os.OpenRoot(filepath.Dir(absolute))
	if err != nil {
		return nil, 0, err
	}
	return func(yield func(corpus.Raw, error) bool) {
		defer root.Close()
		for raw, err := range file.File(root.FS(), filepath.Base(absolute)) {
			raw.Path = filepath.Join(filepath.Dir(absolute), raw.Path)
			if err == nil && Sniff(raw.Bytes) == Feed {
				if !announced(ctx, raw, o.Fetcher, yield) {
					return
				}
				continue
			}
			if !yield(raw, err) {
				return
			}
		}
	}, 0, nil
}

// announced yields what a feed that was saved as a file announces.
func announced(ctx context.Context, raw corpus.Raw, fetcher *crawl.Fetcher, yield func(corpus.Raw, error) bool) bool {
	if fetcher == nil {
		return yield(raw, errors.New("a feed needs a fetcher"))
	}
	for release, err := range fetcher.Entries(ctx, raw) {
		if !yield(release, err) {
			return false
		}
	}
	return true
}
