package near_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vocero/corpus/near"
)

func TestWords(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"“La  Ministra” dijo:\n«sí»", "la ministra dijo sí"},
		{"US$ 1,500.75 — 3 %", "us $ 1,500.75 3 %"},
		{"bajó −3,5% y -2", "bajó - 3,5 % y - 2"},
		{"2019–2020, 12:30.", "2019 2020 12:30"},
		{"ﬁnal ｆｕｌｌ", "final full"},
		{"Nota\nCompartir en Facebook\n1.234 visitas\nFin", "nota fin"},
		{"Compartir en Facebook es gratis", "compartir en facebook es gratis"},
		{"niño NIÑO nin\u0303o", "niño niño niño"},
		{" … ", " … "},
		{"", ""},
	} {
		if got := near.Words(c.text); got != c.want {
			t.Errorf("Words(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}

func TestHash(t *testing.T) {
	same := func(a, b string) bool { return near.Read(a).Hash() == near.Read(b).Hash() }
	if !same("Hola,  mundo\nCompartir", "“Hola” mundo.") {
		t.Error("what differs in typography alone hashes apart")
	}
	for _, other := range []string{"Hola mundo 1", "hola mundo", "Holamundo"} {
		if same("Hola mundo", other) {
			t.Errorf("%q hashes as another text", other)
		}
	}
	if same("…", "—") || !same("…", "…") {
		t.Error("texts without words")
	}
}

// report is a text of n sentences that tells of a place.
func report(r *rand.Rand, n int) []string {
	var words []string
	for range n {
		for range 12 {
			words = append(words, fmt.Sprintf("%c%s", 'b'+r.IntN(20), strings.Repeat(string(rune('a'+r.IntN(26))), 1+r.IntN(6))+string(rune('a'+r.IntN(26)))))
		}
		words[len(words)-12] = strings.ToUpper(words[len(words)-12][:1]) + words[len(words)-12][1:]
		words[len(words)-1] += ".\n"
	}
	return words
}

func TestCopies(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	text := strings.Join(report(r, 20), " ")
	head := strings.Join(report(r, 1), " ")
	foot := strings.Join(report(r, 3), " ")
	changed := func(share float64) string {
		words := strings.Split(text, " ")
		for i := range words {
			if r.Float64() < share {
				words[i] = fmt.Sprintf("otra%d", r.IntN(1000))
			}
		}
		return strings.Join(words, " ")
	}
	lines := strings.SplitAfter(text, "\n")
	for name, c := range map[string]struct {
		other string
		want  bool
	}{
		"itself":                    {text, true},
		"another headline":          {head + strings.Join(lines[1:], ""), true},
		"boilerplate after it":      {text + foot, true},
		"boilerplate before it":     {foot + text, true},
		"a sentence left out":       {strings.Join(slices.Concat(lines[:9], lines[10:]), ""), true},
		"upper case":                {strings.ToUpper(text), true},
		"one word in twenty":        {changed(.05), true},
		"one word in ten":           {changed(.1), true},
		"every other word":          {changed(.5), false},
		"half of it of another":     {strings.Join(lines[:10], "") + strings.Join(report(r, 10), " "), false},
		"a paragraph of another":    {strings.Join(lines[:8], "") + strings.Join(report(r, 3), " ") + strings.Join(lines[11:], ""), false},
		"a sentence of it":          {lines[3], false},
		"a digest that contains it": {text + strings.Join(report(r, 60), " "), false},
		"another":                   {strings.Join(report(r, 20), " "), false},
	} {
		a, b := near.Read(text), near.Read(c.other)
		if got := near.Copies(a, b); got != c.want || near.Copies(b, a) != c.want {
			t.Errorf("%s: %v, the other way round %v", name, got, near.Copies(b, a))
		}
		if c.want && !slices.ContainsFunc(a.Bands(), func(k int64) bool { return slices.Contains(b.Bands(), k) }) {
			t.Errorf("%s: no band in common", name)
		}
	}
}

// TestPatterns holds that releases made from one pattern are told apart.
func TestPatterns(t *testing.T) {
	const pattern = `Boletín de %[1]s

La Agencia de %[1]s informó que el caudal del río %[2]s llegó a %[3]d metros cúbicos por segundo a las ocho de la mañana.
El jefe de la agencia, %[4]s, pidió a los vecinos de %[1]s mantenerse lejos de las riberas y seguir las noticias oficiales.
Según %[4]s, las lluvias seguirán durante la semana y los equipos de rescate se mantienen en alerta permanente.
La agencia recuerda que los números de emergencia atienden todo el día y que los albergues reciben a quien lo necesite.
Las clases quedan suspendidas en las escuelas que están a menos de quinientos metros de la ribera hasta nuevo aviso.
El próximo informe se publicará mañana a la misma hora en los canales oficiales de la agencia y en sus redes sociales.`
	a := fmt.Sprintf(pattern, "Tarma", "Palcamayo", 312, "Rosa Quispe")
	for _, other := range []string{
		fmt.Sprintf(pattern, "Huaraz", "Santa", 87, "Julio Mejía"),
		fmt.Sprintf(pattern, "Tarma", "Palcamayo", 298, "Julio Mejía"),
		fmt.Sprintf(pattern, "Camaná", "Palcamayo", 312, "Rosa Quispe"),
	} {
		if near.Copies(near.Read(a), near.Read(other)) {
			t.Errorf("taken for a copy:\n%s", other)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("Hola, mundo", "1,5 %\nCompartir\n\xff\u0301")
	f.Fuzz(func(t *testing.T, a, b string) {
		x, y := near.Read(a), near.Read(b)
		if near.Copies(x, y) != near.Copies(y, x) {
			t.Error("Copies is not symmetrical")
		}
		if !near.Copies(x, near.Read(a)) {
			t.Error("a text is no copy of itself")
		}
	})
}

// graph is a near.Graph in memory.
type graph struct {
	nodes map[int64]near.Node
	edges map[int64]map[int64]bool
}

func (g *graph) Node(text int64) (near.Node, error) { return g.nodes[text], nil }

func (g *graph) Neighbours(text int64) (around []near.Node, err error) {
	for m := range g.edges[text] {
		around = append(around, g.nodes[m])
	}
	return around, nil
}

func (g *graph) SetLeader(text, leader int64) error {
	n := g.nodes[text]
	n.Leader = leader
	g.nodes[text] = n
	return nil
}

// fromNothing groups all texts at once: in their order, each follows the
// earliest leader that it is a copy of.
func (g *graph) fromNothing() map[int64]int64 {
	var order []near.Node
	for _, n := range g.nodes {
		order = append(order, n)
	}
	slices.SortFunc(order, func(a, b near.Node) int {
		return strings.Compare(fmt.Sprintf("%s %08d", a.Published, a.First), fmt.Sprintf("%s %08d", b.Published, b.First))
	})
	leaders := map[int64]int64{}
	for i, n := range order {
		leaders[n.Text] = n.Text
		for _, m := range order[:i] {
			if g.edges[n.Text][m.Text] && leaders[m.Text] == m.Text {
				leaders[n.Text] = m.Text
				break
			}
		}
	}
	return leaders
}

func TestRegroup(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	g := &graph{nodes: map[int64]near.Node{}, edges: map[int64]map[int64]bool{}}
	for step := range 3000 {
		text := int64(r.IntN(40))
		var seeds []int64
		for m := range g.edges[text] {
			seeds = append(seeds, m)
		}
		_, there := g.nodes[text]
		switch {
		case there && r.IntN(3) == 0: // its day changes
			n := g.nodes[text]
			n.Published = fmt.Sprint(r.IntN(10))
			g.nodes[text] = n
			seeds = append(seeds, text)
		case there:
			for m := range g.edges[text] {
				delete(g.edges[m], text)
			}
			delete(g.edges, text)
			delete(g.nodes, text)
		default:
			g.nodes[text] = near.Node{Text: text, Leader: text, Published: fmt.Sprint(r.IntN(10)), First: text}
			g.edges[text] = map[int64]bool{}
			for m := range g.nodes {
				if m != text && r.IntN(6) == 0 {
					g.edges[text][m], g.edges[m][text] = true, true
					seeds = append(seeds, m)
				}
			}
			seeds = append(seeds, text)
		}
		if err := near.Regroup(g, seeds); err != nil {
			t.Fatal(err)
		}
		got := map[int64]int64{}
		for text, n := range g.nodes {
			got[text] = n.Leader
		}
		if diff := cmp.Diff(g.fromNothing(), got); diff != "" {
			t.Fatalf("step %d (-from nothing +regrouped):\n%s", step, diff)
		}
	}
}
