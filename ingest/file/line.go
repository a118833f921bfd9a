package file

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"iter"
	"time"

	"vocero/corpus"
)

// Lines yields a release for each JSON line of r, which is called name. An empty
// line is passed over; identify, which may be nil, says which release a line is,
// so that it is known again in another file or at another place. A line that is
// too long ends the reading with an error.
func Lines(r io.Reader, name, via string, identify func(line []byte) corpus.Given) iter.Seq2[corpus.Raw, error] {
	return func(yield func(corpus.Raw, error) bool) {
		lines := lineReader{r: r}
		for n := 1; ; n++ {
			line, err := lines.next()
			raw := corpus.Raw{Path: fmt.Sprintf("%s#%d", name, n), Via: via, Fetched: time.Now(), ContentType: "application/json"}
			if err == io.EOF {
				return
			}
			if err != nil {
				yield(raw, unreadable(err))
				return
			}
			if line = bytes.TrimSpace(line); len(line) == 0 {
				continue
			}
			raw.Bytes = bytes.Clone(line)
			if identify != nil {
				raw.Given = identify(line)
			}
			if !yield(raw, nil) {
				return
			}
		}
	}
}

// lineReader reads lines of at most maxFile bytes.
type lineReader struct {
	r        io.Reader
	buffered *bufio.Reader
	line     []byte
}

var errLongLine = &corpus.Failure{Reason: corpus.TooLarge, Detail: fmt.Sprintf("a line of more than %d bytes", maxFile)}

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

// FirstLine reads the first line of r, with its end.
func FirstLine(r *bufio.Reader, most int) ([]byte, error) {
	var line []byte
	for {
		part, err := r.ReadSlice('\n')
		line = append(line, part...)
		switch {
		case len(line) > most:
			return nil, &corpus.Failure{Reason: corpus.TooLarge, Detail: fmt.Sprintf("more than %d bytes", most)}
		case err == nil || err == io.EOF:
			return line, nil
		case err != bufio.ErrBufferFull:
			return nil, err
		}
	}
}
