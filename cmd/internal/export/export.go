// Package export writes releases with what was found in them in the shapes that
// other tools read:
//
//	w, err := export.New(os.Stdout, export.Options{Format: export.CSV, Rows: export.Facts})
//	err = w.Put(document)
//	err = w.Close()
//
// Nothing is kept back: a million releases take the memory of some.
package export

import (
	"encoding/json"
	"fmt"
	"io"

	"vocero/cmd/internal/api"
)

// Format is the shape of an export.
type Format string

// The formats.
const (
	JSONL   Format = "jsonl"   // a release a line, with all that was found in it
	CSV     Format = "csv"     // a table, see Rows; safe to open in a spreadsheet
	FTM     Format = "ftm"     // FollowTheMoney entities, one a line
	Parquet Format = "parquet" // a table, see Rows
)

// Rows says what the rows of a table are.
type Rows string

// The rows.
const (
	Releases Rows = "releases" // each with its names, roles, amounts and dates in a cell
	Mentions Rows = "mentions" // each thing found, with its place and value
	Facts    Rows = "facts"    // who holds which role where, with the words that say so
)

// Options says what to write; the zero value is JSON lines.
type Options struct {
	Format Format
	Rows   Rows // of CSV and Parquet; "" is Releases
	BOM    bool // begin CSV with a byte order mark, by which Excel knows UTF-8
}

// Writer writes releases one after another. Close writes what is left; it does
// not close what is written to.
type Writer interface {
	Put(d api.Document) error
	Close() error
}

// New begins an export to w.
func New(w io.Writer, o Options) (Writer, error) {
	switch o.Rows {
	case "":
		o.Rows = Releases
	case Releases, Mentions, Facts:
	default:
		return nil, fmt.Errorf("rows %q: releases, mentions or facts", o.Rows)
	}
	switch o.Format {
	case JSONL, "":
		return lines{json.NewEncoder(w)}, nil
	case FTM:
		return ftm{json.NewEncoder(w)}, nil
	case CSV:
		return newCSV(w, o)
	case Parquet:
		return newParquet(w, o.Rows), nil
	}
	return nil, fmt.Errorf("format %q: jsonl, csv, ftm or parquet", o.Format)
}

// lines writes JSON lines.
type lines struct{ out *json.Encoder }

func (l lines) Put(d api.Document) error { return l.out.Encode(d) }
func (l lines) Close() error             { return nil }
