package train

import (
	"slices"
	"strings"
	"testing"
)

// TestClasses: words that occur alike are put together, the same each time.
func TestClasses(t *testing.T) {
	var source strings.Builder
	for range 20 {
		for _, name := range []string{"Ana", "Luis", "Rosa"} {
			for _, verb := range []string{"come", "bebe", "duerme"} {
				source.WriteString("La señora " + name + " " + verb + " en casa.\n")
			}
		}
	}
	first := classesOf(t, source.String())
	for _, alike := range [][]string{{"Ana", "Luis", "Rosa"}, {"come", "bebe", "duerme"}} {
		for _, w := range alike[1:] {
			if first[w] != first[alike[0]] {
				t.Errorf("%s is in class %d, %s in %d", w, first[w], alike[0], first[alike[0]])
			}
		}
	}
	if first["Ana"] == first["come"] {
		t.Error("names and verbs are in one class")
	}
	for w, c := range classesOf(t, source.String()) {
		if first[w] != c {
			t.Errorf("%s is in class %d, then in %d", w, first[w], c)
		}
	}
}

func classesOf(t *testing.T, source string) map[string]int {
	t.Helper()
	r := newReader()
	r.read(source, "es")
	words, before, after := r.frequent(1)
	x := newExchange(8, before, after)
	if err := x.run(t.Context(), 3); err != nil {
		t.Fatal(err)
	}
	out := map[string]int{}
	for i, w := range words {
		out[w] = x.class[i]
	}
	return out
}

// TestExchangeCounts: what moves leave behind is what counting anew gives.
func TestExchangeCounts(t *testing.T) {
	r := newReader()
	r.read("Uno dos tres uno dos. Dos tres dos uno tres tres. Cuatro uno cuatro dos cuatro cuatro.", "es")
	_, before, after := r.frequent(1)
	x := newExchange(4, before, after)
	if err := x.run(t.Context(), 2); err != nil {
		t.Fatal(err)
	}
	anew := newExchange(4, before, after)
	for w, c := range x.class {
		anew.look(w)
		anew.move(w, c, 1)
	}
	for a := range anew.pairs {
		if !slices.Equal(x.pairs[a], anew.pairs[a]) || x.left[a] != anew.left[a] || x.right[a] != anew.right[a] {
			t.Errorf("class %d: %v %g %g, counted anew %v %g %g", a, x.pairs[a], x.left[a], x.right[a], anew.pairs[a], anew.left[a], anew.right[a])
		}
	}
}
