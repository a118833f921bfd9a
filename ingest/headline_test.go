package ingest

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"vocero/ingest/pdf"
)

// heads reads testdata/heads.txt.
func heads(t *testing.T) (cases []headCase) {
	t.Helper()
	b, err := os.ReadFile("testdata/heads.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range strings.Split(string(b), "\n\n")[1:] {
		var c headCase
		for line := range strings.Lines(part) {
			line = strings.TrimRight(line, "\n")
			mark, rest, _ := strings.Cut(line, " ")
			switch {
			case line == "", mark == "#":
			case mark == "=":
				c.want = rest
			case mark == "@":
				c.named = rest
			case mark == "+":
				last := &c.head[len(c.head)-1]
				last.Rows = append(last.Rows, strings.ReplaceAll(rest, " | ", "\t"))
			case mark == "text":
				c.text = rest
			default:
				size, err := strconv.ParseFloat(strings.TrimRight(mark, "*-"), 64)
				if err != nil {
					t.Fatalf("heads.txt: %q: %v", line, err)
				}
				b := pdf.Block{Rows: []string{strings.ReplaceAll(rest, " | ", "\t")}, Size: size, Gap: 2, Middle: float64(len(c.head)%7) / 7, Repeats: strings.HasSuffix(mark, "*")}
				if strings.HasSuffix(mark, "-") {
					b.Gap, b.Middle = 0.5, c.head[len(c.head)-1].Middle
				}
				c.head = append(c.head, b)
			}
		}
		if len(c.head) > 0 {
			cases = append(cases, c)
		}
	}
	return cases
}

type headCase struct {
	head        []pdf.Block
	text        string
	named, want string
}

// whole is the text of the page, its head included.
func (c headCase) whole() string {
	var all []string
	for _, b := range c.head {
		all = append(all, b.String())
	}
	return strings.Join(append(all, c.text), "\n\n")
}

func TestHeads(t *testing.T) {
	cases := heads(t)
	if len(cases) < 15 {
		t.Fatalf("%d cases", len(cases))
	}
	for _, c := range cases {
		text := c.whole()
		if got := headline(text, setTitle(c.head, text), c.named); got != c.want {
			t.Errorf("%q is taken, not %q, of\n%s", got, c.want, text)
		}
	}
}

// TestHeadsOfReleases sets the titles of real releases under letterheads larger
// than they are, as newsrooms do, in turns.
func TestHeadsOfReleases(t *testing.T) {
	names, _ := filepath.Glob("../../shared/data/releases/*/*.txt")
	if len(names) == 0 {
		t.Skip("../shared/data/releases is not there")
	}
	kickers := map[string]string{"es": "NOTA DE PRENSA Nº 12", "en": "FOR IMMEDIATE RELEASE", "pt": "Nota à imprensa", "fr": "COMMUNIQUÉ DE PRESSE"}
	wrong := 0
	for i, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		title, text, _ := strings.Cut(string(b), "\n\n")
		var beside struct{ Publisher, Lang, Published string }
		b, err = os.ReadFile(strings.TrimSuffix(name, ".txt") + ".json")
		if err != nil || json.Unmarshal(b, &beside) != nil {
			t.Fatal(name, err)
		}
		if len(strings.Fields(title)) < 3 || len(title) > maxTitle || beside.Publisher == "" {
			continue
		}
		sender := pdf.Block{Rows: []string{beside.Publisher}, Size: 2.2, Gap: 2, Repeats: i%3 == 0}
		if i%2 == 0 {
			sender.Rows[0] = strings.ToUpper(sender.Rows[0])
		}
		kicker := pdf.Block{Rows: []string{kickers[filepath.Base(filepath.Dir(name))]}, Size: 1.2, Gap: 2, Middle: 0.4}
		day := pdf.Block{Rows: []string{beside.Published}, Size: 1, Gap: 2, Middle: 0.7}
		words := strings.Fields(title)
		half := len(words) / 2
		set := pdf.Block{Rows: []string{strings.Join(words[:half], " "), strings.Join(words[half:], " ")}, Size: 1.0 + 0.2*float64(i%4), Gap: 2, Middle: 0.5}
		foot := "\n\n" + beside.Publisher + "\nwww.ejemplo.example" // a release says at its end whose it is
		c := headCase{head: []pdf.Block{sender, kicker, day, set}, text: text + foot}
		if i%5 == 0 {
			c.head = []pdf.Block{kicker, sender, set, day}
		}
		page := c.whole()
		if got := headline(page, setTitle(c.head, page), ""); got != strings.Join(words, " ") {
			wrong++
			t.Logf("%s: %q is taken, not %q", filepath.Base(name), got, title)
		}
	}
	if wrong*100 > 3*len(names) {
		t.Errorf("%d of %d titles are wrong", wrong, len(names))
	}
}
