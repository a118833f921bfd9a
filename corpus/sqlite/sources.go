package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"vocero/corpus"
)

// PutSource is corpus.Store.PutSource.
func (s *Store) PutSource(ctx context.Context, c corpus.Source) error {
	err := s.update(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO sources
			(id, url, kind, publisher, country, lang, added, last_run, last_new, last_error) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			c.ID, c.URL, c.Kind, c.Publisher, c.Country, c.Lang, stampOrEmpty(c.Added), stampOrEmpty(c.LastRun), c.LastNew, c.LastError)
		return err
	})
	if err != nil {
		return fmt.Errorf("put source %s: %w", c.ID, err)
	}
	return nil
}

// Sources is corpus.Store.Sources.
func (s *Store) Sources(ctx context.Context) ([]corpus.Source, error) {
	sources, err := s.sources(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the sources: %w", err)
	}
	return sources, nil
}

func (s *Store) sources(ctx context.Context) ([]corpus.Source, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT id, url, kind, publisher, country, lang, added, last_run, last_new, last_error
		FROM sources ORDER BY id`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var sources []corpus.Source
	for rows.Next() {
		var c corpus.Source
		var added, lastRun string
		err := rows.Scan(&c.ID, &c.URL, &c.Kind, &c.Publisher, &c.Country, &c.Lang, &added, &lastRun, &c.LastNew, &c.LastError)
		if err != nil {
			return nil, err
		}
		if c.Added, err = parseTime(added); err != nil {
			return nil, err
		}
		if c.LastRun, err = parseTime(lastRun); err != nil {
			return nil, err
		}
		sources = append(sources, c)
	}
	return sources, rows.Err()
}

// DeleteSource is corpus.Store.DeleteSource.
func (s *Store) DeleteSource(ctx context.Context, id string) error {
	err := s.update(ctx, func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, "DELETE FROM sources WHERE id = ?", id)
		if err != nil {
			return err
		}
		n, err := result.RowsAffected()
		if err == nil && n == 0 {
			return corpus.ErrNotFound
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("delete source %s: %w", id, err)
	}
	return nil
}
