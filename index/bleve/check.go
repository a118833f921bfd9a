package bleve

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"

	"vocero/index"
)

// Check reads the whole live index and returns index.ErrDamaged if a file is
// missing or isn't what was written, or as OpenReadOnly does. Opening alone
// notices only what it needs at once, for speed.
func Check(ctx context.Context, folder string) error {
	ix, err := OpenReadOnly(folder)
	if err != nil {
		return fmt.Errorf("check index: %w", err)
	}
	defer ix.Close() // nothing was written
	g := generations(folder)
	live, err := g.live()
	if err != nil {
		return fmt.Errorf("check index: %w", err)
	}
	segments, err := filepath.Glob(filepath.Join(g.path(live), "*.zap"))
	if err != nil {
		return fmt.Errorf("check index: %w", err)
	}
	for _, path := range segments {
		if err := errors.Join(ctx.Err(), checkSegment(path)); err != nil {
			return fmt.Errorf("check index: %w", err)
		}
	}
	return nil
}

// checkSegment compares a segment with the CRC-32 in its last four bytes.
func checkSegment(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close() // only read
	info, err := f.Stat()
	if err != nil {
		return err
	}
	const sumSize = 4
	sum := crc32.NewIEEE()
	if _, err := io.CopyN(sum, f, info.Size()-sumSize); err != nil {
		return fmt.Errorf("%w: %s: %w", index.ErrDamaged, filepath.Base(path), err)
	}
	var want [sumSize]byte
	if _, err := io.ReadFull(f, want[:]); err != nil {
		return fmt.Errorf("%w: %s: %w", index.ErrDamaged, filepath.Base(path), err)
	}
	if sum.Sum32() != binary.BigEndian.Uint32(want[:]) {
		return fmt.Errorf("%w: %s: its checksum is another", index.ErrDamaged, filepath.Base(path))
	}
	return nil
}
