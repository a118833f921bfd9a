package file

import (
	"io"
	"io/fs"
	"path"
	"strings"
)

// releases are the endings of files that are taken for releases, or for what
// holds them, without a look. The plain texts among them are known by nothing else.
var releases = [...]string{
	".txt", ".md", ".markdown", ".html", ".htm", ".xhtml", ".json", ".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz",
	".pdf", ".docx", ".docm", ".odt", ".rtf", ".doc", ".eml", ".mbox", ".xlsx", ".ods", ".csv", ".tsv", ".epub",
	".zip", ".tar", ".tgz", ".gz", ".bz2", ".xz", ".zst", ".warc",
}

// many are the endings of files that may hold more than one release.
var many = [...]string{
	".jsonl", ".ndjson", ".eml", ".mbox", ".xlsx", ".ods", ".csv", ".tsv", ".zip", ".tar", ".tgz", ".gz", ".bz2", ".xz", ".zst", ".warc",
}

func endsIn(name string, endings []string) bool {
	name = strings.ToLower(name)
	for _, ending := range endings {
		if strings.HasSuffix(name, ending) {
			return true
		}
	}
	return false
}

// isRelease says whether a file is taken: by its name or, where that says
// nothing, by its first bytes.
func (l Loader) isRelease(name string) bool {
	switch {
	case strings.HasSuffix(strings.ToLower(name), ".json"):
		return !l.isSidecar(name)
	case endsIn(name, releases[:]):
		return true
	}
	return l.Known != nil && l.Known(l.head(name))
}

// headBytes is how much of a file without a telling name is looked at.
const headBytes = 2048

func (l Loader) head(name string) []byte {
	f, err := l.Folder.Open(name)
	if err != nil {
		return nil
	}
	defer f.Close()
	b := make([]byte, headBytes)
	n, _ := io.ReadFull(f, b)
	return b[:n]
}

// isSidecar says whether a .json stands beside the release that it is about.
func (l Loader) isSidecar(name string) bool {
	base := name[:len(name)-len(".json")]
	if l.isFile(base) {
		return true
	}
	for _, ending := range releases {
		if ending != ".json" && l.isFile(base+ending) {
			return true
		}
	}
	return false
}

func (l Loader) isFile(name string) bool {
	info, err := fs.Stat(l.Folder, name)
	return err == nil && !info.IsDir()
}

// walk calls visit for the files of releases, in order, until it says no.
func (l Loader) walk(visit func(name string, err error) bool) {
	_ = fs.WalkDir(l.Folder, ".", func(name string, entry fs.DirEntry, err error) error {
		hidden := name != "." && strings.HasPrefix(path.Base(name), ".")
		switch {
		case err != nil:
			if !visit(name, err) {
				return fs.SkipAll
			}
			return nil
		case entry.IsDir() && hidden:
			return fs.SkipDir
		case entry.IsDir(), hidden, !entry.Type().IsRegular(), !l.isRelease(name):
			return nil
		}
		if !visit(name, nil) {
			return fs.SkipAll
		}
		return nil
	})
}

func (l Loader) count() int {
	n := 0
	l.walk(func(name string, _ error) bool {
		n++
		if endsIn(name, many[:]) {
			n = 0
			return false
		}
		return true
	})
	return n
}
