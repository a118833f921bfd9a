package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"vocero/cmd/internal/api"
	"vocero/cmd/internal/export"
)

func (p *program) exportCommand() *cobra.Command {
	var o export.Options
	var format, rows, out, sort string
	var copies bool
	c := &cobra.Command{
		Use:   "export --as FORMAT [QUERY...]",
		Short: "Take releases along, with all that was found in them",
		Long: `Writes every release that a query finds, or all of them, however many there
are:

  jsonl    a release a line, with its text and all that was found in it
  csv      a table; safe to open in a spreadsheet, which takes no cell for a formula
  parquet  the same table, for pandas, R, DuckDB and others
  ftm      FollowTheMoney entities, for Aleph and others

The rows of a table are releases, or with --rows mentions each thing found with
its place and value, or with --rows facts who holds which role where. Offsets are
Unicode code points into the text.`,
		Example: "  vocero export --as csv --rows facts -o roles.csv 'role:ministr*'\n" +
			"  vocero export --as parquet --rows mentions -o found.parquet\n  vocero export --as jsonl 'org:Minsa published:2024' | jq .title",
		ValidArgsFunction: p.completeQuery,
		RunE: func(c *cobra.Command, args []string) (err error) {
			request := api.Request{Query: "*", AllCopies: copies, Bare: true} // Get has the rest
			if len(args) > 0 {
				request.Query = strings.Join(args, " ")
			}
			if request.Sort, err = api.ParseSort(sort); err != nil {
				return err
			}
			o.Format, o.Rows = export.Format(format), export.Rows(rows)
			if o.Format == export.Parquet && (out == "" || out == "-") && isTerminal(p.screen()) {
				return errors.New("parquet is for programs to read: write it to a file with -o FILE")
			}
			return p.export(c.Context(), request, o, out)
		},
	}
	flags := c.Flags()
	flags.StringVar(&format, "as", "jsonl", "jsonl, csv, parquet or ftm")
	flags.StringVar(&rows, "rows", "releases", "of csv and parquet: releases, mentions or facts")
	flags.BoolVar(&o.BOM, "bom", false, "begin csv with a byte order mark, by which Excel knows its letters")
	flags.BoolVar(&copies, "all-copies", false, "each copy of a release, and not one for all")
	flags.StringVarP(&out, "output", "o", "", "`file` to write to, put in its place when it is whole (default: standard output)")
	flags.StringVar(&sort, "sort", "oldest", "relevance, newest, oldest, largest or smallest")
	completeWith(c, "as", oneOf("csv", "ftm", "jsonl", "parquet"))
	completeWith(c, "rows", oneOf("releases", "mentions", "facts"))
	completeWith(c, "sort", oneOf(sorts[:]...))
	return p.paging(c)
}

func (p *program) export(ctx context.Context, r api.Request, o export.Options, out string) error {
	s, folder, err := p.asking(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	n := 0
	err = p.writeTo(out, func(w io.Writer) error {
		to, err := export.New(w, o)
		if err != nil {
			return err
		}
		for hit, err := range s.All(ctx, r) {
			if err != nil {
				return explainQuery(err, r.Query, folder)
			}
			d, err := s.Get(ctx, hit.ID)
			if err == nil {
				err = to.Put(d)
			}
			if err != nil {
				return fmt.Errorf("export %s: %w", hit.ID, err)
			}
			n++
		}
		return to.Close()
	})
	if err != nil {
		return err
	}
	if out != "" {
		fmt.Fprintf(p.stderr, "%s: %s\n", out, found(n))
	}
	if n == 0 {
		return noHit
	}
	return nil
}

// writeTo has write write to standard output, or to a file that is put in its
// place when it is whole.
func (p *program) writeTo(path string, write func(io.Writer) error) error {
	if path == "" || path == "-" {
		w := bufio.NewWriter(p.stdout)
		return errors.Join(write(w), w.Flush())
	}
	return replaceFile(path, write)
}

// replaceFile has write write a file, and puts it in the place of the one before
// when it is whole.
func replaceFile(path string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	if err := errors.Join(write(w), w.Flush(), f.Chmod(0o644), f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return os.Rename(f.Name(), path)
}
