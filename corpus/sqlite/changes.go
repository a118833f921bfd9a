package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"iter"

	"vocero/corpus"
)

// A page of Changes ends after so many documents or so many bytes of text.
const (
	pageDocuments = 256
	pageBytes     = 8 << 20
)

// Changes is corpus.Store.Changes.
func (s *Store) Changes(ctx context.Context, after corpus.Cursor) iter.Seq2[corpus.Change, error] {
	return func(yield func(corpus.Change, error) bool) {
		for {
			page, err := s.changes(ctx, after)
			if err != nil {
				yield(corpus.Change{}, fmt.Errorf("changes after %d: %w", after, err))
				return
			}
			for _, change := range page {
				if !yield(change, nil) {
					return
				}
				after = change.Cursor
			}
			if len(page) == 0 {
				return
			}
		}
	}
}

// changes reads one page of changes, with their annotations, from one state of
// the store. The empty page is behind the last.
func (s *Store) changes(ctx context.Context, after corpus.Cursor) ([]corpus.Change, error) {
	var page []corpus.Change
	err := s.view(ctx, func(tx *sql.Tx) error {
		var nums []int64
		var err error
		if page, nums, err = changed(ctx, tx, after); err != nil {
			return err
		}
		into, groups := make(map[int64]*corpus.Annotations, len(page)), make(map[int64]*corpus.Group, len(page))
		for i := range page {
			into[nums[i]], groups[nums[i]] = &page[i].Release.Annotations, &page[i].Release.Group
		}
		if err := readGroups(ctx, tx, groups); err != nil {
			return err
		}
		return readAnnotations(ctx, tx, into)
	})
	return page, err
}

// changed reads the documents of a page and the nums of their versions.
func changed(ctx context.Context, tx *sql.Tx, after corpus.Cursor) (page []corpus.Change, nums []int64, err error) {
	rows, err := tx.QueryContext(ctx, "SELECT "+columns+`, v.extractor, c.cursor
		FROM changes c JOIN versions v ON v.num = c.num WHERE c.cursor > ? ORDER BY c.cursor LIMIT ?`, after, pageDocuments)
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	for size := 0; size < pageBytes && rows.Next(); {
		var c corpus.Change
		num, d, err := scanDocument(rows, &c.Release.Annotations.Extractor, &c.Cursor)
		if err != nil {
			return nil, nil, err
		}
		c.Release.Document = d
		c.Release.Annotations.Document, c.Release.Annotations.Version = d.ID, d.Version
		page, nums = append(page, c), append(nums, num)
		size += len(d.Text)
	}
	return page, nums, rows.Err()
}
