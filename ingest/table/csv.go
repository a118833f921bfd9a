package table

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"

	"golang.org/x/text/encoding/unicode"

	"vocero/corpus"
	"vocero/ingest/charset"
)

// delimiters stand between cells, the likeliest first.
var delimiters = []rune{',', ';', '\t', '|'}

// Delimiter tells by the beginning of a text whether it is a table of releases,
// and what stands between its cells.
func Delimiter(head []byte, known Header) (delimiter rune, ok bool) {
	head = narrow(head)
	most := 0
	for _, d := range delimiters {
		names, err := reader(bytes.NewReader(head), d).Read()
		if names = texts(names); err == nil && len(names) > most && known(names) {
			delimiter, ok, most = d, true, len(names)
		}
	}
	return delimiter, ok
}

// CSV reads a table of cells with a delimiter between them, and in quotes where
// that or an end of line is in one (RFC 4180 and what programs make of it). A
// row has at most limit bytes.
func CSV(r io.Reader, known Header, limit int) rows {
	return func(yield func(Row, error) bool) {
		buffered := bufio.NewReaderSize(r, 64<<10)
		head, _ := buffered.Peek(8 << 10)
		delimiter, ok := Delimiter(head, known)
		if !ok {
			names, _ := reader(bytes.NewReader(narrow(head)), ',').Read()
			yield(Row{}, unnamed(texts(names)))
			return
		}
		bounded := &perRow{r: wide(buffered, head), most: limit}
		table := reader(bounded, delimiter)
		var names []string
		for n := 1; ; n++ {
			bounded.n = 0
			cells, err := table.Read()
			if err == io.EOF {
				return
			}
			if err != nil {
				if _, failed := errors.AsType[*corpus.Failure](err); !failed {
					err = malformed("CSV: %v", err)
				}
				yield(Row{Place: strconv.Itoa(n)}, err)
				return
			}
			cells = texts(cells)
			if names == nil {
				names = named(cells)
				continue
			}
			b, err := object(names, cells, limit)
			if (b != nil || err != nil) && !yield(Row{strconv.Itoa(n), b}, err) {
				return
			}
		}
	}
}

func reader(r io.Reader, delimiter rune) *csv.Reader {
	c := csv.NewReader(r)
	c.Comma, c.LazyQuotes, c.FieldsPerRecord = delimiter, true, -1
	return c
}

// texts decodes cells, each for itself: tables are put together from others.
func texts(cells []string) []string {
	for i, c := range cells {
		cells[i] = charset.Decode([]byte(c), "")
	}
	return cells
}

// wide reads UTF-16 as UTF-8; other bytes pass as they are.
func wide(r io.Reader, head []byte) io.Reader {
	if bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff")) {
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Reader(r)
	}
	if order, ok := charset.UTF16(head); ok {
		return unicode.UTF16(order, unicode.IgnoreBOM).NewDecoder().Reader(r)
	}
	if bytes.HasPrefix(head, []byte("\xef\xbb\xbf")) {
		_, _ = io.CopyN(io.Discard, r, 3)
	}
	return r
}

// narrow is the beginning of a text as UTF-8, or in a charset that is ASCII's relative.
func narrow(head []byte) []byte {
	b, _ := io.ReadAll(wide(bytes.NewReader(head), head)) // cut off within a letter
	return b
}

// perRow bounds what is read for one row: a quote that is never closed would
// make one of the whole file.
type perRow struct {
	r       io.Reader
	n, most int
}

func (p *perRow) Read(b []byte) (int, error) {
	n, err := p.r.Read(b)
	if p.n += n; p.n > p.most+64<<10 {
		return n, &corpus.Failure{Reason: corpus.TooLarge, Detail: fmt.Sprintf("a row of more than %d bytes", p.most)}
	}
	return n, err
}
