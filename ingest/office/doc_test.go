package office

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"strings"
	"testing"
	"unicode/utf16"

	"vocero/corpus"
)

// The files of testdata were written by LibreOffice, of texts made for this.
func read(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestDOC(t *testing.T) {
	for name, want := range map[string]Document{
		// With a header, a footer, a note, a comment, hidden text, deleted text, a table, a field.
		"puente.doc": {Named: "Nota sobre el puente", Published: "2003-05-17", Text: "NOTA DE PRENSA\n\nEl puente abre en junio\n\n" +
			"La ministra dijo que será pronto y más.\n\nLima\t5\nPiura\n\nla web fin\notra línea\n\nAna Ruiz, desde 2002."},
		// With a heading, letters beyond one byte, a list, a table with an empty cell and one of two paragraphs.
		"museo.doc": {Title: "El museo del agua abre sus puertas", Named: "Nota", Text: "El museo del agua abre sus puertas\n\n" +
			"La ministra de Cultura, Ana Ruiz, abrió ayer el museo — “una obra de 3 millones de €” — con enlace web y año, ñandú, Łódź, 中文.\n\n" +
			"Primero\nSegundo\n\nLima\t\t5\nPiura y Talara\t3\t7\n\nFin de la nota\ncon línea."},
	} {
		if got, err := DOC(read(t, name)); err != nil || got != want {
			t.Errorf("%s: got %+v, %v,\nwant %+v", name, got, err, want)
		}
	}
}

// TestOtherCompoundFiles renames a stream of a text, so that the file is another.
func TestOtherCompoundFiles(t *testing.T) {
	for name, want := range map[string]string{
		"EncryptedPackage": "refused: the document is encrypted", "Workbook": "unsupported: a workbook of Excel before 2007: save it as XLSX, ODS or CSV",
		"PowerPoint Document": "unsupported: a presentation of PowerPoint before 2007: save it as PDF", "Contents": "unsupported: a compound file that is no text of Word",
		"__nameid_version1.0": "unsupported: a message of Outlook (.msg): save it as EML",
	} {
		wide := func(s string) (b []byte) {
			for _, u := range utf16.Encode([]rune(s)) {
				b = binary.LittleEndian.AppendUint16(b, u)
			}
			return b
		}
		b := read(t, "museo.doc")
		at := bytes.Index(b, wide("WordDocument"))
		copy(b[at:at+64], make([]byte, 64))
		copy(b[at:], wide(name))
		binary.LittleEndian.PutUint16(b[at+64:], uint16(2*len(name)+2))
		if _, err := DOC(b); err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", name, err, want)
		}
	}
}

// head is the head of a document of Word, with what put puts into it.
func head(version int, put map[int]uint32) []byte {
	b := make([]byte, headBytes)
	binary.LittleEndian.PutUint16(b, headMagic)
	binary.LittleEndian.PutUint16(b[2:], uint16(version))
	for at, v := range put {
		binary.LittleEndian.PutUint32(b[at:], v)
	}
	return b
}

// pieces makes a table of pieces of their first letters and their places.
func pieces(letters []uint32, places ...uint32) []byte {
	var b []byte
	for _, l := range letters {
		b = binary.LittleEndian.AppendUint32(b, l)
	}
	for _, p := range places {
		b = binary.LittleEndian.AppendUint32(append(b, 0, 0), p)
		b = append(b, 0, 0)
	}
	return append(binary.LittleEndian.AppendUint32([]byte{1, 2, 0, 'x', 'x', 2}, uint32(len(b))), b...)
}

