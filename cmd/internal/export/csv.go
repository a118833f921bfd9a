package export

import (
	"encoding/csv"
	"fmt"
	"io"
	"reflect"
	"strings"

	"vocero/cmd/internal/api"
)

// table writes CSV (RFC 4180).
type table struct {
	out  *csv.Writer
	rows func(*api.Document) [][]string
}

func newCSV(w io.Writer, o Options) (Writer, error) {
	if o.BOM {
		if _, err := io.WriteString(w, "\ufeff"); err != nil {
			return nil, err
		}
	}
	t := table{out: csv.NewWriter(w)}
	var head []string
	switch o.Rows {
	case Mentions:
		head, t.rows = columns[mentionRow](), cells(mentionRows)
	case Facts:
		head, t.rows = columns[factRow](), cells(factRows)
	default:
		head, t.rows = columns[releaseRow](), cells(releaseRows)
	}
	return t, t.out.Write(head)
}

func (t table) Put(d api.Document) error {
	for _, row := range t.rows(&d) {
		if err := t.out.Write(row); err != nil {
			return err
		}
	}
	return nil
}

func (t table) Close() error {
	t.out.Flush()
	return t.out.Error()
}

// columns are the names of a row's columns.
func columns[T any]() []string {
	var names []string
	for _, f := range reflect.VisibleFields(reflect.TypeFor[T]()) {
		if !f.Anonymous {
			name, _, _ := strings.Cut(f.Tag.Get("parquet"), ",")
			names = append(names, name)
		}
	}
	return names
}

// cells makes the rows of a release text.
func cells[T any](rows func(*api.Document) []T) func(*api.Document) [][]string {
	return func(d *api.Document) [][]string {
		var all [][]string
		for _, row := range rows(d) {
			v := reflect.ValueOf(row)
			var out []string
			for _, f := range reflect.VisibleFields(v.Type()) {
				if !f.Anonymous {
					out = append(out, cell(v.FieldByIndex(f.Index).Interface()))
				}
			}
			all = append(all, out)
		}
		return all
	}
}

func cell(v any) string {
	switch v := v.(type) {
	case string:
		return Harmless(v)
	case []string:
		return Harmless(strings.Join(v, "; "))
	case float64:
		if v == 0 {
			return ""
		}
	}
	return fmt.Sprint(v)
}

// Harmless is a cell that no spreadsheet takes for a formula: text that begins
// with a mark that begins one has an apostrophe before it.
func Harmless(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r\n", rune(s[0])) {
		return "'" + s
	}
	return s
}
