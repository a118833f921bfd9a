package fetch

import (
	"bufio"
	"bytes"
	"cmp"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"io"
	"net/http"
	"strings"
	"syscall"

	"vocero/corpus"
)

// body reads an answer within its bounds, and keeps what it read where that is
// to be evidence.
type body struct {
	response *http.Response
	options  Options
	raw      bytes.Buffer // as sent; filled where it is recorded
	packed   int64        // bytes as sent so far
	broke    error        // why reading what was sent ended early
}

func newBody(response *http.Response, o Options) *body {
	return &body{response: response, options: o}
}

// Read gives the bytes as sent, and fails beyond MaxBytes.
func (b *body) Read(p []byte) (int, error) {
	if b.packed > b.options.MaxBytes {
		return 0, tooLarge("more than %d bytes", b.options.MaxBytes)
	}
	if room := b.options.MaxBytes - b.packed + 1; int64(len(p)) > room {
		p = p[:room]
	}
	n, err := b.response.Body.Read(p)
	b.packed += int64(n)
	if b.options.Record != nil {
		b.raw.Write(p[:n])
	}
	if b.packed > b.options.MaxBytes {
		return n, tooLarge("more than %d bytes", b.options.MaxBytes)
	}
	if err != nil && err != io.EOF {
		b.broke = err
	}
	return n, err
}

// rest reads on as far as bound, for evidence, and says whether more is left.
func (b *body) rest(bound int64) (cut bool) {
	left := bound - int64(b.raw.Len())
	if left > 0 {
		_, _ = io.CopyN(io.Discard, b, left)
	}
	n, err := b.response.Body.Read(make([]byte, 1))
	return b.broke != nil || n > 0 || err != io.EOF
}

// unpacked undoes Content-Encoding, within MaxBytes and MaxRatio.
func (b *body) unpacked() (io.Reader, error) {
	var reader io.Reader
	var err error
	switch encoding := strings.ToLower(strings.TrimSpace(b.response.Header.Get("Content-Encoding"))); encoding {
	case "", "identity", "none":
		return b, nil
	case "gzip", "x-gzip":
		start := bufio.NewReader(b)
		if head, _ := start.Peek(2); len(head) < 2 || head[0] != 0x1f || head[1] != 0x8b {
			return start, nil // it says gzip and is not: what came is taken as it is
		}
		reader, err = gzip.NewReader(start)
	case "deflate":
		start := bufio.NewReader(b)
		if head, _ := start.Peek(2); len(head) == 2 && head[0]&0x0f == 8 && (int(head[0])<<8|int(head[1]))%31 == 0 {
			reader, err = zlib.NewReader(start)
		} else {
			reader = flate.NewReader(start)
		}
	default:
		return nil, &corpus.Failure{Reason: corpus.Unsupported, Detail: "the answer is packed as " + encoding + ", which was not asked for"}
	}
	if err != nil {
		return nil, err
	}
	return &bounded{body: b, r: reader}, nil
}

// bounded unpacks within the bounds.
type bounded struct {
	body *body
	r    io.Reader
	n    int64
}

// smallEnough is the size below which no ratio is suspicious.
const smallEnough = 1 << 20

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	b.n += int64(n)
	switch o := b.body.options; {
	case b.n > o.MaxBytes:
		return 0, tooLarge("unpacked more than %d bytes", o.MaxBytes)
	case b.n > smallEnough && b.n > o.MaxRatio*b.body.packed:
		return 0, tooLarge("unpacked more than %d times its size", o.MaxRatio)
	}
	return n, err
}

// fault makes a failure of an error that reading gave.
func (b *body) fault(err error) error {
	if err == nil {
		return nil
	}
	if _, known := errors.AsType[*corpus.Failure](err); known && b.broke == nil {
		return err
	}
	if b.broke != nil || errors.Is(err, io.ErrUnexpectedEOF) {
		return &brokenOff{err: cmp.Or(b.broke, err), after: b.packed, of: b.response.ContentLength}
	}
	if errors.Is(err, gzip.ErrHeader) || errors.Is(err, gzip.ErrChecksum) || errors.As(err, new(flate.CorruptInputError)) || errors.Is(err, zlib.ErrChecksum) {
		return &corpus.Failure{Reason: corpus.Malformed, Detail: "the answer cannot be unpacked: " + err.Error()}
	}
	return err
}

// brokenOff says that an answer ended before its end.
type brokenOff struct {
	err       error
	after, of int64
}

func (b *brokenOff) Error() string {
	if b.of > 0 {
		return failed("the answer broke off after %d of %d bytes: %v", b.after, b.of, b.err).Detail
	}
	return failed("the answer broke off after %d bytes: %v", b.after, b.err).Detail
}

// Unwrap gives the cause.
func (b *brokenOff) Unwrap() error { return b.err }

// broken says whether a connection broke, which another try may mend.
func broken(err error) bool {
	return errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) || errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE)
}
