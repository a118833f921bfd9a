package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"vocero/corpus"
)

// columns are those of versions that make a Document, in scanDocument's order.
const columns = "v.num, v.id, v.version, v.parent, v.lang, v.country, v.published, v.publisher, v.source, v.url, v.title, v.text, " +
	"v.author, v.section, v.modified, v.origins"

// Get is corpus.Store.Get.
func (s *Store) Get(ctx context.Context, id string) (corpus.Document, error) {
	row := s.read.QueryRowContext(ctx, "SELECT "+columns+" FROM versions v WHERE id = ? ORDER BY version DESC LIMIT 1", id)
	_, d, err := scanDocument(row)
	if err != nil {
		return corpus.Document{}, fmt.Errorf("document %s: %w", id, notFound(err))
	}
	return d, nil
}

// Version is corpus.Store.Version.
func (s *Store) Version(ctx context.Context, id string, version int) (corpus.Document, error) {
	row := s.read.QueryRowContext(ctx, "SELECT "+columns+" FROM versions v WHERE id = ? AND version = ?", id, version)
	_, d, err := scanDocument(row)
	if err != nil {
		return corpus.Document{}, fmt.Errorf("document %s version %d: %w", id, version, notFound(err))
	}
	return d, nil
}

// scanDocument reads columns, and what follows them into more.
func scanDocument(row scanner, more ...any) (num int64, d corpus.Document, err error) {
	var published, modified, origins string
	err = row.Scan(append([]any{&num, &d.ID, &d.Version, &d.Parent, &d.Lang, &d.Country, &published, &d.Publisher,
		&d.Source, &d.URL, &d.Title, &d.Text, &d.Author, &d.Section, &modified, &origins}, more...)...)
	if err != nil {
		return 0, d, err
	}
	if origins != "{}" {
		if err := json.Unmarshal([]byte(origins), &d.Origins); err != nil {
			return 0, d, fmt.Errorf("origins: %w", err)
		}
	}
	if err := d.Modified.UnmarshalText([]byte(modified)); err != nil {
		return 0, d, err
	}
	return num, d, d.Published.UnmarshalText([]byte(published))
}

// Raw is corpus.Store.Raw.
func (s *Store) Raw(ctx context.Context, id string, version int) (corpus.Raw, error) {
	r, err := s.raw(ctx, id, version)
	if err != nil {
		return corpus.Raw{}, fmt.Errorf("raw of %s version %d: %w", id, version, notFound(err))
	}
	return r, nil
}

func (s *Store) raw(ctx context.Context, id string, version int) (corpus.Raw, error) {
	var r corpus.Raw
	var fetched, given string
	var packed []byte
	err := s.read.QueryRowContext(ctx, `SELECT r.source, r.url, r.path, r.parent, r.content_type, r.via, r.fetched, r.given, r.bytes
		FROM versions v JOIN raws r ON r.num = v.num WHERE v.id = ? AND v.version = ?`, id, version).
		Scan(&r.Source, &r.URL, &r.Path, &r.Parent, &r.ContentType, &r.Via, &fetched, &given, &packed)
	if err != nil {
		return r, err
	}
	if r.Bytes, err = s.unpack.DecodeAll(packed, nil); err != nil {
		return r, err
	}
	if err := json.Unmarshal([]byte(given), &r.Given); err != nil {
		return r, err
	}
	r.Fetched, err = parseTime(fetched)
	return r, err
}

// Known is corpus.Store.Known.
func (s *Store) Known(ctx context.Context, key, hash string) (bool, *corpus.FailedInput, error) {
	var failed sql.NullInt64
	err := s.read.QueryRowContext(ctx, `SELECT f.num FROM inputs i LEFT JOIN failures f ON f.key = i.key
		WHERE i.key = ? AND i.hash = ?`, key, unhex(hash)).Scan(&failed)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil, nil
	}
	if err == nil && failed.Valid {
		var page []corpus.FailedInput
		if page, _, err = s.failuresBefore(ctx, failed.Int64+1, 1); err == nil && len(page) == 1 && page[0].Key == key {
			return true, &page[0], nil
		}
	}
	if err != nil {
		return false, nil, fmt.Errorf("look up %s: %w", key, err)
	}
	return true, nil, nil
}

// Annotations is corpus.Store.Annotations.
func (s *Store) Annotations(ctx context.Context, id string, version int) (corpus.Annotations, error) {
	var a corpus.Annotations
	err := s.view(ctx, func(tx *sql.Tx) error {
		var num int64
		row := tx.QueryRowContext(ctx, "SELECT num, extractor FROM versions WHERE id = ? AND version = ?", id, version)
		if err := row.Scan(&num, &a.Extractor); err != nil {
			return notFound(err)
		}
		a.Document, a.Version = id, version
		return readAnnotations(ctx, tx, map[int64]*corpus.Annotations{num: &a})
	})
	if err != nil {
		return corpus.Annotations{}, fmt.Errorf("annotations of %s version %d: %w", id, version, err)
	}
	return a, nil
}
