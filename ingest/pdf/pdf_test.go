package pdf_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vocero/corpus"
	"vocero/ingest/pdf"
)

// newReader returns a Reader whose engine is compiled once for all tests, and
// for those of the next run.
func newReader(tb testing.TB, o pdf.Options) *pdf.Reader {
	tb.Helper()
	o.Cache = filepath.Join(os.TempDir(), "vocero-test-wasm")
	r := pdf.NewReader(o)
	tb.Cleanup(func() {
		if err := r.Close(); err != nil {
			tb.Error(err)
		}
	})
	return r
}

// line is a text at a place on a page, from the left and the bottom.
type line struct {
	x, y, size int
	text       string
}

// written makes a PDF of pages of lines, in windows-1252.
func written(info string, pages ...[]line) []byte {
	var objects []string
	kids := ""
	for i, lines := range pages {
		content := ""
		for _, l := range lines {
			text := strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`).Replace(l.text)
			latin := ""
			for _, r := range text {
				latin += string([]byte{byte(r)})
			}
			content += fmt.Sprintf("BT /F1 %d Tf %d %d Td (%s) Tj ET\n", l.size, l.x, l.y, latin)
		}
		n := 5 + 2*i
		kids += fmt.Sprintf("%d 0 R ", n)
		objects = append(objects,
			fmt.Sprintf("%d 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents %d 0 R/Resources<</Font<</F1 3 0 R>>>>>>endobj", n, n+1),
			fmt.Sprintf("%d 0 obj<</Length %d>>stream\n%s\nendstream endobj", n+1, len(content), content))
	}
	return []byte("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n" +
		fmt.Sprintf("2 0 obj<</Type/Pages/Count %d/Kids[%s]>>endobj\n", len(pages), kids) +
		"3 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>endobj\n4 0 obj<<" + info + ">>endobj\n" +
		strings.Join(objects, "\n") + "\ntrailer<</Root 1 0 R/Info 4 0 R>>\n%%EOF")
}

const long = "El ministro de Transportes anunció ayer que la obra del puente empezará en junio"

func TestParse(t *testing.T) {
	r := newReader(t, pdf.Options{})
	column := func(x int, word string) (lines []line) {
		for i := range 6 {
			lines = append(lines, line{x, 600 - 12*i, 10, fmt.Sprintf("%s sigue y sigue la línea %d que", word, i)})
		}
		return lines
	}
	across := append([]line{{50, 700, 20, "Un título que cruza la página"}}, column(320, "Derecha")...) // in the file the right one comes first
	across = append(across, column(50, "Izquierda")...)
	joined := func(word string) string {
		var all []string
		for i := range 6 {
			all = append(all, fmt.Sprintf("%s sigue y sigue la línea %d que", word, i))
		}
		return strings.Join(all, " ")
	}
	cases := []struct {
		name  string
		pages [][]line
		want  string
	}{
		{"a word divided", [][]line{{{50, 700, 10, long + " de la obli-"}, {50, 688, 10, "gación de la franco-"}, {50, 676, 10, "Alemania y más allá de todo."}}},
			long + " de la obligación de la franco-Alemania y más allá de todo."},
		{"paragraphs", [][]line{{{50, 700, 10, long + "."}, {50, 688, 10, long + "."}, {50, 660, 10, "Otro párrafo."}}},
			long + ". " + long + ".\n\nOtro párrafo."},
		{"columns", [][]line{across}, "Un título que cruza la página\n\n" + joined("Izquierda") + "\n\n" + joined("Derecha")},
		{"table", [][]line{{{50, 700, 10, "Piura"}, {300, 700, 10, "5"}, {50, 688, 10, "Lima"}, {300, 688, 10, "7"}, {50, 676, 10, "Ica"}, {300, 676, 10, "8"}, {50, 664, 10, "Puno"}, {300, 664, 10, "9"}, {50, 652, 10, "Tacna"}, {300, 652, 10, "10"}}},
			"Piura\t5\nLima\t7\nIca\t8\nPuno\t9\nTacna\t10"},
		{"list", [][]line{{{50, 700, 10, long + ":"}, {50, 688, 10, "- uno"}, {50, 676, 10, "- dos"}}}, long + ":\n- uno\n- dos"},
		{"running lines and a sentence over pages", [][]line{
			{{50, 780, 10, "Ministerio - 3 de mayo de 2024"}, {50, 600, 10, long + " con"}, {50, 20, 10, "Av. Zorritos 1203"}, {290, 10, 10, "1"}},
			{{50, 780, 10, "Ministerio - 3 de mayo de 2024"}, {50, 600, 10, "fondos propios."}, {50, 20, 10, "Av. Zorritos 1203"}, {290, 10, 10, "2"}},
		}, "Ministerio - 3 de mayo de 2024\n\n" + long + " con fondos propios."},
	}
	for _, c := range cases {
		doc, err := r.Parse(t.Context(), written("", c.pages...))
		if err != nil || doc.Text != c.want {
			t.Errorf("%s: got %q, %v; want %q", c.name, doc.Text, err, c.want)
		}
	}
}

func TestProperties(t *testing.T) {
	r := newReader(t, pdf.Options{})
	page := []line{{50, 700, 10, long}, {50, 688, 10, long}, {50, 750, 18, "Nuevo puente"}, {50, 780, 24, "NOTA"}}
	for info, want := range map[string]pdf.Document{
		"/Title(Nuevo puente en Piura)/CreationDate(D:20240517103000-05'00')": {Named: "Nuevo puente en Piura", Published: "2024-05-17"},
		"/Title(Microsoft Word - nota final.docx)/CreationDate(D:19010101)":   {},
		"/Title(nota.indd)/CreationDate(ayer)":                                {},
	} {
		doc, err := r.Parse(t.Context(), written(info, page))
		if err != nil || doc.Named != want.Named || doc.Published != want.Published || len(doc.Head) != 2 || doc.Head[0].String() != "NOTA" || doc.Head[1].String() != "Nuevo puente" {
			t.Errorf("%s: got %+v, %v", info, doc, err)
		}
	}
}

// TestHead holds what is said of the lines above a text: their size, where they
// stand, and whether other pages have them too.
func TestHead(t *testing.T) {
	head := []line{{50, 780, 20, "Ministerio del Agua"}, {100, 720, 14, "El museo del agua"}, {100, 704, 14, "abre sus puertas"}, {330, 680, 10, "Lima, 3 de mayo"}}
	text := func(y int) (lines []line) {
		for i := range 6 {
			lines = append(lines, line{50, y - 12*i, 10, long})
		}
		return lines
	}
	first := append(append(head, text(600)...), line{50, 500, 16, "Qué más hay"})
	doc, err := newReader(t, pdf.Options{}).Parse(t.Context(), written("", first, append(head[:1:1], text(600)...)))
	if err != nil || len(doc.Head) != 4 {
		t.Fatalf("got %+v, %v", doc.Head, err)
	}
	for i, want := range []pdf.Block{
		{Rows: []string{"Ministerio del Agua"}, Size: 2, Repeats: true},
		{Rows: []string{"El museo del agua", "abre sus puertas"}, Size: 1.4},
		{Rows: []string{"Lima, 3 de mayo"}, Size: 1},
		{Rows: []string{"Qué más hay"}, Size: 1.6, Below: true},
	} {
		got := doc.Head[i]
		if math.Abs(got.Size-want.Size) > 0.05 || got.Repeats != want.Repeats || got.Below != want.Below || strings.Join(got.Rows, "|") != strings.Join(want.Rows, "|") {
			t.Errorf("block %d: got %+v, want %+v", i, got, want)
		}
	}
	if a, b := doc.Head[1], doc.Head[2]; a.Middle < 0.2 || a.Middle > 0.35 || b.Middle < 0.55 || b.Gap < 0.5 || b.Gap > 3 {
		t.Errorf("the title %+v stands above the day %+v", a, b)
	}
}

func TestFailures(t *testing.T) {
	r := newReader(t, pdf.Options{Pages: 2})
	page := []line{{50, 700, 10, long}}
	for name, c := range map[string]struct {
		b    []byte
		want corpus.Reason
	}{
		"nothing but its head": {[]byte("%PDF-1.4\n"), corpus.Malformed},
		"no pages":             {written(""), corpus.Malformed},
		"scanned":              {written("", []line{}), corpus.Scanned},
		"too many pages":       {written("", page, page, page), corpus.TooLarge},
	} {
		_, err := r.Parse(t.Context(), c.b)
		if f, ok := errors.AsType[*corpus.Failure](err); !ok || f.Reason != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	if _, err := r.Parse(t.Context(), written("", page)); err != nil {
		t.Errorf("after failures: %v", err)
	}
}

func TestCanceled(t *testing.T) {
	r := newReader(t, pdf.Options{})
	var page []line
	for i := range 300 {
		page = append(page, line{50, i * 2, 2, strings.Repeat(long, 3)})
	}
	b := written("", page, page, page, page, page, page)
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
	defer cancel()
	if _, err := r.Parse(ctx, b); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	if _, err := r.Parse(t.Context(), written("", []line{{50, 700, 10, long}})); err != nil {
		t.Errorf("after that: %v", err)
	}
}

// TestReleases reads real releases, whose text poppler reads too; ./eval says
// how well.
func TestReleases(t *testing.T) {
	files, _ := filepath.Glob("../../../shared/data/pdf/*.pdf")
	if len(files) == 0 {
		t.Skip("../shared/data/pdf is not there")
	}
	r := newReader(t, pdf.Options{})
	for _, name := range files[:4] {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if doc, err := r.Parse(t.Context(), b); err != nil || len(strings.Fields(doc.Text)) < 200 {
			t.Errorf("%s: %d words, %v", name, len(strings.Fields(doc.Text)), err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(written("/Title(Una nota de prensa)", []line{{50, 700, 10, long}, {300, 100, 12, "a"}}))
	r := newReader(f, pdf.Options{Memory: 64 << 20})
	if _, err := r.Parse(f.Context(), written("", []line{{50, 700, 10, long}})); err != nil { // compiles the engine
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		if _, err := r.Parse(ctx, b); err != nil {
			if _, ok := errors.AsType[*corpus.Failure](err); !ok && !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("%v is no failure", err)
			}
		}
	})
}
