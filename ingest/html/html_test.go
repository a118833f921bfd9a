package html_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vocero/corpus"
	"vocero/ingest/html"
)

var update = flag.Bool("update", false, "write what was found over the files of testdata")

// TestPages compares what is found in pages made in the manner of newsrooms'
// systems with the files beside them.
func TestPages(t *testing.T) {
	pages, err := filepath.Glob("testdata/*.html")
	if err != nil || len(pages) < 7 {
		t.Fatalf("%d pages in testdata, %v", len(pages), err)
	}
	for _, name := range pages {
		t.Run(filepath.Base(name), func(t *testing.T) {
			page, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			article, err := html.Parse(t.Context(), string(page), "https://prensa.ejemplo.example/noticias/1")
			if err != nil {
				t.Fatal(err)
			}
			file := strings.TrimSuffix(name, ".html") + ".found"
			if *update {
				if err := os.WriteFile(file, []byte(written(article)), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(string(want), written(article)); d != "" {
				t.Errorf("%s and what was found (-want +got):\n%s", file, d)
			}
		})
	}
}

// written is an article as the files of testdata hold it: a line for each field
// with where it was found, an empty line, the text.
func written(a html.Article) string {
	var b strings.Builder
	for _, f := range []struct{ name, value string }{
		{"title", a.Title}, {"published", a.Published}, {"modified", a.Modified}, {"publisher", a.Publisher}, {"country", a.Country},
		{"author", strings.Join(a.Authors, "; ")}, {"section", a.Section}, {"lang", a.Lang}, {"url", a.Canonical},
	} {
		if f.value != "" {
			fmt.Fprintf(&b, "%s (%s): %s\n", f.name, a.From[f.name], f.value)
		}
	}
	return b.String() + "\n" + a.Text + "\n"
}

func TestNothingToRead(t *testing.T) {
	for _, page := range []string{"", " \n", "<html><head><title>Portal</title></head><body><script>x()</script></body></html>", "<p>\u200b\u00ad</p>"} {
		_, err := html.Parse(t.Context(), page, "https://a.example/")
		if failure := (*corpus.Failure)(nil); !errors.As(err, &failure) || failure.Reason != corpus.Empty {
			t.Errorf("Parse(%q): %v, want a failure because it is empty", page, err)
		}
	}
}

func TestParseEndsWithItsContext(t *testing.T) {
	late := errors.New("too late")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(late)
	for _, page := range []string{"<p>El puente abrirá en junio.</p>", strings.Repeat("<div>", 600) + "texto"} {
		if article, err := html.Parse(ctx, page, ""); err != late || article.Text != "" {
			t.Errorf("Parse(%.20q) = %q, %v", page, article.Text, err)
		}
	}
}

// TestDeepNesting: the parser of trees refuses more than 512 open elements.
func TestDeepNesting(t *testing.T) {
	for _, depth := range []int{100, 511, 512, 513, 5_000, 300_000} {
		page := `<html lang="es"><head><meta property="article:published_time" content="2021-05-03T10:00:00-05:00"><title>La obra - Sitio</title></head><body><h1>La obra abrirá en junio</h1>` +
			strings.Repeat("<div>", depth) + "<p>El puente abrirá al tránsito en junio, anunció la ministra.</p><p>Costó S/ 12 millones.</p>" + strings.Repeat("</div>", depth) +
			"<script>var texto = 'nada';</script></body></html>"
		article, err := html.Parse(t.Context(), page, "")
		if err != nil {
			t.Fatalf("%d elements: %v", depth, err)
		}
		if want := "El puente abrirá al tránsito en junio, anunció la ministra.\n\nCostó S/ 12 millones."; article.Text != want {
			t.Errorf("%d elements: text %q, want %q", depth, article.Text, want)
		}
		if article.Title != "La obra abrirá en junio" || article.Published != "2021-05-03" {
			t.Errorf("%d elements: %q of %s", depth, article.Title, article.Published)
		}
	}
}

func TestLines(t *testing.T) {
	for page, want := range map[string]string{
		"<p>uno<p>dos":                                                  "uno\n\ndos",
		"<p>a<b>b</b>c <i>d</i></p>":                                    "abc d",
		"uno<br>dos<br><br>tres":                                        "uno\ndos\n\ntres",
		"<ul><li>uno<li>dos</ul>fin":                                    "uno\ndos\n\nfin",
		"<table><tr><td>a<td>1<tr><td>b<td>2":                           "a\t1\nb\t2",
		"<pre>a\n  b</pre>":                                             "a\nb",
		"pan&shy;adería &amp; caf\u00e9&nbsp;5&nbsp;%":                  "panadería & café 5 %",
		"<p>a</p><p hidden>b</p><p style='display: none'>c</p><p>d</p>": "a\n\nd",
	} {
		article, err := html.Parse(t.Context(), page, "")
		if err != nil || article.Text != want {
			t.Errorf("Parse(%q) = %q, %v; want %q", page, article.Text, err, want)
		}
	}
}

func TestWhatAPageSaysOfItself(t *testing.T) {
	const text = "<p>El puente abrirá al tránsito en junio, anunció la ministra de Obras durante una visita al lugar con el alcalde.</p>"
	for _, c := range []struct {
		name, head, body, address string
		field, want, from         string
	}{
		{"the address has the day", "", "", "https://a.example/2021/05/03/obra", "published", "2021-05-03", "url"},
		{"the address has the day after the name", "", "", "https://a.example/n/obra-03-05-2021", "published", "2021-05-03", "url"},
		{"the address has the month", "", "", "https://a.example/2021/05/obra", "published", "2021-05", "url"},
		{"a month is less than a day in the text", "", "<p>Publicado el 3 de mayo de 2021</p>", "https://a.example/2021/05/obra", "published", "2021-05-03", "text"},
		{"words before the day", "", "<span>Fecha de publicación: 3/5/2021</span>", "", "published", "2021-05-03", "text"},
		{"French words", "", "<span>Mis en ligne le 1er mai 2021</span>", "", "published", "2021-05-01", "text"},
		{"an update is no publication", "", "<span>Actualizado el 3 de mayo de 2021</span>", "", "modified", "2021-05-03", "text"},
		{"a page that tells only its last change", "", "<footer>Esta página se editó por última vez el 3 de mayo de 2021</footer>", "", "published", "2021-05-03", "modified"},
		{"an announced day is not that of the page", "", "<p>La feria abre el 9 de junio de 2021</p><span>Última actualización: 3/5/2021</span>", "", "published", "2021-05-03", "modified"},
		{"a label above the day", "", "<dl><dt>Fecha de publicación:</dt><dd>3 de mayo de 2021</dd></dl>", "", "published", "2021-05-03", "text"},
		{"a short word within a sentence", "", "<p>Der Treff findet statt am 9. Juni 2021.</p><span>Zuletzt geändert: 3.5.2021</span>", "", "published", "2021-05-03", "modified"},
		{"the sentence below a blog's entry", "", "<p>This entry by the staff of the office of the state secretary for public works, roads and bridges of the country, which nobody reads, was posted on Monday, May 3rd, 2021 at 10:00 and is filed under Works.</p>", "", "published", "2021-05-03", "text"},
		{"today above the headline", `<meta name="date" content="2021-05-03">`, "<div class=date>viernes, 7 de mayo de 2021</div>" + strings.Repeat("<p>a</p>", 60) + "<h1>El puente abrirá</h1>", "", "published", "2021-05-03", "meta"},
		{"the page and its machines against the address", `<meta property="article:published_time" content="2021-05-05T10:00:00-05:00">`, "<h1>El puente abrirá</h1><span class=date>5 de mayo de 2021</span>", "https://a.example/2021/05/03/obra", "published", "2021-05-05", "opengraph"},
		{"the canonical address has the day", `<link rel="canonical" href="https://a.example/2021/may/03/obra">`, "", "https://a.example/?id=1", "published", "2021-05-03", "url"},
		{"a time that shows nothing", `<meta name="dc:date.issued" content="2021-05-03">`, "<h1>El puente abrirá</h1><time class=published datetime=2021-05-09></time><p>3 de mayo de 2021</p>", "", "published", "2021-05-03", "meta"},
		{"JSON-LD with a comma too many", `<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2021-05-03T10:00:00-05:00",}</script>`, "", "", "published", "2021-05-03", "script"},
		{"the sender's zone before universal time", `<meta property="article:published_time" content="2021-05-04T02:30:00Z"><script type="application/ld+json">{"@type":"NewsArticle","dateCreated":"2021-05-03T21:30:00-05:00"}</script>`, "", "", "published", "2021-05-03", "json-ld"},
		{"the headline in an element with a menu's name", "", "<div class=social-sharing><h1>El puente abrirá</h1><p>3 de mayo de 2021 | Obras</p></div>", "", "published", "2021-05-03", "text"},
		{"American order", `<html lang="en-US">`, "<span>Published: 05/03/2021</span>", "", "published", "2021-05-03", "text"},
		{"readers' day before the machine's in universal time", `<meta property="article:published_time" content="2021-05-04T01:30:00Z">`, "<h1>El puente abrirá</h1><span class=date>3 de mayo de 2021</span>", "", "published", "2021-05-03", "html"},
		{"no day", "", "", "https://a.example/obra", "published", "", ""},
		{"the site is not the title", `<title>Puente de Huaraz abrirá en junio | Ministerio</title><meta property="og:site_name" content="Ministerio">`, "", "", "title", "Puente de Huaraz abrirá en junio", "html"},
		{"the site before the title", `<title>Ministerio :: Puente de Huaraz abrirá</title><meta property="og:site_name" content="Ministerio">`, "", "", "title", "Puente de Huaraz abrirá", "html"},
		{"a dash within the title", `<title>Perú – Chile: acuerdo sobre el agua del norte</title>`, "<h1>Perú – Chile: acuerdo sobre el agua del norte</h1>", "", "title", "Perú – Chile: acuerdo sobre el agua del norte", "html"},
		{"the h1 of the site", `<title>Puente abrirá en junio – Ministerio de Obras</title>`, "<h1>Ministerio de Obras</h1><h2 class=entry-title>Puente abrirá en junio</h2>", "", "title", "Puente abrirá en junio", "html"},
		{"the line above the headline", `<title>Puente de Huaraz abrirá en junio</title>`, "<h1><span class=volanta>Obras en el norte</span>Puente de Huaraz abrirá en junio próximo</h1>", "", "title", "Puente de Huaraz abrirá en junio próximo", "html"},
		{"an unknown site behind a bar", `<meta property="og:title" content="Puente de Huaraz abrirá en junio | El Diario del Norte">`, "", "", "title", "Puente de Huaraz abrirá en junio", "opengraph"},
		{"a bar before a day", `<meta property="og:title" content="Puente de Huaraz abrirá en junio | 3 de mayo">`, "", "", "title", "Puente de Huaraz abrirá en junio | 3 de mayo", "opengraph"},
		{"country by domain", "", "", "https://www.gob.pe/institucion/noticias/1", "country", "PE", "url"},
		{"a domain that anybody buys", "", "", "https://prensa.co/1", "country", "", ""},
		{"a body of many countries", "", "", "https://www.oas.org/es/1", "country", "INT", "url"},
		{"country by locale", `<html lang="es-BO">`, "", "", "country", "BO", "html"},
		{"a template's language", `<html lang="en">`, strings.Repeat(text, 4), "", "lang", "es", "text"},
		{"the page's language", `<html lang="es">`, "", "", "lang", "es", "html"},
		{"canonical", `<link rel="canonical" href="/noticias/1#x">`, "", "https://a.example/n?id=1", "url", "https://a.example/noticias/1", "html"},
		{"canonical that is the front page", `<link rel="canonical" href="https://a.example/">`, "", "https://a.example/n?id=1", "url", "", ""},
		{"byline", "", "<h1>El puente abrirá en junio</h1><p>Por Ana Ruiz y Luis Paz</p>", "", "author", "Ana Ruiz; Luis Paz", "text"},
		{"byline below its word", "", "<h1>El puente abrirá en junio</h1><p>Por:</p><p>Ana Ruiz</p>", "", "author", "Ana Ruiz", "text"},
		{"byline without a space", "", "<h1>El puente abrirá en junio</h1><p class=byline><span>Por</span><span>Ana Ruiz</span> lunes 3 de mayo</p>", "", "author", "Ana Ruiz", "html"},
		{"byline with the day", "", "<h1>The bridge opens</h1><p class=byline>By Ana Ruiz 3 May 2021, 10:00</p>", "", "author", "Ana Ruiz", "html"},
		{"byline named like a list", "", "<h1>El puente abrirá en junio</h1><span class=news-list-author>Ana Ruiz</span>", "", "author", "Ana Ruiz", "html"},
		{"a name in a network after the name", `<script type="application/ld+json">{"@type":"NewsArticle","author":{"name":"Ana Ruiz @anaruiz"}}</script>`, "", "", "author", "Ana Ruiz", "json-ld"},
		{"what is shown to who shares", `<meta name="twitter:label1" content="Escrito por"><meta name="twitter:data1" content="Ana Ruiz">`, "", "", "author", "Ana Ruiz", "meta"},
		{"a name that begins like a word", "", "<h1>The bridge opens</h1><p class=byline>Byron Paz</p>", "", "author", "Byron Paz", "html"},
		{"nobody", `<meta name="author" content="admin">`, "", "", "author", "", ""},
		{"broken JSON-LD", `<script type="application/ld+json">{"@type":"NewsArticle",</script><meta property="article:section" content="Obras">`, "", "", "section", "Obras", "opengraph"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, err := html.Parse(t.Context(), c.head+"<body>"+c.body+text, c.address)
			if err != nil {
				t.Fatal(err)
			}
			got := map[string]string{"title": a.Title, "published": a.Published, "modified": a.Modified, "country": a.Country,
				"author": strings.Join(a.Authors, "; "), "section": a.Section, "lang": a.Lang, "url": a.Canonical}[c.field]
			if got != c.want || a.From[c.field] != c.from {
				t.Errorf("%s is %q from %q, want %q from %q", c.field, got, a.From[c.field], c.want, c.from)
			}
		})
	}
}

func TestAuthorsAreNames(t *testing.T) {
	page := `<script type="application/ld+json">{"@type":"NewsArticle","author":[{"name":"Por Ana Ruiz"},{"name":"https://x.example/a"},{"name":"Luis Paz"},{"name":"Ana Ruiz"}]}</script><p>Texto de la nota.</p>`
	article, err := html.Parse(t.Context(), page, "")
	if err != nil || !slices.Equal(article.Authors, []string{"Ana Ruiz", "Luis Paz"}) {
		t.Errorf("authors %q, %v", article.Authors, err)
	}
}
