package export

import (
	"io"

	"github.com/parquet-go/parquet-go"

	"vocero/cmd/internal/api"
)

// columnar writes Parquet, a row group for some thousands of rows.
type columnar[T any] struct {
	out    *parquet.GenericWriter[T]
	rows   func(*api.Document) []T
	unsent int
}

// rowGroup bounds what is held in memory.
const rowGroup = 10_000

func newParquet(w io.Writer, r Rows) Writer {
	switch r {
	case Mentions:
		return columnarOf(w, mentionRows)
	case Facts:
		return columnarOf(w, factRows)
	}
	return columnarOf(w, releaseRows)
}

func columnarOf[T any](w io.Writer, rows func(*api.Document) []T) *columnar[T] {
	return &columnar[T]{out: parquet.NewGenericWriter[T](w, parquet.Compression(&parquet.Zstd)), rows: rows}
}

func (c *columnar[T]) Put(d api.Document) error {
	rows := c.rows(&d)
	if _, err := c.out.Write(rows); err != nil {
		return err
	}
	if c.unsent += len(rows); c.unsent < rowGroup {
		return nil
	}
	c.unsent = 0
	return c.out.Flush()
}

func (c *columnar[T]) Close() error { return c.out.Close() }
