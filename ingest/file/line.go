package file

import (
	"bufio"
	"errors"
	"io"
)

// lineReader reads lines of at most maxFile bytes.
type lineReader struct {
	r        io.Reader
	buffered *bufio.Reader
	line     []byte
}

var errLongLine = errors.New("the line is too long")

// next returns the next line, good until the call after, or io.EOF.
func (l *lineReader) next() ([]byte, error) {
	if l.buffered == nil {
		l.buffered = bufio.NewReaderSize(l.r, 64<<10)
	}
	l.line = l.line[:0]
	for {
		part, err := l.buffered.ReadSlice('\n')
		l.line = append(l.line, part...)
		switch {
		case len(l.line) > maxFile:
			return nil, errLongLine
		case err == nil:
			return l.line, nil
		case err == io.EOF && len(l.line) > 0:
			return l.line, nil
		case err != bufio.ErrBufferFull:
			return nil, err
		}
	}
}
