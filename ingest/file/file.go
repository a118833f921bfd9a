// Package file reads releases from folders and files:
//
//	source, total := file.Tree(root.FS())
//	for raw, err := range source { … }
//
// In a folder, NAME.txt may have its metadata beside it in NAME.json, and
// NAME.html in NAME.json or NAME.html.json; a .json that has a text is a release
// itself, and each line of a .jsonl or .jsonl.gz is one.
package file

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"path"
	"strings"
	"time"

	"vocero/corpus"
)

// maxFile bounds a file that is one release, and a line of a file of many.
const maxFile = 20 << 20

// Tree yields the releases in a folder and the folders within it, in the order
// of their names. A file that cannot be read is yielded with its error, and the
// walk goes on. total counts the releases, or is 0 where a file holds many.
func Tree(folder fs.FS) (source iter.Seq2[corpus.Raw, error], total int) {
	return func(yield func(corpus.Raw, error) bool) {
		stop := false
		walk(folder, func(name string, err error) bool {
			if err != nil {
				stop = !yield(corpus.Raw{Path: name, Via: "file"}, unreadable(err))
				return !stop
			}
			for raw, err := range one(folder, name) {
				if stop = !yield(raw, err); stop {
					break
				}
			}
			return !stop
		})
	}, count(folder)
}

// File yields the releases in the file name of folder: one, or those of its lines.
func File(folder fs.FS, name string) iter.Seq2[corpus.Raw, error] { return one(folder, name) }

// Lines yields a release for each JSON line of r, which is called name. An empty
// line is passed over; one that is too long ends the reading with an error.
func Lines(r io.Reader, name, via string) iter.Seq2[corpus.Raw, error] {
	return func(yield func(corpus.Raw, error) bool) {
		lines := lineReader{r: r}
		for n := 1; ; n++ {
			line, err := lines.next()
			raw := corpus.Raw{Path: fmt.Sprintf("%s#%d", name, n), Via: via, Fetched: time.Now(), ContentType: "application/json"}
			if err == io.EOF {
				return
			}
			if err != nil {
				yield(raw, unreadable(err))
				return
			}
			if line = bytes.TrimSpace(line); len(line) == 0 {
				continue
			}
			raw.Bytes = bytes.Clone(line)
			raw.Given = identity(line)
			if !yield(raw, nil) {
				return
			}
		}
	}
}

// identity is what says which release a line is, so that it is known again in
// another file or at another place. The rest of the line is read by the decoder.
func identity(line []byte) corpus.Given {
	var known struct{ ID, URL string }
	if json.Unmarshal(line, &known) != nil {
		return corpus.Given{} // the decoder says what is wrong with it
	}
	return corpus.Given{ID: known.ID, URL: known.URL}
}

// releases are the endings of files that are releases, or hold them.
var releases = [...]string{".txt", ".md", ".html", ".htm", ".xhtml", ".json", ".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz"}

func isRelease(folder fs.FS, name string) bool {
	for _, ending := range releases {
		if strings.HasSuffix(strings.ToLower(name), ending) {
			return ending != ".json" || !isSidecar(folder, name)
		}
	}
	return false
}

// isSidecar says whether a .json stands beside the release that it is about.
func isSidecar(folder fs.FS, name string) bool {
	base := name[:len(name)-len(".json")]
	for _, other := range []string{base, base + ".txt", base + ".md", base + ".html", base + ".htm"} {
		if info, err := fs.Stat(folder, other); err == nil && !info.IsDir() {
			return true
		}
	}
	return false
}

func manyInOne(name string) bool {
	name = strings.TrimSuffix(strings.ToLower(name), ".gz")
	return strings.HasSuffix(name, ".jsonl") || strings.HasSuffix(name, ".ndjson")
}

// walk calls visit for the releases in folder, in order, until it says no.
func walk(folder fs.FS, visit func(name string, err error) bool) {
	_ = fs.WalkDir(folder, ".", func(name string, entry fs.DirEntry, err error) error {
		hidden := name != "." && strings.HasPrefix(path.Base(name), ".")
		switch {
		case err != nil:
			if !visit(name, err) {
				return fs.SkipAll
			}
			return nil
		case entry.IsDir() && hidden:
			return fs.SkipDir
		case entry.IsDir(), hidden, !entry.Type().IsRegular(), !isRelease(folder, name):
			return nil
		}
		if !visit(name, nil) {
			return fs.SkipAll
		}
		return nil
	})
}

func count(folder fs.FS) int {
	n := 0
	walk(folder, func(name string, _ error) bool {
		n++
		if manyInOne(name) {
			n = 0
			return false
		}
		return true
	})
	return n
}

func one(folder fs.FS, name string) iter.Seq2[corpus.Raw, error] {
	return func(yield func(corpus.Raw, error) bool) {
		f, err := folder.Open(name)
		if err != nil {
			yield(corpus.Raw{Path: name, Via: "file"}, unreadable(err))
			return
		}
		defer f.Close()
		if !manyInOne(name) {
			yield(whole(folder, f, name))
			return
		}
		var r io.Reader = f
		if strings.HasSuffix(strings.ToLower(name), ".gz") {
			if r, err = gzip.NewReader(f); err != nil {
				yield(corpus.Raw{Path: name, Via: "file"}, unreadable(err))
				return
			}
		}
		Lines(r, name, "file")(yield)
	}
}

// whole reads a file that is one release, with what stands beside it.
func whole(folder fs.FS, f io.Reader, name string) (corpus.Raw, error) {
	raw := corpus.Raw{Path: name, Via: "file", Fetched: time.Now()}
	b, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return raw, unreadable(err)
	}
	raw.Bytes = b
	for _, beside := range []string{name + ".json", strings.TrimSuffix(name, path.Ext(name)) + ".json"} {
		b, err := fs.ReadFile(folder, beside)
		if err != nil || beside == name {
			continue
		}
		if err := json.Unmarshal(b, &raw.Given); err != nil {
			return raw, &corpus.Failure{Reason: corpus.Malformed, Detail: beside + ": " + err.Error()}
		}
		raw.URL = raw.Given.URL
		return raw, nil
	}
	return raw, nil
}

func unreadable(err error) error {
	return &corpus.Failure{Reason: corpus.Unreadable, Detail: err.Error()}
}
