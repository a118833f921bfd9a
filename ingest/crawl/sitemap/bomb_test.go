package sitemap

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"testing"

	"vocero/corpus"
)

func TestBomb(t *testing.T) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, _ = z.Write(bytes.Repeat([]byte(" "), 2<<20))
	_ = z.Close()
	r, err := unpacked(&packed, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	n, err := io.Copy(io.Discard, r)
	if failure, ok := errors.AsType[*corpus.Failure](err); !ok || failure.Reason != corpus.TooLarge || n > 1<<20 {
		t.Errorf("%d bytes, %v", n, err)
	}
}