// TestPieces reads a text of two pieces that lie in another order, one of a byte
// a letter and one of two, without anything said of its paragraphs.
func TestPieces(t *testing.T) {
	wide := []byte{}
	for _, u := range utf16.Encode([]rune("Łódź 😀\x0duno\x07dos\x07\x07tres\x07\x07\x07Fin.")) {
		wide = binary.LittleEndian.AppendUint16(wide, u)
	}
	table := pieces([]uint32{0, 7, uint32(7 + len(wide)/2)}, uint32(headBytes+len(wide))*2|1<<30, headBytes)
	main := head(word97, map[int]uint32{atStories: uint32(7 + len(wide)/2), atPieces: 0, atPieces + 4: uint32(len(table))})
	main = append(append(main, wide...), "A\x96o \x80\x13\x0d"...) // the field that is opened never ends
	main[len(main)-2] = ' '
	w, err := openWord(map[string][]byte{"WordDocument": main, "0Table": table})
	if err != nil {
		t.Fatal(err)
	}
	if text, _ := w.read(); text != "A–o €\n\nŁódź 😀\n\nuno\tdos\ntres\n\nFin." {
		t.Errorf("got %q", text)
	}
}

func TestOldWord(t *testing.T) {
	text := "Una nota de 1995.\x0dOtra l\xednea.\x0d"
	at := uint32(headBytes)
	main := append(head(0x68, map[int]uint32{atOldText: at, atOldText + 4: at + uint32(len(text)), atOldCount: uint32(len(text))}), text...)
	doc := func(main []byte) (string, error) {
		w, err := openWord(map[string][]byte{"WordDocument": main})
		if err != nil {
			return "", err
		}
		got, _ := w.read()
		return got, nil
	}
	if got, err := doc(main); err != nil || got != "Una nota de 1995.\n\nOtra línea." {
		t.Errorf("got %q, %v", got, err)
	}
	for what, c := range map[string]struct {
		main   []byte
		reason corpus.Reason
	}{
		"saved fast":  {head(0x68, map[int]uint32{atFlags: isFastSaved}), corpus.Unsupported},
		"cut off":     {main[:len(main)-5], corpus.Malformed},
		"encrypted":   {head(word97, map[int]uint32{atFlags: isEncrypted}), corpus.Refused},
		"older":       {bytes.Repeat([]byte{0xdb, 0xa5, 0x21, 0}, 120), corpus.Unsupported},
		"no pieces":   {head(word97, nil), corpus.Malformed},
		"short":       {main[:100], corpus.Malformed},
		"short of 97": {head(word97, nil)[:headBytes-1], corpus.Malformed},
	} {
		_, err := doc(c.main)
		if f, ok := errors.AsType[*corpus.Failure](err); !ok || f.Reason != c.reason {
			t.Errorf("%s: got %v", what, err)
		}
	}
}

// TestOnePieceManyTimes holds that a file gives no more text than it can hold.
func TestOnePieceManyTimes(t *testing.T) {
	letters, places := []uint32{0}, []uint32(nil)
	for i := range 1000 {
		letters, places = append(letters, uint32(i+1)*400), append(places, headBytes*2|1<<30)
	}
	table := pieces(letters, places...)
	main := head(word97, map[int]uint32{atStories: 400_000, atPieces + 4: uint32(len(table))})
	main = append(main, strings.Repeat("x", 400)...)
	if _, err := openWord(map[string][]byte{"WordDocument": main, "0Table": table}); err == nil {
		t.Error("400 letters give 400,000")
	}
}

func FuzzDOC(f *testing.F) {
	f.Add(read(f, "puente.doc"))
	f.Add(read(f, "museo.doc"))
	f.Fuzz(func(t *testing.T, b []byte) {
		doc, err := DOC(b)
		if _, ok := errors.AsType[*corpus.Failure](err); err != nil && !ok {
			t.Errorf("%v is no failure", err)
		}
		if len(doc.Text) > 200*len(b)+2<<20 {
			t.Errorf("%d bytes give %d of text", len(b), len(doc.Text))
		}
	})
}

func FuzzWord(f *testing.F) {
	for _, name := range []string{"puente.doc", "museo.doc"} {
		streams, err := openCompound(read(f, name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(streams["WordDocument"], streams["1Table"], streams["SummaryInformation"])
	}
	f.Fuzz(func(t *testing.T, main, table, properties []byte) {
		summary(properties)
		w, err := openWord(map[string][]byte{"WordDocument": main, "0Table": table, "1Table": table})
		if err != nil {
			return
		}
		if text, _ := w.read(); len(text) > 8*len(main)+1000 {
			t.Errorf("%d bytes give %d of text", len(main), len(text))
		}
	})
}
