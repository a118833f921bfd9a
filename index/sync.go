package index

import (
	"context"
	"fmt"

	"vocero/corpus"
)

// Bounds on one batch of Sync: what an index can take in at once without much
// memory, and what is lost to a crash at most.
const (
	batchReleases = 500
	batchBytes    = 4 << 20 // of text
)

// Sync puts into ix what changed in store since ix's cursor, batch by batch.
// After a crash, or an error, the next Sync goes on where this one got to.
func Sync(ctx context.Context, store corpus.Store, ix Index) error {
	at, err := ix.Cursor(ctx)
	if err != nil {
		return fmt.Errorf("sync index: %w", err)
	}
	var batch []corpus.Release
	size := 0
	flush := func() error {
		if len(batch) == 0 {
			return nil
		}
		if err := ix.Put(ctx, batch, at); err != nil {
			return fmt.Errorf("sync index up to change %d: %w", at, err)
		}
		batch, size = batch[:0], 0
		return nil
	}
	for change, err := range store.Changes(ctx, at) {
		if err != nil {
			return fmt.Errorf("sync index: read changes: %w", err)
		}
		batch = append(batch, change.Release)
		size += len(change.Release.Document.Text)
		at = change.Cursor
		if len(batch) == batchReleases || size >= batchBytes {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	return flush()
}
