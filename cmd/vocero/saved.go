package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// savedQueries are the queries that were saved in a data folder, by name. They
// are a file of their own, queries.json, which an ingest never keeps locked and
// a person can edit; what each has shown before is in seen/NAME.
type savedQueries struct {
	folder  string
	Queries map[string]string `json:"queries"`
}

func loadQueries(folder string) (*savedQueries, error) {
	s := &savedQueries{folder: folder, Queries: map[string]string{}}
	b, err := os.ReadFile(s.path())
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err == nil {
		err = json.Unmarshal(b, s)
	}
	if err != nil {
		return nil, fmt.Errorf("read saved queries: %w", err)
	}
	return s, nil
}

func (s *savedQueries) path() string { return filepath.Join(s.folder, "queries.json") }

func (s *savedQueries) names() []string { return slices.Sorted(maps.Keys(s.Queries)) }

// named returns the query of a name.
func (s *savedQueries) named(name string) (string, error) {
	q, ok := s.Queries[name]
	switch {
	case ok:
	case len(s.Queries) == 0:
		return "", fmt.Errorf("no query is saved as %q, nor any other; begin with: vocero save %s QUERY", name, name)
	default:
		return "", fmt.Errorf("no query is saved as %q; there are: %s", name, strings.Join(s.names(), ", "))
	}
	return q, nil
}

// put saves a query, in the place of one of the same name; what that one has
// shown is forgotten unless the query is the same.
func (s *savedQueries) put(name, query string) error {
	if err := checkName(name); err != nil {
		return err
	}
	if s.Queries[name] != query {
		if err := s.forget(name); err != nil {
			return err
		}
	}
	s.Queries[name] = query
	return s.write()
}

func (s *savedQueries) remove(name string) error {
	if _, err := s.named(name); err != nil {
		return err
	}
	delete(s.Queries, name)
	return errors.Join(s.write(), s.forget(name))
}

func (s *savedQueries) write() error {
	return replaceFile(s.path(), func(w io.Writer) error {
		out := json.NewEncoder(w)
		out.SetEscapeHTML(false) // a person reads and edits it
		out.SetIndent("", "  ")
		return out.Encode(s)
	})
}

// checkName keeps names to what is a file's name everywhere and needs no quotes.
func checkName(name string) error {
	if name == "" || len(name) > 100 || name[0] == '.' || name[0] == '-' ||
		strings.Trim(strings.ToLower(name), "abcdefghijklmnopqrstuvwxyz0123456789-_.") != "" {
		return fmt.Errorf("the name %q: write it with letters without accents, digits, -, _ or . only", name)
	}
	return nil
}

func (s *savedQueries) seenPath(name string) string { return filepath.Join(s.folder, "seen", name) }

func (s *savedQueries) forget(name string) error {
	if err := os.Remove(s.seenPath(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// seen returns the releases that a query has shown, by ID, in the version shown.
func (s *savedQueries) seen(name string) (map[string]int, error) {
	b, err := os.ReadFile(s.seenPath(name))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read what %s has shown: %w", name, err)
	}
	all := map[string]int{}
	for line := range strings.Lines(string(b)) {
		version, id, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if all[id], err = strconv.Atoi(version); err != nil {
			return nil, fmt.Errorf("read what %s has shown: %w", name, err)
		}
	}
	return all, nil
}

// putSeen keeps what a query has shown.
func (s *savedQueries) putSeen(name string, all map[string]int) error {
	if err := os.MkdirAll(filepath.Dir(s.seenPath(name)), 0o700); err != nil {
		return err
	}
	return replaceFile(s.seenPath(name), func(w io.Writer) error {
		for _, id := range slices.Sorted(maps.Keys(all)) {
			if _, err := fmt.Fprintf(w, "%d\t%s\n", all[id], id); err != nil {
				return err
			}
		}
		return nil
	})
}
