package sqlite

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"vocero/corpus"
)

// Put is corpus.Store.Put.
func (s *Store) Put(ctx context.Context, batch []corpus.Release) ([]corpus.Outcome, error) {
	outcomes := make([]corpus.Outcome, len(batch))
	err := s.update(ctx, func(tx *sql.Tx) error {
		w := newWriter(ctx, tx)
		g := newGrouper(w)
		for i := range batch {
			var err error
			if outcomes[i], err = s.putOne(w, g, &batch[i]); err != nil {
				return fmt.Errorf("%s: %w", batch[i].Raw.Key(), err)
			}
		}
		return g.finish()
	})
	if err != nil {
		return nil, fmt.Errorf("put %d releases: %w", len(batch), err)
	}
	return outcomes, nil
}

func (s *Store) putOne(w *writer, g *grouper, r *corpus.Release) (corpus.Outcome, error) {
	key := r.Raw.Key()
	w.exec("INSERT OR REPLACE INTO inputs (key, hash) VALUES (?, ?)", key, unhex(r.Raw.Hash()))
	w.exec("DELETE FROM failures WHERE key = ?", key)
	if r.Failure != nil {
		w.exec(`INSERT INTO failures (key, url, path, reason, detail, means, failed) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			key, cmp.Or(r.Raw.URL, r.Raw.Given.URL), r.Raw.Path, string(r.Failure.Reason), r.Failure.Detail, r.Failure.Means, stamp(r.Raw.Fetched))
		return corpus.NoText, w.err
	}
	if r.Document.ID == "" {
		r.Document.ID = corpus.DocumentID(&r.Raw)
	}
	outcome, err := s.putDocument(w, g, r)
	r.Annotations.Document, r.Annotations.Version = r.Document.ID, r.Document.Version
	return outcome, err
}

// putDocument adds a version unless the newest one has the same content.
func (s *Store) putDocument(w *writer, g *grouper, r *corpus.Release) (corpus.Outcome, error) {
	d := &r.Document
	hash := unhex(d.Hash())
	var newest struct {
		num, version int64
		hash         []byte
	}
	err := w.query(`SELECT num, version, hash FROM versions WHERE id = ? ORDER BY version DESC LIMIT 1`, d.ID).
		Scan(&newest.num, &newest.version, &newest.hash)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", err
	}
	same := bytes.Equal(newest.hash, hash)
	if !same && newest.num > 0 {
		if same, err = rehash(w, newest.num, hash); err != nil {
			return "", err
		}
	}
	if same {
		d.Version = int(newest.version)
		return corpus.Unchanged, w.err
	}
	d.Version = int(newest.version) + 1
	num := w.exec(`INSERT INTO versions (id, version, parent, lang, country, published, publisher, source, extractor, hash, url, title, text,
			author, section, modified, origins)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		d.ID, d.Version, d.Parent, d.Lang, d.Country, d.Published.String(), d.Publisher, d.Source, r.Annotations.Extractor, hash, d.URL, d.Title, d.Text,
		d.Author, d.Section, d.Modified.String(), originsOf(d))
	s.putRaw(w, num, &r.Raw)
	w.annotate(num, &r.Annotations)
	w.exec(`DELETE FROM changes WHERE num = ?`, newest.num)
	w.exec(`INSERT INTO changes (num) VALUES (?)`, num)
	if w.err != nil {
		return "", w.err
	}
	if err := g.place(num, d); err != nil {
		return "", fmt.Errorf("group with its copies: %w", err)
	}
	if d.Version > 1 {
		return corpus.Changed, w.err
	}
	return corpus.New, w.err
}

// originsOf are the document's origins in JSON.
func originsOf(d *corpus.Document) string {
	if len(d.Origins) == 0 {
		return "{}"
	}
	b, _ := json.Marshal(d.Origins) // a map of strings always marshals
	return string(b)
}

// rehash says whether a version has a hash by today's Document.Hash, where an
// older program stored another, and notes it.
func rehash(w *writer, num int64, hash []byte) (bool, error) {
	_, stored, err := scanDocument(w.query("SELECT "+columns+" FROM versions v WHERE num = ?", num))
	if err != nil || !bytes.Equal(unhex(stored.Hash()), hash) {
		return false, cmp.Or(w.err, err)
	}
	w.exec(`UPDATE versions SET hash = ? WHERE num = ?`, hash, num)
	return true, w.err
}

func (s *Store) putRaw(w *writer, num int64, r *corpus.Raw) {
	given, _ := json.Marshal(r.Given) // a struct of strings always marshals
	w.exec(`INSERT INTO raws (num, source, url, path, parent, content_type, via, fetched, given, bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		num, r.Source, r.URL, r.Path, r.Parent, r.ContentType, r.Via, stampOrEmpty(r.Fetched), string(given), s.pack.EncodeAll(r.Bytes, nil))
}

// Annotate is corpus.Store.Annotate.
func (s *Store) Annotate(ctx context.Context, batch []corpus.Annotations) error {
	err := s.update(ctx, func(tx *sql.Tx) error {
		w := newWriter(ctx, tx)
		for i := range batch {
			if err := annotateOne(w, &batch[i]); err != nil {
				return fmt.Errorf("%s version %d: %w", batch[i].Document, batch[i].Version, err)
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("annotate %d versions: %w", len(batch), err)
	}
	return nil
}

func annotateOne(w *writer, a *corpus.Annotations) error {
	var num, newest int64
	err := w.query(`SELECT num, (SELECT max(num) FROM versions n WHERE n.id = v.id) FROM versions v WHERE id = ? AND version = ?`,
		a.Document, a.Version).Scan(&num, &newest)
	if err != nil {
		return notFound(err)
	}
	for _, table := range [...]string{"mentions", "roles", "amounts", "dates", "entities", "facts"} {
		w.exec("DELETE FROM "+table+" WHERE doc = ?", num)
	}
	w.exec(`UPDATE versions SET extractor = ? WHERE num = ?`, a.Extractor, num)
	w.annotate(num, a)
	w.exec(`DELETE FROM changes WHERE num = ?`, newest)
	w.exec(`INSERT INTO changes (num) VALUES (?)`, newest)
	return w.err
}

// notFound turns SQL's "no rows" into corpus.ErrNotFound.
func notFound(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return corpus.ErrNotFound
	}
	return err
}

// unhex packs a hash into half the space.
func unhex(hash string) []byte {
	b, err := hex.DecodeString(hash)
	if err != nil {
		return []byte(hash) // no hash of ours: it never equals one
	}
	return b
}

// stamp writes a time as text that sorts; a zero time becomes now.
func stamp(t time.Time) string {
	if t.IsZero() {
		t = time.Now()
	}
	return t.UTC().Format(timeLayout)
}

func stampOrEmpty(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return stamp(t)
}

// parseTime reads what stampOrEmpty wrote.
func parseTime(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	return time.Parse(timeLayout, s)
}

// timeLayout is RFC 3339 in UTC with all nine digits, so that texts sort as times.
const timeLayout = "2006-01-02T15:04:05.000000000Z"
