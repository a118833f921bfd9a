package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"vocero/corpus"
	"vocero/corpus/near"
)

// The bookmark that says by which version of near the copies were found, and
// whether all releases have been looked at.
const (
	copiesBookmark = "copies"
	copiesDone     = near.Version
	copiesUnderWay = near.Version + " under way"
)

// groupStored finds the copies among releases that were stored before this
// program knew how to: all of them in a store of an older version. It works in
// batches, and goes on where it was cut off.
func (s *Store) groupStored(ctx context.Context) error {
	var state string
	err := s.update(ctx, func(tx *sql.Tx) error {
		w := newWriter(ctx, tx)
		err := w.query(`SELECT coalesce((SELECT value FROM bookmarks WHERE name = ?), '')`, copiesBookmark).Scan(&state)
		if err != nil || state == copiesDone || state == copiesUnderWay {
			return err
		}
		state = copiesUnderWay
		if err := w.again(`SELECT m.num FROM members m JOIN texts t ON t.text = m.text
			WHERE EXISTS (SELECT 1 FROM texts u JOIN members o ON o.text = u.text WHERE u.leader = t.leader AND o.num <> m.num)`); err != nil {
			return err
		}
		for _, table := range [...]string{"members", "texts", "bands", "alike"} {
			w.exec("DELETE FROM " + table)
		}
		w.exec(`INSERT OR REPLACE INTO bookmarks (name, value) VALUES (?, ?)`, copiesBookmark, state)
		return w.err
	})
	for err == nil && state != copiesDone {
		state, err = s.groupSome(ctx)
	}
	if err != nil {
		return fmt.Errorf("find the copies among what is stored: %w", err)
	}
	return nil
}

// groupSome looks at the next releases.
func (s *Store) groupSome(ctx context.Context) (state string, err error) {
	state = copiesUnderWay
	err = s.update(ctx, func(tx *sql.Tx) error {
		w := newWriter(ctx, tx)
		var nums []int64
		var docs []corpus.Document
		err := w.each(`SELECT `+columns+` FROM changes c JOIN versions v ON v.num = c.num
			WHERE NOT EXISTS (SELECT 1 FROM members m WHERE m.num = v.num) ORDER BY v.num LIMIT ?`, func(row scanner) error {
			num, d, err := scanDocument(row)
			nums, docs = append(nums, num), append(docs, d)
			return err
		}, pageDocuments)
		if err != nil {
			return err
		}
		g := newGrouper(w)
		for i := range docs {
			if err := g.place(nums[i], &docs[i]); err != nil {
				return err
			}
		}
		clear(g.fresh) // they are among the changes already, as releases without copies
		if err := g.finish(); err != nil {
			return err
		}
		if len(docs) == 0 {
			state = copiesDone
			w.exec(`INSERT OR REPLACE INTO bookmarks (name, value) VALUES (?, ?)`, copiesBookmark, state)
		}
		return w.err
	})
	return state, err
}
