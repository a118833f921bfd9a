package markdown_test

import (
	"fmt"
	"reflect"
	"testing"

	"vocero/ingest/markdown"
)

func ExampleParse() {
	doc := markdown.Parse("---\ntitle: Nueva obra\n---\nEl **ministro** habló con\n[la prensa](https://a.example).\n")
	fmt.Println(doc.Fields, doc.Text)
	// Output: [[title Nueva obra]] El ministro habló con la prensa.
}

func TestParse(t *testing.T) {
	cases := []struct{ name, in, title, text string }{
		{"headings", "# Título #\n\nUno\ndos\n\nOtro\n====\n## Tres\ncuatro", "Título", "Título\n\nUno dos\n\nOtro\n\nTres\n\ncuatro"},
		{"underlined", "Título\n===\n\nUno", "Título", "Título\n\nUno"},
		{"lists", "Son:\n- uno\n  y medio\n* dos\n\n1. tres\n2) cuatro\n\nfin", "", "Son:\n\nuno y medio\ndos\n1. tres\n2) cuatro\n\nfin"},
		{"table", "| a | b |\n|---|:-:|\n| 1 | 2 |\n", "", "a\tb\n1\t2"},
		{"quotation and rule", "> uno\n> dos\n\n***\n\ntres", "", "uno dos\n\ntres"},
		{"code", "```go\na  *b*\n# c\n```\nd", "", "a  *b*\n# c\n\nd"},
		{"marks", `un *a* **b** _c_ __d__ ` + "`e`" + ` f_g_h \*i\* <b>j</b> ![k](l.png) [m][n] <https://o.example> p[^1]`, "", "un a b c d e f_g_h *i* j k m https://o.example p"},
		{"definitions", "uno [a][1]\n\n[1]: https://a.example\n[^2]: La nota.", "", "uno a\n\nLa nota."},
		{"nothing", "", "", ""},
	}
	for _, c := range cases {
		if got := markdown.Parse(c.in); got.Title != c.title || got.Text != c.text {
			t.Errorf("%s: got %q, %q; want %q, %q", c.name, got.Title, got.Text, c.title, c.text)
		}
	}
}

func TestFrontMatter(t *testing.T) {
	cases := []struct {
		in   string
		want [][2]string
		text string
	}{
		{"---\ntitle: \"Una: \\\"obra\\\"\"\ndate: 2024-05-17 # no\ntags: [a, 'b']\nlist:\n  - c\n  - d\nlong: >\n  uno\n  dos\n\n# x\n---\nTexto", [][2]string{{"title", `Una: "obra"`}, {"date", "2024-05-17 # no"}, {"tags", "a, b"}, {"list", "c, d"}, {"long", "uno dos"}}, "Texto"},
		{"+++\r\ntitle = \"T\"\r\n+++\r\nTexto", [][2]string{{"title", "T"}}, "Texto"},
		{"---\nno: end\n", nil, "no: end"},
		{"---\n---\nTexto", nil, "Texto"},
	}
	for _, c := range cases {
		if got := markdown.Parse(c.in); !reflect.DeepEqual(got.Fields, c.want) || got.Text != c.text {
			t.Errorf("%q: got %q, %q; want %q, %q", c.in, got.Fields, got.Text, c.want, c.text)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("---\na: [b]\n---\n# c\n- d\n| e |\n```\nf")
	f.Fuzz(func(t *testing.T, s string) { markdown.Parse(s) })
}
