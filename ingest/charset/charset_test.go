package charset_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"vocero/ingest/charset"
)

func ExampleDecode() {
	fmt.Println(charset.Decode([]byte("La obligaci\xf3n del a\xf1o"), ""))
	fmt.Println(charset.Decode([]byte("La obligaciÃ³n del aÃ±o"), "text/plain; charset=utf-8"))
	// Output:
	// La obligación del año
	// La obligación del año
}

var encodings = []struct {
	name string
	encoding.Encoding
}{
	{"windows-1252", charmap.Windows1252}, {"iso-8859-15", charmap.ISO8859_15}, {"macintosh", charmap.Macintosh}, {"ibm850", charmap.CodePage850},
	{"utf-16le", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)}, {"utf-16be", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)},
	{"utf-16 with mark", unicode.UTF16(unicode.BigEndian, unicode.UseBOM)}, {"utf-8", encoding.Nop},
}

var sentences = []string{
	"El ministro de Economía anunció la inversión de 5 millones de soles en la región Áncash.",
	"¿Cuándo comenzará el año escolar? «Mañana», respondió la señora Muñoz.",
	"A ministra da Saúde não comentou a decisão do órgão sobre as eleições.",
	"Le président a présenté à l'Élysée les mesures prévues pour l'été, ça a été très bien reçu.",
	"La pingüina llegó.",
}

func TestUndeclared(t *testing.T) {
	for _, e := range encodings {
		for _, want := range sentences {
			b, err := e.NewEncoder().String(want)
			if err != nil {
				continue // the encoding has no sign for one of the letters
			}
			if got := charset.Decode([]byte(b), ""); got != want {
				t.Errorf("%s: got %q, want %q", e.name, got, want)
			}
		}
	}
}

// TestUndeclaredReleases reads real releases back from each encoding.
func TestUndeclaredReleases(t *testing.T) {
	files, _ := filepath.Glob("../../../shared/data/releases/*/*.txt")
	if len(files) == 0 {
		t.Skip("../shared/data/releases is not there")
	}
	for _, e := range encodings {
		wrong, n := 0, 0
		for _, name := range files {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			want := strings.ToValidUTF8(string(text[:min(len(text), 1000)]), "")
			b, err := e.NewEncoder().String(want)
			if err != nil {
				continue
			}
			if n++; charset.Decode([]byte(b), "") != want {
				if wrong++; wrong < 3 {
					t.Logf("%s: %s", e.name, name)
				}
			}
		}
		t.Logf("%s: %d of %d wrong", e.name, wrong, n)
		if wrong*100 > n {
			t.Errorf("%s: %d of %d wrong", e.name, wrong, n)
		}
	}
}

func TestDecode(t *testing.T) {
	cases := []struct{ in, contentType, want string }{
		{"\xef\xbb\xbfaño", "text/plain; charset=iso-8859-1", "año"},
		{"añ\xc3", "", "añ"},                                                                    // what is left of a sequence cut off
		{"a\xf1o", "text/plain; charset=utf-8", "año"},                                          // it is not what it says
		{"año", "text/plain; charset=windows-1252", "año"},                                      // nor this
		{"100 \xa4", "text/plain; charset=iso-8859-15", "100 €"},                                // what it says is believed
		{"<meta charset=windows-1251><p>\xcc\xee\xf1", "", "<meta charset=windows-1251><p>Мос"}, // or what the page says
		{"<?xml version='1.0' encoding='iso-8859-15'?>\xa4", "", "<?xml version='1.0' encoding='iso-8859-15'?>€"},
		{strings.Repeat("información ", 20) + "a\xf1o", "", strings.Repeat("información ", 20) + "año"}, // one pasted word
		{"\x1b$B@bL@\x1b(B", "text/plain; charset=iso-2022-jp", "説明"},
		{"", "", ""},
		{"a\xf1o", "text/plain; charset=no-such", "año"},
	}
	for _, c := range cases {
		if got := charset.Decode([]byte(c.in), c.contentType); got != c.want {
			t.Errorf("Decode(%q, %q) = %q, want %q", c.in, c.contentType, got, c.want)
		}
	}
}

func TestRepair(t *testing.T) {
	cases := []struct{ in, want string }{
		{"InversiÃ³n pÃºblica en el PerÃº", "Inversión pública en el Perú"},
		{"La â€œgran transformaciÃ³nâ€\u009d â€“ hoy", "La “gran transformación” – hoy"},
		{"OBLIGACIÃ“N y deudaÂ: NÂº 5 aÃ±os", "OBLIGACIÓN y deudaÂ: Nº 5 años"},
		{"InversiÃƒÂ³n", "Inversión"}, // twice
		{"US$Â\u00a05 y US$Â\u00a06", "US$\u00a05 y US$\u00a06"},
		{"“SANTA IRMÃ” e «AMANHÃ»", "“SANTA IRMÃ” e «AMANHÃ»"}, // meant so
		{"SÃO PAULO, MANHÃ", "SÃO PAULO, MANHÃ"},
		{"Â", "Â"}, {"", ""}, {"nada que reparar: año, ó", "nada que reparar: año, ó"},
		{"âge, château, Ângela, São", "âge, château, Ângela, São"},
	}
	for _, c := range cases {
		if got := charset.Repair(c.in); got != c.want {
			t.Errorf("Repair(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("a\xf1o"), "text/plain; charset=utf-8")
	f.Add([]byte("InversiÃƒÂ³n\xff"), "")
	f.Fuzz(func(t *testing.T, b []byte, contentType string) {
		if s := charset.Decode(b, contentType); !utf8.ValidString(s) {
			t.Errorf("%q is no UTF-8", s)
		}
	})
}
