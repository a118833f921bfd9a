package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"

	"vocero/corpus"
)

// Failures is corpus.Store.Failures.
func (s *Store) Failures(ctx context.Context) iter.Seq2[corpus.FailedInput, error] {
	return func(yield func(corpus.FailedInput, error) bool) {
		if err := s.failures(ctx, yield); err != nil {
			yield(corpus.FailedInput{}, fmt.Errorf("read the failures: %w", err))
		}
	}
}

// failures yields page by page, so that no reader stays open while the caller works.
func (s *Store) failures(ctx context.Context, yield func(corpus.FailedInput, error) bool) error {
	for before := int64(1<<63 - 1); ; {
		page, last, err := s.failuresBefore(ctx, before, pageDocuments)
		if err != nil || len(page) == 0 {
			return err
		}
		for _, f := range page {
			if !yield(f, nil) {
				return nil
			}
		}
		before = last
	}
}

func (s *Store) failuresBefore(ctx context.Context, before int64, n int) (page []corpus.FailedInput, last int64, err error) {
	rows, err := s.read.QueryContext(ctx, `SELECT num, key, url, path, reason, detail, means, failed
		FROM failures WHERE num < ? ORDER BY num DESC LIMIT ?`, before, n)
	if err != nil {
		return nil, 0, err
	}
	defer rows.Close()
	for rows.Next() {
		var f corpus.FailedInput
		var when string
		if err := rows.Scan(&last, &f.Key, &f.URL, &f.Path, &f.Failure.Reason, &f.Failure.Detail, &f.Failure.Means, &when); err != nil {
			return nil, 0, err
		}
		if f.When, err = parseTime(when); err != nil {
			return nil, 0, err
		}
		page = append(page, f)
	}
	return page, last, rows.Err()
}

// ForgetFailures is corpus.Store.ForgetFailures. Mostly there are none, and
// nothing is written then.
func (s *Store) ForgetFailures(ctx context.Context, name string, still []string) error {
	gone, err := s.failuresIn(ctx, name, still)
	if err == nil && len(gone) > 0 {
		err = s.update(ctx, func(tx *sql.Tx) error {
			w := newWriter(ctx, tx)
			for _, num := range gone {
				w.exec("DELETE FROM failures WHERE num = ?", num)
			}
			return w.err
		})
	}
	if err != nil {
		return fmt.Errorf("forget the failures of %s: %w", name, err)
	}
	return nil
}

// failuresIn are those of what lies in name but for some keys.
func (s *Store) failuresIn(ctx context.Context, name string, but []string) (nums []int64, err error) {
	rows, err := s.read.QueryContext(ctx, `SELECT num, key FROM failures WHERE path = ?1 OR key = 'url:' || ?1
		OR path >= ?1 || '!' AND path < ?1 || '"' OR path >= ?1 || '#' AND path < ?1 || '$'`, name)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var num int64
		var key string
		if err := rows.Scan(&num, &key); err != nil {
			return nil, err
		}
		if !slices.Contains(but, key) {
			nums = append(nums, num)
		}
	}
	return nums, rows.Err()
}

// Bookmark is corpus.Store.Bookmark.
func (s *Store) Bookmark(ctx context.Context, name string) (string, error) {
	var value string
	err := s.read.QueryRowContext(ctx, "SELECT value FROM bookmarks WHERE name = ?", name).Scan(&value)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("bookmark %s: %w", name, err)
	}
	return value, nil
}

// PutBookmark is corpus.Store.PutBookmark.
func (s *Store) PutBookmark(ctx context.Context, name, value string) error {
	err := s.update(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO bookmarks (name, value) VALUES (?, ?)", name, value)
		return err
	})
	if err != nil {
		return fmt.Errorf("put bookmark %s: %w", name, err)
	}
	return nil
}

// Stats is corpus.Store.Stats. StoreBytes is the size of the file and its log.
func (s *Store) Stats(ctx context.Context) (corpus.Stats, error) {
	var stats corpus.Stats
	err := s.read.QueryRowContext(ctx, `SELECT
		(SELECT count(*) FROM changes),
		(SELECT count(*) FROM versions),
		(SELECT count(*) FROM members) - (SELECT count(*) FROM texts WHERE leader = text),
		(SELECT count(*) FROM failures),
		(SELECT count(*) FROM sources),
		(SELECT coalesce(sum(octet_length(text)), 0) FROM documents),
		(SELECT coalesce(max(cursor), 0) FROM changes)`).
		Scan(&stats.Documents, &stats.Versions, &stats.Copies, &stats.Failures, &stats.Sources, &stats.TextBytes, &stats.Cursor)
	if err == nil {
		stats.StoreBytes, err = s.size()
	}
	if err != nil {
		return corpus.Stats{}, fmt.Errorf("count what is stored: %w", err)
	}
	return stats, nil
}

func (s *Store) size() (int64, error) {
	var total int64
	for _, suffix := range [...]string{"", "-wal"} {
		info, err := os.Stat(filepath.Join(s.folder, fileName+suffix))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return 0, err
		}
		total += info.Size()
	}
	return total, nil
}
