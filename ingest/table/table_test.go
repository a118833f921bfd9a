package table_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"testing"

	"vocero/corpus"
	"vocero/ingest/archive"
	"vocero/ingest/table"
)

func known(names []string) bool { return slices.Contains(names, "Cuerpo") && len(names) > 1 }

func ExampleCSV() {
	for row, err := range table.CSV(strings.NewReader("Titular;Cuerpo\nUna obra;\"Dijo \"\"sí\"\".\"\n"), known, 1000) {
		fmt.Println(row.Place, string(row.JSON), err)
	}
	// Output: 2 {"Titular":"Una obra","Cuerpo":"Dijo \"sí\"."} <nil>
}

// read writes rows as lines, and a failure as its reason.
func read(rows iter.Seq2[table.Row, error]) (got string) {
	for row, err := range rows {
		if err != nil {
			got += row.Place + " " + string(corpus.FailureOf(err).Reason) + "\n"
			continue
		}
		got += row.Place + " " + string(row.JSON) + "\n"
	}
	return got
}

func TestCSV(t *testing.T) {
	cases := []struct{ name, in, want string }{
		{"commas", "Titular,Cuerpo\na,b\n\nc,\"d\ne\"\n", "2 {\"Titular\":\"a\",\"Cuerpo\":\"b\"}\n3 {\"Titular\":\"c\",\"Cuerpo\":\"d\\ne\"}\n"},
		{"tabs", "Titular\tCuerpo\na, b\tc\n", "2 {\"Titular\":\"a, b\",\"Cuerpo\":\"c\"}\n"},
		{"a mark, and other lengths", "\xef\xbb\xbfTitular|Cuerpo|\na\nb|c|d|e\n", "2 {\"Titular\":\"a\"}\n3 {\"Titular\":\"b\",\"Cuerpo\":\"c\"}\n"},
		{"windows-1252", "T\xedtulo;Cuerpo\na\xf1o;s\xed\n", "2 {\"Título\":\"año\",\"Cuerpo\":\"sí\"}\n"},
		{"UTF-16", "\xff\xfeC\x00u\x00e\x00r\x00p\x00o\x00,\x00a\x00\n\x00\xf1\x00,\x001\x00\n\x00", "2 {\"Cuerpo\":\"ñ\",\"a\":\"1\"}\n"},
		{"one name twice", "Cuerpo,Cuerpo,,x\na,b,c,d\n", "2 {\"Cuerpo\":\"a\",\"Cuerpo 2\":\"b\",\"x\":\"d\"}\n"},
		{"no known name", "Precio,Stock\n1,2\n", " unsupported\n"},
		{"a quote that never ends", "Titular,Cuerpo\n\"a,b\n" + strings.Repeat("c,d\n", 50_000), "2 too-large\n"},
		{"nothing", "", " unsupported\n"},
	}
	for _, c := range cases {
		if got := read(table.CSV(strings.NewReader(c.in), known, 1000)); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

// workbook makes one of sheets, given as their rows in XML.
func workbook(more map[string]string, sheets ...string) *archive.Folder {
	files := map[string]string{}
	list, relations := "", ""
	for i, s := range sheets {
		list += fmt.Sprintf(`<sheet name="Hoja%d" r:id="r%d"/>`, i+1, i)
		relations += fmt.Sprintf(`<Relationship Id="r%d" Target="worksheets/sheet%d.xml"/>`, i, i)
		files[fmt.Sprintf("xl/worksheets/sheet%d.xml", i)] = "<worksheet><sheetData>" + s + "</sheetData></worksheet>"
	}
	files["xl/workbook.xml"] = `<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>` + list + "</sheets></workbook>"
	files["xl/_rels/workbook.xml.rels"] = "<Relationships>" + relations + "</Relationships>"
	for name, text := range more {
		files[name] = text
	}
	return packed(files)
}

const names = `<row r="1"><c t="inlineStr"><is><t>Fecha</t></is></c><c t="inlineStr"><is><r><t>Cuer</t></r><r><t>po</t></r></is></c></row>`

func TestXLSX(t *testing.T) {
	styles := map[string]string{
		"xl/styles.xml":        `<styleSheet><numFmts><numFmt numFmtId="170" formatCode="dd\-mm\-yyyy"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/></cellXfs></styleSheet>`,
		"xl/sharedStrings.xml": `<sst><si><t>uno</t><rPh><t>no</t></rPh></si><si><r><t>d</t></r><r><t xml:space="preserve">os</t></r></si></sst>`,
	}
	cases := []struct {
		name   string
		more   map[string]string
		sheets []string
		want   string
	}{
		{"shared texts and days", styles, []string{names + `<row r="5"><c r="A5" s="1"><v>45429</v></c><c r="B5" t="s"><v>1</v></c></row><row><c s="2"><v>45429.5</v></c><c t="str"><v>x</v></c></row>`},
			"Hoja1!5 {\"Fecha\":\"2024-05-17\",\"Cuerpo\":\"dos\"}\nHoja1!6 {\"Fecha\":\"2024-05-17\",\"Cuerpo\":\"x\"}\n"},
		{"names below a title, in the second sheet", nil, []string{`<row><c t="inlineStr"><is><t>x</t></is></c></row>`, `<row><c t="str"><v>Notas</v></c></row>` + strings.Replace(names, `r="1"`, `r="3"`, 1) + `<row><c r="B4" t="str"><v>a</v></c></row>`},
			"Hoja2!4 {\"Cuerpo\":\"a\"}\n"},
		{"no known name", nil, []string{`<row><c t="str"><v>Precio</v></c></row>`}, " unsupported\n"},
		{"errors and strange places", styles, []string{names + `<row><c r="ZZZZZZ9" t="str"><v>x</v></c><c r="B2" t="e"><v>#N/A</v></c><c r="B2" t="s"><v>99</v></c><c r="A2" s="77"><v>1.5</v></c></row>`},
			"Hoja1!2 {\"Fecha\":\"1.5\"}\n"},
		{"a sheet that is broken", nil, []string{names + `<row><c r="B2" t="str"><v>x</v></c></row><row`}, "Hoja1!2 {\"Cuerpo\":\"x\"}\nHoja1 malformed\n"},
		{"a long row", nil, []string{names + `<row><c r="B2" t="str"><v>` + strings.Repeat("x", 2000) + `</v></c></row>`}, "Hoja1!2 too-large\n"},
	}
	for _, c := range cases {
		if got := read(table.XLSX(workbook(c.more, c.sheets...), known, 1000)); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

func FuzzCSV(f *testing.F) {
	f.Add([]byte("Titular;Cuerpo\na;\"b\nc\"\n"))
	f.Fuzz(func(t *testing.T, b []byte) { check(t, table.CSV(bytes.NewReader(b), known, 1000)) })
}

func FuzzXLSX(f *testing.F) {
	f.Add(names+`<row r="5"><c r="A5" s="1"><v>45429</v></c><c r="B5" t="s"><v>1</v></c></row>`, "<sst><si><t>uno</t></si></sst>")
	f.Fuzz(func(t *testing.T, sheet, texts string) {
		check(t, table.XLSX(workbook(map[string]string{"xl/sharedStrings.xml": texts}, sheet), known, 1000))
	})
}

func check(t *testing.T, rows iter.Seq2[table.Row, error]) {
	for _, err := range rows {
		if _, ok := errors.AsType[*corpus.Failure](err); err != nil && !ok {
			t.Errorf("%v is no failure", err)
		}
	}
}

// packed makes an archive of files.
func packed(files map[string]string) *archive.Folder {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, text := range files {
		f, _ := w.Create(name)
		io.WriteString(f, text)
	}
	w.Close()
	folder, err := archive.Zip(bytes.NewReader(b.Bytes()), int64(b.Len()), archive.Limits{})
	if err != nil {
		panic(err)
	}
	return folder
}

func sheets(content string) map[string]string {
	return map[string]string{"content.xml": `<office:document-content><office:body><office:spreadsheet>` + content + `</office:spreadsheet></office:body></office:document-content>`}
}

func TestODS(t *testing.T) {
	names := `<table:table-row><table:table-cell><text:p>Titular</text:p></table:table-cell><table:table-cell><text:p>Cuerpo</text:p></table:table-cell><table:table-cell><text:p>Día</text:p></table:table-cell></table:table-row>`
	cell := func(text string) string { return "<table:table-cell><text:p>" + text + "</text:p></table:table-cell>" }
	inSheet := func(rows string) string {
		return `<table:table table:name="Notas">` + rows + `</table:table>`
	}
	cases := []struct {
		name, want string
		files      map[string]string
	}{
		{"rows", "Notas!2 {\"Titular\":\"a\",\"Cuerpo\":\"b  c\\nd\",\"Día\":\"2024-05-17\"}\n", sheets(inSheet(names + "<table:table-row>" + cell("a") +
			`<table:table-cell><office:annotation><text:p>comentario</text:p></office:annotation><text:p>b<text:s text:c="2"/>c</text:p><text:p><text:span>d</text:span></text:p></table:table-cell>` +
			`<table:table-cell office:value-type="date" office:date-value="2024-05-17T10:00:00"><text:p>17/05/24</text:p></table:table-cell></table:table-row>`))},
		{"empty rows, covered and repeated cells", "Notas!6 {\"Titular\":\"x\",\"Cuerpo\":\"x\",\"Día\":\"z\"}\nNotas!8 {\"Día\":\"y\"}\nNotas!9 {\"Día\":\"y\"}\n", sheets(inSheet(names +
			`<table:table-row table:number-rows-repeated="4"><table:table-cell/></table:table-row>` +
			`<table:table-row><table:table-cell table:number-columns-repeated="2"><text:p>x</text:p></table:table-cell>` + cell("z") + `</table:table-row>` +
			`<table:table-row><table:table-cell table:number-columns-repeated="16384"/></table:table-row>` +
			`<table:table-row table:number-rows-repeated="2"><table:table-cell/><table:covered-table-cell/>` + cell("y") + `</table:table-row>` +
			`<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>`))},
		{"a row above the names, and a sheet without", "Notas!3 {\"Titular\":\"a\"}\n", sheets(inSheet("<table:table-row>"+cell("Boletín")+"</table:table-row>"+names+"<table:table-row>"+cell("a")+"</table:table-row>") +
			`<table:table table:name="Más"><table:table-row>` + cell("1") + `</table:table-row></table:table>`)},
		{"no known name", " unsupported\n", sheets(inSheet("<table:table-row>" + cell("Precio") + "</table:table-row>"))},
		{"a row over its bound", "Notas!2 too-large\n", sheets(inSheet(names + "<table:table-row>" + cell("a") + cell(strings.Repeat("b", 1100)) + "</table:table-row>"))},
		{"cut off", "Notas malformed\n", map[string]string{"content.xml": `<office:spreadsheet><table:table table:name="Notas"><table:table-row`}},
		{"no content", " malformed\n", map[string]string{"x": ""}},
		{"encrypted", " refused\n", map[string]string{"content.xml": "\x01", "META-INF/manifest.xml": "<manifest:encryption-data/>"}},
	}
	for _, c := range cases {
		if got := read(table.ODS(packed(c.files), known, 1000)); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

func FuzzODS(f *testing.F) {
	f.Add([]byte(sheets(`<table:table><table:table-row table:number-rows-repeated="99999999"><table:table-cell table:number-columns-repeated="9999999"><text:p>Cuerpo</text:p></table:table-cell></table:table-row></table:table>`)["content.xml"]))
	f.Fuzz(func(t *testing.T, content []byte) {
		check(t, table.ODS(packed(map[string]string{"content.xml": string(content)}), known, 1000))
	})
}
