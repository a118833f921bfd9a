// Package file reads releases from folders and files:
//
//	source, total := file.Loader{Folder: root.FS()}.Tree()
//	for raw, err := range source { … }
//
// In a folder, NAME.txt may have its metadata beside it in NAME.json, NAME.html
// in NAME.json or NAME.html.json, and so for every other kind of file.
package file

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"path"
	"strings"
	"time"

	"vocero/corpus"
)

// maxFile bounds a file that is one release, and a line of a file of many,
// where Loader.Limit does not say another bound.
const maxFile = 20 << 20

// Loader reads the releases of a folder. The folder alone decides what can be
// reached: an os.Root's leaves nothing outside to links.
type Loader struct {
	Folder fs.FS

	// Parts yields the releases that a file holds, given what its name and what
	// stands beside it say. nil: a file is one release, and its bytes are that.
	Parts func(raw corpus.Raw, content io.Reader) iter.Seq2[corpus.Raw, error]

	// Known says by a file's first bytes whether it is of a kind that holds
	// releases. Files whose names do not say so are looked at with it; nil: none is.
	Known func(head []byte) bool

	Limit int64 // bytes of one release; 0: 20 MB
}

// Tree yields the releases in the folder and the folders within it, in the
// order of their names. A file that cannot be read is yielded with its error,
// and the walk goes on. total counts the files, or is 0 where one may hold many.
func (l Loader) Tree() (source iter.Seq2[corpus.Raw, error], total int) {
	return func(yield func(corpus.Raw, error) bool) {
		stop := false
		l.walk(func(name string, err error) bool {
			if err != nil {
				stop = !yield(corpus.Raw{Path: name, Via: "file"}, unreadable(err))
				return !stop
			}
			for raw, err := range l.File(name) {
				if stop = !yield(raw, err); stop {
					break
				}
			}
			return !stop
		})
	}, l.count()
}

// File yields the releases in one file of the folder, of whatever name.
func (l Loader) File(name string) iter.Seq2[corpus.Raw, error] {
	return func(yield func(corpus.Raw, error) bool) {
		raw := corpus.Raw{Path: name, Via: "file", Fetched: time.Now()}
		f, err := l.Folder.Open(name)
		if err != nil {
			yield(raw, unreadable(err))
			return
		}
		defer f.Close()
		if err := l.beside(&raw); err != nil {
			yield(raw, err)
			return
		}
		if l.Parts != nil {
			l.Parts(raw, f)(yield)
			return
		}
		yield(Whole(raw, f, l.Limit))
	}
}

// Whole reads r's bytes into raw, as one release of at most limit bytes (0: 20 MB).
func Whole(raw corpus.Raw, r io.Reader, limit int64) (corpus.Raw, error) {
	limit = cmp.Or(limit, maxFile)
	b, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return raw, unreadable(err)
	}
	if int64(len(b)) > limit {
		return raw, &corpus.Failure{Reason: corpus.TooLarge, Detail: fmt.Sprintf("more than %d bytes", limit)}
	}
	raw.Bytes = b
	return raw, nil
}

// beside reads what stands beside a file about it.
func (l Loader) beside(raw *corpus.Raw) error {
	name := raw.Path
	for _, other := range []string{name + ".json", strings.TrimSuffix(name, path.Ext(name)) + ".json"} {
		if other == name {
			continue
		}
		b, err := fs.ReadFile(l.Folder, other)
		if err != nil {
			continue
		}
		var given corpus.Given
		if err := json.Unmarshal(b, &given); err != nil {
			return &corpus.Failure{Reason: corpus.Malformed, Detail: other + ": " + err.Error()}
		}
		raw.Given, raw.URL = given, given.URL
		return nil
	}
	return nil
}

func unreadable(err error) error {
	if f, ok := errors.AsType[*corpus.Failure](err); ok {
		return f
	}
	return &corpus.Failure{Reason: corpus.Unreadable, Detail: err.Error()}
}
