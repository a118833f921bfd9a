package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"vocero/corpus"
)

const sourceColumns = `id, url, kind, publisher, country, lang, include, exclude, whole, private, every, paused,
	added, last_run, last_success, next_run, last_new, last_error, failures, warning`

// PutSource is corpus.Store.PutSource.
func (s *Store) PutSource(ctx context.Context, c corpus.Source) error {
	err := s.update(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO sources ("+sourceColumns+`)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			c.ID, c.URL, c.Kind, c.Publisher, c.Country, c.Lang, list(c.Include), list(c.Exclude), c.Whole, c.Private, int64(c.Every/time.Second), c.Paused,
			stampOrEmpty(c.Added), stampOrEmpty(c.LastRun), stampOrEmpty(c.LastSuccess), stampOrEmpty(c.NextRun), c.LastNew, c.LastError, c.Failures, c.Warning)
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
	rows, err := s.read.QueryContext(ctx, "SELECT "+sourceColumns+" FROM sources ORDER BY id")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var sources []corpus.Source
	for rows.Next() {
		c, err := scanSource(rows)
		if err != nil {
			return nil, err
		}
		sources = append(sources, c)
	}
	return sources, rows.Err()
}

func scanSource(row scanner) (corpus.Source, error) {
	var c corpus.Source
	var include, exclude, added, lastRun, lastSuccess, nextRun string
	var every int64
	err := row.Scan(&c.ID, &c.URL, &c.Kind, &c.Publisher, &c.Country, &c.Lang, &include, &exclude, &c.Whole, &c.Private, &every, &c.Paused,
		&added, &lastRun, &lastSuccess, &nextRun, &c.LastNew, &c.LastError, &c.Failures, &c.Warning)
	if err != nil {
		return c, err
	}
	c.Every = time.Duration(every) * time.Second
	for to, text := range map[*[]string]string{&c.Include: include, &c.Exclude: exclude} {
		if err := json.Unmarshal([]byte(text), to); err != nil {
			return c, err
		}
	}
	return c, parseTimes(map[*time.Time]string{&c.Added: added, &c.LastRun: lastRun, &c.LastSuccess: lastSuccess, &c.NextRun: nextRun})
}

func parseTimes(texts map[*time.Time]string) error {
	for to, text := range texts {
		t, err := parseTime(text)
		if err != nil {
			return err
		}
		*to = t
	}
	return nil
}

// DeleteSource is corpus.Store.DeleteSource.
func (s *Store) DeleteSource(ctx context.Context, id string) error {
	err := s.update(ctx, func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, "DELETE FROM sources WHERE id = ?", id)
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil {
			return err
		} else if n == 0 {
			return corpus.ErrNotFound
		}
		_, err = tx.ExecContext(ctx, "DELETE FROM runs WHERE source = ?", id)
		return err
	})
	if err != nil {
		return fmt.Errorf("delete source %s: %w", id, err)
	}
	return nil
}

const runColumns = "source, began, ended, named, tried, decoded, text, new, changed, failed, error, warning"

// PutRun is corpus.Store.PutRun.
func (s *Store) PutRun(ctx context.Context, r corpus.SourceRun) error {
	err := s.update(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO runs ("+runColumns+") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
			r.Source, stamp(r.Began), stamp(r.Ended), r.Named, r.Tried, r.Decoded, r.Text, r.New, r.Changed, r.Failed, r.Error, r.Warning)
		return err
	})
	if err != nil {
		return fmt.Errorf("put a run of %s: %w", r.Source, err)
	}
	return nil
}

// Runs is corpus.Store.Runs.
func (s *Store) Runs(ctx context.Context, source string, n int) ([]corpus.SourceRun, error) {
	runs, err := s.runs(ctx, source, n)
	if err != nil {
		return nil, fmt.Errorf("read the runs of %s: %w", source, err)
	}
	return runs, nil
}

func (s *Store) runs(ctx context.Context, source string, n int) ([]corpus.SourceRun, error) {
	rows, err := s.read.QueryContext(ctx, "SELECT "+runColumns+" FROM runs WHERE source = ? ORDER BY num DESC LIMIT ?", source, n)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var runs []corpus.SourceRun
	for rows.Next() {
		var r corpus.SourceRun
		var began, ended string
		if err := rows.Scan(&r.Source, &began, &ended, &r.Named, &r.Tried, &r.Decoded, &r.Text, &r.New, &r.Changed, &r.Failed, &r.Error, &r.Warning); err != nil {
			return nil, err
		}
		if err := parseTimes(map[*time.Time]string{&r.Began: began, &r.Ended: ended}); err != nil {
			return nil, err
		}
		runs = append(runs, r)
	}
	return runs, rows.Err()
}
