package table

import (
	"encoding/xml"
	"errors"
	"io"
	"io/fs"
	"path"
	"strconv"
	"strings"
	"time"

	"vocero/corpus"
	"vocero/ingest/archive"
)

// headerRows is how far down a sheet its row of names may stand.
const headerRows = 20

// maxColumns is the number of columns that a sheet can have.
const maxColumns = 16384

// XLSX reads the sheets of a workbook (ECMA-376) that have a row of names which
// is known. A workbook without one is a failure. A row has at most limit bytes.
func XLSX(folder *archive.Folder, known Header, limit int) rows {
	return func(yield func(Row, error) bool) {
		w, err := openWorkbook(folder)
		if err != nil {
			yield(Row{}, err)
			return
		}
		any, first := false, []string(nil)
		for _, s := range w.sheets {
			names, goOn := w.sheet(s, known, limit, yield)
			if !goOn {
				return
			}
			if any = any || names.known; first == nil {
				first = names.cells
			}
		}
		if !any {
			yield(Row{}, unnamed(first))
		}
	}
}

// workbook is what the sheets of one share.
type workbook struct {
	folder  *archive.Folder
	sheets  []sheet
	strings []string
	dates   []bool // by style: whether numbers are days
	epoch   time.Time
}

type sheet struct{ name, file string }

