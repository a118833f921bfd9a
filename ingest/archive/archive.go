// Package archive opens what holds other files, within bounds, and never
// writes any of it to the place that its name says:
//
//	folder, err := archive.Zip(file, size, archive.Limits{})
//	page, err := fs.ReadFile(folder, "press/release.html")
//
// A [Folder] is an fs.FS: what reads a folder on disk reads an archive. Names
// that lead out of the archive, files that unpack to more than their bounds and
// files that are encrypted give a *corpus.Failure when they are opened, and
// leave the others alone.
package archive

import (
	"cmp"
	"fmt"
	"io"

	"vocero/corpus"
)

// Limits bounds what is unpacked. A field that is zero takes its default.
type Limits struct {
	File     int64 // bytes of one file; 0: 20 MB
	Unpacked int64 // bytes of one archive in all; 0: 1 GB
	Ratio    int   // bytes that come out for each that goes in; 0: 100
	Entries  int   // files in one archive; 0: 1,000
}

// WithDefaults fills in the fields that are zero.
func (l Limits) WithDefaults() Limits {
	return Limits{
		File: cmp.Or(l.File, 20<<20), Unpacked: cmp.Or(l.Unpacked, 1<<30),
		Ratio: cmp.Or(l.Ratio, 100), Entries: cmp.Or(l.Entries, 1000),
	}
}

// spared is how much may come out of any input before its ratio is looked at: a
// page of blanks is no bomb.
const spared = 1 << 20

// bounded reads r, and fails where it gives more than it may.
type bounded struct {
	r     io.Reader
	n     int64        // read so far
	most  int64        // bytes that may be read in all
	ratio int64        // bytes for each that in says
	in    func() int64 // compressed bytes read so far, or of the whole
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	b.n += int64(n)
	switch {
	case b.n > b.most:
		return n, tooLarge("it unpacks to more than %d bytes", b.most)
	case b.n > spared && b.n > b.ratio*max(b.in(), 1):
		return n, tooLarge("it unpacks to more than %d times its size", b.ratio)
	}
	return n, err
}

func tooLarge(format string, args ...any) error {
	return &corpus.Failure{Reason: corpus.TooLarge, Detail: fmt.Sprintf(format, args...)}
}

func malformed(format string, args ...any) error {
	return &corpus.Failure{Reason: corpus.Malformed, Detail: fmt.Sprintf(format, args...)}
}

func refused(format string, args ...any) error {
	return &corpus.Failure{Reason: corpus.Refused, Detail: fmt.Sprintf(format, args...)}
}
