package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"

	"github.com/cockroachdb/apd/v3"

	"vocero/corpus"
)

// writer runs the statements of one transaction, each prepared once. Its first
// error stays in err and makes the later calls do nothing.
type writer struct {
	ctx      context.Context
	tx       *sql.Tx
	prepared map[string]*sql.Stmt // closed with the transaction
	err      error
}

func newWriter(ctx context.Context, tx *sql.Tx) *writer {
	return &writer{ctx: ctx, tx: tx, prepared: map[string]*sql.Stmt{}}
}

// exec runs a statement and returns the number of the row that it inserted.
func (w *writer) exec(query string, args ...any) int64 {
	stmt := w.prepare(query)
	if w.err != nil {
		return 0
	}
	result, err := stmt.ExecContext(w.ctx, args...)
	if err != nil {
		w.err = err
		return 0
	}
	n, err := result.LastInsertId()
	w.err = err
	return n
}

// query runs a query for one row.
func (w *writer) query(query string, args ...any) scanner {
	stmt := w.prepare(query)
	if w.err != nil {
		return failed{w.err}
	}
	return stmt.QueryRowContext(w.ctx, args...)
}

// each runs a query and calls row for each row of its result.
func (w *writer) each(query string, row func(scanner) error, args ...any) error {
	stmt := w.prepare(query)
	if w.err != nil {
		return w.err
	}
	rows, err := stmt.QueryContext(w.ctx, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (w *writer) prepare(query string) *sql.Stmt {
	stmt := w.prepared[query]
	if stmt == nil && w.err == nil {
		stmt, w.err = w.tx.PrepareContext(w.ctx, query)
		w.prepared[query] = stmt
	}
	return stmt
}

// scanner is a row of a result, or the reason why there is none.
type scanner interface{ Scan(dest ...any) error }

type failed struct{ err error }

func (f failed) Scan(...any) error { return f.err }

// annotate inserts the annotations of the version num.
func (w *writer) annotate(num int64, a *corpus.Annotations) {
	for i := range a.Mentions {
		m := &a.Mentions[i]
		w.exec(`INSERT INTO mentions (doc, n, from_byte, to_byte, kind, entity, confidence) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			num, i, m.Span.Start, m.Span.End, string(m.Kind), m.Entity, m.Confidence)
	}
	for i := range a.Roles {
		r := &a.Roles[i]
		w.exec(`INSERT INTO roles (doc, n, from_byte, to_byte, status, holders, orgs) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			num, i, r.Span.Start, r.Span.End, string(r.Status), list(r.Holders), list(r.Orgs))
	}
	for i := range a.Amounts {
		m := &a.Amounts[i]
		w.exec(`INSERT INTO amounts (doc, n, from_byte, to_byte, unit, low, high, bound, restates_from, restates_to) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			num, i, m.Span.Start, m.Span.End, m.Unit, decimal(&m.Low), decimal(&m.High), string(m.Bound), m.Restates.Start, m.Restates.End)
	}
	for i := range a.Dates {
		d := &a.Dates[i]
		w.exec(`INSERT INTO dates (doc, n, from_byte, to_byte, edtf, first, last, bound) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
			num, i, d.Span.Start, d.Span.End, d.EDTF, d.From.String(), d.To.String(), string(d.Bound))
	}
	for i := range a.Entities {
		e := &a.Entities[i]
		w.exec(`INSERT INTO entities (doc, n, id, kind, name, aliases) VALUES (?, ?, ?, ?, ?, ?)`,
			num, i, e.ID, string(e.Kind), e.Name, list(e.Aliases))
	}
	for i := range a.Facts {
		f := &a.Facts[i]
		w.exec(`INSERT INTO facts (doc, n, holder, role, org, status, edtf, from_byte, to_byte) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			num, i, f.Holder, f.Role, f.Org, string(f.Status), f.When, f.Evidence.Start, f.Evidence.End)
	}
}

// list writes strings as a JSON list.
func list(items []string) string {
	if len(items) == 0 {
		return "[]"
	}
	b, _ := json.Marshal(items) // strings always marshal
	return string(b)
}

// plainZeros is how many zeros a decimal may end in before it is written with
// an exponent.
const plainZeros = 30

// decimal writes a decimal exactly, and plainly where that stays readable.
func decimal(d *apd.Decimal) string {
	if d.Exponent > plainZeros {
		return d.Text('E')
	}
	return d.Text('f')
}
