package bleve

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"vocero/index"

	"github.com/blevesearch/bleve/v2/util"
	bolt "go.etcd.io/bbolt"
)

// checkRoot returns index.ErrDamaged if a segment of a generation's newest
// state is missing. Scorch itself would log that and go on from an older state
// without a word to its caller.
func checkRoot(generation string) (err error) {
	defer func() {
		if r := recover(); r != nil { // bbolt panics over pages that make no sense
			err = fmt.Errorf("%w: root.bolt: %v", index.ErrDamaged, r)
		}
	}()
	wait, err := time.ParseDuration(boltTimeout)
	if err != nil {
		return err
	}
	db, err := bolt.Open(filepath.Join(generation, "root.bolt"), 0o600, &bolt.Options{ReadOnly: true, Timeout: wait})
	if err != nil {
		return err
	}
	defer db.Close() // only read
	return db.View(func(tx *bolt.Tx) error {
		states := tx.Bucket(util.BoltSnapshotsBucket)
		if states == nil {
			return fmt.Errorf("%w: root.bolt holds nothing", index.ErrDamaged)
		}
		newest, _ := states.Cursor().Last()
		state := states.Bucket(newest)
		if state == nil {
			return fmt.Errorf("%w: root.bolt holds no state", index.ErrDamaged)
		}
		return state.ForEachBucket(func(segment []byte) error {
			name := state.Bucket(segment).Get(util.BoltPathKey)
			if name == nil { // not a segment: settings
				return nil
			}
			if _, err := os.Stat(filepath.Join(generation, string(name))); err != nil {
				return fmt.Errorf("%w: %w", index.ErrDamaged, err)
			}
			return nil
		})
	})
}
