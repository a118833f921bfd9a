package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"vocero/corpus"

	_ "modernc.org/sqlite" // the driver
)

// fts is SQLite's FTS5, with the days and the facet values in tables beside it.
type fts struct{ db *sql.DB }

const ftsSchema = `
create virtual table if not exists texts using fts5(title, text, content='', tokenize='unicode61 remove_diacritics 2', prefix='4');
create table if not exists documents (number integer primary key, id text unique, day text, amount real);
create index if not exists by_day on documents (day);
create table if not exists facets (name text, number integer, value text, primary key (name, number, value)) without rowid;
create table if not exists amounts (number integer, value real, day text, primary key (number, value, day)) without rowid;`

func newFTS(folder string) (engine, error) {
	db, err := sql.Open("sqlite", filepath.Join(folder, "fts.db")+
		"?_pragma=journal_mode(wal)&_pragma=synchronous(normal)&_pragma=cache_size(-200000)&_pragma=mmap_size(4000000000)")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(ftsSchema); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return &fts{db}, nil
}

func (f *fts) put(ctx context.Context, batch []release) error {
	tx, err := f.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	for i := range batch {
		if err := putFTS(ctx, tx, &batch[i]); err != nil {
			return errors.Join(err, tx.Rollback())
		}
	}
	return tx.Commit()
}

func putFTS(ctx context.Context, tx *sql.Tx, r *release) error {
	d := &r.Document
	done, err := tx.ExecContext(ctx, "insert into documents (id, day) values (?, ?)", d.ID, d.Published.String())
	if err != nil {
		return err
	}
	number, err := done.LastInsertId()
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "insert into texts (rowid, title, text) values (?, ?, ?)", number, d.Title, d.Text); err != nil {
		return err
	}
	facets := map[string][]string{
		"person": names(r, corpus.Person), "org": names(r, corpus.Organization), "place": names(r, corpus.Place),
		"publisher": {d.Publisher}, "lang": {d.Lang},
	}
	if !d.Published.IsZero() {
		facets["year"] = []string{fmt.Sprint(d.Published.Year)}
	}
	for name, values := range facets {
		for _, value := range values {
			if _, err := tx.ExecContext(ctx, "insert into facets values (?, ?, ?)", name, number, value); err != nil {
				return err
			}
		}
	}
	for i := range r.Annotations.Amounts {
		v, _ := r.Annotations.Amounts[i].Low.Float64()
		if _, err := tx.ExecContext(ctx, "insert or ignore into amounts values (?, ?, ?)", number, v, r.Annotations.Dates[i].EDTF); err != nil {
			return err
		}
	}
	return nil
}

func (f *fts) search(ctx context.Context, q question) (int, error) {
	match := matchFTS(q)
	total := 0
	if err := f.db.QueryRowContext(ctx, "select count(*) from texts where texts match ?", match).Scan(&total); err != nil {
		return 0, err
	}
	if _, err := f.top(ctx, q); err != nil {
		return 0, err
	}
	if !q.facets {
		return total, nil
	}
	for _, name := range []string{"person", "org", "publisher", "year"} {
		err := drain(f.db.QueryContext(ctx, `select value, count(*) from texts join facets on name = ? and number = texts.rowid
			where texts match ? group by value order by 2 desc, 1 limit 10`, name, match))
		if err != nil {
			return 0, err
		}
	}
	return total, nil
}

func (f *fts) top(ctx context.Context, q question) (ids []string, err error) {
	best := "select id from texts join documents on number = texts.rowid where texts match ? and rank match 'bm25(2.0, 1.0)' order by rank limit 10"
	if q.newest {
		best = "select id from texts join documents on number = texts.rowid where texts match ? order by day desc limit 10"
	}
	rows, err := f.db.QueryContext(ctx, best, matchFTS(q))
	if err != nil {
		return nil, err
	}
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, errors.Join(err, rows.Close())
		}
		ids = append(ids, id)
	}
	return ids, errors.Join(rows.Err(), rows.Close())
}

// drain reads all rows.
func drain(rows *sql.Rows, err error) error {
	if err != nil {
		return err
	}
	for rows.Next() {
		_ = rows // their values are of no use here
	}
	return errors.Join(rows.Err(), rows.Close())
}

func matchFTS(q question) string {
	switch q.how {
	case or:
		return strings.Join(q.words, " OR ")
	case prefix:
		return q.words[0] + "*"
	case phrase:
		return `"` + strings.Join(q.words, " ") + `"`
	}
	return strings.Join(q.words, " ")
}

func (f *fts) close() error { return f.db.Close() }
