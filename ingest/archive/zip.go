package archive

import (
	"archive/tar"
	"archive/zip"
	"errors"
	"io"

	"vocero/corpus"
)

// encrypted is the bit of a ZIP entry's flags that says so.
const encrypted = 0x1

// Zip opens a ZIP archive. The error is a [corpus.Failure].
func Zip(r io.ReaderAt, size int64, l Limits) (*Folder, error) {
	l = l.WithDefaults()
	z, err := zip.NewReader(r, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, malformed("ZIP: %v", err)
	}
	folder, left := newFolder(), l.Unpacked
	for i, f := range z.File {
		if i == l.Entries {
			return folder, tooLarge("the archive has %d files; %d are taken", len(z.File), l.Entries)
		}
		if f.FileInfo().IsDir() || !f.Mode().IsRegular() {
			continue
		}
		folder.add(f.Name, int64(f.UncompressedSize64), func() (io.ReadCloser, error) {
			if f.Flags&encrypted != 0 {
				return nil, refused("the file is encrypted")
			}
			in, err := f.Open()
			if err != nil {
				return nil, malformed("ZIP: %v", err)
			}
			packed := int64(f.CompressedSize64)
			b := &bounded{r: in, most: min(l.File, left), ratio: int64(l.Ratio), in: func() int64 { return packed }}
			return &unpacked{b, func() error { left -= b.n; return in.Close() }}, nil
		})
	}
	return folder, nil
}

// Tar opens a TAR archive that lies unpacked in r. The error is a
// [corpus.Failure]; the folder beside it has the files before the fault.
func Tar(r io.ReaderAt, size int64, l Limits) (*Folder, error) {
	l = l.WithDefaults()
	at := &place{r: io.NewSectionReader(r, 0, size)}
	t, folder := tar.NewReader(at), newFolder()
	for n := 0; ; {
		h, err := t.Next()
		if err == io.EOF {
			return folder, nil
		}
		if err != nil && !errors.Is(err, tar.ErrInsecurePath) {
			return folder, malformed("TAR: %v", err)
		}
		if h.Typeflag != tar.TypeReg {
			continue // folders, links and devices hold no release
		}
		if n++; n > l.Entries {
			return folder, tooLarge("the archive has more than %d files", l.Entries)
		}
		from, length, err := at.of(h)
		if err != nil {
			return folder, err
		}
		folder.add(h.Name, length, func() (io.ReadCloser, error) {
			b := &bounded{r: io.NewSectionReader(r, from, length), most: l.File, ratio: 1, in: func() int64 { return length }}
			return io.NopCloser(b), nil
		})
	}
}

// place is a reader that knows how far it has come.
type place struct {
	r *io.SectionReader
	n int64
}

func (p *place) Read(b []byte) (int, error) {
	n, err := p.r.Read(b)
	p.n += int64(n)
	return n, err
}

// of says where the bytes of the file lie whose header was just read.
func (p *place) of(h *tar.Header) (from, length int64, err error) {
	if h.PAXRecords["GNU.sparse.major"] != "" || h.PAXRecords["GNU.sparse.map"] != "" {
		return 0, 0, &corpus.Failure{Reason: corpus.Unsupported, Detail: "TAR: a sparse file"}
	}
	if p.n+h.Size > p.r.Size() {
		return 0, 0, malformed("TAR: %s ends early", h.Name)
	}
	return p.n, h.Size, nil
}
