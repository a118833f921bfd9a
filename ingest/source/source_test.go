package source_test

import (
	"strings"
	"testing"
	"time"

	"vocero/corpus"
	"vocero/ingest/source"
)

func repeat(r corpus.SourceRun, n int) []corpus.SourceRun {
	var out []corpus.SourceRun
	for range n {
		out = append(out, r)
	}
	return out
}

func TestWarning(t *testing.T) {
	usual := corpus.SourceRun{Named: 20, Tried: 10, Decoded: 10, Text: 20_000}
	quiet := corpus.SourceRun{Named: 20}
	for name, c := range map[string]struct {
		run     corpus.SourceRun
		earlier []corpus.SourceRun
		want    string
	}{
		"as usual":            {usual, repeat(usual, 5), ""},
		"nothing new":         {quiet, repeat(usual, 5), ""},
		"names nothing":       {corpus.SourceRun{}, repeat(usual, 5), "it names no releases any more; before, 20"},
		"names half":          {corpus.SourceRun{Named: 10}, repeat(quiet, 3), "it names 10 releases; before, 20"},
		"names a little less": {corpus.SourceRun{Named: 11}, repeat(quiet, 3), ""},
		"too few runs":        {corpus.SourceRun{}, repeat(usual, 2), ""},
		"never named many":    {corpus.SourceRun{}, repeat(corpus.SourceRun{Named: 3}, 5), ""},
		"was not read":        {corpus.SourceRun{Named: -1}, repeat(usual, 5), ""},
		"no texts":            {corpus.SourceRun{Named: 20, Tried: 10}, repeat(usual, 5), "0 of 10 pages gave a text; before, 100 of 100"},
		"few texts":           {corpus.SourceRun{Named: 20, Tried: 10, Decoded: 5, Text: 10_000}, repeat(usual, 5), "5 of 10 pages gave a text; before, 100 of 100"},
		"short texts":         {corpus.SourceRun{Named: 20, Tried: 10, Decoded: 10, Text: 5000}, repeat(usual, 5), "its texts have 500 bytes; before, 2000"},
		"one short text":      {corpus.SourceRun{Named: 20, Tried: 1, Decoded: 1, Text: 50}, repeat(usual, 5), ""},
		"it failed":           {corpus.SourceRun{Error: "no answer"}, repeat(usual, 5), ""},
		"runs that failed do not count": {corpus.SourceRun{Named: 10, Tried: 4, Decoded: 4, Text: 8000},
			append(repeat(corpus.SourceRun{Error: "no answer"}, 9), repeat(corpus.SourceRun{Named: 11}, 3)...), ""},
	} {
		if got := source.Warning(c.run, c.earlier); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestAfter(t *testing.T) {
	began := time.Date(2024, 5, 17, 12, 0, 0, 0, time.UTC)
	s := corpus.Source{ID: "s", Every: time.Hour}
	good := corpus.SourceRun{Began: began, Ended: began.Add(time.Minute), New: 2, Changed: 1}
	s = source.After(s, good, nil, false)
	if wait := s.NextRun.Sub(began); s.LastNew != 3 || !s.LastSuccess.Equal(began) || wait < time.Hour || wait > 66*time.Minute {
		t.Errorf("%+v", s)
	}
	if more := source.After(s, good, nil, true); !more.NextRun.Equal(good.Ended) {
		t.Errorf("what had more to do is next run at %v", more.NextRun)
	}
	bad := corpus.SourceRun{Began: began, Error: "no answer"}
	var waits []time.Duration
	for range 12 {
		s = source.After(s, bad, nil, false)
		waits = append(waits, s.NextRun.Sub(began))
	}
	if s.Failures != 12 || s.LastError != "no answer" || waits[0] != time.Hour || waits[2] != 4*time.Hour || waits[11] != 7*24*time.Hour {
		t.Errorf("%+v, waits %v", s, waits)
	}
	s = source.After(s, good, nil, false)
	if s.Failures != 0 || s.LastError != "" {
		t.Errorf("%+v", s)
	}
	rare := source.After(corpus.Source{Every: 30 * 24 * time.Hour}, bad, nil, false)
	if rare.NextRun.Sub(began) != 30*24*time.Hour {
		t.Error("a source that fails is run more often than its rhythm")
	}
}

func TestID(t *testing.T) {
	for where, want := range map[string]string{
		"https://www.ministerio.gob.example/noticias/": "ministerio-gob-example-noticias",
		"/datos/Notas de Prensa (año 2024)":            "notas-de-prensa-ano-2024",
		"https://m.example":                            "m-example",
		"https://m.example/" + strings.Repeat("a", 99): "m-example-" + strings.Repeat("a", 50),
	} {
		if got := source.ID(where); got != want {
			t.Errorf("%s: %q, want %q", where, got, want)
		}
	}
}