func openWorkbook(folder *archive.Folder) (*workbook, error) {
	w := &workbook{folder: folder, epoch: time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)}
	var book struct {
		Properties struct {
			Date1904 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []struct {
			Name string     `xml:"name,attr"`
			ID   string     `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
			Any  []xml.Attr `xml:",any,attr"`
		} `xml:"sheets>sheet"`
	}
	var relations struct {
		List []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if err := w.decode("xl/workbook.xml", &book); err != nil {
		return nil, err
	}
	if err := w.decode("xl/_rels/workbook.xml.rels", &relations); err != nil {
		return nil, err
	}
	files := map[string]string{}
	for _, r := range relations.List {
		files[r.ID] = path.Join("xl", r.Target)
		if strings.HasPrefix(r.Target, "/") {
			files[r.ID] = strings.TrimPrefix(r.Target, "/")
		}
	}
	for _, s := range book.Sheets {
		id := s.ID
		for _, a := range s.Any { // strict workbooks have another name space
			if id == "" && a.Name.Local == "id" {
				id = a.Value
			}
		}
		w.sheets = append(w.sheets, sheet{s.Name, files[id]})
	}
	if d := book.Properties.Date1904; d == "1" || d == "true" {
		w.epoch = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	if err := w.readStyles(); err != nil {
		return nil, err
	}
	return w, w.readStrings()
}

func (w *workbook) decode(name string, into any) error {
	f, err := w.folder.Open(name)
	if err != nil {
		return fault(name, err)
	}
	defer f.Close()
	if err := xml.NewDecoder(f).Decode(into); err != nil {
		return fault(name, err)
	}
	return nil
}

// readStyles notes which styles show numbers as days.
func (w *workbook) readStyles() error {
	if !w.folder.Has("xl/styles.xml") {
		return nil
	}
	var styles struct {
		Formats []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Cells []struct {
			Format int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	if err := w.decode("xl/styles.xml", &styles); err != nil {
		return err
	}
	days := map[int]bool{}
	for id := 14; id <= 22; id++ {
		days[id] = id < 18 || id == 22 // 18 to 21 are times of day
	}
	for _, f := range styles.Formats {
		code := strings.ToLower(f.Code)
		days[f.ID] = strings.Contains(code, "yy") || strings.Contains(code, "d") && strings.Contains(code, "m")
	}
	for _, c := range styles.Cells {
		w.dates = append(w.dates, days[c.Format])
	}
	return nil
}

// readStrings reads the texts that cells point at.
func (w *workbook) readStrings() error {
	const name = "xl/sharedStrings.xml"
	if !w.folder.Has(name) {
		return nil
	}
	var text strings.Builder
	inText, phonetic := false, false
	return w.tokens(name, func(t xml.Token) bool {
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "t":
				inText = !phonetic
			case "rPh":
				phonetic = true
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "t":
				inText = false
			case "rPh":
				phonetic = false
			case "si":
				w.strings = append(w.strings, text.String())
				text.Reset()
			}
		case xml.CharData:
			if inText {
				text.Write(t)
			}
		}
		return true
	})
}

// tokens calls visit for each token of a part, until it says no.
func (w *workbook) tokens(name string, visit func(xml.Token) bool) error {
	f, err := w.folder.Open(name)
	if err != nil {
		return fault(name, err)
	}
	defer f.Close()
	d := xml.NewDecoder(f)
	for {
		t, err := d.RawToken()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fault(name, err)
		}
		if !visit(t) {
			return nil
		}
	}
}

// header is a sheet's row of names, or its first row where none is known.
type header struct {
	cells []string
	known bool
}

// sheet yields the rows below the names. It says whether more is asked for.
func (w *workbook) sheet(s sheet, known Header, limit int, yield func(Row, error) bool) (names header, goOn bool) {
	goOn = true
	c := cells{w: w}
	err := w.tokens(s.file, func(t xml.Token) bool {
		if !c.take(t) {
			return true
		}
		switch {
		case names.known:
			b, err := object(names.cells, c.row, limit)
			if b != nil || err != nil {
				goOn = yield(Row{s.name + "!" + strconv.Itoa(c.number), b}, err)
			}
		case known(named(c.row)):
			names = header{named(c.row), true}
		case names.cells == nil:
			names.cells = named(c.row)
		}
		return goOn && (names.known || c.number < headerRows)
	})
	if err != nil && goOn {
		goOn = yield(Row{Place: s.name}, err)
	}
	return names, goOn
}

// cells gathers the cells of a row from a sheet's tokens.
type cells struct {
	w      *workbook
	row    []string
	number int // of the row, from 1

	column int
	kind   string
	style  int
	inText bool
	text   strings.Builder
}

// take follows one token, and says that a row is whole.
func (c *cells) take(t xml.Token) bool {
	switch t := t.(type) {
	case xml.StartElement:
		c.start(t)
	case xml.CharData:
		if c.inText {
			c.text.Write(t)
		}
	case xml.EndElement:
		switch t.Name.Local {
		case "v", "t":
			c.inText = false
		case "c":
			c.put()
		case "row":
			return true
		}
	}
	return false
}

func (c *cells) start(e xml.StartElement) {
	switch e.Name.Local {
	case "row":
		c.row, c.column = nil, 0
		c.number++
		if n, err := strconv.Atoi(attribute(e, "r")); err == nil && n > 0 {
			c.number = n
		}
	case "c":
		if n := columnOf(attribute(e, "r")); n > 0 {
			c.column = n
		} else {
			c.column++
		}
		c.kind = attribute(e, "t")
		c.style, _ = strconv.Atoi(attribute(e, "s"))
		c.text.Reset()
	case "v", "t":
		c.inText = true
	}
}

// put writes the cell's value into the row.
func (c *cells) put() {
	if c.column > maxColumns || c.text.Len() == 0 {
		return
	}
	for len(c.row) < c.column {
		c.row = append(c.row, "")
	}
	c.row[c.column-1] = c.value(c.text.String())
}

func (c *cells) value(v string) string {
	switch c.kind {
	case "s":
		if n, err := strconv.Atoi(strings.TrimSpace(v)); err == nil && n >= 0 && n < len(c.w.strings) {
			return c.w.strings[n]
		}
		return ""
	case "e": // an error of a formula
		return ""
	case "", "n":
		if n, err := strconv.ParseFloat(v, 64); err == nil && c.style >= 0 && c.style < len(c.w.dates) && c.w.dates[c.style] && n >= 1 && n < 3e6 {
			return c.w.epoch.AddDate(0, 0, int(n)).Format(time.DateOnly)
		}
	}
	return v
}

// columnOf is the column of a place such as B12, from 1, or 0.
func columnOf(place string) int {
	n := 0
	for i := 0; i < len(place) && place[i] >= 'A' && place[i] <= 'Z' && n <= maxColumns; i++ {
		n = n*26 + int(place[i]-'A') + 1
	}
	return n
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

func fault(name string, err error) error {
	if _, ok := errors.AsType[*corpus.Failure](err); ok {
		return err
	}
	if errors.Is(err, fs.ErrNotExist) {
		return malformed("XLSX: it has no %s", name)
	}
	return malformed("XLSX: %s: %v", name, err)
}
