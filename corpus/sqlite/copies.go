package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"vocero/corpus"
)

// Copies is corpus.Store.Copies.
func (s *Store) Copies(ctx context.Context, id string, n int) (corpus.Copies, error) {
	var c corpus.Copies
	err := s.view(ctx, func(tx *sql.Tx) error {
		var leader int64
		row := tx.QueryRowContext(ctx, `SELECT t.leader FROM versions v
			JOIN members m ON m.first = v.num JOIN texts t ON t.text = m.text
			WHERE v.id = ? AND v.version = 1`, id)
		if err := row.Scan(&leader); err != nil {
			return notFound(err)
		}
		row = tx.QueryRowContext(ctx, `SELECT count(*) FROM texts t JOIN members m ON m.text = t.text WHERE t.leader = ?`, leader)
		if err := row.Scan(&c.Total); err != nil {
			return err
		}
		var err error
		c.Documents, err = copiesOf(ctx, tx, leader, max(n, 1))
		if err == nil {
			c.Shown = c.Documents[0].ID
			c.Documents = c.Documents[:min(len(c.Documents), max(n, 0))]
		}
		return err
	})
	if err != nil {
		return corpus.Copies{}, fmt.Errorf("copies of %s: %w", id, err)
	}
	return c, nil
}

// copiesOf reads the first n releases of a group, the one that is shown first.
func copiesOf(ctx context.Context, tx *sql.Tx, leader int64, n int) ([]corpus.Document, error) {
	withoutText := strings.Replace(columns, "v.text", "''", 1)
	rows, err := tx.QueryContext(ctx, "SELECT "+withoutText+`
		FROM texts t JOIN members m ON m.text = t.text JOIN versions v ON v.num = m.num
		WHERE t.leader = ? ORDER BY m.published, m.first LIMIT ?`, leader, n)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []corpus.Document
	for rows.Next() {
		_, d, err := scanDocument(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, d)
	}
	return all, rows.Err()
}

// readGroups fills in the groups of the releases whose newest versions' nums are
// the keys of into.
func readGroups(ctx context.Context, tx *sql.Tx, into map[int64]*corpus.Group) error {
	nums, _ := json.Marshal(slices.Collect(maps.Keys(into))) // numbers always marshal
	rows, err := tx.QueryContext(ctx, `SELECT m.num, t.leader,
			(SELECT r.num FROM members r WHERE r.text = t.leader ORDER BY r.published, r.first LIMIT 1)
		FROM json_each(?) j JOIN members m ON m.num = j.value JOIN texts t ON t.text = m.text
		WHERE EXISTS (SELECT 1 FROM texts u JOIN members o ON o.text = u.text WHERE u.leader = t.leader AND o.num <> m.num)`, string(nums))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var num, leader, shown int64
		if err := rows.Scan(&num, &leader, &shown); err != nil {
			return err
		}
		*into[num] = corpus.Group{ID: strconv.FormatInt(leader, 10), Copy: shown != num}
	}
	return rows.Err()
}
