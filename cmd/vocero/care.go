package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"vocero/corpus"
	"vocero/corpus/sqlite"
	"vocero/extract"
	"vocero/index/bleve"
	"vocero/ingest"
)

// status is what `vocero status --json` prints.
type status struct {
	Folder string `json:"folder"`
	corpus.Stats
	IndexBytes int64 `json:"index_bytes"`
	Indexed    bool  `json:"indexed"` // the index has all that the store has
}

func (p *program) statusCommand() *cobra.Command {
	var failures bool
	c := &cobra.Command{
		Use:     "status",
		Short:   "Say what the data folder holds",
		Example: "  vocero status\n  vocero status --json | jq .\n  vocero status --failures",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			folder, err := p.dataFolder()
			if err != nil {
				return err
			}
			store, err := sqlite.OpenReadOnly(c.Context(), folder)
			if err != nil {
				return explain(err, folder)
			}
			defer store.Close()
			if failures {
				return p.listFailures(c.Context(), store)
			}
			return p.status(c.Context(), folder, store)
		},
	}
	c.Flags().BoolVar(&failures, "failures", false, "list the inputs that gave no release, and why")
	return c
}

func (p *program) status(ctx context.Context, folder string, store corpus.Store) error {
	stats, err := store.Stats(ctx)
	if err != nil {
		return err
	}
	s := status{Folder: folder, Stats: stats, IndexBytes: folderBytes(filepath.Join(folder, "index"))}
	at, indexErr := indexCursor(ctx, folder)
	s.Indexed = indexErr == nil && at == stats.Cursor
	if p.asJSON {
		return json.NewEncoder(p.stdout).Encode(s)
	}
	ill, err := illSources(ctx, store)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "folder     %s\nreleases   %d in %d versions, %s%s of text\nfailures   %d\nsources    %d%s\nstore      %s\nindex      %s",
		folder, s.Documents, s.Versions, copiesOf(s.Copies), bytesOf(s.TextBytes), s.Failures, s.Sources, ill, bytesOf(s.StoreBytes), bytesOf(s.IndexBytes))
	switch {
	case s.Indexed:
		fmt.Fprintln(p.stdout, ", up to date")
	case errors.Is(indexErr, corpus.ErrLocked):
		fmt.Fprintln(p.stdout, ", in use by another vocero, which brings it up to date")
	case indexErr != nil:
		fmt.Fprintf(p.stdout, ", %v\n", explain(indexErr, folder))
	default:
		fmt.Fprintln(p.stdout, ", behind the store: the next ingest brings it up to date")
	}
	return nil
}

// illSources says how many sources failed or fell silent in their last run.
func illSources(ctx context.Context, store corpus.Store) (string, error) {
	sources, err := store.Sources(ctx)
	n := 0
	for _, s := range sources {
		if s.LastError != "" || s.Warning != "" {
			n++
		}
	}
	if n == 0 {
		return "", err
	}
	return fmt.Sprintf(", %d to be looked at: vocero source list", n), err
}

func indexCursor(ctx context.Context, folder string) (corpus.Cursor, error) {
	ix, err := bleve.OpenReadOnly(folder)
	if err != nil {
		return 0, err
	}
	defer ix.Close()
	return ix.Cursor(ctx)
}

func (p *program) listFailures(ctx context.Context, store corpus.Store) error {
	out := json.NewEncoder(p.stdout)
	for f, err := range store.Failures(ctx) {
		if err != nil {
			return err
		}
		if p.asJSON {
			err = out.Encode(map[string]string{
				"path": f.Path, "url": f.URL, "reason": string(f.Failure.Reason),
				"detail": f.Failure.Detail, "when": f.When.UTC().Format(time.RFC3339),
			})
		} else {
			_, err = fmt.Fprintf(p.stdout, "%s\t%s\n", cmp.Or(f.Path, f.URL, f.Key), f.Failure.Error())
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (p *program) reindexCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "reindex",
		Short:   "Make the index anew from the stored releases",
		Example: "  vocero reindex",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			store, folder, err := p.existing(c.Context())
			if err != nil {
				return err
			}
			defer store.Close()
			if err := bleve.Rebuild(c.Context(), folder, store); err != nil {
				return explain(err, folder)
			}
			return p.status(c.Context(), folder, store)
		},
	}
}

func (p *program) reannotateCommand() *cobra.Command {
	var all bool
	c := &cobra.Command{
		Use:   "reannotate",
		Short: "Annotate the stored releases anew, and index them",
		Long: `Annotates the stored releases that an older extractor annotated, or one with
another model, and indexes them; nothing is fetched. Ended half-way, the next run
goes on.`,
		Example: "  vocero reannotate\n  vocero reannotate --all",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			store, folder, err := p.existing(c.Context())
			if err != nil {
				return err
			}
			defer store.Close()
			extractor, err := p.extractor()
			if err != nil {
				return err
			}
			bar := newBar(p.stderr)
			n, err := reannotate(c.Context(), store, extractor, all, bar.show)
			bar.end()
			if err != nil {
				return err
			}
			if p.asJSON {
				err = json.NewEncoder(p.stdout).Encode(map[string]int{"annotated": n})
			} else {
				_, err = fmt.Fprintf(p.stderr, "%d annotated\n", n)
			}
			if err != nil {
				return err
			}
			ix, err := p.indexing(c.Context(), folder, store)
			if err != nil {
				return err
			}
			defer ix.close()
			return ix.sync(c.Context())
		},
	}
	p.modelFlag(c.Flags())
	c.Flags().BoolVar(&all, "all", false, "also those that this extractor annotated")
	return c
}

// reannotate goes once over what the store held when it began: Annotate puts
// what it replaces at the end of Changes, where the walk must not go again.
func reannotate(ctx context.Context, store corpus.Store, e *extract.Extractor, all bool, show func(ingest.Progress)) (int, error) {
	stats, err := store.Stats(ctx)
	if err != nil {
		return 0, err
	}
	const together = 64
	var batch []corpus.Annotations
	n, seen, begun := 0, 0, time.Now()
	flush := func() error {
		n += len(batch)
		err := store.Annotate(ctx, batch)
		batch = batch[:0]
		done := ingest.Counts{Changed: n, Unchanged: seen - n}
		show(ingest.Progress{Counts: done, Total: stats.Documents, Elapsed: time.Since(begun)})
		return err
	}
	for change, err := range store.Changes(ctx, 0) {
		if err != nil {
			return n, err
		}
		if change.Cursor > stats.Cursor {
			break
		}
		seen++
		r := change.Release
		if r.Annotations.Extractor == e.Version() && !all {
			continue
		}
		found, err := e.Annotate(ctx, r.Document)
		if err != nil {
			if ctx.Err() != nil {
				return n, ctx.Err()
			}
			continue // the older annotations stay
		}
		if batch = append(batch, found); len(batch) == together {
			if err := flush(); err != nil {
				return n, err
			}
		}
	}
	return n, flush()
}

// folderBytes adds up the files under folder; what is not there counts nothing.
func folderBytes(folder string) int64 {
	var sum int64
	_ = filepath.WalkDir(folder, func(_ string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return nil
		}
		if info, err := entry.Info(); err == nil {
			sum += info.Size()
		}
		return nil
	})
	return sum
}

func bytesOf(n int64) string {
	switch {
	case n >= 1<<30:
		return fmt.Sprintf("%.1f GB", float64(n)/(1<<30))
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%.1f kB", float64(n)/(1<<10))
	}
	return fmt.Sprintf("%d bytes", n)
}
