package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"maps"
	"slices"

	"github.com/cockroachdb/apd/v3"

	"vocero/corpus"
)

// readAnnotations fills in the annotations of the versions whose nums are the
// keys of into, with one query a table however many versions there are.
func readAnnotations(ctx context.Context, tx *sql.Tx, into map[int64]*corpus.Annotations) error {
	nums, _ := json.Marshal(slices.Collect(maps.Keys(into))) // numbers always marshal
	r := &reader{ctx: ctx, tx: tx, nums: string(nums), into: into}
	r.each("mentions", "from_byte, to_byte, kind, entity, confidence", func(scan scan) (add, error) {
		var m corpus.Mention
		err := scan(&m.Span.Start, &m.Span.End, &m.Kind, &m.Entity, &m.Confidence)
		return func(a *corpus.Annotations) { a.Mentions = append(a.Mentions, m) }, err
	})
	r.each("roles", "from_byte, to_byte, status, holders, orgs", func(scan scan) (add, error) {
		var o corpus.Role
		err := scan(&o.Span.Start, &o.Span.End, &o.Status, (*listOf)(&o.Holders), (*listOf)(&o.Orgs))
		return func(a *corpus.Annotations) { a.Roles = append(a.Roles, o) }, err
	})
	r.each("amounts", "from_byte, to_byte, unit, low, high, bound, restates_from, restates_to", func(scan scan) (add, error) {
		var m corpus.Amount
		err := scan(&m.Span.Start, &m.Span.End, &m.Unit, (*decimalOf)(&m.Low), (*decimalOf)(&m.High), &m.Bound, &m.Restates.Start, &m.Restates.End)
		return func(a *corpus.Annotations) { a.Amounts = append(a.Amounts, m) }, err
	})
	r.each("dates", "from_byte, to_byte, edtf, first, last, bound", func(scan scan) (add, error) {
		var d corpus.DateRange
		err := scan(&d.Span.Start, &d.Span.End, &d.EDTF, (*dateOf)(&d.From), (*dateOf)(&d.To), &d.Bound)
		return func(a *corpus.Annotations) { a.Dates = append(a.Dates, d) }, err
	})
	r.each("entities", "id, kind, name, aliases", func(scan scan) (add, error) {
		var e corpus.Entity
		err := scan(&e.ID, &e.Kind, &e.Name, (*listOf)(&e.Aliases))
		return func(a *corpus.Annotations) { a.Entities = append(a.Entities, e) }, err
	})
	r.each("facts", "holder, role, org, status, edtf, from_byte, to_byte", func(scan scan) (add, error) {
		var f corpus.Fact
		err := scan(&f.Holder, &f.Role, &f.Org, &f.Status, &f.When, &f.Evidence.Start, &f.Evidence.End)
		return func(a *corpus.Annotations) { a.Facts = append(a.Facts, f) }, err
	})
	return r.err
}

// reader reads the tables of annotations one after another. Its first error
// stays in err and makes the later calls do nothing.
type reader struct {
	ctx  context.Context
	tx   *sql.Tx
	nums string // JSON list of the versions wanted
	into map[int64]*corpus.Annotations
	err  error
}

type (
	scan func(dest ...any) error
	add  func(*corpus.Annotations)
)

// each lets read take in the rows of a table, in order of place.
func (r *reader) each(table, columns string, read func(scan) (add, error)) {
	if r.err == nil {
		r.err = r.rows(table, columns, read)
	}
}

func (r *reader) rows(table, columns string, read func(scan) (add, error)) error {
	rows, err := r.tx.QueryContext(r.ctx, "SELECT doc, "+columns+" FROM "+table+
		" WHERE doc IN (SELECT value FROM json_each(?)) ORDER BY doc, n", r.nums)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var doc int64
		add, err := read(func(dest ...any) error { return rows.Scan(append([]any{&doc}, dest...)...) })
		if err != nil {
			return err
		}
		add(r.into[doc])
	}
	return rows.Err()
}

// listOf, decimalOf and dateOf read what a column keeps as text.
type (
	listOf    []string
	decimalOf apd.Decimal
	dateOf    corpus.Date
)

func (l *listOf) Scan(v any) error {
	s, _ := v.(string)
	if s == "[]" {
		*l = nil
		return nil
	}
	return json.Unmarshal([]byte(s), (*[]string)(l))
}

func (d *decimalOf) Scan(v any) error {
	s, _ := v.(string)
	_, _, err := (*apd.Decimal)(d).SetString(s)
	return err
}

func (d *dateOf) Scan(v any) error {
	s, _ := v.(string)
	return (*corpus.Date)(d).UnmarshalText([]byte(s))
}
