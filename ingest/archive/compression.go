package archive

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"compress/gzip"
	"errors"
	"io"
	"io/fs"
	"os"

	"github.com/klauspost/compress/zstd"
	"github.com/ulikunitz/xz"

	"vocero/corpus"
)

// Compression is a way to pack one stream of bytes.
type Compression string

// The compressions, by the magic numbers that begin them.
const (
	Gzip  Compression = "\x1f\x8b"
	Bzip2 Compression = "BZh"
	XZ    Compression = "\xfd7zXZ\x00"
	Zstd  Compression = "\x28\xb5\x2f\xfd"
)

// window bounds what a decoder may hold of what it has unpacked.
const window = 64 << 20

// Unpack reads what r packs. A reader's error is a [corpus.Failure].
func Unpack(r io.Reader, c Compression, l Limits) (io.ReadCloser, error) {
	l = l.WithDefaults()
	in := &counted{r: bufio.NewReader(r)}
	var out io.Reader
	var err error
	end := func() error { return nil }
	switch c {
	case Gzip:
		out, err = gzip.NewReader(in)
	case Bzip2:
		out = bzip2.NewReader(in)
	case XZ:
		out, err = xz.ReaderConfig{DictCap: window}.NewReader(in)
	case Zstd:
		var d *zstd.Decoder
		d, err = zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(window))
		if err == nil {
			out, end = d, func() error { d.Close(); return nil }
		}
	}
	if err != nil {
		return nil, malformed("it cannot be unpacked: %v", err)
	}
	b := &bounded{r: out, most: l.Unpacked, ratio: int64(l.Ratio), in: func() int64 { return in.n }}
	return &unpacked{b, end}, nil
}

type unpacked struct {
	r   io.Reader
	end func() error
}

func (u *unpacked) Close() error { return u.end() }

func (u *unpacked) Read(p []byte) (int, error) {
	n, err := u.r.Read(p)
	if err == nil || err == io.EOF {
		return n, err
	}
	if _, ok := errors.AsType[*corpus.Failure](err); ok {
		return n, err
	}
	return n, malformed("it cannot be unpacked: %v", err)
}

// counted counts the bytes that a decoder has taken. It reads single bytes
// too, so that a decoder does not put a buffer before it.
type counted struct {
	r *bufio.Reader
	n int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

func (c *counted) ReadByte() (byte, error) {
	b, err := c.r.ReadByte()
	if err == nil {
		c.n++
	}
	return b, err
}

// inMemory is how much Spool keeps in memory before it takes a file.
const inMemory = 8 << 20

// At gives r's bytes at any place where r can do so: a file on disk, or memory.
func At(r io.Reader) (at io.ReaderAt, size int64, ok bool) {
	at, ok = r.(io.ReaderAt)
	if !ok {
		return nil, 0, false
	}
	if sized, ok := r.(interface{ Size() int64 }); ok {
		return at, sized.Size(), true
	}
	if f, ok := r.(fs.File); ok {
		info, err := f.Stat()
		if err == nil && info.Mode().IsRegular() {
			return at, info.Size(), true
		}
	}
	return nil, 0, false
}

// Spool copies r so that its bytes can be read at any place: into memory or,
// where they are many, into a temporary file that done removes.
func Spool(r io.Reader, l Limits) (at io.ReaderAt, size int64, done func(), err error) {
	most := l.WithDefaults().Unpacked
	var head bytes.Buffer
	if n, err := io.CopyN(&head, r, inMemory); err == io.EOF {
		return bytes.NewReader(head.Bytes()), n, func() {}, nil
	} else if err != nil {
		return nil, 0, nil, err
	}
	f, err := os.CreateTemp("", "vocero-*")
	if err != nil {
		return nil, 0, nil, err
	}
	done = func() { f.Close(); os.Remove(f.Name()) }
	size, err = io.Copy(f, io.LimitReader(io.MultiReader(&head, r), most+1))
	if err == nil && size > most {
		err = tooLarge("it has more than %d bytes", most)
	}
	if err != nil {
		done()
		return nil, 0, nil, err
	}
	return f, size, done, nil
}
