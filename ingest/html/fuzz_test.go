package html_test

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"vocero/corpus"
	"vocero/ingest/html"
)

func FuzzParse(f *testing.F) {
	pages, _ := filepath.Glob("testdata/*.html")
	for _, name := range pages {
		page, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(page), "https://ministerio.example/noticias/2021/05/03/obra")
	}
	f.Add(strings.Repeat("<div>", 600)+"texto", "")
	f.Add(`<script type="application/ld+json">{"@graph":[{"@type":["NewsArticle"],"headline":1,"author":[{"name":[]}]}]}</script><p>x`, ":")
	f.Add("<table><tr><td><h1>\xff</h1><time datetime=99999-99-99>", "http://[::1]/")
	f.Fuzz(func(t *testing.T, page, address string) {
		hangs := time.AfterFunc(time.Minute, func() { panic("a page of " + strconv.Itoa(len(page)) + " bytes takes for ever") })
		article, err := html.Parse(t.Context(), page, address)
		hangs.Stop()
		if failure := (*corpus.Failure)(nil); err != nil && (!errors.As(err, &failure) || failure.Reason != corpus.Empty) {
			t.Errorf("the error is not typed: %v", err)
		}
		if err == nil && strings.TrimSpace(article.Text) == "" {
			t.Error("neither text nor error")
		}
		if utf8.ValidString(page) && !utf8.ValidString(article.Text) {
			t.Errorf("a letter was cut: %q", article.Text)
		}
		for _, day := range []string{article.Published, article.Modified} {
			if _, err := corpus.ParseDate(day); day != "" && err != nil {
				t.Errorf("day %q: %v", day, err)
			}
		}
	})
}
