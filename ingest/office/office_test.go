package office_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"vocero/corpus"
	"vocero/ingest/archive"
	"vocero/ingest/office"
)

func ExampleRTF() {
	doc, _ := office.RTF([]byte(`{\rtf1\ansi\ansicpg1252 La obligaci\'f3n del a\u241?o.\par Fin.}`))
	fmt.Println(doc.Text)
	// Output:
	// La obligación del año.
	//
	// Fin.
}

// zipped makes an archive of files, of which mimetype comes first.
func zipped(files map[string]string) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	var names []string
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		f, _ := w.Create(name)
		io.WriteString(f, files[name])
	}
	w.Close()
	return b.Bytes()
}

const word = `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="w" xmlns:mc="mc"><w:body>`

func docx(body string, more ...string) []byte {
	files := map[string]string{"word/document.xml": word + body + "</w:body></w:document>"}
	for i := 0; i+1 < len(more); i += 2 {
		files[more[i]] = more[i+1]
	}
	return zipped(files)
}

func p(text string) string { return "<w:p><w:r><w:t>" + text + "</w:t></w:r></w:p>" }

func styled(style, text string) string {
	return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr><w:r><w:t>` + text + "</w:t></w:r></w:p>"
}

func listed(text string) string {
	return `<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/></w:numPr></w:pPr><w:r><w:t>` + text + "</w:t></w:r></w:p>"
}

func TestDOCX(t *testing.T) {
	cases := []struct {
		name, body, text, title string
	}{
		{"paragraphs", p("Uno &amp; dos") + p("") + p("tres"), "Uno & dos\n\ntres", ""},
		{"runs of one word", `<w:p><w:r><w:t>obli</w:t></w:r><w:r><w:t xml:space="preserve">gación </w:t></w:r><w:r><w:t>nueva</w:t></w:r></w:p>`, "obligación nueva", ""},
		{"title", styled("Ttulo", "El título") + p("Texto"), "El título\n\nTexto", "El título"},
		{"heading", p("Nota de prensa") + styled("Heading1", "El título") + p("Texto") + styled("Heading2", "Otro"), "Nota de prensa\n\nEl título\n\nTexto\n\nOtro", "El título"},
		{"list", p("Son:") + listed("uno") + listed("dos") + p("fin"), "Son:\n\nuno\ndos\n\nfin", ""},
		{"table", "<w:tbl><w:tr><w:tc>" + p("a") + p("b") + "</w:tc><w:tc>" + p("c") + "</w:tc></w:tr><w:tr><w:tc>" + p("d") + "</w:tc><w:tc>" + p("e") + "</w:tc></w:tr></w:tbl>", "a b\tc\nd\te", ""},
		{"deleted and inserted", `<w:p><w:r><w:t>cinco </w:t></w:r><w:del><w:r><w:delText>mil</w:delText></w:r></w:del><w:ins><w:r><w:t>millones</w:t></w:r></w:ins></w:p>`, "cinco millones", ""},
		{"field", `<w:p><w:r><w:instrText>HYPERLINK "x"</w:instrText></w:r><w:r><w:t>enlace</w:t></w:r></w:p>`, "enlace", ""},
		{"hidden", `<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>no</w:t></w:r><w:r><w:t>sí</w:t></w:r></w:p>`, "sí", ""},
		{"breaks", `<w:p><w:r><w:t>uno</w:t><w:br/><w:t>dos</w:t><w:tab/><w:t>tres</w:t><w:noBreakHyphen/></w:r></w:p>`, "uno\ndos\ttres-", ""},
		{"text box in both forms", `<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>` + p("caja") + `</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>` + p("caja") + `</w:txbxContent></mc:Fallback></mc:AlternateContent><w:t>texto</w:t></w:r></w:p>`, "caja\n\ntexto", ""},
		{"entities", p("a&#243;&#x1F600;"), "aó😀", ""},
	}
	for _, c := range cases {
		doc, err := office.DOCX(docx(c.body), archive.Limits{})
		if err != nil || doc.Text != c.text || doc.Title != c.title {
			t.Errorf("%s: got %q, title %q, %v; want %q, %q", c.name, doc.Text, doc.Title, err, c.text, c.title)
		}
	}
}

func TestDOCXNotesAndProperties(t *testing.T) {
	doc, err := office.DOCX(docx(p("Texto"),
		"word/footnotes.xml", `<w:footnotes xmlns:w="w"><w:footnote w:type="separator">`+p("---")+`</w:footnote><w:footnote w:id="1">`+p("La nota.")+`</w:footnote></w:footnotes>`,
		"docProps/core.xml", `<c:coreProperties xmlns:c="c" xmlns:dc="d"><dc:title>El título</dc:title><dc:language>es-PE</dc:language><dcterms:created>2024-05-17T10:00:00Z</dcterms:created></c:coreProperties>`), archive.Limits{})
	want := office.Document{Named: "El título", Published: "2024-05-17T10:00:00Z", Lang: "es", Text: "Texto\n\nLa nota."}
	if err != nil || doc != want {
		t.Errorf("got %+v, %v; want %+v", doc, err, want)
	}
}

func TestODT(t *testing.T) {
	body := `<office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="b"><office:automatic-styles><s>x</s></office:automatic-styles><office:body><office:text>
	<text:tracked-changes><text:p>borrado</text:p></text:tracked-changes>
	<text:h>El  título</text:h>
	<text:p>Uno<text:s text:c="2"/>dos<text:line-break/>tres<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>La nota.</text:p></text:note-body></text:note>, fin<office:annotation><text:p>comentario</text:p></office:annotation>.</text:p>
	<text:list><text:list-item><text:p>a</text:p></text:list-item><text:list-item><text:p>b</text:p></text:list-item></text:list>
	<table:table><table:table-row><table:table-cell><text:p>c</text:p><text:p>d</text:p></table:table-cell><table:table-cell><text:p>e</text:p></table:table-cell></table:table-row></table:table>
	</office:text></office:body></office:document-content>`
	doc, err := office.ODT(zipped(map[string]string{
		"content.xml": body, "meta.xml": `<m><dc:title>Otro</dc:title><meta:creation-date>2024-05-17T10:00:00</meta:creation-date></m>`,
	}), archive.Limits{})
	want := office.Document{Title: "El título", Named: "Otro", Published: "2024-05-17T10:00:00",
		Text: "El  título\n\nUno  dos\ntres, fin.\n\na\nb\n\nc d\te\n\nLa nota."}
	if err != nil || doc != want {
		t.Errorf("got %+v, %v; want %+v", doc, err, want)
	}
}

func TestEPUB(t *testing.T) {
	files := map[string]string{
		"META-INF/container.xml": `<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>`,
		"OPS/book.opf": `<package><metadata><dc:title>Memoria 2024</dc:title><dc:language>es-PE</dc:language></metadata><manifest>
			<item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>
			<item id="b" href="t/b.html" media-type="text/html"/></manifest><spine><itemref idref="n"/><itemref idref="b"/><itemref idref="a"/><itemref idref="c"/></spine></package>`,
		"OPS/nav.xhtml": "<p>índice</p>", "OPS/a.xhtml": "<html><head><title>no</title></head><body><h1>Dos</h1><p>a &amp; <i>b</i></p><ul><li>c</li><li>d</li></ul></body></html>",
		"OPS/t/b.html": "<p>Uno</p><script>no</script>",
	}
	doc, err := office.EPUB(zipped(files), archive.Limits{})
	want := office.Document{Title: "Memoria 2024", Lang: "es", Text: "Uno\n\nDos\n\na & b\n\nc\nd"}
	if err != nil || doc != want {
		t.Errorf("got %+v, %v; want %+v", doc, err, want)
	}
	files["META-INF/encryption.xml"] = `<encryption><CipherReference URI="OPS/a.xhtml"/></encryption>`
	if _, err := office.EPUB(zipped(files), archive.Limits{}); corpus.FailureOf(err) == nil || corpus.FailureOf(err).Reason != corpus.Refused {
		t.Errorf("encrypted: %v", err)
	}
	delete(files, "OPS/a.xhtml")
	delete(files, "META-INF/encryption.xml")
	if _, err := office.EPUB(zipped(files), archive.Limits{}); corpus.FailureOf(err) == nil || corpus.FailureOf(err).Reason != corpus.Malformed {
		t.Errorf("without a chapter: %v", err)
	}
}

func TestRTF(t *testing.T) {
	cases := []struct{ in, want string }{
		{`{\rtf1\ansi{\fonttbl{\f0\fswiss Arial;}}{\colortbl;\red0;}\f0 Hola\par\par mundo}`, "Hola\n\nmundo"},
		{`{\rtf1\ansi\ansicpg1252 a\'f1o {\b ne}gro}`, "año negro"},
		{`{\rtf1\mac a\'96o}`, "año"},
		{`{\rtf1\uc1 a\u241?o \u8364\'80 {\uc2\u243??n}}`, "año € ón"},
		{`{\rtf1\u-10179?\u-8704?}`, "😀"},
		{`{\rtf1{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}}\f1 \'cc\'ee\'f1\f0 \'e9}`, "Мосé"},
		{`{\rtf1{\info{\title El t\'edtulo}{\author X}{\creatim\yr2024\mo5\dy17\hr1}}{\header Cabeza}{\*\generator Y;}Texto{\pict 00ff00}{\footnote La nota.}}`, "Texto\n\nLa nota."},
		{`{\rtf1 {\field{\*\fldinst HYPERLINK "x"}{\fldrslt enlace}}}`, "enlace"},
		{`{\rtf1\trowd\intbl a\cell b\cell\row\trowd\intbl c\par d\cell e\cell\row\pard fin}`, "a\tb\nc d\te\n\nfin"},
		{`{\rtf1 uno\~dos\_tres\-cuatro \{\\\}\ldblquote s\'ed\rdblquote\line\emdash}`, "uno\u00a0dos-trescuatro {\\}“sí”\n—"},
		{`{\rtf1 a{\v oculto}b{\deleted borrado}c}`, "abc"},
		{`{\rtf1 a\bin3 {}{b}`, "ab"},
		{"{\\rtf1 cut\\par off", "cut\n\noff"},
		{`{\rtf1 a}}} b`, "a"},
		{`{\rtf1}`, ""},
	}
	for _, c := range cases {
		if doc, err := office.RTF([]byte(c.in)); err != nil || doc.Text != c.want {
			t.Errorf("%s: got %q, %v; want %q", c.in, doc.Text, err, c.want)
		}
	}
	doc, _ := office.RTF([]byte(cases[6].in))
	if doc.Named != "El título" || doc.Published != "2024-05-17" {
		t.Errorf("the properties are %+v", doc)
	}
}

