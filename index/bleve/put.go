package bleve

import (
	"context"
	"encoding/binary"
	"fmt"

	"vocero/corpus"

	bindex "github.com/blevesearch/bleve_index_api"
)

// Put adds releases together with the cursor that they end at, in one batch.
func (ix *Index) Put(ctx context.Context, batch []corpus.Release, at corpus.Cursor) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	b := bindex.NewBatch()
	for i := range batch {
		r := &batch[i]
		switch id := r.Document.ID; {
		case r.Failure != nil && id != "":
			b.Delete(id)
		case r.Failure == nil:
			b.Update(newDocument(r))
		}
	}
	b.SetInternal(cursorKey, binary.BigEndian.AppendUint64(nil, uint64(at)))
	if err := ix.scorch.Batch(b); err != nil {
		return fmt.Errorf("put into index: %w", err)
	}
	return nil
}

// Delete removes documents by ID.
func (ix *Index) Delete(ctx context.Context, ids []string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	b := bindex.NewBatch()
	for _, id := range ids {
		b.Delete(id)
	}
	if err := ix.scorch.Batch(b); err != nil {
		return fmt.Errorf("delete from index: %w", err)
	}
	return nil
}
