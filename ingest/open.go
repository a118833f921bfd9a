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
	"vocero/ingest/file"
)

// Open returns the releases that arg names: "-" is what stands on standard
// input, JSON lines or another format; an http address what a crawl from there finds;
// anything else a folder or a file. total is how many they are, or 0 where that is not
// known. A loader never leaves the folder that it was given, by links or otherwise.
func (e *Expander) Open(ctx context.Context, arg string, stdin io.Reader) (source iter.Seq2[corpus.Raw, error], total int, err error) {
	switch {
	case arg == "-":
		return e.Parts(ctx)(corpus.Raw{Path: "-", Via: "stdin"}, stdin), 0, nil
	case strings.HasPrefix(arg, "http://"), strings.HasPrefix(arg, "https://"):
		if e.Crawl == nil {
			return nil, 0, errors.New("nothing to fetch it with")
		}
		source, err := e.Crawl(ctx, arg)
		if err != nil {
			return nil, 0, err
		}
		return e.Expand(ctx, source), 0, nil
	}
	info, err := os.Stat(arg)
	if err != nil {
		return nil, 0, err
	}
	if info.IsDir() {
		return e.openFolder(ctx, arg)
	}
	source, err = e.openFile(ctx, arg, info)
	return source, 0, err
}

func (e *Expander) loader(ctx context.Context, root *os.Root) file.Loader {
	return file.Loader{Folder: root.FS(), Parts: e.Parts(ctx), Known: known, Limit: int64(e.Limits.withDefaults().Raw)}
}

func (e *Expander) openFolder(ctx context.Context, folder string) (iter.Seq2[corpus.Raw, error], int, error) {
	absolute, err := filepath.Abs(folder)
	if err != nil {
		return nil, 0, err
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, 0, err
	}
	source, total := e.loader(ctx, root).Tree()
	return rooted(source, root, absolute), total, nil
}

// openFile opens the one file that was named, wherever a link of that name
// leads. A pipe is read as it comes.
func (e *Expander) openFile(ctx context.Context, path string, info os.FileInfo) (iter.Seq2[corpus.Raw, error], error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		return func(yield func(corpus.Raw, error) bool) {
			defer f.Close()
			e.Parts(ctx)(corpus.Raw{Path: absolute, Via: "file"}, f)(yield)
		}, nil
	}
	if absolute, err = filepath.EvalSymlinks(absolute); err != nil {
		return nil, err
	}
	folder, name := filepath.Split(absolute)
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, err
	}
	return rooted(e.loader(ctx, root).File(name), root, filepath.Clean(folder)), nil
}

// rooted gives releases that were read through root their absolute paths.
func rooted(source iter.Seq2[corpus.Raw, error], root *os.Root, absolute string) iter.Seq2[corpus.Raw, error] {
	return func(yield func(corpus.Raw, error) bool) {
		defer root.Close()
		for raw, err := range source {
			if raw.Path != "" { // what a feed announces has none
				raw.Path = strings.TrimSuffix(absolute, string(filepath.Separator)) + string(filepath.Separator) + raw.Path
			}
			if !yield(raw, err) {
				return
			}
		}
	}
}
