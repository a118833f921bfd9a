package sqlite_test

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vocero/corpus"
	"vocero/corpus/sqlite"
	"vocero/corpus/storetest"
)

func TestStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T) corpus.Store { return open(t, t.TempDir()) })
}

func open(t testing.TB, folder string) *sqlite.Store {
	t.Helper()
	store, err := sqlite.Open(t.Context(), folder)
	if err != nil {
		t.Fatal(err)
	}
	return store
}

func TestReopen(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "a folder", "año? 100% #1 [ñ]")
	for n := range 3 {
		store := open(t, folder)
		if _, err := store.Put(t.Context(), []corpus.Release{storetest.Release(n)}); err != nil {
			t.Fatal(err)
		}
		if err := store.Close(); err != nil {
			t.Fatal(err)
		}
	}
	store := open(t, folder)
	defer store.Close()
	stats, err := store.Stats(t.Context())
	if err != nil || stats.Documents != 3 {
		t.Errorf("after three runs: %+v, %v", stats, err)
	}
}

func TestOneWriter(t *testing.T) {
	folder := t.TempDir()
	first := open(t, folder)
	if _, err := sqlite.Open(t.Context(), folder); !errors.Is(err, corpus.ErrLocked) {
		t.Errorf("a second writer: %v", err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	if err := open(t, folder).Close(); err != nil {
		t.Errorf("after the first ended: %v", err)
	}
}

func TestReadBesideWriter(t *testing.T) {
	folder := t.TempDir()
	writer := open(t, folder)
	defer writer.Close()
	reader, err := sqlite.OpenReadOnly(t.Context(), folder)
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	for n := range 3 {
		if _, err := writer.Put(t.Context(), []corpus.Release{storetest.Release(n)}); err != nil {
			t.Fatal(err)
		}
		if _, err := reader.Get(t.Context(), storetest.Release(n).Document.ID); err != nil {
			t.Error(err)
		}
	}
	if _, err := reader.Put(t.Context(), nil); !errors.Is(err, sqlite.ErrReadOnly) {
		t.Errorf("Put on a reader: %v", err)
	}
	if err := reader.PutBookmark(t.Context(), "a", "b"); !errors.Is(err, sqlite.ErrReadOnly) {
		t.Errorf("PutBookmark on a reader: %v", err)
	}
}

func TestReadAlone(t *testing.T) {
	folder := t.TempDir()
	writer := open(t, folder)
	if _, err := writer.Put(t.Context(), []corpus.Release{storetest.Release(1)}); err != nil {
		t.Fatal(err)
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	reader, err := sqlite.OpenReadOnly(t.Context(), folder)
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	if _, err := reader.Get(t.Context(), storetest.Release(1).Document.ID); err != nil {
		t.Error(err)
	}
	open(t, folder).Close() // a reader keeps no writer out
}

func TestReadNothing(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "missing")
	for _, folder := range []string{missing, t.TempDir()} {
		if _, err := sqlite.OpenReadOnly(t.Context(), folder); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("no store: %v", err)
		}
	}
	if entries, _ := filepath.Glob(missing); len(entries) != 0 {
		t.Error("reading made the folder")
	}
}

func TestNewerSchema(t *testing.T) {
	folder := t.TempDir()
	open(t, folder).Close()
	exec(t, folder, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, 1)")
	if _, err := sqlite.Open(t.Context(), folder); !errors.Is(err, corpus.ErrNewerSchema) {
		t.Errorf("Open: %v", err)
	}
	if _, err := sqlite.OpenReadOnly(t.Context(), folder); !errors.Is(err, corpus.ErrNewerSchema) {
		t.Errorf("OpenReadOnly: %v", err)
	}
	exec(t, folder, "DELETE FROM goose_db_version WHERE version_id = 99999")
	open(t, folder).Close() // a refused Open leaves no lock
}

// TestOlderSchema reads a store as the first program made it.
func TestOlderSchema(t *testing.T) {
	migration, err := os.ReadFile("migrations/00001_corpus.sql")
	if err != nil {
		t.Fatal(err)
	}
	up, _, _ := strings.Cut(string(migration), "-- +goose Down")
	folder := t.TempDir()
	exec(t, folder, up+`
CREATE TABLE goose_db_version (id INTEGER PRIMARY KEY AUTOINCREMENT, version_id INTEGER NOT NULL, is_applied INTEGER NOT NULL, tstamp TIMESTAMP DEFAULT (datetime('now')));
INSERT INTO goose_db_version (version_id, is_applied) VALUES (0, 1), (1, 1);
INSERT INTO versions (num, id, version, lang, country, published, publisher, source, extractor, hash, url, title, text)
VALUES (1, 'old', 1, 'es', 'PE', '2021-05-17', '', '', '1', x'00', '', '', 'Un texto de antes.');
INSERT INTO changes (num) VALUES (1);`)
	s, err := sqlite.OpenReadOnly(t.Context(), folder)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if d, err := s.Get(t.Context(), "old"); err != nil || d.Text != "Un texto de antes." || d.Country != "PE" {
		t.Errorf("%v, %+v", err, d)
	}
}

func TestOpenCanceled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	folder := t.TempDir()
	if _, err := sqlite.Open(ctx, folder); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	open(t, folder).Close()
}

// exec changes the file behind the store's back.
func exec(t *testing.T, folder, statement string) {
	t.Helper()
	db := database(t, folder)
	if _, err := db.Exec(statement); err != nil {
		t.Fatal(err)
	}
}

func database(t testing.TB, folder string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(folder, "corpus.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}