func TestFailures(t *testing.T) {
	deep := strings.Repeat("<w:p>", 5000)
	cases := []struct {
		name  string
		parse func() error
		want  corpus.Reason
	}{
		{"no document part", func() error { _, err := office.DOCX(zipped(map[string]string{"x": ""}), archive.Limits{}); return err }, corpus.Malformed},
		{"no ZIP", func() error { _, err := office.DOCX([]byte("PK\x03\x04"), archive.Limits{}); return err }, corpus.Malformed},
		{"broken XML", func() error { _, err := office.DOCX(docx("<w:p><w:t"), archive.Limits{}); return err }, corpus.Malformed},
		{"deep XML", func() error { _, err := office.DOCX(docx(deep), archive.Limits{}); return err }, corpus.Malformed},
		{"a bomb", func() error {
			_, err := office.DOCX(docx(p(strings.Repeat("0", 8<<20))), archive.Limits{})
			return err
		}, corpus.TooLarge},
		{"encrypted ODT", func() error {
			_, err := office.ODT(zipped(map[string]string{"META-INF/manifest.xml": "<manifest:encryption-data/>", "content.xml": "x"}), archive.Limits{})
			return err
		}, corpus.Refused},
		{"deep RTF", func() error { _, err := office.RTF([]byte(`{\rtf1` + strings.Repeat("{", 5000))); return err }, corpus.Malformed},
	}
	for _, c := range cases {
		err := c.parse()
		if f, ok := errors.AsType[*corpus.Failure](err); !ok || f.Reason != c.want {
			t.Errorf("%s: got %v, want %s", c.name, err, c.want)
		}
	}
}

