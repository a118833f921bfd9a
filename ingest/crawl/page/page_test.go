package page_test

import (
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vocero/ingest/crawl/page"
)

const list = `<!doctype html><html><head><title>Sala de prensa</title>
<link rel="alternate" type="application/rss+xml" title="Noticias" href="/feed/">
<link rel=canonical href="/noticias"></head><body>
<header><a href="/">Inicio</a><a href="/ministerio/la-ministra-y-su-equipo-de-trabajo">La ministra y su equipo de trabajo</a></header>
<main>
<div class="card"><a href="/noticias/2024/05/abre-el-museo-del-agua"><img></a><h3>Abre el museo del agua</h3><a href="/noticias/2024/05/abre-el-museo-del-agua?utm_source=home">Ver más</a></div>
<div class="card"><h3><a href="2024/05/ministra-visita-las-obras">Ministra visita las obras de <b>Pomacocha</b></a></h3></div>
<div class="card"><h3><a href="/nota.php?id=17">Firman convenio con la región Junín</a></h3></div>
<a href="/img/foto-de-la-ministra-en-las-obras.jpg">Foto de la ministra en las obras</a>
<a href="https://otro.example/una-nota-de-otro-sitio-web">Una nota de otro sitio web</a>
<a href="/etiquetas/agua-y-saneamiento-rural">Agua y saneamiento rural</a>
<nav class="paginacion"><a href="?page=1">1</a><a href="?page=2">2</a><a href="?page=3">3</a><a href="?page=9">»</a></nav>
</main><footer><a href="/contacto">Contacto</a><a href="javascript:void(0)">x</a></footer></body></html>`

func parse(t *testing.T, text, address string) *page.Page {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return page.Parse([]byte(text), "text/html; charset=utf-8", u)
}

func addresses(links []page.Link) []string {
	var out []string
	for _, l := range links {
		out = append(out, l.URL.RequestURI())
	}
	return out
}

func TestListing(t *testing.T) {
	p := parse(t, list, "https://m.example/noticias/")
	if p.Kind() != page.Listing || p.Title != "Sala de prensa" || p.Canonical.String() != "https://m.example/noticias" {
		t.Errorf("%s %q %s", p.Kind(), p.Title, p.Canonical)
	}
	want := []string{"/noticias/2024/05/abre-el-museo-del-agua", "/noticias/2024/05/ministra-visita-las-obras", "/nota.php?id=17"}
	if got := addresses(p.Items()); !slices.Equal(got, want) {
		t.Errorf("items %q, want %q", got, want)
	}
	if got := p.Items()[1].Text; got != "Ministra visita las obras de Pomacocha" {
		t.Errorf("called %q", got)
	}
	if got := addresses(p.Next()); !slices.Equal(got, []string{"/noticias/?page=2"}) {
		t.Errorf("next %q", got)
	}
	if len(p.Feeds) != 1 || p.Feeds[0].URL.String() != "https://m.example/feed/" || p.Feeds[0].Title != "Noticias" {
		t.Errorf("feeds %v", p.Feeds)
	}
}

func TestNext(t *testing.T) {
	for _, c := range []struct{ address, link, next string }{
		{"/noticias", `<a href="/noticias/page/2/">Entradas antiguas</a>`, "/noticias/page/2/"},
		{"/noticias/", `<a rel=next href="/noticias/pagina-2.html">Siguiente</a>`, "/noticias/pagina-2.html"},
		{"/noticias/page/2", `<a href="/noticias/page/1">«</a><a href="/noticias/page/3">3</a>`, "/noticias/page/3"},
		{"/n?page=2", `<a href="/n?page=1">1</a><a href="/n?page=3">3</a><a href="/n?page=50">Última »</a>`, "/n?page=3"},
		{"/n", `<a href="/n?page=1">2</a><a href="/n?page=2">3</a>`, "/n?page=1"}, // counts from 0
		{"/n", `<a href="/n?start=20">Siguiente ›</a>`, "/n?start=20"},
		{"/n", `<a rel="next" href="/mas">x</a>`, "/mas"},
		{"/n", `<button data-url="/n?page=2">Ver más noticias</button>`, "/n?page=2"},
		{"/n", `<a href="/n?page=2">Ver más</a>`, "/n?page=2"},
		{"/n", `<a href="/nota/abre-el-museo-del-agua">Ver más</a>`, ""},
		{"/n", `<a href="/nota/abre-el-museo-del-agua">Siguiente</a>`, ""}, // the next release, not the next page
		{"/n?page=3", `<a href="/n?page=2">Anteriores</a>`, ""},
		{"/n", `<a href="https://otro.example/?page=2">2</a>`, ""},
		{"/n", `<li class="pager__item--next"><a class="next" href="?page=%2C1"></a>`, "/n?page=%2C1"},
	} {
		got := strings.Join(addresses(parse(t, c.link, "https://m.example"+c.address).Next()), " ")
		if got != c.next {
			t.Errorf("%s %s: next %q, want %q", c.address, c.link, got, c.next)
		}
	}
}

