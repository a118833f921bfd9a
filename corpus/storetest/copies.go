package storetest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"vocero/corpus"
)

// story is the text of the n-th release that tells its own news.
func story(n int) string {
	words := strings.Fields("puente escuela hospital carretera museo puerto bosque laguna mercado teatro canal aeropuerto vivienda estadio parque biblioteca")
	places := strings.Fields("Huaraz Tarma Jauja Camaná Moquegua Sullana Abancay Puno Ilo Nazca Oxapampa Chachapoyas Tingo Contumazá Huari Recuay")
	var b strings.Builder
	for i := range 12 {
		w, p := words[(n*7+i*5)%len(words)], places[(n*5+i*3)%len(places)]
		fmt.Fprintf(&b, "Vecinos de %s recibieron el %s número %d%d con ayuda llegada desde %s durante la campaña de invierno. ", p, w, n, i, places[(n+i)%len(places)])
	}
	return b.String()
}

// published makes a release of a publisher under an address of its own.
func published(by, text, day string) corpus.Release {
	r := Release(0)
	r.Raw.URL = "https://" + by + ".example/nota"
	r.Raw.Given.Publisher = by
	d, err := corpus.ParseDate(day)
	if err != nil {
		d = corpus.Date{}
	}
	r.Document = corpus.Document{ID: by, URL: r.Raw.URL, Publisher: by, Lang: "es", Published: d, Text: text}
	r.Annotations = corpus.Annotations{}
	r.Raw.Bytes = []byte(text + day)
	return r
}

// groups reads the group of each document from Changes and compares it with
// what Copies says: "a: a b" is shown for itself and b.
func (s *suite) groups() []string {
	s.t.Helper()
	members := map[string][]string{}
	shown := map[string]string{}
	for change, err := range s.Changes(s.ctx, 0) {
		if err != nil {
			s.t.Fatal(err)
		}
		id, g := change.Release.Document.ID, change.Release.Group
		c, err := s.Copies(s.ctx, id, 100)
		if err != nil {
			s.t.Fatal(err)
		}
		if (g.ID == "") != (c.Total == 1) || g.Copy != (c.Shown != id) || c.Total != len(c.Documents) {
			s.t.Errorf("%s: the change has %+v, Copies %d of which %s is shown", id, g, c.Total, c.Shown)
		}
		key := g.ID
		if key == "" {
			key = "alone " + id
		}
		members[key] = append(members[key], id)
		if !g.Copy {
			shown[key] += id
		}
	}
	var list []string
	for key, ids := range members {
		slices.Sort(ids)
		list = append(list, shown[key]+": "+strings.Join(ids, " "))
	}
	slices.Sort(list)
	return list
}

func copies(t *testing.T, s *suite) {
	text := story(1)
	edited := strings.Replace(strings.Replace(text, "invierno", "verano", 3), "recibieron", "acogieron", 2)
	s.put(published("b", text, "2024-05-03"), published("c", "  "+strings.ReplaceAll(text, ". ", ".\n\n"), ""), published("x", story(2), "2024-05-01"))
	same(t, "groups", s.groups(), []string{"b: b c", "x: x"})
	_, cursor := s.changed(0)

	s.put(published("a", edited, "2024-05-02")) // earlier, though it came later
	same(t, "groups", s.groups(), []string{"a: a b c", "x: x"})
	got, _ := s.changed(cursor)
	slices.Sort(got)
	same(t, "changes", got, []string{"a", "b", "c"})

	c, err := s.Copies(s.ctx, "c", 2)
	if err != nil || c.Shown != "a" || c.Total != 3 || len(c.Documents) != 2 {
		t.Fatalf("Copies: %+v, %v", c, err)
	}
	want := s.get("b")
	want.Text = ""
	same(t, "second", c.Documents[1], want)
	if stats := s.stats(); stats.Copies != 2 || stats.Documents != 4 {
		t.Errorf("stats: %+v", stats)
	}
	_, cursor = s.changed(0)
	s.put(published("d", text, "2024-05-09"))
	if got, _ := s.changed(cursor); len(got) != 1 {
		t.Errorf("one more copy changed %v", got)
	}
	if _, err := s.Copies(s.ctx, "nobody", 1); !errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("Copies of nothing: %v", err)
	}
}

