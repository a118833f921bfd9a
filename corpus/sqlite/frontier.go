package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"vocero/corpus"
)

var _ corpus.Frontier = (*Store)(nil)

// ranks are the kinds of visits in the order in which they are made.
var ranks = []corpus.VisitKind{corpus.VisitStart, corpus.VisitFeed, corpus.VisitSitemap, corpus.VisitRelease, corpus.VisitListing, corpus.VisitKnown}

const visitColumns = `url, kind, rank, due, found_at, depth, barren, given, modified, fetched, changed, etag, last_modified, hash, named, tries, note`

// AddVisits is corpus.Frontier.AddVisits.
func (s *Store) AddVisits(ctx context.Context, crawl string, visits []corpus.Visit) (added int, err error) {
	err = s.update(ctx, func(tx *sql.Tx) error {
		w := newWriter(ctx, tx)
		for i := range visits {
			fresh, err := addVisit(w, crawl, &visits[i])
			if err != nil {
				return err
			}
			if fresh {
				added++
			}
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("add %d visits: %w", len(visits), err)
	}
	return added, nil
}

func addVisit(w *writer, crawl string, v *corpus.Visit) (fresh bool, err error) {
	var num int64
	var fetched, due, given string
	err = w.query("SELECT num, fetched, due, given FROM visits WHERE crawl = ? AND url = ?", crawl, v.URL).Scan(&num, &fetched, &due, &given)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		putVisit(w, crawl, v)
		return true, w.err
	case err != nil:
		return false, err
	case (fetched != "" || due == "") && stampOrEmpty(v.Modified) > fetched:
		w.exec("UPDATE visits SET due = ?, modified = ? WHERE num = ?", stampOrEmpty(v.Due), stampOrEmpty(v.Modified), num)
	case fetched == "" && given == "{}" && v.Given != (corpus.Given{}):
		said, _ := json.Marshal(v.Given) // a struct of strings always marshals
		w.exec("UPDATE visits SET given = ? WHERE num = ?", string(said), num)
	}
	return false, w.err
}

// PutVisits is corpus.Frontier.PutVisits.
func (s *Store) PutVisits(ctx context.Context, crawl string, visits []corpus.Visit) error {
	err := s.update(ctx, func(tx *sql.Tx) error {
		w := newWriter(ctx, tx)
		for i := range visits {
			putVisit(w, crawl, &visits[i])
		}
		return w.err
	})
	if err != nil {
		return fmt.Errorf("put %d visits: %w", len(visits), err)
	}
	return nil
}

func putVisit(w *writer, crawl string, v *corpus.Visit) {
	given, _ := json.Marshal(v.Given) // a struct of strings always marshals
	w.exec(`INSERT INTO visits (crawl, `+visitColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (crawl, url) DO UPDATE SET kind = excluded.kind, rank = excluded.rank, due = excluded.due, found_at = excluded.found_at,
			depth = excluded.depth, barren = excluded.barren, given = excluded.given, modified = excluded.modified, fetched = excluded.fetched,
			changed = excluded.changed, etag = excluded.etag, last_modified = excluded.last_modified, hash = excluded.hash,
			named = excluded.named, tries = excluded.tries, note = excluded.note`,
		crawl, v.URL, string(v.Kind), slices.Index(ranks, v.Kind), stampOrEmpty(v.Due), v.From, v.Depth, v.Barren, string(given),
		stampOrEmpty(v.Modified), stampOrEmpty(v.Fetched), stampOrEmpty(v.Changed), v.ETag, v.LastModified, v.Hash, v.Named, v.Tries, v.Note)
}

// Visits is corpus.Frontier.Visits.
func (s *Store) Visits(ctx context.Context, crawl string, urls []string) ([]corpus.Visit, error) {
	var visits []corpus.Visit
	err := s.view(ctx, func(tx *sql.Tx) error {
		for _, url := range urls {
			found, err := readVisits(ctx, tx, "WHERE crawl = ? AND url = ?", crawl, url)
			if err != nil {
				return err
			}
			visits = append(visits, found...)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read %d visits: %w", len(urls), err)
	}
	return visits, nil
}

// DueVisits is corpus.Frontier.DueVisits.
func (s *Store) DueVisits(ctx context.Context, crawl string, at time.Time, n int) ([]corpus.Visit, error) {
	var visits []corpus.Visit
	err := s.view(ctx, func(tx *sql.Tx) (err error) {
		visits, err = readVisits(ctx, tx, "WHERE crawl = ? AND due <> '' AND due <= ? ORDER BY rank, due, num LIMIT ?", crawl, stamp(at), n)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read what is due: %w", err)
	}
	return visits, nil
}

func readVisits(ctx context.Context, tx *sql.Tx, where string, args ...any) ([]corpus.Visit, error) {
	rows, err := tx.QueryContext(ctx, "SELECT "+visitColumns+" FROM visits "+where, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var visits []corpus.Visit
	for rows.Next() {
		var v corpus.Visit
		var rank int
		var due, given, modified, fetched, changed string
		err := rows.Scan(&v.URL, &v.Kind, &rank, &due, &v.From, &v.Depth, &v.Barren, &given, &modified, &fetched, &changed,
			&v.ETag, &v.LastModified, &v.Hash, &v.Named, &v.Tries, &v.Note)
		if err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(given), &v.Given); err != nil {
			return nil, err
		}
		for _, t := range []struct {
			to   *time.Time
			text string
		}{{&v.Due, due}, {&v.Modified, modified}, {&v.Fetched, fetched}, {&v.Changed, changed}} {
			if *t.to, err = parseTime(t.text); err != nil {
				return nil, err
			}
		}
		visits = append(visits, v)
	}
	return visits, rows.Err()
}

// DeleteVisits is corpus.Frontier.DeleteVisits.
func (s *Store) DeleteVisits(ctx context.Context, crawl string) error {
	err := s.update(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM visits WHERE crawl = ?", crawl)
		return err
	})
	if err != nil {
		return fmt.Errorf("forget the crawl %s: %w", crawl, err)
	}
	return nil
}