func fuzz(f *testing.F, parse func([]byte) error) {
	f.Fuzz(func(t *testing.T, b []byte) {
		if err := parse(b); err != nil {
			if _, ok := errors.AsType[*corpus.Failure](err); !ok {
				t.Errorf("%v is no failure", err)
			}
		}
	})
}

func FuzzDOCX(f *testing.F) {
	f.Add([]byte(p("Uno") + listed("dos") + "<w:tbl><w:tr><w:tc>" + p("a") + "</w:tc></w:tr></w:tbl>"))
	fuzz(f, func(b []byte) error { _, err := office.DOCX(docx(string(b)), archive.Limits{}); return err })
}

func FuzzODT(f *testing.F) {
	f.Add([]byte("<text:h>a</text:h><text:p>b<text:s text:c='3'/></text:p><table:table-row><table:table-cell><text:p>c</text:p></table:table-cell></table:table-row>"))
	fuzz(f, func(b []byte) error {
		_, err := office.ODT(zipped(map[string]string{"content.xml": string(b)}), archive.Limits{})
		return err
	})
}

func FuzzEPUB(f *testing.F) {
	f.Add([]byte(`<package><metadata><dc:title>T</dc:title></metadata><manifest><item id="a" href="a.xhtml"/></manifest><spine><itemref idref="a"/></spine></package>`), []byte("<p>uno</p>"))
	f.Fuzz(func(t *testing.T, list, chapter []byte) {
		_, err := office.EPUB(zipped(map[string]string{
			"mimetype":               "application/epub+zip",
			"META-INF/container.xml": `<container><rootfiles><rootfile full-path="b/list.opf"/></rootfiles></container>`,
			"b/list.opf":             string(list), "b/a.xhtml": string(chapter),
		}), archive.Limits{})
		if _, ok := errors.AsType[*corpus.Failure](err); err != nil && !ok {
			t.Errorf("%v is no failure", err)
		}
	})
}

func FuzzRTF(f *testing.F) {
	f.Add([]byte(`{\rtf1{\fonttbl{\f1\fcharset204 B;}}\f1 \'cc\u241?\trowd a\cell\row{\footnote x}}`))
	fuzz(f, func(b []byte) error { _, err := office.RTF(b); return err })
}