func TestRelease(t *testing.T) {
	prose := "<p>" + strings.Repeat("La ministra abrió el museo ante los vecinos y sus familias. ", 6) + "</p>"
	for name, c := range map[string]struct {
		text, address string
		kind          page.Kind
	}{
		"plain":   {"<h1>Abre el museo</h1>" + prose + prose + prose, "/noticias/abre-el-museo-del-agua", page.Release},
		"says so": {`<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle"}]}</script><p>Breve nota del ministerio.`, "/noticias/17", page.Release},
		"home":    {prose + prose, "/", page.Listing},
		"list":    {list, "/noticias", page.Listing},
		"empty":   {"", "/noticias", page.Listing},
		"with related ones": {`<meta property="og:type" content="article"><h1>Abre</h1>` + prose + prose + prose + prose + `<aside>` +
			strings.Repeat(`<a href="/noticias/otra-nota-mas-del-ministerio">Otra nota más del ministerio</a>`, 9), "/noticias/abre-el-museo-del-agua", page.Release},
	} {
		if got := parse(t, c.text, "https://m.example"+c.address).Kind(); got != c.kind {
			t.Errorf("%s: %s, want %s", name, got, c.kind)
		}
	}
}

func TestNothingTooDeep(t *testing.T) {
	p := parse(t, strings.Repeat("<div>", 100_000)+`<a href="/noticias/abre-el-museo-del-agua">Abre el museo del agua</a>`+strings.Repeat("</div></p>", 100_000), "https://m.example/noticias")
	if got := addresses(p.Items()); len(got) != 1 {
		t.Errorf("items %q", got)
	}
}

// Pages as saved from newsrooms: ten and more in a hundred taken for the other
// kind would be noticed by everybody.
func TestSavedPages(t *testing.T) {
	files, _ := filepath.Glob("../../../../shared/data/pages/*.html")
	if len(files) == 0 {
		t.Skip("the saved pages are not there")
	}
	wrong := map[page.Kind][]string{}
	n := map[page.Kind]int{}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(filepath.Base(file), ".html")
		kind, address := page.Release, "https://saved.example/prensa/nota-"+strings.ReplaceAll(name, ".", "-")
		if strings.HasPrefix(name, "en-congress") || strings.HasPrefix(name, "es-oea") || strings.HasSuffix(name, "listing") {
			kind, address = page.Listing, "https://saved.example/prensa"
		}
		var beside struct{ URL string }
		if b, err := os.ReadFile(file + ".json"); err == nil && json.Unmarshal(b, &beside) == nil && beside.URL != "" {
			address = beside.URL
		}
		n[kind]++
		if got := parse(t, string(b), address).Kind(); got != kind {
			wrong[kind] = append(wrong[kind], name)
		}
	}
	t.Logf("%d releases, %d listings; wrong: %q", n[page.Release], n[page.Listing], wrong)
	for kind, names := range wrong {
		if len(names)*10 > n[kind] {
			t.Errorf("%d of %d pages of the kind %s are not known: %q", len(names), n[kind], kind, names)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(list))
	f.Add([]byte(`<a href="http://[::1"><base href="//x"><p><a rel=next href="?page=99999999999999999999">`))
	f.Fuzz(func(t *testing.T, b []byte) {
		u, _ := url.Parse("https://m.example/noticias?page=2")
		p := page.Parse(b, "text/html", u)
		p.Kind()
		p.Items()
		p.Next()
	})
}
