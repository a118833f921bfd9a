// Package sqlite keeps a corpus in one SQLite file, corpus.db, in a data folder:
//
//	store, err := sqlite.Open(ctx, folder)
//	defer store.Close()
//
// The schema, in migrations, is made to be read with any SQLite tool: texts and
// annotations are plain rows, and the views documents, evidence, positions and
// copies join what a person asks for first.
package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"
	"github.com/klauspost/compress/zstd"
	_ "modernc.org/sqlite" // the driver

	"vocero/corpus"
)

// ErrReadOnly is returned by the writing methods of a store that was opened
// with OpenReadOnly.
var ErrReadOnly = errors.New("the store is open for reading only")

const (
	fileName = "corpus.db"
	lockName = "corpus.lock"
	readers  = 4 // connections that read side by side
)

// Store is a corpus.Store in a data folder.
type Store struct {
	folder string
	lock   *flock.Flock // nil when read-only
	write  *sql.DB      // one connection; nil when read-only
	read   *sql.DB
	pack   *zstd.Encoder // both are used by EncodeAll and DecodeAll only,
	unpack *zstd.Decoder // which are safe for concurrent use
}

var _ corpus.Store = (*Store)(nil)

// Open opens the store in folder for reading and writing, makes both where they
// are missing and migrates an older schema. One process at a time may write: a
// second gets an error that is corpus.ErrLocked at once, and one that is older
// than the store corpus.ErrNewerSchema.
func Open(ctx context.Context, folder string) (*Store, error) {
	s, err := openWriter(ctx, folder)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", folder, err)
	}
	return s, nil
}

// Exists returns nil where folder holds a store, or an error that is fs.ErrNotExist.
func Exists(folder string) error {
	_, err := os.Stat(filepath.Join(folder, fileName))
	return err
}

// OpenReadOnly opens the store in folder for reading, also while another process
// writes to it. A store of an older schema is migrated first. A folder without a
// store gives an error that is fs.ErrNotExist.
func OpenReadOnly(ctx context.Context, folder string) (*Store, error) {
	s, err := openReader(ctx, folder)
	if errors.Is(err, errOlderSchema) {
		if s, err = openWriter(ctx, folder); err == nil {
			if err = s.Close(); err == nil {
				s, err = openReader(ctx, folder)
			}
		}
	}
	if err != nil {
		return nil, fmt.Errorf("open %s for reading: %w", folder, err)
	}
	return s, nil
}

func openWriter(ctx context.Context, folder string) (*Store, error) {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, err
	}
	s, err := newStore(folder)
	if err != nil {
		return nil, err
	}
	s.lock = flock.New(filepath.Join(folder, lockName))
	switch locked, err := s.lock.TryLock(); {
	case err != nil:
		return nil, errors.Join(err, s.Close())
	case !locked:
		return nil, errors.Join(corpus.ErrLocked, s.Close())
	}
	// In WAL mode, synchronous=FULL writes the log through to the disk at each
	// commit, so that what was committed outlives a power cut too.
	s.write, err = s.connect(1, "mode=rwc", "_txlock=immediate",
		"_pragma=journal_mode(WAL)", "_pragma=synchronous(FULL)", "_pragma=journal_size_limit(67108864)")
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if err := migrate(ctx, s.write); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if err := s.groupStored(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	s.read, err = s.connect(readers, "mode=rw", "_pragma=query_only(1)")
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func openReader(ctx context.Context, folder string) (*Store, error) {
	if err := Exists(folder); err != nil {
		return nil, err
	}
	s, err := newStore(folder)
	if err != nil {
		return nil, err
	}
	s.read, err = s.connect(readers, "mode=ro")
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if err := checkSchema(ctx, s.read); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func newStore(folder string) (*Store, error) {
	pack, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(1<<20))
	if err != nil {
		return nil, err
	}
	unpack, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(readers))
	if err != nil {
		return nil, err
	}
	return &Store{folder: folder, pack: pack, unpack: unpack}, nil
}

// connect makes a pool of at most n connections to the file. What one of them
// cannot get because another writes, it waits for a bounded time.
func (s *Store) connect(n int, options ...string) (*sql.DB, error) {
	path, err := filepath.Abs(filepath.Join(s.folder, fileName))
	if err != nil {
		return nil, err
	}
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") { // a Windows drive
		path = "/" + path
	}
	options = append(options, "_pragma=busy_timeout(5000)")
	name := (&url.URL{Scheme: "file", Path: path, RawQuery: strings.Join(options, "&")}).String()
	db, err := sql.Open("sqlite", name)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(n)
	db.SetMaxIdleConns(n)
	return db, nil
}

// Close closes the store and lets another process write. It waits for what is
// under way.
func (s *Store) Close() error {
	var errs []error
	if s.read != nil {
		errs = append(errs, s.read.Close())
	}
	if s.write != nil { // last, so that it moves the log into the file
		errs = append(errs, s.write.Close())
	}
	s.unpack.Close()
	errs = append(errs, s.pack.Close())
	if s.lock != nil {
		errs = append(errs, s.lock.Close())
	}
	return errors.Join(errs...)
}

// update runs do in one transaction, which is durable when update returns nil
// and leaves nothing when it returns an error.
func (s *Store) update(ctx context.Context, do func(tx *sql.Tx) error) error {
	if s.write == nil {
		return ErrReadOnly
	}
	return within(ctx, s.write, do)
}

// view runs do in one transaction that sees one state of the store.
func (s *Store) view(ctx context.Context, do func(tx *sql.Tx) error) error {
	return within(ctx, s.read, do)
}

func within(ctx context.Context, db *sql.DB, do func(tx *sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // does nothing after Commit
	if err := do(tx); err != nil {
		// An interrupted statement says so in SQLite's words; say it in ours.
		return cmp.Or(ctx.Err(), err)
	}
	return tx.Commit()
}
