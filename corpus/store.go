package corpus

import (
	"context"
	"errors"
	"iter"
	"time"
)

// ErrNotFound says that the store has no such document, version or source.
var ErrNotFound = errors.New("not found")

// ErrLocked says that another process writes to the data folder.
var ErrLocked = errors.New("locked by another process")

// ErrNewerSchema says that a newer vocero wrote the store.
var ErrNewerSchema = errors.New("the store was written by a newer version")

// Store keeps releases: raw bytes, documents with all their versions, and
// annotations. Every method is safe for concurrent use; a canceled context ends
// it without a change. storetest holds what every Store must do.
type Store interface {
	// Known says whether the newest input seen under key (see [Raw.Key]) had
	// this hash (see [Raw.Hash]): if so there is nothing to do for it, unless it
	// failed and may go well now: failed is what is recorded of it then, else nil.
	Known(ctx context.Context, key, hash string) (known bool, failed *FailedInput, err error)

	// Put stores a batch in one transaction and says, in the batch's order, what
	// became of each. A release whose document hashes as its newest version, see
	// [Document.Hash], is Unchanged; one that differs becomes the next version. Version and
	// Annotations.Version are set on the releases in place. When Put returns nil
	// the batch is durable; when it returns an error none of it is stored.
	Put(ctx context.Context, batch []Release) ([]Outcome, error)

	// Annotate replaces the annotations of versions already stored, in one
	// transaction, and puts their documents at the end of Changes.
	Annotate(ctx context.Context, batch []Annotations) error

	// Get returns the newest version of a document, or ErrNotFound.
	Get(ctx context.Context, id string) (Document, error)

	// Version returns one version of a document, or ErrNotFound.
	Version(ctx context.Context, id string, version int) (Document, error)

	// Annotations returns what was found in one version, or ErrNotFound.
	Annotations(ctx context.Context, id string, version int) (Annotations, error)

	// Raw returns the bytes that one version was decoded from, or ErrNotFound.
	Raw(ctx context.Context, id string, version int) (Raw, error)

	// Changes yields the newest version of each document that was put or
	// annotated, or whose Group became another, after cursor, in the order of those changes; cursor 0 is the
	// beginning. Raw is not filled in. It reads in pages, so that writers go on.
	Changes(ctx context.Context, after Cursor) iter.Seq2[Change, error]

	// Copies returns the group that a release is in, with the first n of its
	// releases, or ErrNotFound. A release without copies is a group of one.
	Copies(ctx context.Context, id string, n int) (Copies, error)

	// Failures yields the inputs that gave no document, newest first.
	Failures(ctx context.Context) iter.Seq2[FailedInput, error]

	// ForgetFailures forgets the failures of what lies in name, a path or an
	// address, and of its parts (name#12, name!a.pdf), but for those of the keys
	// in still: all of it was read again, and only they failed.
	ForgetFailures(ctx context.Context, name string, still []string) error

	// PutSource stores a standing source under its ID, Sources lists them by ID
	// and DeleteSource removes one, or returns ErrNotFound; its releases stay.
	PutSource(ctx context.Context, s Source) error
	Sources(ctx context.Context) ([]Source, error)
	DeleteSource(ctx context.Context, id string) error

	// PutRun records a run of a source; Runs returns the last n of a source,
	// newest first. DeleteSource forgets them.
	PutRun(ctx context.Context, r SourceRun) error
	Runs(ctx context.Context, source string, n int) ([]SourceRun, error)

	// Bookmark returns the value last kept under name, or ""; PutBookmark keeps
	// one. Loaders and the index keep in them how far they have come.
	Bookmark(ctx context.Context, name string) (string, error)
	PutBookmark(ctx context.Context, name, value string) error

	// Stats counts what is stored.
	Stats(ctx context.Context) (Stats, error)

	Close() error
}

// Cursor is a place in the sequence of a store's changes. It only grows.
type Cursor int64

// Change is one step of Changes.
type Change struct {
	Cursor  Cursor // the place after this change
	Release Release
}

// Outcome says what Put did with a release.
type Outcome string

// The outcomes of Put.
const (
	New       Outcome = "new"
	Changed   Outcome = "changed"
	Unchanged Outcome = "unchanged"
	NoText    Outcome = "failed" // recorded with its Failure
)

// FailedInput is an input that gave no document.
type FailedInput struct {
	Key     string
	URL     string
	Path    string
	Failure Failure
	When    time.Time
}

// Stats counts what a store holds.
type Stats struct {
	Documents  int    `json:"documents"`
	Versions   int    `json:"versions"`
	Copies     int    `json:"copies"` // documents that another one is shown for
	Failures   int    `json:"failures"`
	Sources    int    `json:"sources"`
	TextBytes  int64  `json:"text_bytes"`  // text of the newest versions, UTF-8
	StoreBytes int64  `json:"store_bytes"` // on disk
	Cursor     Cursor `json:"cursor"`
}
