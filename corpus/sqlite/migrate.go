package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"

	"vocero/corpus"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrate brings the schema up to the newest that this program knows.
func migrate(ctx context.Context, db *sql.DB) error {
	provider, err := newProvider(db)
	if err != nil {
		return err
	}
	have, want, err := provider.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("read the schema's version: %w", err)
	}
	if have > want {
		return corpus.ErrNewerSchema
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migrate the schema: %w", err)
	}
	return nil
}

// checkSchema says whether a store that may not be changed has the schema that
// this program knows.
func checkSchema(ctx context.Context, db *sql.DB) error {
	provider, err := newProvider(db)
	if err != nil {
		return err
	}
	sources := provider.ListSources()
	want := sources[len(sources)-1].Version
	var have int64
	row := db.QueryRowContext(ctx, "SELECT max(version_id) FROM "+goose.DefaultTablename+" WHERE is_applied")
	switch err := row.Scan(&have); {
	case err != nil:
		return fmt.Errorf("read the schema's version: %w", err)
	case have > want:
		return corpus.ErrNewerSchema
	case have < want:
		return fmt.Errorf("%w: %d, not %d", errOlderSchema, have, want)
	}
	return nil
}

// errOlderSchema says that the store must be migrated before it can be read.
var errOlderSchema = errors.New("the store has an older schema")

func newProvider(db *sql.DB) (*goose.Provider, error) {
	dir, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.DialectSQLite3, db, dir)
}