// copiesSplit changes texts: groups split and merge with them.
func copiesSplit(t *testing.T, s *suite) {
	one, two := story(1), story(2)
	s.put(published("a", one, "2024-05-01"), published("b", one, "2024-05-02"), published("c", one, "2024-05-03"), published("d", two, "2024-05-04"))
	_, cursor := s.changed(0)
	s.put(published("a", two, "2024-05-01"))
	same(t, "groups", s.groups(), []string{"a: a d", "b: b c"})
	got, last := s.changed(cursor)
	slices.Sort(got)
	same(t, "changes", got, []string{"a", "b", "d"})

	s.put(published("c", story(3), "2024-05-03"))
	same(t, "groups", s.groups(), []string{"a: a d", "b: b", "c: c"})
	got, _ = s.changed(last)
	slices.Sort(got)
	same(t, "changes", got, []string{"b", "c"})

	s.put(published("a", one, "2024-05-01"), published("c", one, "2024-05-03"), published("d", one, "2023-01-01"))
	same(t, "groups", s.groups(), []string{"d: a b c d"})
	s.put(published("d", one, "2025-01-01")) // only its day changed
	same(t, "groups", s.groups(), []string{"a: a b c d"})
}

// copiesInAnyOrder puts one set of releases in many orders and batches; between
// them each gets a text of its own, so that all groups come apart.
func copiesInAnyOrder(t *testing.T, s *suite) {
	const n = 24
	of := func(i int) corpus.Release {
		text := story(i % 4)
		for range i / 4 {
			text = strings.Replace(text, "ayuda", "apoyo", 1+i%3)
			text = strings.Replace(text, "durante", "entera", 1)
		}
		return published(fmt.Sprintf("%c", 'a'+i), text, fmt.Sprintf("2024-05-%02d", 1+i*5%n))
	}
	var want []string
	for run, step := range [...]int{1, 5, 7, 11} {
		var batch []corpus.Release
		for k := range n {
			if batch = append(batch, of((k*step+run)%n)); len(batch) > run*3 {
				s.put(batch...)
				batch = nil
			}
		}
		s.put(batch...)
		got := s.groups()
		if run == 0 {
			want = got
		}
		if len(got) == n {
			t.Error("no copies: the order of nothing")
		}
		same(t, fmt.Sprintf("groups of run %d", run), got, want)
		for i := range n {
			s.put(published(fmt.Sprintf("%c", 'a'+i), strings.Repeat(fmt.Sprintf("Corrida%d nota%d ", run, i), 30), ""))
		}
		if got := s.groups(); len(got) != n {
			t.Errorf("texts of their own are grouped: %v", got)
		}
	}
}

// series are releases made from one pattern: each is its own.
func series(t *testing.T, s *suite) {
	var batch []corpus.Release
	for n := range 200 {
		batch = append(batch, Release(n))
	}
	s.put(batch...)
	if got := s.stats(); got.Copies != 0 {
		t.Errorf("%d of a series were taken for copies: %v", got.Copies, s.groups())
	}
}

func cosmetic(t *testing.T, s *suite) {
	first := published("a", "Título de hoy\n\n“Son 1,5 millones – dijo la ministra” en Lima.\nCompartir en Facebook", "2024-05-01")
	s.put(first)
	for i, text := range []string{
		"TÍTULO DE HOY\n\"Son 1,5 millones - dijo la  ministra\" en Lima",
		"Título de hoy\n\n«Son 1,5 millones — dijo la ministra»  en Lima.\n\nImprimir\n",
	} {
		same(t, text, s.put(published("a", text, "2024-05-01")), []corpus.Outcome{corpus.Unchanged})
		if got := s.get("a"); got.Text != first.Document.Text || got.Version != 1 {
			t.Errorf("%d: version %d with %q", i, got.Version, got.Text)
		}
	}
	for i, text := range []string{
		"Título de hoy\n\n“Son 15 millones – dijo la ministra” en Lima.",
		"Título de hoy\n\n“Son 1,5 millones – dijo la ministra” en Puno.",
		"Título de hoy\n\n“Son -1,5 millones – dijo la ministra” en Puno.",
		"Título de hoy\n\n“Son 1,5 % – dijo la ministra” en Puno.",
	} {
		same(t, text, s.put(published("a", text, "2024-05-01")), []corpus.Outcome{corpus.Changed})
		if got := s.get("a"); got.Version != i+2 {
			t.Errorf("%q is version %d", text, got.Version)
		}
	}
}
