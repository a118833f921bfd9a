// Package table reads tables of releases, one a row under a row of names:
//
//	for row, err := range table.CSV(file, names, limit) { … }
//	for row, err := range table.XLSX(folder, names, limit) { … }
//	for row, err := range table.ODS(folder, names, limit) { … }
//
// A row comes as a JSON object of what stands under each name, so that it is
// read like one. The error is a [corpus.Failure].
package table

import (
	"encoding/json"
	"fmt"
	"iter"
	"strings"

	"vocero/corpus"
)

// Row is one row of a table.
type Row struct {
	Place string // its number in the table, the row of names included: "12", or "Hoja1!12" in a workbook
	JSON  []byte // name → what stands under it, in the order of the columns; empty cells are left out
}

// Header says whether a row holds the names of columns of which one is the
// text's.
type Header func(names []string) bool

// object writes a row as JSON. It returns nil where nothing stands in it.
func object(names, cells []string, limit int) ([]byte, error) {
	var b strings.Builder
	size := 0
	for _, cell := range cells {
		if size += len(cell); size > limit {
			return nil, &corpus.Failure{Reason: corpus.TooLarge, Detail: fmt.Sprintf("a row of more than %d bytes", limit)}
		}
	}
	for i, cell := range cells {
		if i >= len(names) || names[i] == "" || strings.TrimSpace(cell) == "" {
			continue
		}
		name, _ := json.Marshal(names[i]) // strings always marshal
		value, _ := json.Marshal(cell)
		if b.Len() > 0 {
			b.WriteByte(',')
		}
		b.Write(name)
		b.WriteByte(':')
		b.Write(value)
	}
	if b.Len() == 0 {
		return nil, nil
	}
	return []byte("{" + b.String() + "}"), nil
}

// named cleans the names of columns, and tells those apart that are the same.
func named(cells []string) []string {
	names := make([]string, len(cells))
	seen := map[string]int{}
	for i, c := range cells {
		c = strings.Join(strings.Fields(c), " ")
		if seen[c]++; c != "" && seen[c] > 1 {
			c = fmt.Sprintf("%s %d", c, seen[c])
		}
		names[i] = c
	}
	return names
}

// unnamed is the failure of a table without a column that is known to be text.
func unnamed(names []string) error {
	detail := "a table in which no column is known to hold the text; say it with --map text=COLUMN"
	if len(names) > 0 {
		detail += fmt.Sprintf(" (its columns are %.300s)", strings.Join(names, ", "))
	}
	return &corpus.Failure{Reason: corpus.Unsupported, Detail: detail}
}

func malformed(format string, args ...any) error {
	return &corpus.Failure{Reason: corpus.Malformed, Detail: fmt.Sprintf(format, args...)}
}

type rows = iter.Seq2[Row, error]
