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
	var used []*stemmer
	ix.stems.mu.RLock()
	for i := range batch {
		r := &batch[i]
		switch id := r.Document.ID; {
		case r.Failure != nil && id != "":
			b.Delete(id)
		case r.Failure == nil:
			d := newDocument(r, &ix.stems)
			used = append(used, d.stems)
			b.Update(d)
		}
	}
	b.SetInternal(cursorKey, binary.BigEndian.AppendUint64(nil, uint64(at)))
	err := ix.scorch.Batch(b) // which analyzes them all
	ix.stems.mu.RUnlock()
	if err != nil {
		return fmt.Errorf("put into index: %w", err)
	}
	ix.stems.add(used)
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
