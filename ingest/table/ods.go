package table

import (
	"encoding/xml"
	"errors"
	"io"
	"io/fs"
	"strconv"
	"strings"

	"vocero/corpus"
	"vocero/ingest/archive"
)

// ODS reads the sheets of an OpenDocument spreadsheet (ISO/IEC 26300) like those
// of a workbook, see [XLSX].
func ODS(folder *archive.Folder, known Header, limit int) rows {
	return func(yield func(Row, error) bool) {
		if manifest, err := fs.ReadFile(folder, "META-INF/manifest.xml"); err == nil && strings.Contains(string(manifest), "encryption-data") {
			yield(Row{}, &corpus.Failure{Reason: corpus.Refused, Detail: "the spreadsheet is encrypted"})
			return
		}
		f, err := folder.Open("content.xml")
		if err != nil {
			yield(Row{}, odsFault(err))
			return
		}
		defer f.Close()
		s := spreadsheet{known: known, limit: limit, yield: yield}
		if err := s.read(xml.NewDecoder(f)); err != nil {
			yield(Row{Place: s.name}, odsFault(err))
		} else if !s.any && !s.stopped {
			yield(Row{}, unnamed(s.first))
		}
	}
}

func odsFault(err error) error {
	if _, ok := errors.AsType[*corpus.Failure](err); ok {
		return err
	}
	return malformed("ODS: content.xml: %v", err)
}

// repeated bounds how often a row that says so stands in a sheet: what is
// formatted down to its end says so of a million.
const repeated = 1000

// spreadsheet follows the tokens of the sheets.
type spreadsheet struct {
	known   Header
	limit   int
	yield   func(Row, error) bool
	stopped bool
	any     bool     // a sheet had a row of names that is known
	first   []string // of the first sheet, where none is known

	name   string // of the sheet
	names  header
	number int // of the row, from 1
	times  int // that the row stands there
	row    []string
	size   int // bytes of the row

	cell     strings.Builder
	value    string // of a cell that is a day
	columns  int    // that the cell fills
	depth    int    // of paragraphs: frames hold their own
	comments int
}

func (s *spreadsheet) read(d *xml.Decoder) error {
	for !s.stopped {
		t, err := d.RawToken()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			s.start(t)
		case xml.CharData:
			if s.depth > 0 && s.comments == 0 && s.cell.Len() <= s.limit {
				s.cell.Write(t)
			}
		case xml.EndElement:
			s.end(t.Name.Local)
		}
	}
	return nil
}

func (s *spreadsheet) start(e xml.StartElement) {
	switch e.Name.Local {
	case "table":
		s.name, s.names, s.number = nameOf(e, "name"), header{}, 0
	case "table-row":
		s.row, s.size, s.times = nil, 0, times(e, "number-rows-repeated")
	case "table-cell", "covered-table-cell":
		s.cell.Reset()
		s.value, s.columns = "", times(e, "number-columns-repeated")
		if nameOf(e, "value-type") == "date" {
			s.value, _, _ = strings.Cut(nameOf(e, "date-value"), "T")
		}
	case "annotation":
		s.comments++
	case "p":
		if s.depth++; s.depth == 1 && s.cell.Len() > 0 {
			s.cell.WriteByte('\n')
		}
	case "s":
		s.write(strings.Repeat(" ", min(times(e, "c"), 100)))
	case "tab":
		s.write("\t")
	case "line-break":
		s.write("\n")
	}
}

func (s *spreadsheet) write(text string) {
	if s.depth > 0 && s.comments == 0 {
		s.cell.WriteString(text)
	}
}

func (s *spreadsheet) end(name string) {
	switch name {
	case "annotation":
		s.comments--
	case "p":
		s.depth--
	case "table-cell", "covered-table-cell":
		value := s.value
		if value == "" {
			value = s.cell.String()
		}
		for range min(s.columns, maxColumns-len(s.row)) {
			if s.size > s.limit { // the row is over its bound, and said to be
				break
			}
			s.row, s.size = append(s.row, value), s.size+len(value)
		}
	case "table-row":
		s.endRow()
	case "table":
		if s.any = s.any || s.names.known; s.first == nil {
			s.first = s.names.cells
		}
	}
}

func (s *spreadsheet) endRow() {
	for len(s.row) > 0 && strings.TrimSpace(s.row[len(s.row)-1]) == "" {
		s.row = s.row[:len(s.row)-1]
	}
	switch {
	case len(s.row) == 0:
	case s.names.known:
		b, err := object(s.names.cells, s.row, s.limit)
		for i := range min(s.times, repeated) {
			if (b != nil || err != nil) && !s.yield(Row{s.name + "!" + strconv.Itoa(s.number+i+1), b}, err) {
				s.stopped = true
				return
			}
		}
	case s.number >= headerRows:
	case s.known(named(s.row)):
		s.names = header{named(s.row), true}
	case s.names.cells == nil:
		s.names.cells = named(s.row)
	}
	s.number += s.times
}

// nameOf is an attribute by its name without its space, or "".
func nameOf(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// times is how often what an attribute counts is there: once, where it says nothing.
func times(e xml.StartElement, name string) int {
	n, err := strconv.Atoi(nameOf(e, name))
	if err != nil {
		return 1
	}
	return min(max(n, 1), 1<<24)
}
